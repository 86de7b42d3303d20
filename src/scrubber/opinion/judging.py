"""Findings with a second opinion: confirmed, withdrawn or left in doubt, never trusted more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from scrubber import edits
from scrubber.look import Found, Look
from scrubber.model import Action, Document, Fault, Finding, Match
from scrubber.opinion.asking import Answer, Question, Scorer, stop
from scrubber.opinion.pronouns import GENDER, asked, pronouns
from scrubber.opinion.thresholds import Bounds, Thresholds
from scrubber.rules import Rule

PERSON, THING = "pronouns/person-gender", "pronouns/person-for-place"
"""The rules in whose names the model's own findings are told: as theirs, but seen by no rule."""

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


class Opinion:
    """Asks a model about findings; `everywhere` about every pronoun of a text too.

    English alone is asked about: the thresholds are those of English prose.
    """

    def __init__(self, scorer: Scorer, thresholds: Thresholds, *, everywhere: bool = False) -> None:
        self._scorer, self._thresholds, self._everywhere = scorer, thresholds, everywhere

    def over(self, look: Look) -> Look:
        """Return how rules look at a text where the model is asked after them."""

        def second(document: Document, rules: tuple[Rule, ...]) -> Found:
            found, faults = look(document, rules)
            found = self.judged(document, found)
            if self._everywhere:
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
        """The pronouns that the model alone finds wrong, where a rule of such a kind runs."""
        mine = {rule.id: rule for rule in rules if rule.id in (PERSON, THING)}
        if not mine:
            return []
        search = partial(self._searched, rules=mine)
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

    def _searched(
        self, document: Document, rules: dict[str, Rule]
    ) -> tuple[list[Finding], list[Fault]]:
        zones = document.protected
        begins = {name[0] for name in self._thresholds.pronouns}
        every = [
            pronoun
            for pronoun in pronouns(document)
            if GENDER[pronoun.word.lower()] in begins
            and not any(
                edits.overlaps(pronoun.question.start, pronoun.question.end, zone.start, zone.end)
                for zone in zones
            )
        ]
        answers = self._scorer.answers(document.text, [one.question for one in every])
        found = []
        for pronoun, answer in zip(every, answers, strict=True):
            for finding in self._conflict(pronoun.word, pronoun.question, pronoun.losses, answer):
                rule = rules.get(finding.rule)
                match = Match(finding.start, finding.end, finding.proposals, finding.message)
                if rule is not None and not rule.excepts(document, match):
                    action = max(rule.action, Action.SUGGEST, key=lambda action: action.doubt)
                    found.append(finding._replace(action=action))
        return found, []

    def _conflict(
        self, word: str, question: Question, losses: Sequence[float], answer: Answer
    ) -> Iterator[Finding]:
        """The finding that a pronoun is, if another reading is likelier by more than chance."""
        own = GENDER[word.lower()]
        sure = []
        for reading, odds, loss in zip(question.readings, answer, losses, strict=True):
            bound = self._thresholds.pronouns.get(f"{own}-{GENDER[reading.lower()]}")
            if bound is not None and odds - loss >= bound:
                sure.append((odds - loss, reading))
        if sure:
            sure.sort(key=lambda pair: -pair[0])
            margin, best = sure[0]
            rule = THING if "n" in (own, GENDER[best.lower()]) else PERSON
            message = f"“{word}” where “{best}” is likelier"
            told = _told("found", margin)
            yield Finding(
                rule,
                question.start,
                question.end,
                word,
                tuple(r for _, r in sure),
                Action.SUGGEST,
                f"{message}; {told}",
                opinion=told,
            )


def _judged(one: _Asked, answer: Answer) -> Said:
    """A finding as the model sees it: the likeliest proposal first."""
    finding = one.finding
    odds = [value - loss for value, loss in zip(answer, one.losses, strict=True)]
    order = sorted(range(len(odds)), key=lambda at: -odds[at])
    best = odds[order[0]]
    verdict = CONFIRMED if best >= one.bounds.confirm else DOUBTED
    if best <= one.bounds.withdraw:
        verdict = WITHDRAWN
    told = _told(verdict, best)
    proposals = tuple(finding.proposals[at] for at in order)
    message = f"{finding.message}; {told}"
    return Said(finding._replace(proposals=proposals, message=message, opinion=told), verdict, best)


def _told(verdict: str, margin: float) -> str:
    return f"second opinion: {verdict} ({margin:+.1f})"


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
