"""Two versions of the rules, each run over the same texts through its own command line."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import texts

import scrubber
from scrubber.model import Action, Finding

HERE = Path(__file__).resolve().parent
CHECK = (sys.executable, "-m", "scrubber", "check", "--format", "jsonl")

Found = dict[int, list[Finding]]
"""The findings of one side, by the number of their text."""

_SAFE: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Python before 3.11.4 has no filters."""


class SideError(Exception):
    """A side that cannot be run. The message is one line."""


@dataclass(frozen=True, slots=True)
class Side:
    """How one version is run: its command, where, and with which environment."""

    name: str
    command: Sequence[str]
    folder: Path
    source: Path | None = None

    def start(self, data: Path, out: Path) -> subprocess.Popen[str]:
        """Run it on a dataset."""
        environment = dict(os.environ)
        if self.source:
            others = [path for path in (os.environ.get("PYTHONPATH"),) if path]
            environment["PYTHONPATH"] = os.pathsep.join([str(self.source), *others])
        with out.open("w", encoding="utf-8") as stdout:
            return subprocess.Popen(
                [*self.command, str(data)],
                cwd=self.folder,
                env=environment,
                stdout=stdout,
                stderr=subprocess.PIPE,
                text=True,
            )


def side(name: str, place: Path) -> Side:
    """Return how to run what stands on the command line, made ready in an empty folder.

    Raises:
        SideError: it is neither a folder nor a revision nor a command.
    """
    folder = Path(name)
    place.mkdir()
    # The nearest settings decide: these say nothing, so those of the user do not count.
    (place / "scrubber.toml").touch()
    if (folder / "src" / "scrubber").is_dir():
        return Side(name, CHECK, place, folder.resolve() / "src")
    if folder.is_dir():
        if not any(folder.glob("*.toml")):
            raise SideError(f"{name}: a folder with neither packs nor src/scrubber")
        code = Path(scrubber.__file__).parent
        left_out = shutil.ignore_patterns("__pycache__", "floors.toml")
        shutil.copytree(code, place / "src" / "scrubber", ignore=left_out)
        shutil.rmtree(place / "src" / "scrubber" / "rules", ignore_errors=True)
        words = folder / "words" if (folder / "words").is_dir() else HERE.parent / "rules" / "words"
        shutil.copytree(words, place / "rules" / "words")
        for pack in folder.glob("*.toml"):
            shutil.copy(pack, place / "rules")
        return Side(name, CHECK, place, place / "src")
    if len(shlex.split(name)) > 1:
        return Side(name, shlex.split(name), Path.cwd())
    git = ["git", "-C", str(HERE.parent), "archive", "--format=tar", f"{name}^{{tree}}"]
    done = subprocess.run(git, capture_output=True, check=False)
    if done.returncode:
        raise SideError(f"{name}: no folder with packs or a checkout, no git revision, no command")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(place, **_SAFE)  # git made it a moment ago
    return Side(name, CHECK, place, place / "src")


def run(both: Sequence[Side], held: Sequence[texts.Text], place: Path) -> tuple[list[Found], bool]:
    """Return what the sides find, run side by side, and whether one of them had trouble.

    Raises:
        SideError: a side does not run, or does not print findings.
    """
    data = place / "texts.jsonl"
    with data.open("w", encoding="utf-8") as file:
        for number, text in enumerate(held):
            file.write(json.dumps({"id": str(number), "text": text.text}) + "\n")
    outs = [place / f"{number}.out" for number in range(len(both))]
    started: list[subprocess.Popen[str]] = []
    try:
        for one, out in zip(both, outs, strict=True):
            started.append(one.start(data, out))
    except OSError as error:
        for process in started:
            process.kill()
            process.communicate()
        raise SideError(f"{error.filename}: {(error.strerror or '').lower()}") from None
    trouble = False
    told = [process.communicate()[1] for process in started]
    for one, process, words in zip(both, started, told, strict=True):
        if process.returncode not in (0, 1):
            trouble = True
            for line in words.splitlines()[-8:]:
                print(f"{one.name}: {line}", file=sys.stderr)
        if process.returncode not in (0, 1, 2):
            raise SideError(f"{one.name}: ended with exit code {process.returncode}")
    return [findings(one, out) for one, out in zip(both, outs, strict=True)], trouble


def findings(one: Side, out: Path) -> Found:
    """Read the findings that a side printed.

    Raises:
        SideError: they are none.
    """
    found: Found = defaultdict(list)
    try:
        with out.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                place = row["rule"], row["start"], row["end"], row["text"]
                proposals, action = tuple(row["proposals"]), Action(row["action"])
                finding = Finding(*place, proposals, action, row.get("message", ""))
                found[int(row["record"])].append(finding)
    except (ValueError, KeyError, TypeError) as error:
        raise SideError(f"{one.name}: does not print findings: {error!r}") from None
    return found
