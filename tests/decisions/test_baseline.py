from __future__ import annotations

from collections.abc import Sequence

import pytest

from scrubber import engine
from scrubber.decisions.baseline import Baseline, Found, parsed, written
from scrubber.decisions.keys import Key, Scope
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule

BOAT = Rule("own/boat", "", "", "", Action.FIX, "pattern", {"match": "sloop", "replace": ["yawl"]})
PORT = Rule(
    "own/port", "", "", "", Action.FIX, "pattern", {"match": "yawl left", "replace": ["yawl came"]}
)
TEXT = "One sloop left the old harbour at noon.\n\nThe other sloop came in at night, late.\n"


def _name(document: Document) -> str:
    return document.path or ""


def _accepted(text: str, rules: Sequence[Rule] = (BOAT,), path: str = "a.md") -> dict[Key, int]:
    found = Found()
    outcome = engine.settle(Document(text, path=path), rules, judge=found.judge(_name, None))
    assert outcome.findings == ()
    return dict(found.counts)


def _new(
    baseline: Baseline, text: str, rules: Sequence[Rule] = (BOAT,), path: str = "a.md"
) -> list[int]:
    """Where the findings that are not accepted begin."""
    judge = baseline.judge(_name, None)
    return [f.start for f in engine.settle(Document(text, path=path), rules, judge=judge).findings]


def test_without_findings_all_is_new() -> None:
    assert _new(Baseline({}), TEXT) == [4, 51]
    assert written({}) == ""


def test_what_was_accepted_is_silent() -> None:
    baseline = Baseline(_accepted(TEXT))
    assert _new(baseline, TEXT) == []
    assert baseline.left({"a.md"}, {"own/boat"}) == 0


def test_it_comes_back_as_it_was_written() -> None:
    accepted = _accepted(TEXT * 2) | _accepted("“sloop”\u2028", path="b.md")
    text = written(accepted)
    assert parsed(text.encode()) == (accepted, [])
    assert written(dict(reversed(accepted.items()))) == text
    assert text.count("\n") == len(accepted)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("New lines.\n\nMore.\n\n" + TEXT, []),
        (TEXT.replace("\n\n", "\r\n\r\n"), []),
        (TEXT.replace("old harbour", "new harbour"), []),
        (TEXT.replace("other", "third"), []),
        (TEXT + "\nA sloop of another kind.\n", [len(TEXT) + 3]),
        ("A sloop of another kind.\n\n" + TEXT, [2]),
        (TEXT.replace("noon", "noon, the sloop"), [44]),
    ],
)
def test_after_edits(text: str, new: list[int]) -> None:
    assert _new(Baseline(_accepted(TEXT)), text) == new


def test_equal_ones_are_counted() -> None:
    row = "| sloop |\n" * 20
    accepted = _accepted(row)
    assert max(accepted.values()) > 1
    assert _new(Baseline(accepted), row) == []
    assert len(_new(Baseline(accepted), row + "| sloop |\n")) == 1
    assert Baseline(accepted).left({"a.md"}, {"own/boat"}) == 20


def test_what_is_accepted_is_not_repaired_and_bars_nothing_else() -> None:
    baseline = Baseline(_accepted(TEXT.replace("other sloop", "other boat")))
    outcome = engine.settle(
        Document(TEXT, path="a.md"), (BOAT, PORT), judge=baseline.judge(_name, None)
    )
    assert outcome.text == TEXT.replace("other sloop", "other yawl")


def test_what_fits_nothing_any_more() -> None:
    baseline = Baseline(_accepted(TEXT))
    assert _new(baseline, TEXT.replace("One sloop", "One yawl")) == []
    assert baseline.left({"a.md"}, {"own/boat"}) == 1
    assert baseline.left({"a.md"}, {"own/other"}) == 0
    assert baseline.left({"b.md"}, {"own/boat"}) == 0


def test_a_file_under_another_name() -> None:
    accepted = _accepted(TEXT)
    assert _new(Baseline(accepted), TEXT, path="b.md") == [4, 51]
    assert _new(Baseline(accepted, gone={"a.md"}), TEXT, path="b.md") == []


def test_a_rule_that_fails_later_does_not_use_anything_up() -> None:
    """The text is looked at once more without it: what was accepted still is."""
    broken = Rule(
        "own/broken", "", "", "", Action.FIX, "pattern", {"match": "y(?<=awl", "replace": []}
    )
    params = {"match": "boat", "replace": ["yawl"]}
    other = Rule("own/other", "", "", "", Action.FIX, "pattern", params)
    broken = broken._replace(hints=("yawl",))
    text = "A boat. A sloop came by."
    baseline = Baseline(_accepted(text))
    judge = baseline.judge(_name, None)
    outcome = engine.settle(Document(text, path="a.md"), (BOAT, other, broken), judge=judge)
    assert [fault.rule for fault in outcome.faults] == ["own/broken"]
    assert outcome.text == "A yawl. A sloop came by."


def test_what_decisions_silence_is_not_accepted() -> None:
    def inner(document: Document, finding: Finding) -> Finding | None:
        return None if finding.start == 4 else finding

    found = Found()
    engine.settle(Document(TEXT, path="a.md"), (BOAT,), judge=found.judge(_name, inner))
    assert [key.exact for key in found.counts] == ["sloop"]
    judge = Baseline({}).judge(_name, inner)
    settled = engine.settle(Document(TEXT, path="a.md"), (BOAT,), judge=judge)
    assert [f.start for f in settled.findings] == [51]


def test_renewed_keeps_what_was_not_looked_for() -> None:
    here = _accepted(TEXT)
    there = _accepted(TEXT, path="b.md")
    gone = _accepted(TEXT, path="c.md")
    other = {Key(Scope.HERE, "own/port", "x", "", "", "a.md"): 1}
    baseline = Baseline(here | there | gone | other)
    now = _accepted("One sloop.\n")
    kept = baseline.renewed(now, {"a.md"}, {"own/boat"}, {"c.md"})
    assert kept == there | other | now


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[]", "not a JSON object"),
        ('{"rule": "x/y"}', 'no text in "exact"'),
        (
            '{"rule": "", "exact": "", "prefix": "", "suffix": "", "count": 0}',
            '"count" is no whole number above 0',
        ),
        (
            '{"rule": "", "exact": "", "prefix": "", "suffix": "", "document": []}',
            '"document" is neither a path nor an id',
        ),
    ],
)
def test_a_damaged_line_is_named(line: str, problem: str) -> None:
    content = parsed(f"\n{line}\n".encode())
    assert content == ({}, [f"line 2: not a finding: {problem}; mend or delete it"])


def test_two_branches_merged_by_union() -> None:
    one = written(_accepted("| sloop |\n" * 20))
    two = written(_accepted("| sloop |\n" * 22))
    merged = parsed("".join(dict.fromkeys((one + two).splitlines(keepends=True))).encode())
    assert merged.accepted == _accepted("| sloop |\n" * 22)
