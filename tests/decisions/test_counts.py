from __future__ import annotations

import pytest

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.counts import Tally, is_done, tallies
from scrubber.decisions.keys import Key, Scope


def _decision(verdict: Verdict, number: int, scope: Scope = Scope.HERE) -> Decision:
    key = Key(scope, "links/glued-capital", f"word{number}")
    chosen = None if verdict is Verdict.REJECT else "x"
    return Decision(key, verdict, chosen, "Ana", f"2026-01-{number:02}")


def test_each_decision_in_force_counts_once() -> None:
    said = [
        _decision(Verdict.ACCEPT, 1),
        _decision(Verdict.ACCEPT, 2),
        _decision(Verdict.REJECT, 2),  # she changed her mind
        _decision(Verdict.REPLACE, 3, Scope.CHANGE),
        _decision(Verdict.REJECT, 4),
        _decision(Verdict.WITHDRAW, 4),
        _decision(Verdict.REJECT, 5, Scope.WORD),
        _decision(Verdict.REJECT, 6, Scope.RULE),
    ]
    said = [
        Decision(d.key, d.verdict, d.chosen, d.who, f"2026-02-{n:02}")
        for n, d in enumerate(said, 1)
    ]
    (tally,) = tallies(Book(said).held)
    assert tally == Tally("links/glued-capital", 1, 1, 1, 2)
    assert (tally.share.part, tally.share.whole) == (1, 3)


def test_what_is_in_dispute_counts_nowhere() -> None:
    one = _decision(Verdict.ACCEPT, 1)
    other = Decision(one.key, Verdict.REJECT, None, "Ben", one.when)
    assert tallies(Book([one, other]).held) == []


@pytest.mark.parametrize(
    ("accepted", "rejected", "floor", "standing"),
    [
        (99, 1, 0.99, ""),
        (98, 2, 0.99, "under"),
        (90, 10, 0.99, "wholly under"),
        (0, 0, 0.99, ""),
        (0, 9, None, ""),
    ],
)
def test_a_rule_and_its_floor(
    accepted: int, rejected: int, floor: float | None, standing: str
) -> None:
    assert Tally("x/y", accepted, rejected).standing(floor) == standing


@pytest.mark.parametrize(
    ("chosen", "text", "done"),
    [
        ("sea. But", "They looked at the sea. But nobody came to the shore.", True),
        ("sea. But", "They looked\nat the  sea. But nobody came to the shore.", True),
        ("sea. But", "They looked at the sea. But someone else was standing there.", True),
        ("sea. But", "They looked at the sea, but nobody came to the shore.", False),
        ("sea. But", "Quite another sea. But then again.", False),
        ("", "They looked at the  nobody came to the shore.", True),
        ("", "They looked at the shore.", False),
    ],
)
def test_done_is_what_stands_in_the_text(chosen: str, text: str, done: bool) -> None:
    key = Key(Scope.HERE, "x/y", "seaBut", "They looked at the ", " nobody came to the shore.", "a")
    assert is_done(Decision(key, Verdict.ACCEPT, chosen), text) is done


def test_a_rejection_is_never_done() -> None:
    key = Key(Scope.HERE, "x/y", "seaBut", "a ", " b", "a")
    assert not is_done(Decision(key, Verdict.REJECT), "a seaBut b")
