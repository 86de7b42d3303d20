"""Findings with a second opinion: confirmed, withdrawn or left in doubt, never trusted more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from scrubber import edits
from scrubber.look import Found, Look
from scrubber.model import Action, Document, Finding, Match
from scrubber.opinion.asking import Answer, Question, Scorer, stop, told
from scrubber.opinion.pronouns import GENDER, asked
from scrubber.opinion.thresholds import Bounds, Thresholds
from scrubber.rules import Rule

TAIL = 120
"""Code points after a finding that are judged with it. Not tuned."""


CONFIRMED, DOUBTED, WITHDRAWN = "confirmed", "in doubt", "withdrawn"


class Said(NamedTuple):
    """A finding with what a model said of it, and by how much; "" where it was not asked."""

    finding: Finding
    verdict: str = ""
    margin: float = 0.0


class _Asked(NamedTuple):
    finding: Finding
    question: Question
    losses: tuple[float, ...]
    bounds: Bounds


Search = Callable[[Document, Scorer, Thresholds], Iterable[Finding]]
"""Finds by a model alone, in the name of a rule."""


class Opinion:
    """Asks a model about findings; `searches` ask about what no rule has found.

    English alone is asked about: the thresholds are those of English prose.
    """

    def __init__(
        self, scorer: Scorer, thresholds: Thresholds, searches: Sequence[Search] = ()
    ) -> None:
        self._scorer, self._thresholds, self._searches = scorer, thresholds, searches

    def over(self, look: Look) -> Look:
        """Return how rules look at a text where the model is asked after them."""

        def second(document: Document, rules: tuple[Rule, ...]) -> Found:
            found, faults = look(document, rules)
            found = self.judged(document, found)
            if self._searches:
                found += self._more(document, rules, found)
            return found, faults

        return second

    def judged(self, document: Document, found: Sequence[Finding]) -> list[Finding]:
        """Return the findings with what the model says of them; what it withdraws is left out."""
        said = self.said(document, found)
        return [one.finding for one in said if one.verdict != WITHDRAWN]

    def said(self, document: Document, found: Sequence[Finding]) -> list[Said]:
        """Return what the model says of each finding, in their order."""
        known: dict[int, Said] = {}
        if document.language == "en":
            doubted = [one for finding in found if (one := self._asked(document, finding))]
            answers = self._scorer.answers(document.text, [one.question for one in doubted])
            for one, answer in zip(doubted, answers, strict=True):
                known[id(one.finding)] = _judged(one, answer)
        return [known.get(id(finding), Said(finding)) for finding in found]

    def _asked(self, document: Document, finding: Finding) -> _Asked | None:
        """What is asked about a finding: only where a person would be, and is offered something."""
        bounds = self._thresholds.of(finding.rule)
        if bounds is None or finding.action is not Action.SUGGEST:
            return None
        start, end, readings = finding.start, finding.end, finding.proposals
        losses = (0.0,) * len(readings)
        if finding.text.lower() in GENDER and all(r.lower() in GENDER for r in readings):
            own = asked(document, start, end)
            known = dict(zip(own.question.readings, own.losses, strict=True))
            losses = tuple(known.get(reading, 0.0) for reading in readings)
            until = own.question.stop
        else:
            until = stop(document.text, end, TAIL)
        return _Asked(finding, Question(start, end, readings, until), losses, bounds)

    def _more(
        self, document: Document, rules: Sequence[Rule], found: Sequence[Finding]
    ) -> list[Finding]:
        """What searches find that no rule has found, where a rule of such a kind runs."""
        by_id = {rule.id: rule for rule in rules}

        def search(document: Document, shown: Found | None = None) -> Found:
            if document.language != "en":
                return [], []
            asked = (self._scorer, self._thresholds)
            more = [one for search in self._searches for one in search(document, *asked)]
            return [one for raw in more if (one := _allowed(document, raw, by_id))], []

        if document.reader is None:
            more = search(document)[0]
        else:
            from scrubber.marked import in_prose

            more = in_prose(document, search)[0]
        taken = [(finding.start, finding.end) for finding in found]
        return [
            one
            for one in more
            if not any(edits.overlaps(one.start, one.end, *span) for span in taken)
        ]


def _allowed(document: Document, finding: Finding, rules: dict[str, Rule]) -> Finding | None:
    """A finding in the name of a rule, if that runs, and its exceptions and zones are no other."""
    rule = rules.get(finding.rule)
    zones = document.protected
    if rule is None or any(
        edits.overlaps(finding.start, finding.end, zone.start, zone.end) for zone in zones
    ):
        return None
    if rule.excepts(
        document, Match(finding.start, finding.end, finding.proposals, finding.message)
    ):
        return None
    return finding._replace(action=max(rule.action, Action.SUGGEST, key=lambda a: a.doubt))


def _judged(one: _Asked, answer: Answer) -> Said:
    """A finding as the model sees it: the likeliest proposal first."""
    finding = one.finding
    odds = [value - loss for value, loss in zip(answer, one.losses, strict=True)]
    order = sorted(range(len(odds)), key=lambda at: -odds[at])
    best = odds[order[0]]
    verdict = CONFIRMED if best >= one.bounds.confirm else DOUBTED
    if best <= one.bounds.withdraw:
        verdict = WITHDRAWN
    words = told(verdict, best)
    proposals = tuple(finding.proposals[at] for at in order)
    message = f"{finding.message}; {words}"
    return Said(
        finding._replace(proposals=proposals, message=message, opinion=words), verdict, best
    )


def through(scorers: Callable[[], Scorer]) -> Scorer:
    """Return a scorer that is made when something is asked for the first time."""
    return _Later(scorers)


class _Later:
    def __init__(self, make: Callable[[], Scorer]) -> None:
        self._make, self._made = make, None  # type: Callable[[], Scorer], Scorer | None

    @property
    def digest(self) -> bytes:
        return self._scorer().digest

    def answers(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        return self._scorer().answers(text, questions) if questions else []

    def _scorer(self) -> Scorer:
        if self._made is None:
            self._made = self._make()
        return self._made
