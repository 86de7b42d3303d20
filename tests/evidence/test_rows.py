from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.evidence import rows
from scrubber.evidence.rows import Heap, Table

Row = tuple[int, int, int]

KEYS, ITEMS = st.integers(0, 3), st.integers(0, 2**64 - 1) | st.integers(0, 300)
ROWS = st.lists(st.tuples(KEYS, ITEMS, st.integers(0, 3)), max_size=300)


def _table(
    path: Path, given: list[Row], others: list[Table] | None = None, most: int = 50
) -> Table:
    heap = Heap()
    for row in given:
        heap.add(*(number.to_bytes(8, "big") for number in row))
    with path.open("wb") as file:
        level = heap.write(file, others or [], most)
    return Table(path, 0, path.stat().st_size // rows.WIDTH, level)


def _expected(given: list[Row], most: int) -> list[bytes]:
    """What is to be kept, by its definition and all at once."""
    least: dict[tuple[int, int], int] = {}
    for key, item, value in given:
        least[key, item] = min(value, least.get((key, item), value))
    for level in range(65):
        kept = [
            (*pair, least[pair]) for pair in sorted(least) if pair[1].bit_length() <= 64 - level
        ]
        of_key: defaultdict[int, list[Row]] = defaultdict(list)
        for row in kept:
            of_key[row[0]].append(row)
        kept = [row for some in of_key.values() for row in some[: rows.DEPTH]]
        if len(kept) <= most:
            return [b"".join(n.to_bytes(8, "big") for n in row) for row in kept]
    raise AssertionError("all rows have the item 0")


def test_nothing_is_an_empty_table(tmp_path: Path) -> None:
    assert list(_table(tmp_path / "a", [])) == []


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(8, 300))
def test_what_is_kept_is_what_the_definition_says(
    tmp_path_factory: pytest.TempPathFactory, given: list[Row], most: int
) -> None:
    table = _table(tmp_path_factory.mktemp("t") / "a", given, most=most)
    assert list(table) == _expected(given, most)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.lists(st.integers(0, 4), min_size=300, max_size=300), st.integers(8, 300))
def test_parts_in_any_number_and_order_merge_to_the_whole(
    tmp_path_factory: pytest.TempPathFactory, given: list[Row], split: list[int], most: int
) -> None:
    folder = tmp_path_factory.mktemp("t")
    whole = _table(folder / "whole", given, most=most)
    parts = []
    for n in range(5):
        some = [row for row, at in zip(given, split, strict=False) if at == n]
        parts.append(_table(folder / f"{n}", some, most=most))
    two = _table(folder / "two", [], [parts[3], parts[1]], most)
    merged = _table(folder / "merged", [], [two, parts[0], parts[4], parts[2]], most)
    assert list(merged) == list(whole)
    assert merged.level == whole.level
    again = _table(folder / "again", [], [merged, parts[2]], most)
    assert list(again) == list(whole), "what is there twice counts once"


def test_what_does_not_fit_in_memory_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [(n % 7, n * 7919 % 501, n % 3) for n in range(2000)]
    whole = list(_table(tmp_path / "a", given, most=10_000))
    monkeypatch.setattr(Heap, "HELD", 64)
    assert list(_table(tmp_path / "b", given, most=10_000)) == whole
    assert len(whole) == 7 * rows.DEPTH


def test_a_file_that_ends_too_early_is_told() -> None:
    with pytest.raises(ValueError, match="too early"):
        list(rows.rows(io.BytesIO(bytes(rows.WIDTH)), 2))
