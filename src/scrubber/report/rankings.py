"""Sites, files, records and texts in the page: tables with bars, of bounded length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrubber.report import charts
from scrubber.report.markup import address, anchor, heading, name, number, shown
from scrubber.report.tally import TOP, Place, Tally

_SITES, _RULES = 12, 6  # of the table of sites and rules; more columns do not fit a sheet of paper


def by_site(tally: Tally) -> Iterator[str]:
    """Yield the sites with most findings, and which rules found them there."""
    sites = [site for site in tally.sites if site.count.total]
    hint = "host of a record’s address, its dataset, or the top folder"
    yield heading("sites", "By site", hint)
    if len(sites) == 1:
        yield f'<p class="one">All findings are in {name(sites[0].name)}.</p>'
        return
    yield places("Site", sites[:TOP], len(sites), tally.all.total, texts=True)
    rules = [rule for rule, _ in tally.all.rules.most_common(_RULES)]
    if len(rules) > 1:
        yield _heat(sites[:_SITES], rules)


def _heat(sites: Sequence[Place], rules: Sequence[str]) -> str:
    """A table of the sites and rules with most findings, darker where there are more."""
    most = max(site.count.rules[rule] for site in sites for rule in rules)
    heads = "".join(f'<th scope="col">{shown(rule).replace("/", "/<wbr>")}</th>' for rule in rules)
    rows = []
    for site in sites:
        cells = []
        for rule in rules:
            count = site.count.rules[rule]
            level = -(-5 * count // most)
            cells.append(f'<td class="h{level}">{f"{count:,}" if count else "·"}</td>')
        rows.append(f'<tr><th scope="row">{name(site.name, longest=48)}</th>{"".join(cells)}</tr>')
    return (
        '<div class="wide"><table class="heat"><caption>Findings of the most frequent rules in the'
        f' sites with most findings</caption><thead><tr><th scope="col">Site</th>{heads}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def places(
    noun: str, ranked: Sequence[Place], all_of: int, total: int, *, texts: bool = False
) -> str:
    """Return a table of files, records or sites with a bar for each.

    It says how many of `all_of` are left out, and how many of the `total` findings they have.
    `texts` adds in how many texts there are any.
    """
    most = ranked[0].count.total if ranked else 1
    head = f'<th scope="col">{noun}</th><th scope="col" class="n">Findings</th>'
    head += '<th scope="col" class="n wide-only">Texts with any</th>' if texts else ""
    head += '<th scope="col" class="wide-only">Mostly</th>'
    rows = []
    for place in ranked:
        count = place.count
        title = place.name if place.record is None else place.record
        href = address(place.name) if noun == "File" else None
        share = f"{count.touched:,} of {count.texts:,}"
        mostly = min(count.rules, key=lambda rule: (-count.rules[rule], rule))
        rows.append(
            f'<tr><th scope="row"><div class="cell"><span>{name(title, href)}</span>'
            f"{charts.bar(count.actions, most)}</div></th>"
            f""
            f'<td class="n">{count.total:,}</td>'
            + (f'<td class="n wide-only">{share}</td>' if texts else "")
            + f'<td class="wide-only"><a href="{anchor(mostly)}">{shown(mostly)}</a></td></tr>'
        )
    more = ""
    if all_of > len(ranked):
        rest = total - sum(place.count.total for place in ranked)
        words = number(all_of - len(ranked), f"more {noun.lower()}")
        more = f'\n<p class="more">and {words}: {number(rest, "finding")}</p>'
    label = f'aria-labelledby="{noun.lower()}s"'
    table = f'<table class="ranked" {label}><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}'
    return f"{table}</tbody></table>{more}"


def by_load(tally: Tally) -> Iterator[str]:
    """Yield how many texts have how many findings."""
    yield heading("loads", "By text", "how many findings a text has")
    most = max(tally.loads.values())
    rows = []
    for low in range(max(tally.loads).bit_length() + 1):
        start = 1 << low >> 1
        end = max(0, (1 << low) - 1)
        label = "none" if not start else f"{start:,}" if start == end else f"{start:,} to {end:,}"
        count = tally.loads[start]
        rows.append(
            f'<tr><th scope="row">{label}</th><td>{charts.plain(count, most)}</td>'
            f'<td class="n">{count:,}</td><td class="n">{count / tally.all.texts:.1%}</td></tr>'
        )
    yield (
        '<table class="loads" aria-labelledby="loads"><thead><tr><th scope="col">Findings</th>'
        '<td></td><th scope="col" class="n">Texts</th><th scope="col" class="n">Share</th></tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table>"
    )
