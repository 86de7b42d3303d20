"""What comments silence, and what is wrong with them. Pure.

`ignore` is about its line, and where it stands alone about the block below too; `off` holds up to
the next `on`; `ignore-file` holds for all of the text. Each may name packs or rules by prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scrubber.comments import DETECTOR, MARK, Comment, Remark
from scrubber.model import Document, Finding
from scrubber.rules import Rule, nearest

VERBS = ("ignore", "off", "on", "ignore-file")
_WORD = re.compile(r"[^\s,]+")
_REASON = re.compile(r"(?:^|\s)(?:--|—|–)(?:\s|$)")

Used = set[tuple[int, str]]
"""Which comments have silenced something, by number, and by which of their names ("" for none)."""


class _Name(NamedTuple):
    text: str
    start: int
    end: int


class _Said(NamedTuple):
    comment: Comment
    verb: str
    names: tuple[_Name, ...]
    place: tuple[int, int]

    def fit(self, rule: str) -> str | None:
        """The name that a rule goes by here; None where another is meant."""
        if not self.names:
            return ""
        return next((name.text for name in self.names if rule.startswith(name.text)), None)


def comments(document: Document) -> Sequence[Comment]:
    """Return the comments for scrubber in a document.

    A record of a dataset has none: what stands in it was not written by who runs scrubber.
    """
    if MARK not in document.text or document.id is not None:
        return ()
    if document.reader is not None:
        return document.reader.comments(document.text)
    from scrubber.markup.comment_places import in_plain

    return in_plain(document.text, document.protected)


class Silence:
    """What some comments silence. What of them silenced something is added to `used`."""

    def __init__(self, comments: Sequence[Comment], used: Used) -> None:
        self._said = [_said(comment) for comment in comments]
        self._used = used

    def left(self, found: Iterable[Finding]) -> list[Finding]:
        """Return the findings that are not silenced and do not meet a comment."""
        return [finding for finding in found if not (self._meets(finding) or self._hears(finding))]

    def unnamed(self, found: Iterable[Finding]) -> list[Finding]:
        """Return the findings about comments that no comment silences by name."""
        return [
            finding
            for finding in found
            if all(not self._said[number].names for number, _ in self._by(finding))
        ]

    def _meets(self, finding: Finding) -> bool:
        return any(
            said.comment.start < finding.end and finding.start < said.comment.end
            for said in self._said
        )

    def _hears(self, finding: Finding) -> bool:
        by = list(self._by(finding))
        self._used.update(by)
        return bool(by)

    def _by(self, finding: Finding) -> Iterator[tuple[int, str]]:
        """The comments that silence a finding. It belongs to the line in which it begins."""
        at = finding.start
        if finding.text.strip():
            at += len(finding.text) - len(finding.text.lstrip())
        off: tuple[int, str] | None = None
        for number, said in enumerate(self._said):
            name = said.fit(finding.rule)
            if name is None:
                continue
            if said.verb in ("off", "on") and said.comment.start <= at:
                off = (number, name) if said.verb == "off" else None
            elif said.verb == "ignore-file" or (
                said.verb == "ignore" and said.comment.reach[0] <= at <= said.comment.reach[1]
            ):
                yield number, name
        if off is not None:
            yield off

    def remarks(self, rules: Sequence[Rule], *, whole: bool) -> Iterator[Remark]:
        """Yield what is wrong with the comments, once the rules have found all they can.

        What silences nothing is told of where the rules that it names have run, and all of them to
        the end (`whole`).
        """
        ran = [rule.id for rule in rules if rule.detector != DETECTOR]
        known = [name for rule in rules for name in rule.params.get("known", ())]
        known = known or [rule.id for rule in rules]
        names = [*known, *{name.split("/")[0] for name in known}]
        offs = 0
        for number, said in enumerate(self._said):
            if said.verb not in VERBS:
                problem = f'no "{said.verb}"{nearest(said.verb, VERBS) or ", say ignore"}'
                yield Remark("unknown", *said.place, problem)
                continue
            for name in said.names:
                if not any(_fits(name.text, rule) for rule in known):
                    problem = f'no rule begins with "{name.text}"{nearest(name.text, names)}'
                    yield Remark("unknown", name.start, name.end, problem)
            if said.verb == "on" and not offs:
                yield Remark("unused", *said.comment[:2], "nothing was turned off before this")
            offs += said.verb == "off"
            if said.verb != "on" and whole:
                yield from self._unused(number, said, ran)

    def _unused(self, number: int, said: _Said, ran: Sequence[str]) -> Iterator[Remark]:
        if not said.names and (number, "") not in self._used:
            yield Remark("unused", *said.comment[:2], "nothing is found here that this silences")
        for name in said.names:
            if (number, name.text) not in self._used and any(
                rule.startswith(name.text) for rule in ran
            ):
                problem = f'nothing of "{name.text}" is found here that this silences'
                yield Remark("unused", name.start, name.end, problem)


def _said(comment: Comment) -> _Said:
    reason = _REASON.search(comment.said)
    words = list(_WORD.finditer(comment.said, 0, reason.start() if reason else len(comment.said)))
    if not words:
        return _Said(comment, "", (), (comment.start, comment.end))
    names = (_Name(hit[0], comment.at + hit.start(), comment.at + hit.end()) for hit in words[1:])
    start = comment.at + words[0].start()
    verb = words[0][0].removesuffix(":")
    return _Said(comment, verb, tuple(names), (start, start + len(verb)))


def _fits(name: str, known: str) -> bool:
    """Whether a name means a rule, or one of a pack of which only the name is known."""
    return known.startswith(name) or ("/" not in known and name.startswith(f"{known}/"))
