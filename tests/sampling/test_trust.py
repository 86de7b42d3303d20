from __future__ import annotations

from collections.abc import Sequence

import pytest

from scrubber import engine
from scrubber.decisions.book import Book, Decision, Verdict, judged
from scrubber.decisions.keys import Key, Scope
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule
from scrubber.sampling import trust
from scrubber.sampling.proof import Measured
from scrubber.shares import Share

FIX = Rule("x/fix", "", "", "", Action.FIX, "pattern", {"match": "aa", "replace": ["b"]})
SUGGEST = Rule(
    "x/suggest", "", "", "", Action.SUGGEST, "pattern", {"match": "cc", "replace": ["d"]}
)
REPORT = Rule("x/report", "", "", "", Action.REPORT, "pattern", {"match": "ee", "replace": []})
RULES = [FIX, SUGGEST, REPORT]
TEXT = Document("aa cc ee")


def _sampled(rule: Rule, right: int, of: int) -> Measured:
    return Measured(rule.id, (), Share(right, of))


def _repaired(standings: Sequence[trust.Standing], decisions: Sequence[Decision] = ()) -> str:
    book = Book(decisions)

    def decided(document: Document, finding: Finding) -> Finding | None:
        return judged(document, finding, book.ruling(document, finding, "d"))

    return engine.settle(TEXT, RULES, judge=trust.judge(standings, decided)).text


@pytest.mark.parametrize(
    ("right", "of", "bound", "acts"),
    # 381 without a wrong one is the least that reaches 0.99: Wilson, 381 / (381 + 1.96²).
    [(381, 381, 0.99, True), (380, 380, 0.99, False), (388, 390, 0.98, True), (0, 0, 0.5, False)],
)
def test_a_rule_acts_exactly_when_its_lower_bound_reaches_the_trust(
    right: int, of: int, bound: float, acts: bool
) -> None:
    for rule, text in ((FIX, "b cc ee"), (SUGGEST, "aa d ee")):
        found = trust.standings(RULES, bound, [_sampled(rule, right, of)])
        assert [standing.rule for standing in found if standing.acts] == ([rule] if acts else [])
        assert _repaired(found) == (text if acts else TEXT.text)


def test_what_does_not_act_is_a_suggestion() -> None:
    judge = trust.judge(trust.standings(RULES, 0.99))
    outcome = engine.settle(TEXT, RULES, judge=judge)
    assert [finding.action for finding in outcome.findings] == ["suggest", "suggest", "report"]
    assert "below the trust" in outcome.findings[0].message


def test_what_was_sampled_goes_before_what_ships() -> None:
    pinned = {"x/fix": {"action": "fix", "judged": 1000, "right": 1000}}
    assert _repaired(trust.standings(RULES, 0.99, (), pinned)) == "b cc ee"
    found = trust.standings(RULES, 0.99, [_sampled(FIX, 90, 100)], pinned)
    assert _repaired(found) == TEXT.text
    assert str(found[0]) == "x/fix: no, 90 of 100 sampled right, at least 82.5 %"


def test_an_incomplete_sample_leaves_what_ships_in_force() -> None:
    pinned = {"x/fix": {"action": "fix", "judged": 1000, "right": 1000}}
    found = trust.standings(RULES, 0.99, [_sampled(FIX, 0, 0)], pinned)
    assert str(found[0]) == "x/fix: yes, 1,000 of 1,000 judged right, at least 99.6 %"


def test_figures_of_another_action_do_not_count() -> None:
    pinned = {"x/suggest": {"action": "fix", "judged": 1000, "right": 1000}}
    assert [s.acts for s in trust.standings(RULES, 0.5, (), pinned)] == [False, False]


def test_what_a_rule_doubts_more_than_its_action_stays_a_suggestion() -> None:
    found = trust.standings([FIX], 0.5, [_sampled(FIX, 99, 99)])
    finding = engine.find(TEXT, [FIX])[0][0]
    doubted = finding._replace(action=Action.SUGGEST)
    assert trust.judge(found)(TEXT, doubted) is doubted


def _said(verdict: Verdict, chosen: str | None, who: str = "Ana") -> Decision:
    return Decision(Key(Scope.CHANGE, "x/suggest", "cc"), verdict, chosen, who)


def test_decisions_go_before_trust() -> None:
    act = trust.standings(RULES, 0.5, [_sampled(SUGGEST, 99, 99)])
    rest = trust.standings(RULES, 0.99)
    accepted, rejected = _said(Verdict.ACCEPT, "d"), _said(Verdict.REJECT, None, "Ben")
    assert _repaired(rest, [accepted]) == "aa d ee"
    assert _repaired(act, [rejected]) == TEXT.text
    assert _repaired(act, [accepted, rejected]) == TEXT.text, "in dispute: nobody's to do"


def test_the_summary_names_every_rule_that_could_act() -> None:
    pinned = {"x/fix": {"action": "fix", "judged": 1000, "right": 1000}}
    assert trust.summary(trust.standings(RULES, 0.99, (), pinned)) == [
        "x/fix: yes, 1,000 of 1,000 judged right, at least 99.6 %",
        "no, never measured: x/suggest",
    ]


def test_what_is_shown_is_never_more_than_what_was_reached() -> None:
    standing = trust.Standing(FIX, 0.99, Share(380, 380), sampled=True)
    assert str(standing).endswith("at least 98.9 %")  # 0.98999
