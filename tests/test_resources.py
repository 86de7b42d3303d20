from __future__ import annotations

from random import Random

import pytest

from scrubber.resources import Lines, lines, listing


@pytest.mark.parametrize("name", ["english-words", "first-names", "spun-idioms"])
def test_lines_are_found_where_they_lie(name: str) -> None:
    """Those of the list, those that are changed, and beginnings of both."""
    held, known = lines(name), listing(name).split("\n")[:-1]
    every, random = frozenset(known), Random(3)
    assert held.has(known[0].encode())
    assert held.has(known[-1].encode())
    assert held.beginning(b"") == len(known)
    for line in random.sample(known, 300):
        at = random.randrange(len(line))
        for asked in (line, line[:at] + random.choice("aé~") + line[at:], line[at:]):
            assert held.has(asked.encode()) is (asked in every)
        start = line[: at + 1]
        assert held.beginning(start.encode()) == sum(other.startswith(start) for other in known)


@pytest.mark.parametrize("line", [b"", b"\n", b"a\nb", b"aa", b"c", b"\xff"])
def test_what_is_no_line_is_not_found(line: bytes) -> None:
    assert not Lines(b"# head\n# more\na\nb\n", first=13).has(line)
    assert not Lines(b"\n").has(line)
    assert Lines(b"\n").beginning(line) == 0
