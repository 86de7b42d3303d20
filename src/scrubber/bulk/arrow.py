"""pyarrow, where it is installed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from scrubber.bulk.model import ShardError


def pyarrow() -> Any:
    """Return the package with the parts of it that are used.

    Raises:
        ShardError: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError:
        raise ShardError("needs pyarrow: pip install 'scrubtext[arrow]'") from None
    return pyarrow


def edits_type(pa: Any, *others: tuple[str, str]) -> Any:
    """Return the type of a list of edits; `others` are further fields and their types."""
    fields = [
        ("rules", pa.list_(pa.string())),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("before", pa.string()),
        ("after", pa.string()),
        ("action", pa.string()),
        ("decision", pa.string()),
    ]
    more = [(name, pa.type_for_alias(alias)) for name, alias in others]
    return pa.list_(pa.struct([*more, *fields]))


def describe(features: dict[str, Any], name: str, added: bool) -> None:
    """Add the column of edits to what `datasets` keeps of columns, or take it out.

    Raises:
        KeyError: it is not there.
    """
    if not added:
        del features[name]
        return
    text, place = ({"dtype": kind, "_type": "Value"} for kind in ("string", "int32"))
    features[name] = {
        "feature": {
            "field": text,
            "rules": {"feature": text, "_type": "List"},
            "start": place,
            "end": place,
            "before": text,
            "after": text,
            "action": text,
            "decision": text,
        },
        "_type": "List",
    }


@contextlib.contextmanager
def damaged(pa: Any, what: str) -> Iterator[None]:
    """Tell of data that cannot be read: as `what`, and why.

    Raises:
        ShardError: instead of the errors of pyarrow. Those of the disk stay as they are.
    """
    try:
        yield
    except ShardError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = " ".join(str(error).split())
        raise ShardError(f"{what}: {reason[:300]}") from None
