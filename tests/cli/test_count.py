"""`scrubber count` and `clean --evidence` through the real commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scrubber.evidence.counts import Counts

SITES = ("mill", "quay", "weir", "barn", "lock")
WHO = ("A baker", "Her uncle", "The clerk", "One rower", "The widow")
NAME, GLUED = "whistlingHerring", "gardenBench"


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrubber", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "crawl").mkdir()
    for number, (site, who) in enumerate(zip(SITES, WHO, strict=True)):
        with (tmp_path / "crawl" / f"{site}.jsonl").open("w") as file:
            for page in range(6):
                text = f"{who} told {page} of them that the {site} was closed to all."
                text += f"\n\n{who} came with the paper and {NAME} was sold, for the {site} was."
                text += f"\n\n{who} saw the treatyBut the council refused at the {site} in May."
                text += "\n\nLetters to the miller"
                url = f"https://{site}.example/{page}"
                file.write(json.dumps({"url": url, "text": text}) + "\n")
            if number == 0:
                file.write('{"url": "https://mill.example/7"}\n')
    return tmp_path


def test_the_counts_of_parts_add_up_to_the_same_file(folder: Path) -> None:
    done = _run(folder, "count", "crawl", "-o", "all.counts", "--workers", "2")
    assert done.returncode == 2, "the record without a text is told of"
    assert done.stderr.splitlines() == [
        'scrubber: crawl/mill.jsonl: line 7: no text in the field "text"',
        "30 texts counted, 1,410 words of them in known languages; see all.counts.",
    ]
    parts = []
    for number, names in enumerate((SITES[:2], SITES[2:4], SITES[4:])):
        parts.append(f"{number}.counts")
        _run(folder, "count", "-q", *(f"crawl/{name}.jsonl" for name in names), "-o", parts[-1])
    done = _run(folder, "count", "-q", parts[2], parts[0], parts[1], "-o", "sum.counts")
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "sum.counts").read_bytes() == (folder / "all.counts").read_bytes()
    assert not list(folder.glob("*.parts"))


def test_a_name_of_the_corpus_is_left_alone_and_damage_is_repaired(folder: Path) -> None:
    _run(folder, "count", "crawl", "-o", "all.counts")
    found = Counts(folder / "all.counts")
    assert found.is_name(NAME)
    assert not found.is_name("treatyBut")
    assert found.pages("mill.example", "Letters to the miller") == (6, 6)
    select = ["--select", "links/glued-capital"]
    _run(folder, "clean", "crawl", "-o", "with", "--evidence", "all.counts", *select)
    for site in SITES:
        after = (folder / "with" / f"{site}.jsonl").read_text()
        assert "treatyBut" not in after
        assert after.count(NAME) == 6


def test_other_counts_are_other_settings(folder: Path) -> None:
    _run(folder, "count", "crawl", "-o", "all.counts")
    _run(folder, "clean", "crawl", "-o", "out", "--evidence", "all.counts")
    done = _run(folder, "clean", "crawl", "-o", "out")
    assert done.returncode == 2
    assert "was cleaned with other settings (options)" in done.stderr


def test_a_run_that_was_stopped_goes_on(folder: Path) -> None:
    (folder / "crawl" / "cut.parquet").write_bytes(b"no table")
    done = _run(folder, "count", "crawl", "-o", "all.counts")
    assert "all.counts: not written, for want of the files named above" in done.stderr
    kept = list((folder / "all.counts.parts").glob("*.counts"))
    assert len(kept) == len(SITES)
    before = {path: path.stat().st_mtime_ns for path in kept}
    _run(folder, "count", "crawl", "-o", "all.counts")
    assert {path: path.stat().st_mtime_ns for path in kept} == before, "none is counted again"
    (folder / "crawl" / "cut.parquet").unlink()
    assert "see all.counts" in _run(folder, "count", "crawl", "-o", "all.counts").stderr
    assert not (folder / "all.counts.parts").exists()


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["count", "-", "-o", "c.counts"], "standard input is no corpus"),
        (["count", "wrong.counts", "-o", "c.counts"], "wrong.counts is no file of counts"),
        (["clean", "crawl", "-o", "x", "--evidence", "none"], "none: no such file or directory"),
        (["clean", "crawl", "-o", "x", "--evidence", "wrong.counts"], "is no file of counts"),
    ],
)
def test_mistakes_are_one_line(folder: Path, args: list[str], problem: str) -> None:
    (folder / "wrong.counts").write_text("one\n")
    done = _run(folder, *args)
    assert done.returncode == 2
    assert problem in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (folder / "x").exists()


def test_a_line_that_a_site_repeats_is_offered_and_never_taken_unasked(folder: Path) -> None:
    _run(folder, "count", "crawl", "-o", "all.counts")
    asked = ["crawl/quay.jsonl", "--id", "url", "--select", "footers/repeated-line"]
    assert _run(folder, "check", *asked).returncode == 0
    known = [*asked, "--evidence", "all.counts"]
    done = _run(folder, "check", *known)
    assert "stands on 6 of 6 pages of its site that were looked at" in done.stdout
    _run(folder, "clean", *known, "-o", "out")
    before = (folder / "crawl" / "quay.jsonl").read_bytes()
    assert (folder / "out" / "quay.jsonl").read_bytes() == before
    _run(folder, "fix", "--suggested", *known)
    assert "miller" not in (folder / "crawl" / "quay.jsonl").read_text()
