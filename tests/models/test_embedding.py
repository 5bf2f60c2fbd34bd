"""Vectors: their form, and that what belongs together lies together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from policybot import load_settings
from policybot.models.embedding import BgeSmall, E5Small, Embedder

TREES = "The council wants to plant 4,200 trees along the harbour."
FERRIES = "Three ferry lines will run on batteries."
LIBRARY = "读者证押金为一百元，退证时全额退还。"


@pytest.fixture(scope="module", params=[BgeSmall, E5Small])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    yield request.param(load_settings().cache_dir)


@pytest.fixture(scope="module")
def multilingual() -> E5Small:
    return E5Small(load_settings().cache_dir)


def test_a_row_for_each_text_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed_passages([TREES, FERRIES, LIBRARY])

    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_the_company_of_a_text_does_not_change_its_vector(embedder: Embedder) -> None:
    alone = embedder.embed_passages([TREES])[0]
    in_company = embedder.embed_passages([FERRIES * 20, TREES, LIBRARY])[1]

    assert np.array_equal(alone, in_company)


def test_an_answer_is_nearer_than_a_foreign_text(embedder: Embedder) -> None:
    trees, ferries = embedder.embed_passages([TREES, FERRIES])
    question = embedder.embed_query("How many trees will be planted?")

    assert question @ trees > question @ ferries


def test_texts_of_any_length_and_kind_are_taken(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["", "word " * 20_000, "\x00\ufdfa" * 500, "😀\ud800"])

    assert np.isfinite(vectors).all()


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("图书馆读者证的押金是多少？", LIBRARY, "到2032年，全市人均藏书量应达到2.5册。"),
        ("What is the deposit for a library card?", LIBRARY, "到2032年，全市人均藏书量应达到2.5册。"),
        ("港口要种多少棵树？", TREES, FERRIES),
    ],
)
def test_meaning_crosses_languages(multilingual: E5Small, question: str, right: str, wrong: str) -> None:
    near, far = multilingual.embed_passages([right, wrong]) @ multilingual.embed_query(question)

    assert near > far
