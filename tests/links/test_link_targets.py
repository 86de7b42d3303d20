"""Glue at the links of Markdown and HTML: found, fixed and wrong, as scrubber's issue asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from link_pairs import pair
from link_places import Markup
from real_pages import NotFetchedError, fetched
from score_links import ENDINGS, Page, made_of, scored

OWN = sorted(Path(__file__).with_name("pages").iterdir())


each_markup = pytest.mark.parametrize("markup", ["markdown", "html"])


def check(pairs: Sequence[Page]) -> None:
    for tally in scored(pairs).values():
        assert tally.good, (dict(tally.counts), tally.shown)


@each_markup
def test_our_own_pages_meet_the_targets(markup: Markup) -> None:
    pairs: list[Page] = []
    for path in OWN:
        if ENDINGS[path.suffix] == markup:
            for seed in range(12):
                made = pair(path.read_bytes().decode("utf-8"), markup, str(seed))
                assert made
                pairs.append((f"{path.stem}-{seed}{path.suffix}", markup, made))
    check(pairs)


@each_markup
def test_real_pages_meet_the_targets(markup: Markup, pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / ".pytest_cache" / "real-pages"
    try:
        pages = sorted(path for path in fetched(folder).rglob("*") if path.suffix in ENDINGS)
    except NotFetchedError as error:
        pytest.skip(f"NOT MEASURED on real pages: {error}")
    pairs = [one for one in made_of(pages, convert=True, seed="1") if one[1] == markup]
    assert len(pairs) > 50
    check(pairs)
