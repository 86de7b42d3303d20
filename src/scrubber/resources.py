"""Where the data that ships with scrubber lies, installed or in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mmap import mmap


@cache
def rules_folder() -> Path:
    """Return the folder with the built-in packs and word lists.

    A wheel carries it inside the package; a checkout has it at its top level, so that rules can be
    edited and tried without building anything.

    Raises:
        FileNotFoundError: neither place has it; the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "rules", here.parents[1] / "rules"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the built-in rules are missing beside {here}; reinstall scrubtext")


@cache
def floors_file() -> Path | None:
    """Return the file with the measured precision of each rule, or None where it is absent."""
    rules = rules_folder()
    for file in (rules / "floors.toml", rules.parent / "corpus" / "floors.toml"):
        if file.is_file():
            return file
    return None


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of the word list `name`, without the comment lines at its head.

    >>> "North Korea" in words("territories")
    True
    """
    return frozenset(listing(name).split("\n")) - {""}


@cache
def listing(name: str) -> str:
    """Return the word list `name` as text: sorted lines, without the comments at its head."""
    text = (rules_folder() / "words" / f"{name}.txt").read_text(encoding="utf-8")
    start = 0
    while text.startswith("#", start):
        start = text.find("\n", start) + 1
    return text[start:]


class Lines(NamedTuple):
    """Sorted lines as UTF-8, each between two line breaks; the first of these is at `first`."""

    data: bytes | mmap
    first: int = 0

    def at(self, key: bytes) -> int:
        """Return where the break before the first line stands that is no smaller than a key."""
        data, low, high = self.data, self.first, len(self.data) - 1
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2 + 1)
            end = data.find(b"\n", middle + 1)
            if data[middle + 1 : end] < key:
                low = end
            else:
                high = middle
        return low

    def beginning(self, key: bytes) -> int:
        """Return how many lines begin with a key."""
        return self.data[self.at(key) : self.at(key + b"\xff")].count(b"\n")

    def has(self, line: bytes) -> bool:
        """Whether a line stands among them."""
        at = self.at(line) + 1
        whole = line and b"\n" not in line
        return bool(whole) and self.data[at : at + len(line) + 1] == line + b"\n"


@cache
def lines(name: str) -> Lines:
    """Return the word list `name` where it lies: a small text asks for little of it."""
    from mmap import ACCESS_READ, mmap

    with (rules_folder() / "words" / f"{name}.txt").open("rb") as file:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    start = 0
    while data[start : start + 1] == b"#":
        start = data.find(b"\n", start) + 1
    return Lines(data, start - 1)


@cache
def table(name: str) -> dict[str, tuple[float, ...]]:
    """Return the rows of a table of numbers in `words`: a name, then its values."""
    text = (rules_folder() / "words" / f"{name}.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.split("\n") if line and not line.startswith("#"))
    return {row[0]: tuple(float(value) for value in row[1:]) for row in rows}
