"""What is found and answered: hits, evidence, citations, sentences, and the events of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from html import escape as escape_signs
from typing import Any, Literal, Self

from policybot.domain.documents import Metadata, Passage, own_fields
from policybot.domain.questions import Wanted
from policybot.text.plain import visible
from policybot.text.sentences import clause_spans

Status = Literal["answered", "abstained"]
Verdict = Literal["supported", "partly", "unsupported"]
AnswerKind = Literal[
    "full", "partial", "disagreement", "correction",
    "unanswered", "off_topic", "opinion", "harmful", "manipulation", "meta",
]  # fmt: skip
"""How far an answer goes, or why there is none.

Answered: ``full``; ``partial``, the documents say only part of what was asked; ``disagreement``, they contradict one
another and each is quoted; ``correction``, the question takes for granted what the documents say otherwise.
Abstained: ``unanswered``, they do not say; ``off_topic``, they are about something else; ``opinion``, ``harmful`` and
``manipulation``, a view of its own, help to do harm or another set of rules was asked for; ``meta``, the question was
about the assistant itself.
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    Attributes:
        rank: 1 is the best.
        score: The relevance with more digits.
        relevance: Probability-like score in 0..1 that the passage's best sentence answers the question; comparable
            across searches. The rank is made of it and of how far behind the passage was among the candidates.
        also_in: Names of other documents that hold the same text: the passage, or all of its document. Twenty at most.
        apart: What tells its document apart from others with its title; empty where no other has it.
    """

    passage: Passage
    metadata: Metadata
    version: str
    rank: int
    score: float
    relevance: float
    also_in: tuple[str, ...] = ()
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit's passage, with its offsets in the document's text.

    Attributes:
        score: Higher bears more on the question; comparable within one selection only.
    """

    hit: Hit
    text: str
    start: int
    end: int
    score: float

    def clauses(self) -> tuple[Evidence, ...]:
        """The sentence cut at its semicolons, each part with the sentence's score; itself where there is one part."""
        spans = clause_spans(self.text)
        if len(spans) < 2:
            return (self,)
        return tuple(
            replace(self, text=self.text[low:high], start=self.start + low, end=self.start + high)
            for low, high in spans
        )


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence of an answer comes from.

    Attributes:
        number: The [n] in the answer, from 1.
        quote: Exact substring of the document's text at ``start:end``.
        document: The document's name; ``version`` says which text of it.
        section: Headings above the quote, joined by `` > ``; empty above the first heading.
        also_in: Names of other documents that hold the same text: the passage, or all of its document.
        apart: What tells the document apart from others with its title: its date, publisher, folder or name; empty
            where no other has it.
    """

    number: int
    quote: str
    start: int
    end: int
    document: str
    document_id: str
    version: str
    passage_id: str
    title: str
    publisher: str
    published: str
    section: str
    page: int | None
    url: str
    language: str
    also_in: tuple[str, ...] = ()
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with its verdict.

    Attributes:
        citations: Numbers of the citations that carry it; never empty when the verdict is ``supported``.
        reason: Why the verdict is what it is, in English, for the record.
        rejected_markers: Markers the chat model invented, kept for the record, never shown.
        lead: Text that stands before the sentence in the answer: a blank, a line end, a list marker.
    """

    text: str
    verdict: Verdict
    citations: tuple[int, ...] = ()
    reason: str = ""
    rejected_markers: tuple[str, ...] = ()
    lead: str = ""

    @property
    def markers(self) -> str:
        """The citation markers as shown: ``[1][2]``."""
        return "".join(f"[{number}]" for number in self.citations)


ABSTAINING: frozenset[AnswerKind] = frozenset(("unanswered", "off_topic", "opinion", "harmful", "manipulation", "meta"))
"""The kinds of answer that give none from the documents."""

