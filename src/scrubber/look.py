"""One look at a text: what the rules find in it. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, compress

from scrubber import edits, hints
from scrubber.comments import DETECTOR, MARK
from scrubber.detectors import IN_MARKUP
from scrubber.model import Action, Document, Fault, Finding, Match, Zone
from scrubber.rules import Rule
from scrubber.text import writable

Found = tuple[list[Finding], list[Fault]]
"""What rules find in a text, in no order, and the rules that failed there."""

Look = Callable[[Document, tuple[Rule, ...]], Found]
"""How rules look at a document: as `looked`, or by what is known of the same look before."""


Which = Callable[[Document, Sequence[Rule]], Iterable[Rule]]
"""Which rules are asked about a text without markup: none is left out that finds something."""


def hinted(document: Document, rules: Sequence[Rule]) -> Iterable[Rule]:
    """Return the rules without those of which no hint stands in the text: a `Which`."""
    lists = tuple(rule.hints for rule in rules)
    return compress(rules, hints.standing(document.folded, lists)) if any(lists) else rules


def looked(document: Document, rules: tuple[Rule, ...], which: Which = hinted) -> Found:
    """Return what the rules find, whatever comments say. The lists are the caller's own."""
    if document.reader is None:
        return _all_found(document, rules, which)
    from scrubber.marked import in_prose

    def look(prose: Document, shown: Found | None) -> Found:
        if shown is None:
            return _all_found(prose, rules, which, prose=True)
        ids = {one.rule for some in shown for one in some}
        asked = [rule for rule in rules if rule.id in ids or rule.detector in IN_MARKUP]
        return _all_found(prose, tuple(asked), prose=True)

    return in_prose(document, look)


def find(
    document: Document,
    rules: Iterable[Rule],
    used: set[tuple[int, str]] | None = None,
    look: Look = looked,
) -> Found:
    """Return what the rules find in the text, in plan order, and the rules that failed.

    In markup it is the prose that they look at. What is found there stands at its place in the
    text as stored, never in a gap, and what is offered leaves the markup as it is. What a comment
    silences is left out; `used` are the comments that were of use at looks before, for those that
    follow (`silencing`).
    """
    rules = tuple(rules)
    found, faults = look(document, rules)
    if MARK in document.text:
        found = _heard(document, rules, found, faults, set() if used is None else used)
    found.sort(key=lambda finding: finding.order)
    return found, faults


def _heard(
    document: Document,
    rules: Sequence[Rule],
    found: Sequence[Finding],
    faults: list[Fault],
    used: set[tuple[int, str]],
) -> list[Finding]:
    """The findings that no comment silences, and those about the comments themselves."""
    from scrubber.silencing import Silence, comments

    said = comments(document)
    if not said:
        return list(found)
    silence = Silence(said, used)
    left = silence.left(found)
    remarks = tuple(silence.remarks(rules, whole=not faults))
    about = tuple(rule for rule in rules if rule.detector == DETECTOR)
    told, failed = _all_found(document._replace(reader=None, remarks=remarks), about)
    faults += failed
    return left + silence.unnamed(told)


def _all_found(
    document: Document, rules: tuple[Rule, ...], which: Which = hinted, *, prose: bool = False
) -> Found:
    found: list[Finding] = []
    faults: list[Fault] = []
    for rule in which(document, rules):
        try:
            found += _found(document, rule, frozenset() if prose else rule.touches)
        except TimeoutError:
            faults.append(Fault(rule.id, "gave up: it takes too long on this text"))
        except Exception as error:
            faults.append(Fault(rule.id, f"failed: {type(error).__name__}: {error}"))
    return found, faults


def _found(document: Document, rule: Rule, touches: frozenset[str]) -> list[Finding]:
    found: list[Finding] = []
    zones: list[Zone] | None = None
    ends: list[int] = []
    for match in rule.matches(document, hinted=True):
        if not found and rule.languages and document.language not in rule.languages:
            return []
        if zones is None:  # once for each rule: a recipe may find every line of a long text
            zones = [zone for zone in document.protected if zone.kind not in touches]
            ends = list(accumulate((zone.end for zone in zones), max))
        if not _protected(zones, ends, match) and not rule.excepts(document, match):
            found.append(_finding(document, rule, match))
    return list(dict.fromkeys(found))


def _finding(document: Document, rule: Rule, match: Match) -> Finding:
    """The rule's action, lowered by the match, and by the lack of anything to offer."""
    if not 0 <= match.start <= match.end <= len(document.text):
        raise ValueError(f"found a place outside the text: {match.start} to {match.end}")
    text = document.text[match.start : match.end]
    if not all(writable(proposal) for proposal in match.proposals):
        raise ValueError("proposes a character that no text file can hold")
    action = max(rule.action, match.action, key=lambda action: action.doubt)
    proposals = tuple(dict.fromkeys(p for p in match.proposals if p != text))
    if not proposals:
        action = Action.REPORT
    message = match.message or rule.about
    return Finding(rule.id, match.start, match.end, text, proposals, action, message)


def _protected(zones: Sequence[Zone], ends: Sequence[int], match: Match) -> bool:
    """Whether a match overlaps a zone. `ends` has, for each zone, the last end up to there."""
    at = bisect_left(zones, match.end + 1, key=lambda zone: zone.start) - 1
    while at >= 0 and ends[at] >= match.start:
        zone = zones[at]
        if edits.overlaps(match.start, match.end, zone.start, zone.end) and (
            match.start != match.end or zone.start < match.start < zone.end
        ):
            return True
        at -= 1
    return False
