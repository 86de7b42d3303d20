"""Files of bytes, plain or compressed by their names: read in bounded pieces, written anew.

A damaged archive gives all that can be read before the damage, and tells of it.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import sys
from pathlib import Path
from typing import IO, Any

from scrubber.bulk.model import ShardError

_MAGIC = {
    ".gz": (b"\x1f\x8b",),
    ".zst": (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + low, 0x2A, 0x4D, 0x18]) for low in range(16))),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ\0",),
}
PACKED = tuple(_MAGIC)
"""The endings of compressed files."""

_PIECE = 1 << 20
_CAREFUL = 1 << 12


def packing(path: Path) -> str:
    """Return the ending that tells how a file is compressed, "" when it is not.

    >>> packing(Path("a.jsonl.GZ")), packing(Path("a.jsonl"))
    ('.gz', '')
    """
    ending = path.suffix.lower()
    return ending if ending in PACKED else ""


class Input:
    """A file that is read from its beginning to its end, decompressed by its name."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            ShardError: it is compressed in another way than its name says, or in one for which a
                package is missing.
            OSError: it cannot be read.
        """
        self.damage: str | None = None
        """What is wrong with the archive, once reading has met it."""
        self._packing = packing(path)
        self._left = b""
        self._given, self._piece = 0, _PIECE
        self._raw: IO[bytes] = path.open("rb")
        self._file: Any = self._raw
        try:
            head = self._raw.read(6)
            self._raw.seek(0)
            _check(head, self._packing)
            if head and self._packing:
                self._file = _reader(self._raw, self._packing)
        except BaseException:
            self._raw.close()
            raise

    @property
    def consumed(self) -> int:
        """How many bytes of the file were read, as it is on disk."""
        return self._raw.tell()

    def skip(self, at: int) -> None:
        """Go on at some byte of a plain file."""
        self._raw.seek(at)

    def read(self, size: int) -> bytes:
        """Return as many bytes as asked for; fewer only at the end, or where damage begins."""
        if self._file is self._raw:
            plain: bytes = self._raw.read(size)
            return plain
        parts, held = [self._left], len(self._left)
        while held < size and (part := self._part()):
            parts.append(part)
            held += len(part)
        data = b"".join(parts)
        self._left = data[size:]
        return data[:size] if self._left else data

    def _part(self) -> bytes:
        """The next piece of the archive, b"" at its end and where damage begins."""
        if self.damage is not None:
            return b""
        try:
            part: bytes = self._file.read1(self._piece)
        except MemoryError:
            raise
        except EOFError:
            return self._damaged("the archive ends early")
        except Exception as error:  # each packer has its own
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk's
            return self._damaged(f"the archive is damaged: {error}")
        self._given += len(part)
        return part

    def _damaged(self, reason: str) -> bytes:
        """Note the damage, once it has been met with small pieces too.

        A packer gives up all that it has unpacked of a piece when it meets an error in it.
        """
        if self._piece == _CAREFUL:
            self.damage = reason
            return b""
        self._piece = _CAREFUL
        self._raw.seek(0)
        self._file = _reader(self._raw, self._packing, careful=True)
        again, self._given = self._given, 0
        while self._given < again:
            if not (part := self._part()):
                return b""
            if self._given > again:
                return part[again - self._given :]
        return self._part()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._raw.close()


def _check(head: bytes, named: str) -> None:
    """Raise `ShardError` where the first bytes of a file contradict its name."""
    found = next((kind for kind, magic in _MAGIC.items() if head.startswith(magic)), "")
    if not head or found == named:
        return
    if not named:
        raise ShardError(f"holds {found} data, and its name does not say so")
    raise ShardError(f"is no {named} file, though its name says so")


def _reader(raw: IO[bytes], kind: str, careful: bool = False) -> Any:
    if kind == ".gz":
        return (gzip.GzipFile if careful else _gzip())(fileobj=raw)
    if kind == ".bz2":
        return bz2.BZ2File(raw)
    if kind == ".xz":
        return lzma.LZMAFile(raw)
    return _zstd().ZstdFile(raw)


class Output:
    """A file that is written from its beginning to its end, compressed as another's name says."""

    def __init__(self, path: Path, kind: str) -> None:
        """Open the file, anew.

        Raises:
            ShardError: a package for this compression is missing.
            OSError: it cannot be written.
        """
        self._kind = kind
        self._raw = path.open("wb")
        self._file: Any = self._raw
        try:
            self._file = self._packed()
        except BaseException:
            self._raw.close()
            raise
        self.write = self._file.write

    def cut(self) -> None:
        """Have what comes next compressed for itself, so that reading can begin there."""
        if self._kind == ".gz":
            self._file.close()
            self.write = self._again
        elif self._kind == ".zst":
            self._file.flush(self._file.FLUSH_FRAME)

    def _again(self, data: bytes) -> Any:
        """Write behind a cut: nothing is begun before there is something to write."""
        self._file = self._packed()
        self.write = self._file.write
        return self.write(data)

    def _packed(self) -> Any:
        """The writer, at the usual level of each kind; the same data give the same bytes."""
        if self._kind == ".gz":
            writer = _gzip()
            level = 6 if writer is gzip.GzipFile else 2  # of isal's 0 to 3
            return writer("", "wb", level, self._raw, 0)
        if self._kind == ".bz2":
            return bz2.BZ2File(self._raw, "wb")
        if self._kind == ".xz":
            return lzma.LZMAFile(self._raw, "wb")
        if self._kind == ".zst":
            zstd = _zstd()
            option = zstd.CompressionParameter
            settings = {option.compression_level: 3, option.checksum_flag: 1}
            return zstd.ZstdFile(self._raw, "wb", options=settings)
        return self._raw

    def close(self) -> None:
        """Finish the file."""
        try:
            if self._file is not self._raw:
                self._file.close()
            if self._kind == ".zst" and not self._raw.tell():
                self._raw.write(_zstd().compress(b""))
        finally:
            self._raw.close()

    def abandon(self) -> None:
        """Close the file without finishing it: what could not be written is not tried again."""
        with contextlib.suppress(OSError, ValueError):
            self.close()


def _gzip() -> type[gzip.GzipFile]:
    try:
        from isal.igzip import IGzipFile
    except ImportError:
        return gzip.GzipFile
    return IGzipFile


def has_zstd() -> bool:
    """Return whether `.zst` files can be read and written here."""
    try:
        _zstd()
    except ShardError:
        return False
    return True


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        try:
            from backports import zstd
        except ImportError:
            raise ShardError("for .zst files: pip install 'scrubtext[bulk]'") from None
    return zstd
