"""What corpus recipes measure: words, lines, and whether a figure keeps within its bounds."""

from __future__ import annotations

from scrubber.model import Document
from scrubber.patterns import lazy

_WORD = lazy(r"\w(?:\S*\w)?")
_INVISIBLE = "\ufeff\u200b"


def words(text: str) -> list[str]:
    """Return the words of a text: what blanks part, without the marks at its ends.

    The recipes split words with tools that differ (blanks, NLTK, spaCy, ICU); this lies between.

    >>> words("“It’s well-known,” she said – twice.")
    ['It’s', 'well-known', 'she', 'said', 'twice']
    """
    return _WORD.findall(text)


def line_texts(document: Document) -> list[str]:
    """Return the lines of a document without the blanks around them."""
    return [
        document.text[line.start : line.stop].strip().strip(_INVISIBLE) for line in document.lines
    ]


def taken_out(document: Document, texts: list[str], number: int) -> tuple[int, int]:
    r"""Return the span that takes a line out, with the blank line that would be left over.

    `texts` are the document's `line_texts`.

    >>> text = "A.\n\nX\n\nB.\n"
    >>> taken_out(Document(text), ["A.", "", "X", "", "B."], 2)
    (4, 7)
    """
    lines = document.lines
    start, end = lines[number].start, lines[number].end
    blank_before = number > 0 and not texts[number - 1]
    last = number + 1 == len(lines)
    if not last and not texts[number + 1] and (blank_before or number == 0):
        end = lines[number + 1].end
    elif last and blank_before:
        start = lines[number - 1].start
    return start + (start == 0 and document.text.startswith("\ufeff")), end


def breach(of: str, value: float, below: float, above: float, share: bool = False) -> str:
    """Return what is wrong with a figure that lies outside its bounds, or "" for one inside.

    >>> breach("words in the line", 3, 5, float("inf"))
    'words in the line: 3, at least 5'
    >>> breach("lines that end in an ellipsis", 0.5, 0, 0.3, share=True)
    'lines that end in an ellipsis: 50 %, at most 30 %'
    """
    if below <= value <= above:
        return ""
    low = value < below
    bound = f"at least {_shown(below, share)}" if low else f"at most {_shown(above, share)}"
    return f"{of}: {_shown(value, share)}, {bound}"


def _shown(value: float, share: bool) -> str:
    if share:
        return f"{100 * value:.4g} %"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
