from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="NOT TESTED: no numpy; pip install 'scrubtext[bulk]'")

from scrubber.bulk import words
from scrubber.bulk.words import NONE, Words

PROSE = "It was late, and the ferry that had to be in the harbour at nine was on its way. " * 3
GLUED = PROSE + "They were ensuringthat it left. " + PROSE
GERMAN = "Das ist der Hafen, und die Leute warten auf das Schiff, das nicht kommt. " * 3


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path))


def _heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens that are judged from now on."""
    asked: list[str] = []

    def note(token: str) -> bool:
        asked.append(token)
        return False

    monkeypatch.setattr(words, "has_known_halves", note)
    return asked


def test_texts_with_words_run_together_and_foreign_ones_are_told() -> None:
    texts = [text.encode() for text in (PROSE, GLUED, PROSE, GERMAN, "", GLUED)]
    known = Words(1.0)
    glued = frozenset(["ensuringthat"])
    told = {1: glued, 3: None, 4: None, 5: glued}
    assert known.doubtful(texts) == known.doubtful(texts) == told
    assert known.doubtful([]) == {}


def test_what_was_judged_is_kept_and_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [GLUED.encode(), f"{PROSE} Internationalisationsand Zubrelkino {PROSE}".encode()]
    first = Words(1.0).doubtful(texts)
    assert 0 in first
    asked = _heard(monkeypatch)
    assert Words(1.0).doubtful(texts) == first
    assert asked == []
    Words(1.5).doubtful(texts)
    assert "Zubrelkino" in asked


def test_after_a_repair_only_what_changed_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Words(1.0)
    assert known.after(NONE, PROSE + "They left.", before=PROSE) == NONE
    assert known.after(NONE, PROSE, before=PROSE + "\n\nSource link") == NONE
    before = GLUED.replace("ensuringthat", "ensuring that")
    assert known.after(NONE, GLUED, before=before) == frozenset(["ensuringthat"])
    assert known.after(frozenset(["other"]), GLUED, before=before) == frozenset(
        ["ensuringthat", "other"]
    )
    assert known.after(NONE, GERMAN, before=PROSE) is None
    assert known.after(None, PROSE, before=GERMAN) is None
    asked = _heard(monkeypatch)
    assert known.after(NONE, PROSE * 3 + "Zubrelkin! " + PROSE, before=PROSE * 4) == NONE
    assert "Zubrelkin" in asked
    assert len(asked) < 10


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("a", "b"), ("aaa", "aa"), ("ab", "ab"), ("", "x y")]
)
def test_what_changed_is_told_of_short_texts_too(before: str, after: str) -> None:
    assert words._changed(before, after) == (before, after)


def test_what_changed_is_told_of_long_texts_with_the_tokens_around_it() -> None:
    draw = random.Random(2)
    for _ in range(300):
        before = "".join(draw.choices("ab ", weights=(9, 9, 2), k=draw.randrange(2000)))
        at = draw.randrange(len(before) + 1)
        after = before[:at] + "X" * draw.randrange(4) + before[at + draw.randrange(40) :]
        old, new = words._changed(before, after)
        told = set(new.split()).difference(old.split()[1:-1])
        assert old in before
        assert set(after.split()) - set(before.split()) <= told
        assert len(new) < 1000
