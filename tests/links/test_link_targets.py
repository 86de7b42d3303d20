"""Glue at the links of Markdown and HTML: found, fixed and wrong, as scrubber's issue asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from link_pairs import pair
from real_pages import NotFetchedError, fetched
from score_links import ENDINGS, Page, made_of, scored

OWN = sorted(Path(__file__).with_name("pages").iterdir())
unread = pytest.mark.xfail(
    reason="markup is not read yet: 8 % found, none fixed", raises=AssertionError, strict=True
)


def check(pairs: Sequence[Page]) -> None:
    tallies = scored(pairs)
    assert set(tallies) == {"markdown", "html"}
    assert all(tally.good for tally in tallies.values()), {
        markup: (dict(tally.counts), tally.shown) for markup, tally in tallies.items()
    }


@unread
def test_our_own_pages_meet_the_targets() -> None:
    pairs: list[Page] = []
    for path in OWN:
        for seed in range(12):
            made = pair(path.read_bytes().decode("utf-8"), ENDINGS[path.suffix], str(seed))
            assert made
            pairs.append((f"{path.stem}-{seed}{path.suffix}", ENDINGS[path.suffix], made))
    check(pairs)


@unread
def test_real_pages_meet_the_targets(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / ".pytest_cache" / "link-pages"
    try:
        pages = fetched(folder)
    except NotFetchedError as error:
        pytest.skip(f"NOT MEASURED on real pages: {error}")
    pairs = list(made_of(pages, convert=True, seed="1"))
    assert len(pairs) > 100
    check(pairs)
