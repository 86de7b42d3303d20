"""The texts that the scripts of this folder read: files, folders, datasets, and samples of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scrubber.documents import source, walk


class Text(NamedTuple):
    """A text to look at. `record` is its id in a dataset, None for a plain file."""

    name: str
    record: object
    text: str


def read(paths: Iterable[str]) -> Iterator[Text]:
    """Yield the texts in files, folders and JSON Lines datasets, as `scrubber check` takes them.

    Raises:
        source.InputError: one of them cannot be read; it says which.
    """
    for path in walk.files(list(paths)):
        if isinstance(path, tuple):
            raise source.InputError(f"{path[0]}: {path[1]}")
        try:
            held = source.read(path)
        except source.InputError as error:
            raise source.InputError(f"{path}: {error}") from None
        if held.problems:
            raise source.InputError(f"{path}: {held.problems[0]}")
        for document in held.documents:
            yield Text(str(path), document.id if held.slots is not None else None, document.text)


def sample(texts: Iterable[Text], characters: int) -> list[Text]:
    """Return texts that hold so many characters or a little more, always the same ones, in order.

    They are drawn by the digest of each text, so a greater sample holds the smaller one, and texts
    that are added or taken away change little else. A text that stands twice is taken once.
    """
    every = {text.text: (at, text) for at, text in reversed(list(enumerate(texts)))}
    drawn, sum_of = [], 0
    for at, text in sorted(every.values(), key=lambda item: _digest(item[1].text)):
        if sum_of >= characters:
            break
        drawn.append((at, text))
        sum_of += len(text.text)
    return [text for _, text in sorted(drawn, key=lambda item: item[0])]


def digest(texts: Iterable[Text]) -> str:
    """Return 16 hexadecimal digits that stand for these texts in this order."""
    return _digest("\0".join(text.text for text in texts))[:16]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
