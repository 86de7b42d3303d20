"""What `scrubber fix` does: what may be done unattended, done or shown as a diff."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scrubber import diff, engine
from scrubber.cli import (
    decided,
    late,
    opinions,
    options,
    recording,
    styles,
    targets,
    trusting,
    working,
)
from scrubber.cli.baselines import Asked, Baselines
from scrubber.cli.holding import Holding
from scrubber.cli.since import Since, reached
from scrubber.documents import walk
from scrubber.documents.source import InputError
from scrubber.edits import apply
from scrubber.report.text import Style, counted, plain, printable


def run(
    inputs: options.Inputs,
    *,
    preview: bool = False,
    suggested: bool = False,
    record_file: Path | None = None,
    trust: float | None = None,
    since: str | None = None,
    quiet: bool = False,
    asked: Asked = Asked(),
    work: working.Run = working.usual,
    wish: opinions.Wish = opinions.Wish(),
    choice: options.Choice = options.Choice(),
    honoured: decided.Honoured = decided.Honoured(),
) -> int:
    """Repair some texts, or show how; return 1 when something was or would be changed."""
    trouble = options.Trouble()
    actions = engine.SUGGESTED if suggested else engine.UNATTENDED
    style = styles.style(sys.stdout)
    if record_file is not None and preview:
        raise late.usage("--edits records what is done, and --diff does nothing")
    if trust is not None and suggested:
        raise late.usage("--trust makes suggestions of what is not proven; not --suggested")
    limit = None if since is None else Since(since)
    holding = Holding(trouble, choice)
    found = reached(trouble, holding, inputs, limit, (record_file, asked.file))
    ledgers = decided.Ledgers(trouble, honoured, (target.held.settings for target in found))
    judges = trusting.Judges(ledgers, trust, quiet=quiet)
    projects = (target.held.settings for target in found)
    home = holding.settings(os.getcwd())
    baselines = Baselines(trouble, asked, home, projects)
    recording.opened(record_file)
    changed: list[str] = []
    repairs = files = 0
    with work(actions) as run:
        look = wish.over(home, run.look, quiet=quiet)
        texts = targets.read(trouble, found, inputs, run)
        for done in recording.repaired(trouble, texts, actions, judges, baselines, limit, look):
            files += 1
            try:
                if done.edits and done.path and walk.leaves_repository(done.path):
                    raise InputError("leads out of the repository by a link; name the file itself")
                if preview:
                    _show(done, style)
                else:
                    _write(done)
                    recording.record(done, record_file)
            except InputError as error:
                trouble.tell(done.source.path, str(error))
                continue
            repairs += done.places
            if done.edits:
                changed.append(done.source.path)
                if done.path is not None and not preview and not quiet:
                    where = printable(done.source.path)
                    late.say(f"{where}: {counted(done.places, 'place')} repaired")
    if not quiet:
        late.say(_summary(files, len(changed), repairs, preview, trouble.any))
        if (changed or trouble.any) and not preview:
            from scrubber.cli import hook

            hook.after_fix(changed, trouble=trouble.any)
    return 2 if trouble.any else 1 if changed else 0


def _show(done: recording.Repaired, style: Style) -> None:
    source = done.source
    if source.compressed and done.edits:
        raise InputError("compressed; unpack it first, a diff cannot change packed bytes")
    text = diff.unified(_relative(source.path), source.text, done.edits)
    if style is not plain:
        lines = text.replace("\x1b", "␛").split("\n")  # a terminal would act on it
        text = "\n".join(style(line, line[:1]) for line in lines)
    options.put(text)


def _write(done: recording.Repaired) -> None:
    text = done.source.text
    if done.path is None:
        options.put(apply(text, done.edits))
    elif done.edits:
        from scrubber.documents.write import write

        if done.source.compressed:
            raise InputError("compressed; unpack it first, it is not rewritten in place")
        write(done.path, apply(text, done.edits).encode(), text.encode())


def _relative(path: str) -> str:
    """A path as git apply and patch want it: relative to where they are run, if it lies below.

    It names the file itself, not a symbolic link to it, which neither tool writes through.
    """
    real = os.path.realpath(path)
    try:
        return Path(real).relative_to(os.path.realpath(".")).as_posix()
    except ValueError:
        return path


def _summary(files: int, changed: int, repairs: int, preview: bool, trouble: bool) -> str:
    where = counted(files, "file")
    if not changed and trouble:
        return f"Nothing repaired in {where}: see above."
    if not changed:
        return f"Nothing to repair in {where}."
    verb = "would be repaired" if preview else "repaired"
    return f"{counted(repairs, 'place')} {verb} in {changed:,} of {where}."
