"""Cuts an evidence sentence to the shortest span that still supports a sentence; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policybot.calibration import CUT_FROM, CUT_SHARED
from policybot.checking.amounts import amounts, facts_in, states
from policybot.checking.source import source_of
from policybot.checking.wording import claims, negations
from policybot.domain import Evidence
from policybot.language import phrases
from policybot.language.script import HAN
from policybot.text.contrasts import Contrasts, default_contrasts
from policybot.text.tokens import content_tokens

_BOUNDARY = phrases(
    lambda lexicon: lexicon.claims.clause_openers,
    flags=re.NOFLAG,
    form=r"[,;:](?:[\"”’)\]]*)\s+(?:{}\s+)?|[，；：](?:[”’」』）]*)|\s+[–—]\s+",
)
"""A clause boundary; commas between digits are not followed by a blank."""
_HAN = re.compile(f"[{HAN}]")


def narrowed(sentence: str, evidence: Evidence, contrasts: Contrasts | None = None) -> Evidence:
    """The evidence cut to the shortest run of clauses with everything it shares with the sentence.

    That is the shared words, amounts, contrast words, negation and modality. In another language than the sentence's,
    where words cannot be compared, only evidence with amounts is cut.
    ``text == document.text[start:end]`` holds for the argument and the result.
    """
    start, end = narrow_span(sentence, evidence, contrasts)
    if (start, end) == (0, len(evidence.text)):
        return evidence
    return replace(evidence, text=evidence.text[start:end], start=evidence.start + start, end=evidence.start + end)


def narrow_span(sentence: str, evidence: Evidence, contrasts: Contrasts | None = None) -> tuple[int, int]:
    """Offsets of the span in the evidence's text; the whole text when nothing can be cut."""
    text = evidence.text
    whole = (0, len(text))
    clauses = clause_spans(text)
    if len(clauses) < 2 or _size(text) < CUT_FROM or text.startswith("|"):
        return whole
    wanted = set(content_tokens(sentence)) & set(content_tokens(text))
    facts = facts_in(source_of(evidence))
    needed = [amount for amount in amounts(sentence) if states(facts, amount)]
    if len(wanted) < CUT_SHARED:
        return whole
    members = (contrasts or default_contrasts()).members
    meant = members(sentence) & members(text)
    spans = sorted(
        ((clauses[i][0], clauses[j][1]) for i in range(len(clauses)) for j in range(i, len(clauses))),
        key=lambda span: (span[1] - span[0], span[0]),
    )
    for begin, stop in spans:
        part = text[begin:stop]
        cut = replace(evidence, text=part, start=evidence.start + begin, end=evidence.start + stop)
        if (
            wanted <= set(content_tokens(part))
            and meant <= members(part)
            and all(states(facts_in(source_of(cut)), amount) for amount in needed)
            and negations(part) == negations(text)
            and claims(text) & claims(sentence) <= claims(part)
        ):
            return begin, stop
    return whole


def clause_spans(text: str) -> Sequence[tuple[int, int]]:
    """Offsets of the clauses of a text, in order, without the marks and blanks between them.

    The last clause includes the sentence's end mark.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _BOUNDARY.finditer(text):
        if match.start() > begin:
            spans.append((begin, match.start()))
        begin = match.end()
    if begin < len(text):
        spans.append((begin, len(text)))
    return spans


def _size(text: str) -> int:
    return len(text) + len(_HAN.findall(text))
