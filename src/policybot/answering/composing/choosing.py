"""Evidence -> the few sentences that are quoted as the answer to a plain question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from policybot.answering.case import Segment
from policybot.answering.composing.segments import bullets, label
from policybot.calibration import BESIDE, DEFINING, LEAST_ADDING, LEAST_ODDS, QUOTED, WITH_FIGURE
from policybot.domain import Evidence, Wanted
from policybot.language import each, phrases, vocabulary
from policybot.searching import Query
from policybot.searching.listing import listing_with
from policybot.searching.periods import asked_period, speaks_of_others
from policybot.searching.sentences import sentences_of
from policybot.text.dates import dates_in
from policybot.text.orders import same_paragraph
from policybot.text.plain import ends_with_colon
from policybot.text.quantities import quantities
from policybot.text.tokens import content_tokens

_DEFINES = phrases(lambda lexicon: lexicon.statements.defines)
_TERM = each(lambda lexicon: lexicon.questions.term)
_DEFINITION_OF = phrases(lambda lexicon: lexicon.statements.definition_of)
_REFERS_BACK = phrases(lambda lexicon: lexicon.statements.refers_back, flags=re.NOFLAG)
_SOURCE_NAMED = each(lambda lexicon: lexicon.statements.source_named)


def quotations(query: Query, evidence: Sequence[Evidence], wanted: Wanted) -> tuple[Segment, ...]:
    """The sentences to quote, in the order of the evidence; a list's lead-in is quoted with its items.

    After the best sentence, others are quoted only when they are nearly as good; a third one, unless a list is wanted,
    only when it contains words of the question that the others lack. A definition is one sentence, and what speaks of
    other years than the question adds nothing.
    """
    evidence = [e for e in evidence if not _heads_table(e)]
    if not evidence:
        return ()
    worth = {_key(e): odds(e.score) * _fitness(query, e, wanted) for e in evidence}
    ranked = sorted(evidence, key=lambda e: -worth[_key(e)])
    kept = [ranked[0]]
    period = asked_period(query.text)
    for e in ranked[1:QUOTED]:
        if speaks_of_others(period, e):
            continue
        share = worth[_key(e)] / max(worth[_key(ranked[0])], 1e-9)
        alike = share >= LEAST_ODDS and (wanted in ("list", "comparison") or len(kept) == 1)
        if wanted != "definition" and (alike or (share >= LEAST_ADDING and _adds(query, e, kept))):
            kept.append(e)
    chosen = {_key(e) for e in kept}
    segments: list[Segment] = []
    for e in evidence:
        if _key(e) in chosen:
            segments += _with_context(e, chosen)
            if ends_with_colon(e.text) and (listing := listing_with(e)) is not None:
                segments += bullets(listing.items)
    return tuple(segments)


def _with_context(evidence: Evidence, chosen: set[tuple[str, int]]) -> list[Segment]:
    """A sentence to quote with its context: a list item after the list's lead-in, else after its section's date.

    A sentence that begins with a pronoun follows the sentence before it, which names what is meant.
    """
    listing = listing_with(evidence)
    if listing is None or not listing.holds(evidence):
        before = _before(evidence) if _REFERS_BACK.match(evidence.text) else None
        if before is None or _key(before) in chosen:
            return [Segment("\n", evidence)]
        chosen.add(_key(before))
        return [Segment("\n", before), Segment(" ", evidence)]
    if listing.lead is not None:
        lead = [] if _key(listing.lead) in chosen else [Segment("\n", listing.lead)]
        chosen.add(_key(listing.lead))
        return [*lead, Segment("\n- ", evidence)]
    section = evidence.hit.passage.section
    dated = bool(section) and bool(dates_in(section[-1])) and not dates_in(evidence.text)
    return [Segment(f"\n{label(section[-1])}: " if dated else "\n", evidence)]


def _before(evidence: Evidence) -> Evidence | None:
    """The previous sentence of the same paragraph; None at its start."""
    passage = evidence.hit.passage
    earlier = [e for e in sentences_of(evidence.hit) if e.end <= evidence.start]
    if not earlier or not same_paragraph(passage.text, earlier[-1].end - passage.start, evidence.start - passage.start):
        return None
    return earlier[-1]


def defines(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence begins as the definition of the question's term: "A berth is …"."""
    wording = query.wording(evidence.hit.passage.language)
    term = _TERM.search(wording) if wording else None
    if term is None:
        return False
    name = re.escape(next(group for group in term.groups() if group).strip())
    return bool(re.search(_DEFINITION_OF.source.replace("{name}", name), evidence.text, re.IGNORECASE))


def _key(evidence: Evidence) -> tuple[str, int]:
    return evidence.hit.passage.document_id, evidence.start


def _terms(query: Query, evidence: Evidence) -> set[str]:
    """The tokens of the term to define, in the sentence's language; empty without a translation."""
    return set(content_tokens(query.wording(evidence.hit.passage.language) or "")) - _definition_tokens()


@cache
def _definition_tokens() -> frozenset[str]:
    """Tokens of the words that ask for a definition, in all languages."""
    words = vocabulary(lambda lexicon: lexicon.questions.definition_words)
    return frozenset(token for word in words for token in content_tokens(word))


def _fitness(query: Query, evidence: Evidence, wanted: Wanted) -> float:
    if says_another(query, evidence):
        return BESIDE * BESIDE
    if wanted == "definition":
        if not _terms(query, evidence) <= set(content_tokens(evidence.text)):
            return BESIDE
        if defines(query, evidence):
            return DEFINING * DEFINING
        return DEFINING if _DEFINES.search(evidence.text) else 1.0
    if wanted == "number" and any(not _is_date(q.unit, q.value) for q in quantities(evidence.text)):
        return WITH_FIGURE
    return 1.0


def says_another(query: Query, evidence: Evidence) -> bool:
    """Whether the question asks what one source says and the sentence attributes itself to another."""
    wanted = _SOURCE_NAMED.search(query.wording(evidence.hit.passage.language) or "")
    named = _SOURCE_NAMED.search(evidence.text)
    if wanted is None or named is None:
        return False
    return not set(content_tokens(wanted["who"])) & set(content_tokens(named["who"]))


def _heads_table(evidence: Evidence) -> bool:
    """Whether it is a table's header row, which states nothing by itself."""
    passage = evidence.hit.passage
    return bool(_RULE.match(passage.text, evidence.end - passage.start))


_RULE = re.compile(r"\s*\n\|[\s:|-]+\|")


def _adds(query: Query, evidence: Evidence, kept: Sequence[Evidence]) -> bool:
    """Whether a sentence contains words of the question that the kept ones and their headings lack."""
    wording = query.wording(evidence.hit.passage.language)
    if wording is None:
        return True
    metadata = evidence.hit.metadata
    of_document = f"{evidence.hit.passage.heading} {metadata.summary_of} {metadata.publisher} {metadata.kind}"
    wanted = set(content_tokens(wording)) - set(content_tokens(of_document))
    held = {token for e in kept for token in content_tokens(f"{e.hit.passage.heading} {e.text}")}
    return bool(wanted & set(content_tokens(evidence.text)) - held)


def _is_date(unit: str, value: float) -> bool:
    return unit == "month" or (unit == "" and value == int(value) and 1900 <= value <= 2100)


def odds(score: float) -> float:
    """The odds of a score in 0..1: 0.75 -> 3; large but finite for 1."""
    return score / max(1 - score, 1e-9)
