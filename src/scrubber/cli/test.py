"""`scrubber test`: runs the examples of packs."""

from __future__ import annotations

from pathlib import Path

import click

from scrubber import examples, packs
from scrubber.cli import options
from scrubber.rules import nearest


@click.command("test", short_help="Run the examples of packs.")
@click.argument("names", nargs=-1, metavar="[PACK…]")
def command(names: tuple[str, ...]) -> int:
    """Run the examples of packs: files, folders, or names of built-in packs; all of these without.

    Each failure is one line: missing (not found at the mark), noisy (found where nothing is wrong),
    wrong (the repair or the action is another) or fault. Exit 1 when an example fails or a pack has
    a mistake.
    """
    built_in = packs.built_in(None)
    known = {packs.pack_of(rule.id) for rule in built_in.rules}
    rules = [rule for rule in built_in.rules if not names or packs.pack_of(rule.id) in names]
    paths = [Path(name) for name in names if name not in known]
    for path in paths:
        if not path.exists():
            raise click.UsageError(f'no pack "{path}"{nearest(str(path), known)}')
    own = packs.local(paths)
    mistakes = [*(built_in.mistakes if not names else ()), *own.mistakes]
    for mistake in mistakes:
        click.echo(f"scrubber: {mistake}", err=True)
    count = failed = 0
    for rule in (*rules, *own.rules):
        count += len(rule.examples)
        for failure in examples.run(rule):
            failed += 1
            options.put(
                f"{rule.file}: {failure.rule}: example {failure.number}: "
                f"{failure.kind}: {failure.problem}\n"
            )
    total = len(rules) + len(own.rules)
    click.echo(f"{count} examples of {total} rules, {failed} failures.", err=True)
    return 1 if failed or mistakes else 0
