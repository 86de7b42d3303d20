from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from link_pairs import Damage, Pair, after, before, pair, repaired
from link_places import Markup, links
from markdown_it import MarkdownIt
from score_links import ENDINGS, Found, Tally, score

PAGES = sorted(Path(__file__).with_name("pages").iterdir())
SEEDS = [str(number) for number in range(12)]


def page_of(path: Path) -> tuple[str, Markup]:
    return path.read_bytes().decode("utf-8"), ENDINGS[path.suffix]


def made_of(path: Path, seed: str) -> Pair:
    made = pair(*page_of(path), seed)
    assert made
    return made


every = [(path, seed) for path in PAGES for seed in SEEDS]
each_pair = pytest.mark.parametrize(
    ("path", "seed"), every, ids=[f"{path.name}-{seed}" for path, seed in every]
)


@each_pair
def test_applying_the_truth_gives_the_good_page(path: Path, seed: str) -> None:
    made = made_of(path, seed)
    assert made.damaged != made.good
    assert repaired(made.damaged, made.truth) == made.good
    assert made == made_of(path, seed)
    assert 1 <= sum(damage.kind == "glue" for damage in made.truth) <= 6


@each_pair
def test_only_the_edges_of_links_are_touched(path: Path, seed: str) -> None:
    made = made_of(path, seed)
    found = links(made.damaged, page_of(path)[1])
    ends, starts, firsts = (
        {getattr(one, name) for one in found} for name in ("end", "start", "first")
    )
    for damage in made.truth:
        if damage.kind == "case":
            assert damage.start in firsts
        else:
            assert damage.start in (starts if damage.mechanism == "before" else ends)
    sound = [one for one in links(made.good, page_of(path)[1]) if after(made.good, one)]
    assert len(sound) > sum(damage.kind == "glue" for damage in made.truth) / 2


class Stream(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        self.words += "".join(data.split()).lower()


@each_pair
def test_a_damaged_page_renders_alike_but_for_blanks_and_case(path: Path, seed: str) -> None:
    made = made_of(path, seed)
    one, two = made.damaged, made.good
    if page_of(path)[1] == "markdown":
        renderer = MarkdownIt("commonmark").enable("table")
        one, two = renderer.render(one), renderer.render(two)
    assert Stream(one).tags == Stream(two).tags
    assert Stream(one).words == Stream(two).words


@pytest.mark.parametrize(
    ("page", "markup", "known"),
    [
        ("Of [a map](m) here.", "markdown", [(True, True)]),
        ("Of [a map][m] here.\n\n[m]: u\n", "markdown", [(True, True)]),
        ("`[a map](m) here` and\n\n    [a map](m) here\n", "markdown", []),
        ("```\nof [a map](m) here\n```\n", "markdown", []),
        ("---\na: of [a map](m) here\n---\n", "markdown", []),
        ("Of [`map`](m) here, [m](n)s.", "markdown", [(False, False), (False, False)]),
        ("Of ![a map](m) here, [x] it.", "markdown", []),
        ('Of <a href="m">a map</a> here.', "html", [(True, True)]),
        ('Of <b><a href="m"><i>a map</i></a></b> here.', "html", [(True, True)]),
        ('Of <a href="m"><code>map</code></a> here.', "html", [(False, False)]),
        ('Of <a href="m">12</a> here.', "html", [(False, False)]),
        ('<pre>Of <a href="m">a map</a> here.</pre>', "html", []),
        ("<script>'of <a href=\"m\">a map</a> here'</script>", "html", []),
        ('Of <a name="m">a map</a> here.', "html", []),
    ],
)
def test_a_place_is_where_a_word_meets_a_link(
    page: str, markup: Markup, known: list[tuple[bool, bool]]
) -> None:
    assert [(before(page, one), after(page, one)) for one in links(page, markup)] == known


def finding(start: int, end: int, new: str, action: str = "fix") -> Found:
    place = {"start": start, "end": end, "proposals": [new], "action": action}
    return {**place, "rule": "links/glued", "path": "a.md"}


GOOD = "Of [a map](m) but no [key](k)s."
BAD = "Of [a map](m)But no [key](k)s."
MADE = Pair(BAD, GOOD, (Damage(13, 14, " b", "segmt"),))


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ([], (0, 0, 0)),
        ([finding(13, 14, " b")], (1, 1, 0)),
        ([finding(13, 16, ", but")], (1, 1, 0)),
        ([finding(3, 16, "[a map](m) But")], (1, 1, 0)),
        ([finding(13, 14, " b", "suggest")], (1, 0, 0)),
        ([finding(13, 14, "b")], (1, 0, 1)),
        ([finding(7, 8, "o")], (0, 0, 1)),
        ([finding(24, 29, "](k) s")], (0, 0, 1)),
        ([finding(4, 5, "A")], (0, 0, 1)),
        ([finding(0, 1, "o")], (0, 0, 0)),
    ],
)
def test_the_scorer_tells_repairs_from_harm(
    found: list[Found], counts: tuple[int, int, int]
) -> None:
    tally = Tally()
    score(MADE, "markdown", found, tally)
    assert tuple(tally.counts[name] for name in ("found", "fixed", "wrong")) == counts


def test_glue_of_the_author_that_was_read_counts_as_nothing() -> None:
    found = [finding(24, 29, "](k) s")]
    read, unread = Tally(), Tally()
    score(MADE, "markdown", found, read, ["[key](k)s"])
    score(MADE, "markdown", found, unread, ["[keys](k)"])
    assert (read.counts["wrong"], unread.counts["wrong"]) == (0, 1)


def test_what_is_always_right_meets_the_targets_and_silence_does_not() -> None:
    for path, seed in every:
        made, markup = made_of(path, seed), page_of(path)[1]
        right, silent = Tally(), Tally()
        score(made, markup, [finding(*damage[:3]) for damage in made.truth], right)
        score(made, markup, [], silent)
        assert right.good
        assert right.counts["wrong"] == right.counts["elsewhere"] == 0
        assert not silent.good
