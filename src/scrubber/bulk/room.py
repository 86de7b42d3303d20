"""Folders for what a worker has in hand; those that killed workers left are taken out.

Who works holds a lock on its folder, which goes with the process however that ends.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

PREFIX = "scrubber-room-"
_LOCK = "lock"

YOUNG = 60.0
"""Seconds within which a folder's lock may not be taken yet."""


@contextlib.contextmanager
def room() -> Iterator[Path]:
    """Have an empty folder, which is gone at the end.

    Raises:
        OSError: from the disk.
    """
    _swept_once(tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX) as folder,
        Path(folder, _LOCK).open("wb") as lock,
    ):
        _locked(lock)
        within = Path(folder, "in")
        within.mkdir()
        yield within


@functools.cache
def _swept_once(root: str) -> None:
    swept(Path(root))


def swept(root: Path) -> None:
    """Take out the folders below `root` that nobody works in any more, and who did was killed."""
    for folder in root.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            with (folder / _LOCK).open("ab") as lock:
                left = time.time() - os.fstat(lock.fileno()).st_mtime > YOUNG and _locked(lock)
            if left:
                shutil.rmtree(folder, ignore_errors=True)


def _locked(file: IO[bytes]) -> bool:
    """Whether a lock was to be had; not on systems without such locks."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
