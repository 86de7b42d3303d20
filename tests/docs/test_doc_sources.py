"""What is found in real documentation: hardly anything, and nothing in code or URLs."""

from __future__ import annotations

from pathlib import Path

import pytest
from literals import in_literal
from score_docs import (
    MB,
    VERDICTS,
    NotFetchedError,
    Tally,
    fetched,
    pages_of,
    score,
    verdicts_of,
)


def test_few_findings_in_real_documentation_and_none_in_code(pytestconfig: pytest.Config) -> None:
    try:
        root = fetched(pytestconfig.rootpath / ".pytest_cache" / "real-pages")
    except NotFetchedError as error:
        pytest.skip(f"NOT MEASURED on real documentation: {error}")
    tally = score(pages_of([root]), root, verdicts_of(VERDICTS))
    assert tally.size > MB
    assert tally.good, (tally.figures, tally.shown)


def test_what_nobody_has_read_counts_as_false(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("She met with [the crew](c.md)which had been on board for a week.\n")
    assert score([page], tmp_path, {}).figures["false fixes in 10 MB"] == 1
    read = {("page.md", 1, "links/glued-link"): "real"}
    assert score([page], tmp_path, read).figures["false fixes in 10 MB"] == 0


def test_no_page_is_no_good() -> None:
    assert not Tally().good


PAGES = {
    "markdown": (
        "Run `the command` in a shell.\n\n    indented code\n\n```\nfenced code\n```\n\n"
        "See <https://docs.example/guide> or [the guide](other/place), [a label][] or [shortcut]"
        " and https://bare.example/path.\n\n<b>bold</b> <img alt='shown'>\n\n"
        "[a label]: aim/of/it\n[shortcut]: aim/of/that\n"
    ),
    "rst": (
        "Run ``the command`` in a :file:`shell`.\n\n::\n\n    indented code\n\n"
        ".. sourcecode:: python\n\n    fenced code\n\n"
        ".. tab:: one\n\n    Words of a tab that nobody knows.\n\n"
        "See `the guide <other/place>`_ or :ref:`some words <label>` and"
        " https://bare.example/path.\n\n.. a remark\n"
    ),
}
LITERAL = {
    "markdown": ["command", "indented", "fenced", "docs.ex", "other", "aim/of", "bare", "shown"],
    "rst": ["command", "shell`", "indented", "fenced", "other", "label>", "bare", "remark"],
}
PROSE = {
    "markdown": ["Run", " in", "See", "the guide", "bold", "a label", "shortcut"],
    "rst": ["Run", " in", "See", "Words of", "some words"],
}


@pytest.mark.parametrize("markup", PAGES)
def test_the_judge_tells_code_and_targets_from_prose(markup: str) -> None:
    page = PAGES[markup]

    def judged(found: str) -> bool:
        at = page.index(found)
        return in_literal(page, at, at + len(found), markup)

    assert [found for found in LITERAL[markup] if not judged(found)] == []
    assert [found for found in PROSE[markup] if judged(found)] == []
