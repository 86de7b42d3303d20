from __future__ import annotations

from pathlib import Path

from scrubber.bulk.plan import MANY, SMALL, Planned, plan, portions


def test_nothing_is_no_shard() -> None:
    assert plan([], []) == ((), ())
    assert portions([], 2) == []


def test_what_lies_in_a_folder_keeps_its_place_and_a_file_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    found = [(folder / "a" / "x.jsonl", 3, 0), (tmp_path / "y.jsonl", 4, 1)]
    made = plan(found, [str(folder), str(tmp_path / "y.jsonl")])
    assert [shard[1:4] for shard in made.shards] == [("a/x.jsonl", 3, 0), ("y.jsonl", 4, 1)]


def test_two_of_one_name_are_never_both_done(tmp_path: Path) -> None:
    found = [(tmp_path / side / "x.jsonl", 1, 0) for side in "abc"]
    made = plan(found, [])
    assert [shard.source for shard in made.shards] == [tmp_path / "a" / "x.jsonl"]
    assert [path for path, _ in made.problems] == [str(path) for path, *_ in found[1:]]


def test_the_plan_does_not_depend_on_what_else_there_is(tmp_path: Path) -> None:
    found = [(tmp_path / f"{number}.jsonl", number, 0) for number in range(9)]
    every = plan(found, []).shards
    assert plan(found[3:5], []).shards == every[3:5]


def _sizes(sizes: list[int], workers: int) -> list[list[int]]:
    shards = [Planned(Path(str(n)), str(n), size) for n, size in enumerate(sizes)]
    return [[shard.size for shard in some] for some in portions(shards, workers)]


def test_large_shards_go_first_and_alone_small_ones_together() -> None:
    half = SMALL // 2
    assert _sizes([1, 9 * SMALL, 2, SMALL, half, half], 2) == [
        [9 * SMALL],
        [SMALL],
        [half, half],
        [2, 1],
    ]
    assert [len(some) for some in _sizes([0] * (MANY * 2 + 1), 2)] == [MANY, MANY, 1]


def test_small_shards_are_enough_for_all_workers() -> None:
    assert _sizes([10] * 8, 2) == [[10]] * 8
    assert _sizes([10] * 16, 2) == [[10, 10]] * 8
