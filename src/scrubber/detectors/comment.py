"""Comments for scrubber that silence nothing, or name what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from scrubber.model import Action, Document, Match


def find(
    document: Document, *, kind: Literal["unused", "unknown"], known: Sequence[str] = ()
) -> Iterator[Match]:
    """Yield the remarks of a kind that were made once all other rules had looked.

    `known` are the rules, and packs that were not read, that comments may name: `packs` says so.
    """
    for remark in document.remarks:
        if remark.kind == kind:
            yield Match(remark.start, remark.end, (), remark.message, Action.REPORT)
