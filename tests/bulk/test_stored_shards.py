"""Large objects in parts, trials, counts and originals: what comes of folders comes of stores."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from buckets import S3, Place, needs_fsspec, needs_ray, needs_s3, place
from disturbed import DAMAGED, RULES, begun, files, make, scrubber

pytestmark = [needs_fsspec, pytest.mark.filterwarnings("default")]
CUT = ("--part-size", "1")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small files of several kinds, with a broken line, and two that are done in parts."""
    folder = tmp_path_factory.mktemp("stored") / "data"
    make(folder, 4, 20)
    rows = [
        {"id": str(n), "url": f"https://h{n % 5}.example/{n}", "text": _text(n)}
        for n in range(1500)
    ]
    with (folder / "large.jsonl").open("w") as file:
        file.writelines(json.dumps({**row, "rest": "x" * 2000}) + "\n" for row in rows)
    table = pa.Table.from_pylist([{**row, "rest": row["id"] * 700} for row in rows])
    pq.write_table(table, folder / "large.parquet", row_group_size=200, compression="none")
    whole = folder.parent / "whole"
    done = scrubber(None, "clean", folder, "-o", whole, *RULES, "--part-size", "0")
    assert done.returncode == 2, "a broken line is told of"
    return folder


def _text(n: int) -> str:
    return f"Page {n}. {DAMAGED if n % 9 == 0 else 'All is well.'}"


@pytest.fixture(params=["file", "s3"])
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "s3" and not S3:
        pytest.skip("NOT TRIED: s3fs and moto[server] are not installed")
    with place(request.param, tmp_path / "store") as found:
        yield found


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[Place]:
    with place("s3", tmp_path) as found:
        yield found


def _same(at: Place, data: Path) -> None:
    """Make sure that shards, sidecars, rejects and summary are those of a local run."""
    wanted, out = files(data.parent / "whole"), at.held("out")
    known = {name for name in wanted if "markers/" in name or "inventory" in name}
    assert {name for name in out if not name.endswith("/lock")} == wanted.keys()
    for name in wanted.keys() - known:
        own = out[name].replace(f"{at.url}/in".encode(), str(data).encode())
        assert own == wanted[name], name


def test_large_objects_are_done_in_parts(at: Place, data: Path) -> None:
    given = at.filled(data)
    done = scrubber(None, "clean", given, "-o", f"{at.url}/out", *RULES, *CUT, **at.env)
    assert done.returncode == 2, done.stderr
    _same(at, data)
    again = scrubber(None, "clean", given, "-o", f"{at.url}/out", *RULES, *CUT, **at.env)
    assert "6 of 6 files had been done before" in again.stderr


def test_jobs_of_an_array_share_the_parts_of_an_object(at: Place, data: Path) -> None:
    given = at.filled(data)
    for job in (2, 1, 3):
        more = (*RULES, *CUT, "--shard", f"{job}/3")
        done = scrubber(None, "clean", given, "-o", f"{at.url}/out", *more, **at.env)
        assert "Traceback" not in done.stderr
        if job != 3:
            assert any("_scrubber/parts/" in name for name in at.held("out"))
    _same(at, data)


def test_a_folder_takes_what_lies_in_a_store(at: Place, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scrubber(None, "clean", at.filled(data), "-o", out, *RULES, *CUT, **at.env)
    wanted = files(data.parent / "whole")
    assert {n: d for n, d in files(out).items() if "_scrubber" not in n} == {
        n: d for n, d in wanted.items() if "_scrubber" not in n
    }


@needs_s3
def test_killed_and_gone_on_with_no_part_is_lost_or_left(s3: Place, data: Path) -> None:
    given, rng, hits = s3.filled(data), random.Random(3), 0
    more = (*CUT, "--workers", "2", "-q")
    for _ in range(30):
        run = begun(given, f"{s3.url}/out", *more, **s3.env)
        while run.poll() is None and not any("/parts/" in name for name in s3.names("out")):
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 0.4))
        run.kill()
        hits += run.wait() < 0
        run.communicate()
        if hits == 3:
            break
    begun(given, f"{s3.url}/out", *more, **s3.env).communicate()
    _same(s3, data)
    assert hits == 3


def _told(run: subprocess.CompletedProcess[str], at: Place, data: Path) -> str:
    return (run.stdout + run.stderr).replace(f"{at.url}/in", str(data))


def test_a_trial_reads_a_store(at: Place, data: Path) -> None:
    more = ("--dry-run", "--diff", "--sample", "2", "--workers", "1", *RULES)
    here = scrubber(None, "clean", data, *more)
    there = scrubber(None, "clean", at.filled(data), *more, **at.env)
    assert "treaty, but" in here.stdout
    assert _told(there, at, data) == _told(here, at, data)
    assert not at.held("out")


