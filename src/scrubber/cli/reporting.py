"""The report of `scrubber check`: its format by name, and where it is written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from scrubber import __version__
from scrubber.cli import late, options, styles

if TYPE_CHECKING:
    from scrubber.report.measured import Measured
    from scrubber.report.text import Style
    from scrubber.report.writers import Writer
    from scrubber.rules import Rule

_WRITERS = {
    "text": "lines:Text",
    "jsonl": "lines:Jsonl",
    "json": "lines:Json",
    "sarif": "sarif:Writer",
    "rdjsonl": "rdjsonl:Writer",
    "github": "github:Writer",
    "gitlab": "gitlab:Writer",
    "junit": "junit:Writer",
    "html": "html:Writer",
}
_READ = frozenset({"text", "html", "github"})
"""Formats beside which a person reads the summary; the others are for programs alone."""

FORMAT = late.option(
    "--format",
    "form",
    type=late.kind("Choice", list(_WRITERS)),
    default="text",
    show_default=True,
    help="How findings are written; html: one page with counts, charts and samples.",
)
OUTPUT = late.option(
    "--output",
    "-o",
    type=late.kind("Path", path_type=Path),
    metavar="FILE",
    help="Write the report to FILE, whole or not at all, in place of what is there.",
)


def writer(form: str, rules: Sequence[Rule], output: Path | None) -> Writer:
    """Return the writer of a format; nothing of any other is imported."""
    from scrubber.report.writers import Run

    def style() -> Style:
        return styles.style(sys.stdout if output is None else None)

    def measured() -> Mapping[str, Measured]:
        from scrubber.cli.measuring import measured

        return measured(rules)

    module, _, name = _WRITERS[form].partition(":")
    make = getattr(import_module(f"scrubber.report.{module}"), name)
    made: Writer = make(Run(__version__, rules, os.getcwd(), style, measured))
    return made


def summarised(form: str, output: Path | None) -> bool:
    """Whether a summary on standard error is of use: where a person reads, or nothing is shown."""
    return form in _READ or output is not None


@contextlib.contextmanager
def destination(
    output: Path | None, inputs: options.Inputs
) -> Iterator[Callable[[Iterable[str]], None]]:
    """Yield what writes the pieces of a report: to standard output, or to a file once it is whole.

    Raises:
        click.UsageError: the file cannot be written, or is one of the texts to check.
    """
    if output is None:
        yield _shown
        return
    from scrubber.documents.source import InputError
    from scrubber.documents.write import whole

    real = os.path.realpath(output)
    if any(path != "-" and os.path.realpath(path) == real for path in inputs.paths):
        raise late.usage(f"--output {output}: is one of the texts to check")
    try:
        with whole(output) as file:
            yield lambda pieces: file.writelines(
                piece.encode("utf-8", "surrogateescape") for piece in pieces
            )
    except InputError as error:
        raise late.usage(f"--output {output}: {error}") from None


def _shown(pieces: Iterable[str]) -> None:
    for piece in pieces:
        options.put(piece)
