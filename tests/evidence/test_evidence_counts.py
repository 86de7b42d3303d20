from __future__ import annotations

import pickle
from pathlib import Path
from random import Random

import pytest
from evidence_corpora import SITES, Text, counted, sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.evidence import counts
from scrubber.evidence.counts import Counts, CountsError

NAME = "OrganDrift"


def _on(sites: int, word: str = NAME, each: int = 2) -> list[Text]:
    return [(sentence(n, word), SITES[n % sites]) for n in range(sites * each)]


def test_nothing_is_known_of_a_corpus_without_it(tmp_path: Path) -> None:
    found = counted(tmp_path / "c", [(sentence(n, "them"), None) for n in range(20)])
    assert not found.is_name("them")
    assert not found.is_name(NAME)
    assert found.pages("mill.example", "Any line") == (0, 0)


def test_a_token_on_three_sites_is_a_name_and_on_two_it_is_none(tmp_path: Path) -> None:
    assert counted(tmp_path / "a", _on(3)).is_name(NAME)
    assert not counted(tmp_path / "b", _on(2, each=9)).is_name(NAME)


def test_without_sites_it_is_other_texts_that_count(tmp_path: Path) -> None:
    texts: list[Text] = [(sentence(n, NAME), None) for n in range(3)]
    assert counted(tmp_path / "a", texts).is_name(NAME)
    assert not counted(tmp_path / "b", [*texts[:2], *texts[:2]]).is_name(NAME)


def test_a_paragraph_that_is_copied_counts_once(tmp_path: Path) -> None:
    same = sentence(1, NAME)
    texts: list[Text] = [(f"{sentence(n, 'us')}\n{same}", SITES[n]) for n in range(9)]
    assert not counted(tmp_path / "c", texts).is_name(NAME)


def test_what_two_frequent_words_would_give_by_chance_is_no_name(tmp_path: Path) -> None:
    texts = [*_on(4, "timeYear"), *_on(4, "quillHerring")]
    small = counted(tmp_path / "a", texts)
    assert small.is_name("timeYear")
    assert small.is_name("quillHerring")
    large = counted(tmp_path / "b", texts, words=10**9)
    assert not large.is_name("timeYear")
    assert large.is_name("quillHerring")


def test_a_function_word_needs_more_sites(tmp_path: Path) -> None:
    assert not counted(tmp_path / "a", _on(9, "BrineWho")).is_name("BrineWho")
    assert counted(tmp_path / "b", _on(10, "BrineWho", each=4)).is_name("BrineWho")


def test_a_word_that_many_run_into_is_damage(tmp_path: Path) -> None:
    lefts = ["consult", "under", "compare", "reread", "within", "beside"]
    texts = [text for left in lefts for text in _on(9, f"{left}Appendix")]
    assert counted(tmp_path / "a", _on(4, "consultAppendix")).is_name("consultAppendix")
    found = counted(tmp_path / "b", texts)
    assert found.is_seam("Appendix")
    assert not found.is_name("consultAppendix")


def _pages(site: str, count: int, line: str, having: int) -> list[Text]:
    return [
        (f"{sentence(n, site)}\n{line.format(n) if n < having else sentence(n, 'x')}", site)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("pages", "having", "found"),
    [(40, 40, (40, 40)), (40, 5, (5, 40)), (40, 4, (0, 0)), (4, 4, (0, 0)), (64, 6, (0, 0))],
)
def test_a_line_is_repeated_on_a_tenth_of_the_pages_and_on_five(
    tmp_path: Path, pages: int, having: int, found: tuple[int, int]
) -> None:
    texts = _pages("mill.example", pages, "Letter {} to the miller", having)
    made = counted(tmp_path / "c", texts)
    assert made.pages("mill.example", "letter 7 to the miller") == found
    assert made.pages("quay.example", "letter 7 to the miller") == (0, 0)
    assert made.pages(None, "letter 7 to the miller") == (0, 0)


def test_of_many_pages_a_draw_is_looked_at(tmp_path: Path) -> None:
    found = counted(tmp_path / "c", _pages("mill.example", 400, "Letter {}", 200))
    having, of = found.pages("mill.example", "Letter 1")
    assert of == 64
    assert 20 < having < 44


def test_a_page_that_is_there_twice_counts_once(tmp_path: Path) -> None:
    texts = _pages("mill.example", 4, "Letter {}", 4)
    assert counted(tmp_path / "c", texts * 3).pages("mill.example", "Letter 1") == (0, 0)


TEXTS = [*_on(5), *_on(3, "quillHerring"), *_pages("mill.example", 12, "Letter {}", 9)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=len(TEXTS), max_size=len(TEXTS)), st.randoms())
def test_however_a_corpus_is_split_the_file_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, split: list[int], random: Random
) -> None:
    folder = tmp_path_factory.mktemp("c")
    whole = counted(folder / "whole", TEXTS, most=40)
    parts = []
    for number in range(4):
        some = [text for text, at in zip(TEXTS, split, strict=True) if at == number]
        random.shuffle(some)
        parts.append(counted(folder / f"{number}", some, most=40).path)
    random.shuffle(parts)
    merged = counted(folder / "merged", [], parts, most=40)
    assert merged.path.read_bytes() == whole.path.read_bytes()
    assert whole.header.levels != (0, 0), "the bound was felt"


def test_it_is_sent_by_its_path(tmp_path: Path) -> None:
    found = counted(tmp_path / "c", _on(3))
    again = pickle.loads(pickle.dumps(found))
    assert again.is_name(NAME)
    assert again.digest() == found.digest()


def test_another_file_of_the_name_is_none_to_go_on_with(tmp_path: Path) -> None:
    sent = pickle.dumps(counted(tmp_path / "a", _on(3)))
    counted(tmp_path / "a", _on(2))
    with pytest.raises(CountsError, match="a is another file of counts than where the run"):
        pickle.loads(sent)


def test_what_is_no_file_of_counts_is_told(tmp_path: Path) -> None:
    path = counted(tmp_path / "c", _on(3)).path
    data = path.read_bytes()
    for wrong, problem in (
        (b"{}\n", "no file of counts"),
        (b"\0" * 30_000, "no file of counts"),
        (data[:-1], "not whole"),
        (data.replace(b"counts of scrubber", b"counts of scribble"), "another version"),
        (data.replace(b'"whole": true', b'"whole": false'), "of a part"),
    ):
        path.write_bytes(wrong)
        with pytest.raises(CountsError, match=problem):
            Counts(path)
    assert counts.FORMAT.startswith("counts of scrubber ")
