"""What the ONNX models share: a session, and batches of token ids padded as little as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from policybot.errors import WeightsError

MAX_TOKENS = 512
"""Longest input of BERT models, special tokens included: they have 512 position embeddings.
https://arxiv.org/abs/1810.04805, section A.2"""

BATCH_TOKENS = 4096
"""Tokens of one batch, padding included: 20 passages of 200 tokens. Keeps the activations of a batch below about
100 MB; larger batches were not faster on two cores."""

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class OnnxModel:
    """A BERT-like model with its tokenizer; may be used by several threads at once.

    Raises:
        WeightsError: The runtime cannot load the file.
    """

    def __init__(self, model: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        # Threads that spin while they wait slow down the chat model, which runs at the same time.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3  # errors only: warnings would go to the terminal
        try:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as exc:  # the runtime's exceptions share no base but Exception
            raise WeightsError(f"onnxruntime cannot load {model}: {exc}") from exc
        self._inputs = {item.name for item in self._session.get_inputs()} & set(_INPUTS)
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()

    def batches(self, encodings: Sequence[Encoding]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Run the model on the encodings, those of similar length together.

        Yields:
            Indices into ``encodings``, and the model's first output for them, one row each.
        """
        longest_first = sorted(range(len(encodings)), key=lambda i: len(encodings[i]), reverse=True)
        while longest_first:
            size = max(1, BATCH_TOKENS // max(1, len(encodings[longest_first[0]])))
            rows, longest_first = longest_first[:size], longest_first[size:]
            yield rows, self._run([encodings[i] for i in rows])

    def _run(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        shape = (len(encodings), max(len(e) for e in encodings))
        feed = {name: np.zeros(shape, dtype=np.int64) for name in self._inputs}
        for row, encoding in enumerate(encodings):
            columns: dict[str, Any] = {
                "input_ids": encoding.ids,
                "attention_mask": encoding.attention_mask,
                "token_type_ids": encoding.type_ids,
            }
            for name, values in feed.items():
                values[row, : len(encoding)] = columns[name]
        output: NDArray[np.float32] = self._session.run(None, feed)[0]
        return output
