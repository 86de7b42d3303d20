"""`--second-opinion` on the command line, with a scorer that needs no model."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import click
import pytest

from scrubber.cli.commands import group
from scrubber.opinion import choosing
from scrubber.opinion.asking import Answer, Question

TEXT = "The boats stay in the harbour until the end of The summer, said the man at the gate.\n"


class _Done(NamedTuple):
    exit_code: int
    output: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., _Done]:
    def called(*args: str) -> _Done:
        try:
            code = group.main(list(args), "scrubber", standalone_mode=False)
        except click.ClickException as error:
            return _Done(2, error.format_message())
        return _Done(code, "".join(capsys.readouterr()))

    return called


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "page.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def odds(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What the model answers, by the reading."""
    found: dict[str, float] = {}

    def answers(text: str, questions: list[Question]) -> list[Answer]:
        return [tuple(found.get(r.strip(), -20.0) for r in q.readings) for q in questions]

    monkeypatch.setattr(choosing, "located", lambda path: path or Path("default"))
    monkeypatch.setattr(choosing, "digest", lambda path, wanted=None: str(path).encode())
    scorer = SimpleNamespace(digest=b"", answers=answers)
    monkeypatch.setattr(choosing, "scorer", lambda path, digest: scorer)
    return found


def test_without_it_nothing_of_a_model_is_imported(page: Path) -> None:
    code = (
        "import sys\n"
        "from scrubber.cli.commands import group\n"
        "assert group.main(['check', 'page.txt'], 'scrubber', standalone_mode=False) == 1\n"
        "heavy = {'numpy', 'onnx', 'onnxruntime', 'gguf', 'tokenizers', 'scrubber.opinion'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=page.parent, check=False)
    assert done.returncode == 0


def test_a_finding_tells_what_the_model_says(
    page: Path, odds: dict[str, float], run: Callable[..., _Done]
) -> None:
    odds |= {"the": 11.0, ". The": 12.0}
    done = run("check", "--second-opinion", "page.txt")
    assert done.exit_code == 1
    assert "second opinion: confirmed (+12.0)" in done.output
    assert done.output.index("“. The”") < done.output.index("“ the”")


def test_what_the_model_withdraws_is_not_told(
    page: Path, odds: dict[str, float], run: Callable[..., _Done]
) -> None:
    assert run("check", "page.txt").exit_code == 1
    assert run("check", "--second-opinion", "page.txt").exit_code == 0


def test_it_may_stand_in_the_settings(
    page: Path, odds: dict[str, float], run: Callable[..., _Done]
) -> None:
    (page.parent / "scrubber.toml").write_text('second-opinion = "default"\n')
    assert run("check", "page.txt").exit_code == 0


def test_fix_takes_the_likelier_of_what_is_suggested(
    page: Path, odds: dict[str, float], run: Callable[..., _Done]
) -> None:
    odds |= {"the": 11.0, ". The": 12.0}
    assert run("fix", "--second-opinion", "page.txt").exit_code == 0
    assert page.read_text(encoding="utf-8") == TEXT
    assert run("fix", "--suggested", "--second-opinion", "page.txt").exit_code == 1
    assert "the end of. The summer" in page.read_text(encoding="utf-8")


def test_a_missing_extra_is_one_line(
    page: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., _Done]
) -> None:
    monkeypatch.setattr(choosing, "NEEDED", ("no_such_runtime",))
    done = run("check", "--second-opinion", "page.txt")
    assert done.exit_code == 2
    assert "pip install 'scrubtext[lm]'" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("option", [("--model", "m.gguf"), ("--all-pronouns",)])
def test_what_belongs_to_it_needs_it(
    page: Path, option: tuple[str, ...], run: Callable[..., _Done]
) -> None:
    done = run("check", *option, "page.txt")
    assert done.exit_code == 2
    assert "belong to --second-opinion" in done.output


@pytest.fixture
def crawl(page: Path) -> Path:
    folder = page.parent / "crawl"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT * (1 + number * 24), encoding="utf-8")
    return folder


def test_clean_says_what_asking_costs_and_then_asks(
    run: Callable[..., _Done], crawl: Path, odds: dict[str, float]
) -> None:
    odds["the"] = 9.0
    later = run("clean", "crawl", "-o", "out", "--second-opinion", "--ask-later")
    assert later.exit_code == 0
    assert "is to be asked about 75 findings: 6 s on two processors" in later.output
    assert not Path("out/_scrubber/opinions").exists()
    done = run("clean", "crawl", "-o", "out", "--second-opinion")
    assert done.exit_code == 0
    assert "49 findings" in done.output
    assert "at the pace of the first ones" in done.output
    assert "case/stray-capital: 75 confirmed" in done.output
    assert (crawl / "2.txt").read_bytes() == Path("out/2.txt").read_bytes()
    assert len(list(Path("out/_scrubber/opinions").iterdir())) == 3


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (("-o", "out", "--ask-later"), "belong to --second-opinion"),
        (("-o", "out", "--model", "m"), "belong to --second-opinion"),
        (("--dry-run", "--second-opinion"), "is about what was cleaned"),
        (("-o", "out", "--second-opinion", "--edits-as", "column"), "take jsonl or parquet"),
        (("-o", "out", "--second-opinion", "--ask-later", "--model", "m"), "asks no model"),
        (("-o", "s3://a/b", "--second-opinion"), "clean into one, and copy it then"),
    ],
)
def test_what_makes_no_sense_with_clean_is_refused(
    run: Callable[..., _Done], crawl: Path, given: tuple[str, ...], problem: str
) -> None:
    done = run("clean", "crawl", *given)
    assert done.exit_code == 2
    assert problem in done.output
    assert not Path("out").exists()
