"""A page on what was found in many texts: one file, no script, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scrubber.documents.source import Source
from scrubber.model import Action, Finding
from scrubber.report import charts, rankings, rule_section
from scrubber.report.markup import heading, number, shown
from scrubber.report.measured import Measured
from scrubber.report.tally import Tally
from scrubber.report.writers import Run, Told
from scrubber.rules import Rule

LISTED = 100
"""Most rules that get a section with samples."""


class Writer:
    """Counts what is found as it streams by, and writes the page at the end."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._tally = Tally()

    def begin(self) -> Iterable[str]:
        """Give nothing yet."""
        return ()

    def open(self, source: Source) -> None:
        """Go on with another source."""
        self._tally.begin(source)

    def add(self, number: int, findings: Sequence[Finding]) -> Iterable[str]:
        """Count the findings."""
        self._tally.add(number, findings)
        return ()

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give the page."""
        known = self._run.measured()
        measured = {rule: known[rule] for rule in known if rule in self._tally.rules}
        yield page(
            self._tally, self._run.rules, measured, version=self._run.version, trouble=bool(told)
        )


_MEANING = {
    Action.FIX: "done unattended by <code>scrubber fix</code>",
    Action.SUGGEST: "a person picks what is offered",
    Action.REPORT: "something is wrong, nothing can be offered",
}


def page(
    tally: Tally,
    rules: Sequence[Rule],
    measured: Mapping[str, Measured],
    *,
    version: str,
    trouble: bool = False,
) -> str:
    """Return the whole page. It holds no surrogates, so it can be written as UTF-8.

    `rules` are those that were asked, `measured` what is known of them; `trouble` says that some
    input could not be read or worked on. The same tally gives the same page.
    """
    tally.end()
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    headline, counts = _headline(tally)
    title = f"{headline} {counts}".strip()
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f'<title>{title} – scrubber</title>\n<link rel="icon" href="data:,">',
        f"<style>{style}</style>\n</head>\n<body>",
        charts.DEFINITIONS,
        *_header(tally, rules, f"{headline} <small>{counts}</small>", trouble),
        "<main>",
        *(_found(tally, rules, measured) if tally.all.total else _nothing(tally, rules)),
        "</main>",
        _footer(version, tally.all.total > 0),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _headline(tally: Tally) -> tuple[str, str]:
    """What was found where, and how far it is trusted: the parts of one sentence."""
    count = tally.all
    if records := tally.of_records.texts:
        held, all_of, noun = count.touched, count.texts, "text"
        if records == count.texts:
            noun = "record"
    else:
        held, all_of, noun = tally.touched_files, tally.files, "file"
    if not count.total:
        return f"Nothing found in {number(all_of, noun)}", ""
    of = number(all_of, noun) if held == all_of else f"{held:,} of {number(all_of, noun)}"
    parts = (f"{count.actions[action]:,} {action}" for action in Action if count.actions[action])
    return f"{number(count.total, 'finding')} in {of}:", ", ".join(parts)


def _header(tally: Tally, rules: Sequence[Rule], headline: str, trouble: bool) -> Iterable[str]:
    count, total = tally.all, tally.all.total
    yield f'<header>\n<p class="brand">scrubber check</p>\n<h1>{headline}</h1>'
    facts = [f"{number(tally.characters, 'character')} read", f"{number(len(rules), 'rule')} asked"]
    if tally.of_records.texts:
        facts.insert(0, number(tally.files, "file"))
    if total:
        facts.append(f"one finding per {tally.characters // total:,} characters")
    yield f'<p class="facts">{" · ".join(facts)}</p>'
    if trouble:
        yield (
            '<p class="trouble"><b>Not everything was checked.</b> An input, a pack or a rule'
            " failed; what scrubber wrote to standard error says which.</p>"
        )
    if not total:
        yield "</header>"
        return
    yield f'<div class="hero">{charts.bar(count.actions, total, 28)}</div>\n<ul class="legend">'
    for action in Action:
        if has := count.actions[action]:
            yield (
                f"<li>{charts.key(action)} <b>{has:,} {action}</b> <i>{has / total:.0%}</i>"
                f"<span>{_MEANING[action]}</span></li>"
            )
    yield "</ul>\n</header>"
    kinds = [("rules", "Rules"), ("sites", "Sites"), ("files", "Files")]
    kinds += [("records", "Records")] * bool(tally.of_records.total)
    kinds += [("loads", "Texts"), ("samples", "Samples")]
    links = "".join(f'<a href="#{key}">{words}</a>' for key, words in kinds)
    yield f'<nav aria-label="Parts of this page">{links}</nav>'


def _found(tally: Tally, rules: Sequence[Rule], measured: Mapping[str, Measured]) -> Iterable[str]:
    known = {rule.id: rule for rule in rules}
    ranked = sorted(tally.rules, key=lambda rule: (-tally.rules[rule].actions.total(), rule))
    listed, rest = ranked[:LISTED], ranked[LISTED:]
    yield heading("rules", "By rule", "most findings first")
    yield rule_section.table(tally, listed, known, measured)
    if rest:
        more = sum(tally.rules[rule].actions.total() for rule in rest)
        yield f'<p class="more">and {number(len(rest), "more rule")}: {number(more, "finding")}</p>'
    unmet = [rule for rule in known if rule not in tally.rules]
    yield from _folded(unmet, f"{number(len(unmet), 'rule')} found nothing")
    yield from rankings.by_site(tally)
    yield heading("files", "By file")
    files = tally.top_files
    texts = tally.of_records.texts > 0
    yield rankings.places("File", files, tally.touched_files, tally.all.total, texts=texts)
    if (of := tally.of_records).total:
        yield heading("records", "By record")
        yield rankings.places("Record", tally.top_records, of.touched, of.total)
    yield from rankings.by_load(tally)
    yield heading("samples", "Samples", "places drawn by chance, up to five of each rule")
    yield (
        '<p class="how"><del>struck out</del> goes, <ins>underlined</ins> comes;'
        " the darker part is all that changes.</p>"
    )
    for rule in listed:
        yield rule_section.section(tally.rules[rule], rule, known.get(rule), measured.get(rule))


def _folded(names: Sequence[str], summary: str) -> Iterable[str]:
    """The names of rules, folded away."""
    if names:
        listed = ", ".join(f"<code>{shown(rule)}</code>" for rule in names[: 3 * LISTED])
        more = f" and {len(names) - 3 * LISTED:,} more" * (len(names) > 3 * LISTED)
        folded = f"<summary>{summary}</summary><p>{listed}{more}</p>"
        yield f'<details class="folded">{folded}</details>'


def _nothing(tally: Tally, rules: Sequence[Rule]) -> Iterable[str]:
    if tally.all.texts:
        yield '<p class="none">✓ No rule found anything to repair, to suggest or to report.</p>'
    else:
        yield '<p class="none">There was no text to check.</p>'
    yield from _folded([rule.id for rule in rules], "Which rules were asked")


def _footer(version: str, found: bool) -> str:
    said = [f"<p>scrubber {shown(version)}. The same texts and rules give the same page.</p>"]
    if found:
        keys = ", ".join(f"{charts.key(action)} {action}" for action in Action)
        said = [
            f"<p>Bars: {keys}.</p>",
            "<p>Links to files hold where the page lies in the folder that scrubber ran in; a"
            " browser goes to the words, which may stand in the text more than once.</p>",
            *said,
        ]
    return f"<footer>{''.join(said)}</footer>"
