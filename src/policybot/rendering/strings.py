"""Every string that policybot's page and its exports show, in every language they speak.

One table for each language, same keys, same fields in braces. ``say`` is the only way to read them. Which of
them a reader gets is decided by the switch on the page; an export follows the language of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from policybot.rendering.chinese import CHINESE
from policybot.rendering.english import ENGLISH

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "en"
"""The page's language until the browser has told its own."""
LANGUAGE_NAMES: Mapping[Language, str] = {"en": "English", "zh": "简体中文"}
LANGUAGE_TAGS: Mapping[str, str] = {"en": "en", "zh": "zh-Hans"}

STRINGS: Mapping[Language, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


def say(language: Language, key: str, **fields: object) -> str:
    """The string ``key`` in ``language`` with its fields filled in; plain text, not yet escaped for HTML."""
    return STRINGS[language][key].format(**fields)


def spoken(code: str) -> Language:
    """The page's language nearest to an ISO 639 or BCP 47 code, English when it has none."""
    return "zh" if code.lower().split("-")[0] == "zh" else "en"


def preferred_language(accept_language: str) -> Language:
    """The page's language that a browser's ``Accept-Language`` header ranks highest."""
    ranked: list[tuple[float, int, Language]] = []
    for place, item in enumerate(accept_language.split(",")):
        tag, _, weight = item.partition(";")
        primary = tag.strip().lower().split("-")[0]
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if primary in LANGUAGES and quality > 0:
            ranked.append((-quality, place, spoken(primary)))
    return min(ranked)[2] if ranked else "en"
