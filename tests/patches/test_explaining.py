from __future__ import annotations

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Scope, key_of
from scrubber.engine import UNATTENDED
from scrubber.model import Document, Finding
from scrubber.patches.explaining import explained
from scrubber.rules import Rule

TEXT = Document(
    "The crew was taken ashore.\n\nhttps://img.example.org/2024/pier-plan.jpg\n\nSource link\n"
)


def _decide(finding: Finding, verdict: Verdict, chosen: str | None) -> Decision:
    return Decision(key_of(Scope.HERE, TEXT, finding, "d"), verdict, chosen)


def _said(rules: tuple[Rule, ...], target: str) -> list[tuple[str, str]] | None:
    places = [(0, len(TEXT.text))]
    decisions = explained(TEXT, rules, UNATTENDED, places, _decide, target)
    if decisions is None:
        return None
    return [(decision.verdict, decision.key.exact[:11]) for decision in decisions]


def test_what_gives_the_text_is_what_was_meant(rules: tuple[Rule, ...]) -> None:
    url = "https://img"
    kept_url = TEXT.text.replace("\nSource link\n", "")
    assert _said(rules, kept_url) == [("reject", url), ("accept", "Source link")]
    kept_footer = TEXT.text.replace("https://img.example.org/2024/pier-plan.jpg\n\n", "")
    assert _said(rules, kept_footer) == [("accept", url), ("reject", "Source link")]
    assert _said(rules, TEXT.text) == [("reject", url), ("reject", "Source link")]


def test_a_text_that_no_verdicts_give_is_not_explained(rules: tuple[Rule, ...]) -> None:
    assert _said(rules, TEXT.text.replace("crew", "captain")) is None


def test_many_findings_are_not_tried(rules: tuple[Rule, ...]) -> None:
    line = "The mayor signed the treatyBut the council refused to vote on it.\n"
    many = Document(line * 7)
    assert explained(many, rules, UNATTENDED, [(0, len(many.text))], _decide, "") is None
