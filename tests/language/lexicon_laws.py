"""Laws that every lexicon obeys, with the examples of its language."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml

from policybot import language
from policybot.domain import AnswerKind
from policybot.language import Lexicon

TOPICS = (
    "framing", "questions", "statements", "names", "bounds", "claims", "dates", "measures", "numbers", "people",
    "grading", "pages",
)  # fmt: skip
"""Topics that are patterns, but for the fields that are sets of words."""

_MORE_PATTERNS = (
    "messages.large_number",
    "sources.of_issuer",
    "sources.of_more",
    "sources.left_over",
    "structure.joins",
)
_NO_PATTERNS = ("questions.negation", "claims.full_negation", "numbers.point", "measures.units", "measures.counted")

_WITH_CASE = frozenset(
    "statements.refers_back statements.attributed names.asked names.in_passing names.cited names.inner_words "
    "messages.large_number claims.done claims.planned claims.owed claims.possible claims.able claims.all claims.most "
    "claims.some claims.many claims.only dates.shown grading.joins_parts pages.part_start".split()
)
"""Patterns that are matched with case."""

_TERMS = {"en": "quay", "zh": "码头", "de": "Kai"}
"""What stands for ``{name}`` in the examples of ``statements.definition_of``."""


def examples(code: str) -> dict[str, dict[str, list[str]]]:
    """The examples of a language by topic.field."""
    path = Path(__file__).parent / "examples" / f"{code}.yaml"
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def patterns(lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each pattern field by topic.field, with its sources; those that a language does not need are left out."""
    for topic in TOPICS:
        for name, value in fields(getattr(lexicon, topic)):
            sources = (value,) if isinstance(value, str) else value
            if isinstance(sources, tuple) and any(sources) and f"{topic}.{name}" not in _NO_PATTERNS:
                yield f"{topic}.{name}", tuple(source.replace("{name}", _TERMS[lexicon.code]) for source in sources)
    for field in _MORE_PATTERNS:
        topic, name = field.split(".")
        if source := getattr(getattr(lexicon, topic), name):
            yield field, (source,)


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
    assert set(messages.records) == {"publisher", "published", "url"}
    assert len(lexicon.calendar.month_names) in (0, 12)
    assert lexicon.reasons.notes.keys() == language.lexicon("en").reasons.notes.keys()


def fields(topic: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(topic, field.name)) for field in dataclasses.fields(topic))
