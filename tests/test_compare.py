"""Two versions of the rules side by side, through the real script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PACK = """
[[rule]]
id = "{id}"
about = "{id}"
why = "A test."
safety = "A test."
action = "{action}"
match = '{match}'
replace = {replace}
[[rule.example]]
bad = "⟦{bad}⟧"
[[rule.example]]
ok = "-"
"""
TEXT = "The teh ferry  left.\nA teh b.\n"


def _compare(*args: object, cwd: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "corpus" / "compare.py"), *map(str, args)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def _pack(folder: Path, *rules: tuple[str, str, str, str, str]) -> Path:
    folder.mkdir()
    names = ("id", "action", "match", "replace", "bad")
    parts = (PACK.format(**dict(zip(names, rule, strict=True))) for rule in rules)
    (folder / "own.toml").write_text("".join(parts), encoding="utf-8")
    return folder


TYPO = ("typo", "suggest", "teh", '["the"]', "teh")
BLANKS = ("blanks", "fix", "  +", '[" "]', "  ")


def test_a_rule_more(tmp_path: Path) -> None:
    _pack(tmp_path / "one", TYPO)
    _pack(tmp_path / "two", TYPO, BLANKS)
    (tmp_path / "a.txt").write_text(TEXT)
    code, out, err = _compare("one", "two", "a.txt", cwd=tmp_path)
    assert (code, err) == (1, "")
    assert out == (
        "one → two: +1, -0, ~0; 2 findings before, 3 now, in 1 text of 30 characters\n"
        "\n"
        "rule              old        new     gained       lost     action  proposals     extent\n"
        "own/blanks          0          1         +1          0          0          0          0\n"
        "1 rule the same.\n"
        "\n"
        "+ a.txt:1:14: fix own/blanks: blanks\n"
        "    The teh ferry  left.\n"
        "                 ^^\n"
        "    → “ ”\n"
    )
    code, out, _ = _compare("two", "one", "a.txt", cwd=tmp_path)
    assert code == 1
    assert "- a.txt:1:14: fix own/blanks: blanks\n" in out


@pytest.mark.parametrize(
    ("rule", "row", "before"),
    [
        (("typo", "fix", "teh", '["the"]', "teh"), "~2          0          0", "before: suggest"),
        (
            ("typo", "suggest", "teh", '["the", "ten"]', "teh"),
            "0         ~2          0",
            "before: → “the”",
        ),
        (
            ("typo", "suggest", "teh ", '["the "]', "teh "),
            "0         ~2         ~2",
            "before: at “teh”, → “the”",
        ),
    ],
)
def test_a_rule_that_changed(
    rule: tuple[str, str, str, str, str], row: str, before: str, tmp_path: Path
) -> None:
    _pack(tmp_path / "one", TYPO)
    _pack(tmp_path / "two", rule)
    (tmp_path / "a.txt").write_text(TEXT)
    code, out, _ = _compare("one", "two", "a.txt", "--show", 1, cwd=tmp_path)
    assert code == 1
    assert out.startswith("one → two: +0, -0, ~2; ")
    assert row in out
    assert out.count(before) == 1
    assert out.endswith("~ own/typo: 1 more\n")


def test_another_rule_at_the_same_place_is_named(tmp_path: Path) -> None:
    _pack(tmp_path / "one", TYPO)
    _pack(tmp_path / "two", ("spelling", *TYPO[1:]))
    (tmp_path / "d.jsonl").write_text('{"id": "x", "text": "A teh b."}\n{"id": "y", "text": ""}\n')
    code, out, _ = _compare("one", "two", "d.jsonl", cwd=tmp_path)
    assert code == 1
    assert "in 2 texts of 8 characters" in out
    assert "+ d.jsonl[x]:1:3: suggest own/spelling" in out
    assert "before found by own/typo" in out
    assert "now found by own/spelling" in out


def test_the_same_rules_differ_in_nothing(tmp_path: Path) -> None:
    """A checkout, its rules and a command line of one's own; the user's settings do not count."""
    (tmp_path / "scrubber.toml").write_text('select = ["media"]\n')
    (tmp_path / "a.txt").write_text("She signed the treatyBut he left.\n")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "empty.toml").touch()
    command = f"{sys.executable} -m scrubber check --format jsonl --config b/empty.toml"
    for other in (ROOT / "rules", command):
        code, out, err = _compare(ROOT, other, "a.txt", cwd=tmp_path)
        assert (code, err) == (0, "")
        assert "no difference; 1 finding before, 1 now" in out


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="NOT TESTED: this is no git checkout")
def test_a_git_revision(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing is wrong here.\n")
    code, out, err = _compare("HEAD", "HEAD", "a.txt", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert out.startswith("HEAD → HEAD: no difference; 0 findings")


@pytest.mark.parametrize(
    ("old", "data", "expected"),
    [
        ("nope", "a.txt", "compare: nope: no folder with packs"),
        ("empty", "a.txt", "compare: empty: a folder with neither packs nor src/scrubber"),
        ("one", "b.txt", "compare: b.txt: no such file"),
        (f"{sys.executable} --version", "a.txt", "does not print findings"),
        (f"{sys.executable} -c exit(7)", "a.txt", "ended with exit code 7"),
        ("no-such-command check", "a.txt", "compare: no-such-command: no such file"),
    ],
)
def test_a_mistake_is_one_line(old: str, data: str, expected: str, tmp_path: Path) -> None:
    _pack(tmp_path / "one", TYPO)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(TEXT)
    code, out, err = _compare(old, "one", data, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert expected in err
    assert err.count("\n") == 1


def test_a_pack_with_a_mistake_is_told_and_ends_in_2(tmp_path: Path) -> None:
    _pack(tmp_path / "one", TYPO)
    _pack(tmp_path / "two", TYPO, ("blanks", "mend", "  +", '[" "]', "  "))
    (tmp_path / "a.txt").write_text(TEXT)
    code, out, err = _compare("one", "two", "a.txt", cwd=tmp_path)
    assert code == 2
    assert "no difference" in out
    assert 'must be fix, suggest or report, not "mend"' in err
