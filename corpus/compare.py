"""Shows what a change of the rules does to texts: findings gained, lost and changed.

    python corpus/compare.py main . ../shared/eval/dev/pairs_news.jsonl --show 5

OLD and NEW are each one of
    a folder with packs, as rules/ (run by this checkout's code, with its word lists where it has
    none), a folder with a checkout of the project (`.` is what stands there now),
    a git revision, or a command line that prints findings as `scrubber check --format jsonl` does
    when the name of a dataset stands behind it.
DATA are files, folders and JSON Lines, as `scrubber check` takes them.

By rule: how many findings each side has, gained and lost, and of those on both sides how many have
another action, other proposals, another extent. Then each of them in its text: `+` is gained, `-`
lost, `~` changed; where another rule has a finding at the place on the other side, it is named.
Exit 0 when nothing differs, 1 when something does, 2 when a side or a text fails. Messages are not
compared.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import sides
import texts
from sides import Found

from scrubber.cli import styles
from scrubber.documents.source import InputError
from scrubber.edits import overlaps
from scrubber.model import Document, Finding
from scrubber.report import text as report

COLUMNS = ("old", "new", "gained", "lost", "action", "proposals", "extent")


@dataclass(frozen=True, slots=True)
class Change:
    """A finding gained (`+`), lost (`-`) or changed (`~`) in the text with that number."""

    sign: str
    number: int
    finding: Finding
    before: Finding | None = None
    rivals: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, int, int]:
        """By rule, gained before lost before changed, the surest first, then by place."""
        found = self.finding
        return found.rule, "+-~".index(self.sign), found.action.doubt, self.number, found.start

    @property
    def kinds(self) -> list[str]:
        """The columns of the table in which it counts."""
        if self.before is None:
            return ["gained" if self.sign == "+" else "lost"]
        new, old = self.finding, self.before
        differs = {
            "action": new.action is not old.action,
            "proposals": new.proposals != old.proposals,
            "extent": (new.start, new.end) != (old.start, old.end),
        }
        return [name for name, does in differs.items() if does]


def changes(old: Found, new: Found) -> Iterator[Change]:
    """Yield how two sides differ, in no order."""
    for number in sorted({*old, *new}):
        before = {(f.rule, f.start, f.end): f for f in old.get(number, ())}
        after = {(f.rule, f.start, f.end): f for f in new.get(number, ())}
        for key in before.keys() & after.keys():
            first, second = before.pop(key), after.pop(key)
            if (first.action, first.proposals) != (second.action, second.proposals):
                yield Change("~", number, second, first)
        for finding in sorted(after.values(), key=lambda f: (f.start, f.end, f.rule)):
            moved = [f for f in before.values() if f.rule == finding.rule and _meet(f, finding)]
            if moved:
                first = min(moved, key=lambda f: (f.start, f.end))
                del before[first.rule, first.start, first.end]
                yield Change("~", number, finding, first)
            else:
                rivals = _rivals(finding, old.get(number, ()))
                yield Change("+", number, finding, rivals=rivals)
        for finding in before.values():
            yield Change("-", number, finding, rivals=_rivals(finding, new.get(number, ())))


def _rivals(finding: Finding, others: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({f.rule for f in others if f.rule != finding.rule and _meet(f, finding)}))


def _meet(one: Finding, other: Finding) -> bool:
    return overlaps(one.start, one.end, other.start, other.end)


def table(changed: Sequence[Change], old: Found, new: Found) -> str:
    """Return the counts of each rule that differs, a line for each, with their sum."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, found in (("old", old), ("new", new)):
        for one in (one for some in found.values() for one in some):
            counts[one.rule][name] += 1
    for change in changed:
        counts[change.finding.rule].update(change.kinds)
    differ = sorted({change.finding.rule for change in changed})
    rows = [(rule, counts[rule]) for rule in differ]
    if len(rows) > 1:
        rows.append(("together", sum((count for _, count in rows), Counter[str]())))
    wide = max(len(rule) for rule, _ in rows)
    lines = [f"{'rule':{wide}}" + "".join(f"{name:>11}" for name in COLUMNS)]
    signs = {"gained": "+", "lost": "-", "action": "~", "proposals": "~", "extent": "~"}
    for rule, count in rows:
        cells = (f"{signs.get(name, '') if count[name] else ''}{count[name]:,}" for name in COLUMNS)
        lines.append(f"{rule:{wide}}" + "".join(f"{cell:>11}" for cell in cells))
    same = len(counts) - len(differ)
    return "\n".join(lines) + (f"\n{report.counted(same, 'rule')} the same." if same else "")


