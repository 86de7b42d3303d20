"""The GitHub action and the reviewdog workflow: their schemas, and their shell as it is run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from repositories import FIXED, GLUED, ROOT

FOLDER = ROOT / ".github" / "actions" / "scrubber"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text())
INSTALL, CHECK = ACTION["runs"]["steps"]
WORKFLOW: dict[str, Any] = yaml.safe_load((FOLDER / "reviewdog.yml").read_text())
UNREACHABLE = r"Failed to establish|name resolution|NewConnectionError|No matching distribution"


@pytest.mark.parametrize(
    ("schema", "name"), [("github-actions", "action.yml"), ("github-workflows", "reviewdog.yml")]
)
def test_the_public_schema_holds(schema: str, name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, str(FOLDER / name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_put_in_never_becomes_shell() -> None:
    for step in (INSTALL, CHECK):
        assert "${{" not in step["run"]
    used = {value for step in (INSTALL, CHECK) for value in step["env"].values()}
    assert used == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}


def _run(
    step: dict[str, Any], folder: Path, programs: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a step's shell as GitHub does, with these programs first in the PATH."""
    script = folder / "step.sh"
    script.write_text(step["run"])
    temporary = folder / "temp"
    temporary.mkdir(exist_ok=True)
    shell = ["bash", "--noprofile", "--norc", "-e"]
    if step.get("shell") == "bash":  # else the option is not set
        shell += ["-o", "pipefail"]
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_PATH": str(folder / "github-path"),
        "GITHUB_ACTION_PATH": str(FOLDER),
        **variables,
    }
    work = folder / "work"
    work.mkdir(exist_ok=True)
    return subprocess.run(
        [*shell, str(script)],
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _program(folder: Path, name: str, body: str) -> Path:
    """Put a small Python program into the folder of programs, and return that folder."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    file = programs / name
    file.write_text(f"#!{sys.executable}\nimport json, os, subprocess, sys\n{body}\n")
    file.chmod(0o755)
    return programs


_RECORD = "json.dump(sys.argv[1:], open(os.environ['RUNNER_TEMP'] + '/words.json', 'w'))"


@pytest.mark.parametrize(
    ("paths", "args", "words"),
    [
        (".", "", ["--format", "github", "--", "."]),
        ("docs\nREADME.md\n", "", ["--format", "github", "--", "docs", "README.md"]),
        ("a b.md\r\n\n-x.md", "", ["--format", "github", "--", "a b.md", "-x.md"]),
        (
            ".",
            "--select links,case\n  --ignore\tmedia ",
            ["--format", "github", "--select", "links,case", "--ignore", "media", "--", "."],
        ),
        (
            "$(touch pwned)\n`touch pwned`; touch pwned\n*",
            "--select $(touch${IFS}pwned) *",
            [
                *("--format", "github", "--select", "$(touch${IFS}pwned)", "*", "--"),
                *("$(touch pwned)", "`touch pwned`; touch pwned", "*"),
            ],
        ),
    ],
    ids=["default", "lines", "odd names", "options", "hostile"],
)
def test_paths_and_options_arrive_as_words(
    tmp_path: Path, paths: str, args: str, words: list[str]
) -> None:
    programs = _program(tmp_path, "scrubber", _RECORD)
    done = _run(CHECK, tmp_path, programs, SCRUBBER_PATHS=paths, SCRUBBER_ARGS=args)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((tmp_path / "temp" / "words.json").read_text()) == ["check", *words]
    assert os.listdir(tmp_path / "work") == []


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_step_fails_as_the_check_does(tmp_path: Path, code: int) -> None:
    programs = _program(tmp_path, "scrubber", f"sys.exit({code})")
    done = _run(CHECK, tmp_path, programs, SCRUBBER_PATHS=".", SCRUBBER_ARGS="")
    assert done.returncode == code


def test_without_paths_nothing_is_checked(tmp_path: Path) -> None:
    programs = _program(tmp_path, "scrubber", "sys.exit(2)")
    done = _run(CHECK, tmp_path, programs, SCRUBBER_PATHS="", SCRUBBER_ARGS="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


_PYTHON = f"""
if sys.argv[1] == "-c":
    sys.exit(OLD)
home = sys.argv[3]
os.makedirs(home + "/bin")
for name in ("python", "scrubber"):
    with open(home + "/bin/" + name, "w") as file:
        file.write("#!{sys.executable}\\nimport json, os, sys\\n" + {_RECORD!r} + "\\n")
    os.chmod(home + "/bin/" + name, 0o755)
"""


def test_a_version_is_had_from_the_index(tmp_path: Path) -> None:
    programs = _program(tmp_path, "python3", _PYTHON.replace("OLD", "0"))
    done = _run(INSTALL, tmp_path, programs, SCRUBBER_VERSION="0.9.1")
    assert done.returncode == 0, done.stderr
    words = json.loads((tmp_path / "temp" / "words.json").read_text())
    assert words[:3] == ["-m", "pip", "install"]
    assert words[-1] == "scrubtext==0.9.1"
    command = tmp_path / "temp" / "scrubber" / "command"
    assert (tmp_path / "github-path").read_text() == f"{command}\n"
    assert os.listdir(command) == ["scrubber"]  # and no python of ours before the job's


def test_an_old_python_is_told_what_to_do(tmp_path: Path) -> None:
    programs = _program(tmp_path, "python3", _PYTHON.replace("OLD", "1"))
    done = _run(INSTALL, tmp_path, programs, SCRUBBER_VERSION="")
    assert done.returncode == 2
    assert done.stdout.startswith("::error title=scrubber::needs Python 3.11 or later")
    assert not (tmp_path / "github-path").exists()


def test_it_installs_from_its_own_checkout(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    done = _run(INSTALL, tmp_path, programs, SCRUBBER_VERSION="", HOME=os.environ["HOME"])
    if done.returncode and re.search(UNREACHABLE, done.stdout + done.stderr):
        pytest.skip("NOT TESTED: the package index cannot be reached to build from")
    assert (done.returncode, done.stdout) == (0, ""), done
    command = Path((tmp_path / "github-path").read_text().rstrip("\n")) / "scrubber"
    (tmp_path / "a.md").write_text(GLUED)
    checked = subprocess.run(
        [command, "check", "a.md"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, "a.md:1:22: fix" in checked.stdout) == (1, True), checked


def _scrubber(folder: Path) -> Path:
    here = "from scrubber.cli import main\nmain()"
    return _program(folder, "scrubber", here)


def _offered(form: str) -> bool:
    from scrubber.cli.check import command

    (option,) = [option for option in command.params if option.name == "form"]
    return form in getattr(option.type, "choices", ())


def test_a_finding_is_an_annotation(tmp_path: Path) -> None:
    if not _offered("github"):
        pytest.skip("NOT TESTED: `check --format github` is not there yet")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a b.md").write_text(GLUED)
    where = {"PYTHONPATH": str(ROOT / "src")}
    programs = _scrubber(tmp_path)
    done = _run(CHECK, tmp_path, programs, SCRUBBER_PATHS="a b.md", SCRUBBER_ARGS="", **where)
    assert done.returncode == 1
    assert re.search(r"^::(error|warning|notice) file=a b\.md,line=1,", done.stdout, re.MULTILINE)


_REVIEWDOG = """
form = [word[3:] for word in sys.argv if word.startswith("-f=")]
open(os.environ["RUNNER_TEMP"] + "/got." + form[0], "wb").write(sys.stdin.buffer.read())
"""


def _recipe(folder: Path, job: str) -> subprocess.CompletedProcess[str]:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    (work / "a b.md").write_text(GLUED)
    _scrubber(folder)
    programs = _program(folder, "reviewdog", _REVIEWDOG)
    step = WORKFLOW["jobs"][job]["steps"][-1]
    return _run(step, folder, programs, PYTHONPATH=str(ROOT / "src"))


def test_reviewdog_is_given_a_diff_that_git_takes(tmp_path: Path) -> None:
    done = _recipe(tmp_path, "suggestions")
    assert done.returncode == 0, done.stderr
    applied = ["git", "apply", "-p1", str(tmp_path / "temp" / "got.diff")]
    subprocess.run(applied, cwd=tmp_path / "work", check=True)
    assert (tmp_path / "work" / "a b.md").read_text() == FIXED


def test_reviewdog_is_given_findings(tmp_path: Path) -> None:
    if not _offered("rdjsonl"):
        pytest.skip("NOT TESTED: `check --format rdjsonl` is not there yet")
    done = _recipe(tmp_path, "comments")
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "temp" / "got.rdjsonl").read_text().splitlines()
    assert json.loads(line)["location"]["path"] == "a b.md"


def test_a_recipe_still_fails_where_scrubber_does(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "l.txt").write_bytes("größer".encode("latin-1"))
    assert _recipe(tmp_path, "suggestions").returncode != 0
    assert not (tmp_path / "temp" / "got.diff").exists()


BLOCKS = [
    block
    for block in re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    if not {"repos", "jobs", "on"}.isdisjoint(map(str, yaml.safe_load(block)))
]
"""What is pasted into a repository's own files; a recipe of data-juicer has no schema."""


@pytest.mark.parametrize("block", BLOCKS)
def test_what_the_readme_says_to_paste(block: str, tmp_path: Path) -> None:
    file = tmp_path / "pasted.yml"
    file.write_text(block)
    command = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    if "repos" in yaml.safe_load(block):
        command = ["pre_commit", "validate-config"]
    done = subprocess.run([sys.executable, "-m", *command, str(file)], capture_output=True)
    assert done.returncode == 0, done
