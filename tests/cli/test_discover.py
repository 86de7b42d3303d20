"""`scrubber discover` through the real command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LINE = "Read the quay gazette by candlelight"


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrubber", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "crawl").mkdir()
    for shard in range(2):
        rows = (
            {
                "url": f"https://quay.example/{shard}/{page}",
                "text": f"Boat {page} came in on the {shard + page}th tide, as {'a' * page}."
                f"\n\n{LINE}\n",
            }
            for page in range(1, 5)
        )
        path = tmp_path / "crawl" / f"{shard}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_a_draft_is_a_pack_that_only_offers(folder: Path) -> None:
    done = _run(folder, "discover", "crawl", "-o", "draft.toml")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 candidate drafted; see draft.toml.\n"
    done = _run(folder, "test", "draft.toml")
    assert (done.returncode, done.stderr) == (0, "2 examples of 1 rule, 0 failures.\n")
    args = ["--pack", "draft.toml", "--select", "draft", "crawl/0.jsonl", "-q"]
    assert "suggest draft/line-read-the-quay-gazette" in _run(folder, "check", *args).stdout
    before = (folder / "crawl" / "0.jsonl").read_bytes()
    _run(folder, "fix", *args)
    assert (folder / "crawl" / "0.jsonl").read_bytes() == before


def test_it_prints_and_takes_what_was_counted(folder: Path) -> None:
    _run(folder, "count", "crawl", "-o", "c.counts")
    first = _run(folder, "discover", "crawl", "-q", "--workers", "2")
    second = _run(folder, "discover", "crawl", "-q", "--evidence", "c.counts")
    assert LINE in first.stdout
    assert first.stdout == second.stdout
    assert (first.returncode, first.stderr) == (0, "")


def test_a_pack_that_is_there_is_left_alone(folder: Path) -> None:
    (folder / "draft.toml").write_text("# mine\n")
    done = _run(folder, "discover", "crawl", "-o", "draft.toml")
    assert done.returncode == 2
    assert "-o draft.toml exists already; it is left as it is" in done.stderr
    assert (folder / "draft.toml").read_text() == "# mine\n"
