"""Models as they lie on disk: a GGUF file and a folder hold the same, and all else is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny

from scrubber.opinion import weights


def _gguf(path: Path, architecture: str = "llama") -> Path:
    gguf = pytest.importorskip("gguf", reason="pip install 'scrubtext[lm]'")
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(tiny.LAYERS)
    writer.add_embedding_length(tiny.WIDTH)
    writer.add_head_count(tiny.HEADS)
    writer.add_head_count_kv(tiny.GROUPS)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_context_length(512)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(["<|endoftext|>", "h", "e", "he", "Ġ", "Ġhe"])
    writer.add_token_merges(["h e", "Ġ he"])
    for name, value in tiny.tensors().items():
        writer.add_tensor(name, _paired(value) if _turned(name, architecture) else value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _turned(name: str, architecture: str) -> bool:
    return architecture == "llama" and name.endswith(("attn_q.weight", "attn_k.weight"))


def _paired(rows: Any) -> Any:
    """Halves as pairs: what llama.cpp does to a model when it is converted."""
    head = tiny.WIDTH // tiny.HEADS
    return np.ascontiguousarray(
        rows.reshape(-1, 2, head // 2, rows.shape[-1]).swapaxes(1, 2).reshape(rows.shape)
    )


@pytest.mark.parametrize("architecture", ["llama", "qwen2"])
def test_a_file_and_a_folder_hold_the_same(tmp_path: Path, architecture: str) -> None:
    file = weights.read(_gguf(tmp_path / "m.gguf", architecture))
    folder = weights.read(tiny.folder(tmp_path / "m"))
    assert file.shape == pytest.approx(folder.shape)
    assert file.tensors.keys() == folder.tensors.keys()
    for name, value in folder.tensors.items():
        np.testing.assert_array_equal(file.tensors[name], value)
    assert file.first == 0


def test_the_tokens_of_a_file_are_merged_in_order(tmp_path: Path) -> None:
    model = weights.read(_gguf(tmp_path / "m.gguf"))
    assert model.tokenizer.encode("he he").ids == [3, 5]


def test_lists_of_texts_are_read_as_by_gguf(tmp_path: Path) -> None:
    gguf = pytest.importorskip("gguf", reason="pip install 'scrubtext[lm]'")
    file = _gguf(tmp_path / "m.gguf")
    ours, theirs = weights._reader(file), gguf.GGUFReader(file)
    assert ours.fields.keys() == theirs.fields.keys()
    for name, field in theirs.fields.items():
        assert ours.fields[name].contents() == field.contents()
        assert ours.fields[name].types == field.types
    assert [tensor.name for tensor in ours.tensors] == [tensor.name for tensor in theirs.tensors]


def test_a_file_that_ends_early_is_one_line(tmp_path: Path) -> None:
    data = _gguf(tmp_path / "m.gguf").read_bytes()
    cut = tmp_path / "cut.gguf"
    token = data.index("Ġhe".encode())
    for size in (token - 4, token + 1, 40):
        cut.write_bytes(data[:size])
        with pytest.raises(weights.ModelError, match="no language model that can be read"):
            weights.read(cut)


def test_another_architecture_is_refused(tmp_path: Path) -> None:
    folder = tiny.folder(tmp_path / "m")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"model_type": "mamba"}))
    with pytest.raises(weights.ModelError, match="a model of mamba; llama and qwen2 can be read"):
        weights.read(folder)


@pytest.mark.parametrize("damage", [b"", b"GGUF", b"no model at all, but a text"])
def test_what_is_no_model_is_one_line(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "m.gguf"
    file.write_bytes(damage)
    with pytest.raises(weights.ModelError) as told:
        weights.read(file)
    assert "\n" not in str(told.value)
