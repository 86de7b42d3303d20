"""What `scrubber check` does: findings, and nothing written but the report."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from scrubber import engine
from scrubber.cli import decided, late, opinions, options, outcomes, reporting, targets, working
from scrubber.cli.baselines import Asked, Baselines
from scrubber.cli.holding import Holding
from scrubber.cli.since import Since, reached
from scrubber.model import Action


def run(
    inputs: options.Inputs,
    *,
    form: str = "text",
    output: Path | None = None,
    since: str | None = None,
    quiet: bool = False,
    asked: Asked = Asked(),
    work: working.Run = working.usual,
    wish: opinions.Wish = opinions.Wish(),
    choice: options.Choice = options.Choice(),
    honoured: decided.Honoured = decided.Honoured(),
) -> int:
    """Report the findings in some texts; return 1 when there are any that are not accepted."""
    trouble = options.Trouble()
    holding = Holding(trouble, choice)
    if asked.write and since is not None:
        raise late.usage("--write-baseline accepts all that is found; not --since")
    limit = None if since is None else Since(since)
    found = reached(trouble, holding, inputs, limit, (output, asked.file))
    ledgers = decided.Ledgers(trouble, honoured, (target.held.settings for target in found))
    projects = (target.held.settings for target in found)
    home = holding.settings(os.getcwd())
    baselines = Baselines(trouble, asked, home, projects)
    counts: Counter[Action] = Counter()
    damaged: dict[str, None] = {}
    files = 0
    with work(engine.UNATTENDED) as run, reporting.destination(output, inputs) as put:
        look = wish.over(home, run.look, quiet=quiet)
        report = reporting.writer(form, holding.rules(), output)
        put(report.begin())
        for _, source, held in targets.read(trouble, found, inputs, run):
            files += 1
            said = ledgers.of(held.settings)
            accepted = baselines.of(held.settings)
            report.open(source)
            for number, document in enumerate(source.documents):
                judging = accepted.over(said, document, held.rules) if accepted else said
                within = limit.within(source, number) if limit else None
                outcome = outcomes.settled(
                    trouble,
                    source,
                    document,
                    held.rules,
                    engine.UNATTENDED,
                    judging,
                    within,
                    look,
                )
                if outcome is None:
                    continue
                counts.update(finding.action for finding in outcome.findings)
                if outcome.findings:
                    damaged[source.path] = None
                put(report.add(number, outcome.findings))
        code = 2 if trouble.any else 1 if counts else 0
        put(report.end(trouble.told, code))
    if asked.write:
        baselines.write(quiet=quiet)
    elif not quiet:
        baselines.tell()
    if not quiet and not asked.write and reporting.summarised(form, output):
        from scrubber.report.text import summary

        late.say(summary(files, dict(counts)))
        if damaged or trouble.any:
            from scrubber.cli import hook

            hook.after_check(damaged, fixable=Action.FIX in counts, trouble=trouble.any)
    return code
