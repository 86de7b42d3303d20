from __future__ import annotations

from pathlib import Path

import pytest

from scrubber.bulk.plan import Planned
from scrubber.bulk.share import Share, share


def _shards(sizes: list[int]) -> list[Planned]:
    return [Planned(Path(str(n)), str(n), size) for n, size in enumerate(sizes)]


@pytest.mark.parametrize("of", [1, 2, 3, 7, 50])
def test_each_shard_is_that_of_one_job(of: int) -> None:
    shards = _shards([(n * 7919) % 1000 for n in range(40)])
    given = [shard for number in range(of) for shard in Share(number, of).own(shards)]
    assert sorted(given) == sorted(shards)


def test_jobs_have_about_as_much_to_do() -> None:
    shards = _shards([900, 100, 100, 100, 100, 100, 400])
    assert [sum(s.size for s in Share(n, 2).own(shards)) for n in range(2)] == [900, 900]
    many = _shards([0] * 9)
    assert [len(Share(n, 3).own(many)) for n in range(3)] == [3, 3, 3]


def test_shards_keep_their_order() -> None:
    shards = _shards([1, 5, 2, 4, 3])
    own = Share(0, 2).own(shards)
    assert own == [shard for shard in shards if shard in own]


SLURM = "SLURM_ARRAY_TASK_"


@pytest.mark.parametrize(
    ("given", "environment", "wanted"),
    [
        ("1/1", {}, Share()),
        ("3/3", {f"{SLURM}ID": "9"}, Share(2, 3)),
        ("auto", {f"{SLURM}ID": "0", f"{SLURM}COUNT": "4"}, Share(0, 4)),
        ("auto", {f"{SLURM}ID": "8", f"{SLURM}COUNT": "8", f"{SLURM}MIN": "1"}, Share(7, 8)),
        (
            "auto",
            {f"{SLURM}ID": "30", f"{SLURM}COUNT": "3", f"{SLURM}MIN": "10", f"{SLURM}STEP": "10"},
            Share(2, 3),
        ),
        ("auto/9", {f"{SLURM}ID": "8", f"{SLURM}COUNT": "1"}, Share(8, 9)),
        ("auto/5", {"JOB_COMPLETION_INDEX": "4"}, Share(4, 5)),
    ],
)
def test_a_job_is_named_or_known_from_its_array(
    given: str, environment: dict[str, str], wanted: Share
) -> None:
    assert share(given, environment) == wanted


@pytest.mark.parametrize(
    ("given", "environment", "problem"),
    [
        ("0/8", {}, "give 1/8 to 8/8"),
        ("9/8", {}, "none of 8 jobs"),
        ("crawl", {}, "no job of an array"),
        ("auto", {}, "neither is set"),
        ("auto", {"JOB_COMPLETION_INDEX": "0"}, "give auto/N"),
        ("auto/3", {"JOB_COMPLETION_INDEX": "3"}, "none of 3 jobs"),
        ("auto", {f"{SLURM}ID": "3"}, "SLURM_ARRAY_TASK_COUNT"),
        ("auto", {f"{SLURM}ID": "7", f"{SLURM}COUNT": "2", f"{SLURM}MIN": "3"}, "without gaps"),
        (
            "auto",
            {f"{SLURM}ID": "5", f"{SLURM}COUNT": "4", f"{SLURM}MIN": "0", f"{SLURM}STEP": "2"},
            "without gaps",
        ),
    ],
)
def test_what_names_no_job_is_told(given: str, environment: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        share(given, environment)
