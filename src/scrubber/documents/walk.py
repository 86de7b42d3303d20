"""Which files a path on the command line stands for."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from scrubber.documents.source import InputError, is_dataset

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst"})
"""Endings of the texts that are looked for in a folder, besides datasets."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


def files(
    paths: Sequence[str], skip: Collection[str] = ()
) -> Iterator[Path | tuple[str, InputError]]:
    """Yield the files that the paths stand for, each once; a path that is none with its error.

    A file named outright is taken whatever its ending. In a folder, texts and datasets are taken in
    sorted order; what is hidden, environments and symbolic links are passed over, and so are the
    files and folders that `skip` names by their real paths.
    """
    seen: set[str] = set(skip)
    for name in paths:
        path = Path(name)
        if not name:
            yield name, InputError("an empty path names nothing")
            continue
        for found in _within(path, skip) if path.is_dir() else (path,):
            if isinstance(found, tuple):
                yield found
                continue
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def _within(folder: Path, skip: Collection[str]) -> Iterator[Path | tuple[str, InputError]]:
    failed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        if skip:
            folders[:] = [f for f in folders if os.path.realpath(Path(root, f)) not in skip]
        for name in sorted(names):
            file = Path(root, name)
            if name.startswith("."):
                continue
            if (file.suffix.lower() in SUFFIXES or is_dataset(name)) and not file.is_symlink():
                yield file
    for error in failed:
        reason = (error.strerror or str(error)).lower()
        yield os.fspath(error.filename), InputError(f"cannot be read: {reason}")
