"""Files that are cut: the same bytes as whole ones, whoever does the parts and whatever happens."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from disturbed import DAMAGED, RULES, begun, ended, files, killed_at_random

from scrubber.bulk import parts
from scrubber.cli.commands import group

SIZE = 1_000_000
CUT = ("--part-size", "1")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of some megabytes: ids here and there, blank and broken lines, a line over a part."""
    folder = tmp_path_factory.mktemp("cut") / "data"
    folder.mkdir()
    rows = [_row(n) for n in range(1800)]
    lines = [json.dumps(row).encode() + b"\n" for row in rows]
    lines[1200:1200] = [b"\n", b'{"text": \n', b" \r\n"]
    lines[1700:1700] = [b"{}\n"]
    (folder / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"".join(lines)[:-1])
    columns = {name: [row.get(name) for row in rows] for name in ("id", "url", "text")}
    table = pa.table(columns | {"rest": [str(n) * 400 for n in range(1800)]})
    pq.write_table(table, folder / "b.parquet", row_group_size=250, compression="none")
    return folder


def _row(n: int) -> dict[str, str]:
    own = {"id": f"own-{n}"} if n % 3 else {}
    text = f"Page {n}. {DAMAGED if n % 9 == 0 else ''}"
    rest = "x" * (SIZE * 2 if n == 700 else 1000)
    return {**own, "url": f"https://h{n % 5}.example/{n}", "text": text, "rest": rest}


def _run(data: Path, out: Path, *more: str) -> str:
    code, told = ended(begun(data, out, *more))
    assert code == 2, "broken lines are told of"
    return told


@pytest.fixture(scope="module")
def wanted(data: Path) -> dict[str, bytes]:
    _run(data, data.parent / "whole", "--part-size", "0", "--workers", "1")
    return files(data.parent / "whole")


def test_a_whole_run_and_one_in_parts_tell_and_write_the_same(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    told = _run(data, tmp_path / "out", *CUT, "--workers", "2")
    assert files(tmp_path / "out") == wanted
    assert "line 1202: broken JSON" in told
    assert json.loads(wanted["_scrubber/summary.json"])["changed"] > 350
    assert not (tmp_path / "out" / "_scrubber" / "parts").exists()


@pytest.mark.parametrize("form", ["parquet", "column"])
def test_every_record_of_edits_is_the_same(data: Path, tmp_path: Path, form: str) -> None:
    more = ("--edits-as", form, "--dolma")
    _run(data, tmp_path / "whole", "--part-size", "0", *more)
    _run(data, tmp_path / "cut", *CUT, *more)
    assert files(tmp_path / "cut") == files(tmp_path / "whole")


def test_jobs_of_an_array_share_the_parts_of_a_file(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    for job in (2, 1, 3):
        told = _run_job(data, tmp_path / "out", job)
        assert ((tmp_path / "out" / "a.jsonl").exists()) == (job == 3), told
    assert files(tmp_path / "out") == wanted


def _run_job(data: Path, out: Path, job: int) -> str:
    _, told = ended(begun(data, out, *CUT, "--shard", f"{job}/3"))
    return told


def test_killed_and_gone_on_with_it_is_as_if_nothing_had_happened(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("NOT TRIED: worker processes are found by /proc")
    killed_at_random(data, tmp_path / "out", wanted, kills=2, longest=1.5, seed=3, more=CUT)


def test_parts_of_a_file_that_has_changed_are_done_again(data: Path, tmp_path: Path) -> None:
    own, out = tmp_path / "data", tmp_path / "out"
    own.mkdir()
    text = (data / "a.jsonl").read_bytes()
    (own / "a.jsonl").write_bytes(text)
    _run_job(own, out, 1)
    assert list((out / "_scrubber" / "parts" / "a.jsonl").iterdir())
    (own / "a.jsonl").write_bytes(text.replace(b"Page 5.", b"Leaf 5."))
    os.utime(own / "a.jsonl", (1, 1))
    _run(own, out, *CUT)
    _run(own, tmp_path / "whole", "--part-size", "0")
    assert files(out) == files(tmp_path / "whole")


def test_parts_of_another_file_are_told_of_and_never_passed_over_in_silence(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As where the file is changed after its parts were done, before they are put together."""

    def missing(*given: object) -> None:
        raise parts.MissingError

    monkeypatch.setattr(parts, "Recalled", missing)
    command = ["clean", str(data / "a.jsonl"), "-o", str(tmp_path / "out"), "--workers", "1"]
    assert group.main([*command, *RULES, *CUT], standalone_mode=False) == 2
    told = capsys.readouterr().err
    assert "a.jsonl: is another file than its parts are of" in told
    assert "1 of 1 file not done" in told


def test_parts_that_a_kill_has_left_are_taken_out_by_the_next_run(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    _run(data, out, *CUT)
    left = out / "_scrubber" / "parts" / "a.jsonl" / "0-1000000.json"
    left.parent.mkdir(parents=True)
    left.write_text("{}")
    _run(data, out, *CUT)
    assert files(out) == wanted
    assert not left.parent.exists()
