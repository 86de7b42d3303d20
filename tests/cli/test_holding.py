"""What holds for each of the files of one run, over several projects."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pytest

from scrubber import packs
from scrubber.cli.holding import Holding
from scrubber.cli.options import Choice, Trouble

Write = Callable[[dict[str, str]], None]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(here: Path) -> Write:
    def written(files: dict[str, str]) -> None:
        for name, content in files.items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_text(content, encoding="utf-8")

    return written


def holding(
    select: Iterable[str] = (), extend: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Holding:
    return Holding(Trouble(), Choice(None, (), tuple(select), tuple(extend), tuple(ignore)))


def names(found: Holding, path: str) -> set[str]:
    return {packs.pack_of(rule.id) for rule in found.of(path).rules}


def test_without_settings_the_same_holds_for_all(here: Path) -> None:
    found = holding()
    assert found.of("a.txt") is found.of("b/c/d.md")
    every = packs.chosen(packs.built_in().rules)
    assert [rule.id for rule in found.of("a.txt").rules] == [rule.id for rule in every]
    assert found.of("a.txt").settings.folder == here


def test_each_file_has_the_settings_nearest_to_it(write: Write) -> None:
    write(
        {
            "scrubber.toml": "select = ['links', 'case']",
            "one/pyproject.toml": "[tool.scrubber]\nselect = ['case']\nfield = 'body'",
            "two/scrubber.toml": "packs = ['own.toml']\nselect = ['footers']",
            "two/own.toml": "",
        }
    )
    found = holding()
    assert names(found, "a.txt") == names(found, "three/a.txt") == {"links", "case"}
    assert names(found, "one/deep/a.txt") == {"case"}
    assert found.of("one/deep/a.txt").settings.field == "body"
    assert names(found, "two/a.txt") == {"footers"}


def test_a_file_elsewhere_has_those_of_the_current_folder(
    write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write({"scrubber.toml": "select = ['case']\nexclude = ['kept']\nlanguage = {'*.txt' = 'de'}"})
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    found = holding().of(elsewhere / "a.txt")
    assert {packs.pack_of(rule.id) for rule in found.rules} == {"case"}
    assert found.language == "de"
    assert holding().of(elsewhere / "kept" / "a.txt").excluded


def test_the_command_line_stands_above_settings(write: Write) -> None:
    write(
        {
            "scrubber.toml": "select = ['case', 'links']\nignore = ['case/stray']\n"
            "[per-file-ignores]\n'*.md' = ['links', 'case']\n'b.md' = ['footers']"
        }
    )
    assert names(holding(), "a.txt") == {"case", "links"}
    assert names(holding(), "a.md") == set()
    assert names(holding(ignore=["links"]), "a.txt") == {"case"}
    assert names(holding(extend=["footers"]), "a.txt") == {"case", "links", "footers"}
    assert names(holding(extend=["footers"]), "b.md") == set()
    found = holding(select=["links/glued-capital", "case"]).of("a.md")
    assert {rule.id for rule in found.rules} == {"links/glued-capital"}
    assert "case/stray-capital" not in {rule.id for rule in holding(["case"]).of("a.txt").rules}


def test_languages_go_by_path_and_the_last_glob_counts(write: Write) -> None:
    write({"scrubber.toml": "[language]\n'docs/**' = 'en'\n'docs/de' = 'de'"})
    found = holding()
    told = [found.of(path).language for path in ("a.md", "docs/a.md", "docs/de/a.md")]
    assert told == [None, "en", "de"]


@pytest.mark.parametrize("repository", [True, False])
def test_what_is_excluded_has_no_rules(here: Path, write: Write, repository: bool) -> None:
    if repository:
        (here / ".git").mkdir()
    write(
        {
            "scrubber.toml": "exclude = ['old', 'docs/*.txt', 'a/b/']",
            "inner/scrubber.toml": "select = ['case']",
        }
    )
    found = holding()
    out = "old old/a.md x/old/b/c.md docs/a.txt a/b/c.md".split()
    assert [path for path in out if not found.of(path).excluded] == []
    assert all(found.of(path).rules == () for path in out)
    kept = "old.md docs/a.md docs/b/a.txt a/b inner/a.md inner/docs/a.txt".split()
    assert [path for path in kept if found.of(path).excluded] == []
    assert found.excludes(str(here / "old"))
    assert not found.excludes(str(here / "docs"))


def test_settings_below_what_is_excluded_do_not_bring_it_back(here: Path, write: Write) -> None:
    (here / ".git").mkdir()
    write({"scrubber.toml": "exclude = ['vendor']", "vendor/them/scrubber.toml": "no settings"})
    assert holding().of("vendor/them/docs/a.md").excluded


def test_an_exclude_above_the_repository_is_none_of_its_own(here: Path, write: Write) -> None:
    write({"scrubber.toml": "exclude = ['work']", "work/proj/scrubber.toml": ""})
    (here / "work" / "proj" / ".git").mkdir()
    assert not holding().of("work/proj/a.md").excluded
    (here / "work" / "proj" / "scrubber.toml").unlink()
    assert holding().of("work/proj/a.md").excluded


def test_a_mistake_in_settings_stops_the_run(write: Write) -> None:
    write({"scrubber.toml": "select = ['lnks']", "one/scrubber.toml": "packs = [\n'own.toml']"})
    with pytest.raises(
        click.ClickException, match=r"^scrubber.toml:1: select: no rule begins with \"lnk"
    ):
        holding().of("a.md")
    with pytest.raises(
        click.ClickException, match=r"^one/scrubber.toml:2: packs: no file or folder"
    ):
        holding().of("one/a.md")


def test_a_prefix_may_name_a_rule_of_one_project(write: Write) -> None:
    rule = (
        "[[rule]]\nid='r'\nabout='a'\nwhy='b'\nsafety='c'\naction='suggest'\nmatch='cat'\n"
        "replace=['dog']\nexample=[{bad='⟦cat⟧'},{ok='cow'}]\n"
    )
    write({"one/scrubber.toml": "packs = ['own.toml']", "one/own.toml": rule})
    found = holding(select=["own"])
    assert [rule.id for rule in found.of("one/a.md").rules] == ["own/r"]
    assert found.of("two/a.md").rules == ()
    found.check()
    assert [rule.id for rule in found.rules()] == ["own/r"]
    found = holding(select=["own"])
    found.of("two/a.md")
    with pytest.raises(click.UsageError, match='no rule begins with "own"'):
        found.check()


def test_a_digest_knows_all_that_finds(write: Write) -> None:
    def digest(settings: str, path: str = "a.md") -> bytes:
        write({"scrubber.toml": settings})
        return holding().of(path).digest

    plain = digest("")
    assert digest("field = 'body'\nexclude = ['b']\n[language]\n'b.md' = 'de'") == plain
    assert digest("[per-file-ignores]\n'b.md' = ['case']") == plain
    others = [
        "ignore = ['case']",
        "extend = ['c4']",
        "allow = ['a']",
        "allow = ['b']",
        "actions = { case = 'report' }",
        "language = { '*' = 'de' }",
        "per-file-ignores = { '*' = ['links'] }",
    ]
    assert len({plain, *map(digest, others)}) == len(others) + 1


def test_a_review_with_one_ledger_follows_the_settings_of_each(here: Path, write: Write) -> None:
    glued = "The mayor signed the treatyBut the council refused.\n"
    answer = '{"verdict": "accept", "scope": "rule", "rule": "links/glued-capital"}\n'
    write(dict.fromkeys(("a.txt", "one/a.txt", "two/a.txt"), glued))
    write({"one/scrubber.toml": "ignore = ['links']", "two/scrubber.toml": "exclude = ['a.txt']"})
    write({"answers.jsonl": answer})
    command = "scrubber review --decisions said.jsonl --answers answers.jsonl".split()
    files = ("a.txt", "one/a.txt", "two/a.txt")
    done = subprocess.run(
        [sys.executable, "-m", *command, *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    changed = [name for name in files if (here / name).read_text() != glued]
    assert changed == ["a.txt"]
