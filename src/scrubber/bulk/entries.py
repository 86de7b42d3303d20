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
    actions = entry.actions or (None,) * len(entry.edits)
    decisions = entry.decisions or (None,) * len(entry.edits)
    edits = [
        {
            "rules": list(edit.rules),
            "start": edit.start,
            "end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "action": action,
            "decision": decision,
        }
        for edit, action, decision in zip(entry.edits, actions, decisions, strict=True)
    ]
    found = {"row": entry.row, "id": entry.id, "field": entry.field, "edits": edits}
    if entry.kept is not None:
        found["kept"] = entry.kept
    return found


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
