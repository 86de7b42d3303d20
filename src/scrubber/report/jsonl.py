"""One JSON object for each finding. Offsets and columns count code points."""

from __future__ import annotations

import json
import re
from typing import Any

from scrubber.model import Document, Finding
from scrubber.report.place import place


def line(document: Document, finding: Finding, *, record: object) -> str:
    """Return a finding as one line of JSON, without a line break.

    `start` and `end` count code points of the text as stored, half-open; `line` and `column` count
    from 1; `record` is the dataset record's id, None for a plain file.
    """
    number, column, _, _ = place(document, finding.start)
    value = {
        "path": document.path,
        "record": record,
        "rule": finding.rule,
        "start": finding.start,
        "end": finding.end,
        "line": number,
        "column": column,
        "text": finding.text,
        "proposals": finding.proposals,
        "action": finding.action,
        "message": finding.message,
    }
    return dumped(value)


def dumped(value: Any) -> str:
    r"""Return a value as JSON in one line for every reader; it can be written as UTF-8.

    >>> print(dumped({"a": "é\u2028"}))
    {"a": "é\u2028"}
    """
    return _ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False))


# What many readers take for the end of a line, and what cannot be written as UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _escape(hit: re.Match[str]) -> str:
    return f"\\u{ord(hit[0]):04x}"
