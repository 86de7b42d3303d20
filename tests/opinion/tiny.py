"""A language model small enough to be made by a test: random weights, and words as its tokens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason="pip install 'scrubtext[lm]' for the second opinion")
pytest.importorskip("tokenizers", reason="pip install 'scrubtext[lm]' for the second opinion")

LAYERS, WIDTH, HEADS, GROUPS, INNER = 2, 32, 4, 2, 48
WORDS = "the boat left and he she it his her its crew harbour sang when was . , ?".split()
TOKENS = ["<|endoftext|>", *WORDS, *(f" {word}" for word in WORDS)]


def tensors(*, biased: bool = False) -> dict[str, Any]:
    draw = np.random.default_rng(7)

    def rows(out: int, into: int) -> Any:
        return (draw.standard_normal((out, into)) / into**0.5).astype(np.float32)

    found: dict[str, Any] = {"token_embd.weight": rows(len(TOKENS), WIDTH) * 4}
    found["output_norm.weight"] = np.ones(WIDTH, np.float32)
    small = WIDTH * GROUPS // HEADS
    for layer in range(LAYERS):
        sizes = {"attn_q": (WIDTH, WIDTH), "attn_k": (small, WIDTH), "attn_v": (small, WIDTH)}
        sizes |= {"attn_output": (WIDTH, WIDTH), "ffn_gate": (INNER, WIDTH)}
        sizes |= {"ffn_up": (INNER, WIDTH), "ffn_down": (WIDTH, INNER)}
        for name, size in sizes.items():
            found[f"blk.{layer}.{name}.weight"] = rows(*size)
            if biased and name in ("attn_q", "attn_k", "attn_v"):
                found[f"blk.{layer}.{name}.bias"] = rows(size[0], 1)[:, 0]
        for name in ("attn_norm", "ffn_norm"):
            found[f"blk.{layer}.{name}.weight"] = 1 + rows(WIDTH, 1)[:, 0] / 4
    return found


def folder(path: Path, kind: str = "llama") -> Path:
    """Write a model as transformers keeps it."""
    from safetensors.numpy import save_file
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    from scrubber.opinion.weights import PARTS

    long = {"token_embd": "embed_tokens", "output_norm": "norm"}
    renamed = {}
    for name, value in tensors(biased=kind == "qwen2").items():
        first, _, rest = name.partition(".")
        if first == "blk":
            layer, part, what = rest.split(".")
            renamed[f"model.layers.{layer}.{PARTS[part]}.{what}"] = value
        else:
            renamed[f"model.{long[first]}.{rest}"] = value
    path.mkdir()
    save_file(renamed, path / "model.safetensors")
    config = {"model_type": kind, "num_hidden_layers": LAYERS, "hidden_size": WIDTH}
    config |= {"num_attention_heads": HEADS, "num_key_value_heads": GROUPS, "bos_token_id": 0}
    config |= {"rope_theta": 10000.0, "rms_norm_eps": 1e-5, "max_position_embeddings": 512}
    (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    words = Tokenizer(models.WordLevel({word: at for at, word in enumerate(TOKENS)}, "."))
    words.pre_tokenizer = pre_tokenizers.Split(Regex(r" ?\w+| ?[.,?]"), "isolated")
    words.save(str(path / "tokenizer.json"))
    return path


def plain(tokens: list[int], *, biased: bool = False) -> Any:
    """The log of each token's probability after those before it, computed token by token."""
    held = tensors(biased=biased)
    x = held["token_embd.weight"][tokens].astype(np.float64)
    head = WIDTH // HEADS
    speeds = 10000.0 ** (-np.arange(0, head, 2) / head)
    angles = np.tile(np.outer(np.arange(len(tokens)), speeds), 2)

    def norm(x: Any, name: str) -> Any:
        return x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-5) * held[f"{name}.weight"]

    def times(x: Any, name: str) -> Any:
        return x @ held[f"{name}.weight"].T + held.get(f"{name}.bias", 0)

    def turned(x: Any) -> Any:
        x = x.reshape(len(tokens), -1, head).swapaxes(0, 1)
        other = np.concatenate([-x[..., head // 2 :], x[..., : head // 2]], -1)
        return x * np.cos(angles) + other * np.sin(angles)

    for layer in range(LAYERS):
        name = f"blk.{layer}"
        h = norm(x, f"{name}.attn_norm")
        q, k = turned(times(h, f"{name}.attn_q")), turned(times(h, f"{name}.attn_k"))
        v = times(h, f"{name}.attn_v").reshape(len(tokens), -1, head).swapaxes(0, 1)
        parts = []
        for one in range(HEADS):
            group = one * GROUPS // HEADS
            looks = q[one] @ k[group].T / head**0.5
            looks = np.where(np.tri(len(tokens)) > 0, np.exp(looks - looks.max()), 0)
            parts.append(looks / looks.sum(-1, keepdims=True) @ v[group])
        x = x + times(np.concatenate(parts, -1), f"{name}.attn_output")
        h = norm(x, f"{name}.ffn_norm")
        gate = times(h, f"{name}.ffn_gate")
        x = x + times(gate / (1 + np.exp(-gate)) * times(h, f"{name}.ffn_up"), f"{name}.ffn_down")
    odds = norm(x, "output_norm") @ held["token_embd.weight"].T
    odds -= np.log(np.exp(odds).sum(-1, keepdims=True))
    return odds[np.arange(len(tokens) - 1), tokens[1:]]
