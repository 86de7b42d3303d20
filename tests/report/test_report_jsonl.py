from __future__ import annotations

import json

import pytest

from scrubber.model import Action, Document, Finding
from scrubber.report import jsonl


@pytest.mark.parametrize(
    "odd", ["\x85", "\u2028", "\u2029", "\x1c", "\x0c", "\ud83d", "\n", "😀", "é"]
)
def test_a_finding_is_one_line_for_every_reader(odd: str) -> None:
    text = f"a{odd}b"
    finding = Finding("x/y", 0, 3, text, (odd,), Action.FIX, f"“{odd}”")
    line = jsonl.line(Document(text, path="p"), finding, record=odd)
    assert line.splitlines() == [line]
    line.encode()
    read = json.loads(line)
    assert (read["text"], read["proposals"], read["record"]) == (text, [odd], odd)


def test_places_count_code_points() -> None:
    text = "\ufeffé😀\r\nxAb"
    finding = Finding("x/y", 5, 8, "xAb", ("x Ab",), Action.FIX, "m")
    read = json.loads(jsonl.line(Document(text, path="p"), finding, record=None))
    assert (read["line"], read["column"], read["start"], read["end"]) == (2, 1, 5, 8)
    assert text[read["start"] : read["end"]] == read["text"]
