"""`scrubber score`: precision and recall on labelled data."""

from __future__ import annotations

from pathlib import Path

import click

from scrubber import floors as pins
from scrubber import scoring
from scrubber.cli import options
from scrubber.cli.holding import choose
from scrubber.resources import floors_file
from scrubber.shares import wilson


@click.command("score", short_help="Measure precision and recall on labelled data.")
@click.argument("data", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DATA…")
@click.option("--show", type=int, default=0, metavar="N", help="Print N wrong unattended repairs.")
@click.option(
    "--floors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Pinned floors, instead of those that ship with scrubber.",
)
@options.choosing
def command(
    data: tuple[Path, ...],
    show: int,
    floors: Path | None,
    choice: options.Choice,
) -> int:
    """Measure on labelled JSON Lines: found, offered and fixed by kind, right and wrong by rule.

    Exit 1 when a rule is below its floor for that data.
    """
    trouble = options.Trouble()
    chosen = choose(trouble, choice)
    file = floors or floors_file()
    low: list[str] = []
    try:
        pinned = pins.read(file) if file else pins.Floors()
        for path in data:
            score = scoring.measure(scoring.rows(path), chosen.rules)
            options.put(_table(path, score))
            for wrong in score.wrong[:show]:
                options.put(f"  {wrong}\n")
            for fault, texts in score.faults.items():
                trouble.tell(str(path), f"rule {fault} (in {texts} of its texts)")
            digest = pins.digest(path)
            for name in (name for name, pin in pinned.data.items() if pin == digest):
                low += [f"{path}: {line}" for line in pins.below(score, pinned, name)]
    except scoring.LabelsError as error:
        raise click.UsageError(str(error)) from None
    for line in low:
        click.echo(f"scrubber: below the floor: {line}", err=True)
    return 2 if trouble.any else 1 if low else 0


def _table(path: Path, score: scoring.Score) -> str:
    lines = [f"{path.name}: {score.records:,} records, {score.chars:,} characters"]
    for kind, count in sorted(score.kinds.items()):
        labels = count["labels"]
        shares = "  ".join(
            f"{name} {count[name] / labels:6.1%}" for name in ("found", "offered", "fixed")
        )
        lines.append(f"  {kind:18}{labels:6}  {shares}")
    for rule, found in sorted(score.rules.items()):
        right, fixes = scoring.precision(found)
        others = sum(found.values()) - fixes
        share = f"{right / fixes:6.1%} (≥ {wilson(right, fixes)[0]:.1%})" if fixes else ""
        lines.append(f"  {rule:32}fix {fixes:5}  other {others:5}  {share}")
    return "\n".join(lines) + "\n"
