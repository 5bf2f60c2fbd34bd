"""Detects misattributed claims: "The union says …" where the source is the company's statement; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.domain import Evidence
from policybot.language import lexicons
from policybot.searching.sentences import with_context
from policybot.text.tokens import content_tokens

_NAME = re.compile(r"[A-Z]")


def attributed_otherwise(sentence: str, sources: Sequence[Evidence]) -> str:
    """The speaker that the sentence names although its source does not; empty when there is none.

    The speaker of a list item is often named only in the list's lead-in, and a small chat model attributes the item to
    the other side. The source names a speaker when any word of the name is in the sentence, its lead-in, heading,
    title, publisher or author. Checked only for sources in the sentence's language, and only where names are
    capitalised.

    Args:
        sources: The evidence that supports the sentence, strongest first.
    """
    language, match = _attribution(sentence)
    if match is None or not _NAME.search(match["who"]) or any(e.hit.passage.language != language for e in sources):
        return ""
    who, what = set(content_tokens(match["who"])), set(content_tokens(match["what"]))
    if not who or not what or not sources:
        return ""
    carrying = max(sources, key=lambda e: len(what & set(content_tokens(e.text))))
    return "" if who & set(content_tokens(_known(carrying))) else match["who"]


def _attribution(sentence: str) -> tuple[str, re.Match[str] | None]:
    """The language of an attribution and its match, groups ``who`` and ``what``; None when the sentence has none."""
    for lexicon in lexicons():
        for source in lexicon.statements.attributed:
            if match := re.match(source, sentence, re.DOTALL):
                return lexicon.code, match
    return "", None


def _known(evidence: Evidence) -> str:
    metadata = evidence.hit.metadata
    return " ".join((with_context(evidence), metadata.title, metadata.publisher, metadata.author, metadata.summary_of))
