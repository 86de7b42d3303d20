"""The products of tokens with weights in a graph: with weights as they were, or with bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from scrubber.opinion import turning

if TYPE_CHECKING:
    from scrubber.opinion.weights import Array, Model

MORE = "com.microsoft"
"""Operators that onnxruntime has beside those of ONNX."""

_SPIKED = "ffn_down"
"""What reads numbers of which some are far larger than the others, and no use turned."""

_BLOCKS = (256, 128, 64, 32, 16)
"""Weights of a row that are rounded to bytes together there: the largest that fits."""


class Graph:
    """Nodes in the order in which they are computed; constants by name."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node, and return the name of what it gives."""
        from onnx import helper

        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name: str, value: Any) -> str:
        """Add a constant, and return its name."""
        self.constants[name] = value
        return name

    def integers(self, *values: int) -> str:
        """Add whole numbers, and return their name."""
        import numpy as np

        return self.constant(f"i{values}", np.array(values, np.int64))

    def number(self, value: float) -> str:
        """Add a number, and return its name."""
        import numpy as np

        return self.constant(f"f{value}", np.float32(value))


class Seen(NamedTuple):
    """Tokens as products take them: as they are, or as bytes with a scale for each."""

    tokens: str
    scales: str = ""


class Products(Protocol):
    """The ways of computing products; their weights are taken out of the model."""

    def embedding(self) -> Array:
        """Return the rows of numbers that stand for the tokens."""

    def normed(self, x: str, name: str) -> Seen:
        """Return tokens after a norm."""

    def seen(self, x: str) -> Seen:
        """Return tokens as they are."""

    def times(self, seen: Seen, name: str) -> str:
        """Return the product with some weights."""

    def times_spiked(self, x: str, name: str) -> str:
        """Return the product of numbers of which some are far larger than the others."""


class Exact:
    """Products with the weights as they were."""

    def __init__(self, model: Model, graph: Graph) -> None:
        self._model, self._graph = model, graph

    def embedding(self) -> Array:
        """Return the rows of numbers that stand for the tokens."""
        return self._model.tensors["token_embd.weight"]

    def normed(self, x: str, name: str) -> Seen:
        """Return tokens after a norm."""
        weight = self._graph.constant(f"{name}.weight", self._model.tensors[f"{name}.weight"])
        root = _root(self._graph, self._model, x)
        return Seen(self._graph.node("Mul", self._graph.node("Div", x, root), weight))

    def seen(self, x: str) -> Seen:
        """Return tokens as they are."""
        return Seen(x)

    def times(self, seen: Seen, name: str) -> str:
        """Return the product with some weights."""
        return self.times_spiked(seen.tokens, name)

    def times_spiked(self, x: str, name: str) -> str:
        """Return the product with some weights."""
        import numpy as np

        weight = self._model.tensors.pop(f"{name}.weight")
        held = self._graph.constant(f"{name}.weight", np.ascontiguousarray(weight.T))
        return _biased(self._graph, self._model, self._graph.node("MatMul", x, held), name)


