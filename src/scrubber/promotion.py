"""Decisions as parts of a local pack: allow words and examples, as TOML. Pure.

A rejection is an `ok`, an acceptance or an own replacement a `bad` with its `good`. The text is the
smallest stretch around the place in which the rule sees it as it did in the whole: its sentence,
its lines, what the ledger keeps of its surroundings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scrubber import engine, examples
from scrubber.additions import Additions
from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Scope, word_at
from scrubber.model import Document, Finding
from scrubber.rules import Example, Rule
from scrubber.text import sentence

REACH = 1000
"""Code points of a line that an example shows on each side of its place, at most."""


class NothingToPromoteError(Exception):
    """A decision that says nothing which a pack could hold. The message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the rules whose ids begin with `rule` are to leave alone."""

    rule: str
    word: str

    def toml(self) -> str:
        """Return it as a table of a pack."""
        return f"[[allow]]\nrules = [{_text(self.rule)}]\nwords = [{_text(self.word)}]\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """An example for a rule."""

    rule: str
    example: Example

    def toml(self) -> str:
        """Return it as a table of a pack."""
        shown = self.example
        lines = ["[[example]]", f"rule = {_text(self.rule)}"]
        if shown.start is None or shown.end is None:
            lines.append(f"ok = {_text(shown.text)}")
        else:
            marked = (
                f"{shown.text[: shown.start]}⟦{shown.text[shown.start : shown.end]}⟧"
                f"{shown.text[shown.end :]}"
            )
            lines += [f"bad = {_text(marked)}", f"good = {_text(shown.good or '')}"]
        return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes, and one for the one character that JSON lets through."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def promoted(
    decision: Decision, rule: Rule | None, place: tuple[str, Finding] | None, *, allow: bool = False
) -> Word | Shown:
    """Return what a pack is to hold because of a decision.

    `place` is a text in which what was decided about stands, with the finding there; without it the
    ledger's own surroundings have to do. `allow` makes a word of any rejection.

    Raises:
        NothingToPromoteError: the decision says nothing that a pack could hold.
    """
    key, rejected = decision.key, decision.verdict is Verdict.REJECT
    if key.scope is Scope.RULE:
        raise NothingToPromoteError("is about a whole rule: select or ignore it in the settings")
    if key.scope is Scope.WORD:
        if not rejected:
            raise NothingToPromoteError("accepts a word, and a pack can only leave words alone")
        return Word(key.rule, key.exact)
    if rule is None:
        raise NothingToPromoteError("no rule has this name")
    stretches = list(_stretches(decision, place))
    if rejected and allow:
        text, start, end = stretches[0]
        word = word_at(text, start, end)
        if not word:
            raise NothingToPromoteError("stands at no word that could be left alone")
        return Word(key.rule, word)
    made = [_example(decision, *stretch) for stretch in stretches]
    if "⟦" in made[-1].text or "⟧" in made[-1].text:
        raise NothingToPromoteError("has a ⟦ or ⟧ in it, which an example cannot hold")
    shown = next(
        (one for one, at in zip(made, stretches, strict=True) if _seen(rule, one, *at)), made[0]
    )
    return Shown(key.rule, shown)


def _stretches(
    decision: Decision, place: tuple[str, Finding] | None
) -> Iterator[tuple[str, int, int]]:
    """Texts around the place, the smallest first, with its offsets in each."""
    key = decision.key
    if place is not None:
        text, finding = place
        start, end = finding.start, finding.end
        first, last = sentence(text, start)[0], sentence(text, max(start, end - 1))[1]
        low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        high = len(text) if high < 0 else high + 1
        for left, right in (
            (min(first, start), max(last, end)),
            (max(low, start - REACH), min(high, end + REACH)),
            (max(0, start - REACH), min(len(text), end + REACH)),
        ):
            yield text[left:right], start - left, end - left
    text = key.prefix + key.exact + key.suffix
    yield text, len(key.prefix), len(key.prefix) + len(key.exact)


def _example(decision: Decision, text: str, start: int, end: int) -> Example:
    if decision.verdict is Verdict.REJECT:
        return Example(text)
    return Example(text, start, end, text[:start] + (decision.chosen or "") + text[end:])


def _seen(rule: Rule, example: Example, text: str, start: int, end: int) -> bool:
    """Whether the rule does in the stretch what it did in the whole text.

    Where a repair is wanted the example has to hold; what was rejected has to be found, once and
    there, or leaving it alone would show nothing.
    """
    if example.start is not None:
        return not any(examples.failures(rule, example, 0))
    found, _ = engine.find(Document(text), [rule])
    return [(finding.start, finding.end) for finding in found] == [(start, end)]


def fresh(
    wanted: Iterable[Word | Shown], held: Additions, rules: Iterable[Rule]
) -> list[Word | Shown]:
    """Return what does not stand yet in the pack or in the rules' own examples, each once."""
    known: set[Word | Shown] = {
        Word(rule, word) for allow in held.allows for rule in allow.rules for word in allow.words
    }
    known |= {Shown(added.rule, _plain(added.example)) for added in held.examples}
    known |= {Shown(rule.id, _plain(one)) for rule in rules for one in rule.examples}
    return [one for one in dict.fromkeys(wanted) if one not in known]


def _plain(example: Example) -> Example:
    return Example(example.text, example.start, example.end, example.good)