Outcome = Literal["passed"] | AnswerKind
"""``passed``: the stage left the question to the next one; else the kind of answer that the stage settled on."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one stage on the way to an answer decided.

    Attributes:
        stage: Name of the stage, ``answerability`` for example; docs/architecture.md lists them in order.
        outcome: See ``Outcome``.
        value: What the stage measured, where it compares a number with a bound.
        bound: That bound; docs and ``calibration.py`` say what it was chosen on.
        note: Why, in a sentence in the answer's language.
    """

    stage: str
    outcome: Outcome
    value: float | None = None
    bound: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What policybot says to a question, with everything needed to check it.

    Attributes:
        status: ``answered``, or ``abstained`` when there is no answer from the documents.
        kind: How far the answer goes, or why there is none; see ``AnswerKind``.
        language: Language of the answer: that of the question unless another was asked for. Quotes keep their own.
        sentences: The sentences shown, in order, each with its citations. Of an abstaining answer: none.
        message: What an abstaining answer says. Of a partial one: what the documents leave open, said last; of a
            disagreement and a correction: that it is one, said first. Empty otherwise.
        citations: In the order of their numbers.
        rejected: Sentences the chat model wrote that the passages do not carry: kept, not shown.
        hits: The passages the search found, best first: the nearest ones when abstaining.
        chat_model: Name of the chat model; ``none`` when the sentences are quoted.
        wanted: The kind of answer that was asked for.
        timings: Seconds by step: ``search_s``, ``answer_s``, ``total_s``.
        decisions: What each stage decided, in order; the last one whose outcome is not ``passed`` gave the kind.
        understood: The question by itself, where it was a follow-up whose slot or subject the questions before it say:
            what was searched and answered; empty elsewhere.
    """

    question: str
    status: Status
    language: str
    sentences: tuple[Sentence, ...] = ()
    message: str = ""
    citations: tuple[Citation, ...] = ()
    rejected: tuple[Sentence, ...] = ()
    hits: tuple[Hit, ...] = ()
    chat_model: str = "none"
    kind: AnswerKind = "full"
    wanted: Wanted = "fact"
    timings: Mapping[str, float] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    understood: str = ""

    @property
    def settled(self) -> Decision | None:
        """The decision that gave the answer its kind; None for a full answer."""
        return next((each for each in reversed(self.decisions) if each.outcome != "passed"), None)

    @property
    def text(self) -> str:
        """The answer as plain text with its citation markers."""
        if self.status == "abstained":
            return self.message
        answer = "".join(s.lead + s.text + (f" {s.markers}" if s.markers else "") for s in self.sentences).strip()
        parts = (answer, self.message) if self.kind == "partial" else (self.message, answer)
        return "\n".join(part for part in parts if part)

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values, ready for JSON."""
        values = asdict(self)
        values["text"] = self.text
        values["timings"] = dict(self.timings)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The answer that ``as_dict`` turned into these values, possibly by another version of policybot.

        Fields that this version does not know are left out; those that the other did not know have their default.
        """
        own = own_fields(cls, values)
        return cls(
            **{
                **own,
                "sentences": tuple(_sentence(each) for each in values.get("sentences", ())),
                "rejected": tuple(_sentence(each) for each in values.get("rejected", ())),
                "citations": tuple(_kept_citation(each) for each in values.get("citations", ())),
                "hits": tuple(_hit(each) for each in values.get("hits", ())),
                "decisions": tuple(Decision(**own_fields(Decision, each)) for each in values.get("decisions", ())),
            }
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: the answer, below it each quote with its source; everything is escaped."""
        paragraphs = "".join(f"<p>{_escape(line)}</p>" for line in self.text.splitlines() if line.strip())
        items = "".join(f'<li value="{c.number}">{_quoted_html(c)}</li>' for c in self.citations)
        return f'<div lang="{_escape(self.language)}">{paragraphs}{f"<ol>{items}</ol>" if items else ""}</div>'


@dataclass(frozen=True, slots=True)
class Found:
    """Streamed first: the passages that the search found.

    Attributes:
        understood: As in ``Answer``.
    """

    hits: tuple[Hit, ...]
    understood: str = ""


@dataclass(frozen=True, slots=True)
class Delta:
    """Streamed while the answer is written: one sentence that has passed its check, with its new citations."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Streamed last: the whole answer."""

    answer: Answer


AnswerEvent = Found | Delta | Done


def _sentence(values: Mapping[str, Any]) -> Sentence:
    lists = {name: tuple(values.get(name, ())) for name in ("citations", "rejected_markers")}
    return Sentence(**{**own_fields(Sentence, values), **lists})


def _kept_citation(values: Mapping[str, Any]) -> Citation:
    return Citation(**{**own_fields(Citation, values), "also_in": tuple(values.get("also_in", ()))})


def _hit(values: Mapping[str, Any]) -> Hit:
    passage = Passage(**{**own_fields(Passage, values["passage"]), "section": tuple(values["passage"]["section"])})
    metadata = Metadata(**own_fields(Metadata, values["metadata"]))
    also_in = tuple(values.get("also_in", ()))
    return Hit(**{**own_fields(Hit, values), "passage": passage, "metadata": metadata, "also_in": also_in})


def _quoted_html(citation: Citation) -> str:
    """The quote and where it stands; only a web address becomes a link."""
    title = _escape(citation.title)
    if re.match(r"https?://", citation.url):
        title = f'<a href="{_escape(citation.url)}" rel="noopener noreferrer">{title}</a>'
    page = "" if citation.page is None else f"p. {citation.page}"
    details = (citation.publisher, citation.published, citation.section, page)
    source = " · ".join([title, *(_escape(detail) for detail in details if detail)])
    return f"<blockquote>{_escape(citation.quote)}</blockquote>{source}"


def _escape(text: str) -> str:
    return escape_signs(visible(text))
