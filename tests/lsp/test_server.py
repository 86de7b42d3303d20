"""An editor and the server: what is shown, offered, kept and said, from start to exit code."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from editor import FULL, Editor, ended, playing, serving
from lsprotocol import types

from scrubber import engine, packs
from scrubber.documents.source import from_bytes

GLUED = (
    "The crew of the ship was brought ashore by noon. Nobody was hurtBut the harbour stayed closed"
    " for two more days.\n"
)
FOOTER = "\nSource link\n"


def _json(folder: Path, *paths: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "scrubber", "check", "--format", "jsonl", *paths],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _fixed(name: str, text: str) -> str:
    rules = packs.chosen(packs.built_in().rules)
    return engine.settle(from_bytes(name, text.encode()).documents[0], rules).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_are_those_of_check_in_each_encoding(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    text = "🙂 A note\u2028by e\u0301 and 𝄞.\f\n\n🙂 “Q.” " + GLUED + FOOTER
    text = text.replace("\n", newline)
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    expected = _json(tmp_path, "a.txt")
    assert len(expected) == 2

    async def scenario() -> None:
        async with serving(tmp_path, encodings=[encoding, "utf-16"]) as editor:
            assert editor.encoding == encoding
            uri = editor.open(file)
            found = await editor.findings(uri)
            assert [d.code for d in found] == [finding["rule"] for finding in expected]
            assert [editor.at(uri, d.range) for d in found] == [f["text"] for f in expected]
            starts = [editor.offset(uri, d.range.start) for d in found]
            assert starts == [finding["start"] for finding in expected]
            assert {d.source for d in found} == {"scrubber"}
            assert [d.severity for d in found] == [types.DiagnosticSeverity.Warning] * 2
            all_of_it = [a for a in await editor.actions(uri) if a.kind == "source.fixAll.scrubber"]
            await editor.run(all_of_it[0])
            assert editor.texts[uri] == _fixed("a.txt", text)
            assert list(await editor.findings(uri)) == []

    playing(scenario)


def test_each_proposal_is_a_fix_and_the_best_of_a_sure_one_is_preferred(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(GLUED)
    (finding,) = _json(tmp_path, "a.txt")

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(file)
            (found,) = await editor.findings(uri)
            fixes = [a for a in await editor.actions(uri, found.range) if a.edit is not None]
            fixes = [a for a in fixes if a.kind == "quickfix"]
            assert [a.is_preferred for a in fixes] == [True, None, None]
            assert fixes[0].diagnostics is not None
            assert fixes[0].diagnostics[0].range == found.range
            proposals = finding["proposals"]
            assert isinstance(proposals, list)
            for action, proposal in zip(fixes, proposals, strict=True):
                editor.texts[uri] = GLUED
                editor.versions[uri] = 1
                before, after = GLUED.split("hurtBut")
                assert action.edit is not None
                editor.make(action.edit)
                assert editor.texts[uri] == before + proposal + after
            only = await editor.actions(uri, only=["source"])
            assert {a.kind for a in only} <= {"source.fixAll.scrubber"}
            assert await editor.actions(uri, only=["refactor"]) == []

    playing(scenario)


def test_an_editor_that_knows_no_versions_gets_plain_changes(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, capabilities=types.ClientCapabilities()) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED)
            await editor.findings(uri)
            assert "links/glued" in await _hover(editor, uri, GLUED.index("hurtBut"))
            actions = await editor.actions(uri, only=["source.fixAll"])
            assert actions[0].edit is not None
            assert actions[0].edit.document_changes is None
            await editor.run(actions[0])
            assert editor.texts[uri] == _fixed("a.txt", GLUED)

    playing(scenario)


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("Reject here", "here"),
        ("Never this change", "change"),
        ("Never in the word “hurtBut”", "word"),
        ("Never this rule", "rule"),
    ],
)
def test_what_is_rejected_is_in_the_ledger_and_silent(
    tmp_path: Path, title: str, scope: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(GLUED)

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(file)
            await editor.findings(uri)
            (action,) = [a for a in await editor.actions(uri) if a.title.startswith(title)]
            await editor.run(action)
            await editor.settled(uri, [])
            assert editor.texts[uri] == GLUED

    playing(scenario)
    lines = (tmp_path / ".scrubber" / "decisions.jsonl").read_text().splitlines()
    (kept,) = [json.loads(line) for line in lines]
    assert (kept["verdict"], kept["scope"], kept["who"]) == ("reject", scope, "Ann")
    assert kept.get("document", "a.txt") == "a.txt"
    assert _json(tmp_path, "a.txt") == []


def test_the_ledger_is_the_one_that_a_review_writes(tmp_path: Path) -> None:
    kept = {}
    for name in ("editor", "review"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.md").write_text(GLUED)

    async def scenario() -> None:
        async with serving(tmp_path / "editor") as editor:
            uri = editor.open(tmp_path / "editor" / "a.md", language="markdown")
            await editor.findings(uri)
            (here,) = [a for a in await editor.actions(uri) if a.title.startswith("Reject here")]
            await editor.run(here)
            await editor.settled(uri, [])

    playing(scenario)
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"verdict": "reject", "rule": "links/glued-capital", "exact": "hurtBut"}\n')
    subprocess.run(
        [sys.executable, "-m", "scrubber", "review", "-q", "--answers", str(answers), "a.md"],
        cwd=tmp_path / "review",
        env={**os.environ, "SCRUBBER_WHO": "Ann"},
        check=True,
    )
    for name in ("editor", "review"):
        line = json.loads((tmp_path / name / ".scrubber" / "decisions.jsonl").read_text())
        kept[name] = {key: value for key, value in line.items() if key != "when"}
    assert kept["editor"] == kept["review"]


def test_always_repairs_every_such_place_and_is_kept(tmp_path: Path) -> None:
    other = "Later that day nobody was hurtBut the harbour stayed closed all the same.\n"

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED + "\n" + other)
            await editor.findings(uri)
            title = "Always this repair: “hurtBut” → “hurt but”"
            action = next(a for a in await editor.actions(uri) if a.title == title)
            await editor.run(action)
            assert editor.texts[uri].count("hurt but the harbour") == 2
            assert list(await editor.findings(uri)) == []
            second = editor.open(tmp_path / "b.txt", other)
            (found,) = await editor.findings(second)
            assert found.severity is types.DiagnosticSeverity.Warning
            assert "accepted by Ann" in found.message
            actions = await editor.actions(second, only=["source.fixAll"])
            await editor.run(actions[0])
            assert editor.texts[second] == other.replace("hurtBut", "hurt but")

    playing(scenario)


def test_a_rejection_can_be_taken_back_where_it_was_made(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED)
            await editor.findings(uri)
            (rule,) = [a for a in await editor.actions(uri) if a.title.startswith("Never this r")]
            await editor.run(rule)
            await editor.settled(uri, [])
            kind = types.CodeActionTriggerKind
            assert await editor.actions(uri, trigger_kind=kind.Automatic) == []
            (again,) = await editor.actions(uri, trigger_kind=kind.Invoked)
            assert again.title.startswith("Ask again")
            await editor.run(again)
            await editor.settled(uri, ["links/glued-capital"])

    playing(scenario)


def test_what_cannot_be_kept_is_one_message(tmp_path: Path) -> None:
    (tmp_path / ".scrubber").mkdir()
    (tmp_path / ".scrubber" / "decisions.jsonl").mkdir()

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED)
            await editor.until(lambda: bool(editor.messages))
            assert "cannot be read" in editor.messages[0]
            (tmp_path / ".scrubber" / "decisions.jsonl").rmdir()
            editor.type(uri, (0, 0, " "))
            await editor.settled(uri, ["links/glued-capital"])
            actions = await editor.actions(uri)
            (here,) = [a for a in actions if a.title.startswith("Reject here")]
            editor.type(uri, (1, 1, "Now: "))
            await editor.run(here)
            await editor.until(lambda: "the text has changed" in editor.messages[-1])
            (tmp_path / ".scrubber" / "decisions.jsonl").mkdir()
            (here,) = [a for a in await editor.actions(uri) if a.title.startswith("Reject here")]
            await editor.run(here)
            await editor.until(lambda: "decisions.jsonl" in editor.messages[-1])
            assert not editor.faults

    playing(scenario)


def test_people_who_contradict_each_other_are_named_and_one_settles_it(tmp_path: Path) -> None:
    base = {"scope": "change", "rule": "links/glued-capital", "exact": "hurtBut", "when": "2021"}
    lines = [
        base | {"verdict": "accept", "chosen": "hurt but", "who": "Ben"},
        base | {"verdict": "reject", "who": "Cleo"},
    ]
    (tmp_path / ".scrubber").mkdir()
    ledger = tmp_path / ".scrubber" / "decisions.jsonl"
    ledger.write_text("".join(json.dumps(line) + "\n" for line in lines) + "oops\n")

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED)
            (found,) = await editor.findings(uri)
            assert "in dispute (Ben: accept, Cleo: reject)" in found.message
            assert found.severity is types.DiagnosticSeverity.Information
            assert any("line 3: not a decision" in line for line in editor.logged)
            (never,) = [a for a in await editor.actions(uri) if a.title.startswith("Never this c")]
            await editor.run(never)
            await editor.settled(uri, [])

    playing(scenario)
    assert json.loads(ledger.read_text().splitlines()[-1])["settles"] is True


def test_settings_and_a_ledger_that_change_on_disk_are_taken_up(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            await editor.until(lambda: bool(editor.watched))
            uri = editor.open(tmp_path / "a.txt", GLUED + FOOTER)
            await editor.settled(uri, ["links/glued-capital", "footers/source-link"])
            settings = tmp_path / "scrubber.toml"

            def changed(file: Path) -> None:
                event = types.FileEvent(file.as_uri(), types.FileChangeType.Changed)
                editor.workspace_did_change_watched_files(
                    types.DidChangeWatchedFilesParams([event])
                )

            settings.write_text('ignore = ["footers"]\n')
            changed(settings)
            await editor.settled(uri, ["links/glued-capital"])
            settings.write_text('ignroe = ["footers"]\n')
            changed(settings)
            await editor.until(lambda: any("ignroe" in message for message in editor.messages))
            await editor.settled(uri, [])
            settings.unlink()
            changed(settings)
            await editor.settled(uri, ["links/glued-capital", "footers/source-link"])
            ledger = tmp_path / ".scrubber" / "decisions.jsonl"
            ledger.parent.mkdir()
            ledger.write_text(
                '{"verdict": "reject", "scope": "rule", "rule": "links/glued-capital"}'
            )
            changed(ledger)
            await editor.settled(uri, ["footers/source-link"])

    playing(scenario)


def test_hover_shows_the_page_of_the_rule(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED)
            page = await _hover(editor, uri, GLUED.index("hurtBut") + 3)
            assert page.startswith("**links/glued-capital** (fix): ")
            for part in ("**What:**", "**Why:**", "**How safe:**", "**Measured:** precision"):
                assert part in page
            assert "```text\nfound    " in page
            assert await _hover(editor, uri, 3) == ""

    playing(scenario)


async def _hover(editor: Editor, uri: str, offset: int) -> str:
    place = types.HoverParams(types.TextDocumentIdentifier(uri), editor.position(uri, offset))
    found = await editor.text_document_hover_async(place)
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


def test_typing_is_followed_and_closing_clears(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", "One\u2028two\fthree 🙂\r\nfour\r\n")
            assert list(await editor.findings(uri)) == []
            for letter in GLUED:  # each key is a change of its own
                at = len(editor.texts[uri])
                editor.type(uri, (at, at, letter))
            editor.type(uri, (3, 4, "\n"), (0, 3, ""))
            (found,) = await editor.findings(uri)
            assert editor.at(uri, found.range) == "hurtBut"
            assert editor.shown[uri].version == editor.versions[uri]
            editor.text_document_did_close(
                types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
            )
            await editor.settled(uri, [])

    playing(scenario)


def test_texts_of_every_kind_are_borne(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            unsaved = editor.open("untitled:Untitled-1", f"# Notes\n\n{GLUED}", "markdown")
            (found,) = await editor.findings(unsaved)
            titles = [a.title for a in await editor.actions(unsaved)]
            assert not any(title.startswith("Reject here") for title in titles)
            assert any(title.startswith("Never this change") for title in titles)
            code = editor.open(tmp_path / "a.py", GLUED, "python")
            half = editor.open(tmp_path / "half.txt", "a\ud83d" + GLUED)
            assert list(await editor.findings(half)) == []
            assert any("lone surrogate" in line for line in editor.logged)
            huge = editor.open(tmp_path / "huge.txt", GLUED + "word " * 200_000)
            await editor.until(lambda: huge in editor.shown)
            assert editor.shown[huge].diagnostics in ([], ())
            assert any("too long" in line for line in editor.logged)
            assert await editor.actions(huge) == []
            data = editor.open(
                tmp_path / "a.jsonl", json.dumps({"id": 7, "text": f"é\n{GLUED}"}) + "\n"
            )
            (found,) = await editor.findings(data)
            assert editor.at(data, found.range) == "hurtBut"
            fix = next(a for a in await editor.actions(data) if a.is_preferred)
            await editor.run(fix)
            assert json.loads(editor.texts[data])["text"] == f"é\n{GLUED}".replace(
                "hurtBut", "hurt, but"
            )
            assert code not in editor.shown

    playing(scenario)


def test_a_fault_of_a_rule_is_logged_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        '[[rule]]\nid = "slow"\nabout = "a"\nwhy = "b"\nsafety = "c"\naction = "report"\n'
        "match = '(?:n|n|nn)+(?:n|nn)+(?:n|nn)+!'\n"
        'example = [{bad = "⟦nnnn!⟧"}, {ok = "o"}]\n'
    )
    (tmp_path / "scrubber.toml").write_text('packs = ["own.toml"]\n')

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", GLUED + "n" * 2000)
            (found,) = await editor.findings(uri)
            assert found.code == "links/glued-capital"
            assert any("rule own/slow gave up" in line for line in editor.logged)

    playing(scenario)


def test_a_server_that_was_not_told_to_go_says_so_by_its_exit_code(tmp_path: Path) -> None:
    async def scenario() -> None:
        editor = Editor()
        command = [sys.executable, "-m", "scrubber", "lsp", "--stdio"]
        await editor.start_io(*command, cwd=tmp_path)
        await editor.initialize_async(types.InitializeParams(capabilities=FULL))
        editor.initialized(types.InitializedParams())
        assert await ended(editor, said=False) == 1

    playing(scenario)


def test_an_editor_that_dies_ends_the_server(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrubber", "lsp"]
    done = subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")


def test_without_pygls_one_line_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['scrubber', 'lsp']\n"
        "from scrubber.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'scrubtext[lsp]'" in done.stderr


def test_many_changes_at_once_leave_one_check(tmp_path: Path) -> None:
    text = GLUED * 400

    async def scenario() -> None:
        async with serving(tmp_path) as editor:
            uri = editor.open(tmp_path / "a.txt", text)
            for _ in range(20):
                editor.type(uri, (0, 0, "x"))
                await asyncio.sleep(0.01)
            editor.type(uri, (0, len(editor.texts[uri]), "Fine.\n"))
            assert list(await editor.findings(uri)) == []

    playing(scenario)
