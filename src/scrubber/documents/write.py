"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

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
