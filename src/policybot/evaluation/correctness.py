"""Whether an answer says what the key says, without a judge.

The measure is made to err on the strict side: an answer counts as correct only when every check passes. It takes a
figure for a figure in whatever language and notation (``policybot.text.quantities``); words are compared in one
language only, with the key or with the gold evidence, whichever is in the language of the answer's sentences; where
neither is, by the cosine of multilingual-e5-small. docs/evaluation.md says how it agrees with a reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from policybot.evaluation.datasets import Question
from policybot.evaluation.metrics import tokens
from policybot.language import phrases
from policybot.models.embedding import Embedder
from policybot.text.detecting import detect_language
from policybot.text.quantities import Quantity, quantities
from policybot.text.sentences import clause_spans
from policybot.text.tokens import content_tokens

WORDING = 0.5
"""Share of the key's own words that the answer must hold."""

PART = 0.25
"""Share of the words of each part of the key (a list's item, a clause) that the answer must hold."""

LONG_KEY = 25
LONG_WORDING = 0.8
"""Own words from which a key is a text of several statements, more than any question asks for: such a key is compared
as a whole, part by part being too much to ask, with this share of its words and half of its figures."""

EVIDENCE = 0.7
"""Share of the words of each piece of gold evidence that the answer must hold to count as quoting it."""

SIMILARITY = 0.87
SIMILARITY_WITH_FIGURES = 0.8
"""Cosine of the key with the nearest sentence, or with the whole answer, where nothing shares the answer's language;
lower when the key has figures of its own, all of which the answer states. Evidence of the policy set in another tongue
than its key has a cosine of 0.80 to 0.87 with it, the nearest other evidence 0.80 to 0.88: without figures the cosine
decides next to nothing, so it is set where it seldom says yes."""

SHORT_ANSWER = 5
"""Tokens of the longest alternative that must stand in the answer as it is."""

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_ASKS_FIGURE = phrases(lambda lexicon: lexicon.grading.asks_figure)
_ASKS_ELSE = phrases(lambda lexicon: lexicon.grading.asks_else)
_CLAUSE = re.compile(r"[;；。，]|[,:.](?=\s+\D)")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_PART = phrases(lambda lexicon: lexicon.grading.joins_parts, flags=re.NOFLAG, form=r"[,;:.!?，、；：。！？]+(?!\d)|{}")
_DENIES_PREMISE = phrases(lambda lexicon: lexicon.grading.denies_premise, form=r"^\s*{}")
_ABOUT_SOURCES = phrases(lambda lexicon: lexicon.statements.about_sources)
_DENIAL = phrases(
    lambda lexicon: "|".join(filter(None, (lexicon.grading.denies, lexicon.grading.denies_premise))),
    form=r"^\s*{}[^,;:.，；：。]*[,;:.，；：。]?",
)
_AFFIRMATION = phrases(lambda lexicon: lexicon.grading.affirms, form=r"^\s*{}[,.，。\s]*")
_NEGATION = phrases(lambda lexicon: lexicon.grading.negates)
_OF_FIGURE = phrases(lambda lexicon: lexicon.grading.figure_words, flags=re.NOFLAG, form=r"[\d.,%\s]|{}")


@dataclass(frozen=True, slots=True)
class Correctness:
    """Whether an answer is right, and why.

    Attributes:
        score: Share of the key that was found, 0..1: what the decision was made on, for readers.
        reason: In English, for the record.
    """

    correct: bool
    score: float
    reason: str


