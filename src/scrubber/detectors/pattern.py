"""Find by one regular expression and repair by templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrubber.model import Document, Match
from scrubber.patterns import compiled, hits


def find(
    document: Document, *, match: str, replace: Sequence[str] = (), message: str = ""
) -> Iterator[Match]:
    r"""Yield every place where `match` hits, with `replace` templates (`\1`, `\g<name>`) expanded.

    A group named `span` narrows the place to it; what stands around it is context, and the
    templates then give what replaces the group.

    Raises:
        TimeoutError: the pattern takes longer than `patterns.TIMEOUT`.

    >>> [m.proposals for m in find(Document("a , b"), match=r"(\w) ,", replace=[r"\1,"])]
    [('a,',)]
    """
    group = "span" if "span" in compiled(match).groupindex else 0
    for hit in hits(match, document.text):
        start, end = hit.span(group)
        if start < 0:
            continue  # another branch of the pattern, which has no such group
        yield Match(start, end, tuple(hit.expand(template) for template in replace), message)
