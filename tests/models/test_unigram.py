"""The pieces of a text: those that the tokenizers library finds with the same vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from policybot import load_settings
from policybot.models import weights
from policybot.models._e5_file import E5File
from policybot.models._unigram import Unigram

TEXTS = [
    "",
    "How many trees will be planted?  Four thousand two hundred.\n",
    "图书馆读者证的押金是多少？一百元,退证时全额退还。",
    "Straßenverkehrsordnung §3 (2024), ½ €; naïve ﬁt",
    "𓀀𓀀 mixed 𓀀text𓀀 with 😀 what no piece spells",
    "x" * 700,
]


@pytest.fixture(scope="module")
def file() -> E5File:
    return E5File(weights.verified(weights.E5_SMALL, cache_dir=load_settings().cache_dir))


@pytest.mark.parametrize("text", TEXTS)
def test_the_whole_vocabulary_gives_the_librarys_tokens(file: E5File, unigram: Unigram, text: str) -> None:
    assert unigram.encode(text) == _library(file.pieces, file.scores, file.unknown, text.translate(file.characters))


@pytest.fixture(scope="module")
def unigram(file: E5File) -> Unigram:
    return Unigram(file.pieces, file.scores, unknown=file.unknown, characters=file.characters)


PIECES = ["<unk>", "▁", "a", "b", "▁a", "ab", "ba", "▁ab", "abba", "bb"]
SCORES = [0.0, -2.1, -3.3, -4.7, -2.9, -3.95, -5.2, -4.05, -7.45, -6.15]


@given(st.text("abc ", max_size=40))
def test_any_text_gives_the_librarys_tokens(text: str) -> None:
    small = Unigram(PIECES, SCORES, unknown=0, characters={})

    assert small.encode(text) == _library(PIECES, SCORES, 0, text)


def test_characters_are_read_as_the_map_says() -> None:
    mapped = Unigram(PIECES, SCORES, unknown=0, characters={ord("Z"): "ab", ord("-"): " "})

    assert mapped.encode("Z-Z") == mapped.encode("ab ab")


_LIBRARIES: dict[int, Tokenizer] = {}


def _library(pieces: list[str], scores: list[float], unknown: int, text: str) -> list[int]:
    """The library's tokens; its models are kept, since the large one takes half a second to make."""
    if len(pieces) not in _LIBRARIES:
        library = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=unknown))
        library.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
        _LIBRARIES[len(pieces)] = library
    found: list[int] = _LIBRARIES[len(pieces)].encode(text).ids
    return found
