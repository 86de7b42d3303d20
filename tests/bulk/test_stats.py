"""`--shard`: jobs of an array, and `scrubber stats`, which sums them up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from disturbed import RULES, files, make, scrubber

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("array")
    make(folder / "data", 6, 12)
    scrubber(folder, "clean", "data", "-o", "whole", *RULES, "--edits", "whole.jsonl")
    return folder


def test_the_jobs_of_an_array_write_what_one_run_writes(folder: Path, tmp_path: Path) -> None:
    out, edits = str(tmp_path / "out"), str(tmp_path / "edits.jsonl")
    told = []
    for task in ("3", "1", "2"):
        done = scrubber(
            folder,
            *("clean", "data", "-o", out, "--shard", "auto", *RULES, "--edits", edits),
            SLURM_ARRAY_TASK_ID=task,
            SLURM_ARRAY_TASK_MIN="1",
            SLURM_ARRAY_TASK_COUNT="3",
        )
        told.append(done.stderr)
        assert (tmp_path / "out" / "_scrubber" / "summary.json").exists() == (task == "2")
    assert files(tmp_path / "out") == {
        name: data for name, data in files(folder / "whole").items() if "collected" not in name
    } | {name: data for name, data in files(tmp_path / "out").items() if "collected" in name}
    assert Path(edits).read_bytes() == (folder / "whole.jsonl").read_bytes()
    assert "This was job 3 of 3; scrubber stats" in told[0]
    assert sum(" line 2: " in one for one in told) == 1, "each tells of its own shards"


def test_stats_say_what_was_done_and_what_is_missing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scrubber(folder, "clean", "data", "-o", str(out), "--shard", "1/2", *RULES, "-q")
    half = scrubber(folder, "stats", str(out))
    assert half.returncode == 1
    assert "part-005.jsonl: not done yet\n" in half.stdout or "part-004" in half.stdout
    assert "3 of 6 files not done" in half.stdout
    scrubber(folder, "clean", "data", "-o", str(out), "--shard", "2/2", *RULES, "-q")
    done = scrubber(folder, "stats", str(out), "--format", "json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["shards"].pop("missing") == {}
    assert told == json.loads((folder / "whole" / "_scrubber" / "summary.json").read_bytes())
    assert RULES[1] in scrubber(folder, "stats", str(out)).stdout


def test_stats_know_what_became_of_each_shard(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scrubber(folder, "clean", "data", "-o", str(out), *RULES, "-q")
    names = sorted(path.name for path in out.glob("part-*"))
    (out / names[0]).unlink()
    (out / names[1]).write_bytes(b"other")
    (out / "_scrubber" / "markers" / f"{names[2]}.json").write_bytes(b"{")
    told = json.loads(scrubber(folder, "stats", str(out), "--format", "json").stdout)
    assert told["shards"]["missing"] == {
        names[0]: "was cleaned, and is not there",
        names[1]: "was changed since it was cleaned",
        names[2]: "its marker cannot be read",
    }
    assert told["shards"]["done"] == 3


def test_a_folder_of_another_is_refused(folder: Path) -> None:
    done = scrubber(folder, "stats", "data")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no folder that scrubber clean wrote" in done.stderr


def test_what_makes_no_sense_is_refused(folder: Path) -> None:
    for more, problem in (
        (("-o", "x", "--shard", "0/2"), "--shard"),
        (("--dry-run", "--shard", "1/2"), "--dry-run does nothing"),
    ):
        done = scrubber(folder, "clean", "data", *more)
        assert done.returncode == 2
        assert problem in done.stderr
    assert not (folder / "x").exists()
