"""Findings in the prose of a text in markup, and the proof that repairs leave the rest alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from scrubber import edits
from scrubber.inert import inert
from scrubber.languages import FUNCTION_WORDS
from scrubber.model import Action, Document, Edit, Fault, Finding, Prose

Shown = tuple[list[Finding], list[Fault]]
Look = Callable[[Document, Shown | None], Shown]
"""A look at prose: all of it, or for no more than what a glance has shown before."""


def in_prose(document: Document, look: Look) -> tuple[list[Finding], list[Fault]]:
    """Return what a look at the document's prose finds, placed in the text as stored.

    A text in which a glance finds nothing is not parsed; else it is looked at again for what the
    glance has shown. A proposal that would make the text read as other markup is not offered; a
    finding that has no other becomes a `report`.
    """
    reader = document.reader
    assert reader is not None
    bare = document._replace(reader=None, blanks_count=reader.blanks_count)
    glanced = reader.glance(document.text) if reader.glance else None
    shown: Shown | None = None
    if glanced is not None:
        shown = look(bare._replace(text=glanced[0], aside=glanced[1]), None)
        if not any(shown):
            return [], []
    view = reader.view(document.text)
    prose = bare._replace(text=view.text, aside=view.aside, links=view.links, targets=view.targets)
    if document.given_language is None and view.language not in (None, *FUNCTION_WORDS):
        # What is in one of those is seen in the text, and pages are often said to be in another.
        prose = prose._replace(given_language=view.language)
    found, faults = look(prose, shown)
    if reader.lines_stay:
        found = [finding for finding in found if not _takes_lines(view.text, finding)]
    placed = [back for finding in found if (back := view.back(finding)) is not None]
    placed = list(dict.fromkeys(placed))
    return _kept(document, view, placed), faults


def _takes_lines(text: str, finding: Finding) -> bool:
    """Whether a finding is about whole lines of the prose, with nothing in their place."""
    if any(proposal.strip() for proposal in finding.proposals):
        return False
    line = text.rfind("\n", 0, finding.start + 1) + 1
    stop = text.find("\n", max(0, finding.end - 1))
    after = text[finding.end : stop if stop >= 0 else None]
    return finding.start < finding.end and not (text[line : finding.start] + after).strip()


def _kept(document: Document, view: Prose, found: Sequence[Finding]) -> list[Finding]:
    """The findings without the proposals that change the markup.

    All first proposals are tried at once, then all second ones; one by one only where that fails,
    each with those before it: a title has room for one more letter, and not for two.
    """
    bad: set[tuple[int, int]] = set()
    for rank in range(max((len(finding.proposals) for finding in found), default=0)):
        tried = [
            (number, edits.minimal(finding, finding.proposals[rank]))
            for number, finding in enumerate(found)
            if rank < len(finding.proposals)
        ]
        apart = _apart([edit for _, edit in tried])
        kept = apart if _same(document, view, apart) else _growing(document, view, apart)
        for number, edit in tried:
            if edit in apart:
                good = edit in kept
            else:
                good = _same(document, view, [edit, *_beside(edit, kept)])
            if not good:
                bad.add((number, rank))
    return [_without(f, [r for n, r in bad if n == number]) for number, f in enumerate(found)]


def _growing(document: Document, view: Prose, wanted: Sequence[Edit]) -> list[Edit]:
    """As many of the edits as may be made together, the first ones first."""
    kept: list[Edit] = []
    for edit in wanted:
        if _same(document, view, [*kept, edit]):
            kept.append(edit)
    return kept


def _apart(wanted: Sequence[Edit]) -> list[Edit]:
    """As many of the edits as do not overlap, sorted by place."""
    taken: list[Edit] = []
    for edit in sorted(wanted, key=lambda edit: (edit.start, edit.end)):
        if not taken or _beside(edit, taken[-1:]):
            taken.append(edit)
    return taken


def _beside(edit: Edit, others: Sequence[Edit]) -> list[Edit]:
    """Those of some edits that do not overlap one."""
    return [o for o in others if not edits.overlaps(o.start, o.end, edit.start, edit.end)]


def _same(document: Document, view: Prose, changes: Sequence[Edit]) -> bool:
    """Whether the text reads as the same markup after some edits, but for the prose they change."""
    assert document.reader is not None
    changes = sorted(changes, key=lambda edit: edit.start)
    if inert(document.text, changes):
        return True
    after = document.reader.view(edits.apply(document.text, changes))
    gone = [edit for edit in changes if edit.end > edit.start and not edit.after.strip()]
    blocks = [
        block.kind
        for block in view.blocks
        if not (block.leaf and any(e.start <= block.start and block.end <= e.end for e in gone))
    ]
    same = view.gaps == after.gaps and blocks == [block.kind for block in after.blocks]
    return same and not Counter(after.flaws) - Counter(view.flaws)


def _without(finding: Finding, ranks: Sequence[int]) -> Finding:
    if not ranks:
        return finding
    left = tuple(p for rank, p in enumerate(finding.proposals) if rank not in ranks)
    if 0 in ranks:  # what was surest is not to be had: a person has to look
        action = max(finding.action, Action.SUGGEST, key=lambda action: action.doubt)
    else:
        action = finding.action
    return finding._replace(proposals=left, action=action if left else Action.REPORT)
