"""Which sentences of an answer their citations bear: an offline stand-in for a reader.

The check is policybot's own (``policybot.checking``), but it is given only the cited quotes: whatever else the
system had read cannot help a sentence. For citation precision the definition of ALCE is used [1]: a citation is
precise when the sentence is fully borne by all of its citations together, and the citation bears it alone or the
others do not bear it without this one.

[1] Gao et al., Enabling large language models to generate text with citations, EMNLP 2023
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policybot.checking import Checker
from policybot.domain import Citation, Evidence, Hit, Metadata, Passage, Sentence, Verdict
from policybot.evaluation.answering_systems import Reply
from policybot.searching.evidence import sentences_of


@dataclass(frozen=True, slots=True)
class Bearing:
    """What carries one sentence of an answer.

    Attributes:
        cited: The check's verdict with only the cited quotes as evidence; None when nothing is cited.
        reason: The check's reason for it.
        precise: Whether each citation of the sentence, in order, is precise.
        read: The check's verdict with everything the system read as evidence.
    """

    cited: Verdict | None
    reason: str
    precise: tuple[bool, ...]
    read: Verdict


def bearings(reply: Reply, checker: Checker) -> tuple[Bearing, ...]:
    """For each sentence of the answer, in order, what bears it."""
    citations = {citation.number: citation for citation in reply.answer.citations}
    read = [evidence for passage in reply.passages for evidence in sentences_of(_hit(passage, ""))]
    found = []
    for sentence in reply.answer.sentences:
        quotes = [_evidence(citations[n]) for n in sentence.citations if n in citations]
        found.append(_bearing(sentence, reply.answer.language, quotes, read, checker))
    return tuple(found)


def _bearing(
    sentence: Sentence, language: str, quotes: Sequence[Evidence], read: Sequence[Evidence], checker: Checker
) -> Bearing:
    def verdict(evidence: Sequence[Evidence]) -> Verdict:
        return checker.check(sentence.text, language, evidence).verdict if evidence else "unsupported"

    if not quotes:
        return Bearing(None, "nothing is cited", (), verdict(read))
    together = checker.check(sentence.text, language, quotes)
    if together.verdict != "supported":
        precise = tuple(False for _ in quotes)
        return Bearing(together.verdict, together.reason, precise, verdict([*quotes, *read]))
    precise = tuple(
        len(quotes) == 1 or verdict([quote]) == "supported" or verdict([*quotes[:i], *quotes[i + 1 :]]) != "supported"
        for i, quote in enumerate(quotes)
    )
    # What its own citations bear is borne by what was read: the check need not choose among all of it.
    return Bearing(together.verdict, together.reason, precise, "supported")


def _hit(passage: Passage, published: str) -> Hit:
    return Hit(passage, Metadata(passage.title, published=published), "", 1, 1.0, 1.0)


def _evidence(citation: Citation) -> Evidence:
    """The quote and nothing else of its passage; title, section and date are those that the citation shows."""
    section = tuple(citation.section.split(" > ")) if citation.section else ()
    passage = Passage(
        id=citation.passage_id,
        document_id=citation.document_id,
        document=citation.document,
        title=citation.title,
        text=citation.quote,
        start=citation.start,
        end=citation.end,
        section=section,
        page=citation.page,
        language=citation.language,
        ordinal=0,
    )
    return Evidence(_hit(passage, citation.published), citation.quote, citation.start, citation.end, 1.0)
