"""Weights of a model turned, so that its tokens can be rounded to bytes with one scale each.

A few of the numbers that stand for a token are far larger than the others, of which one scale would
leave little. All that writes these numbers, and all that reads them, is turned by the same matrix:
what is computed stays the same, and large numbers are spread over all (as in QuaRot).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.opinion.weights import Array, Model

_WRITE = ("attn_output", "ffn_down")
"""The parts of a layer that write what tokens are; all others read it, but for what they write."""

_BLOCK = 64
"""Numbers that are turned together at most; then their blocks are."""


def taken(model: Model, name: str) -> Array:
    """Return the weights of a product, taken out of a model, for tokens that are turned.

    What reads tokens does so after a norm, whose weights become part of it.
    """
    layer, _, part = name.rpartition(".")
    weight = model.tensors.pop(f"{name}.weight")
    if part in _WRITE:
        return turned(weight.T).T
    norm = f"{layer}.{part.partition('_')[0]}_norm" if layer else "output_norm"
    return turned(weight * model.tensors[f"{norm}.weight"])


def turned(rows: Array) -> Array:
    """Return rows times a matrix of columns that are at right angles and of length 1."""
    import numpy as np

    width = rows.shape[1]
    block = next(size for size in (_BLOCK, 32, 16, 8, 4, 2, 1) if width % size == 0)
    found = np.ascontiguousarray(rows).reshape(-1, block) @ _signs(block)
    found = np.matmul(_waves(width // block), found.reshape(-1, width // block, block))
    flat: Array = found.reshape(-1, width)
    return flat


def _signs(size: int) -> Array:
    """Hadamard's matrix: all of its numbers are of one size."""
    import numpy as np

    found = np.ones((1, 1), np.float32)
    while len(found) < size:
        found = np.block([[found, found], [found, -found]])
    return found / np.float32(size**0.5)


def _waves(size: int) -> Array:
    """The matrix of a cosine transform."""
    import numpy as np

    steps = np.arange(size, dtype=np.float32)
    found: Array = np.cos(np.pi * (steps + 0.5) * steps[:, None] / size) * (2 / size) ** 0.5
    found[0] *= 0.5**0.5
    return found
