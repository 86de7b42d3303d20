"""What was decided about the rules, as a table for a person and as values for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scrubber.decisions.book import Decision, Dispute
from scrubber.decisions.counts import Tally
from scrubber.decisions.keys import Key, Scope
from scrubber.report.text import printable
from scrubber.shares import Share

_EXCERPT = 60


def table(tallies: Sequence[Tally], floors: Mapping[str, float | None]) -> str:
    """Return a line for each rule: counts, the share accepted, its interval, its floor.

    `floors` gives the share that a rule is asked for, where it is asked for one.
    """
    if not tallies:
        return ""
    wide = max(len("rule"), *(len(tally.rule) for tally in tallies))
    lines = [f"{'rule':{wide}}  accepted  rejected  own text   share   95 % interval"]
    for tally in tallies:
        cells = f"{tally.accepted:8,}  {tally.rejected:8,}  {tally.replaced:8,}"
        value = tally.share.value
        share = "      –" if value is None else f"{value:7.1%}   {interval(tally.share)}"
        lines.append(f"{tally.rule:{wide}}  {cells} {share}{_note(tally, floors)}".rstrip())
    return "\n".join(lines) + "\n"


def _note(tally: Tally, floors: Mapping[str, float | None]) -> str:
    floor = floors.get(tally.rule)
    under = tally.standing(floor)
    note = f"  {under} its floor of {floor:.1%}" if under else ""
    return note + (f"  and {tally.broad:,} for a word or the rule" if tally.broad else "")


def interval(share: Share) -> str:
    """Return the bounds of a share.

    >>> interval(Share(1, 29))
    ' 0.6% – 17.2%'
    """
    return f"{share.low:5.1%} – {share.high:.1%}"


def about(key: Key) -> str:
    """Return in words what a decision is about.

    >>> about(Key(Scope.CHANGE, "links/glued-capital", "seaBut"))
    'links/glued-capital: “seaBut” in every document'
    """
    if key.scope is Scope.RULE:
        return f"{key.rule}: all that it finds"
    exact = printable(key.exact)
    exact = exact if len(exact) <= _EXCERPT else exact[:_EXCERPT] + "…"
    where = f"in {printable(str(key.document))}" if key.scope is Scope.HERE else "in every document"
    return f"{key.rule}: “{exact}” {where}"


def disputed(dispute: Dispute) -> str:
    """Return who said what, in one line.

    >>> key = Key(Scope.RULE, "x/y")
    >>> from scrubber.decisions.book import Verdict
    >>> disputed(Dispute((Decision(key, Verdict.REJECT, None, "Ana"),)))
    'x/y: all that it finds: Ana: reject'
    """
    said = ", ".join(f"{_who(d)}: {d.verdict}{_chosen(d)}" for d in dispute.decisions)
    return f"{about(dispute.decisions[0].key)}: {said}"


def _who(decision: Decision) -> str:
    return printable(decision.who) or "someone"


def _chosen(decision: Decision) -> str:
    return "" if decision.chosen is None else f" “{printable(decision.chosen)}”"


def tally_value(tally: Tally, floor: float | None) -> dict[str, Any]:
    """Return a rule's counts as a JSON object."""
    share = tally.share
    return {
        "kind": "rule",
        "rule": tally.rule,
        "accepted": tally.accepted,
        "rejected": tally.rejected,
        "replaced": tally.replaced,
        "broad": tally.broad,
        "share": share.value,
        "low": share.low,
        "high": share.high,
        "floor": floor,
        "standing": tally.standing(floor) or None,
    }


def key_value(key: Key) -> dict[str, Any]:
    """Return what a decision is about as the fields of a JSON object."""
    return {
        "rule": key.rule,
        "scope": key.scope,
        "exact": key.exact,
        "document": key.document,
    }


def dispute_value(dispute: Dispute) -> dict[str, Any]:
    """Return a contradiction as a JSON object."""
    said = [{"who": d.who, "verdict": d.verdict, "chosen": d.chosen} for d in dispute.decisions]
    return {"kind": "dispute", **key_value(dispute.decisions[0].key), "said": said}