class Rounded:
    """Products with bytes: one scale for each row of the weights, and one for each token.

    Of 76 answers, from -17 to 9, they are off by 0.8 (standard deviation), as with blocks of 64 for
    all products, at 1.7 times their pace and twice that of whole weights. With one scale for tokens
    in all products by 1.0; evened out by what a short text has shown (SmoothQuant) by 1.0.
    """

    def __init__(self, model: Model, graph: Graph) -> None:
        self._model, self._graph = model, graph
        self._embedding = turning.turned(model.tensors["token_embd.weight"])
        self._held = _all(model)

    def embedding(self) -> Array:
        """Return the rows of numbers that stand for the tokens."""
        return self._embedding

    def normed(self, x: str, name: str) -> Seen:
        """Return tokens after a norm; its weights are part of those that follow."""
        tokens, scales = self.seen(x)
        root = _root(self._graph, self._model, x)
        return Seen(tokens, self._graph.node("Div", scales, root))

    def seen(self, x: str) -> Seen:
        """Return tokens as they are."""
        import numpy as np

        graph = self._graph
        most = graph.node("ReduceMax", graph.node("Abs", x), graph.integers(-1))
        most = graph.node("Max", most, graph.number(1e-9))
        scales = graph.node("Mul", most, graph.number(1 / 127))
        flat = graph.node("Squeeze", scales, graph.integers(-1))
        middle = graph.constant("middle", np.array([128], np.uint8))
        middles = graph.node("Expand", middle, graph.node("Shape", flat))
        return Seen(graph.node("QuantizeLinear", x, flat, middles, axis=0), scales)

    def times(self, seen: Seen, name: str) -> str:
        """Return the product with some weights."""
        import numpy as np

        graph = self._graph
        held, scales = self._held.pop(name)
        inputs = [
            seen.tokens,
            graph.constant(f"{name}.bytes", held),
            graph.number(1.0),
            graph.constant(f"{name}.scales", scales),
            graph.constant("zero", np.uint8(128)),
        ]
        y = graph.node("Mul", graph.node("MatMulIntegerToFloat", *inputs, domain=MORE), seen.scales)
        return _biased(graph, self._model, y, name)

    def times_spiked(self, x: str, name: str) -> str:
        """Return the product by blocks: each of a row has its own scale, from its own zero."""
        parts = dict(zip(("bytes", "scales", "zeros"), self._held.pop(name), strict=True))
        inputs = [self._graph.constant(f"{name}.{part}", value) for part, value in parts.items()]
        rows, count, block = parts["bytes"].shape
        sizes = {"K": count * block, "N": rows, "bits": 8, "block_size": block}
        # 4: tokens are rounded to bytes too, by the same blocks.
        y = self._graph.node("MatMulNBits", x, *inputs, domain=MORE, accuracy_level=4, **sizes)
        return _biased(self._graph, self._model, y, name)


def _all(model: Model) -> dict[str, tuple[Any, ...]]:
    """All weights as bytes, taken out of a model, by their products; two at a time."""
    names = [
        name.removesuffix(".weight")
        for name, value in model.tensors.items()
        if value.ndim == 2 and name.endswith(".weight")
    ]
    if "output" in names:
        names.remove("token_embd")
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(names, pool.map(lambda name: _bytes(model, name), names), strict=True))


def _bytes(model: Model, name: str) -> tuple[Any, ...]:
    """Weights as bytes with their scales, as columns; by blocks of rows where tokens are spiked."""
    import numpy as np

    weight = turning.taken(model, name)
    if not name.endswith(_SPIKED):
        most = np.maximum(weight.max(1), -weight.min(1))
        scales = np.maximum(most / 127, 1e-12).astype(np.float32)
        weight /= scales[:, None]
        held = np.rint(weight, out=weight).astype(np.int8)
        return np.ascontiguousarray(held.T), scales
    rows, width = weight.shape
    block = next((size for size in _BLOCKS if width % size == 0), 1)
    blocks = np.ascontiguousarray(weight).reshape(rows, width // block, block)
    low, high = np.minimum(blocks.min(-1), 0), np.maximum(blocks.max(-1), 0)
    scales = np.maximum((high - low) / 255, 1e-12).astype(np.float32)
    zeros = np.rint(-low / scales)
    blocks /= scales[..., None]
    blocks += zeros[..., None]
    np.clip(np.rint(blocks, out=blocks), 0, 255, out=blocks)
    return blocks.astype(np.uint8), scales, zeros.astype(np.uint8)


def _root(graph: Graph, model: Model, x: str) -> str:
    square = graph.node("ReduceSumSquare", x, graph.integers(-1))
    mean = graph.node("Mul", square, graph.number(1 / model.shape.width))
    return graph.node("Sqrt", graph.node("Add", mean, graph.number(model.shape.epsilon)))


def _biased(graph: Graph, model: Model, x: str, name: str) -> str:
    """A product with the numbers that are added to it, where there are any."""
    bias = model.tensors.pop(f"{name}.bias", None)
    return x if bias is None else graph.node("Add", x, graph.constant(f"{name}.bias", bias))
