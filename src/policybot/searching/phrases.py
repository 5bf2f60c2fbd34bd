"""Exact phrases: text in quotation marks is matched word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.domain import Passage
from policybot.text.tokens import fold

_QUOTED = re.compile(
    r"“([^“”]{2,200})”|\"([^\"]{2,200})\"|「([^「」]{2,200})」|『([^『』]{2,200})』|《([^《》]{2,200})》"
)


def quoted_phrases(text: str) -> tuple[str, ...]:
    """The phrases in quotation marks or title marks, in order, each once."""
    found = (next(group for group in match.groups() if group is not None).strip() for match in _QUOTED.finditer(text))
    return tuple(dict.fromkeys(phrase for phrase in found if len(phrase) > 1))


def phrases_held(phrases: Sequence[str], passage: Passage) -> int:
    """How many of the phrases occur word for word in the passage, its title or its section."""
    text = _plain(passage.text_with_heading)
    return sum(1 for phrase in phrases if _plain(phrase) in text)


def _plain(text: str) -> str:
    """The text normalised for comparing phrases: folded, white space as one blank, one kind of quotation mark."""
    return re.sub(r"\s+", " ", re.sub(r"[“”„‟«»\"]", '"', fold(text))).strip(' "')
