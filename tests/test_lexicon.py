from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from scrubber import lexicon
from scrubber.resources import listing, words


@pytest.mark.parametrize("kept", [True, False])
def test_beginnings_and_endings_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path if kept else tmp_path / "file"))
    for cached in (lexicon.ending, lexicon.beginning, lexicon._by_ends):
        cached.cache_clear()
    known = listing("english-words").split("\n")[:-1]
    for word in Random(2).sample(known, 60):
        for part in (word[:3], word[-3:], word, word + "q", "é"):
            assert lexicon.beginning(part, "en") == sum(w.startswith(part) for w in known)
            assert lexicon.ending(part, "en") == sum(w.endswith(part) for w in known)


def test_one_first_name_is_told_as_all_of_them_are() -> None:
    names = lexicon.first_names()
    rows = [line.split("\t")[0] for line in words("first-names")]
    for name in (*Random(4).sample(rows, 500), "Georgia", "Will", "Paris", "Annn", "anna", "An"):
        for asked in (name, name.lower(), name[:-1]):
            assert lexicon._named(asked) is lexicon.is_first_name(asked) is (asked in names)


@pytest.mark.parametrize("many", [0, 5000], ids=["the set", "the list"])
def test_nothing_is_no_word_however_it_is_looked_up(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(lexicon, "_MANY", many)
    monkeypatch.setattr(lexicon, "_LISTED", [])
    lexicon._searched.cache_clear()
    assert [lexicon.is_listed(word) for word in ("harbour", "harbourwho", "")] == [
        True,
        False,
        False,
    ]
    assert bool(lexicon._LISTED) == (not many)
