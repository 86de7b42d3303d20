from __future__ import annotations

import json
from typing import Any

import odd
import pytest

from scrubber.model import Action, Finding
from scrubber.report import rdjsonl


def _suggested(text: str, *spans: tuple[int, int]) -> list[dict[str, Any]]:
    """The range of the first suggestion for each place that is taken out."""
    findings = [
        Finding("tide/junk", start, end, text[start:end], ("",), Action.FIX, "m")
        for start, end in spans
    ]
    report = odd.report(rdjsonl.Writer(odd.run()), (odd.plain_file(text), [findings]))
    values = [json.loads(line) for line in report.split("\n")[:-1]]
    return [value["suggestions"][0]["range"] for value in values]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_last_line_is_taken_out_with_the_break_before_it(newline: str) -> None:
    """reviewdog refuses a suggestion that ends in a line that does not exist."""
    text = f"One.{newline}Junk{newline}"
    (found,) = _suggested(text, (text.index("Junk"), len(text)))
    assert found == {"start": {"line": 1, "column": 5}, "end": {"line": 2, "column": 5}}


def test_two_last_lines_stay_apart() -> None:
    text = "One.\nJunk\nMore\n"
    first, last = _suggested(text, (5, 10), (10, 15))
    assert first == {"start": {"line": 2, "column": 1}, "end": {"line": 3, "column": 1}}
    assert last == {"start": {"line": 3, "column": 1}, "end": {"line": 4, "column": 1}}


def test_the_example_of_the_format() -> None:
    """proto/rdf/reviewdog.proto: the column of b in “a𐐀b” is 6."""
    (found,) = _suggested("a𐐀b", (2, 3))
    assert found == {"start": {"line": 1, "column": 6}, "end": {"line": 1, "column": 7}}
