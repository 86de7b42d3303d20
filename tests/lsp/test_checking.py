"""One state of a text: what is shown is what `check` shows, what is done is what `fix` does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from editor import Editor
from lsprotocol import types

from scrubber import engine, packs
from scrubber import rules as rule_files
from scrubber.cli.decided import Honoured
from scrubber.cli.lsp import Projects
from scrubber.cli.options import Choice
from scrubber.decisions.book import Book
from scrubber.decisions.ledger import Ledger
from scrubber.documents.source import from_bytes
from scrubber.edits import apply, minimal
from scrubber.lsp.actions import Offering
from scrubber.lsp.checking import Checked, StaleError, check
from scrubber.lsp.checks import Checks, State
from scrubber.lsp.diagnostics import text_edits
from scrubber.lsp.positions import ENCODINGS, Lines
from scrubber.lsp.project import Project, ProjectError
from scrubber.model import Edit
from scrubber.rules import Rule

SAMPLES = sorted(Path(__file__).parents[2].glob("corpus/broken/*/before.*"))


def _project(rules: Sequence[Rule]) -> Project:
    return Project(packs.chosen(rules), Ledger(Path("none"), Path()), Book)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_editors_make_the_engine_s_edits(rules: Sequence[Rule], sample: Path, newline: str) -> None:
    text = "🙂\u2028" + sample.read_bytes().decode().replace("\n", newline)
    project = _project(rules)
    checked = check(sample.name, text, project)
    document = from_bytes(sample.name, text.encode()).documents[0]
    outcome = engine.settle(document, project.rules)
    assert tuple(found.finding for found in checked.shown) == outcome.findings
    assert checked.repairs == outcome.edits
    for encoding in ENCODINGS:
        editor = Editor(encoding)
        editor.texts["a"] = text
        lines = Lines(text, encoding)

        def made(changes: Sequence[Edit], lines: Lines = lines, editor: Editor = editor) -> str:
            done = text
            for edit in reversed(text_edits(changes, lines)):
                start, end = (editor.offset("a", at) for at in (edit.range.start, edit.range.end))
                done = done[:start] + edit.new_text + done[end:]
            return done

        assert made(checked.repairs) == outcome.text
        for found in checked.shown:
            for proposal in found.finding.proposals:
                expected = apply(text, [minimal(found.finding, proposal)])
                assert made(checked.repair(found, proposal)) == expected


def test_a_place_where_something_is_missing_is_no_change_to_keep_for_all() -> None:
    rules, _ = rule_files.load(
        '[[rule]]\nid="seam"\nabout="a"\nwhy="b"\nsafety="c"\naction="suggest"\n'
        "match='(?<=k)(?=m)'\nreplace=[' ']\nexample=[{bad=\"k⟦⟧m\"},{ok=\"o\"}]\n",
        "own.toml",
        "own",
    )
    text = "The dockmaster waits.\n"
    titles = [a.title for a in _offered(check("a.txt", text, _project(rules)), text)]
    assert titles[:2] == ["Put in “ ”", "Reject here: it is right as it is"]
    assert not [t for t in titles if t.startswith(("Always", "Never this change"))]


def test_what_goes_is_said_so(rules: Sequence[Rule]) -> None:
    text = "The ferry leaves at nine, and the bus waits for it.\n\nSource link\n"
    titles = [a.title for a in _offered(check("a.txt", text, _project(rules)), text)]
    assert "Take out “⏎Source link⏎”" in titles


def _offered(checked: Checked, text: str) -> list[types.CodeAction]:
    offering = Offering("file:///a", 1, checked, Lines(text), versioned=True)
    return offering.at(0, len(text), None, asked=False)


def test_what_settings_say_of_a_text_holds(rules: Sequence[Rule]) -> None:
    text = "The ferries were given two more boats until the end of The summer, he said.\n"
    plain = _project(rules)
    assert check("a.txt", text, plain).shown
    assert check("a.txt", text, replace(plain, excluded=True)).shown == ()
    assert check("a.txt", text, replace(plain, language="ja")).shown == ()


def test_a_check_stops_when_nobody_waits_for_it(rules: Sequence[Rule]) -> None:
    asked: list[None] = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) > 3

    with pytest.raises(StaleError):
        check("a.txt", "Nobody was hurtBut it was late. " * 50, _project(rules), stop)
    assert len(asked) == 4


def test_the_newest_state_is_checked_and_the_older_one_given_up(rules: Sequence[Rule]) -> None:
    begun, go_on = threading.Event(), threading.Event()
    project = _project(rules)

    def slow(state: State) -> Project:
        if state.version == 1:
            begun.set()
            assert go_on.wait(60)
        return project

    async def scenario() -> None:
        checks = Checks(slow)
        old = asyncio.ensure_future(checks.of(State("a", 1, "a.txt", "hurtBut", "utf-16")))
        while not begun.is_set():
            await asyncio.sleep(0.01)
        state = State("a", 2, "a.txt", "Fine.\n", "utf-16")
        new = asyncio.ensure_future(checks.of(state))
        await asyncio.sleep(0.01)
        go_on.set()
        given_up, done = await asyncio.gather(old, new)
        assert (given_up.checked, given_up.problem) == (None, "")
        assert done.checked is not None
        assert await checks.of(state) is done
        checks.close()

    asyncio.run(scenario())


def test_settings_say_what_holds_for_each_text(tmp_path: Path) -> None:
    projects = Projects(Choice(None, (), (), (), ()), Honoured())
    file = tmp_path / "scrubber.toml"
    file.write_text("exclude = ['old']\nlanguage.'*' = 'de'\nper-file-ignores.'b.md' = ['links']")
    plain = projects(tmp_path / "a.md")
    assert (plain.language, plain.excluded) == ("de", False)
    assert projects(tmp_path / "c" / "d.md") is plain
    ignoring = {rule.id for rule in projects(tmp_path / "b.md").rules}
    missing = {rule.id for rule in plain.rules} - ignoring
    assert {packs.pack_of(name) for name in missing} == {"links"}
    old = projects(tmp_path / "old" / "a.md")
    assert (old.rules, old.excluded) == ((), True)
    file.write_text("actions = { links = 'report' }")
    now = projects(tmp_path / "a.md")
    assert {rule.action for rule in now.rules if packs.pack_of(rule.id) == "links"} == {"report"}


def test_what_holds_in_a_folder_is_read_again_when_its_files_change(tmp_path: Path) -> None:
    projects = Projects(Choice(None, (), (), (), ()), Honoured())
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    first = projects(inner / "a.txt")
    assert first.ledger.root == tmp_path
    assert projects(inner / "a.txt") is first
    (tmp_path / "a" / "scrubber.toml").write_text('select = ["links"]\npacks = ["own.toml"]\n')
    with pytest.raises(ProjectError, match=r"own\.toml"):
        projects(inner / "a.txt")
    (tmp_path / "a" / "own.toml").write_text("[[rule]]\n")
    second = projects(inner / "a.txt")
    assert {packs.pack_of(rule.id) for rule in second.rules} == {"links"}
    assert second.ledger.root == tmp_path / "a"
    assert len(second.problems) == 1
    (tmp_path / "a" / "own.toml").write_text("")
    assert projects(inner / "a.txt").problems == ()
    assert projects(tmp_path / "a.txt") is first
