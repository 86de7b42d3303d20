"""The hooks under the real pre-commit: exit codes, bytes on disk and in the index, output."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from repositories import (
    CLEAN,
    FIXED,
    GLUED,
    HOOKS,
    ROOT,
    Repository,
    configuration,
    environment,
)

LONG = "".join(f"Line {number} of the minutes stands here.\n" for number in range(20))


@pytest.fixture(scope="session")
def pre_commit_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def repository(tmp_path: Path, pre_commit_home: Path) -> Repository:
    """A repository with the hooks, not installed into git, and one commit."""
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder, pre_commit_home)
    made.commit({".pre-commit-config.yaml": configuration(), "clean.md": CLEAN})
    return made


@pytest.fixture
def other(tmp_path: Path, pre_commit_home: Path) -> Callable[[str], Repository]:
    """Makes a second repository beside the first."""

    def make(name: str) -> Repository:
        (tmp_path / name).mkdir()
        return Repository(tmp_path / name, pre_commit_home)

    return make


def test_check_writes_nothing_and_names_what_to_run_next(repository: Repository) -> None:
    repository.stage({"docs/a b.md": GLUED})
    ran = repository.run("scrubber")
    assert ran.code == 1
    assert "- exit code: 1" in ran.out
    assert "docs/a b.md:1:22: fix links/glued-capital" in ran.out
    assert "See the repairs:        scrubber fix --diff 'docs/a b.md'\n" in ran.out
    assert "Decide each one:        scrubber review 'docs/a b.md'\n" in ran.out
    assert repository.disk("docs/a b.md") == repository.index("docs/a b.md") == GLUED


def test_all_is_quiet_when_all_is_well(repository: Repository) -> None:
    repository.stage({"b.md": CLEAN})
    ran = repository.run()
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.rsplit(".", 1)[1] for line in lines] == [
        "Passed",
        "Passed",
        "(no files to check)Skipped",
    ]
    assert repository.disk("b.md") == CLEAN


def test_fix_writes_and_what_it_names_shows_it_and_takes_it_back(repository: Repository) -> None:
    repository.stage({"a.md": GLUED, "b.md": CLEAN})
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert "- files were modified by this hook\n" in ran.out
    assert "\na.md: 1 place repaired\n1 place repaired in 1 of 2 files.\n" in ran.out
    assert (repository.disk("a.md"), repository.index("a.md")) == (FIXED, GLUED)
    shown = ran.out.split("See what was done:")[1].splitlines()
    commands = [shlex.split(line[line.index("git ") :])[1:] for line in shown if "git " in line]
    assert [command[0] for command in commands] == ["diff", "restore"]
    assert f"+{FIXED}" in repository.git(*commands[0])
    repository.git(*commands[1], stdin="y\n")
    assert repository.disk("a.md") == GLUED


def test_fix_passes_once_its_work_is_staged(repository: Repository) -> None:
    repository.stage({"a.md": GLUED})
    assert repository.run("scrubber-fix").code == 1
    repository.git("add", "-A")
    assert repository.run().code == 0
    assert repository.disk("a.md") == repository.index("a.md") == FIXED


def test_fix_leaves_suggestions_alone(repository: Repository) -> None:
    doubt = "The delegates spoke about The drought in the valleys.\n"
    repository.stage({"a.md": doubt})
    assert repository.run("scrubber-fix").code == 0
    ran = repository.run("scrubber")
    assert ran.code == 1
    assert "See the repairs:" not in ran.out
    assert "Decide each one:" in ran.out
    assert repository.disk("a.md") == doubt


def test_a_finding_is_of_what_is_staged_only(repository: Repository) -> None:
    repository.stage({"a.md": LONG})
    repository.write({"a.md": LONG + GLUED})
    ran = repository.run("scrubber")
    assert ran.code == 0
    assert repository.disk("a.md") == LONG + GLUED
    assert repository.index("a.md") == LONG


def test_what_is_not_staged_survives_a_repair(repository: Repository) -> None:
    repository.stage({"a.md": GLUED + LONG})
    repository.write({"a.md": GLUED + LONG + "Not staged yet.\n"})
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert repository.disk("a.md") == FIXED + LONG + "Not staged yet.\n"
    assert repository.index("a.md") == GLUED + LONG


def test_what_is_not_staged_in_the_same_line_goes_before_a_repair(repository: Repository) -> None:
    mine = GLUED.replace("mayor", "new mayor")
    repository.stage({"a.md": GLUED})
    repository.write({"a.md": mine})
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert "Rolling back fixes" in ran.out
    assert (repository.disk("a.md"), repository.index("a.md")) == (mine, GLUED)


def test_renamed_deleted_and_gone_files(repository: Repository) -> None:
    repository.commit({"old.md": LONG + GLUED, "dead.md": GLUED, "gone.md": GLUED})
    repository.git("mv", "old.md", "new.md")
    repository.git("rm", "-q", "dead.md")
    (repository.folder / "gone.md").unlink()
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert "\nnew.md: 1 place repaired\n1 place repaired in 1 of 1 file.\n" in ran.out
    assert repository.disk("new.md") == LONG + FIXED
    assert repository.index("new.md") == LONG + GLUED
    present = set(os.listdir(repository.folder)) - {".git", ".pre-commit-config.yaml"}
    assert present == {"clean.md", "new.md"}


def test_in_a_commit_the_hook_stops_it_until_the_repair_is_staged(repository: Repository) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=repository.folder,
        env=environment(repository.home),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done
    repository.stage({"a.md": GLUED})
    repository.git("commit", "-m", "stopped", code=1)
    repository.git("add", "-A")
    repository.git("commit", "-m", "goes through")
    assert repository.git("show", "HEAD:a.md") == FIXED
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.md", b"PNG\0\1\2treatyBut", "scrubber: b.md: binary, not a text"),
        ("l.txt", "Der Bürgermeister".encode("latin-1"), "scrubber: l.txt: not UTF-8 (at byte 5)"),
    ],
    ids=["binary", "latin-1"],
)
@pytest.mark.parametrize("hook", ["scrubber", "scrubber-fix"])
def test_what_is_no_text_is_told_and_costs_itself_only(
    repository: Repository, name: str, content: bytes, said: str, hook: str
) -> None:
    repository.stage({"a.md": GLUED, name: content})
    ran = repository.run(hook)
    assert ran.code == 1
    assert "- exit code: 2" in ran.out
    assert said in ran.out
    assert "Leave a file out:       `exclude` in scrubber.toml or [tool.scrubber]" in ran.out
    assert (repository.folder / name).read_bytes() == content
    assert repository.disk("a.md") == (FIXED if hook == "scrubber-fix" else GLUED)


def test_code_and_pictures_are_not_passed(repository: Repository) -> None:
    names = ("a.py", "b.png", "c.toml", "d.json", "CMakeLists.txt", "meson_options.txt", "e.txt.gz")
    repository.stage(dict.fromkeys(names, GLUED))
    for hook in ("scrubber", "scrubber-fix"):
        ran = repository.run(hook)
        assert (ran.code, "(no files to check)Skipped" in ran.out) == (0, True)


def test_links_are_passed_over(repository: Repository, other: Callable[[str], Repository]) -> None:
    outside = other("outside")
    outside.commit({"a.md": GLUED, "docs/b.md": GLUED})
    for name, to in (("a.md", "a.md"), ("docs", "docs"), ("dangling.md", "none.md")):
        (repository.folder / name).symlink_to(outside.folder / to)
    repository.git("add", "-A")
    ran = repository.run("scrubber-fix", "--all-files")
    assert ran.code == 0
    assert outside.git("status", "--porcelain") == ""
    assert repository.git("diff", "--name-only") == ""


@pytest.mark.parametrize("link", ["file", "folder"])
def test_nothing_outside_is_written_through_a_link(
    repository: Repository, other: Callable[[str], Repository], link: str
) -> None:
    outside = other("outside")
    outside.commit({"a.md": GLUED})
    if link == "file":  # one that the user's own configuration lets through
        repository.commit({".pre-commit-config.yaml": configuration(types=["symlink"])})
        (repository.folder / "docs").mkdir()
        (repository.folder / "docs" / "a.md").symlink_to(outside.folder / "a.md")
        repository.git("add", "-A")
    else:  # a folder that became a link after its files were staged
        repository.commit({"docs/a.md": GLUED})
        (repository.folder / "docs" / "a.md").unlink()
        (repository.folder / "docs").rmdir()
        (repository.folder / "docs").symlink_to(outside.folder)
    ran = repository.run("scrubber-fix", "--all-files")
    assert ran.code == 1
    assert "- exit code: 2" in ran.out
    assert "scrubber: docs/a.md: leads out of the repository by a link" in ran.out
    assert outside.disk("a.md") == GLUED
    assert outside.git("status", "--porcelain") == ""


def test_a_link_within_the_repository_stays_one(repository: Repository) -> None:
    repository.commit({".pre-commit-config.yaml": configuration(types=["symlink"]), "a.md": GLUED})
    (repository.folder / "link.md").symlink_to("a.md")
    repository.git("add", "-A")
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert os.readlink(repository.folder / "link.md") == "a.md"
    assert repository.disk("a.md") == FIXED


def test_a_submodule_is_not_entered(
    repository: Repository, other: Callable[[str], Repository]
) -> None:
    module = other("module")
    module.commit({"a.md": GLUED})
    added = ("submodule", "--quiet", "add", str(module.folder), "sub.md")
    repository.git("-c", "protocol.file.allow=always", *added)
    repository.git("commit", "-qm", "a submodule")
    ran = repository.run("scrubber-fix", "--all-files")
    assert ran.code == 0
    assert repository.disk("sub.md/a.md") == GLUED
    assert repository.git("status", "--porcelain") == ""


ODD = (
    "with blank.md",
    " leading.md",
    "two\nlines.md",
    "-q.md",
    "--diff.md",
    "--edits=log.md",
    "--config=x.md",
    "--.md",
    "é.md",
    "e\u0301.md",
    "漢字 🚢.md",
    "[ab].md",
    "*.md",
    "?.md",
    "'\"$(touch pwned)`.md",
    "back\\slash.md",
    "tab\there.md",
    "\x1b[31m.md",
    "docs/-r.md",
)


def test_odd_names_are_names(repository: Repository) -> None:
    repository.stage(dict.fromkeys(ODD, GLUED))
    assert repository.run("scrubber").out.count("fix links/glued-capital") == len(ODD)
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert f"{len(ODD)} places repaired in {len(ODD)} of {len(ODD)} files." in ran.out
    assert "\x1b" not in ran.out
    assert {name: repository.disk(name) for name in ODD} == dict.fromkeys(ODD, FIXED)
    changed = repository.git("diff", "--name-only", "-z").split("\0")[:-1]
    assert sorted(changed) == sorted(ODD)
    assert repository.git("ls-files", "--others") == ""
    repository.git("add", "-A")
    assert repository.run().code == 0


def test_a_name_is_no_option_even_when_options_are_given(repository: Repository) -> None:
    changed = configuration(args=["--select", "links", "--pack", "own.toml"])
    pack = (
        "[[rule]]\nid='r'\nabout='a'\nwhy='b'\nsafety='c'\naction='suggest'\nmatch='cat'\n"
        "replace=['dog']\nexample=[{bad='⟦cat⟧'},{ok='cow'}]\n"
    )
    repository.commit({".pre-commit-config.yaml": changed, "own.toml": pack})
    repository.stage({"--ignore=links.md": GLUED})
    ran = repository.run("scrubber")
    assert ran.code == 1
    assert "--ignore=links.md:1:22: fix links/glued-capital" in ran.out
    assert "scrubber review --select links --pack own.toml ./--ignore=links.md\n" in ran.out


def test_two_thousand_files_are_one_run(repository: Repository) -> None:
    files = {f"docs/{number % 40}/page {number}.md": CLEAN for number in range(2000)}
    damaged = dict.fromkeys(sorted(files)[::250], GLUED)
    repository.commit(files | damaged)
    ran = repository.run("scrubber", "--all-files")
    assert ran.code == 1
    assert ran.out.count("fix links/glued-capital") == len(damaged) == 8
    assert ran.out.count("8 findings in 2,001 files: 8 fix.") == 1
    assert "Decide each one:        scrubber review docs\n" in ran.out
    assert repository.git("status", "--porcelain") == ""


def test_line_breaks_and_marks_stay(repository: Repository) -> None:
    texts = {"crlf.md": "One.\r\n{}\r\nEnd", "bom.txt": "\ufeff{}\r\n", "mixed.txt": "a\n{}\r\nb\r"}
    repository.stage({name: text.format(GLUED[:-1]) for name, text in texts.items()})
    assert repository.run("scrubber-fix").code == 1
    for name, text in texts.items():
        assert repository.disk(name) == text.format(FIXED[:-1])
        assert repository.index(name) == text.format(GLUED[:-1])


def test_a_file_that_may_be_run_stays_so(repository: Repository) -> None:
    repository.stage({"a.md": GLUED})
    (repository.folder / "a.md").chmod(0o755)
    repository.git("add", "-A")
    assert repository.run("scrubber-fix").code == 1
    assert (repository.folder / "a.md").stat().st_mode & 0o777 == 0o755
    assert repository.git("diff", "--summary") == ""
    assert repository.git("ls-files", "-s", "a.md").startswith("100755 ")


def test_a_read_only_file(repository: Repository) -> None:
    repository.stage({"a.md": GLUED, "b.md": GLUED})
    (repository.folder / "a.md").chmod(0o444)
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert repository.disk("b.md") == FIXED
    assert (repository.folder / "a.md").stat().st_mode & 0o777 == 0o444
    if os.access(repository.folder / "a.md", os.W_OK):  # the superuser may
        assert repository.disk("a.md") == FIXED
    else:
        assert "scrubber: a.md: cannot be written: permission denied" in ran.out
        assert "- exit code: 2" in ran.out
        assert repository.disk("a.md") == GLUED


def test_a_merge_with_a_conflict_waits_for_a_person(repository: Repository) -> None:
    repository.commit({"a.md": GLUED})
    repository.git("switch", "-qc", "theirs")
    repository.commit({"a.md": GLUED.replace("mayor", "consul")})
    repository.git("switch", "-q", "main")
    repository.commit({"a.md": GLUED.replace("mayor", "warden")})
    repository.git("merge", "theirs", code=1)
    marked, stages = repository.disk("a.md"), repository.git("ls-files", "--unmerged")
    ran = repository.run()
    assert (ran.code, "Unmerged files" in ran.out) == (1, True)
    assert repository.disk("a.md") == marked
    assert repository.run("scrubber-fix", "--all-files").code == 1  # asked for outright
    assert repository.disk("a.md") == marked.replace("treatyBut", "treaty, but")
    assert repository.git("ls-files", "--unmerged") == stages
    repository.stage({"a.md": GLUED})
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert (repository.disk("a.md"), repository.index("a.md")) == (FIXED, GLUED)


def test_a_hook_that_is_skipped_does_nothing(repository: Repository) -> None:
    repository.stage({"a.md": GLUED})
    ran = repository.run(SKIP="scrubber,scrubber-fix")
    assert ran.code == 0
    assert ran.out.count("Skipped\n") == 3
    assert repository.disk("a.md") == repository.index("a.md") == GLUED


PACK = """
[[rule]]
id = "doubled-editor"
about = "An editor's mark."
why = "Open questions are marked."
safety = "A person answers the question."
action = "suggest"
match = '(?<span> \\[TK\\])(?=\\s)'
replace = [""]
example = [{ bad = "The mayor⟦ [TK]⟧ was there.", good = "GOOD" }, { ok = "The TK index." }]
"""


def test_the_examples_of_own_packs_are_run(repository: Repository) -> None:
    repository.stage({"Cargo.toml": "[package]\n"})
    ran = repository.run("scrubber-rules", "--verbose")
    assert ran.code == 0
    assert "No packs of your own: `packs` in the settings names none.\n" in ran.out

    held = PACK.replace("GOOD", "The mayor was there.")
    repository.stage({"scrubber.toml": 'packs = ["rules/own.toml"]\n', "rules/own.toml": held})
    ran = repository.run("scrubber-rules", "--verbose")
    assert ran.code == 0
    assert "2 examples of 1 rule, 0 failures.\n" in ran.out

    repository.stage({"rules/own.toml": PACK})
    ran = repository.run("scrubber-rules")
    assert ran.code == 1
    assert "rules/own.toml: own/doubled-editor: example 1: wrong: the repair gives" in ran.out

    repository.stage({"scrubber.toml": 'packs = ["none.toml"]\n'})
    ran = repository.run("scrubber-rules")
    assert "- exit code: 2" in ran.out
    assert 'scrubber: scrubber.toml:1: packs: no file or folder "none.toml"\n' in ran.out


def test_what_was_rejected_is_silent_and_its_ledger_is_no_text(repository: Repository) -> None:
    repository.stage({"a.md": GLUED})
    answers = '{"verdict": "reject", "scope": "rule", "rule": "links/glued-capital"}\n'
    repository.stage({".scrubber/decisions.jsonl": answers})
    ran = repository.run()
    assert ran.code == 0, ran.out
    assert repository.disk("a.md") == GLUED
    assert repository.disk(".scrubber/decisions.jsonl") == answers


def test_what_the_settings_exclude_stays_out_though_it_is_passed(repository: Repository) -> None:
    repository.stage({"scrubber.toml": 'exclude = ["kept", "kept/**"]\n'})
    repository.stage({"kept/a.md": GLUED, "kept/deep/b.md": GLUED, "c.md": GLUED})
    ran = repository.run("scrubber-fix")
    assert ran.code == 1
    assert "1 place repaired in 1 of 1 file." in ran.out
    assert repository.disk("kept/a.md") == repository.disk("kept/deep/b.md") == GLUED
    assert repository.disk("c.md") == FIXED


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository of what the project is built from, as it is now."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("src", "rules", "corpus/floors.toml", *_TOP):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


_TOP = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def test_the_hooks_as_they_are_installed(
    project: Path, repository: Repository, tmp_path: Path
) -> None:
    """One of them with what the README says makes it faster: it gets an environment of its own."""
    here = Repository(project, repository.home)
    here.git("add", "-A")
    here.git("commit", "-qm", "state")
    revision = here.git("rev-parse", "HEAD").strip()
    hooks: list[dict[str, object]] = [{"id": hook["id"]} for hook in HOOKS]
    faster = re.search(r"# (additional_dependencies: .*)", (ROOT / "README.md").read_text("utf-8"))
    assert faster
    hooks[0] |= yaml.safe_load(faster[1])
    named = {"repo": project.as_uri(), "rev": revision, "hooks": hooks}
    repository.commit({".pre-commit-config.yaml": yaml.safe_dump({"repos": [named]})})
    repository.stage({"a.md": GLUED})
    bare = {"PYTHONPATH": "", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install-hooks"],
        cwd=repository.folder,
        env=environment(repository.home, **bare),
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode and re.search(_UNREACHABLE, installed.stdout):
        pytest.skip("NOT TESTED: the package index cannot be reached to install the hooks from")
    assert installed.returncode == 0, installed.stdout

    ran = repository.run("scrubber", **bare)
    assert ran.code == 1
    assert "a.md:1:22: fix links/glued-capital" in ran.out
    # Outside the hook this scrubber is not in the PATH: what is named must work all the same.
    decide = shlex.split(ran.out.split("Decide each one:")[1].splitlines()[0])
    program = Path(decide[0]).expanduser()
    assert program.is_relative_to(repository.home)
    shown = subprocess.run(
        [program, "fix", "--diff", *decide[2:]],
        cwd=repository.folder,
        env=environment(repository.home, **bare),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shown.returncode, f"+{FIXED}" in shown.stdout) == (1, True)
    assert repository.run("scrubber-fix", **bare).code == 1
    assert (repository.disk("a.md"), repository.index("a.md")) == (FIXED, GLUED)
    gated = [
        subprocess.run([python, "-c", "import re2"], capture_output=True, check=False).returncode
        for python in repository.home.glob("repo*/py_env-*/bin/python")
        if (python.parent / "scrubber").exists()
    ]
    assert sorted(gated) == [0, 1]


_UNREACHABLE = r"Failed to establish|name resolution|NewConnectionError|No matching distribution"
