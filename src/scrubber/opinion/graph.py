"""The computation of a language model as an ONNX graph: of some tokens, how likely some others are.

One run takes a whole tree of tokens: a trunk, and branches that leave it at different places. What
a token may look at is said by a mask, so all that is asked about one text shares its beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubber.opinion.weights import Model, Shape

if TYPE_CHECKING:
    import onnx
    import onnxruntime

    from scrubber.opinion.weights import Array

OPSET = 20
_MORE = "com.microsoft"
"""Operators that onnxruntime has beside those of ONNX."""

_BLOCKS = (64, 32, 16)
"""Weights of a row that are rounded to bytes together: the largest that fits. Of 302 answers, from
-17 to 9, those of blocks of 64 and of 32 are off by 0.10 and 0.09 (standard deviation), and come at
6.4 places in two seconds of processor time where whole weights give 4.5. A scale for each row and
each token would be twice as fast and is off by 2."""


class _Graph:
    """Nodes in the order in which they are computed; constants by name."""

    def __init__(self, exact: bool) -> None:
        self.exact = exact
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name: str, value: Any) -> str:
        self.constants[name] = value
        return name

    def integers(self, *values: int) -> str:
        import numpy as np

        return self.constant(f"i{values}", np.array(values, np.int64))

    def number(self, value: float) -> str:
        import numpy as np

        return self.constant(f"f{value}", np.float32(value))


def session(
    model: Model, threads: int = 0, *, exact: bool = False
) -> tuple[onnxruntime.InferenceSession, dict[str, Any]]:
    """Return the model ready to run, on a GPU where there is one, and the weights that it uses.

    On a GPU, or where `exact` is asked for, weights are as they were; else they are rounded.

    Inputs: `embedded` [tokens, width], `cos` and `sin` [tokens, head], `mask` [tokens, tokens]
    (added to what is looked at), `rows` and `targets` [asked]. Output: `odds` [asked], the log of
    the probability of each target after its row.
    """
    import onnxruntime

    usable = ("CUDAExecutionProvider", "CPUExecutionProvider")
    providers = [name for name in usable if name in onnxruntime.get_available_providers()]
    graph, constants = _graph(model, exact or providers[0] == usable[0])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in constants.values()]
    options.add_external_initializers(list(constants), values)
    # Threads that wait by spinning took a third of the processor time on a machine with other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    ready = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=providers)
    return ready, constants


def _graph(model: Model, exact: bool) -> tuple[onnx.ModelProto, dict[str, Any]]:
    """The graph, and the weights that it names but does not hold."""
    from onnx import TensorProto, helper

    graph = _Graph(exact)
    x = "embedded"
    for layer in range(model.shape.layers):
        x = _attention(graph, model, f"blk.{layer}", x)
        x = _forward(graph, model, f"blk.{layer}", x)
    x = graph.node("Gather", x, "rows", axis=0)
    x = _norm(graph, model, "output_norm", x)
    head = "output" if "output.weight" in model.tensors else "token_embd"
    x = _times(graph, model, head, x)
    # The logarithms of all words would take as much memory again as the odds: 0.1 GB.
    whole = graph.node("ReduceLogSumExp", x, graph.integers(-1), keepdims=1)
    asked = graph.node("Unsqueeze", "targets", graph.integers(1))
    picked = graph.node("Sub", graph.node("GatherElements", x, asked, axis=1), whole)
    graph.nodes.append(helper.make_node("Squeeze", [picked, graph.integers(1)], ["odds"]))
    kinds: dict[str, list[str | int]]
    kinds = {"embedded": ["tokens", model.shape.width], "cos": ["tokens", model.shape.head]}
    kinds |= {"sin": ["tokens", model.shape.head], "mask": ["tokens", "tokens"]}
    inputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, d) for n, d in kinds.items()]
    numbers = ("rows", "targets")
    inputs += [helper.make_tensor_value_info(n, TensorProto.INT64, ["asked"]) for n in numbers]
    output = helper.make_tensor_value_info("odds", TensorProto.FLOAT, ["asked"])
    large = {name: value for name, value in graph.constants.items() if value.size > 64}
    held = [_held(name, value, name in large) for name, value in graph.constants.items()]
    made = helper.make_graph(graph.nodes, "opinion", inputs, [output], held)
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(_MORE, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=9), large


def _held(name: str, value: Any, outside: bool) -> Any:
    """A constant in the graph, or only its name, type and form."""
    from onnx import TensorProto, helper, numpy_helper

    if not outside:
        return numpy_helper.from_array(value, name)
    kind = helper.np_dtype_to_tensor_dtype(value.dtype)
    place = TensorProto.EXTERNAL
    held = TensorProto(name=name, dims=value.shape, data_type=kind, data_location=place)
    held.external_data.add(key="location", value="memory")
    return held


def _norm(graph: _Graph, model: Model, name: str, x: str) -> str:
    square = graph.node("ReduceMean", graph.node("Mul", x, x), graph.integers(-1))
    root = graph.node("Sqrt", graph.node("Add", square, graph.number(model.shape.epsilon)))
    weight = graph.constant(f"{name}.weight", model.tensors[f"{name}.weight"])
    return graph.node("Mul", graph.node("Div", x, root), weight)


def _times(graph: _Graph, model: Model, name: str, x: str) -> str:
    import numpy as np

    weight = model.tensors.pop(f"{name}.weight")
    block = next((size for size in _BLOCKS if weight.shape[1] % size == 0), None)
    if graph.exact or block is None:
        held = graph.constant(f"{name}.weight", np.ascontiguousarray(weight.T))
        x = graph.node("MatMul", x, held)
    else:
        x = _rounded(graph, f"{name}.weight", weight, block, x)
    bias = model.tensors.pop(f"{name}.bias", None)
    return x if bias is None else graph.node("Add", x, graph.constant(f"{name}.bias", bias))


def _rounded(graph: _Graph, name: str, weight: Array, block: int, x: str) -> str:
    """The product with bytes: each block of a row by its own scale, from its own zero."""
    import numpy as np

    rows, width = weight.shape
    blocks = weight.reshape(rows, width // block, block)
    low, high = np.minimum(blocks.min(-1), 0), np.maximum(blocks.max(-1), 0)
    scales = np.maximum((high - low) / 255, 1e-12).astype(np.float32)
    zeros = np.rint(-low / scales)
    held = blocks / scales[..., None]
    held += zeros[..., None]
    np.clip(np.rint(held, out=held), 0, 255, out=held)
    parts = {"bytes": held.astype(np.uint8), "scales": scales, "zeros": zeros.astype(np.uint8)}
    inputs = [graph.constant(f"{name}.{part}", value) for part, value in parts.items()]
    sizes = {"K": width, "N": rows, "bits": 8, "block_size": block}
    # 4: tokens are rounded to bytes too, by the same blocks.
    return graph.node("MatMulNBits", x, *inputs, domain=_MORE, accuracy_level=4, **sizes)


def _heads(graph: _Graph, x: str, count: int, shape: Shape) -> str:
    """[tokens, count * head] as [count, tokens, head]."""
    split = graph.node("Reshape", x, graph.integers(-1, count, shape.head))
    return graph.node("Transpose", split, perm=[1, 0, 2])


def _turned(graph: _Graph, x: str, shape: Shape) -> str:
    """Each head turned by its position, by halves."""
    half = shape.head // 2
    ends = graph.integers(half), graph.integers(shape.head), graph.integers(2)
    low = graph.node("Slice", x, graph.integers(0), ends[0], ends[2])
    high = graph.node("Slice", x, ends[0], ends[1], ends[2])
    other = graph.node("Concat", graph.node("Neg", high), low, axis=2)
    return graph.node("Add", graph.node("Mul", x, "cos"), graph.node("Mul", other, "sin"))


def _attention(graph: _Graph, model: Model, name: str, x: str) -> str:
    shape = model.shape
    each, head = shape.heads // shape.groups, shape.head
    h = _norm(graph, model, f"{name}.attn_norm", x)
    q = _heads(graph, _times(graph, model, f"{name}.attn_q", h), shape.heads, shape)
    k = _heads(graph, _times(graph, model, f"{name}.attn_k", h), shape.groups, shape)
    v = _heads(graph, _times(graph, model, f"{name}.attn_v", h), shape.groups, shape)
    q = graph.node("Mul", _turned(graph, q, shape), graph.number(head**-0.5))
    q = graph.node("Reshape", q, graph.integers(shape.groups, -1, head))
    k = graph.node("Transpose", _turned(graph, k, shape), perm=[0, 2, 1])
    size = graph.node("Shape", "mask")
    wide = graph.node("Concat", graph.integers(shape.groups, each), size, axis=0)
    looks = graph.node("Reshape", graph.node("MatMul", q, k), wide)
    looks = graph.node("Softmax", graph.node("Add", looks, "mask"), axis=-1)
    tokens = graph.node("Slice", size, graph.integers(0), graph.integers(1))
    flat = graph.node("Concat", graph.integers(shape.groups, -1), tokens, axis=0)
    y = graph.node("MatMul", graph.node("Reshape", looks, flat), v)
    y = graph.node("Reshape", y, graph.integers(shape.heads, -1, head))
    y = graph.node("Transpose", y, perm=[1, 0, 2])
    y = graph.node("Reshape", y, graph.integers(-1, shape.heads * head))
    return graph.node("Add", x, _times(graph, model, f"{name}.attn_output", y))


def _forward(graph: _Graph, model: Model, name: str, x: str) -> str:
    h = _norm(graph, model, f"{name}.ffn_norm", x)
    gate = _times(graph, model, f"{name}.ffn_gate", h)
    gate = graph.node("Mul", gate, graph.node("Sigmoid", gate))
    up = _times(graph, model, f"{name}.ffn_up", h)
    down = _times(graph, model, f"{name}.ffn_down", graph.node("Mul", gate, up))
    return graph.node("Add", x, down)