def test_what_was_cleaned_in_a_store_is_taken_back(at: Place, data: Path, tmp_path: Path) -> None:
    given, out = at.filled(data), f"{at.url}/out"
    scrubber(None, "clean", given, "-o", out, *RULES, **at.env)
    done = scrubber(None, "revert", out, "-o", f"{at.url}/back", **at.env)
    assert done.returncode == 0, done.stderr
    alone = scrubber(None, "revert", f"{out}/part-001.jsonl", "-o", tmp_path / "one", **at.env)
    assert alone.returncode == 0, alone.stderr
    assert files(tmp_path / "one").keys() == {"part-001.jsonl"}
    back, before = at.held("back"), files(data)
    assert back.keys() == before.keys()
    assert _plain(back) == _plain(before)
    again = scrubber(None, "revert", out, "-o", f"{at.url}/back", **at.env)
    assert (again.returncode, again.stderr.count("exists already")) == (2, len(before))
    within = scrubber(None, "revert", out, "-o", f"{out}/back", **at.env)
    assert (within.returncode, "lies in" in within.stderr) == (2, True)
    nothing = scrubber(None, "revert", f"{at.url}/in", "-o", tmp_path / "two", **at.env)
    assert "no folder that scrubber clean wrote" in nothing.stderr


def _plain(found: dict[str, bytes]) -> dict[str, object]:
    """What files hold: every byte, of packed ones unpacked, of a table every value."""
    plain: dict[str, object] = {}
    for name, content in found.items():
        if name.endswith(".gz"):
            plain[name] = gzip.decompress(content)
        elif name.endswith(".parquet"):
            plain[name] = pq.read_table(pa.BufferReader(content)).to_pylist()
        else:
            plain[name] = content
    return plain


def _counted(data: Path, tmp_path: Path) -> bytes:
    scrubber(None, "count", data, "-o", tmp_path / "all.counts", "-q")
    return (tmp_path / "all.counts").read_bytes()


def test_counts_of_a_store_are_those_of_a_folder(at: Place, data: Path, tmp_path: Path) -> None:
    wanted, given = _counted(data, tmp_path), at.filled(data)
    out = f"{at.url}/out/all.counts"
    for to in (out, str(tmp_path / "here.counts")):
        done = scrubber(None, "count", given, "-o", to, "--workers", "2", **at.env)
        assert f"see {to}." in done.stderr, done.stderr
    assert (tmp_path / "here.counts").read_bytes() == wanted
    assert at.held("out") == {"all.counts": wanted}
    sums = scrubber(None, "count", out, "-o", tmp_path / "sum.counts", **at.env)
    assert sums.returncode == 0, sums.stderr
    assert (tmp_path / "sum.counts").read_bytes() == wanted
    told: list[tuple[int, dict[str, bytes]]] = []
    for evidence in (tmp_path / "all.counts", out):
        cleaned = tmp_path / f"cleaned{len(told)}"
        more = ("--evidence", evidence, "--workers", "2", *RULES)
        done = scrubber(None, "clean", data, "-o", cleaned, *more, **at.env)
        told.append((done.returncode, files(cleaned)))
    assert told[0] == told[1]


def test_counting_goes_on_where_it_was_stopped(at: Place, data: Path, tmp_path: Path) -> None:
    given, out = at.filled(data), f"{at.url}/out/all.counts"
    at.store.pipe(f"{at.url}/in/broken.jsonl.gz", b"no archive")
    done = scrubber(None, "count", given, "-o", out, **at.env)
    assert "not written, for want of the files named above" in done.stderr
    parts = {name for name in at.held("out") if name.endswith(".counts")}
    assert len(parts) == 6
    at.store.rm(f"{at.url}/in/broken.jsonl.gz")
    scrubber(None, "count", given, "-o", out, **at.env)
    assert at.held("out") == {"all.counts": _counted(data, tmp_path)}


@needs_s3
@needs_ray
def test_a_cluster_does_all_of_it(s3: Place, data: Path, tmp_path: Path) -> None:
    given, on = s3.filled(data), ("--on", "ray:local")
    done = scrubber(None, "clean", given, "-o", f"{s3.url}/out", *RULES, *CUT, *on, **s3.env)
    assert done.returncode == 2, done.stderr
    _same(s3, data)
    scrubber(None, "count", given, "-o", f"{s3.url}/two/all.counts", *on, **s3.env)
    assert s3.held("two") == {"all.counts": _counted(data, tmp_path)}
    more = ("--dry-run", "--diff", "--sample", "2", *RULES)
    here = scrubber(None, "clean", data, *more)
    there = scrubber(None, "clean", given, *more, *on, **s3.env)
    assert sorted(_told(there, s3, data)) == sorted(_told(here, s3, data))


@needs_s3
def test_a_store_that_cannot_be_reached_is_told_of_in_a_line(s3: Place, data: Path) -> None:
    given = s3.filled(data)
    away = {**s3.env, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    for command in (
        ("clean", given, "-o", f"{s3.url}/out"),
        ("clean", given, "--dry-run"),
        ("count", given, "-o", f"{s3.url}/a.counts"),
        ("revert", f"{s3.url}/out", "-o", f"{s3.url}/back"),
        ("clean", data, "-o", f"{s3.url}/out"),
    ):
        done = scrubber(None, *command, **away)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert s3.url in done.stderr
