"""Runs of `scrubber clean` that are disturbed, and what has to come of them all the same.

As a script it kills a run of many shards thirty times at random, by -9, now the run itself and now
one of its workers, and goes on with it each time; then it fills disks at twelve moments of a run.
README.md says how to call it.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import gzip
import json
import lzma
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

SENTENCES = (
    "The ferry leaves at nine.",
    "Nothing is wrong with the harbour wall.",
    "Two of the lamps were lit before noon.",
    "Her brother keeps the ledger of the mill.",
    "Rain fell on the slates for an hour.",
)
DAMAGED = "The mayor signed the treatyBut the council refused."

RULES = ("--select", "links/glued-capital")
"""The rule that finds it; others would cost time and find nothing."""


def make(
    folder: Path, shards: int, records: int, seed: int = 0, *, every_kind: bool = False
) -> None:
    """Make shards with a damaged record among ten, every third packed, some with a broken line.

    With `every_kind` there are CSV and Parquet and other packers too.
    """
    rng = random.Random(seed)
    folder.mkdir(parents=True)
    for number in range(shards):
        rows, lines = [], []
        for row in range(records):
            sentences = rng.choices(SENTENCES, k=40)
            if rng.random() < 0.1:
                sentences.insert(rng.randrange(40), DAMAGED)
            record = {
                "id": f"{number}-{row}",
                "url": f"https://host{row % 5}.example/{row}",
                "text": " ".join(sentences),
            }
            rows.append(record)
            lines.append(json.dumps(record) + "\n")
        if number % 7 == 3:
            lines.insert(1, '{"text": \n')
        data = "".join(lines).encode()
        name = f"part-{number:03}"
        if every_kind and number % 5 == 1:
            _table(folder / name, rows)
        elif number % 3:
            (folder / f"{name}.jsonl").write_bytes(data)
        elif every_kind and number % 2:
            (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress(data))
        else:
            (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(data, mtime=0))


def _table(path: Path, rows: list[dict[str, str]]) -> None:
    if path.name[-1] == "1":
        parquet = import_module("pyarrow.parquet")
        table = import_module("pyarrow").Table.from_pylist(rows)
        parquet.write_table(table, f"{path}.parquet", row_group_size=50)
        return
    with open(f"{path}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def scrubber(
    folder: Path | None, *args: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "scrubber", *map(str, args)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def begun(
    data: Path | str, out: Path | str, *more: str, **environment: str
) -> subprocess.Popen[str]:
    """Begin a run, as the head of a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scrubber", "clean", data, "-o", out, *RULES, *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
        start_new_session=True,
    )


