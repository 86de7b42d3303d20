"""`scrubber test`: runs the examples of packs."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from scrubber import examples, installed, packs
from scrubber.cli import late, options
from scrubber.config.choosing import own_packs
from scrubber.report.text import counted
from scrubber.rules import nearest


@click.command("test", short_help="Run the examples of packs.")
@click.option(
    "--own",
    "of_settings",
    is_flag=True,
    help="The packs that the settings name, beside those given, and not the built-in ones.",
)
@options.CONFIG
@click.argument("names", nargs=-1, metavar="[PACK…]")
def command(names: tuple[str, ...], of_settings: bool, config_file: Path | None) -> int:
    """Run the examples of packs: files, folders, or names of built-in packs; all of these without.

    Each failure is one line: missing (not found at the mark), noisy (found where nothing is wrong),
    wrong (the repair or the action is another) or fault. Exit 1 when an example fails or a pack has
    a mistake; with --own and no packs in the settings, 0.
    """
    if config_file is not None and not of_settings:
        raise click.UsageError("--config says which settings --own reads, and --own is missing")
    built_in = packs.built_in(None)
    known = {packs.pack_of(rule.id) for rule in built_in.rules}
    every = not names and not of_settings
    rules = [rule for rule in built_in.rules if every or packs.pack_of(rule.id) in names]
    paths, offered = _named([name for name in names if name not in known], known)
    if of_settings:
        more, from_packages = _of_settings(config_file)
        paths, offered = paths + more, offered + from_packages
        if not paths and not offered and not names:
            click.echo("No packs of your own: `packs` in the settings names none.", err=True)
            return 0
    own = [packs.local(paths), *map(packs.installed, offered)]
    ids = dict.fromkeys(rule.id for pack in own for rule in pack.rules)
    others = packs.Packs(tuple(rule for rule in built_in.rules if rule.id not in ids))
    together = packs.joined(others, *own)  # words allowed by one hold for all
    mistakes = [*(built_in.mistakes if every else ()), *together.mistakes]
    for mistake in mistakes:
        click.echo(f"scrubber: {mistake}", err=True)
    by_id = {rule.id: rule for rule in together.rules}
    asked = [by_id[n] for n in dict.fromkeys((*(r.id for r in rules), *ids)) if n in by_id]
    tests = [(rule.file, rule, *test) for rule in asked for test in enumerate(rule.examples, 1)]
    tests += [
        (added.file, by_id[added.rule], added.number, added.example)
        for pack in own
        for added in pack.examples
        if added.rule in by_id
    ]
    failed = 0
    for file, rule, number, example in tests:
        for failure in examples.failures(rule, example, number):
            failed += 1
            options.put(
                f"{file}: {failure.rule}: example {number}: {failure.kind}: {failure.problem}\n"
            )
    total = len({rule.id for _, rule, _, _ in tests})
    what = f"{counted(len(tests), 'example')} of {counted(total, 'rule')}"
    click.echo(f"{what}, {counted(failed, 'failure')}.", err=True)
    return 1 if failed or mistakes else 0


def _named(
    names: Sequence[str], known: Collection[str]
) -> tuple[list[Path], list[installed.Offered]]:
    """Packs by the names that the command line gives: of files, of folders, of installed packs."""
    paths = [Path(name) for name in names if os.path.exists(name)]
    offered = []
    for name in names:
        if not os.path.exists(name):
            try:
                offered.append(installed.find(name))
            except installed.NotOfferedError:
                raise click.UsageError(f'no pack "{name}"{nearest(name, known)}') from None
    return paths, offered


def _of_settings(file: Path | None) -> tuple[list[Path], list[installed.Offered]]:
    """The packs that the settings name.

    Raises:
        click.ClickException: the settings have a mistake.
    """
    from scrubber import config

    try:
        settings = config.load(Path.cwd(), file)
        paths, offered = own_packs(settings)
    except config.SettingsError as error:
        raise late.wrong_settings(error) from None
    return [Path(os.path.relpath(path)) for path in paths], list(offered)
