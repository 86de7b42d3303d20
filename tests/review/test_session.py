"""A session: what each answer means, and that none counts which could not be kept."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from bench import Bench, at, standing, ticking

from scrubber.decisions.book import Verdict
from scrubber.decisions.keys import Scope
from scrubber.decisions.ledger import LedgerError
from scrubber.review.desk import Desk
from scrubber.review.items import ACCEPTED, DISPLACED, OPEN, REJECTED
from scrubber.review.queue import RefusedError


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path).put({"a.txt": "x-y , q km and x-y q", "b.txt": "x-y , km"})


@pytest.fixture
def desk(bench: Bench) -> Desk:
    return bench.desk()


def _said(bench: Bench) -> list[tuple[str, str, str]]:
    lines = [json.loads(line) for line in bench.kept.splitlines()]
    return [(line["verdict"], line["scope"], line["rule"]) for line in lines]


def _states(desk: Desk, rule: str) -> list[str]:
    found = [item for item in desk.session.items if item.finding.rule == rule]
    return [item.state for item in sorted(found, key=lambda item: item.place)]


def test_an_answer_is_in_the_ledger_before_it_counts(bench: Bench, desk: Desk) -> None:
    assert desk.session.accept(at(desk, "a/dash"), 1) == "accepted"
    line = json.loads(bench.kept)
    assert (line["chosen"], line["document"], line["who"]) == ("x y", "a.txt", "Ines")
    assert at(desk, "a/dash").chosen == "x y"
    assert desk.session.at is at(desk, "a/mark") or desk.session.at is at(desk, "b/odd")


def test_an_answer_reaches_no_other_place_unless_asked_to(desk: Desk) -> None:
    desk.session.accept(at(desk, "a/dash"))
    assert _states(desk, "a/dash") == [ACCEPTED, OPEN, OPEN]


def test_groups_reach_as_far_as_they_say(bench: Bench, desk: Desk) -> None:
    said = desk.session.accept(at(desk, "a/dash"), 2, Scope.CHANGE)
    assert said == "accepted 3 (this change, everywhere)"
    assert [at(desk, "a/dash", n).chosen for n in range(3)] == ["x–y"] * 3
    assert desk.session.reject(at(desk, "b/seam"), Scope.RULE).startswith("rejected 2 (this rule")
    assert desk.session.reject(at(desk, "b/odd"), Scope.WORD) == (
        "rejected 2 (this word, everywhere)"
    )
    bench.put({"c.txt": "x-y km q"})
    anew = bench.desk()
    assert [at(anew, "a/dash", 3).state, at(anew, "b/seam", 2).state] == [ACCEPTED, REJECTED]


def test_a_nearer_answer_stays_and_one_as_wide_holds_over_it(desk: Desk) -> None:
    session = desk.session
    session.reject(at(desk, "a/dash", 1))
    session.accept(at(desk, "a/dash"), 0, Scope.RULE)
    assert _states(desk, "a/dash") == [ACCEPTED, REJECTED, ACCEPTED]
    session.reject(at(desk, "a/dash"), Scope.CHANGE)
    assert _states(desk, "a/dash") == [REJECTED, REJECTED, REJECTED]
    session.accept(at(desk, "a/dash", 1), 0, Scope.RULE)  # what was said of less goes
    assert _states(desk, "a/dash") == [ACCEPTED, ACCEPTED, ACCEPTED]


def test_what_was_rejected_here_falls_back_to_the_rule_when_opened(desk: Desk) -> None:
    session = desk.session
    session.accept(at(desk, "b/seam"), 0, Scope.RULE)
    session.reject(at(desk, "b/seam"))
    session.leave(at(desk, "b/seam"))
    assert _states(desk, "b/seam") == [ACCEPTED, ACCEPTED]
    with pytest.raises(RefusedError, match="decided with others"):
        session.leave(at(desk, "b/seam"))


def test_taking_a_place_says_whose_it_was(bench: Bench, desk: Desk) -> None:
    session = desk.session
    session.accept(at(desk, "a/dash"))
    session.accept(at(desk, "a/mark"))
    said = session.accept(at(desk, "b/wide"))
    assert said == "accepted; displaces 2 of a/dash, a/mark"
    assert (at(desk, "a/dash").state, at(desk, "b/wide").state) == (REJECTED, ACCEPTED)
    assert _said(bench)[-2:] == [("reject", "here", "a/dash"), ("reject", "here", "a/mark")]
    session.undo()
    assert at(desk, "a/dash").chosen == "xy"
    assert at(desk, "b/wide").state == DISPLACED


def test_twins_are_one_place(tmp_path: Path) -> None:
    line = "It was a long and quiet day on the old quay; x-y , and no more boats came to it then.\n"
    bench = Bench(tmp_path).put({"a.txt": line * 2, "b.txt": line})
    desk = bench.desk()
    assert desk.session.accept(at(desk, "a/dash")) == "accepted 2"
    assert _states(desk, "a/dash") == [ACCEPTED, ACCEPTED, OPEN]  # not in another file
    desk.session.accept(at(desk, "b/wide"))
    assert _states(desk, "a/dash") == [REJECTED, REJECTED, OPEN]
    assert standing(bench.desk()) == standing(desk)
    desk.write_all()
    assert bench.text() == line.replace("x-y ,", "x-y,") * 2


def test_a_text_of_ones_own(bench: Bench, desk: Desk) -> None:
    session = desk.session
    assert session.write_own(at(desk, "b/odd"), "Q") == "replaced"
    assert session.write_own(at(desk, "a/dash"), "x y") == "accepted"
    assert session.write_own(at(desk, "a/dash"), "x-y") == "rejected"
    assert session.write_own(at(desk, "b/seam"), "") == "rejected"
    for odd in ("\0", "\ud800"):
        with pytest.raises(RefusedError, match="no text file"):
            session.write_own(at(desk, "b/seam"), odd)
    session.accept(at(desk, "b/odd"), 0, Scope.CHANGE)
    assert _states(desk, "b/odd") == [ACCEPTED, ACCEPTED]
    desk.write_all()
    assert bench.text() == "x-y , Q km and x-y Q"


def test_what_cannot_be_answered_is_refused(desk: Desk) -> None:
    session = desk.session
    with pytest.raises(RefusedError, match="nothing is offered"):
        session.accept(at(desk, "b/odd"))
    with pytest.raises(RefusedError, match="there are 3 proposals"):
        session.accept(at(desk, "a/dash"), 3)
    with pytest.raises(RefusedError, match="no word here"):
        session.reject(at(desk, "a/mark"), Scope.WORD)
    with pytest.raises(RefusedError, match="nothing to undo"):
        session.undo()


def test_the_rest_of_a_file(desk: Desk) -> None:
    session = desk.session
    session.go(3)
    assert session.rest_of_file(session.order[2], Verdict.ACCEPT).startswith("accepted")
    assert {i.file for i in session.items if i.chosen is not None} == {0}
    session.rest_of_file(session.order[0], Verdict.REJECT)
    assert all(
        item.state in (ACCEPTED, REJECTED, DISPLACED) for item in session.items if not item.file
    )
    with pytest.raises(RefusedError, match="nothing is left"):
        session.rest_of_file(session.order[0], Verdict.REJECT)
    session.undo()
    session.undo()
    assert session.counts() == {OPEN: len(session.items)}


def test_an_answer_that_cannot_be_kept_does_not_count(
    bench: Bench, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.session.accept(at(desk, "a/dash"))
    before, kept, where = standing(desk), bench.kept, desk.session.at

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for scope in Scope:
            with pytest.raises(LedgerError):
                desk.session.reject(at(desk, "b/wide"), scope)
            assert (standing(desk), bench.kept, desk.session.at) == (before, kept, where)
        with pytest.raises(LedgerError):
            desk.session.rest_of_file(at(desk, "b/wide"), Verdict.REJECT)
        assert (standing(desk), bench.kept, desk.session.at) == (before, kept, where)
    desk.session.undo()
    assert bench.kept == b""


# Two people


def test_who_answers_after_another_settles_it(bench: Bench) -> None:
    orla = bench.desk("Orla")
    orla.session.accept(at(orla, "a/dash"))
    orla.session.accept(at(orla, "b/seam"), 0, Scope.RULE)
    ines = bench.desk("Ines", ticking(50))
    assert at(ines, "a/dash").earlier
    ines.session.leave(at(ines, "a/dash"))
    ines.session.reject(at(ines, "b/seam"), Scope.RULE)
    assert at(ines, "a/dash").open
    anew = bench.desk("Kofi")
    assert standing(anew) == standing(ines)
    assert anew.session.book.disputes == []


def test_a_merged_contradiction_is_asked_again_and_settled(tmp_path: Path) -> None:
    texts = {"a.txt": "x-y here"}
    lines = b""
    for who, start, choice in (("Orla", 0, 0), ("Kofi", 5, 1)):
        one = Bench(tmp_path / who).put(texts)
        desk = one.desk(who, ticking(start))
        desk.session.accept(at(desk, "a/dash"), choice)
        lines = one.kept + lines
    bench = Bench(tmp_path / "merged").put(texts)
    bench.ledger.file.parent.mkdir()
    bench.ledger.file.write_bytes(lines)
    desk = bench.desk("Ines", ticking(50))
    item = at(desk, "a/dash")
    assert item.open
    assert desk.session.at is item
    assert str(item.dispute) == "Orla: accept, Kofi: accept"
    assert desk.files.waiting() == []
    desk.session.accept(item, 1)
    assert json.loads(bench.kept.splitlines()[-1])["settles"] is True
    anew = bench.desk("Lea")
    assert (at(anew, "a/dash").chosen, anew.session.book.disputes) == ("x y", [])
    desk.session.undo()
    assert item.dispute
    assert bench.kept == lines


def test_a_dispute_about_a_place_outlasts_what_is_said_of_the_rule(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y here and there x-y"})
    one, other = bench.desk("Orla"), bench.desk("Kofi", ticking(9))
    one.session.accept(at(one, "a/dash"))
    other.session.reject(at(other, "a/dash"))
    ines = bench.desk("Ines", ticking(50))
    ines.session.reject(at(ines, "a/dash", 1), Scope.RULE)
    assert _states(ines, "a/dash") == [OPEN, REJECTED]
    ines.session.accept(at(ines, "a/dash"), 0, Scope.RULE)
    assert _states(ines, "a/dash") == [ACCEPTED, ACCEPTED]
    assert standing(bench.desk()) == standing(ines)


def test_a_ledger_that_others_write_to_is_never_cut(bench: Bench) -> None:
    desk, orla = bench.desk("Ines"), bench.desk("Orla", ticking(90))
    desk.session.reject(at(desk, "a/dash"))
    orla.session.reject(at(orla, "b/seam"))
    desk.session.reject(at(desk, "b/odd"))
    assert desk.session.undo() == "undone: rejected"
    assert desk.session.undo() == "undone: rejected"
    assert _said(bench) == [
        ("reject", "here", "a/dash"),
        ("reject", "here", "b/seam"),
        ("withdraw", "here", "a/dash"),
    ]
    assert _states(bench.desk(), "b/seam") == [REJECTED, OPEN]


def test_ten_thousand_findings_are_answered_in_time(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "".join(f" n{n} x-y {n}n q" for n in range(5_000))})
    desk = bench.desk()
    session = desk.session
    session.reject(at(desk, "a/dash"), Scope.CHANGE)
    session.undo()
    session.rest_of_file(at(desk, "a/dash"), Verdict.ACCEPT)
    session.undo()
    session.accept(at(desk, "a/dash"), 0, Scope.RULE)
    for item in list(session.items[:400:2]):
        session.reject(item)
    assert standing(bench.desk()) == standing(desk)


def test_what_a_model_said_of_a_place_stays_with_what_was_decided_there(
    bench: Bench, desk: Desk
) -> None:
    item = at(desk, "a/dash")
    item.finding = item.finding._replace(opinion="second opinion: confirmed (+5.0)")
    desk.session.accept(item)
    assert json.loads(bench.kept)["opinion"] == "second opinion: confirmed (+5.0)"
    desk.session.undo()
    desk.session.accept(item, 0, Scope.RULE)
    assert "opinion" not in json.loads(bench.kept)


def test_the_rule_of_a_mark_that_stands_by_no_word_can_be_decided(tmp_path: Path) -> None:
    desk = Bench(tmp_path).put({"a.txt": "here , and q there , too"}).desk()
    desk.session.accept(at(desk, "a/mark"), 0, Scope.RULE)
    assert _states(desk, "a/mark") == [ACCEPTED, ACCEPTED]
