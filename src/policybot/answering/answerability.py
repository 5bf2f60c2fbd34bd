"""Whether the documents answer a question: what speaks for it, and how likely it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from policybot.domain import Evidence, Hit
from policybot.models.matching import TokenMatcher
from policybot.quantities import quantities
from policybot.searching import Query
from policybot.tokenising import STOP_WORDS, content_tokens, token_set

_MOST = 6.0
"""Log-odds beyond which a score says no more."""

_STRONGEST = 3
"""Evidence sentences that must hold the kind of thing that is asked for."""

_ASKS_FIGURE = re.compile(
    r"\bhow (many|much|large|big|high|fast|long|old|far)\b|\bwhat (percentage|percent|share|proportion|number|amount)\b"
    r"|多少|百分之几|[几多](?:个|家|座|项|年|万|亿|大|高|快|长)|比例|比重|数量|规模有多",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:year|month|day|date)\b|何时|什么时候|哪一?[年月日天]|几[月号日]", re.IGNORECASE
)
_ASKS_PERSON = re.compile(r"\bwho(?:m|se)?\b|谁|哪位", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’'&-]*(?:(?: (?:of|for|and|the|de)){0,2} [A-Z][\w’'&-]*)*")
_TITLE = re.compile(r"《([^《》]{2,40})》")
_BEGINS = re.compile(r"(?:^|[.!?:;。！？：；\n])[\s\"“'‘(（]*$")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for or against the documents holding the answer.

    Attributes:
        relevance: Log-odds of the best hit's relevance.
        evidence: Log-odds of the best evidence sentence's score.
        covered: Share of the question's content words that stand in the hits read, 0..1.
        matched: How well the evidence's words match the question's content words, -1..1: the mean over these of the
            cosine with the nearest word, in their contexts.
        reranked: Whether a reranker read the best hit: its relevance is on another scale than that of an embedding.
        names_missing: How many names in the question stand nowhere in the documents.
        kind_missing: 1 when a figure, a date or a person is asked for and the strongest evidence has none, else 0.
        judged: The chat model's log-odds that the evidence states the answer; None without one.
    """

    relevance: float
    evidence: float
    covered: float
    matched: float
    reranked: bool
    names_missing: int
    kind_missing: int
    judged: float | None


def signs(
    query: Query,
    read: Sequence[Hit],
    evidence: Sequence[Evidence],
    *,
    matcher: TokenMatcher,
    names_missing: int,
    judged: float | None,
) -> Signs:
    """The signs for a question, the hits read for it and the evidence chosen from them; both not empty."""
    best = max(read, key=lambda hit: hit.relevance)
    return Signs(
        relevance=_log_odds(best.relevance),
        evidence=_log_odds(max(e.score for e in evidence)),
        covered=_covered(query, read),
        matched=_matched(query, evidence, matcher),
        reranked=best.passage.language == MATCHED_LANGUAGE and bool(query.wordings(MATCHED_LANGUAGE)),
        names_missing=names_missing,
        kind_missing=int(_kind_missing(query, evidence)),
        judged=judged,
    )


def likelihood(found: Signs) -> float:
    """How likely the documents hold the answer, 0..1."""
    weights = _UNJUDGED if found.judged is None else _JUDGED
    total = weights["constant"] + sum(weights[name] * value for name, value in as_row(found).items())
    return 1 / (1 + math.exp(-total))


def as_row(found: Signs) -> Mapping[str, float]:
    """The signs as the numbers that are weighed, by name."""
    scale = "relevance" if found.reranked else "relevance_embedded"
    row = {
        "relevance": 0.0,
        "relevance_embedded": 0.0,
        "embedded": float(not found.reranked),
        "evidence": found.evidence,
        "covered": _SPREAD * (found.covered - _SILENT),
        "matched": _SPREAD * (found.matched - _SILENT),
        "names_missing": float(min(found.names_missing, 2)),
        "kind_missing": float(found.kind_missing),
    }
    row[scale] = found.relevance
    return row if found.judged is None else {**row, "judged": max(-4.0, min(4.0, found.judged))}


