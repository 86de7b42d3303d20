"""Files are written beside their place and moved there when they are whole."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

PREFIX = ".tmp-"


class Aside:
    """New files under names of their own; those that were not placed are gone at the end.

    What is placed is on disk before it has its name. Unless `thorough`, small files and the names
    themselves need not be: where the power fails, the last of them may be missing.
    """

    def __init__(self, *, thorough: bool = True) -> None:
        self._open: list[Path] = []
        self._thorough = thorough

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for path in self._open:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        self._open.clear()

    def beside(self, target: Path) -> Path:
        """Return a name for what is to be `target`, in the same folder, which is made."""
        target.parent.mkdir(parents=True, exist_ok=True)
        path = target.parent / f"{PREFIX}{uuid4().hex}"
        self._open.append(path)
        return path

    def replace(self, path: Path, target: Path) -> None:
        """Have a file on disk and move it over `target`."""
        _kept(path)
        self._replace(path, target)

    def _replace(self, path: Path, target: Path) -> None:
        os.replace(path, target)
        if self._thorough:
            _kept(target.parent)

    def place(self, path: Path, target: Path) -> None:
        """Have a file on disk and give it its name.

        Raises:
            FileExistsError: something has the name; it stays as it is.
        """
        _kept(path)
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if os.path.lexists(target):
                raise FileExistsError(target) from None
            os.replace(path, target)
        else:
            path.unlink()
        if self._thorough:
            _kept(target.parent)

    def write(self, target: Path, data: bytes) -> None:
        """Write a small file whole, over the one that is there."""
        path = self.beside(target)
        path.write_bytes(data)
        if self._thorough:
            _kept(path)
        self._replace(path, target)


def _kept(path: Path) -> None:
    """Have a file, or the names in a folder, on disk."""
    if os.name == "nt" and path.is_dir():
        return  # it has no way to be asked
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def swept(folder: Path, age: float = 0.0) -> int:
    """Take out what runs that were killed left below a folder; returns how many files.

    Nobody else may be writing there, unless it is to files that are younger than `age` in seconds.
    """
    count, before = 0, time.time() - age
    for root, _, names in os.walk(folder):
        for name in names:
            if name.startswith(PREFIX):
                path = os.path.join(root, name)
                with contextlib.suppress(OSError):
                    if age and os.stat(path).st_mtime > before:
                        continue
                    os.unlink(path)
                    count += 1
    return count
