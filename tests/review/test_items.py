"""Items: their states, their rivals, their orders, and who gives way."""

from __future__ import annotations

from pathlib import Path

from bench import Bench, at, rules

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.model import Action, Document, Finding
from scrubber.review.items import (
    ACCEPTED,
    DISPLACED,
    LEFT,
    OPEN,
    ORDERS,
    REJECTED,
    Item,
    entangled,
    items_of,
    ordered,
    taken_together,
)

TEXT = "x-y , and q, km"


def _found(rule: str, start: int, end: int, *offered: str) -> Finding:
    action = Action.FIX if offered else Action.REPORT
    return Finding(rule, start, end, TEXT[start:end], offered, action, "")


def _items(*found: Finding, said: tuple[Decision, ...] = ()) -> list[Item]:
    return items_of(Document(TEXT, None, "a"), found, "a", Book(said), (0, 0))


def _rule(name: str, verdict: Verdict = Verdict.ACCEPT) -> Decision:
    return Decision(Key(Scope.RULE, name), verdict, None, "Ines", "1")


WIDE, DASH, MARK = (
    _found("b/wide", 0, 5, "x-y,"),
    _found("a/dash", 0, 3, "xy"),
    _found("a/mark", 3, 5, ","),
)
ODD = _found("b/odd", 10, 11)


def test_what_overlaps_is_a_rival_and_neighbours_are_not() -> None:
    wide, dash, mark, odd = _items(WIDE, DASH, MARK, ODD)
    assert wide.rivals == [dash, mark]
    assert dash.rivals == mark.rivals == [wide]
    assert odd.rivals == []


def test_an_insertion_rivals_what_it_touches() -> None:
    into = _found("b/seam", 3, 3, "-")
    items = {item.finding.rule: item for item in _items(WIDE, DASH, MARK, into)}
    assert set(map(id, items["b/seam"].rivals)) == {
        id(items[name]) for name in ("b/wide", "a/dash", "a/mark")
    }


def test_what_was_decided_of_a_rule_is_decided_before_the_first_question() -> None:
    wide, dash, mark, odd = _items(WIDE, DASH, MARK, ODD, said=(_rule("b/wide"), _rule("b/odd")))
    assert (wide.state, wide.chosen, wide.earlier) == (ACCEPTED, "x-y,", True)
    assert dash.state == mark.state == DISPLACED
    assert odd.state == OPEN  # nothing is offered that could be accepted
    rejected = _items(ODD, said=(_rule("b/odd", Verdict.REJECT),))[0]
    assert (rejected.state, rejected.open) == (REJECTED, False)


def test_of_two_accepted_for_one_place_the_nearer_decision_holds() -> None:
    rules = _rule("b/wide"), _rule("a/mark")
    wide, mark = _items(WIDE, MARK, said=rules)
    assert (wide.state, mark.state) == (ACCEPTED, DISPLACED)
    here = Decision(mark.key, Verdict.ACCEPT, ",", "Ines", "1")
    wide, mark = _items(WIDE, MARK, said=(*rules, here))
    assert (wide.state, mark.state) == (DISPLACED, ACCEPTED)
    assert wide.wanted == "x-y,"
    assert entangled([mark]) == [mark, wide]


def test_taken_together_are_the_surest_that_fit() -> None:
    unsure = Finding("a/unsure", 0, 4, TEXT[:4], ("z",), Action.SUGGEST, "")
    items = _items(unsure, DASH, MARK, ODD)
    assert {i.finding.rule for i in taken_together(items)} == {"a/dash", "a/mark", "b/odd"}


def test_the_orders(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y q km", "b.txt": "q x-y q ,"})
    items = bench.desk().session.items

    def rules_by(by: str) -> list[str]:
        sure = {"b/seam": 0.2}
        return [
            f"{i.file}{i.finding.rule[2:]}"
            for i in ordered(items, by, lambda f: sure.get(f.rule, 0.9))
        ]

    assert rules_by("file") == ["0dash", "0odd", "0seam", "1odd", "1dash", "1odd", "1mark"]
    assert rules_by("rule") == ["0dash", "1dash", "1mark", "0odd", "1odd", "1odd", "0seam"]
    assert rules_by("change") == ["0odd", "1odd", "1odd", "0dash", "1dash", "1mark", "0seam"]
    assert rules_by("doubt") == ["0odd", "1odd", "1odd", "0seam", "0dash", "1dash", "1mark"]
    assert all(
        sorted(map(id, ordered(items, by, lambda f: 0))) == sorted(map(id, items)) for by in ORDERS
    )


def test_states_follow_the_answers(tmp_path: Path) -> None:
    desk = Bench(tmp_path).put({"a.txt": "x-y ,"}).desk()
    session = desk.session
    wide, dash = at(desk, "b/wide"), at(desk, "a/dash")
    assert wide.state == OPEN
    session.leave(wide)
    assert (wide.state, wide.open) == (LEFT, True)
    session.accept(dash)
    assert (wide.state, wide.open) == (DISPLACED, False)
    session.reject(dash)
    assert wide.state == LEFT


def test_a_crowded_place_is_told_apart_in_time() -> None:
    table = [(f"a/r{n}", "fix", "q+", ("z",)) for n in range(30)]
    found = [Finding(name, 0, 5, TEXT[:5], ("z",), Action.FIX, "") for name, *_ in table]
    items = _items(*found, said=tuple(_rule(name) for name, *_ in table))
    assert sum(item.chosen is not None for item in items) == 1
    assert len(rules(*table[:2])) == 2
