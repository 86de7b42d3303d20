from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scrubber.config.lines import line_of

SOURCE = '''# a
select = ["x"]  # "slect"

[tool.scrubber]
text = """
select = 1
"""
list = [
  "a", "b",
  # "c"
  "c",
]
"a.b" = { "c" = 1 }

[tool.scrubber.inner]
key = [
  { words = ["a"] },
  { words = ["b",
    "c"] },
]

[[tool.scrubber.many]]
a = 1
[[tool.scrubber.many]]
a = [
  1,
  2]
last.one = 1'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("select", 2),
        ("tool", 4),
        ("tool scrubber text", 5),
        ("tool scrubber list", 8),
        ("tool scrubber list 0", 9),
        ("tool scrubber list 1", 9),
        ("tool scrubber list 2", 11),
        ("tool scrubber a.b c", 13),
        ("tool scrubber inner", 15),
        ("tool scrubber inner key 0 words", 17),
        ("tool scrubber inner key 1 words 1", 19),
        ("tool scrubber many 0 a", 23),
        ("tool scrubber many 1", 24),
        ("tool scrubber many 1 a", 25),
        ("tool scrubber many 1 a 1", 27),
        ("tool scrubber many 1 last one", 28),
        ("tool scrubber list 9", 8),
        ("none", 1),
    ],
)
def test_the_line_of_a_key(key: str, line: int) -> None:
    parts = [int(part) if part.isdigit() else part for part in key.split()]
    assert line_of(SOURCE, parts) == line


@given(some.lists(some.sampled_from(["", "# c", "x = [\n 1,\n\n]", "y = 1"]), max_size=12))
def test_it_is_the_line_that_brings_the_key(parts: list[str]) -> None:
    lines: list[Any] = []
    for number, part in enumerate(parts):
        lines += part.replace("x", f"x{number}").replace("y", f"y{number}").split("\n")
    source = "\n".join([*lines, "wanted = 1", *lines_after(lines)])
    assert line_of(source, ["wanted"]) == len(lines) + 1
    assert "wanted" in tomllib.loads(source)


def lines_after(lines: list[str]) -> list[str]:
    return [line.replace("x", "u").replace("y", "v") for line in lines]
