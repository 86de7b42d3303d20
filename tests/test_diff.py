"""Diffs apply with git and with patch, to the very bytes that the edits make."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unidiff.patch import PatchSet

from scrubber import diff
from scrubber.edits import apply
from scrubber.model import Edit

PIECES = ["a", "b", "\n", "\n", "\r\n", "\r", "\u2028", "\x0c", "\x85", "😀", "x y", "\n\n", "\t"]
TOOLS = {
    "git": ["git", "apply", "--unidiff-zero", "-p1", "p.diff"],
    "patch": ["patch", "-p1", "-s", "--binary", "-u", "-i", "p.diff"],
}


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=40)))
    found: list[Edit] = []
    at = 0
    while at <= len(text) and len(found) < 6:
        start = at + draw(st.integers(0, 6))
        end = start + draw(st.sampled_from([0, 0, 1, 2, 5]))
        if end > len(text):
            break
        after = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=2)))
        if text[start:end] != after:
            found.append(Edit(start, end, text[start:end], after, ("x/y",)))
        at = end + 1
    return text, found


def _applied(folder: Path, tool: str, name: str, before: str, patch: str) -> bytes:
    shutil.rmtree(folder, ignore_errors=True)
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_bytes(before.encode())
    (folder / "p.diff").write_bytes(patch.encode())
    done = subprocess.run(TOOLS[tool], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return file.read_bytes() if file.exists() else b""  # patch removes a file that ends up empty


@pytest.mark.parametrize("tool", sorted(TOOLS))
@settings(deadline=None, max_examples=60)
@given(case=changes())
def test_it_applies_to_the_identical_bytes(
    tool: str, case: tuple[str, list[Edit]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not shutil.which(tool):
        pytest.skip(f"NOT TESTED: {tool} is not installed")
    before, found = case
    patch = diff.unified("f.txt", before, found)
    after = apply(before, found)
    assert (patch == "") == (before == after)
    if patch:
        folder = tmp_path_factory.getbasetemp() / f"diff-{tool}"
        assert _applied(folder, tool, "f.txt", before, patch) == after.encode()


@pytest.mark.parametrize(
    "name", ["f.txt", "a b.txt", 'q"t.txt', "é.txt", "new\nline.txt", "d/f.txt"]
)
def test_names_are_quoted_as_git_quotes_them(name: str, tmp_path: Path) -> None:
    patch = diff.unified(name, "one\n", [Edit(0, 1, "o", "O", ())])
    assert _applied(tmp_path / "w", "git", name, "one\n", patch) == b"One\n"


@settings(deadline=None)
@given(changes())
def test_unidiff_reads_it(case: tuple[str, list[Edit]]) -> None:
    text, found = case
    if any(c in text + "".join(e.after for e in found) for c in "\r\x0c\x85\u2028"):
        return  # unidiff splits lines there; git and patch do not
    patch = diff.unified("f.txt", text, found)
    files = PatchSet(io.StringIO(patch))
    assert len(files) == bool(patch)


def test_far_changes_are_two_hunks() -> None:
    text = "".join(f"line {n}\n" for n in range(40))
    found = [Edit(0, 4, "line", "LINE", ()), Edit(len(text) - 8, len(text), "line 39\n", "", ())]
    patch = diff.unified("f.txt", text, found)
    assert patch.count("@@ -") == 2
    assert "-line 39\n" in patch


def test_neighbouring_lines_stand_in_pairs() -> None:
    found = [Edit(0, 1, "o", "O", ()), Edit(4, 5, "t", "T", ()), Edit(8, 9, "t", "T", ())]
    patch = diff.unified("f.txt", "one\ntwo\ntri\n", found)
    assert patch.endswith("@@ -1,3 +1,3 @@\n-one\n+One\n-two\n+Two\n-tri\n+Tri\n")
