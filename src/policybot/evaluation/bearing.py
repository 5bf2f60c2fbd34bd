"""Which sentences of an answer their citations bear: an offline stand-in for a reader.

The check is policybot's own (``policybot.checking``), but it is given only the cited quotes: whatever else the
system had read cannot help a sentence. For citation precision the definition of ALCE is used [1]: a citation is
precise when the sentence is fully borne by all of its citations together, and the citation bears it alone or the
others do not bear it without this one.

[1] Gao et al., Enabling large language models to generate text with citations, EMNLP 2023
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from policybot.checking import Checker
from policybot.domain import Citation, Evidence, Hit, Metadata, Passage, Sentence, Verdict
from policybot.evaluation.systems import Reply
from policybot.searching.listing import render_row
from policybot.searching.sentences import sentences_of


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
        cited = [citations[n] for n in sentence.citations if n in citations]
        heads = [_header(each, cited) for each in cited]
        rows = [i for i, each in enumerate(cited) if each not in heads]
        quotes = [_evidence(cited[i], heads[i]) for i in rows]
        borne = _bearing(sentence, reply.answer.language, quotes, read, checker)
        # A row of column names is as precise as the row that it is cited for.
        precise = dict(zip(rows, borne.precise, strict=True))
        told = [precise[i] if i in precise else _of_row(each, heads, precise) for i, each in enumerate(cited)]
        found.append(replace(borne, precise=tuple(told)))
    return tuple(found)


def _of_row(header: Citation, heads: Sequence[Citation | None], precise: Mapping[int, bool]) -> bool:
    return any(precise.get(i, False) for i, each in enumerate(heads) if each == header)


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


def _hit(passage: Passage, published: str, *, publisher: str = "") -> Hit:
    return Hit(passage, Metadata(passage.title, publisher, published=published), "", 1, 1.0, 1.0)


def _header(citation: Citation, cited: Sequence[Citation]) -> Citation | None:
    """The row of column names that is cited with a table's row: without it nobody can tell what its figures are."""
    for other in cited:
        above = other.document_id == citation.document_id and other.end <= citation.start
        if above and 1 < _cells(other.quote) == _cells(citation.quote):
            return other
    return None


def _cells(row: str) -> int:
    """How many cells a line of a table has; 0 of what is none."""
    row = row.strip()
    return row.count("|") - 1 if row.startswith("|") and row.endswith("|") and "\n" not in row else 0


def _evidence(citation: Citation, header: Citation | None) -> Evidence:
    """The quote and nothing else of its passage; title, section, publisher and date are those that the citation shows.

    Args:
        header: The row of column names of a table's row.
    """
    head = f"{header.quote}\n{'|---' * _cells(header.quote)}|\n" if header is not None else ""
    section = tuple(citation.section.split(" > ")) if citation.section else ()
    passage = Passage(
        id=citation.passage_id,
        document_id=citation.document_id,
        document=citation.document,
        title=citation.title,
        text=head + citation.quote,
        start=citation.start - len(head),
        end=citation.end,
        section=section,
        page=citation.page,
        language=citation.language,
        ordinal=0,
    )
    hit = _hit(passage, citation.published, publisher=citation.publisher)
    evidence = Evidence(hit, citation.quote, citation.start, citation.end, 1.0)
    row = render_row(evidence)
    # Read as it is told: each cell behind its column's name.
    return evidence if row is None else Evidence(hit, row[0], citation.start, citation.end, 1.0)
