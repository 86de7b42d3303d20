"""`scrubber rules`: lists rules, explains one."""

from __future__ import annotations

import shutil
import sys

import click

from scrubber import floors
from scrubber.cli import figures, options
from scrubber.cli.holding import choose
from scrubber.resources import floors_file
from scrubber.rules import Example, Rule, nearest
from scrubber.scoring import LabelsError


@click.command("rules", short_help="List the rules, or explain one.")
@click.argument("name", required=False, metavar="[ID]", shell_complete=options.complete_rules)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How rules are written.",
)
@options.choosing
def command(
    name: str | None,
    form: str,
    choice: options.Choice,
) -> int:
    """List the rules with their action and what was measured of them, or explain the rule ID.

    The beginning of an ID lists the rules that it fits.
    """
    trouble = options.Trouble()
    chosen = choose(trouble, choice, off_too=True)
    try:
        file = floors_file()
        pinned = floors.read(file) if file else floors.Floors()
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    one = [rule for rule in chosen.every if rule.id == name]
    listed = one or [rule for rule in chosen.rules if rule.id.startswith(name or "")]
    if not listed:
        near = nearest(name or "", (rule.id for rule in chosen.every))
        raise click.UsageError(f'no rule "{name}"{near}')
    if form == "jsonl":
        options.put("".join(figures.line(rule, pinned) + "\n" for rule in listed))
    elif one:
        options.put(page(one[0], figures.in_words(one[0], pinned)))
    else:
        screen = sys.stdout is not None and sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if screen else None
        options.put(figures.table(listed, pinned, width))
        click.echo(figures.legend(len(listed), pinned), err=True)
    return 2 if trouble.any else 0


def page(rule: Rule, measured: str) -> str:
    """Return what a rule finds, why, how safe it is, what was measured, and its examples."""
    languages = ", ".join(sorted(rule.languages)) or "any"
    parts = [
        f"{rule.id} ({rule.action}{'' if rule.default else ', off by default'})",
        *([f"Trust: {rule.changed}"] if rule.changed else ()),
        f"\nWhat: {rule.about}",
        f"Why: {' '.join(rule.why.split())}",
        f"How safe: {' '.join(rule.safety.split())}",
        f"Languages: {languages}",
        f"Measured: {measured}",
        "\nExamples:",
    ]
    parts += [_example(example) for example in rule.examples]
    return "\n".join(parts) + "\n"


def _example(example: Example) -> str:
    if example.start is None or example.end is None:
        return f"  stays   {_shown(example.text)}"
    marked = (
        f"{example.text[: example.start]}⟦{example.text[example.start : example.end]}⟧"
        f"{example.text[example.end :]}"
    )
    lines = [f"  found   {_shown(marked)}"]
    if example.good is not None:
        lines.append(f"  becomes {_shown(example.good)}")
    return "\n".join(lines)


def _shown(text: str) -> str:
    return text.replace("\r", "").rstrip("\n").replace("\n", "\n          ")
