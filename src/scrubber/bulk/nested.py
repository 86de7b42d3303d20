"""The edits of a record as a value of the record itself, flat, each with its field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from scrubber.bulk.entries import entry, values
from scrubber.bulk.json_lines import members
from scrubber.bulk.model import Entry, Record, ShardError


def flat(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return the edits of one record; what is kept of a field stands at its first edit."""
    found: list[dict[str, Any]] = []
    for one in entries:
        made = values(one)
        edits = [{"field": one.field, **edit} for edit in made["edits"]]
        if "kept" in made:
            edits[0]["kept"] = made["kept"]
        found += edits
    return found


def grouped(row: int, identity: str | int, edits: Sequence[dict[str, Any]]) -> list[Entry]:
    """Return the entries of one record, from its edits.

    Raises:
        ShardError: they are none.
    """
    try:
        groups = [(name, list(group)) for name, group in groupby(edits, itemgetter("field"))]
    except (TypeError, KeyError):
        raise ShardError("the record of edits cannot be read") from None
    return [
        entry(
            {
                "row": row,
                "id": identity,
                "field": name,
                "edits": group,
                "kept": group[0].get("kept"),
            }
        )
        for name, group in groups
    ]


def put(line: str, name: str, entries: Iterable[Entry]) -> str:
    r"""Return a line of JSON with the edits as its last member.

    >>> put('{"text": "a"} \r', "edits", [])
    '{"text": "a","edits":[]} \r'

    Raises:
        ShardError: it has such a member already.
    """
    if name in members(line):
        raise ShardError(f'a record has a field "{name}" already: name another for the edits')
    at = line.rindex("}")
    return f"{line[:at]}{_head(name)}{json.dumps(flat(entries), ensure_ascii=False)}{line[at:]}"


def taken(line: str, name: str) -> str:
    r"""Return the line as it was before `put`.

    >>> taken('{"text": "a","edits":[]} \r', "edits")
    '{"text": "a"} \r'
    """
    start, end = members(line)[name]
    return line[: start - len(_head(name))] + line[end:]


def read(record: Record, token: str) -> list[Entry]:
    """Return the entries of a record from their JSON.

    Raises:
        ShardError: they are none.
    """
    try:
        return grouped(record.row, record.id, json.loads(token))
    except (ValueError, RecursionError):
        raise ShardError("the record of edits cannot be read") from None


def _head(name: str) -> str:
    return f",{json.dumps(name, ensure_ascii=False)}:"
