"""What is made once and kept in the user's cache folder. It saves time and decides nothing.

A file is named by the digest of all that it was made from, so none is ever out of date. Where the
folder cannot be used, or a file is damaged, the thing is made anew each time.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from _blake2 import blake2b  # hashlib loads OpenSSL for it: 2 ms of a start-up
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from scrubber import __version__

if TYPE_CHECKING:
    from mmap import mmap

SIZE = 16
"""Bytes of a digest: enough for names, and to tell a file that was cut or altered."""

KEPT = 8
"""Files of one kind that stay when another is written, of large ones two: the checkouts that a
person works in."""


def digest(*parts: bytes | memoryview) -> bytes:
    """Return the digest of some bytes; where one part ends and the next begins counts."""
    found = blake2b(digest_size=SIZE)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.digest()


def folder() -> str | None:
    """Return the folder of a user's own cache, which may not exist yet; None where there is none.

    `SCRUBBER_CACHE_DIR`, or what the system has for it (on Linux the XDG base directories).
    """
    named = os.environ.get("SCRUBBER_CACHE_DIR")
    if named:
        return named
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        root = os.path.expanduser("~/Library/Caches")
    else:
        root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(root, "scrubber") if os.path.isabs(root) else None


def place(kind: str, *parts: bytes) -> str | None:
    """Return the file for what is made of these parts; None where there is no cache folder.

    Other files hold what is made by another version of Python or scrubber.
    """
    where = folder()
    stamp = f"{sys.version}\0{__version__}".encode()
    return where and os.path.join(where, f"{kind}-{digest(stamp, *parts).hex()}")


def writable() -> bool:
    """Return whether anything can be kept: else what is dear to make for it is not made."""
    where = folder()
    if where is None:
        return False
    with contextlib.suppress(OSError):
        os.makedirs(where, mode=0o700, exist_ok=True)
    return os.access(where, os.W_OK | os.X_OK)


def load(file: str | None) -> Any:
    """Return what a file holds; None where it is missing, damaged, or may be another user's."""
    data = _read(file) if file else None
    if data is not None:
        with contextlib.suppress(ValueError, EOFError, TypeError):
            return marshal.loads(data)
    return None


def save(file: str | None, value: Any) -> None:
    """Keep a value, if it can be done: it must be plain data, such as `marshal` holds."""
    if file:
        with contextlib.suppress(ValueError, OSError):
            _write(file, marshal.dumps(value))


def made(kind: str, parts: Iterable[bytes], make: Callable[[], Any]) -> Any:
    """Return what `make` returns for these parts, from the cache folder where it is there."""
    file = place(kind, *parts)
    value = load(file)
    if value is None:
        value = make()
        save(file, value)
    return value


def save_bytes(file: str | None, data: bytes) -> None:
    """Keep bytes that are large, for `mapped`, if it can be done."""
    if file:
        with contextlib.suppress(OSError):
            _write(file, data)


def drop(file: str) -> None:
    """Take out what is kept in a file, if it can be done."""
    with contextlib.suppress(OSError):
        os.unlink(file)


def mapped(file: str | None) -> mmap | None:
    """Return what `save_bytes` has kept, from byte `SIZE` on, where it lies: little of it is read.

    So it is not known to be whole and undamaged: who reads a part has to see to it.
    """
    if file is None:
        return None
    from mmap import ACCESS_READ, mmap

    with contextlib.suppress(OSError, ValueError), open(file, "rb") as opened:
        if _is_own(opened.fileno()):
            return mmap(opened.fileno(), 0, access=ACCESS_READ)
    return None


def _is_own(number: int) -> bool:
    """Whether nobody else can have written an open file."""
    status = os.fstat(number)
    return not hasattr(os, "geteuid") or (
        status.st_uid in (os.geteuid(), 0) and not status.st_mode & 0o022
    )


def _read(path: str) -> memoryview | None:
    """What a file holds, if it is whole and nobody else can have written it."""
    try:
        with open(path, "rb") as file:
            if not _is_own(file.fileno()):
                return None
            data = memoryview(file.read())
    except OSError:
        return None
    return data[SIZE:] if _seal(data[SIZE:]) == data[:SIZE] else None


LARGE = 1 << 20
"""Bytes from which a file is sealed by a checksum: a digest of 8 MB takes 8 ms, that 3."""


def _seal(data: memoryview | bytes) -> bytes:
    """What tells a file that was cut or altered by accident."""
    if len(data) < LARGE:
        return digest(data)
    from zlib import adler32

    return digest(f"{adler32(data)} {len(data)}".encode())


def _write(path: str, data: bytes) -> None:
    """Write a file whole or not at all, and take out the oldest of its kind."""
    where, name = os.path.split(path)
    kind = name.partition("-")[0] + "-"
    os.makedirs(where, mode=0o700, exist_ok=True)
    part = f"{path}.{os.getpid()}"
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_seal(data) + data)
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
    own = [entry for entry in os.scandir(where) if entry.name.startswith(kind)]
    many = KEPT if len(data) < LARGE else 2
    for entry in sorted(own, key=lambda entry: entry.stat().st_mtime)[:-many]:
        with contextlib.suppress(OSError):
            os.unlink(entry.path)
