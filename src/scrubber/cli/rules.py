"""`scrubber rules`: lists rules, explains one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from scrubber import scoring
from scrubber.cli import options
from scrubber.resources import floors_file
from scrubber.rules import Example, Rule, nearest


@click.command("rules", short_help="List the rules, or explain one.")
@click.argument("name", required=False, metavar="[ID]", shell_complete=options.complete_rules)
@options.choosing
def command(
    name: str | None,
    choice: options.Choice,
) -> int:
    """List the rules with their action and measured precision, or explain the rule ID.

    The beginning of an ID lists the rules that it fits.
    """
    trouble = options.Trouble()
    chosen = options.choose(trouble, choice, off_too=True)
    file = floors_file()
    measured = scoring.floors(file).rules if file else {}
    if name is None or not any(rule.id == name for rule in chosen.every):
        listed = [rule for rule in chosen.rules if rule.id.startswith(name or "")]
        if not listed:
            near = nearest(name or "", (rule.id for rule in chosen.every))
            raise click.UsageError(f'no rule "{name}"{near}')
        for rule in listed:
            options.put(
                f"{rule.id:32}{rule.action:9}{_share(measured.get(rule.id)):>8}  {rule.about}"
                f"{'' if rule.default else ' (off by default)'}\n"
            )
        return 2 if trouble.any else 0
    one = next(rule for rule in chosen.every if rule.id == name)
    options.put(_page(one, measured.get(one.id)))
    return 2 if trouble.any else 0


def _share(measured: Mapping[str, Any] | None) -> str:
    return f"{measured['precision']:.1%}" if measured and "precision" in measured else "–"


def _page(rule: Rule, measured: Mapping[str, Any] | None) -> str:
    languages = ", ".join(sorted(rule.languages)) or "any"
    parts = [
        f"{rule.id} ({rule.action}{'' if rule.default else ', off by default'})",
        f"\nWhat: {rule.about}",
        f"Why: {' '.join(rule.why.split())}",
        f"How safe: {' '.join(rule.safety.split())}",
        f"Languages: {languages}",
        f"Measured: {_measured(measured)}",
        "\nExamples:",
    ]
    parts += [_example(example) for example in rule.examples]
    return "\n".join(parts) + "\n"


def _measured(measured: Mapping[str, Any] | None) -> str:
    if not measured:
        return "not yet"
    if "precision" not in measured:
        return f"{measured['findings']} findings on labelled text, none of them unattended"
    thin = ", thin: fewer than 100" if measured["fixes"] < 100 else ""
    return (
        f"precision {measured['precision']:.2%} on {measured['fixes']} unattended repairs{thin} "
        f"(at least {measured['at_least']:.2%} with 95 % confidence), "
        f"{measured['false_per_million']} false in a million characters of clean English"
    )


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
