"""What is kept of a change: enough to know what was done, and to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scrubber.bulk.model import Block, Changes, Entry, Kept, ShardError
from scrubber.model import Edit


def entries(block: Block, changes: Changes, kept: Kept, fields: Sequence[str]) -> Iterator[Entry]:
    """Yield what is kept of the changes of a block, in the order of its records."""
    for record in block.records if changes else ():
        for change in changes.get(record.row, ()):
            yield Entry(
                record.row,
                record.id,
                fields[change.field],
                change.edits,
                change.actions,
                change.decisions,
                kept.get((record.row, change.field)),
            )


def values(entry: Entry) -> dict[str, Any]:
    """Return an entry as values of JSON."""
    edits = plain(entry.edits, entry.actions, entry.decisions)
    found = {"row": entry.row, "id": entry.id, "field": entry.field, "edits": edits}
    if entry.kept is not None:
        found["kept"] = entry.kept
    return found


def plain(
    edits: Sequence[Edit], actions: Sequence[str] = (), decisions: Sequence[str | None] = ()
) -> list[dict[str, Any]]:
    """Return edits as values of JSON; of how they came about only what is known."""
    return [
        {
            "rules": list(edit.rules),
            "start": edit.start,
            "end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "action": action,
            "decision": decision,
        }
        for edit, action, decision in zip(
            edits,
            actions or (None,) * len(edits),
            decisions or (None,) * len(edits),
            strict=True,
        )
    ]


def entry(found: Any) -> Entry:
    """Return the entry of some values of JSON.

    Raises:
        ShardError: they are none.
    """
    try:
        edits = [
            Edit(
                int(edit["start"]),
                int(edit["end"]),
                str(edit["before"]),
                str(edit["after"]),
                tuple(edit["rules"]),
            )
            for edit in found["edits"]
        ]
        return Entry(
            int(found["row"]),
            found["id"],
            str(found["field"]),
            tuple(edits),
            tuple(edit["action"] for edit in found["edits"]),
            tuple(edit["decision"] for edit in found["edits"]),
            found.get("kept"),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ShardError("the record of edits cannot be read") from None
