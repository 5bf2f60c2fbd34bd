"""Whether a written sentence lends a view to somebody whose it is not; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.domain import Evidence
from policybot.language import lexicons
from policybot.searching.evidence import with_context
from policybot.text.tokens import content_tokens

_NAME = re.compile(r"[A-Z]")


def attributed_otherwise(sentence: str, sources: Sequence[Evidence]) -> str:
    """Who is said to hold what a source says that does not name them; empty when that is not so.

    Who speaks in a list's item often stands in what leads into the list only, and a small chat model lends it to the
    other side. A name counts as the source's when any word of it stands in the sentence, in what leads into it, or in
    its heading, title, publisher or author. Only for sentences on sources in their own language, and only where names
    are told by capitals.

    Args:
        sources: What carries the sentence, strongest first.
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
    """Who is said to say what, with the language in which it is said so."""
    for lexicon in lexicons():
        for source in lexicon.statements.attributed:
            if match := re.match(source, sentence, re.DOTALL):
                return lexicon.code, match
    return "", None


def _known(evidence: Evidence) -> str:
    metadata = evidence.hit.metadata
    return " ".join((with_context(evidence), metadata.title, metadata.publisher, metadata.author, metadata.summary_of))
