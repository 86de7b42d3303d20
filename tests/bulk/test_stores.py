"""Object stores: a server of moto's on loopback as S3, the memory and the disk through fsspec."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from buckets import needs_fsspec, needs_s3, server
from disturbed import RULES, files, make, scrubber

from scrubber.bulk import stores
from scrubber.bulk.model import ShardError

pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("s3://bucket/a b/c.jsonl", "s3://bucket/a b/c.jsonl"),
        (Path("gs://bucket/a"), "gs://bucket/a"),
        (Path("file:///data/a"), "file:///data/a"),
        ("data/s3:/a", None),
        ("C:/data", None),
        ("-", None),
    ],
)
def test_an_address_is_known_from_a_path(path: str | Path, url: str | None) -> None:
    assert stores.address(path) == url


def test_without_fsspec_it_is_said_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(stores.StoreError, match="needs fsspec"):
        stores.listed("s3://bucket")


@needs_fsspec
def test_objects_are_put_and_fetched_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    url = "memory://crawl/sub/a.txt"
    assert stores.info(url) is None
    stores.put(tmp_path / "a", url)
    assert [(one.name, one.size) for one in stores.listed("memory://crawl")] == [("sub/a.txt", 3)]
    assert [one.name for one in stores.listed(url)] == ["a.txt"]
    stores.fetch(url, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"abc"
    known = stores.info(url)
    assert known is not None
    assert (tmp_path / "b").stat().st_mtime_ns == known.made
    stores.remove(url)
    stores.remove(url)
    with pytest.raises(ShardError, match="no such object"):
        stores.fetch(url, tmp_path / "c")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "data"
    make(folder, 6, 20)
    done = scrubber(None, "clean", folder, "-o", folder.parent / "whole", *RULES)
    assert done.returncode == 2, "a broken line is told of"
    return folder


def _same(out: dict[str, bytes], whole: Path, *, given: str, where: Path) -> None:
    """Make sure that shards, sidecars, rejects and summary are those of a local run."""
    wanted = files(whole)
    known = {name for name in wanted if "markers/" in name or "inventory" in name}
    assert out.keys() == wanted.keys()
    for name in wanted.keys() - known:
        own = out[name].replace(given.encode(), str(where).encode())
        assert own == wanted[name], name


@needs_fsspec
def test_a_folder_by_its_address_is_as_any_folder(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = scrubber(None, "clean", f"file://{data}", "-o", f"file://{out}", *RULES)
    assert f"file://{data}/part-003.jsonl.gz: line 2: " in done.stderr
    _same(files(out), data.parent / "whole", given=f"file://{data}", where=data)
    again = scrubber(None, "clean", f"file://{data}", "-o", f"file://{out}", *RULES)
    assert "6 of 6 files had been done before" in again.stderr
    assert scrubber(None, "stats", f"file://{out}").returncode == 0


@pytest.fixture(scope="module")
def s3() -> Iterator[tuple[Any, dict[str, str]]]:
    with server() as found:
        yield found


def _filled(store: Any, bucket: str, data: Path) -> None:
    store.mkdir(bucket)
    store.put(f"{data}/", f"{bucket}/in/", recursive=True)


def _objects(store: Any, root: str) -> dict[str, bytes]:
    found = store.find(root)
    return {path[len(root) + 1 :]: store.cat_file(path) for path in found}


@needs_s3
def test_a_bucket_is_cleaned_into_another(s3: tuple[Any, dict[str, str]], data: Path) -> None:
    store, env = s3
    _filled(store, "one", data)
    store.pipe("one/out/part-001.jsonl", b"somebody else's\n")
    done = scrubber(None, "clean", "s3://one/in", "-o", "s3://one/out", *RULES, **env)
    assert "s3://one/out/part-001.jsonl exists already; it is left as it is" in done.stderr
    assert store.cat_file("one/out/part-001.jsonl") == b"somebody else's\n"
    assert scrubber(None, "stats", "s3://one/out", **env).returncode == 1
    store.rm("one/out/part-001.jsonl")
    done = scrubber(None, "clean", "s3://one/in", "-o", "s3://one/out", *RULES, **env)
    assert "5 of 6 files had been done before" in done.stderr
    wanted = data.parent / "whole"
    _same(_objects(store, "one/out"), wanted, given="s3://one/in", where=data)
    assert scrubber(None, "stats", "s3://one/out", **env).returncode == 0


@needs_s3
def test_jobs_share_a_bucket_and_changed_objects_are_done_again(
    s3: tuple[Any, dict[str, str]], data: Path, tmp_path: Path
) -> None:
    store, env = s3
    _filled(store, "two", data)
    for job in ("2/2", "1/2"):
        scrubber(None, "clean", "s3://two/in", "-o", "s3://two/out", "--shard", job, *RULES, **env)
    _same(_objects(store, "two/out"), data.parent / "whole", given="s3://two/in", where=data)
    store.pipe("two/in/part-001.jsonl", b'{"text": "It rained on the treatyBut we swam."}\n')
    done = scrubber(None, "clean", "s3://two/in", "-o", "s3://two/out", *RULES, **env)
    assert "5 of 6 files had been done before" in done.stderr
    assert b"treaty, but" in store.cat_file("two/out/part-001.jsonl")


@needs_s3
def test_killed_at_any_moment_it_can_be_gone_on_with(
    s3: tuple[Any, dict[str, str]], data: Path
) -> None:
    store, env = s3
    _filled(store, "three", data)
    rng = random.Random(4)
    command = [sys.executable, "-m", "scrubber", "clean", "s3://three/in", "-o", "s3://three/out"]
    for _ in range(4):
        run = subprocess.Popen(
            [*command, *RULES, "-q"], env=os.environ | env, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.6, 1.8))
        with contextlib.suppress(ProcessLookupError):
            run.kill()
        run.wait()
    done = scrubber(None, "clean", "s3://three/in", "-o", "s3://three/out", *RULES, **env)
    assert "exists already" not in done.stderr
    _same(_objects(store, "three/out"), data.parent / "whole", given="s3://three/in", where=data)


@needs_s3
def test_what_is_not_there_is_told(s3: tuple[Any, dict[str, str]], tmp_path: Path) -> None:
    _, env = s3
    done = scrubber(None, "clean", "s3://nobody/in", "-o", tmp_path / "out", *RULES, **env)
    assert done.returncode == 2
    assert "s3://nobody/in" in done.stderr
    assert "Traceback" not in done.stderr
