"""One of N jobs that do a run together, each alone on its machine: which shards are its own. Pure.

What a job does follows from the plan and the two numbers, so nothing has to be told between jobs.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scrubber.bulk.plan import Planned

_GIVEN = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")
_ASKED = re.compile(r"auto(?:/([1-9][0-9]*))?")


class Share(NamedTuple):
    """The job of some number, from 0 on, of so many."""

    number: int = 0
    of: int = 1

    @property
    def whole(self) -> bool:
        """Whether there is no other job."""
        return self.of == 1

    def own(self, shards: Sequence[Planned]) -> list[Planned]:
        """Return the shards of this job, in their order: no two jobs have one, and none is left.

        The largest is given out first, each to the job that has the fewest bytes so far.
        """
        if self.whole:
            return list(shards)
        jobs = [(0, number) for number in range(self.of)]
        mine = set()
        for place in sorted(range(len(shards)), key=lambda at: (-shards[at].size, at)):
            size, number = jobs[0]
            if number == self.number:
                mine.add(place)
            heapq.heapreplace(jobs, (size + shards[place].size + 1, number))
        return [shard for place, shard in enumerate(shards) if place in mine]


def share(given: str, environment: Mapping[str, str]) -> Share:
    """Return the share that is named as "2/8", or that a job array names: "auto", "auto/8".

    Slurm tells of its arrays all that is needed, Kubernetes only the number of the job.

    >>> share("2/8", {}), share("auto/8", {"JOB_COMPLETION_INDEX": "0"})
    (Share(number=1, of=8), Share(number=0, of=8))

    Raises:
        ValueError: it is none; the message says what is missing.
    """
    if plain := _GIVEN.fullmatch(given):
        number, of = int(plain[1]) - 1, int(plain[2])
        if number >= of:
            raise ValueError(f"{given} is none of {of} jobs: they are 1/{of} to {of}/{of}")
        return Share(number, of)
    asked = _ASKED.fullmatch(given)
    if asked is None:
        raise ValueError(f'"{given}" is no job of an array: give 1/8 to 8/8, auto, or auto/8')
    jobs = int(asked[1]) if asked[1] else None
    if "SLURM_ARRAY_TASK_ID" in environment:
        return _slurm(environment, jobs)
    if "JOB_COMPLETION_INDEX" in environment:
        return _kubernetes(environment, jobs)
    raise ValueError(
        f"{given} needs SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, and neither is set; give I/N"
    )


def _slurm(environment: Mapping[str, str], of: int | None) -> Share:
    """The task of an array, which may begin anywhere and go on by steps."""
    try:
        task = int(environment["SLURM_ARRAY_TASK_ID"])
        first = int(environment.get("SLURM_ARRAY_TASK_MIN", "0"))
        step = int(environment.get("SLURM_ARRAY_TASK_STEP", "1")) or 1
        count = of or int(environment["SLURM_ARRAY_TASK_COUNT"])
    except (KeyError, ValueError):
        problem = "auto needs whole numbers in SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT"
        raise ValueError(f"{problem}; give I/N") from None
    number, between = divmod(task - first, step)
    if between or not 0 <= number < count:
        raise ValueError(
            f"task {task} of an array from {first} in steps of {step} is none of {count} jobs:"
            " number them without gaps (--array=1-8), or give I/N"
        )
    return Share(number, count)


def _kubernetes(environment: Mapping[str, str], of: int | None) -> Share:
    index = environment["JOB_COMPLETION_INDEX"]
    if of is None:
        raise ValueError("JOB_COMPLETION_INDEX does not say how many jobs there are: give auto/N")
    if not index.isdecimal() or int(index) >= of:
        raise ValueError(f"JOB_COMPLETION_INDEX is {index}, which is none of {of} jobs from 0 on")
    return Share(int(index), of)
