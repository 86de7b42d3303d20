"""Lines of a ledger: every decision comes back as it was, every damaged line is named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope, quoted
from scrubber.decisions.lines import Sample, line, parsed
from scrubber.text import writable

TEXT = st.text(st.characters(exclude_categories=()), max_size=12).map(
    lambda text: text.replace("\r", "")
)
WRITABLE = TEXT.filter(writable)
IDS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    scope = draw(st.sampled_from(Scope))
    verdict = draw(st.sampled_from(Verdict))
    rule = draw(TEXT.filter(bool))
    key = Key(scope, rule)
    if scope is not Scope.RULE:
        key = Key(scope, rule, quoted("", draw(TEXT.filter(bool)), "")[0])
    if scope is Scope.HERE:
        around = quoted(draw(TEXT), key.exact, draw(TEXT))
        key = Key(scope, rule, *around, draw(IDS))
    chosen = None
    if verdict is Verdict.REPLACE or (verdict is Verdict.ACCEPT and draw(st.booleans())):
        chosen = draw(WRITABLE)
    sample = draw(st.one_of(st.none(), TEXT))
    said = draw(TEXT), draw(TEXT), draw(st.booleans()), sample, draw(TEXT)
    return Decision(key, verdict, chosen, *said)


@given(st.lists(decisions(), max_size=4))
def test_every_decision_comes_back_as_it_was(said: list[Decision]) -> None:
    lines = [line(decision) for decision in said]
    assert not any("\n" in text or len(text.splitlines()) > 1 for text in lines)
    content = parsed("".join(text + "\n" for text in lines).encode())
    assert content.problems == []
    assert content.decisions == said
    assert [entry.line for entry in content.entries] == list(range(1, len(said) + 1))


def test_a_sample_comes_back_as_it_was() -> None:
    sample = Sample("s1", "a/b", 100, 5000, 7, ("a.jsonl", "b.jsonl"), "Ines", "2031")
    content = parsed(line(sample).encode())
    assert content.samples == [sample]
    assert content.decisions == []


GOOD = '{"verdict": "reject", "scope": "rule", "rule": "a/b"}'


@pytest.mark.parametrize(
    ("damaged", "problem"),
    [
        ("<<<<<<< ours", "not JSON"),
        ("=======", "not JSON"),
        (GOOD[:-9], "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("\x80", "not JSON"),
        ("[1]", "not a JSON object"),
        ("null", "not a JSON object"),
        ('{"verdict": "reject"}', 'no "rule"'),
        ('{"verdict": "reject", "rule": ""}', 'no "rule"'),
        ('{"verdict": "reject", "rule": 5}', 'no "rule"'),
        ('{"verdict": "reject", "rule": "a/b"}', 'no "exact"'),
        ('{"verdict": "maybe", "scope": "rule", "rule": "a/b"}', '"verdict" or "scope"'),
        ('{"verdict": [], "scope": "rule", "rule": "a/b"}', '"verdict" or "scope"'),
        ('{"verdict": "reject", "scope": {}, "rule": "a/b"}', '"verdict" or "scope"'),
        ('{"scope": "rule", "rule": "a/b"}', '"verdict" or "scope"'),
        ('{"verdict": "replace", "scope": "rule", "rule": "a/b"}', 'without "chosen"'),
        ('{"verdict": "accept", "rule": "a/b", "exact": "x", "chosen": 3}', "is not a text"),
        ('{"verdict": "accept", "rule": "a/b", "exact": "x", "chosen": "\\u0000"}', "no text file"),
        ('{"verdict": "accept", "rule": "a/b", "exact": "x", "chosen": "\\ud800"}', "no text file"),
        ('{"verdict": "reject", "rule": "a/b", "exact": 3}', "is not a text"),
        ('{"verdict": "reject", "scope": "word", "rule": "a", "exact": ""}', "no word"),
        ('{"verdict": "reject", "rule": "a/b", "exact": "x", "document": {}}', '"document"'),
        ('{"rule": "a/b", "size": 3}', "a sample without its numbers"),
        ('{"rule": "a/b", "size": 3, "population": 9, "seed": 1}', "a sample without its numbers"),
        (
            '{"rule": "a/b", "sample": "s", "size": 3, "population": 9, "seed": 1, "data": "x"}',
            "a sample without its data",
        ),
    ],
)
def test_a_damaged_line_is_named_and_the_rest_holds(damaged: str, problem: str) -> None:
    content = parsed(f"{GOOD}\n\n{damaged}\r\n{GOOD}".encode("latin-1"))
    assert len(content.decisions) == 2
    assert [entry.line for entry in content.entries] == [1, 4]
    assert len(content.problems) == 1
    assert content.problems[0].startswith("line 3: not a decision: ")
    assert problem in content.problems[0]


@given(st.binary(max_size=60))
def test_any_bytes_are_decisions_or_problems(data: bytes) -> None:
    content = parsed(data)
    assert len(content.entries) + len(content.problems) <= data.count(b"\n") + 1


def test_merge_conflict_markers_cost_no_decision_of_either_side() -> None:
    mine = '{"verdict": "reject", "scope": "rule", "rule": "a/b", "who": "Ines", "when": "1"}'
    theirs = '{"verdict": "reject", "scope": "rule", "rule": "a/c", "who": "Orla", "when": "2"}'
    text = f"<<<<<<< ours\n{mine}\n=======\n{theirs}\n>>>>>>> theirs\n"
    content = parsed(text.encode())
    assert [problem.split(":")[0] for problem in content.problems] == ["line 1", "line 3", "line 5"]
    assert len(Book(content.decisions)) == 2


def test_a_line_says_no_more_than_its_verdict_and_scope_can() -> None:
    for verdict in ("reject", "withdraw"):
        record = {"verdict": verdict, "rule": "a/b", "exact": "x\r\n", "chosen": "y", "document": 1}
        decision = parsed(json.dumps(record).encode()).decisions[0]
        assert decision.chosen is None
        assert decision.key == Key(Scope.HERE, "a/b", "x", "", " ", 1)
    record = {"verdict": "reject", "scope": "change", "rule": "a/b", "exact": "x", "prefix": "p"}
    assert parsed(json.dumps(record).encode()).decisions[0].key == Key(Scope.CHANGE, "a/b", "x")


def test_readable_where_it_can_be_and_safe_where_not() -> None:
    assert "ö" in line(Decision(Key(Scope.CHANGE, "a/b", "ö"), Verdict.REJECT))
    odd = line(
        Decision(Key(Scope.CHANGE, "a/b", "a\u2028b\x85\x1b[31m\u202e\ud800"), Verdict.REJECT)
    )
    assert odd.isascii()
    assert odd.isprintable()