def shown(change: Change, text: texts.Text, style: report.Style) -> str:
    """Return a change with the text around it, and what stood there before."""
    document = Document(text.text, path=text.name)
    lines = report.finding_lines(document, change.finding, text.record, style).split("\n")
    lines[0] = f"{style(change.sign, change.sign)} {lines[0]}"
    if change.before is not None:
        parts = [str(change.before.action)] * ("action" in change.kinds)
        if "extent" in change.kinds:
            parts.append(f"at “{report.printable(change.before.text)}”")
        if "proposals" in change.kinds:
            offered = (f"“{report.printable(p)}”" for p in change.before.proposals)
            parts.append(f"→ {' | '.join(offered)}")
        lines.append(f"    before: {', '.join(parts)}")
    if change.rivals:
        when = "before" if change.sign == "+" else "now"
        lines.append(f"    {when} found by {', '.join(change.rivals)}")
    return "\n".join(lines)


def drawn(some: list[Change], held: Sequence[texts.Text], many: int | None) -> list[Change]:
    """Return so many of the changes, always the same ones, in their order."""
    if many is None or len(some) <= many:
        return some

    def chance(change: Change) -> str:
        place = held[change.number].text, change.finding.start, change.finding.end
        return hashlib.sha256(repr(place).encode()).hexdigest()

    return sorted(sorted(some, key=chance)[:many], key=lambda change: change.order)


def compare(options: argparse.Namespace, place: Path) -> int:
    """Run both sides and print how they differ. Return the exit code."""
    read = texts.read(options.data)
    held = texts.sample(read, options.sample) if options.sample else list(read)
    both = [sides.side(options.old, place / "old"), sides.side(options.new, place / "new")]
    (old, new), trouble = sides.run(both, held, place)
    changed = sorted(changes(old, new), key=lambda change: change.order)
    signs = Counter(change.sign for change in changed)
    characters = sum(len(text.text) for text in held)
    differ = ", ".join(f"{sign}{signs[sign]:,}" for sign in "+-~") if changed else "no difference"
    before, after = (sum(map(len, found.values())) for found in (old, new))
    print(
        f"{options.old} → {options.new}: {differ};"
        f" {report.counted(before, 'finding')} before, {after:,} now,"
        f" in {report.counted(len(held), 'text')} of {characters:,} characters"
    )
    if changed:
        print(f"\n{table(changed, old, new)}")
    style = styles.style(sys.stdout)
    for _, group in groupby(changed, key=lambda change: (change.finding.rule, change.sign)):
        some = list(group)
        picked = drawn(some, held, options.show)
        for change in picked:
            print(f"\n{shown(change, held[change.number], style)}")
        if len(some) > len(picked):
            print(f"\n{some[0].sign} {some[0].finding.rule}: {len(some) - len(picked):,} more")
    return 2 if trouble else 1 if changed else 0


def main() -> int:
    """Read the command line and compare."""
    what, _, more = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=what, epilog=more, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("data", metavar="DATA", nargs="+")
    parser.add_argument(
        "--show", type=int, metavar="N", help="show N of each rule's gained, lost, changed; not all"
    )
    parser.add_argument(
        "--sample", type=int, metavar="CHARACTERS", help="look at a sample of the texts"
    )
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="scrubber-compare-") as place:
            return compare(options, Path(place))
    except (sides.SideError, InputError, OSError) as error:
        print(f"compare: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
