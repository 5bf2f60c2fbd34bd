"""Sentences of documents that tell an assistant what to do: they state nothing about the world."""

from __future__ import annotations

import re
import unicodedata

from policybot.language import ByLanguage, each
from policybot.text.plain import visible

_INSTRUCTS: tuple[ByLanguage | re.Pattern[str], ...] = (
    each(lambda lexicon: lexicon.orders.discards),
    each(lambda lexicon: lexicon.orders.addresses),
    each(lambda lexicon: lexicon.orders.becomes),
    each(lambda lexicon: lexicon.orders.prompts),
    each(lambda lexicon: lexicon.orders.dictates),
    each(lambda lexicon: lexicon.orders.conceals),
    re.compile(r"<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>", re.IGNORECASE),
)
"""Each is an order to whoever reads by machine. Of 37,641 ordinary sentences (doc2dial, clapnq_dev, rgb, documents/)
they match 2. A language's patterns are tried apart: together they take a fifth longer."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•|>#]|\d{1,3}[.)、]))")


def instructs_assistant(text: str) -> bool:
    """Whether a sentence, a title or a heading gives orders to an assistant instead of stating something."""
    plain = " ".join(unicodedata.normalize("NFKC", visible(text)).split())
    return any(pattern.search(plain) for pattern in _INSTRUCTS)


def same_paragraph(text: str, start: int, end: int) -> bool:
    """Whether no paragraph, list item or table row ends between the two offsets."""
    return _PARAGRAPH.search(text, start, end) is None
