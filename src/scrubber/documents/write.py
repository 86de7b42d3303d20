"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scrubber.documents.source import InputError


def write(path: Path, data: bytes, expected: bytes) -> None:
    """Replace a file's content; its mode, and its owner where that is allowed, stay.

    The new content is written beside the file and moved over it, so that a crash leaves the one or
    the other. A symbolic link stays one; the file that it names is replaced.

    Raises:
        InputError: the file is not writable, or no longer holds `expected`; it is left as it is.
    """
    target = Path(os.path.realpath(path))
    temporary: str | None = None
    try:
        if not os.access(target, os.W_OK):
            raise InputError("cannot be written: permission denied")
        if target.read_bytes() != expected:
            raise InputError("changed while it was being read; run scrubber again")
        status = target.stat()
        handle, temporary = tempfile.mkstemp(prefix=".scrubber-", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, status.st_mode & 0o7777)
        if hasattr(os, "chown"):
            # A file of another user that we may write becomes ours.
            with contextlib.suppress(PermissionError):
                os.chown(temporary, status.st_uid, status.st_gid)
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise InputError(f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def make(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a new file, and the folders that it lies in; with the mode of `like` if that is given.

    It is written under another name and linked to its own when it is whole.

    Raises:
        InputError: it exists already, or cannot be written; there is no file, or the one there was.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            raise FileExistsError
        handle, temporary = tempfile.mkstemp(prefix=".scrubber-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, like.stat().st_mode & 0o777 if like else 0o666 & ~_mask())
        _name(temporary, path)
    except FileExistsError:
        raise InputError(f"{path} exists already; it is left as it is") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path} cannot be written: {reason}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


@contextlib.contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing; it takes the place of what is there when the block ends well.

    What is no regular file (a terminal, a pipe) is written to as it is.

    Raises:
        InputError: it cannot be written; what was there is there still.
    """
    target = Path(os.path.realpath(path))
    temporary: str | None = None
    try:
        if path.is_dir():
            raise InputError("is a folder")
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        handle, temporary = tempfile.mkstemp(prefix=".scrubber-", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_mask()
        os.chmod(temporary, mode)
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise InputError(f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _name(temporary: str, path: Path) -> None:
    """Give a file its name; unlike `os.replace` a link never writes over another file."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError from None
        os.replace(temporary, path)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
