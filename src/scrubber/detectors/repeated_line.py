"""Lines that the pages of a text's site repeat, as the evidence of its corpus has it."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber.measures import line_texts, taken_out
from scrubber.model import Document, Match


def find(document: Document, *, pages: int = 5, share: float = 0.1) -> Iterator[Match]:
    r"""Yield each line that stands on so many pages of the site, and on such a share of them.

    The proposal takes the line out. Without evidence nothing is found, at no cost.

    >>> from scrubber.corpus import Repeated
    >>> text = "It rained.\n\nLetters to the miller\n"
    >>> site = Repeated(frozenset(["Letters to the miller"]))
    >>> [m.message for m in find(Document(text, evidence=site))]
    ['stands on 10 of 10 pages of its site that were looked at']
    """
    if document.evidence is None:
        return
    texts = line_texts(document)
    for number, text in enumerate(texts):
        having, of = document.evidence.pages(text) if text else (0, 0)
        if having >= pages and having >= share * of:
            message = f"stands on {having} of {of} pages of its site that were looked at"
            yield Match(*taken_out(document, texts, number), ("",), message)