_SPREAD = 10.0
"""Stretches shares, which differ by tenths, to the width of log-odds, so that one penalty suits all weights."""


def missing_names(query: Query, stands: Callable[[str], bool]) -> tuple[str, ...]:
    """Names in the question that stand nowhere in the documents: capitalised words, and titles in 《》.

    Args:
        stands: Whether a name stands somewhere in the documents.
    """
    text = query.text
    names = [match.group() for match in _NAME.finditer(text) if not _is_begin(text, match)]
    names += _TITLE.findall(text)
    return tuple(name for name in dict.fromkeys(names) if not stands(name))


def _is_begin(text: str, match: re.Match[str]) -> bool:
    """Whether the capital only begins a sentence: a single word there is no name that could be told."""
    alone = " " not in match.group()
    return bool(_BEGINS.search(text[: match.start()])) and (alone or match.group().split()[0].lower() in STOP_WORDS)


def _covered(query: Query, read: Sequence[Hit]) -> float:
    shares = []
    for language in {hit.passage.language for hit in read}:
        held = frozenset[str]().union(
            *(token_set(hit.passage.text_with_heading) for hit in read if hit.passage.language == language)
        )
        for wording in query.wordings(language)[:1]:
            if wanted := set(content_tokens(wording)):
                shares.append(len(wanted & held) / len(wanted))
    # In a language that the question is not in, words say nothing; then this sign is silent.
    return max(shares, default=_SILENT)


_SILENT = 0.8
"""Usual share of a question's words in the hits read for it, and usual match: neither for nor against."""


def _matched(query: Query, evidence: Sequence[Evidence], matcher: TokenMatcher) -> float:
    """Late interaction as in ColBERT (Khattab and Zaharia, SIGIR 2020), over the question's content words alone.

    What relevance cannot see in a near miss is one word that nothing matches: who was employed, what was won.
    """
    texts = [f"{e.hit.passage.heading}: {e.text}" for e in evidence if e.hit.passage.language == MATCHED_LANGUAGE]
    wordings = query.wordings(MATCHED_LANGUAGE)
    if not texts or not wordings:
        return _SILENT
    asked, *told = matcher.encode([wordings[0], *texts])
    words = [wordings[0][start:end].lower() for start, end in asked.spans]
    content = [i for i, word in enumerate(words) if len(word) > 1 and word.isalnum() and word not in STOP_WORDS]
    held = [token.vectors for token in told if len(token.vectors)]
    if not content or not held:
        return _SILENT
    nearest = asked.vectors[content] @ np.concatenate(held).T
    return float(nearest.max(axis=1).mean())


MATCHED_LANGUAGE = "en"
"""Language that the token matcher and the reranker read."""


def _kind_missing(query: Query, evidence: Sequence[Evidence]) -> bool:
    strongest = sorted(evidence, key=lambda e: -e.score)[:_STRONGEST]
    texts = [e.text for e in strongest]
    if _ASKS_FIGURE.search(query.text):
        return not any(not _is_date(q.unit, q.value) for text in texts for q in quantities(text))
    if _ASKS_DATE.search(query.text):
        dated = [*texts, *(f"{e.hit.passage.heading} {e.hit.metadata.published}" for e in strongest)]
        return not any(_is_date(q.unit, q.value) for text in dated for q in quantities(text))
    if _ASKS_PERSON.search(query.text) and query.language != "zh":
        return not any(re.search(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+", text) for text in texts)
    return False


def _is_date(unit: str, value: float) -> bool:
    return unit == "month" or (unit == "" and value == int(value) and 1900 <= value <= 2100)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-_MOST, min(_MOST, math.log(bounded / (1 - bounded))))


_UNJUDGED: Mapping[str, float] = {
    "constant": -3.0,
    "relevance": 0.4,
    "evidence": 0.4,
    "covered": 3.0,
    "names_missing": -2.0,
    "kind_missing": -1.0,
}
_JUDGED: Mapping[str, float] = {**_UNJUDGED, "judged": 1.2}
