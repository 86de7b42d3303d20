"""The turn of tokens changes nothing of what is computed, and spreads large numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny

from scrubber.opinion import turning, weights


@pytest.mark.parametrize("width", [1, 7, 32, 48, 576])
def test_a_turn_keeps_lengths_and_angles(width: int) -> None:
    rows = np.random.default_rng(3).standard_normal((5, width)).astype(np.float32)
    turned = turning.turned(rows)
    np.testing.assert_allclose(turned @ turned.T, rows @ rows.T, atol=1e-3, rtol=1e-4)


def test_one_large_number_is_spread_over_all() -> None:
    row = np.zeros((1, 576), np.float32)
    row[0, 100] = 1000
    assert np.abs(turning.turned(row)).max() < 100


def test_what_reads_turned_tokens_gives_what_it_gave(tmp_path: Path) -> None:
    model = weights.read(tiny.folder(tmp_path / "m"))
    x = np.random.default_rng(3).standard_normal((4, tiny.WIDTH)).astype(np.float32)
    norm, q = (model.tensors[f"blk.0.{part}.weight"] for part in ("attn_norm", "attn_q"))
    down = model.tensors["blk.0.ffn_down.weight"]
    inner = np.random.default_rng(4).standard_normal((4, down.shape[1])).astype(np.float32)
    reads, writes = (turning.taken(model, f"blk.0.{part}") for part in ("attn_q", "ffn_down"))
    np.testing.assert_allclose(turning.turned(x) @ reads.T, (x * norm) @ q.T, atol=1e-4)
    np.testing.assert_allclose(inner @ writes.T, turning.turned(inner @ down.T), atol=1e-4)
