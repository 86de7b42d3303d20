"""WARC records: where they end, what their headers say, and headers made to fit a new body."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import NamedTuple

BEGIN = b"WARC/"
HEAD = 1 << 20
"""Bytes of headers above which a record is taken for broken."""

_HEADER = re.compile(rb"(?m)^([!-9;-~]+)[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t])*)")
_FITTED = re.compile(
    rb"(?mi)^(content-length|warc-block-digest|warc-payload-digest)([ \t]*:[ \t]*)([^\r\n]*)"
)
_DIGEST = re.compile(r"(md5|sha1|sha256|sha512):([A-Za-z0-9]+=*)")


class Head(NamedTuple):
    """The headers of a record, by their names in lower case; of several of a name, the last."""

    values: dict[str, str]
    length: int

    @property
    def is_text(self) -> bool:
        """Whether the record is a page as plain text."""
        kind = self.values.get("content-type", "text/plain").partition(";")[0].strip().lower()
        return self.values.get("warc-type", "").lower() == "conversion" and kind == "text/plain"


def head(data: bytes) -> Head:
    r"""Return the headers of a record.

    >>> head(b"WARC/1.0\r\nContent-Length: 7\r\n\r\n").length
    7

    Raises:
        ValueError: they do not say how long the record is.
    """
    values = {}
    for name, value in _HEADER.findall(data):
        values[name.decode().lower()] = " ".join(value.decode("utf-8", "replace").split())
    length = values.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,15}", length):
        raise ValueError("its headers do not say how long it is")
    return Head(values, int(length))


def fitted(head: bytes, body: bytes) -> bytes:
    r"""Return headers with the length and the digests of another body.

    >>> fitted(b"WARC/1.0\r\nContent-Length: 7\r\n\r\n", b"abc")
    b'WARC/1.0\r\nContent-Length: 3\r\n\r\n'
    """

    def new(found: re.Match[bytes]) -> bytes:
        name, between, old = found.groups()
        if name.lower() == b"content-length":
            value = b"%d" % len(body)
        else:
            value = _digest(old.decode("latin-1"), body).encode("latin-1")
        return bytes(name + between + value)

    return _FITTED.sub(new, head)


def _digest(old: str, body: bytes) -> str:
    """The digest of a body, made and written as another one; that one if its kind is unknown."""
    found = _DIGEST.fullmatch(old.strip())
    if found is None:
        return old
    made = hashlib.new(found[1], body, usedforsecurity=False)
    if len(found[2]) == 2 * made.digest_size:
        return f"{found[1]}:{made.hexdigest()}"
    return f"{found[1]}:{base64.b32encode(made.digest()).decode()}"
