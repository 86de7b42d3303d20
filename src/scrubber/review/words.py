"""What an answer did, in words."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Scope
from scrubber.review.items import Item

_DONE = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.REPLACE: "replaced",
    Verdict.WITHDRAW: "open again",
}
REACH = {
    Scope.HERE: "",
    Scope.CHANGE: " (this change, everywhere)",
    Scope.WORD: " (this word, everywhere)",
    Scope.RULE: " (this rule, everywhere)",
}


def said_of(decision: Decision, count: int, losers: Sequence[Item]) -> str:
    """Return what a decision about `count` items did, and whose places it took."""
    said = _DONE[decision.verdict] + (f" {count:,}" if count != 1 else "")
    said += REACH[decision.key.scope]
    if losers:
        rules = ", ".join(dict.fromkeys(item.finding.rule for item in losers))
        said += f"; displaces {len(losers):,} of {rules}"
    return said
