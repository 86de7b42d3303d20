from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from scrubber import frequencies
from scrubber.frequencies import Table


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(frequencies, "_makes", True)
    frequencies._table.cache_clear()
    return tmp_path / "cache"


WORDS = {f"{word}{at or ''}": 0.5**at for word in ("zoo", "élan", "a", "ab") for at in range(300)}


def test_a_table_of_nothing_holds_nothing() -> None:
    table = Table(*Table.made({}))
    assert table.get("a") is None
    assert list(table.items()) == []


def test_a_table_tells_what_the_words_tell() -> None:
    table = Table(*Table.made(WORDS))
    assert dict(table.items()) == WORDS
    assert all(table.get(word) == share for word, share in WORDS.items())
    assert all(word in table for word in WORDS)


@pytest.mark.parametrize(
    "word", ["", "zo", "zoo300", "zooz", "A", "a\t0", "\n", "a\t0\nab", "\udce9", "é", "\U0010ffff"]
)
def test_what_is_not_in_the_words_is_not_in_the_table(word: str) -> None:
    table = Table(*Table.made(WORDS))
    assert table.get(word) is None
    assert word not in table


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_table_is_the_list(language: str, folder: Path) -> None:
    """The words of the list, and as many that are changed."""
    loaded = frequencies._loaded(language, "best")
    table = frequencies.frequencies(language)
    assert isinstance(table, Table)
    random = Random(5)
    for word in random.sample(list(loaded), 5_000):
        at = random.randrange(len(word))
        for asked in (word, word[:at] + random.choice("aé'ß") + word[at:]):
            assert table.get(asked) == loaded.get(asked)


@pytest.mark.parametrize(
    ("languages", "size"), [("en", "best"), ("nl", "best"), ("de es", "small"), ("da", "best")]
)
def test_lists_are_read_as_wordfreq_reads_them(languages: str, size: str) -> None:
    import wordfreq

    expected: dict[str, float] = {}
    for language in languages.split():
        expected |= wordfreq.get_frequency_dict(language, wordlist=size)
    assert frequencies._loaded(languages, size) == expected
    assert len(expected) > 10_000


def test_lists_that_lie_elsewhere_are_read_by_wordfreq(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = frequencies._lists("en", "small")
    monkeypatch.setattr(frequencies, "_data", lambda: str(tmp_path))
    assert frequencies._lists("en", "small") == here


def test_where_nothing_can_be_kept_the_list_is_loaded(folder: Path) -> None:
    folder.write_text("")
    assert frequencies.frequencies("en") is frequencies._loaded("en", "best")


def test_a_run_over_many_texts_makes_no_tables_and_uses_those_that_are_kept(
    folder: Path,
) -> None:
    frequencies.frequencies("nl")
    frequencies._table.cache_clear()
    frequencies.make_no_tables()
    assert frequencies.frequencies("en") is frequencies._loaded("en", "best")
    assert isinstance(frequencies.frequencies("nl"), Table)
    assert len(list(folder.glob("words.*"))) == 1


def test_a_run_holds_no_list_beside_a_table_that_it_makes(folder: Path) -> None:
    frequencies._loaded.cache_clear()
    assert frequencies.frequencies("en").get("the")
    assert frequencies.foreign().get("asunto")
    assert frequencies._loaded.cache_info().currsize == 0
    assert len(list(folder.glob("words.*"))) == 2


def test_where_nothing_can_be_kept_other_lists_than_english_are_tables_in_memory(
    folder: Path,
) -> None:
    folder.write_text("")
    dutch = frequencies.frequencies("nl")
    assert isinstance(dutch, Table)
    assert dict(dutch.items()) == frequencies._read("nl", "best")


def test_a_later_run_loads_no_list(folder: Path) -> None:
    code = (
        "import sys; from scrubber.lexicon import is_foreign, zipf; reader = 'msgpack'\n"
        "print(zipf('harbour', 'en'), is_foreign('asunto'), reader in sys.modules)"
    )
    said = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    first, second = (done.stdout.split() for done in said)
    assert first == [*second[:2], "True"]
    assert second[2] == "False"
    assert float(second[0]) > 3


def test_where_a_part_of_the_table_is_damaged_the_list_is_loaded_and_it_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_loaded", "_read"):
        monkeypatch.setattr(frequencies, name, lambda languages, size: WORDS)
    for damage in (None, lambda data: data[:900], lambda data: data.replace(b"zoo7\t", b"zoo7\t1")):
        if damage:
            (file,) = folder.glob("words.*")
            file.write_bytes(damage(file.read_bytes()))
        for found in (frequencies.frequencies("en"), frequencies._table("en", "best")):
            assert isinstance(found, Table)
            assert dict(found.items()) == WORDS
            assert all(found.get(word) == share for word, share in WORDS.items())
        frequencies._table.cache_clear()
        assert bool(list(folder.glob("words.*"))) is (damage is None)
        frequencies.frequencies("en")
        frequencies._table.cache_clear()
