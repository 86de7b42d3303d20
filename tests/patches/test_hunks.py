"""Patches come back from a person's editor and do to a text exactly what they say, or nothing."""

from __future__ import annotations

import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber import diff
from scrubber.edits import apply
from scrubber.model import Edit
from scrubber.patches.hunks import PatchError, parse
from scrubber.patches.placing import placed

PIECES = ["a", "b", "\n", "\n", "\r\n", "\r", "\u2028", "\x0c", "\x85", "😀", "x y", "\n\n", "\t"]
PIECES += ["-", "+", "\\", "@@ -1 +1 @@\n", "\n-- ", "\n--- a/f.txt\n", "+++ b/f.txt\n", " "]


@st.composite
def changes(draw: st.DrawFn, numbered: bool = False) -> tuple[str, list[Edit]]:
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=60))
    if numbered:  # no two lines are the same
        pieces = [p.replace("\n", f"\n{n} ") for n, p in enumerate(pieces)]
    text = "".join(pieces)
    found: list[Edit] = []
    at = 0
    while at <= len(text) and len(found) < 6:
        start = at + draw(st.integers(0, 20))
        end = start + draw(st.sampled_from([0, 0, 1, 2, 5]))
        if end > len(text):
            break
        after = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=2)))
        if text[start:end] != after:
            found.append(Edit(start, end, text[start:end], after, ("x/y",)))
        at = end + 1
    return text, found


def _applied(text: str, patch: str) -> str:
    for file in parse(patch):
        edits, refusals = placed(text, file.hunks)
        assert not refusals, [refusal.reason for refusal in refusals]
        text = apply(text, edits)
    return text


def _reason(text: str, patch: str) -> str:
    (file,) = parse(patch)
    _, refusals = placed(text, file.hunks)
    return " / ".join(refusal.reason for refusal in refusals)


def _parts(patch: str) -> tuple[list[str], list[list[str]]]:
    """The lines that name the file, and those of each hunk, told apart by the counts."""
    lines = [line + "\n" for line in patch.split("\n")[:-1]]
    (file,) = parse(patch)
    starts = [hunk.line - 1 for hunk in file.hunks] + [len(lines)]
    hunks = [lines[a:b] for a, b in pairwise(starts)]
    return lines[: starts[0]], hunks