class KeyMatcher:
    """Compares answers with keys.

    Args:
        multilingual: Compares across languages.
    """

    def __init__(self, *, multilingual: Embedder) -> None:
        self._multilingual = multilingual

    def compare(self, question: Question, sentences: Sequence[str]) -> Correctness | None:
        """Whether an answer of these sentences is right; None when the question has no key.

        With ``answer_groups``, one alternative of each group must stand in the answer; a short one of ``answers``
        must stand there, too; any longer text is compared as a key.
        """
        sentences = [text for text in sentences if text.strip()]
        keys = [question.key] if question.key else list(question.answers)
        if not question.answer_groups and not keys:
            return None
        if not sentences:
            return Correctness(False, 0.0, "there is no answer")
        if question.answer_groups:
            return _by_groups(question.answer_groups, sentences)
        found = [
            _by_groups([[key]], sentences)
            if not question.key and len(tokens(key)) <= SHORT_ANSWER
            else self._by_key(key, question, sentences)
            for key in keys
        ]
        return max(found, key=lambda each: (each.correct, each.score))

    def _by_key(self, key: str, question: Question, sentences: Sequence[str]) -> Correctness:
        key = _asked_part(key, question.text)
        asked = " ".join([question.text, *(turn.text for turn in question.history)])
        own = _own_figures(key, asked)
        missing = own - quantities("\n".join(sentences))
        long = len(set(content_tokens(key)) - set(content_tokens(question.text))) >= LONG_KEY
        if missing and _as_in_evidence(key, question.gold_evidence, sentences):
            missing = frozenset()
        if len(missing) > (len(own) / 2 if long else 0):
            told = ", ".join(f"{figure.value:g}{figure.unit}" for figure in sorted(missing))
            return Correctness(False, 0.0, f"figures of the key are missing: {told}")
        content = _AFFIRMATION.sub("", _DENIAL.sub("", _ASIDE.sub(" ", key))).strip()
        if not content:
            return _by_polarity(key, sentences)
        if _DENIES_PREMISE.match(key) and not any(map(_NEGATION.search, sentences)):
            return Correctness(False, 0.0, "the key denies the question's premise, the answer does not")
        if _negates_alone(content, question, sentences):
            return Correctness(False, 0.0, "it negates what neither key nor evidence negates")
        if _NEGATION.search(content) and not any(map(_NEGATION.search, sentences)) and not _own_figures(key, asked):
            return Correctness(False, 0.0, "the key negates something, the answer does not")
        found = [
            by
            for by in (
                _by_wording(content, question, sentences),
                _by_evidence(question.gold_evidence, sentences),
                self._by_similarity(content, question, sentences),
            )
            if by is not None
        ]
        return max(found, key=lambda each: (each.correct, each.score))

    def _by_similarity(self, key: str, question: Question, sentences: Sequence[str]) -> Correctness | None:
        """The key against sentences of other languages, when no reference is in theirs."""
        language = detect_language(key)
        references = {language, *map(detect_language, question.gold_evidence)}
        others = [text for text in sentences if detect_language(text) not in references]
        if not others:
            return None
        vectors = self._multilingual.embed_passages([key, *others, " ".join(others)])
        cosine = float(np.max(vectors[1:] @ vectors[0]))
        bound = SIMILARITY_WITH_FIGURES if _own_figures(key, question.text) else SIMILARITY
        return Correctness(cosine >= bound, cosine, f"cosine of {cosine:.2f} with the key in another language")


def _by_groups(groups: Sequence[Sequence[str]], sentences: Sequence[str]) -> Correctness:
    """Containment: of every group one alternative stands in the answer, as it is or as the same figure."""
    said = f" {' '.join(tokens(' '.join(sentences)))} "
    figures = quantities(" ".join(sentences))
    met = [any(_stands(alternative, said, figures) for alternative in group) for group in groups]
    lacking = [" | ".join(group) for group, is_met in zip(groups, met, strict=True) if not is_met]
    reason = f"lacks {'; '.join(lacking)}" if lacking else "holds an alternative of every group"
    return Correctness(not lacking, sum(met) / len(met), reason)


def _stands(alternative: str, said: str, figures: frozenset[Quantity]) -> bool:
    wanted = " ".join(tokens(alternative))
    if wanted and f" {wanted} " in said:
        return True
    own = quantities(alternative)
    # An alternative that is nothing but a figure may be written in another way.
    return bool(own) and own <= figures and not _OF_FIGURE.sub("", alternative)


def _asked_part(key: str, question: str) -> str:
    """The key's first clause for a question that asks for one figure or date: what the key adds was not asked for."""
    if len(_ASKS_FIGURE.findall(question)) != 1 or _ASKS_ELSE.search(_ASKS_FIGURE.sub(" ", question)):
        return key
    first = _CLAUSE.split(key.strip(), maxsplit=1)[0]
    return first if quantities(first) - quantities(question) else key


