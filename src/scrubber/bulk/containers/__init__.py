"""How records lie in files: one module for each kind, chosen by the name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from scrubber.bulk.model import Reading, Shard
from scrubber.documents.walk import SUFFIXES

_KINDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "tables",
    ".tsv": "tables",
    ".tab": "tables",
    ".parquet": "parquet",
    ".arrow": "arrow_files",
    ".warc": "warc",
    ".wet": "warc",
    **dict.fromkeys(SUFFIXES, "texts"),
}
_DESCRIPTIONS = ("dataset_dict.json", "dataset_info.json", "state.json")
"""What `datasets` keeps beside its Arrow files."""

_PLAIN = ("parquet", "arrow_files")
"""What is never packed as a whole."""

_PACKED = (".gz", ".zst", ".bz2", ".xz")


def container_of(path: Path) -> str | None:
    """Return the name of the module that reads a file of this name; None where none does.

    >>> container_of(Path("a/crawl.jsonl.zst")), container_of(Path("a.parquet.gz"))
    ('jsonl', None)
    """
    if path.name in _DESCRIPTIONS:
        return "copied"
    name = path.name.lower()
    for suffix in _PACKED:
        name = name.removesuffix(suffix)
    kind = _KINDS.get(Path(name).suffix)
    return None if kind in _PLAIN and name != path.name.lower() else kind


def open_shard(path: Path, out: Path | None, reading: Reading) -> Shard:
    """Return the shard that a file is, to be entered; `out` is None where it is only read.

    The container is chosen by the name of `path`, also where `out` has a temporary one. What no
    container reads by its name is a text, or turns out to be none.

    Raises:
        ShardError: a package for files of this name is missing.
    """
    kind = container_of(path) or "texts"
    module = import_module(f"scrubber.bulk.containers.{kind}")
    shard: Shard = module.open_shard(path, out, reading)
    return shard