@settings(deadline=None, max_examples=400)
@given(changes())
def test_a_diff_of_ours_gives_what_the_edits_give(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert _applied(text, diff.unified("f.txt", text, edits)) == apply(text, edits)


@settings(deadline=None, max_examples=200)
@given(changes(), st.data())
def test_deleted_hunks_are_left_out(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    patch = diff.unified("f.txt", text, edits)
    if not patch:
        return
    head, hunks = _parts(patch)
    kept = [hunk for hunk in hunks if data.draw(st.booleans())]
    edited = "".join([*head, *(line for hunk in kept for line in hunk)])
    numbers = [n for n, hunk in enumerate(parse(patch)[0].hunks) if hunks[n] in kept]
    expected, refusals = placed(text, [parse(patch)[0].hunks[n] for n in numbers])
    assert not refusals
    assert _applied(text, edited) == apply(text, expected)


@settings(deadline=None, max_examples=200)
@given(changes(numbered=True), st.integers(1, 5))
def test_text_above_moves_the_hunks(case: tuple[str, list[Edit]], lines: int) -> None:
    text, edits = case
    patch = diff.unified("f.txt", text, edits)
    if not patch or not text:
        return
    above = "".join(f"above {n}\n" for n in range(lines))
    assert _applied(above + text, patch) == above + apply(text, edits)


@settings(deadline=None, max_examples=200)
@given(changes(), changes())
def test_a_patch_of_another_text_changes_what_it_names_or_nothing(
    case: tuple[str, list[Edit]], other: tuple[str, list[Edit]]
) -> None:
    patch = diff.unified("f.txt", *case)
    for file in parse(patch):
        edits, _ = placed(other[0], file.hunks)
        apply(other[0], edits)  # each edit names what stands there
        whole = {"".join(hunk.old) for hunk in file.hunks}
        assert all(any(edit.before in old for old in whole) for edit in edits)


@settings(deadline=None, max_examples=60)
@given(case=changes())
def test_git_does_the_same(
    case: tuple[str, list[Edit]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text, edits = case
    patch = diff.unified("f.txt", text, edits)
    if not patch:
        return
    folder = tmp_path_factory.getbasetemp() / "git-does"
    folder.mkdir(exist_ok=True)
    (folder / "f.txt").write_bytes(text.encode())
    command = ["git", "apply", "--unidiff-zero", "-"]
    done = subprocess.run(command, cwd=folder, input=patch.encode(), capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (folder / "f.txt").read_bytes() == _applied(text, patch).encode()


TEXT = "".join(f"line {n}\n" for n in range(1, 21))
PLACES = [TEXT.index("line 5\n"), TEXT.index("line 19\n")]
EDITED = [Edit(at, at + 4, "line", "LINE", ()) for at in PLACES]
PATCH = diff.unified("f.txt", TEXT, EDITED)
HEAD = "--- a/f.txt\n+++ b/f.txt\n"


def test_counts_and_blank_context_lines_are_put_right() -> None:
    text = "one\n\ntwo\n\nthree\n"
    patch = HEAD + "@@ -1,9 +1,7 @@\n one\n\n-two\n+TWO\n+more\n\n three\n"
    assert _applied(text, patch) == "one\n\nTWO\nmore\n\nthree\n"
    assert _applied(text.replace("\n", "\r\n"), patch.replace("\n", "\r\n")) == (
        "one\r\n\r\nTWO\r\nmore\r\n\r\nthree\r\n"
    )


def test_a_changed_line_and_one_left_as_it_is() -> None:
    edited = PATCH.replace("+LINE 5", "+Line five").replace("-line 19", " line 19")
    edited = edited.replace("+LINE 19\n", "")
    assert _applied(TEXT, edited) == TEXT.replace("line 5\n", "Line five\n")


def test_a_line_of_dashes_is_no_file_and_a_file_is_no_line() -> None:
    text = "one\n-- two\nthree\n"
    patch = HEAD + "@@ -1,3 +1,3 @@\n one\n--- two\n+++ two\n three\n"
    assert _applied(text, patch) == "one\n++ two\nthree\n"
    # Both counts are too high by one, and the next file's names would make up for it.
    patch = HEAD + "@@ -1,2 +1,2 @@\n-one\n+ONE\n--- a/g.txt\n+++ b/g.txt\n@@ -1 +1 @@\n-x\n+y\n"
    assert [(file.path, len(file.hunks)) for file in parse(patch)] == [("f.txt", 1), ("g.txt", 1)]


def test_what_git_puts_around_is_passed_over() -> None:
    mail = "From 1a2b Mon Sep 17\nSubject: [PATCH] x\n\n---\n f.txt | 2 +-\n\n"
    assert _applied(TEXT, mail + PATCH + "-- \n2.39.5\n\n") == apply(TEXT, EDITED)
    assert _applied(TEXT, "\ufeff" + PATCH.removesuffix("\n")) == apply(TEXT, EDITED)


def test_the_end_of_a_text_without_a_line_feed() -> None:
    mark = "\\ No newline at end of file\n"
    patch = HEAD + f"@@ -1,2 +1,2 @@\n one\n-two\n{mark}+two\n"
    assert _applied("one\ntwo", patch) == "one\ntwo\n"
    assert "applied already?" in _reason("one\ntwo\n", patch)
    patch = patch.replace("+two", "+TWO")
    assert "expected no line feed at its end, and a line feed" in _reason("one\ntwo\n", patch)
    patch = HEAD + "@@ -1,2 +1,2 @@\n one\n-two\n+two\n\\ Kein Zeilenumbruch am Ende\n"
    assert _applied("one\ntwo\n", patch) == "one\ntwo"
    assert "it goes on: “three”" in _reason("one\ntwo\nthree\n", patch)
    with pytest.raises(PatchError, match="hunk at line 3: a line marked"):
        parse(HEAD + f"@@ -1,2 +1,2 @@\n-one\n two\n{mark}+One\n")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/x.txt", "x.txt"),
        ("x y/z.txt", "x y/z.txt"),
        (r'"a/\303\251\t\".txt"', 'é\t".txt'),
        ("i/x.txt", "x.txt"),
        ("a/a/b b/x.txt\t2026-01-01 00:00:00", "a/b b/x.txt"),
    ],
)
def test_names(name: str, path: str) -> None:
    target = name.replace("a/", "b/", 1).replace("i/", "w/", 1)
    for git in ("", f"diff --git {name} {target}\n"):
        (file,) = parse(f"{git}--- {name}\n+++ {target}\n@@ -1 +1 @@\n-a\n+b\n")
        assert file.path == path


@pytest.mark.parametrize(
    "name", ["f.txt", "a b.txt", 'q"t.txt', "é.txt", "new\nline.txt", "d/f.txt", "x b/y.txt", "\t"]
)
def test_names_of_ours_come_back(name: str) -> None:
    (file,) = parse(diff.unified(name, "one\n", [Edit(0, 1, "o", "O", ())]))
    assert file.path == name
    assert file.ids == (diff.blob_id("one\n"), diff.blob_id("One\n"))


@pytest.mark.parametrize(
    ("patch", "problem"),
    [
        ("Dear editor,\nall good.\n", "not a patch"),
        ("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "deletes the file a/x"),
        ("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n", "makes the file b/x"),
        ("diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n", "makes the file"),
        ("diff --git a/x b/x\ndeleted file mode 100644\n", "deletes the file"),
        ("diff --git a/x b/y\nrename from x\nrename to y\n", "renames or copies"),
        ("--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n", "renames or copies the file a/x"),
        ("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", "changes the mode"),
        ("diff --git a/x b/x\nBinary files a/x and b/x differ\n", "binary"),
        ("diff --git a/x b/x\nGIT binary patch\nliteral 0\nHcmV?d00001\n\n", "binary"),
        ("@@ -1 +1 @@\n-a\n+b\n", "line 1: a hunk, and no line before it names the file"),
        (HEAD + "@@ -1 +1\n-a\n+b\n", "line 3: a hunk's header that cannot be read"),
        (HEAD + "@@@ -1 -1 +1 @@@\n--a\n++b\n", "line 3: a hunk's header that cannot be read"),
        (HEAD + "@@ -1 +1 @@\n-a\n+b begins\nand wraps\n", "line 6: begins with none of"),
        (HEAD + "@@ -1 +1 @@\n-a\n+b begins\n\nand goes on\n", "line 7: begins with none of"),
        (HEAD + "@@ -1,2 +1,2 @@\n-a\nwraps\n+b\n", "line 5: begins with none of"),
    ],
)
def test_what_is_no_patch_of_texts_is_refused(patch: str, problem: str) -> None:
    with pytest.raises(PatchError) as caught:
        parse(patch)
    assert problem in str(caught.value)


def test_nothing_is_left_of_a_patch() -> None:
    assert parse("") == parse("\n\n") == []
    assert [file.hunks for file in parse(HEAD)] == [()]
    assert [file.hunks for file in parse(HEAD + "@@ -1,3 +1,3 @@\n")] == [()]
    kept = "@@ -2 +2 @@\n-line 2\n+x\n"
    assert _applied(TEXT, HEAD + "@@ -1 +1 @@\n" + kept) == TEXT.replace("line 2\n", "x\n")
    assert _applied("other\n", HEAD + "@@ -1,2 +1,2 @@\n one\n two\n") == "other\n"


def test_why_a_hunk_does_not_fit() -> None:
    changed = TEXT.replace("line 5\n", "line five\n")
    assert _reason(changed, PATCH) == "line 5: expected “line 5”, and “line five” stands there"
    above = "new\n" * 3 + changed
    assert _reason(above, PATCH) == "line 8: expected “line 5”, and “line five” stands there"
    assert "and the text ends before it" in _reason("line 2\nline 3\n", PATCH)
    assert "CRLF" in _reason(TEXT.replace("\n", "\r\n"), PATCH)
    assert "applied already?" in _reason(apply(TEXT, EDITED), PATCH)
    assert "where in the text it belongs" in _reason(TEXT, HEAD + "@@ -3,0 +4 @@\n+new\n")
    long = "w" * 100 + " one " + "v" * 100 + "\n"
    patch = diff.unified("f.txt", long, [Edit(0, 1, "w", "W", ())])
    reason = _reason(long.replace("one", "two"), patch)
    assert f"expected “…{'w' * 29} one {'v' * 26}…”" in reason


def test_a_place_that_is_not_sure_is_none() -> None:
    footer = "one\ntwo\nthree\n"
    patch = HEAD + "@@ -4,3 +4,3 @@\n one\n-two\n+TWO\n three\n"
    assert _applied(footer * 3, patch) == footer + footer.replace("two", "TWO") + footer
    assert "stand at 3 places (lines 2, 5, 8)" in _reason("x\n" + footer * 3, patch)


def test_neighbours_that_moved_alike_make_a_place_sure() -> None:
    twin = "one\ntwo\nthree\n"
    text = "first\n" + twin + "middle\n" + twin + "last\n"

    def hunk(line: int, old: str, new: str) -> str:
        return f"@@ -{line} +{line} @@\n-{old}\n+{new}\n"

    outer = hunk(1, "first", "FIRST"), hunk(9, "last", "LAST")
    patch = HEAD + outer[0] + hunk(3, "two", "TWO") + outer[1]
    moved = "above\n" + text
    assert _applied(moved, patch) == "above\nFIRST\none\nTWO\nthree\nmiddle\n" + twin + "LAST\n"
    assert "places" in _reason("above\n" + text.replace("last", "x\nlast"), patch)
    assert "places" in _reason(moved, HEAD + hunk(3, "two", "TWO") + outer[1])


def test_hunks_out_of_order_or_twice_are_refused() -> None:
    head, (one, two) = _parts(PATCH)
    assert "precede those of hunk 1" in _reason(TEXT, "".join([*head, *two, *one]))
    assert "overlap" in _reason(TEXT, "".join([*head, *one, *one]))


def test_lines_deleted_from_a_hunk_stay_as_they_are() -> None:
    text = "one\n\ntwo\n\nthree\nfour\n"
    capitals = [Edit(at, at + 1, text[at], text[at].upper(), ()) for at in (0, 5, 10, 16)]
    patch = diff.unified("f.txt", text, capitals)
    edited = patch.replace("-two\n+Two\n", "")
    assert _applied(text, edited) == "One\n\ntwo\n\nThree\nFour\n"
    assert "expected" in _reason("above\n" + text, edited)  # not where the header says
    assert _applied(text, patch.replace("+Two\n", "")) == "One\n\n\nThree\nFour\n"
    between = patch.replace("-two\n", "")  # before two, or for it?
    assert _reason(text, between) == "line 3: expected “”, and “two” stands there"
    slipped = patch.replace("+Three\n-four\n", "")
    assert "expected" in _reason(text + "five\n", slipped.replace("+Four\n", "+Four\n five\n"))
    twins = "x\none\none\ny\n"
    patch = HEAD + "@@ -1,4 +1,3 @@\n-x\n one\n-y\n"  # which one?
    assert "expected" in _reason(twins, patch)
