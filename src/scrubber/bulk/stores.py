"""Object stores, through fsspec: what lies below an address, fetched and put whole.

A store has no rename and needs none: an object is there when it is whole. fsspec and what it needs
for a store (s3fs for s3://, gcsfs for gs://) are the user's to install.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from scrubber.bulk.layout import Layout
from scrubber.bulk.model import ShardError

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/+(.*)", re.DOTALL)


TOGETHER = 1000
"""Small objects that are asked for at once."""


class StoreError(ShardError):
    """A store that cannot be used; the message is one line."""


class Stored(NamedTuple):
    """An object: its path below the address it was looked for at, its size, when it was made.

    `made` is in nanoseconds, as precise as the store tells.
    """

    name: str
    url: str
    size: int
    made: int


def address(path: str | os.PathLike[str]) -> str | None:
    """Return the address that a path is, also where it went through `Path`; None where it is none.

    >>> address("s3://crawl/a"), address(Path("s3://crawl/a")), address("crawl/a"), address("C:/a")
    ('s3://crawl/a', 's3://crawl/a', None, None)
    """
    found = _ADDRESS.fullmatch(os.fspath(path))
    if found is None:
        return None
    scheme, rest = found.groups()
    return f"{scheme}:///{rest}" if scheme in ("file", "local") else f"{scheme}://{rest}"


def below(url: str, name: str) -> str:
    """Return the address of what has some name below another."""
    return f"{url.rstrip('/')}/{name}"


def _store(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        store, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"{url} needs fsspec and what it has for this store: {reason}") from None
    return store, str(path)


def listed(url: str) -> list[Stored]:
    """Return all objects at or below an address, by name; one at it has its last part as name.

    Raises:
        StoreError: the store cannot be used.
    """
    store, root = _store(url)
    try:
        store.invalidate_cache()
        found: dict[str, Any] = store.find(root, detail=True)
    except Exception as error:  # each store has its own
        raise StoreError(f"{url}: {_line(error)}") from None
    root = root.rstrip("/")
    made = []
    for path, info in sorted(found.items()):
        alone = path.strip("/") == root.strip("/")
        name = path.rpartition("/")[2] if alone else path.strip("/")[len(root.strip("/")) + 1 :]
        own = url if alone else below(url, name)
        made.append(Stored(name, own, int(info["size"] or 0), _made(store, path, info)))
    return made


def info(url: str) -> Stored | None:
    """Return what is known of one object; None where there is none."""
    store, path = _store(url)
    try:
        with _told(url):
            store.invalidate_cache(store._parent(path))
            found = store.info(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    name = path.rpartition("/")[2]
    return Stored(name, url, int(found["size"] or 0), _made(store, path, found))


def _made(store: Any, path: str, info: dict[str, Any]) -> int:
    when = info.get("LastModified") or info.get("mtime") or info.get("created")
    if when is None:
        when = store.modified(path)
    return int((when.timestamp() if isinstance(when, datetime) else float(when)) * 1e6) * 1000


@contextlib.contextmanager
def fetching(url: str, target: Path) -> Iterator[Stored]:
    """Have an object, or some of it, written to a file, which is then as old as the object.

    Raises:
        ShardError: it is gone, or was changed meanwhile.
    """
    before = info(url)
    if before is None:
        raise ShardError("no such object")
    target.parent.mkdir(parents=True, exist_ok=True)
    yield before
    if info(url) != before:
        raise ShardError("changed while it was being read; run scrubber again")
    os.utime(target, ns=(before.made, before.made))


def fetch(url: str, target: Path) -> None:
    """Write an object to a file, which is as old as the object.

    Raises:
        ShardError: it is gone, or was changed meanwhile.
    """
    with fetching(url, target):
        store, path = _store(url)
        with _told(url):
            store.get_file(path, str(target))


def stretch(url: str, start: int, stop: int) -> bytes:
    """Return some bytes of an object, that are all in it."""
    store, path = _store(url)
    with _told(url):
        data: bytes = store.cat_file(path, start=start, end=stop) if start < stop else b""
    return data


def content(place: str) -> bytes:
    """Return all that a file or an object holds.

    Raises:
        OSError: it is not there.
        StoreError: the store cannot be used.
    """
    url = address(place)
    if url is None:
        return Path(place).read_bytes()
    store, path = _store(url)
    with _told(url):
        data: bytes = store.cat_file(path)
    return data


def put(source: Path, url: str) -> None:
    """Make a file an object, over the one that is there: at no moment is there half of it."""
    store, path = _store(url)
    with _told(url):
        if getattr(store, "local_file", False):
            store.makedirs(os.path.dirname(path), exist_ok=True)
        store.put_file(str(source), path)


def remove(url: str) -> None:
    """Take out an object, if it is there."""
    store, path = _store(url)
    with contextlib.suppress(FileNotFoundError), _told(url):
        store.rm_file(path)


def clear(url: str) -> None:
    """Take out all that lies below an address."""
    store, path = _store(url)
    with contextlib.suppress(FileNotFoundError), _told(url):
        store.invalidate_cache()
        if store.exists(path):
            store.rm(path, recursive=True)


def mirrored(url: str, layout: Layout) -> None:
    """Make a folder look like the one at an address, as far as runs ask: what is known of shards.

    Outputs, and what parts found, have their size there and nothing in them.
    """
    wanted: dict[str, Path] = {}
    store, _ = _store(url)
    for stored in listed(url):
        target = layout.out / stored.name
        part = target.is_relative_to(layout.parts(""))
        if not target.is_relative_to(layout.own) or (part and target.suffix != ".json"):
            stand_in(stored, target)
        elif part or target.parent == layout.own or target.is_relative_to(layout.markers):
            wanted[_store(stored.url)[1]] = target
    paths = list(wanted)
    for at in range(0, len(paths), TOGETHER):
        with _told(url):
            found = store.cat(paths[at : at + TOGETHER], on_error="omit")  # a job may take it out
        for path, data in found.items():
            wanted[path].parent.mkdir(parents=True, exist_ok=True)
            wanted[path].write_bytes(data)


def stand_in(stored: Stored, target: Path) -> None:
    """Make a file of the size and age of an object, without its content."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.truncate(stored.size)
    os.utime(target, ns=(stored.made, stored.made))


def written(layout: Layout) -> Iterator[str]:
    """Yield the names of what a run has written beside the shards: of sidecars before markers."""
    every = [path for path in layout.own.rglob("*") if path.is_file() and path != layout.lock]
    for path in sorted(every, key=lambda path: (path.is_relative_to(layout.markers), path)):
        yield path.relative_to(layout.out).as_posix()


@contextlib.contextmanager
def _told(url: str) -> Iterator[None]:
    """Have what only a store knows how to say told in one line; what disks say too is left."""
    try:
        yield
    except (OSError, ShardError):
        raise
    except Exception as error:  # each store has its own
        raise StoreError(f"{url}: {_line(error)}") from None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
