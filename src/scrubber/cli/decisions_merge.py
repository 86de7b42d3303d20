"""`scrubber decisions merge`: the decisions of other ledgers, taken into ours."""

from __future__ import annotations

from pathlib import Path

import click

from scrubber.cli import ledgers
from scrubber.decisions.book import Book, Decision
from scrubber.decisions.ledger import LedgerError
from scrubber.decisions.lines import Sample, line, parsed
from scrubber.report import reviewed
from scrubber.report.text import counted


@click.command("merge", short_help="Take in the decisions of other ledgers.")
@click.argument(
    "others", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="OTHER…"
)
@ledgers.opening
def command(others: tuple[Path, ...], opened: ledgers.Opened) -> int:
    """Take the decisions of the ledgers OTHER into ours: what both hold stands once.

    Ours is written beside itself and moved into place; the others stay as they are. Contradictions
    are told: they stay in the ledger until a decision settles them.
    """
    held: set[Decision | Sample] = {entry.value for entry in opened.said.content.entries}
    added: list[Decision | Sample] = []
    for other in others:
        try:
            content = parsed(other.read_bytes())
        except OSError as error:
            raise click.UsageError(f"{other}: {(error.strerror or str(error)).lower()}") from None
        for problem in content.problems:
            opened.trouble.tell(str(other), problem)
        for entry in content.entries:
            if entry.value not in held:
                held.add(entry.value)
                added.append(entry.value)
    if added:
        _write(opened, "".join(line(value) + "\n" for value in added))
    book = Book([*opened.said.content.decisions, *(d for d in added if isinstance(d, Decision))])
    for dispute in book.disputes:
        click.echo(f"contradiction: {reviewed.disputed(dispute)}")
    new = counted(len(added), "line")
    disputes = counted(len(book.disputes), "contradiction")
    click.echo(f"{new} added to {opened.file}; {disputes}.", err=True)
    return 2 if opened.trouble.any else 0


def _write(opened: ledgers.Opened, added: str) -> None:
    if not opened.file.exists():
        try:
            opened.said.ledger.append([])
        except LedgerError as error:
            raise click.UsageError(str(error)) from None
    old = opened.bytes()
    end = b"\n" if old and not old.endswith(b"\n") else b""
    ledgers.rewrite(opened.file, old + end + added.encode(), old)
