"""What hooks call is read without click, and nothing of it differs from what click makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrubber.cli import quick

GLUED = "The mayor signed the treatyBut the council refused.\n"
FAULTY = "The mayor signed the treaty , and the council refused it.The end came soon.\n"
CLEAN = "The ferry leaves at nine. Nothing is wrong with it.\n"

_QUICK = "from scrubber.cli import main; main()"
_CLICK = f"from scrubber.cli import quick; quick.asked = lambda args: None; {_QUICK}"

_AROUND: tuple[tuple[str, dict[str, str]], ...] = (
    ("plain", {}),
    ("hook", {"PRE_COMMIT": "1", "PYTHONIOENCODING": "latin-1"}),
)

LINES = [
    "check",
    "check -q",
    "check glued.md",
    "check -q glued.md clean.md",
    "check faulty.txt --quiet glued.md glued.md",
    "check clean.md",
    "check missing.md glued.md",
    "check -",
    "check - glued.md",
    "check .",
    "check docs",
    "check -q binary.txt latin.txt",
    "check rows.jsonl",
    "check excluded.md",
    "check odd\x1b[31m.md",
    "check broken/a.md",
    "check -q broken/a.md glued.md",
    "check ledger/a.md",
    "check a.md -- glued.md",
    "check --since main glued.md",
    "check --no-such glued.md",
    "check -qq glued.md",
    "fix",
    "fix glued.md",
    "fix -q glued.md clean.md",
    "fix faulty.txt missing.md",
    "fix link.md",
    "fix -",
    "fix .",
    "fix broken/a.md glued.md",
    "fix rows.jsonl",
    "chekc glued.md",
    "--version",
]


def _made(folder: Path) -> Path:
    for name in ("docs", "broken", "ledger/.scrubber"):
        (folder / name).mkdir(parents=True)
    for name in ("glued.md", "docs/b.rst", "excluded.md", "broken/a.md", "odd\x1b[31m.md"):
        (folder / name).write_text(GLUED)
    (folder / "ledger" / "a.md").write_text(GLUED)
    (folder / "ledger" / "scrubber.toml").write_text("")
    (folder / "ledger" / ".scrubber" / "decisions.jsonl").write_text("{no decision\n")
    (folder / "faulty.txt").write_text(FAULTY)
    (folder / "clean.md").write_text(CLEAN)
    (folder / "binary.txt").write_bytes(b"a\0b")
    (folder / "latin.txt").write_bytes(b"caf\xe9\n")
    (folder / "rows.jsonl").write_text('{"text": "The treatyBut it fell."}\n{"text": 1}\nno\n')
    (folder / "scrubber.toml").write_text('exclude = ["excluded.md"]\n')
    (folder / "broken" / "scrubber.toml").write_text('selct = ["links"]\n')
    (folder / "link.md").symlink_to("glued.md")
    return folder


def _said(code: str, folder: Path, args: list[str], **more: str) -> tuple[object, ...]:
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=folder,
        input=GLUED.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, **more},
    )
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    where = os.fsencode(folder)
    return done.returncode, done.stdout, done.stderr.replace(where, b"here"), files


@pytest.mark.parametrize("line", LINES)
def test_the_same_is_said_and_done_as_through_click(tmp_path: Path, line: str) -> None:
    args = line.split()
    told = [
        [_said(code, _made(tmp_path / name / where), args, **more) for where, more in _AROUND]
        for name, code in (("quick", _QUICK), ("click", _CLICK))
    ]
    assert told[0] == told[1]


def test_a_hook_imports_neither_click_nor_dataclasses(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from scrubber.cli import quick\n"
        "codes = [quick.run(quick.asked([name, '-q', 'clean.md'])) for name in ('check', 'fix')]\n"
        "assert codes == [0, 0]\n"
        "print(*sorted({'click', 'dataclasses', 'inspect'} & set(sys.modules)))"
    )
    assert _said(code, _made(tmp_path), [])[:3] == (0, b"\n", b"")


@pytest.mark.parametrize(
    "error", ["KeyboardInterrupt()", "OSError(28, 'No space left')", "KeyError(1)"]
)
def test_a_run_that_is_stopped_ends_as_through_click(tmp_path: Path, error: str) -> None:
    broken = (
        "from scrubber import look\n"
        "from scrubber.documents import walk\n"
        f"def files(*args): raise {error}\n"
        "walk.files = files\n"
    )
    told = [
        _said(broken + code, _made(tmp_path / name), ["check", "glued.md"])
        for name, code in (("quick", _QUICK), ("click", _CLICK))
    ]
    assert told[0] == told[1]
    assert told[0][0] == 2


@pytest.mark.parametrize("line", ["check -v a.md", "check --", "check", "review a.md", "--version"])
def test_all_else_is_left_to_click(line: str) -> None:
    assert quick.asked(line.split()) is None
    assert quick.asked(["fix", "a.md"]) == quick.Asked("fix", ("a.md",), quiet=False)
