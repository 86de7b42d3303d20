"""Where a text comes from: the host of a record's address, or a folder.

A record whose id is an address belongs to that host, without "www."; any other record to its
dataset. A plain file belongs to the folder below the one that all files share, because a crawl is
mostly kept as one folder for a host.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

STANDARD_INPUT = "standard input"

_HOST = re.compile(r"https?://(?:[^/?#@\s]*@)?([^/?#@:\s\[\]]+)", re.IGNORECASE)


def host(identity: object) -> str | None:
    """Return the host of a record's id, or None where the id is no address.

    >>> host("https://www.Example.org:8080/a?b"), host("urn:uuid:7"), host(7)
    ('example.org', None, None)
    """
    found = _HOST.match(identity) if isinstance(identity, str) else None
    return found[1].lower().removeprefix("www.") if found else None


def folder(path: str) -> str:
    """Return the folder of a file, "." for the current one.

    >>> folder("a/b/c.txt"), folder("c.txt"), folder("-")
    ('a/b', '.', '-')
    """
    return path if path == "-" else PurePath(path).parent.as_posix()


def named(folders: Collection[str]) -> dict[str, str]:
    """Return the site of each folder: the part of it that is one level below what all share.

    >>> named(["news/harbour/2024", "news/harbour", "news/hills/x", "-"])["news/harbour/2024"]
    'news/harbour'
    >>> named(["news/a/b", "news/a/b"])
    {'news/a/b': 'news/a/b'}
    """
    parts = {name: PurePath(name).parts for name in folders if name != "-"}
    ways = sorted(parts.values())
    shared = 0
    if ways:
        first, last = ways[0], ways[-1]
        while shared < min(len(first), len(last)) and first[shared] == last[shared]:
            shared += 1
    sites = {name: PurePath(*way[: shared + 1]).as_posix() for name, way in parts.items()}
    return sites | {name: STANDARD_INPUT for name in folders if name == "-"}
