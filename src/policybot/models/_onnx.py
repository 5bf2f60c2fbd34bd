"""What the ONNX models share: a session, a tokenizer, and texts run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from policybot.errors import WeightsError
from policybot.models._threads import processors

MAX_TOKENS = 512
"""Longest input of BERT models, special tokens included: they have 512 position embeddings.
https://arxiv.org/abs/1810.04805, section A.2"""

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def session(model: Path | bytes, *, name: str) -> onnxruntime.InferenceSession:
    """A session that computes in the thread that calls it; may be used by several threads at once.

    Args:
        model: An ONNX file, or what would stand in one.
        name: What the error calls the model.

    Raises:
        WeightsError: The runtime cannot load the model.
    """
    options = onnxruntime.SessionOptions()
    # One thread for each text: on two cores, two texts at once are 1.2 to 2 times as fast as two threads for one.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3  # errors only: warnings would go to the terminal
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # the runtime's exceptions share no base but Exception
        raise WeightsError(f"onnxruntime cannot load {name}: {exc}") from exc


class OnnxModel:
    """A BERT-like model with its tokenizer; may be used by several threads at once.

    Raises:
        WeightsError: The runtime cannot load the file.
    """

    def __init__(self, model: Path, tokenizer: Path) -> None:
        self._session = session(model, name=str(model))
        self._inputs = {item.name for item in self._session.get_inputs()} & set(_INPUTS)
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="policybot-onnx")

    def run(self, encodings: Sequence[Encoding]) -> list[NDArray[np.float32]]:
        """The model's first output for each encoding, without the axis of the batch.

        Each text is run by itself, several at once. In a batch the int8 models give a text other numbers beside other
        texts, because the range of the activations is taken over the whole batch: vectors differ by 0.003 in cosine.
        Batches were no faster either: padding costs what they save.
        """
        # The longest first, so that no worker waits in the end for one that has just begun with a long text.
        order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids))
        found = dict(zip(order, self._workers.map(self._one, [encodings[i] for i in order]), strict=True))
        return [found[i] for i in range(len(encodings))]

    def _one(self, encoding: Encoding) -> NDArray[np.float32]:
        columns = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([columns[name]], dtype=np.int64) for name in self._inputs}
        output: NDArray[np.float32] = self._session.run(None, feed)[0][0]
        return output
