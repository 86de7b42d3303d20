"""A rule in the page: its row in the table, its samples, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scrubber.model import Action
from scrubber.report import charts
from scrubber.report.excerpt import Excerpt
from scrubber.report.markup import address, anchor, name, number, shown, words
from scrubber.report.measured import Measured
from scrubber.report.samples import Sample
from scrubber.report.tally import Found, Tally
from scrubber.rules import Rule

_SOUGHT = 60


def tag(action: Action) -> str:
    """Return the word of trust, as a label."""
    return f'<span class="tag {action}">{action}</span>'


def table(
    tally: Tally,
    listed: Sequence[str],
    known: Mapping[str, Rule],
    measured: Mapping[str, Measured],
) -> str:
    """Return a row for each rule with a bar, its findings and texts, and its precision."""
    most = tally.rules[listed[0]].actions.total()
    rows = []
    for rule in listed:
        found = tally.rules[rule]
        label = tag(known[rule].action) if rule in known else ""
        rows.append(
            f'<tr><th scope="row"><div class="cell"><span><a href="{anchor(rule)}">'
            f"{shown(rule)}</a> {label}</span>{charts.bar(found.actions, most)}</div></th>"
            f'<td class="n">{found.actions.total():,}</td>'
            f'<td class="n wide-only">{found.texts:,}</td>'
            f'<td class="n">{_precision(measured.get(rule))}</td></tr>'
        )
    return (
        '<table class="ranked" aria-labelledby="rules"><thead><tr><th scope="col">Rule</th>'
        '<th scope="col" class="n">Findings</th><th scope="col" class="n wide-only">Texts</th>'
        '<th scope="col" class="n">Precision</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
        '<p class="more">Precision: how many were right of those judged in labelled text, and'
        " its interval with 95 % confidence. Thin: fewer than 100 were judged.</p>"
    )


def _precision(measured: Measured | None) -> str:
    if measured is None or not measured.judged:
        return '<span class="faint">not measured</span>'
    thin = ", thin" if measured.thin else ""
    return (
        f"{measured.right / measured.judged:.1%}"
        f" <small>{100 * measured.low:.1f}–{100 * measured.high:.1f}{thin}</small>"
    )


def section(found: Found, rule: str, known: Rule | None, measured: Measured | None) -> str:
    """Return a rule's samples, where in a text it finds, and what is known of it."""
    total = found.actions.total()
    parts = ", ".join(f"{found.actions[a]:,} {a}" for a in Action if found.actions[a])
    drawn = found.samples.drawn
    shown_of = "all of them" if len(drawn) == total else f"{len(drawn)} of them"
    return "\n".join(
        (
            f'<section id="{shown(rule)}" class="rule">\n<h3>{shown(rule)}'
            f" {tag(known.action) if known else ''}</h3>",
            f'<p class="about">{shown(" ".join(known.about.split())) if known else ""}</p>',
            f'<div class="where">{charts.strip(found.tenths)}<span>{_where(found.tenths)}</span>'
            f"<span>{parts} in {number(found.texts, 'text')}; {shown_of}:</span></div>",
            f'<ol class="samples">{"".join(map(_sample, drawn))}</ol>',
            _details(known, measured),
            "</section>",
        )
    )


def _where(tenths: Sequence[int]) -> str:
    """In words, where in a text most findings stand.

    >>> _where([0, 0, 0, 0, 0, 0, 0, 0, 1, 3]), _where([1] * 10)
    ('75% in the last tenth of a text', 'all over a text')
    """
    total, most = sum(tenths), max(tenths)
    if most * 3 < total:
        return "all over a text"
    at = tenths.index(most)
    return f"{most / total:.0%} in the {_NTH[at]} tenth of a text"


_NTH = "first second third fourth fifth sixth seventh eighth ninth last".split()


def _sample(sample: Sample) -> str:
    line = sample.line if sample.row is None else sample.row
    where = f"{sample.path}:{line}" + (f":{sample.column}" if sample.row is None else "")
    parts = [name(where, address(sample.path, line, _sought(sample)), longest=120)]
    if sample.record is not None:
        parts.append(f"record {name(sample.record)}, line {sample.line}")
    head = f'<p class="place">{" · ".join(parts)}</p>'
    language = f' lang="{sample.language}"' if sample.language else ""
    more = ""
    if sample.more:
        offers = " · ".join(f"“<bdi>{shown(o, exact=not o.strip())}</bdi>”" for o in sample.more)
        more = f'<p class="or">or {offers}</p>'
    return (
        f"<li>{head}{_excerpt(sample.excerpt, language)}{more}"
        f'<p class="why">{tag(sample.action)} <bdi>{shown(sample.message)}</bdi></p></li>'
    )


def _sought(sample: Sample) -> str:
    """Words for the browser to look for: whole ones of what is found, in one line."""
    old = "".join(sample.excerpt.old).strip().split("\n")[0]
    kept = old if len(old) <= _SOUGHT else old[:_SOUGHT].rpartition(" ")[0]
    return kept if sample.row is None else ""


def _excerpt(found: Excerpt, language: str) -> str:
    if found.lines:
        lines = [line for line in found.old.changed.splitlines() if line.strip()]
        gone = "<br>".join(f'<del dir="auto">{shown(line)}</del>' for line in lines)
        note = f'<span class="note" lang="en">line{"s" * (len(lines) > 1)} taken out</span>'
        lead, tail = (
            f'<p dir="auto" class="near">{shown(line)}</p>' if line else ""
            for line in (found.lead, found.tail)
        )
        return f'<div class="lines"{language}>{lead}<p dir="auto">{gone} {note}</p>{tail}</div>'
    old = words("mark" if found.new is None else "del", found.old)
    new = "" if found.new is None else words("ins", found.new)
    return (
        f'<p class="line" dir="auto"{language}>{shown(found.lead)}{old}{new}{shown(found.tail)}</p>'
    )


def _details(known: Rule | None, measured: Measured | None) -> str:
    if known is None:
        return ""
    languages = ", ".join(sorted(known.languages)) or "any"
    rows = [
        ("Why", shown(" ".join(known.why.split()))),
        ("How safe", shown(" ".join(known.safety.split()))),
        ("Languages", shown(languages)),
        ("Measured", _measured(measured)),
    ]
    body = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows)
    return f"<details><summary>About this rule</summary><dl>{body}</dl></details>"


def _measured(measured: Measured | None) -> str:
    if measured is None:
        return "not yet"
    lines = "".join(f"<li>{shown(line)}</li>" for line in measured.lines)
    chart = ""
    if measured.judged:
        start = max(edge for edge in (0.0, 0.5, 0.9) if edge <= measured.low)
        share = measured.right / measured.judged
        chart = (
            f'<div class="measure"><span>{start:.0%}</span>'
            f"{charts.interval(share, measured.low, measured.high, start)}<span>100%</span></div>"
            f"<p>Between {measured.low:.1%} and {measured.high:.1%} with 95 % confidence; the"
            " upright line marks 99 %, which a fix has to reach.</p>"
        )
    return f"{chart}<ul>{lines}</ul>"
