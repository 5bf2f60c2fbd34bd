"""Whether the documents answer a question: what speaks for it, and how likely it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from policybot.domain import Evidence, Hit
from policybot.language import phrases, vocabulary
from policybot.models.matching import TokenMatcher
from policybot.searching import Glosser, Query
from policybot.searching.evidence import in_context
from policybot.searching.weighing import READ
from policybot.text.tokens import STOP_WORDS

_MOST = 6.0
"""Log-odds beyond which a score says no more."""

_MOST_JUDGED = 4.0

_USUAL_MATCH = 0.8
"""Usual match of a question with what was found for it: neither for nor against."""

_NAME = phrases(
    lambda lexicon: lexicon.names.inner_words,
    flags=re.NOFLAG,
    form=r"(?<![A-Za-z])[A-Z][A-Za-z0-9&.-]*(?:(?: {}){0,2} [A-Z][A-Za-z0-9&.-]*)*",
)
_TITLE = re.compile(r"《([^《》]{2,40})》")
_BEGINS = re.compile(r"(?:^|[.!?:;。！？：；\n])[\s\"“'‘(（]*$")
_MONTHS_AND_DAYS = vocabulary(
    lambda lexicon: frozenset(map(str.lower, lexicon.calendar.month_names)) | lexicon.calendar.weekdays
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for or against the documents holding the answer.

    Attributes:
        relevance: Log-odds of the best hit's relevance.
        reranked: Whether a reranker read the best hit: its relevance is on another scale than that of an embedding.
        glossed: Whether the question or the best hit was read word by word in English.
        matched: How well the evidence's words match the question's content words, -1..1: the mean over these of the
            cosine with the nearest word, in their contexts.
        names_missing: How many names in the question stand nowhere in the documents.
        judged: The chat model's log-odds that the evidence states the answer; None without one.
    """

    relevance: float
    reranked: bool
    glossed: bool
    matched: float
    names_missing: int
    judged: float | None


def signs(
    query: Query,
    read: Sequence[Hit],
    evidence: Sequence[Evidence],
    *,
    matcher: TokenMatcher,
    glosser: Glosser,
    names_missing: int,
    judged: float | None = None,
) -> Signs:
    """The signs for a question, the hits read for it and the evidence chosen from them; both not empty."""
    best = max(read, key=lambda hit: hit.relevance)
    return Signs(
        relevance=_log_odds(best.relevance),
        reranked=bool(query.wordings(READ)) and glosser.reads(best.passage.language),
        glossed=best.passage.language != READ or query.language != READ,
        matched=_matched(query, evidence, matcher, glosser),
        # A document in another language may have the name as it is written there.
        names_missing=names_missing if best.passage.language == query.language else 0,
        judged=judged,
    )


def likelihood(found: Signs) -> float:
    """How likely the documents hold the answer, 0..1."""
    weights = _WEIGHTS[found.reranked, found.judged is not None]
    total = sum(weights[name] * value for name, value in as_row(found).items())
    return 1 / (1 + math.exp(-total))


def as_row(found: Signs) -> Mapping[str, float]:
    """The signs as the numbers that are weighed, by name."""
    row = {"constant": 1.0, "relevance": found.relevance, "names_missing": float(min(found.names_missing, 2))}
    if found.reranked:
        row["glossed"] = float(found.glossed)
        row["matched"] = 10 * (found.matched - _USUAL_MATCH)
    if found.judged is not None:
        row["judged"] = max(-_MOST_JUDGED, min(_MOST_JUDGED, found.judged))
    return row


def missing_names(query: Query, stands: Callable[[str], bool]) -> tuple[str, ...]:
    """Names in the question that stand nowhere in the documents: capitalised words, and titles in 《》.

    Args:
        stands: Whether a name stands somewhere in the documents.
    """
    text = query.text
    names = [match.group().strip(".") for match in _NAME.finditer(text) if not _begins(text, match)]
    names = [name for name in names if not _MONTHS_AND_DAYS & set(name.lower().split())] + _TITLE.findall(text)
    return tuple(name for name in dict.fromkeys(names) if not stands(name))


def _begins(text: str, match: re.Match[str]) -> bool:
    """Whether the capital only begins a sentence: a single word there is no name that could be told."""
    alone = " " not in match.group()
    return bool(_BEGINS.search(text[: match.start()])) and (alone or match.group().split()[0].lower() in STOP_WORDS)


def _matched(query: Query, evidence: Sequence[Evidence], matcher: TokenMatcher, glosser: Glosser) -> float:
    """Late interaction as in ColBERT (Khattab and Zaharia, SIGIR 2020), over the question's content words alone.

    What relevance cannot see in a near miss is one word that nothing matches: who was employed, what was won.
    """
    texts = [text for e in evidence if (text := glosser.english(in_context(e), e.hit.passage.language))]
    wordings = query.wordings(READ)
    if not texts or not wordings:
        return _USUAL_MATCH
    asked, *told = matcher.encode([wordings[0], *texts])
    words = [wordings[0][start:end].lower() for start, end in asked.spans]
    content = [i for i, word in enumerate(words) if len(word) > 1 and word.isalnum() and word not in STOP_WORDS]
    held = [token.vectors for token in told if len(token.vectors)]
    if not content or not held:
        return _USUAL_MATCH
    nearest = asked.vectors[content] @ np.concatenate(held).T
    return float(nearest.max(axis=1).mean())


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-_MOST, min(_MOST, math.log(bounded / (1 - bounded))))


_NAMES_MISSING = -2.0
"""By judgement: no public set has names that its documents lack, and an unknown name nearly always is a near miss."""

_WEIGHTS: Mapping[tuple[bool, bool], Mapping[str, float]] = {
    (True, False): {
        "constant": -3.0,
        "relevance": 0.65,
        "matched": 0.67,
        "glossed": 0.7,
        "names_missing": _NAMES_MISSING,
    },
    (False, False): {"constant": 0.0, "relevance": 0.2, "names_missing": _NAMES_MISSING},
    (True, True): {
        "constant": -2.2,
        "relevance": 0.34,
        "matched": 0.78,
        "glossed": 0.4,
        "judged": 1.25,
        "names_missing": _NAMES_MISSING,
    },
    (False, True): {"constant": -4.5, "relevance": 0.54, "judged": 1.33, "names_missing": _NAMES_MISSING},
}
"""Weights by whether a reranker read the best hit and whether a chat model judged (benchmarks/answerability.py).

Logistic regressions over clapnq_dev (400 questions, 100 judged) and rgb with and without its right passages (160 cases,
40 judged), then constants changed by hand on the policy set, so that fewer of its answerable questions are refused.
Without a chat model, fitted on one half of clapnq_dev, refusals on the other had precision and recall 0.81 and 0.73.
Judged, over the 100 questions fitted on, 0.85 and 0.80. What the weights in use give stands in docs/benchmarks.md.
What ``glossed`` adds is set by hand on the 24 questions of the policy set that are read word by word.
"""