def ended(run: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end of a run; return its exit code and what it told."""
    _, told = run.communicate(timeout=600)
    return run.returncode, told


def files(out: Path) -> dict[str, bytes]:
    """Return all that a run has written, but its lock and what is not in its place yet."""
    found = (path for path in out.rglob("*") if path.is_file() and path.name != "lock")
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in found
        if not path.name.startswith(".tmp-")
    }


def workers(run: subprocess.Popen[str]) -> list[int]:
    """Return the worker processes of a run."""
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{run.pid}/task").iterdir():
            found += [int(pid) for pid in (task / "children").read_text().split()]
    return [pid for pid in found if b"resource_tracker" not in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def alive(run: subprocess.Popen[str]) -> list[int]:
    """Return the processes that are left of a run's session."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[3]) == run.pid and fields[0] != "Z":
                found.append(int(status.parent.name))
    return found


def all_gone(run: subprocess.Popen[str], seconds: float = 10) -> bool:
    """Whether nothing is left of a run after a while; its workers end by themselves."""
    end = time.monotonic() + seconds
    while alive(run):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def killed_at_random(
    data: Path,
    out: Path,
    wanted: dict[str, bytes],
    kills: int,
    longest: float,
    seed: int,
    more: tuple[str, ...] = (),
) -> tuple[int, int]:
    """Kill runs until there were `kills`, and go on; start anew where a run has come to its end.

    Returns how many runs ended by themselves and how many temporary files were left on the way.

    Raises:
        AssertionError: a file is not that of an undisturbed run, or a process was left.
    """
    rng = random.Random(seed)
    ends = left = 0
    while kills:
        run = begun(data, out, "--workers", "2", "-q", *more)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(rng.uniform(0.1, longest))
        if run.poll() is not None:
            ended(run)
            assert files(out) == wanted
            shutil.rmtree(out)
            ends += 1
            continue
        crew = workers(run)
        by_worker = bool(crew) and rng.random() < 0.3
        with contextlib.suppress(ProcessLookupError):
            os.kill(rng.choice(crew) if by_worker else run.pid, signal.SIGKILL)
        if by_worker:  # the run goes on without it, for a while
            time.sleep(rng.uniform(0, 0.5))
            run.kill()
        run.communicate()
        assert all_gone(run), "workers outlive their run"
        kills -= 1
        now = files(out) if out.exists() else {}
        left += sum(1 for path in out.rglob(".tmp-*"))
        shards = {name for name in now if not name.startswith("_scrubber/")}
        assert all(now[name] == wanted[name] for name in shards), "a shard that is not whole"
    ended(begun(data, out, "--workers", "2", "-q", *more))
    assert files(out) == wanted
    assert not list(out.rglob(".tmp-*"))
    return ends, left


def mounted(place: Path, size: int) -> bool:
    """Mount a disk of so many bytes; False where that is not allowed."""
    place.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "scrubber-test", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def on_full_disks(data: Path, place: Path, wanted: dict[str, bytes], rounds: int) -> int:
    """Run on disks that are too small, each larger than the last, then with room; count shards.

    Raises:
        AssertionError: a file is not that of an undisturbed run, or one was left aside.
    """
    whole = sum(-len(content) // 4096 * -4096 for content in wanted.values())  # in pages
    done = 0
    for number in range(rounds):
        assert mounted(place, whole * 2)
        try:
            ballast, out = place / "ballast", place / "out"
            room = whole * (number + 1) // (rounds + 1)
            ballast.write_bytes(b"x" * (whole * 2 - room))
            code, told = ended(begun(data, out, "--workers", "2"))
            assert code == 2
            assert "no space left on device" in told, told
            assert "Traceback" not in told
            now = files(out)
            shards = {name for name in now if "/" not in name}
            assert all(now[name] == wanted[name] for name in shards), "a shard that is not whole"
            assert not list(out.rglob(".tmp-*"))
            done += len(shards)
            ballast.unlink()
            ended(begun(data, out, "--workers", "2", "-q"))
            assert files(out) == wanted
        finally:
            subprocess.run(["umount", place], check=False)
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder to work in; made new")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--disks", type=int, default=12)
    parser.add_argument("--shards", type=int, default=60)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=6.0, help="seconds before a kill, at most")
    given = parser.parse_args()
    data, whole, out = (given.folder / name for name in ("data", "whole", "out"))
    make(data, given.shards, given.records, every_kind=True)
    start = time.monotonic()
    code, _ = ended(begun(data, whole, "--workers", "2", "-q"))
    took = time.monotonic() - start
    wanted = files(whole)
    print(f"undisturbed: {took:.1f} s, exit {code}, {len(wanted)} files")
    ends, left = killed_at_random(data, out, wanted, given.kills, given.longest, given.seed)
    print(
        f"{given.kills} kills, {ends} runs ended in between, {left} temporary files left by kills:"
    )
    print("all files are those of the undisturbed run, byte for byte; nothing is left over")
    if mounted(given.folder / "disk", 4096):
        subprocess.run(["umount", given.folder / "disk"], check=True)
        done = on_full_disks(data, given.folder / "disk", wanted, given.disks)
        print(f"{given.disks} full disks, {done} shards done on them: the same")
    else:
        print("NOT TRIED: full disks; mounting them needs root")


if __name__ == "__main__":
    main()
