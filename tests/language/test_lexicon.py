"""Laws of the lexicons that come with policybot."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import Any

import pytest
from lexicon_laws import TOPICS, check_lexicon, check_messages, examples, fields

from policybot.language import Lexicon, codes, lexicon

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[a-z]{3,}", re.IGNORECASE)
_SYNTAX = re.compile(r"\(\?P<\w+>|\{name\}|\\u[0-9a-f]{4}|\\.")
"""What is Latin in a pattern of any language: names of groups, classes of characters."""


@pytest.mark.parametrize("code", codes())
def test_each_pattern_finds_what_its_examples_say_and_no_more(code: str) -> None:
    """Three texts at least that each pattern of a language finds something in, and three in which it finds nothing."""
    check_lexicon(lexicon(code), examples(code))


@pytest.mark.parametrize("code", codes())
def test_each_language_says_everything(code: str) -> None:
    """No answer comes without its words, whatever its kind."""
    check_messages(lexicon(code))


def test_every_lexicon_has_the_samefields() -> None:
    """A field is there in every language, empty where the language does not need it."""
    shapes = {code: {name: type(value) for name, value in _flat(lexicon(code)).items()} for code in codes()}

    assert all(shape.keys() == shapes["en"].keys() for shape in shapes.values())
    assert all(shapes[code][name] is shapes["en"][name] for code in codes() for name in shapes["en"])


@pytest.mark.parametrize(("code", "foreign"), [("en", _HAN), ("zh", _LATIN)])
def test_no_field_holds_words_of_another_script(code: str, foreign: re.Pattern[str]) -> None:
    """What is English stands with English, what is Chinese with Chinese: a speaker of one can read all of it."""
    texts = {
        f"{topic}.{name}": _SYNTAX.sub(" ", text)
        for topic in TOPICS
        for name, value in fields(getattr(lexicon(code), topic))
        for text in ([value] if isinstance(value, str) else value if isinstance(value, Iterable) else ())
        if isinstance(text, str)
    }

    assert {field: text for field, text in texts.items() if foreign.search(text)} == {}


def _flat(lexicon: Lexicon) -> dict[str, Any]:
    return {
        f"{topic}.{name}": value
        for topic, held in fields(lexicon)
        if dataclasses.is_dataclass(held)
        for name, value in fields(held)
    }
