"""Whether a written sentence lends a view to somebody whose it is not; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.domain import Evidence
from policybot.searching.evidence import in_context
from policybot.text.tokens import content_tokens

_SAYS = (
    r"says?|said|argues?|argued|claims?|claimed|states?|stated|believes?|believed|thinks?|holds? that|held that|warns?|"
    r"warned|insists?|insisted|maintains?|maintained|contends?|contended|writes?|wrote|notes?|noted|finds? that|"
    r"found that|concludes?|concluded|estimates?|estimated|denies|denied|rejects?|rejected|criticis[ez]\w*|"
    r"expects?|expected"
)
_SPEAKER = re.compile(
    rf"^\W*(?:The |the )?(?P<who>[^,.;:]{{2,80}}?) (?:also )?(?:{_SAYS})\b(?: that)?\s+(?P<what>.+)$", re.DOTALL
)
_ACCORDING = re.compile(r"^\W*[Aa]ccording to (?:the )?(?P<who>[^,.;:]{2,80}?),\s*(?P<what>.+)$", re.DOTALL)
_NAME = re.compile(r"[A-Z]")


def attributed_otherwise(sentence: str, sources: Sequence[Evidence]) -> str:
    """Who is said to hold what a source says that does not name them; empty when that is not so.

    Who speaks in a list's item often stands in what leads into the list only, and a small chat model lends it to the
    other side. A name counts as the source's when any word of it stands in the sentence, in what leads into it, or in
    its heading, title, publisher or author. Only for English sentences on English sources.

    Args:
        sources: What carries the sentence, strongest first.
    """
    match = _SPEAKER.match(sentence) or _ACCORDING.match(sentence)
    if match is None or not _NAME.search(match["who"]) or any(e.hit.passage.language != "en" for e in sources):
        return ""
    who, what = set(content_tokens(match["who"])), set(content_tokens(match["what"]))
    if not who or not what or not sources:
        return ""
    carrying = max(sources, key=lambda e: len(what & set(content_tokens(e.text))))
    return "" if who & set(content_tokens(_known(carrying))) else match["who"]


def _known(evidence: Evidence) -> str:
    metadata = evidence.hit.metadata
    return " ".join((in_context(evidence), metadata.title, metadata.publisher, metadata.author, metadata.summary_of))