def _own_figures(key: str, asked: str) -> frozenset[Quantity]:
    """The figures of the key that the question does not state; asides in brackets are no part of the answer."""
    return quantities(_DENIAL.sub("", _ASIDE.sub(" ", key))) - quantities(asked)


def _as_in_evidence(key: str, evidence: Sequence[str], sentences: Sequence[str]) -> bool:
    """Whether every numeral of the key stands as it is in the evidence and in the answer.

    Tables and lists state a unit once, for all their figures: "16.626" below "millions" is the key's 16.626 million.
    """
    wanted = _numerals(_ASIDE.sub(" ", key))
    return bool(wanted) and wanted <= _numerals("\n".join(evidence)) and wanted <= _numerals("\n".join(sentences))


def _numerals(text: str) -> set[str]:
    return {found.replace(",", "") for found in _NUMERAL.findall(text)}


def _by_polarity(key: str, sentences: Sequence[str]) -> Correctness:
    """A key that is only a yes or a no."""
    denied = bool(_DENIAL.match(key)) and not _AFFIRMATION.match(key)
    negates = bool(_NEGATION.search(sentences[0]))
    return Correctness(denied == negates, float(denied == negates), "the key is only a yes or a no")


def _negates_alone(key: str, question: Question, sentences: Sequence[str]) -> bool:
    """Whether the sentence nearest to the key negates while key, evidence and question do not."""
    if any(_NEGATION.search(text) for text in (key, question.key, *question.gold_evidence, question.text)):
        return False
    wanted = set(content_tokens(key))
    nearest = max(sentences, key=lambda text: len(wanted & set(content_tokens(text))))
    return bool(wanted & set(content_tokens(nearest))) and bool(_NEGATION.search(nearest))


def _by_wording(key: str, question: Question, sentences: Sequence[str]) -> Correctness | None:
    """The key's own words, as a whole and part by part, in the answer's sentences of the key's language."""
    language = detect_language(key)
    said = {token for text in sentences if detect_language(text) == language for token in content_tokens(text)}
    if not said:
        return None
    asked = set(content_tokens(question.text))
    clauses = _PART.split(key)
    # Who says so, and what the sources leave open, is about the answer and not the answer.
    clauses = [clause for clause in clauses if not _ABOUT_SOURCES.search(clause)] or clauses
    parts = [set(content_tokens(clause)) - asked for clause in clauses]
    parts = [part for part in parts if part]
    # A key whose words all stand in the question is compared as it is.
    parts = parts or [set(content_tokens(key))]
    wanted = set().union(*parts)
    if not wanted:
        return None
    share = len(wanted & said) / len(wanted)
    weakest = min(len(part & said) / len(part) for part in parts)
    reason = f"holds {share:.2f} of the key's words, {weakest:.2f} of those of its weakest part"
    if len(wanted) >= LONG_KEY:
        return Correctness(share >= LONG_WORDING, share, f"holds {share:.2f} of the words of a long key")
    return Correctness(share >= WORDING and weakest >= PART, share, reason)


def _by_evidence(evidence: Sequence[str], sentences: Sequence[str]) -> Correctness | None:
    """Every piece of gold evidence, as good as quoted."""
    if not evidence:
        return None
    said = {token for text in sentences for token in content_tokens(text)}
    shares = [len(wanted & said) / len(wanted) for piece in evidence if (wanted := set(content_tokens(piece)))] or [0.0]
    weakest = min(shares)
    return Correctness(
        weakest >= EVIDENCE, weakest, f"holds {weakest:.2f} of the words of the weakest piece of evidence"
    )


def holds_denial(evidence: Sequence[str], sentences: Sequence[str]) -> bool:
    """Whether these sentences hold all of the evidence and it denies something."""
    found = _by_evidence(evidence, sentences)
    return found is not None and found.correct and any(map(_NEGATION.search, evidence))


def negates(text: str) -> bool:
    """Whether a text negates something."""
    return bool(_NEGATION.search(text))


def split_sentences(text: str) -> tuple[str, ...]:
    """A text's sentences, cut at semicolons, as a chat model's answer is."""
    return tuple(text[start:end].strip() for start, end in clause_spans(text) if text[start:end].strip())
