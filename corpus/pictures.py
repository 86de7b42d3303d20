"""Make the pictures of the README anew: python corpus/pictures.py.

The terminal is a real one, read by pyte and drawn as SVG; the browser is Chromium. Needs the `test`
extra and Debian's chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "review"))

from browser import picture  # noqa: E402
from terminal import Terminal  # noqa: E402

PICTURES = HERE / "pictures"
SAMPLE = HERE / "sample.txt"

CELL, LINE, EDGE = 8.4, 18, 14
"""Width of a column, height of a row, and the margin, in pixels."""

NBSP = "\N{NO-BREAK SPACE}"
"""A run of ordinary blanks is drawn as one."""

_COLOURS = {
    "default": "#d8dee9",
    "red": "#ff7b85",
    "green": "#8fd18a",
    "brown": "#e8c56b",
    "cyan": "#7cc7d8",
    "magenta": "#c9a0dc",
    "brightblack": "#8b95a7",
    "black": "#1f2430",
}


def terminal() -> str:
    """Return the picture of a review of the sample in a terminal, as SVG."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(SAMPLE, folder)
        with Terminal(folder, "review", "sample.txt", rows=21) as shown:
            shown.wait_for("y accept")
            shown.press("y", "y", "y")
            return "".join(_svg(shown))


def browser(target: Path) -> None:
    """Write the picture of a review of the sample in a browser, as PNG."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(SAMPLE, folder)
        picture(folder, ["sample.txt"], target, keys=("y", "y", "y"), width=1200, height=880)


def _svg(shown: Terminal) -> Iterator[str]:
    columns, rows = shown.screen.columns, shown.screen.lines
    width, height = columns * CELL + 2 * EDGE, rows * LINE + 2 * EDGE
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img">\n'
        "<title>scrubber review in a terminal</title>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{_COLOURS["black"]}"/>\n'
        '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace"'
        ' font-size="14">\n'
    )
    for row in range(rows):
        yield from _row(shown, row, columns)
    yield "</g>\n</svg>\n"


def _row(shown: Terminal, row: int, columns: int) -> Iterator[str]:
    cells = [shown.screen.buffer[row][column] for column in range(columns)]
    at = 0
    for look, run in groupby(cells, key=lambda cell: cell._replace(data="")):
        text = "".join(cell.data for cell in run)
        x, y, wide = EDGE + at * CELL, EDGE + row * LINE, len(text) * CELL
        at += len(text)
        front = _COLOURS.get(look.fg, _COLOURS["default"])
        if look.reverse:
            yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{LINE}" fill="{front}"/>\n'
            front = _COLOURS["black"]
        drawn = text.strip()
        if not drawn:
            continue
        x += (len(text) - len(text.lstrip())) * CELL
        wide = len(drawn) * CELL
        marks = ["underline"] * look.underscore + ["line-through"] * look.strikethrough
        style = f' text-decoration="{" ".join(marks)}"' if marks else ""
        style += ' font-weight="bold"' if look.bold else ""
        yield (
            f'<text x="{x:.1f}" y="{y + 13.5}" textLength="{wide:.1f}" fill="{front}"{style}>'
            f"{escape(drawn).replace(' ', NBSP)}</text>\n"
        )


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "review-terminal.svg").write_text(terminal(), encoding="utf-8")
    browser(PICTURES / "review-web.png")


if __name__ == "__main__":
    main()
