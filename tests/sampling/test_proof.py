from __future__ import annotations

import pytest

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.lines import Sample
from scrubber.sampling.proof import Figures, Measured, measured


def _sample(name: str, size: int, rule: str = "x/y") -> Sample:
    return Sample(name, rule, size, 1000, 0, ("d",))


def _key(number: int) -> Key:
    return Key(Scope.HERE, "x/y", f"word{number}", "", "", "d")


def _said(
    number: int, verdict: Verdict, sample: str | None, who: str = "Ana", when: str = "1"
) -> Decision:
    chosen = "b" if verdict in (Verdict.ACCEPT, Verdict.REPLACE) else None
    return Decision(_key(number), verdict, chosen, who, when, sample=sample)


def _one(samples: list[Sample], said: list[Decision]) -> Measured:
    (found,) = measured(samples, said)
    return found


def test_right_wrong_and_open() -> None:
    said = [
        _said(1, Verdict.ACCEPT, "s"),
        _said(2, Verdict.REJECT, "s"),
        _said(3, Verdict.REPLACE, "s"),
    ]
    found = _one([_sample("s", 5)], said)
    assert found.samples == (Figures(_sample("s", 5), 1, 2),)
    assert (found.samples[0].open, found.samples[0].complete) == (2, False)
    assert found.share.whole == 0, "an incomplete sample proves nothing"
    assert "2 of 5 open" in str(found.samples[0])
    assert found.samples[0].value()["low"] is None


def test_a_complete_sample_proves_its_lower_bound() -> None:
    said = [_said(n, Verdict.ACCEPT if n else Verdict.REJECT, "s") for n in range(100)]
    found = _one([_sample("s", 100)], said)
    assert (found.share.part, found.share.whole) == (99, 100)
    # Wilson for 99 of 100, worked by hand: (0.99 + 0.019208 - 0.027523) / 1.038416
    assert found.share.low == pytest.approx(0.9455, abs=0.0001)
    assert "99 of 100 right, 99.0%, between 94.6% and 99.8%" in str(found.samples[0])


def test_who_changes_their_mind_changes_the_figures() -> None:
    said = [_said(1, Verdict.ACCEPT, "s"), _said(1, Verdict.REJECT, None, when="2")]
    assert _one([_sample("s", 1)], said).samples[0].wrong == 1
    said.append(_said(1, Verdict.WITHDRAW, None, when="3"))
    assert _one([_sample("s", 1)], said).samples[0].open == 1


def test_a_contradiction_is_open() -> None:
    said = [_said(1, Verdict.ACCEPT, "s"), _said(1, Verdict.REJECT, "s", who="Ben")]
    (figures,) = _one([_sample("s", 1)], said).samples
    assert (figures.open, figures.disputed) == (1, 1)
    assert "1 of them in dispute" in str(figures)


def test_complete_samples_pool_and_a_place_in_both_counts_once() -> None:
    said = [_said(n, Verdict.ACCEPT, "s") for n in range(3)]
    said += [_said(n, Verdict.ACCEPT, "t") for n in range(2, 5)]
    said += [_said(9, Verdict.REJECT, "u")]
    found = _one([_sample("s", 3), _sample("t", 3), _sample("u", 2), _sample("s", 3)], said)
    assert [figures.complete for figures in found.samples] == [True, True, False]
    assert (found.share.part, found.share.whole) == (5, 5)


def test_wider_decisions_and_other_rules_are_no_part_of_a_sample() -> None:
    wide = Decision(Key(Scope.CHANGE, "x/y", "a"), Verdict.ACCEPT, "b", sample="s")
    other = Decision(Key(Scope.HERE, "x/z", "a"), Verdict.ACCEPT, "b", sample="s")
    assert _one([_sample("s", 1)], [wide, other]).samples[0].open == 1


def test_an_empty_sample_proves_nothing() -> None:
    found = _one([_sample("s", 0)], [])
    assert not found.samples[0].complete
    assert found.share.low == 0.0
