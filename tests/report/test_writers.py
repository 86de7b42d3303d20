"""What holds for every format: valid with nothing found and with errors, and these very bytes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import odd
import pytest
import schemas
from pytest_regressions.file_regression import FileRegressionFixture

from scrubber.documents.source import Source
from scrubber.model import Action, Finding
from scrubber.report.measured import Measured
from scrubber.report.severity import SEVERITIES


def _lines(check: Callable[[object], None]) -> Callable[[str], None]:
    def checked(text: str) -> None:
        assert text == "" or text.endswith("\n")
        for line in text.split("\n")[:-1]:
            check(json.loads(line))

    return checked


def _github(text: str) -> None:
    for line in text.split("\n")[:-1]:
        assert line.startswith("::")


def _array(text: str) -> None:
    assert isinstance(json.loads(text), list)


def _any(value: object) -> None:
    assert value


VALID: dict[str, Callable[[str], object]] = {
    "text": str,
    "jsonl": _lines(_any),
    "json": _array,
    "sarif": lambda text: schemas.sarif(json.loads(text)),
    "rdjsonl": _lines(schemas.rdjson),
    "github": _github,
    "gitlab": lambda text: schemas.gitlab(json.loads(text)),
    "junit": ET.fromstring,
    "html": lambda text: text.index("</html>"),
}
FORMATS = list(VALID)
TOLD = [("none.txt", "no such file"), ("a\x00\x1b{0}.txt", "not “UTF-8”, <x> & [y](z)")]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("told", [(), TOLD], ids=["clean", "with errors"])
@pytest.mark.parametrize("files", [0, 1])
def test_valid_where_nothing_is_found(form: str, told: list[tuple[str, str]], files: int) -> None:
    sources: list[tuple[Source, odd.Findings]] = [(odd.plain_file("All is well.\n"), [[]])] * files
    VALID[form](odd.report(odd.writers(odd.run())[form], *sources, told=told))


@pytest.mark.parametrize("form", FORMATS)
def test_valid_for_any_text(form: str) -> None:
    sources: list[tuple[Source, odd.Findings]] = []
    for name, marked in odd.MARKED.items():
        found = odd.finding(marked)
        path = f"a {name}, %41{{0}} & <b>\n'\"é:😀\x1b\udcff.txt"
        sources.append((odd.plain_file(odd.TEXTS[name], path), [[found]]))
        sources.append((odd.dataset([odd.TEXTS[name]], ascii_only=True), [[], [found]]))
    text = odd.report(odd.writers(odd.run())[form], *sources, told=TOLD)
    VALID[form](text)
    text.encode("utf-8", "surrogateescape")


def test_all_agree_on_how_bad_a_finding_is() -> None:
    assert list(SEVERITIES) == list(Action)
    for names in zip(*SEVERITIES.values(), strict=True):
        assert len(set(names)) == len(Action)


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "html"])
def test_golden(form: str, file_regression: FileRegressionFixture) -> None:
    """Bytes, not text: line ends and the end of the file count."""
    rules = odd.rule(), odd.rule("tide/stray", Action.SUGGEST), odd.rule("tide/odd", Action.REPORT)
    measured = {"tide/glued": Measured(99, 100, 0.9455, 0.9982, False, ("99 of 100 right",))}
    writer = odd.writers(odd.run(*rules, measured=measured))[form]
    text = "\ufeff“Näh” the seaBut was calm.\r\n\r\nSource link\r\n"
    first = [
        Finding("tide/odd", 1, 6, "“Näh”", (), Action.REPORT, "odd {quote}"),
        Finding("tide/glued", 11, 17, "seaBut", ("sea but", "sea. But"), Action.FIX, "glued"),
        Finding("tide/stray", 29, 42, "\r\nSource link", ("",), Action.SUGGEST, "stray"),
    ]
    rows = odd.dataset([" seaBut 😀"], ascii_only=True, path="/work/tide/sub/b 1.jsonl")
    second = [Finding("tide/glued", 1, 7, "seaBut", ("sea, but",), Action.FIX, "glued")]
    found = odd.report(
        writer,
        (odd.plain_file(text, "./docs/a.txt"), [first]),
        (rows, [[], second]),
        (odd.plain_file("All is well.\n", "../c.md"), [[]]),
        told=[("none.txt", "no such file")],
    )
    file_regression.check(found.encode(), extension=f".{form}", binary=True)
