"""The records of edits of one shard, in the forms that were asked for, beside their places."""

from __future__ import annotations

from pathlib import Path

from scrubber.bulk.aside import Aside
from scrubber.bulk.containers import container_of
from scrubber.bulk.layout import Layout
from scrubber.bulk.model import Block, Changes, Kept, Reading
from scrubber.bulk.sidecar import Writer, ending, open_sidecar

COLUMN = "column"
"""The form in which a record holds its edits itself, where its container has fields."""

NESTED = "edits"
"""The name of that field."""

_BESIDE = {"tables", "texts", "warc"}
_ENDINGS = (".jsonl.zst", ".jsonl.gz", ".parquet")


def form_of(form: str, shard: Path) -> str:
    """Return the form for a shard: where there is no place for a column, beside it."""
    return "jsonl" if form == COLUMN and container_of(shard) in (None, *_BESIDE) else form


def nesting(reading: Reading, form: str, shard: Path) -> Reading:
    """Return how a shard is read that may hold its edits itself."""
    return reading._replace(nested=NESTED if form_of(form, shard) == COLUMN else None)


class Recording:
    """Writes what is changed in a shard; `dolma` as attributes for Dolma too."""

    def __init__(
        self, aside: Aside, layout: Layout, name: str, form: str, reading: Reading, *, dolma: bool
    ) -> None:
        self._aside, self._layout, self._name = aside, layout, name
        form = form_of(form, Path(name))
        self.ending = None if form == COLUMN else ending(form)
        self._open: list[tuple[Writer, Path, Path]] = []
        try:
            if self.ending is not None:
                self._begin(form, layout.edits(name, self.ending), reading)
            if dolma:
                self._begin("dolma", layout.attributes(name), reading)
        except BaseException:
            self.abandon()
            raise

    def _begin(self, form: str, target: Path, reading: Reading) -> None:
        path = self._aside.beside(target)
        shard = Path(self._name).name
        self._open.append((open_sidecar(path, form, shard, reading.fields), path, target))

    def write(self, block: Block, changes: Changes, kept: Kept) -> None:
        """Note the changes of a block, and what its container keeps of them."""
        for writer, _, _ in self._open:
            writer.write(block, changes, kept)

    def close(self) -> None:
        """Finish the files."""
        for writer, _, _ in self._open:
            writer.close()

    def abandon(self) -> None:
        """Close the files, which are not worth keeping."""
        for writer, _, _ in self._open:
            writer.abandon()

    def place(self, *, changed: bool) -> str | None:
        """Put the files in their places; what an earlier run left in another form goes.

        A text of its own that was not changed needs none, nor does what has no records. Returns the
        ending of the record of edits, None where there is none.
        """
        needed = changed or container_of(Path(self._name)) not in (None, "texts", "copied")
        for other in _ENDINGS:
            if other != self.ending or not needed:
                self._layout.edits(self._name, other).unlink(missing_ok=True)
        for _, path, target in self._open if needed else ():
            self._aside.replace(path, target)
        return self.ending if needed else None
