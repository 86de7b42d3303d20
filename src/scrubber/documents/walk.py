"""Which files a path on the command line stands for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from scrubber.documents.source import InputError, is_dataset

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst"})
"""Endings of the texts that are looked for in a folder, besides datasets."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


def files(paths: Sequence[str]) -> Iterator[Path | tuple[str, InputError]]:
    """Yield the files that the paths stand for, each once; a path that is none with its error.

    A file named outright is taken whatever its ending. In a folder, texts and datasets are taken in
    sorted order; hidden folders, environments and symbolic links are passed over.
    """
    seen: set[str] = set()
    for name in paths:
        path = Path(name)
        try:
            found = list(_within(path)) if path.is_dir() else [path]
        except OSError as error:
            yield name, InputError(f"cannot be read: {(error.strerror or str(error)).lower()}")
            continue
        for file in found:
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield file


def _within(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise error

    for root, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        for name in sorted(names):
            file = Path(root, name)
            if (file.suffix.lower() in SUFFIXES or is_dataset(name)) and not file.is_symlink():
                yield file
