from __future__ import annotations

import random
from pathlib import Path

import pytest
from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES, is_bad

from scrubber import suspicion
from scrubber.detectors import mojibake

re2 = pytest.importorskip("re2", reason="NOT TESTED: no google-re2; pip install 'scrubtext[bulk]'")

CONTEXT = "abcXYZ .,?!\t\u2003\u2028\x1c ÃÂÐŒœØÙà√‚ÄβвЂГўВ"
LETTERS = [*"".join(MOJIBAKE_CATEGORIES.values()), *CONTEXT]


@pytest.mark.parametrize("text", ["Łódź", "“Ō”", "éâ", "œuvre", "naïve — “über”", "2 ×× 3"])
def test_good_text_is_not_suspected(text: str) -> None:
    assert not re2.search(suspicion.pattern(), text)


@pytest.mark.parametrize("text", ["cafÃ© ", "donâ€™t", "q\nÃ la", "Ã la"])
def test_damage_is_suspected(text: str) -> None:
    assert re2.search(suspicion.pattern(), text)


def test_what_ftfy_suspects_or_changes_is_suspected_in_any_text() -> None:
    """ftfy works line by line; a gate sees the whole text."""
    suspected, gate = re2.compile(suspicion.pattern()), re2.compile(mojibake.gate())
    draw = random.Random(3)
    bad = changed = 0
    for _ in range(30_000):
        line = "".join(draw.choices(LETTERS, k=draw.randrange(1, 9)))
        text = f"One\n{line}\ntwo"
        if is_bad(line):
            bad += 1
            assert suspected.search(text), repr(line)
        if mojibake._fixed(line) != line:
            changed += 1
            assert gate.search(text), repr(line)
    assert bad > 2000
    assert changed > 1000


def test_the_pattern_is_kept_and_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path))
    suspicion.pattern.cache_clear()
    first = suspicion.pattern()
    suspicion.pattern.cache_clear()
    monkeypatch.setattr(suspicion, "_plain", lambda verbose: iter(["new"]))
    assert suspicion.pattern() == first
    assert len(first) < len(BADNESS_RE.pattern)
    suspicion.pattern.cache_clear()
