"""`scrubber decisions promote`: decisions as allow words and examples of a local pack."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from scrubber import engine, examples, packs, promotion
from scrubber.additions import read
from scrubber.cli import ledgers, options
from scrubber.cli.fitting import documents
from scrubber.decisions.book import Decision
from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.documents.source import InputError
from scrubber.documents.write import make, write
from scrubber.model import Finding
from scrubber.report import reviewed
from scrubber.report.text import counted
from scrubber.rules import Rule, load


@click.command("promote", short_help="Turn decisions into examples and allow words.")
@ledgers.texts
@click.option(
    "--pack",
    "pack",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The pack to add to; made when there is none.",
)
@click.option(
    "--rule",
    "prefix",
    metavar="PREFIX",
    shell_complete=options.complete_rules,
    help="Decisions about these rules.",
)
@click.option(
    "--line", "lines", type=int, multiple=True, metavar="N", help="The decision on this line."
)
@click.option("--all", "every", is_flag=True, help="All decisions.")
@click.option("--allow", is_flag=True, help="Make allow words of all rejections, not examples.")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would be added; write nothing.")
@ledgers.opening
def command(
    inputs: options.Inputs,
    pack: Path,
    prefix: str | None,
    lines: tuple[int, ...],
    every: bool,
    allow: bool,
    dry_run: bool,
    quiet: bool,
    opened: ledgers.Opened,
) -> int:
    """Add what was decided to the pack FILE, as examples and allow words.

    A rejection becomes an ok example, or an allow word where it was about a word; an acceptance or
    own replacement becomes a bad and good example. Examples are cut from the texts that decisions
    are about, where those still stand; give datasets as PATH. What the pack has already is not
    added again, and what it holds stays byte for byte.
    """
    if not (every or lines or prefix):
        raise click.UsageError("say which decisions: --rule PREFIX, --line N or --all")
    old = _bytes(pack)
    opened.bytes()
    target = packs.local([pack]) if old is not None else packs.Packs(())
    own = {rule.id for rule in target.rules}
    others = tuple(rule for rule in opened.chosen.every if rule.id not in own)
    rules = {rule.id: rule for rule in (*others, *target.rules)}
    said = _selected(opened, prefix, lines)
    places = _places(opened, inputs, said, rules)
    wanted: list[promotion.Word | promotion.Shown] = []
    for decision in said:
        rule = rules.get(decision.key.rule)
        try:
            place = places.get(decision.key)
            wanted.append(promotion.promoted(decision, rule, place, allow=allow))
        except promotion.NothingToPromoteError as error:
            click.echo(f"not promoted: {reviewed.about(decision.key)}: {error}", err=True)
    source = (old or b"").decode("utf-8")
    new = promotion.fresh(wanted, read(source, str(pack)), rules.values())
    text = _appended(source, new)
    if new:
        _hold(pack, text)
        options.put(text[len(source) :].lstrip("\n"))
        if not dry_run:
            _write(pack, text, old)
    if not quiet:
        failing = len(list(_failing(pack, text, others)))
        click.echo(_summary(pack, len(new), len(wanted), failing, dry_run), err=True)
    return 2 if opened.trouble.any else 0


def _bytes(pack: Path) -> bytes | None:
    """What the pack holds; None where there is none yet.

    Raises:
        click.UsageError: it cannot be read, or is no pack that something could be added to.
    """
    try:
        data = pack.read_bytes()
        tomllib.loads(data.decode("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise click.UsageError(f"--pack {pack}: {(error.strerror or '').lower()}") from None
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"--pack {pack}: not valid TOML: {error}") from None
    return data


def _selected(opened: ledgers.Opened, prefix: str | None, lines: tuple[int, ...]) -> list[Decision]:
    """The decisions in force that the command line asks for, in the order of the ledger.

    Raises:
        click.UsageError: a line holds no decision that is in force.
    """
    held = set(opened.said.book.held)
    by_line = {e.line: e.value for e in opened.said.content.entries if e.value in held}
    for number in lines:
        if number not in by_line:
            raise click.UsageError(f"--line {number}: no decision in force stands there")
    return [
        decision
        for number, decision in by_line.items()
        if isinstance(decision, Decision)
        if not lines or number in lines
        if not prefix or decision.key.rule.startswith(prefix)
    ]


def _places(
    opened: ledgers.Opened, inputs: options.Inputs, said: list[Decision], rules: dict[str, Rule]
) -> dict[Key, tuple[str, Finding]]:
    """Where what was decided about stands: a text and the finding there, for each key found."""
    keys = {decision.key for decision in said}
    named = [rules[name] for name in sorted({key.rule for key in keys}) if name in rules]
    wanted = {key.document for key in keys if key.scope is Scope.HERE}
    found: dict[Key, tuple[str, Finding]] = {}
    for identity, document in documents(
        opened.trouble, opened.holding, opened.said, inputs, wanted, others=True
    ):
        for finding in engine.find(document, named)[0]:
            for scope in (Scope.HERE, Scope.CHANGE):
                key = key_of(scope, document, finding, identity)
                if key in keys:
                    found.setdefault(key, (document.text, finding))
    return found


def _appended(source: str, new: list[promotion.Word | promotion.Shown]) -> str:
    """The pack with the new tables at its end."""
    end = "" if not source or source.endswith("\n") else "\n"
    tables = "".join("\n" + one.toml() for one in new)
    return source + end + tables if source else tables.removeprefix("\n")


def _hold(pack: Path, text: str) -> None:
    """Raise a usage error where a pack could not be read back with what is added to it."""
    try:
        tomllib.loads(text)
    except ValueError as error:
        raise click.UsageError(f"--pack {pack}: nothing can be added at its end: {error}") from None


def _write(pack: Path, text: str, old: bytes | None) -> None:
    try:
        if old is None:
            make(pack, text.encode())
        else:
            write(pack, text.encode(), old)
    except InputError as error:
        raise click.UsageError(f"--pack {pack}: {error}") from None


def _failing(pack: Path, text: str, others: tuple[Rule, ...]) -> Iterator[int]:
    """The numbers of the pack's added examples that do not hold yet, its allow words honoured."""
    found, added = load(text, str(pack), pack.stem)[0], read(text, str(pack))
    together = packs.joined(
        packs.Packs(others), packs.Packs(tuple(found), (), (), added.allows, added.examples)
    )
    by_id = {rule.id: rule for rule in together.rules}
    for one in added.examples:
        if one.rule in by_id and any(examples.failures(by_id[one.rule], one.example, one.number)):
            yield one.number


def _summary(pack: Path, new: int, wanted: int, failing: int, dry_run: bool) -> str:
    verb = "would be added" if dry_run else "added"
    parts = [f"{counted(new, 'table')} {verb} to {pack}"]
    if wanted > new:
        parts.append(f"{wanted - new:,} stood there already")
    if failing:
        examples_ = counted(failing, "example")
        parts.append(f"{examples_} of it not met yet: scrubber test {pack} shows which")
    return "; ".join(parts) + "."
