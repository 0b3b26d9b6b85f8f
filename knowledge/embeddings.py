"""Text to unit vectors: the packaged model by ONNX Runtime, or any sentence-transformers model."""

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.errors import KnowledgeError
from knowledge.onnx_cache import exported_model
from knowledge.types import Progress, Vector, silent

if TYPE_CHECKING:
    from tokenizers import Encoding

MAX_TOKENS = 256
BATCH = 8  # larger batches only cost memory on a CPU


class Embedder(Protocol):
    """What an index needs of a model; `fingerprint` changes when its vectors would."""

    @property
    def fingerprint(self) -> str:
        """Name of exactly this model and export."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, shape (len(texts), dimension)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text, without the model's own marks."""


class _LangChainEmbeddings(Embeddings):
    """LangChain's two methods on top of `embed`."""

    def embed(self, texts: Sequence[str]) -> Vector:
        raise NotImplementedError

    def embed_query(self, text: str) -> list[float]:
        """One text for LangChain."""
        return [float(value) for value in self.embed([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Several texts for LangChain."""
        return [[float(value) for value in row] for row in self.embed(texts)]


class OnnxEmbedder(_LangChainEmbeddings):
    """An exported model (folder with model.onnx, tokenizer.json, model.json); safe to use from threads."""

    def __init__(self, model_dir: Path, *, threads: int = 0) -> None:
        self._session = _open_session(model_dir, threads)
        self._tokenizer = _open_tokenizer(model_dir)
        self.fingerprint: str = json.loads((model_dir / "model.json").read_text("utf-8"))["fingerprint"]
        self.dimension: int = self._run(self._tokenizer.encode_batch_fast(["dimension"])).shape[1]

    def embed(self, texts: Sequence[str]) -> Vector:
        """Unit vectors; texts of like length share a batch so that little is padded."""
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at].ids))
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows[batch] = self._run([encodings[at] for at in batch])
        return rows

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text; more than MAX_TOKENS are counted too."""
        return [len(encoding.ids) for encoding in self._counter.encode_batch_fast(list(texts))]

    @cached_property
    def _counter(self) -> Any:
        """A tokenizer that neither truncates nor adds marks (truncation is a setting of the object)."""
        from tokenizers import Tokenizer

        counter = Tokenizer.from_str(self._tokenizer.to_str())
        counter.no_truncation()
        counter.post_processor = None
        return counter

    def _run(self, batch: "Sequence[Encoding]") -> Vector:
        length = max(len(encoding.ids) for encoding in batch)
        ids = np.zeros((len(batch), length), dtype=np.int64)
        mask = np.zeros((len(batch), length), dtype=np.int64)
        for row, encoding in enumerate(batch):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


class SentenceTransformerEmbedder(_LangChainEmbeddings):
    """Any sentence-transformers model by name or path; imports torch when it is made."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError) as error:
            raise KnowledgeError(
                f"The embedding model {name!r} cannot be loaded: set VCIO_EMBEDDING_MODEL to a "
                "sentence-transformers name or folder, or leave it unset for the packaged model."
            ) from error
        self.fingerprint = f"sentence-transformers-{name}"
        self.dimension = len(self.embed(["dimension"])[0])

    def embed(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, one row a text."""
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text, without the model's own marks."""
        found = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False)
        return [len(ids) for ids in found["input_ids"]]


def open_embedder(
    setting: str | None, cache_dir: Path, progress: Progress = silent, *, threads: int = 0
) -> Embedder:
    """The model of VCIO_EMBEDDING_MODEL: unset or empty = the packaged one, exported on first use.

    The packaged one computes with that many `threads`; 0 is one for each core.
    """
    if setting:
        return SentenceTransformerEmbedder(setting)
    return OnnxEmbedder(exported_model(cache_dir, progress), threads=threads)


def _open_session(model_dir: Path, threads: int) -> Any:
    # Read when the library is loaded: unless told not to, it reports each use to its maker.
    os.putenv("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # The arena keeps the memory of the largest batch for good: 772 instead of 369 MB resident.
    options.enable_cpu_mem_arena = False
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Waiting threads sleep: spinning ones take the cores from everything else on the machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = model_dir / "model.onnx"
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except _onnx_errors() as error:
        raise KnowledgeError(
            f"The exported model {str(path)!r} cannot be opened: delete the folder {str(model_dir)!r}; "
            "it is made again at the next start."
        ) from error


def _onnx_errors() -> tuple[type[Exception], ...]:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    vendor = (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.NoSuchFile, state.InvalidArgument)
    return (OSError, RuntimeError, ValueError, *vendor)


def _open_tokenizer(model_dir: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_dir / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer
