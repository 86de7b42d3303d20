"""Which files a path on the command line stands for."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path

from scrubber.documents.source import InputError, is_dataset
from scrubber.markup import KINDS

SUFFIXES = frozenset({".txt", ".text", *chain.from_iterable(KINDS.values())}) - {".asc"}
"""Endings of the texts that are looked for in a folder, besides datasets.

What ends in `.asc` is AsciiDoc only where it is named outright: most such files are signatures.
"""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "_scrubber"})


def files(
    paths: Sequence[str],
    skip: Collection[str] = (),
    passed: Callable[[str], bool] = lambda folder: False,
    wanted: Callable[[str], bool] | None = None,
) -> Iterator[Path | tuple[str, InputError]]:
    """Yield the files that the paths stand for, each once; a path that is none with its error.

    A file named outright is taken whatever its ending. In a folder, texts and datasets are taken in
    sorted order; what is hidden, environments and symbolic links are passed over, and so are the
    files and folders that `skip` names by their real paths, and folders that `passed` says so of.
    `wanted` says of a name in a folder whether it is taken, instead of `is_text`.
    """
    wanted = wanted or is_text
    seen: set[str] = set(skip)
    folders: dict[str, str] = {}
    for name in paths:
        path = Path(name)
        if not name:
            yield name, InputError("an empty path names nothing")
            continue
        for found in _within(path, skip, passed, wanted) if path.is_dir() else (path,):
            if isinstance(found, tuple):
                yield found
                continue
            real = _real(os.fspath(found), folders)
            if real not in seen:
                seen.add(real)
                yield found


def _real(path: str, folders: dict[str, str]) -> str:
    """The real path of a file; those of folders are kept in `folders`."""
    folder, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir) or os.path.islink(path):
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)


def _within(
    folder: Path,
    skip: Collection[str],
    passed: Callable[[str], bool],
    wanted: Callable[[str], bool],
) -> Iterator[Path | tuple[str, InputError]]:
    failed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=failed.append):
        if passed(root):
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        if skip:
            folders[:] = [f for f in folders if os.path.realpath(Path(root, f)) not in skip]
        for name in sorted(names):
            file = Path(root, name)
            if name.startswith("."):
                continue
            if wanted(name) and not file.is_symlink():
                yield file
    for error in failed:
        reason = (error.strerror or str(error)).lower()
        yield os.fspath(error.filename), InputError(f"cannot be read: {reason}")


def is_text(name: str) -> bool:
    """Return whether a file's name says that it is looked for in a folder.

    >>> is_text("--select=links.md"), is_text("--select=links")
    (True, False)
    """
    return os.path.splitext(name)[1].lower() in SUFFIXES or is_dataset(name)


def leaves_repository(path: Path) -> bool:
    """Return whether a path lies in the repository around the current folder, but not its file.

    Then there is a symbolic link in it, to where neither `git diff` shows a change nor `git
    restore` takes it back. A path that says that it leads outside is taken at its word.
    """
    here = Path.cwd()
    root = next((at for at in (here, *here.parents) if (at / ".git").exists()), None)
    if root is None or not Path(os.path.abspath(path)).is_relative_to(root):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(root)
