from __future__ import annotations

import json
from pathlib import Path

import odd
import pytest
import readers
from hypothesis import given
from hypothesis import strategies as st

from scrubber import engine
from scrubber.documents.source import Source, from_bytes
from scrubber.edits import apply
from scrubber.model import Action, Finding
from scrubber.report import rdjsonl, sarif
from scrubber.report.stored import Stored
from scrubber.rules import Rule

ROOT = Path(__file__).resolve().parents[2]
BROKEN = sorted(ROOT.glob("corpus/broken/*/before.*"))

_TEXTS = st.text("a“é😀\u0301\u200d \t\r\n\u2028\ufeff", max_size=30)


def _apart(changes: list[readers.Change]) -> list[readers.Change]:
    """As many as do not overlap, as a tool takes them that applies fixes one after another."""
    taken: list[readers.Change] = []
    for change in changes:
        if all(change.end <= other.start or other.end <= change.start for other in taken):
            taken.append(change)
    return taken


def _settled(source: Source, rules: tuple[Rule, ...]) -> tuple[list[list[Finding]], str, bool]:
    """What is found in each document, what `scrubber fix` makes of the file, and if at once."""
    outcomes = [engine.settle(document, rules) for document in source.documents]
    after = apply(source.text, source.edits([outcome.edits for outcome in outcomes]))
    found = [list(outcome.findings) for outcome in outcomes]
    return found, after, all(outcome.looks <= 2 for outcome in outcomes)


def _source(file: Path, kind: str) -> Source:
    text = file.read_text(encoding="utf-8")
    if kind == "dataset":
        return odd.dataset([text, f"😀 {text}"], ascii_only=True)
    text = text.replace("\n", "\r\n") if kind == "carriage returns" else text
    return odd.plain_file(f"\ufeff{text}", file.name)


@pytest.mark.parametrize("kind", ["plain", "carriage returns", "dataset"])
@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.parent.name)
def test_fixes_and_suggestions_do_what_fix_does(
    file: Path, kind: str, rules: tuple[Rule, ...]
) -> None:
    """Where `scrubber fix` repairs what a repair brought about, another run has to do the rest."""
    source = _source(file, kind)
    found, after, at_once = _settled(source, rules)
    data, run = source.text.encode(), odd.run(*rules)

    results = readers.sarif_results(odd.report(sarif.Writer(run), (source, found)))
    sure = [result for result in results if result["properties"]["action"] == "fix"]
    fixes = [readers.sarif_fixes(data, result)[0] for result in sure]
    mark = "\ufeff" if source.text.startswith("\ufeff") else ""
    fixed = mark + readers.applied(data.decode("utf-8-sig"), _apart(fixes))

    lines = odd.report(rdjsonl.Writer(run), (source, found)).split("\n")[:-1]
    diagnostics = [json.loads(line) for line in lines]
    sure = [value for value in diagnostics if value["severity"] == "ERROR"]
    suggestions = [readers.rdjson_suggestions(data, value)[0] for value in sure]
    assert readers.applied_to_bytes(data, _apart(suggestions)) == fixed.encode()

    if not at_once:
        assert fixed != source.text != after
        fixed = _settled(from_bytes(source.path, fixed.encode()), rules)[1]
    assert fixed == after


@given(
    st.text("a“é😀\u0301\u200d \t\r\n\u2028\ufeff", max_size=30),
    st.data(),
    st.booleans(),
    st.booleans(),
)
def test_any_place_in_any_text(
    text: str, data: st.DataObject, rows: bool, ascii_only: bool
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    proposal = data.draw(st.text("a“😀\r\n", max_size=4))
    found = Finding("tide/glued", start, end, text[start:end], (proposal,), Action.FIX, "m")
    whole = text[:start] + proposal + text[end:]
    if rows:
        source = odd.dataset([text], ascii_only=ascii_only)
        groups = [[], [found]]
    else:
        source, groups = odd.plain_file(text), [[found]]
    stored = source.text.encode()
    (result,) = readers.sarif_results(odd.report(sarif.Writer(odd.run()), (source, groups)))
    diagnostic = json.loads(odd.report(rdjsonl.Writer(odd.run()), (source, groups)))
    after = readers.applied_to_bytes(stored, readers.rdjson_suggestions(stored, diagnostic))
    if rows:
        assert json.loads(after.decode().split("\n")[1])["text"] == whole
    else:
        assert after == whole.encode()
    if rows or not text.startswith("\ufeff") or start:  # SARIF cannot name the mark itself
        (fix,) = readers.sarif_fixes(stored, result)
        fixed = readers.applied(stored.decode("utf-8-sig"), [fix])
        assert fixed == after.decode().removeprefix("\ufeff" if source.text[:1] == "\ufeff" else "")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", ("a.txt", True)),
        ("./sub/../a.txt", ("a.txt", True)),
        ("/work/tide/a b.txt", ("a%20b.txt", True)),
        ("sub/50% é:#?.txt", ("sub/50%25%20%C3%A9%3A%23%3F.txt", True)),
        ("bytes\udcff.txt", ("bytes%FF.txt", True)),
        ("../b c.txt", ("file:///work/b%20c.txt", False)),
        ("/data/x.txt", ("file:///data/x.txt", False)),
        ("/work/tides/x.txt", ("file:///work/tides/x.txt", False)),
        ("-", ("-", True)),
    ],
)
def test_addresses_are_relative_below_the_root(path: str, expected: tuple[str, bool]) -> None:
    assert Stored(odd.plain_file("x", path), "/work/tide").uri == expected
