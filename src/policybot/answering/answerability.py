"""How probable it is that the documents answer a question, and the features that this is computed from."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from policybot.calibration import MOST_JUDGED, MOST_LOG_ODDS, MOST_NAMES_MISSING, USUAL_MATCH
from policybot.domain import Evidence, Hit
from policybot.language import phrases, vocabulary
from policybot.models.matching import READ, TokenMatcher
from policybot.searching import Glosser, Query
from policybot.searching.editions import years_in
from policybot.searching.sentences import with_context
from policybot.text.tokens import STOP_WORDS

_COEFFICIENTS = "answerability.json"

_NAME = phrases(
    lambda lexicon: lexicon.names.inner_words,
    flags=re.NOFLAG,
    form=r"(?<![A-Za-z])[A-Z][A-Za-z0-9&.-]*(?:(?: {}){0,2} [A-Z][A-Za-z0-9&.-]*)*",
)
_TITLE = re.compile(r"《([^《》]{2,40})》")
_BEGINS = re.compile(r"(?:^|[.!?:;。！？：；\n])[\s\"“'‘(（]*$")
_MONTHS_AND_DAYS = vocabulary(
    lambda lexicon: (
        # In full, and cut to Aug or Sept.
        frozenset(name[:size].lower() for name in lexicon.calendar.month_names for size in (3, 4, None))
        | lexicon.calendar.weekdays
    )
)


@dataclass(frozen=True, slots=True)
class AnswerabilityFeatures:
    """The features of the answerability model.

    None depends on the number of documents or on the language of question or documents: whether texts were glossed was
    tried as a feature and does worse on sets that the model was not fitted on (docs/answerability.md).

    Attributes:
        sentence: Log-odds of the best evidence sentence's score, -6..6.
        passage: Log-odds of the best hit's relevance, -6..6.
        matched: Mean over the question's content words of the cosine with the nearest word of the evidence, both as
            contextual token vectors, -1..1. None where question or evidence cannot be read in English.
        names_missing: How many names in the question occur nowhere in the documents.
        years_missing: Whether the question names a year that no hit names, nor its document's title or date.
        judged: The chat model's log-odds that the evidence states the answer; None without one.
    """

    sentence: float
    passage: float
    matched: float | None
    names_missing: int
    years_missing: bool = False
    judged: float | None = None


def answerability_features(
    query: Query,
    read: Sequence[Hit],
    evidence: Sequence[Evidence],
    *,
    matcher: TokenMatcher,
    glosser: Glosser,
    names_missing: int,
    judged: float | None = None,
) -> AnswerabilityFeatures:
    """The features of a question with the hits read for it and the evidence chosen from them, both not empty."""
    best_hit = max(read, key=lambda hit: hit.relevance)
    return AnswerabilityFeatures(
        sentence=_log_odds(max(e.score for e in evidence)),
        passage=_log_odds(best_hit.relevance),
        matched=_matched(query, evidence, matcher, glosser),
        # A document in another language may have the name as it is written there.
        names_missing=names_missing if best_hit.passage.language == query.language else 0,
        years_missing=bool(years_in(query.text) - {year for hit in read for year in _years_of(hit)}),
        judged=judged,
    )


def answerable_probability(features: AnswerabilityFeatures) -> float:
    """The probability that the documents hold the answer, 0..1."""
    weights = coefficients()
    total = sum(weights[name] * value for name, value in as_row(features).items())
    return 1 / (1 + math.exp(-total))


def as_row(features: AnswerabilityFeatures) -> Mapping[str, float]:
    """The model's inputs by name; a missing feature is 0 and sets its own indicator."""
    judged = features.judged
    return {
        "constant": 1.0,
        "sentence": features.sentence,
        "passage": features.passage,
        "matched": 0.0 if features.matched is None else 10 * (features.matched - USUAL_MATCH),
        "not_matched": float(features.matched is None),
        "names_missing": float(min(features.names_missing, MOST_NAMES_MISSING)),
        "years_missing": float(features.years_missing),
        "judged": 0.0 if judged is None else max(-MOST_JUDGED, min(MOST_JUDGED, judged)),
        "not_judged": float(judged is None),
    }


@cache
def coefficients() -> Mapping[str, float]:
    """The weight of each input of ``as_row``, in log-odds, fitted by benchmarks/answerability.py."""
    found: Mapping[str, float] = json.loads((files(__package__) / _COEFFICIENTS).read_text(encoding="utf-8"))["weights"]
    return found


def missing_names(query: Query, occurs: Callable[[str], bool]) -> tuple[str, ...]:
    """Names in the question that occur nowhere in the documents: capitalised words, and titles in 《》.

    Args:
        occurs: Whether a name occurs somewhere in the documents.
    """
    text = query.text
    names = [match.group().strip(".") for match in _NAME.finditer(text) if not _begins(text, match)]
    names = [name for name in names if not _MONTHS_AND_DAYS & set(name.lower().split())] + _TITLE.findall(text)
    return tuple(name for name in dict.fromkeys(names) if not occurs(name))


def _begins(text: str, match: re.Match[str]) -> bool:
    """Whether the capital only marks the start of a sentence, where a single word cannot be recognised as a name."""
    alone = " " not in match.group()
    return bool(_BEGINS.search(text[: match.start()])) and (alone or match.group().split()[0].lower() in STOP_WORDS)


def _matched(query: Query, evidence: Sequence[Evidence], matcher: TokenMatcher, glosser: Glosser) -> float | None:
    """Late interaction as in ColBERT (Khattab and Zaharia, SIGIR 2020), over the question's content words alone.

    It catches a near miss that relevance cannot see, where nothing matches one word: who was employed, what was won.
    """
    texts = [text for e in evidence if (text := glosser.english(with_context(e), e.hit.passage.language))]
    wordings = query.wordings(READ)
    if not texts or not wordings:
        return None
    question, *texts_encoded = matcher.encode([wordings[0], *texts])
    words = [wordings[0][start:end].lower() for start, end in question.spans]
    content = [i for i, word in enumerate(words) if len(word) > 1 and word.isalnum() and word not in STOP_WORDS]
    held = [token.vectors for token in texts_encoded if len(token.vectors)]
    if not content or not held:
        return None
    nearest = question.vectors[content] @ np.concatenate(held).T
    return float(nearest.max(axis=1).mean())


def _years_of(hit: Hit) -> frozenset[int]:
    return years_in(f"{hit.passage.heading} {hit.passage.text} {hit.metadata.published}")


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-MOST_LOG_ODDS, min(MOST_LOG_ODDS, math.log(bounded / (1 - bounded))))
