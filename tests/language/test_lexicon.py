"""Laws of every lexicon: those that come with policybot, and one of a third language."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from policybot.domain import AnswerKind
from policybot.language import Lexicon, codes, lexicon

_TOPICS = ("questions", "statements", "names")
"""Topics that are patterns, but for the fields that are sets of words."""

_MORE_PATTERNS = ("messages.large_number",)
_NO_PATTERNS = ("questions.negation",)

_WITH_CASE = frozenset(
    "statements.refers_back statements.attributed names.asked names.in_passing names.cited names.inner_words "
    "messages.large_number".split()
)
"""Patterns that are matched with case."""

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[a-z]{3,}", re.IGNORECASE)
_SYNTAX = re.compile(r"\(\?P<\w+>|\{name\}|\\.")
"""What is Latin in a pattern of any language: names of groups, classes of characters."""


_TERMS = {"en": "quay", "zh": "码头", "de": "Kai"}
"""What stands for ``{name}`` in the examples of ``statements.definition_of``."""


def examples(code: str) -> dict[str, dict[str, list[str]]]:
    """The examples of a language by topic.field."""
    path = Path(__file__).parent / "examples" / f"{code}.yaml"
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def patterns(lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each pattern field by topic.field, with its sources; those that a language does not need are left out."""
    for topic in _TOPICS:
        for name, value in _fields(getattr(lexicon, topic)):
            sources = (value,) if isinstance(value, str) else value
            if isinstance(sources, tuple) and any(sources) and f"{topic}.{name}" not in _NO_PATTERNS:
                yield f"{topic}.{name}", tuple(source.replace("{name}", _TERMS[lexicon.code]) for source in sources)
    for field in _MORE_PATTERNS:
        topic, name = field.split(".")
        yield field, (getattr(getattr(lexicon, topic), name),)


def check_lexicon(lexicon: Lexicon, found: dict[str, dict[str, list[str]]]) -> None:
    """The laws of one lexicon: patterns compile, match no empty text, and do as three examples each say."""
    wanted = dict(patterns(lexicon))
    assert set(found) == set(wanted), "each pattern has examples, and each example a pattern"
    for field, sources in wanted.items():
        compiled = [re.compile(source, re.NOFLAG if field in _WITH_CASE else re.IGNORECASE) for source in sources]
        assert not any(pattern.search("") for pattern in compiled), f"{field} matches the empty text"
        finds, leaves = found[field]["finds"], found[field]["leaves"]
        assert len(set(finds)) >= 3 and len(set(leaves)) >= 3, f"{field} has fewer than three examples"
        missed = [text for text in finds if not any(pattern.search(text) for pattern in compiled)]
        wrong = [text for text in leaves if any(pattern.search(text) for pattern in compiled)]
        assert (missed, wrong) == ([], []), f"{field} misses {missed}, and finds something in {wrong}"


def check_messages(lexicon: Lexicon) -> None:
    """All that policybot says is there, with the places to fill in and nothing else to fill in."""
    messages = lexicon.messages
    assert set(messages.kinds) == set(get_args(AnswerKind))
    assert all(said for kind, said in messages.kinds.items() if kind != "full")
    assert "M" in messages.nothing_about.format(missing="M")
    assert "N" in messages.quoted.format(name="N")
    assert all(part in messages.section_question.format(title="T1", heading="H1") for part in ("T1", "H1"))
    assert all(part in messages.date.format(day=7, month="March", year=2031) for part in ("7", "March", "2031"))
    assert "2031" in messages.month.format(month="March", year=2031)
    assert "2031" in messages.year.format(year=2031)
    assert list(messages.large_numbers.values()) == sorted(messages.large_numbers.values(), reverse=True)
    assert len(lexicon.calendar.month_names) in (0, 12)


@pytest.mark.parametrize("code", codes())
def test_each_pattern_finds_what_its_examples_say_and_no_more(code: str) -> None:
    """Three texts at least that each pattern of a language finds something in, and three in which it finds nothing."""
    check_lexicon(lexicon(code), examples(code))


@pytest.mark.parametrize("code", codes())
def test_each_language_says_everything(code: str) -> None:
    """No answer comes without its words, whatever its kind."""
    check_messages(lexicon(code))


def test_every_lexicon_has_the_same_fields() -> None:
    """A field is there in every language, empty where the language does not need it."""
    shapes = {code: {name: type(value) for name, value in _flat(lexicon(code)).items()} for code in codes()}

    assert all(shape.keys() == shapes["en"].keys() for shape in shapes.values())
    assert all(shapes[code][name] is shapes["en"][name] for code in codes() for name in shapes["en"])


@pytest.mark.parametrize(("code", "foreign"), [("en", _HAN), ("zh", _LATIN)])
def test_no_field_holds_words_of_another_script(code: str, foreign: re.Pattern[str]) -> None:
    """What is English stands with English, what is Chinese with Chinese: a speaker of one can read all of it."""
    texts = {
        f"{topic}.{name}": _SYNTAX.sub(" ", text)
        for topic in _TOPICS
        for name, value in _fields(getattr(lexicon(code), topic))
        for text in ([value] if isinstance(value, str) else value)
    }

    assert {field: text for field, text in texts.items() if foreign.search(text)} == {}


def _fields(topic: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(topic, field.name)) for field in dataclasses.fields(topic))


def _flat(lexicon: Lexicon) -> dict[str, Any]:
    return {
        f"{topic}.{name}": value
        for topic, held in _fields(lexicon)
        if dataclasses.is_dataclass(held)
        for name, value in _fields(held)
    }
