"""The weights of a language model, from a GGUF file or a transformers folder. Data is read alone.

What is read is one architecture, that of Llama and its like: no code of a model is ever run, and
what has another form is refused.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from gguf import GGUFReader
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Array = NDArray[np.float32]

ARCHITECTURES = ("llama", "qwen2")
"""What `scrubber.opinion.graph` computes: qwen2 adds to queries, keys and values."""

PARTS = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
"""The parts of a layer by their names in a GGUF file, and in a transformers folder."""


class ModelError(Exception):
    """Why a model cannot be used, in one line."""


class Shape(NamedTuple):
    """The numbers of an architecture; `base` and `epsilon` are those of positions and norms."""

    layers: int
    width: int
    heads: int
    groups: int
    head: int
    base: float
    epsilon: float
    longest: int


class Model(NamedTuple):
    """A model in memory: tensors by the names of a GGUF file, as the rows of their outputs.

    `first` is the token that a text begins with.
    """

    shape: Shape
    tensors: dict[str, Array]
    tokenizer: Tokenizer
    first: int


def read(path: Path) -> Model:
    """Return the model in a GGUF file or a transformers folder.

    Raises:
        ModelError: there is none, or none of an architecture that is known.
    """
    with _told(path):
        return _of_folder(path) if path.is_dir() else _of_gguf(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (KeyError, ValueError, TypeError, IndexError, struct.error) as error:
        kind = type(error).__name__
        raise ModelError(f"{path}: no language model that can be read: {kind}: {error}") from None


def _known(path: Path, architecture: str) -> None:
    if architecture not in ARCHITECTURES:
        names = " and ".join(ARCHITECTURES)
        raise ModelError(f"{path}: a model of {architecture}; {names} can be read")


def _of_gguf(path: Path) -> Model:
    from gguf.quants import dequantize

    file = _reader(path)

    def value(key: str) -> Any:
        return file.fields[key].contents()

    architecture = value("general.architecture")
    _known(path, architecture)
    width = value(f"{architecture}.embedding_length")
    heads = value(f"{architecture}.attention.head_count")
    shape = Shape(
        layers=value(f"{architecture}.block_count"),
        width=width,
        heads=heads,
        groups=value(f"{architecture}.attention.head_count_kv"),
        head=width // heads,
        base=value(f"{architecture}.rope.freq_base"),
        epsilon=value(f"{architecture}.attention.layer_norm_rms_epsilon"),
        longest=value(f"{architecture}.context_length"),
    )
    with ThreadPoolExecutor(2) as pool:
        read = pool.map(lambda tensor: dequantize(tensor.data, tensor.tensor_type), file.tensors)
        tensors = dict(zip((tensor.name for tensor in file.tensors), read, strict=True))
    if architecture == "llama":
        for name in tensors:
            if name.endswith(("attn_q.weight", "attn_k.weight")):
                tensors[name] = _halved(tensors[name], shape.head)
    return Model(shape, tensors, _gguf_tokenizer(path, file), _first(file))


def _reader(path: Path) -> GGUFReader:
    """A reader that takes lists of texts, the tokens and their pairs, as they lie in the file.

    100,000 of them, each as two views of a mapped file, took 1.3 s; so they take 0.1.
    """
    import numpy as np
    from gguf import GGUFReader, GGUFValueType

    listed = GGUFValueType.ARRAY, GGUFValueType.STRING

    class Plain(GGUFReader):
        def _get(self, *place: Any, **order: Any) -> Any:
            self.data: Any = np.asarray(self.data)
            return super()._get(*place, **order)

        def _get_field_parts(self, orig_offs: int, raw_type: int) -> Any:
            kind = self._get(orig_offs, np.uint32)
            if (raw_type, kind[0]) != listed or self.byte_order == "S":
                return super()._get_field_parts(orig_offs, raw_type)
            count, at = self._get(orig_offs + 4, np.uint64), orig_offs + 12
            parts: list[Any] = [kind, count]
            view, size = memoryview(self.data), struct.Struct("<Q").unpack_from
            for _ in range(int(count[0])):
                start = at + 8
                at = start + size(view, at)[0]
                parts.append(view[start:at])
            return at - orig_offs, parts, list(range(2, len(parts))), list(listed)

    return Plain(path)


def _halved(rows: Array, head: int) -> Array:
    """Rows of pairs (0 1, 2 3, …), as llama.cpp turns them, as halves (0 2 …, 1 3 …)."""
    pairs = rows.reshape(-1, head // 2, 2, rows.shape[-1])
    return pairs.swapaxes(1, 2).reshape(rows.shape)


def _first(file: GGUFReader) -> int:
    """What the model has seen before a text: the mark of its beginning, or of the last one's end.

    SmolLM2 names the mark of a turn in a dialogue as the beginning, and uses it for no text.
    """
    tokens: list[str] = file.fields["tokenizer.ggml.tokens"].contents()
    if "<|endoftext|>" in tokens:
        return tokens.index("<|endoftext|>")
    return int(file.fields["tokenizer.ggml.bos_token_id"].contents())


_SPLITS = {
    "smollm": "digits",
    "qwen2": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "llama-bpe": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}
"""How a text is split before its tokens are looked up, by what a GGUF file calls it."""


def _gguf_tokenizer(path: Path, file: GGUFReader) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    kind = file.fields["tokenizer.ggml.model"].contents()
    split = file.fields["tokenizer.ggml.pre"].contents() if kind == "gpt2" else kind
    if split not in _SPLITS:
        raise ModelError(f"{path}: tokens of {split}; {', '.join(_SPLITS)} can be read")
    tokens = file.fields["tokenizer.ggml.tokens"].contents()
    merges = [tuple(pair.split(" ")) for pair in file.fields["tokenizer.ggml.merges"].contents()]
    found = Tokenizer(models.BPE({token: at for at, token in enumerate(tokens)}, merges))
    first: Any
    if split == "smollm":
        first = pre_tokenizers.Digits(individual_digits=True)
        then = pre_tokenizers.ByteLevel(add_prefix_space=False)
    else:
        first = pre_tokenizers.Split(Regex(_SPLITS[split]), "isolated")
        then = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    found.pre_tokenizer = pre_tokenizers.Sequence([first, then])
    return found


def _of_folder(path: Path) -> Model:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    _known(path, config["model_type"])
    heads = config["num_attention_heads"]
    positions = config.get("rope_parameters") or config
    shape = Shape(
        layers=config["num_hidden_layers"],
        width=config["hidden_size"],
        heads=heads,
        groups=config.get("num_key_value_heads", heads),
        head=config.get("head_dim") or config["hidden_size"] // heads,
        base=positions.get("rope_theta", 10000.0),
        epsilon=config["rms_norm_eps"],
        longest=config["max_position_embeddings"],
    )
    raw: dict[str, Any] = {}
    for file in sorted(path.glob("*.safetensors")):
        raw.update(load_file(file))
    names = {"token_embd.weight": "model.embed_tokens.weight"}
    names |= {"output_norm.weight": "model.norm.weight", "output.weight": "lm_head.weight"}
    for layer in range(shape.layers):
        for short, long in PARTS.items():
            for what in ("weight", "bias"):
                names[f"blk.{layer}.{short}.{what}"] = f"model.layers.{layer}.{long}.{what}"
    tensors = {short: raw.pop(long).astype("f4") for short, long in names.items() if long in raw}
    tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
    first = tokenizer.token_to_id("<|endoftext|>")
    return Model(shape, tensors, tokenizer, config["bos_token_id"] if first is None else first)
