from __future__ import annotations

from pathlib import Path

import pytest

from scrubber.bulk import manifest


def test_what_is_compiled_beside_the_word_lists_is_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed package has a folder of bytecode there."""
    words = tmp_path / "words"
    words.mkdir()
    (words / "cities.txt").write_text("Busan\n", encoding="utf-8")
    monkeypatch.setattr(manifest, "rules_folder", lambda: tmp_path)
    before = manifest._words()
    (words / "__pycache__").mkdir()
    assert manifest._words() == before
    (words / "cities.txt").write_text("Busan\nGenoa\n", encoding="utf-8")
    assert manifest._words() != before
