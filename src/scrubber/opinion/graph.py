"""The computation of a language model as an ONNX graph: of some tokens, how likely some others are.

One run takes a whole tree of tokens: a trunk, and branches that leave it at different places. What
a token may look at is said by a mask, so all that is asked about one text shares its beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubber.opinion.products import MORE, Exact, Graph, Products, Rounded
from scrubber.opinion.weights import Model, Shape

if TYPE_CHECKING:
    import onnx
    import onnxruntime

    from scrubber.opinion.weights import Array

OPSET = 20


def session(
    model: Model, threads: int = 0, *, exact: bool = False
) -> tuple[onnxruntime.InferenceSession, Array, dict[str, Any]]:
    """Return the model ready to run, on a GPU where there is one, and the weights that it uses.

    On a GPU, or where `exact` is asked for, weights are as they were; else they are rounded.

    Inputs: `embedded` [tokens, width], `cos` and `sin` [tokens, head], `mask` [tokens, tokens]
    (added to what is looked at), `rows` and `targets` [asked]. Output: `odds` [asked], the log of
    the probability of each target after its row.
    """
    import onnxruntime

    usable = ("CUDAExecutionProvider", "CPUExecutionProvider")
    providers = [name for name in usable if name in onnxruntime.get_available_providers()]
    graph, embedding, constants = _graph(model, exact or providers[0] == usable[0])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in constants.values()]
    options.add_external_initializers(list(constants), values)
    # Threads that wait by spinning took a third of the processor time on a machine with other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    ready = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=providers)
    return ready, embedding, constants


def _graph(model: Model, exact: bool) -> tuple[onnx.ModelProto, Array, dict[str, Any]]:
    """The graph, and the weights that it names but does not hold."""
    from onnx import TensorProto, helper

    graph = Graph()
    head = "output" if "output.weight" in model.tensors else "token_embd"
    products: Products = Exact(model, graph) if exact else Rounded(model, graph)
    embedding = products.embedding()
    x = "embedded"
    for layer in range(model.shape.layers):
        x = _attention(graph, products, model.shape, f"blk.{layer}", x)
        x = _forward(graph, products, f"blk.{layer}", x)
    x = graph.node("Gather", x, "rows", axis=0)
    x = products.times(products.normed(x, "output_norm"), head)
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
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(MORE, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=9), embedding, large


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


def _heads(graph: Graph, x: str, count: int, shape: Shape) -> str:
    """[tokens, count * head] as [count, tokens, head]."""
    split = graph.node("Reshape", x, graph.integers(-1, count, shape.head))
    return graph.node("Transpose", split, perm=[1, 0, 2])


def _turned(graph: Graph, x: str, shape: Shape) -> str:
    """Each head turned by its position, by halves."""
    half = shape.head // 2
    ends = graph.integers(half), graph.integers(shape.head), graph.integers(2)
    low = graph.node("Slice", x, graph.integers(0), ends[0], ends[2])
    high = graph.node("Slice", x, ends[0], ends[1], ends[2])
    other = graph.node("Concat", graph.node("Neg", high), low, axis=2)
    return graph.node("Add", graph.node("Mul", x, "cos"), graph.node("Mul", other, "sin"))


def _attention(graph: Graph, products: Products, shape: Shape, name: str, x: str) -> str:
    each, head = shape.heads // shape.groups, shape.head
    h = products.normed(x, f"{name}.attn_norm")
    q = _heads(graph, products.times(h, f"{name}.attn_q"), shape.heads, shape)
    k = _heads(graph, products.times(h, f"{name}.attn_k"), shape.groups, shape)
    v = _heads(graph, products.times(h, f"{name}.attn_v"), shape.groups, shape)
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
    return graph.node("Add", x, products.times(products.seen(y), f"{name}.attn_output"))


def _forward(graph: Graph, products: Products, name: str, x: str) -> str:
    h = products.normed(x, f"{name}.ffn_norm")
    gate = products.times(h, f"{name}.ffn_gate")
    gate = graph.node("QuickGelu", gate, domain=MORE, alpha=1.0)
    up = products.times(h, f"{name}.ffn_up")
    y = graph.node("Mul", gate, up)
    return graph.node("Add", x, products.times_spiked(y, f"{name}.ffn_down"))
