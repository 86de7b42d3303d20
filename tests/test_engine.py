from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber import edits, engine
from scrubber import rules as rule_files
from scrubber.model import Action, Document, Finding
from scrubber.rule_checks import check
from scrubber.rules import Rule

PARTS = (
    "The mayor signed the treatyBut the council refused. ",
    "He thanked the volunteerswho had come. ",
    "They flew on to south africa for the talks. ",
    "It was the start ofa long season. ",
    "She spoke about The drought in the valleys. ",
    "The pier stays shut until the spring.Drivers take the ferry. ",
    "The townâ€™s hall is open. ",
    "Bread &amp; butter. ",
    "\nSource link\n",
    "\nMarta Olsen/Getty Images\n",
    "\nhttps://img.example.org/a.jpg\n",
    "\nShare this:\n",
    "\nRead MoreThe council votes.Read more\n",
    "\n\n",
    "Nothing is wrong with this sentence of the text. ",
    "McDonald gave the iPhone to Wu He. ",
    "\r\n",
    "a,b ",
    "\u2028",
    "😀",
)
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)
ACTIONS = st.sampled_from([engine.UNATTENDED, engine.SUGGESTED])


@settings(deadline=None, max_examples=150)
@given(text=TEXTS, actions=ACTIONS, seed=st.integers(0, 99))
def test_the_promises_of_the_engine(
    rules: tuple[Rule, ...], text: str, actions: frozenset[Action], seed: int
) -> None:
    outcome = engine.settle(Document(text), rules, actions)
    assert outcome.faults == ()

    shuffled = list(rules)
    random.Random(seed).shuffle(shuffled)
    other = engine.settle(Document(text), shuffled, actions)
    assert (other.text, other.edits) == (outcome.text, outcome.edits)
    assert other.findings == outcome.findings

    assert all(a.end <= b.start for a, b in pairwise(outcome.edits))
    assert edits.apply(text, outcome.edits) == outcome.text
    assert edits.apply(outcome.text, edits.inverted(outcome.edits)) == text

    again = engine.settle(Document(outcome.text), rules, actions)
    assert again.edits == ()
    assert again.text is again.document.text


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.sampled_from("abc"))))
def test_no_two_taken_findings_overlap(places: list[tuple[int, int, str]]) -> None:
    findings = [
        Finding(f"x/{rule}", start, start + size, "t" * size, ("new",), action, "")
        for (start, size, rule), action in zip(places, [*Action] * 99, strict=False)
    ]
    plan = engine.plan(findings, engine.SUGGESTED)
    for i, a in enumerate(plan.taken):
        for b in plan.taken[i + 1 :]:
            assert not edits.overlaps(a.start, a.end, b.start, b.end)
    for finding in plan.waiting:
        assert any(edits.overlaps(finding.start, finding.end, t.start, t.end) for t in plan.taken)
    assert sorted(map(repr, [*plan.taken, *plan.shown, *plan.waiting])) == sorted(
        map(repr, findings)
    )
    backwards = engine.plan(findings[::-1], engine.SUGGESTED)
    assert backwards.taken == plan.taken


def test_a_suggestion_never_keeps_a_fix_waiting() -> None:
    suggestion = Finding("a/a", 0, 9, "x" * 9, ("y",), Action.SUGGEST, "")
    fix = Finding("b/b", 4, 6, "xx", ("z",), Action.FIX, "")
    plan = engine.plan([suggestion, fix], engine.SUGGESTED)
    assert (plan.taken, plan.waiting) == ((fix,), (suggestion,))


def test_clean_text_comes_back_as_the_same_object(rules: tuple[Rule, ...]) -> None:
    text = "The ferry leaves at nine. Nothing is wrong with it."
    outcome = engine.settle(Document(text), rules)
    assert outcome.text is text
    assert outcome.looks == 1


def _own(*pairs: tuple[str, str]) -> list[Rule]:
    source = "".join(
        f'[[rule]]\nid="r{i}"\nabout="a"\nwhy="b"\nsafety="c"\naction="fix"\n'
        f"match='''{old}'''\nreplace=['''{new}''']\n"
        'example=[{bad="⟦q⟧"},{ok="k"}]\n'
        for i, (old, new) in enumerate(pairs)
    )
    found, mistakes = rule_files.load(source, "own.toml", "own", check)
    assert mistakes == []
    return found


def test_rules_that_undo_each_other_are_named() -> None:
    with pytest.raises(engine.NotSettledError, match="own/r0, own/r1 undo each other"):
        engine.settle(Document("xa"), _own(("a", "b"), ("b", "a")))


def test_what_overlaps_is_looked_for_again() -> None:
    outcome = engine.settle(Document("aXbXc"), _own(("aXb", "a-b"), ("bXc", "b-c")))
    assert outcome.text == "a-b-c"
    assert outcome.looks == 3
    assert [(edit.start, edit.end, edit.rules) for edit in outcome.edits] == [
        (1, 2, ("own/r0",)),
        (3, 4, ("own/r1",)),
    ]
    assert [finding.text for finding in outcome.findings] == ["aXb", "bXc"]


def test_a_rule_that_fails_is_told_of_and_the_others_go_on() -> None:
    rules = _own(("(a|aa)+$", "x"), ("b", "c"))
    outcome = engine.settle(Document("b" + "a" * 60 + "!"), rules)
    assert outcome.text.startswith("c")
    assert [fault.rule for fault in outcome.faults] == ["own/r0"]
    assert "too long" in outcome.faults[0].problem


def test_no_edit_lands_in_a_zone() -> None:
    rules = _own(("cat", "dog"))
    text = "cat `cat` https://cat.example/cat cat@cat.example <b cat> cat"
    outcome = engine.settle(Document(text), rules)
    assert outcome.text == "dog `cat` https://cat.example/cat cat@cat.example <b cat> dog"


def test_a_rule_without_a_repair_only_reports() -> None:
    source = (
        '[[rule]]\nid="r"\nabout="a"\nwhy="b"\nsafety="c"\naction="fix"\nmatch="q"\n'
        'example=[{bad="⟦q⟧"},{ok="k"}]\n'
    )
    found, _ = rule_files.load(source, "own.toml", "own", check)
    finding = engine.find(Document("q"), found)[0][0]
    assert (finding.action, finding.proposals) == (Action.REPORT, ())


def test_what_is_not_within_is_neither_told_nor_done() -> None:
    """Also at a later look, where the places of the text are others; nor does it bar another."""

    def rule(name: str, match: str, replace: str) -> Rule:
        params = {"match": match, "replace": [replace]}
        return Rule(f"own/{name}", name, "", "", Action.FIX, "pattern", params)

    rules = (
        rule("a", "one", "eleven"),
        rule("b", "(?<=eleven )two", "twelve"),
        rule("c", "e t", "X"),
    )
    text = "one two\none two\n"

    def within(finding: Finding) -> bool:
        return finding.start >= 8 and finding.rule != "own/c"

    outcome = engine.settle(Document(text), rules, within=within)
    assert outcome.text == "one two\neleven twelve\n"
    assert [(f.rule, f.start) for f in outcome.findings] == [("own/a", 8), ("own/b", 12)]
