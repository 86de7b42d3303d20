"""Candidates as a pack: each a rule that only offers, with examples from the corpus that hold.

What the rules that run find anyway needs none, and what makes no rule with examples that hold is
left out; both are counted in the pack's head.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from scrubber import engine, examples
from scrubber import rules as rule_files
from scrubber.evidence.candidates import Candidate, Candidates, Sample, ranked
from scrubber.model import Document
from scrubber.report.text import counted, printable
from scrubber.rules import Rule
from scrubber.text import writable

SITES = 3
"""Sites that a comment names."""

_SAFETY = "Never unattended: a machine drafted it, and nobody has looked at what it finds."
_CLEAN = ("We came home late and read the paper by the stove.",)


@dataclass
class Draft:
    """A pack in the making; `known` are the rules that run anyway."""

    known: Sequence[Rule]
    rules: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    found: int = 0
    left: int = 0

    def line(self, candidate: Candidate) -> None:
        """Draft a rule for a line that sites repeat."""
        lines = sorted({sample.found for _, sample in candidate.samples.held})
        pattern = f"(?i){_pattern(lines[0])}"
        where = ", ".join(_pages(candidate))
        head = [
            f"about = {_text(f'A line that sites repeat: {lines[0]}')}",
            f"why = {_text(f'It stands on {where}.')}",
            'detector = "line"',
            f"params = {{ pattern = {_text(pattern)} }}",
        ]
        stretches = [
            (f"{before}\n\n{found}\n\n{after}".strip() + "\n", found)
            for _, (before, found, after, _) in candidate.samples.held
        ]
        stretches += [(f"{_CLEAN[0]}\n\n{line}\n", line) for line in lines]
        self._add("line", lines[0], head, candidate, stretches, f"They called it “{lines[0]}” once")

    def seam(self, right: str, candidate: Candidate) -> None:
        """Draft a rule for a word that others run into."""
        pattern = rf"(?<=\p{{Ll}}[.!?…]?)(?<span>{right})(?!\p{{L}})"
        places = counted(candidate.places, "place")
        head = [
            f"about = {_text(f'A word that runs into the one before: {right}')}",
            f"why = {_text(f'Several words run into it, in {places}.')}",
            f"match = {_text(pattern)}",
            f"replace = {_list([' ' + right])}",
        ]
        stretches = [
            (f"{before}{found}{after}", found)
            for _, (before, found, after, _) in candidate.samples.held
        ]
        self._add("seam", right, head, candidate, stretches, f"{right} was never seen there.")

    def _add(
        self,
        kind: str,
        name: str,
        head: list[str],
        candidate: Candidate,
        stretches: list[tuple[str, str]],
        clean: str,
    ) -> None:
        """Add a rule with its examples, unless it is not needed or they do not hold."""
        stretches = [pair for pair in stretches if writable(pair[0]) and not _marked(pair[0])]
        if any(self._is_found(*pair) for pair in stretches[:1]):
            self.found += 1
            return
        slug = _slug(kind, name)
        self.ids[slug] += 1
        if self.ids[slug] > 1:
            slug += f"-{self.ids[slug]}"
        lines = ["[[rule]]", f"id = {_text(slug)}", *head, f"safety = {_text(_SAFETY)}"]
        lines.append('action = "suggest"')
        rule = _loaded([*lines, *_example("bad", "⟦a⟧"), *_example("ok", "b")])
        bad = rule and next(filter(None, (_shown(rule, text) for text, _ in stretches)), None)
        good = rule and next((one for one in (clean, *_CLEAN) if _is_clean(rule, one)), None)
        if not bad or not good:
            self.left += 1
            return
        lines += [*_example("bad", bad[0]), f"good = {_text(bad[1])}", *_example("ok", good)]
        made = _loaded(lines)
        if made is None or any(examples.run(made)):
            self.left += 1
            return
        self.rules.append("\n".join([*_comments(candidate), *lines]))

    def _is_found(self, text: str, found: str) -> bool:
        """Whether a rule that runs finds something at the place anyway."""
        start = text.find(found)
        findings, _ = engine.find(Document(text), self.known)
        return any(f.start < start + len(found) and f.end > start for f in findings)

    def toml(self, texts: int) -> str:
        """Return the pack."""
        head = [
            f"# Drafted by scrubber discover from {counted(texts, 'text')}. Nothing in it acts by",
            "# itself: keep what is right, correct it, run `scrubber test` on it, and name it",
            "# under `packs` in the settings.",
            f"# {counted(self.found, 'candidate')} more that rules find already;"
            f" {counted(self.left, 'candidate')} of which no example held.",
            "[pack]",
            'about = "Candidates found in a corpus."',
        ]
        return "\n\n".join(["\n".join(head), *self.rules]) + "\n"


def draft(found: Candidates, known: Sequence[Rule], most: int) -> Draft:
    """Return a draft of the first candidates of each kind."""
    made = Draft(known)
    for _, candidate in ranked(found.lines, most):
        if candidate.samples.held:
            made.line(candidate)
    for right, candidate in ranked(found.seams, most):
        made.seam(right, candidate)
    return made


def _pages(candidate: Candidate) -> Iterator[str]:
    """On which pages a line stands, for the sites with the most."""
    first = sorted(candidate.sites.items(), key=lambda pair: (-pair[1][0], pair[0]))
    for site, (pages, of) in first[:SITES]:
        yield f"{pages} of {of} pages{f' of {site}' if site else ''}"
    if len(first) > SITES:
        yield f"and on {counted(len(first) - SITES, 'more site')}"


def _comments(candidate: Candidate) -> Iterator[str]:
    yield f"# {counted(candidate.places, 'place')}"
    for _, sample in candidate.samples.held:
        yield f"# {printable(_said(sample))}"


def _said(sample: Sample) -> str:
    around = f"{sample.before[-60:]} ⟦{sample.found}⟧ {sample.after[:60]}"
    return f"{sample.where}: {around.strip()}"


def _pattern(line: str) -> str:
    """An expression for a line whatever its numbers."""
    return regex.sub(r"\p{N}+", r"\\d+", regex.escape(line, literal_spaces=True))


def _slug(kind: str, name: str) -> str:
    words = regex.findall("[a-z0-9]+", name.lower())[:5]
    return "-".join([kind, *words])


def _marked(text: str) -> bool:
    return "⟦" in text or "⟧" in text


def _loaded(lines: list[str]) -> Rule | None:
    from scrubber.rule_checks import check

    rules, mistakes = rule_files.load("\n".join(lines), "draft.toml", "draft", check)
    return None if mistakes or not rules else rules[0]


def _shown(rule: Rule, text: str) -> tuple[str, str] | None:
    """A text with the only place that a rule finds in it marked, and repaired; else None."""
    found, faults = engine.find(Document(text), [rule])
    if faults or len(found) != 1 or not found[0].proposals:
        return None
    start, end = found[0].start, found[0].end
    good = text[:start] + found[0].proposals[0] + text[end:]
    return f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}", good


def _is_clean(rule: Rule, text: str) -> bool:
    return writable(text) and not _marked(text) and not any(engine.find(Document(text), [rule]))


def _example(kind: str, text: str) -> list[str]:
    return ["[[rule.example]]", f"{kind} = {_text(text)}"]


def _list(texts: list[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes, and one for the one character that JSON lets through."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
