"""The nouns of policybot: frozen values that import the standard library, the errors and what makes text plain.

Offsets are characters (Unicode code points) in ``Document.text``, start included, end excluded, so that
``document.text[passage.start:passage.end] == passage.text`` and
``document.text[citation.start:citation.end] == citation.quote`` always hold.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from html import escape as escape_signs
from typing import Any, Literal, Self, get_args

from policybot.changes import DocumentChange, Duplicates, Move
from policybot.errors import QuestionError
from policybot.plain_text import visible

Markup = Literal["markdown", "plain"]
Role = Literal["user", "assistant"]
Status = Literal["answered", "abstained"]
AnswerLanguage = Literal["auto", "en", "zh"]
ANSWER_LANGUAGES: tuple[AnswerLanguage, ...] = get_args(AnswerLanguage)
"""The language to answer in: ``auto`` for that of the question, else English or Chinese. Quotes keep their own."""
Verdict = Literal["supported", "partly", "unsupported"]
Wanted = Literal["fact", "definition", "number", "list", "comparison", "timeline", "summary"]
"""The kind of answer that a question asks for."""
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
Origin = Literal[
    "front-matter",
    "json-ld",
    "html-meta",
    "html-title",
    "html-text",
    "pdf-properties",
    "office-properties",
    "book-properties",
    "rtf-properties",
    "mail-header",
    "json-keys",
    "http-header",
    "feed",
    "address",
    "heading",
    "file-name",
    "file-date",
    "detected",
]
"""Where a field of Metadata was read from."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document beside its text.

    Attributes:
        title: Never empty: front matter, else the file's own title, else its first heading, else its name.
        publisher: Who published the original; empty when unknown.
        published: ISO date, ``2024-03-07``, or only ``2024-03`` or ``2024``; empty when unknown.
        url: Address of the original; empty when unknown; always http or https.
        language: ISO 639-1 code of the text, ``en`` or ``zh`` for example.
        original_language: ISO 639-1 code of the original that the text summarises; empty when unknown.
        kind: What sort of document it is, ``government-report`` for example; empty when unknown.
        summary_of: Title of the original that the text summarises; empty when it is no summary.
        author: Who wrote it, as the file's properties say; empty when unknown.
        modified: ISO date of the last change, from the file's properties, else of the file itself; it says little
            about when the document was published.
        origins: Where each field that is not empty was read from.
    """

    title: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    original_language: str = ""
    kind: str = ""
    summary_of: str = ""
    author: str = ""
    modified: str = ""
    origins: Mapping[str, Origin] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Document:
    r"""One file or page, read.

    Attributes:
        id: Stable identity: the same file keeps it over all its versions.
        name: Path below the indexed folder with ``/`` between parts, or the URL.
        text: Everything that can be cited. For Markdown and plain text it is the file's own text (front matter
            included, byte-order mark dropped, line ends as ``\\n``); for other formats what the reader extracted.
        markup: How headings, lists and tables stand in ``text``.
        body_start: Offset where the front matter ends and the content begins.
        page_starts: For paged formats the offset at which each page begins, ascending; else empty.
        metadata: Title, publisher, date and so on.
    """

    id: str
    name: str
    text: str
    markup: Markup
    metadata: Metadata
    body_start: int = 0
    page_starts: tuple[int, ...] = ()

    @property
    def version(self) -> str:
        """First 12 hex digits of the SHA-256 of the text: which text a citation was read from."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def page_at(self, offset: int) -> int | None:
        """Page (1-based) on which the character at ``offset`` stands, None for formats without pages."""
        return max(bisect_right(self.page_starts, offset), 1) if self.page_starts else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is embedded, searched and cited as one.

    Attributes:
        id: Hash of the passage's place (document, title, section path, occurrence) and text, 32 hex digits.
        section: Headings above the passage, outermost first, without the document's own title.
        page: 1-based page on which the passage begins; None for formats without pages.
        language: ISO 639-1 code of this passage's text.
    """

    id: str
    document_id: str
    document: str
    title: str
    text: str
    start: int
    end: int
    section: tuple[str, ...]
    page: int | None
    language: str
    ordinal: int

    @property
    def heading(self) -> str:
        """Title and section path in one line: what stands in front of the text when it is embedded."""
        return " > ".join(part for part in (self.title, *self.section) if part)

    @property
    def text_with_heading(self) -> str:
        """What is embedded, reranked and indexed for keywords: title and section path in front of the text.

        Titles in front lift evidence recall@5 from 0.81 to 0.87 over 250 public-service questions
        (docs/architecture.md).
        """
        return f"{self.heading}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents a question may be answered from; what is empty allows everything.

    Within one attribute any value will do, and every attribute that is not empty must allow the document.

    Attributes:
        documents: Names or ids.
        publishers: As the documents name them; upper and lower case are one.
        kinds: Likewise, ``government-report`` for example.
        languages: ISO 639-1 codes of the documents' texts.
        published_from: First date, ``2024``, ``2024-03`` or ``2024-03-05``; documents without a date are left out.
        published_to: Last date, included whole: ``2024`` ends with December.

    Raises:
        QuestionError: A date is not of one of these forms, is in no calendar, or the first is after the last.
    """

    documents: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    published_from: str = ""
    published_to: str = ""

    def __post_init__(self) -> None:
        # Dates are compared as text: one in another form would let the wrong documents pass without a word.
        for date in (self.published_from, self.published_to):
            if date and not _is_date(date):
                raise QuestionError(
                    f"The filter's date {date!r} is none. Write it as 2024, 2024-03 or 2024-03-05.",
                    case="filter_date",
                    date=date,
                )
        if self.published_to and self.published_from[: len(self.published_to)] > self.published_to:
            raise QuestionError(
                f"The filter's first date, {self.published_from!r}, is after its last, {self.published_to!r}. "
                "Exchange them.",
                case="filter_order",
                first=self.published_from,
                last=self.published_to,
            )

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, each.name) for each in fields(self))

    def __str__(self) -> str:
        """What it demands, by attribute: ``kinds 'speech', 'plan'; published_from '2024'``."""
        stated = {each.name: getattr(self, each.name) for each in fields(self)}
        listed = {name: (value,) if isinstance(value, str) else value for name, value in stated.items() if value}
        return "; ".join(f"{name} {', '.join(map(repr, values))}" for name, values in listed.items())


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    Attributes:
        rank: 1 is the best.
        score: The fused score the rank is made from (reciprocal rank fusion): 1 for the best of each language,
            comparable within one search only.
        relevance: Probability-like score in 0..1 that the passage answers the question; comparable across searches.
        also_in: Names of other documents that hold the same text: the passage, or all of its document. Twenty at most.
    """

    passage: Passage
    metadata: Metadata
    version: str
    rank: int
    score: float
    relevance: float
    also_in: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence of an answer comes from.

    Attributes:
        number: The [n] in the answer, from 1.
        quote: Exact substring of the document's text at ``start:end``.
        document: The document's name; ``version`` says which text of it.
        section: Headings above the quote, joined by `` > ``; empty above the first heading.
        also_in: Names of other documents that hold the same text: the passage, or all of its document.
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
        own = _own_fields(cls, values)
        return cls(
            **{
                **own,
                "sentences": tuple(_sentence(each) for each in values.get("sentences", ())),
                "rejected": tuple(_sentence(each) for each in values.get("rejected", ())),
                "citations": tuple(_kept_citation(each) for each in values.get("citations", ())),
                "hits": tuple(_hit(each) for each in values.get("hits", ())),
            }
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: the answer, below it each quote with its source; everything is escaped."""
        paragraphs = "".join(f"<p>{_escape(line)}</p>" for line in self.text.splitlines() if line.strip())
        items = "".join(f'<li value="{c.number}">{_quoted_html(c)}</li>' for c in self.citations)
        return f'<div lang="{_escape(self.language)}">{paragraphs}{f"<ol>{items}</ol>" if items else ""}</div>'


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Streamed first: the passages that the search found."""

    hits: tuple[Hit, ...]


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


@dataclass(frozen=True, slots=True)
class IndexFailure:
    """A file that could not be indexed, and why.

    Attributes:
        kind: Class of the error, ``BrokenFile`` for example; empty when it is not known.
    """

    name: str
    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """What indexing would change: names of documents by what would happen to them.

    Attributes:
        moved: Files with another name and the same content: they keep their identity, and nothing is embedded anew.
        failed: Files that cannot be read; an earlier version, if any, stays.
        rebuild: Whether the settings ask for other models or another size of passages than the index has: then a new
            one would be built beside it, with passages of all documents.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    deleted: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[IndexFailure, ...] = ()
    rebuild: bool = False


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did.

    Attributes:
        embedded: How many passages were embedded to be found by questions in their own language; 0 when nothing
            changed.
        seconds: How long all of it took, wall clock.
        searchable_s: How long it took, of these seconds, until every passage could be found by questions in its own
            language.
        crossed: How many passages got the multilingual vector in addition, by which questions in other languages
            find them: after ``searchable_s``.
        changes: What became of each document that is not as it was before, in the order in which it was done.
        pruned: How many old versions were removed because they were too many or too old.
        duplicates: What is in the index more than once.
        rebuilt: Whether a new index was built beside the old one, which it has replaced.
    """

    plan: IndexPlan
    embedded: int
    documents: int
    passages: int
    seconds: float
    searchable_s: float
    crossed: int
    changes: tuple[DocumentChange, ...] = ()
    pruned: int = 0
    duplicates: Duplicates = field(default_factory=Duplicates)
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One line of the list of indexed documents."""

    id: str
    name: str
    metadata: Metadata
    version: str
    passages: int
    indexed_at: str


@dataclass(frozen=True, slots=True)
class PassagePoint:
    """A passage on the map of all passages: near are those that are about the same.

    Attributes:
        heading: Title and section path.
        x: -1..1, as ``y``.
    """

    document_id: str
    heading: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: ``done`` of ``total`` steps of what ``what`` names; 0 when nobody knows how many."""

    what: str
    done: int
    total: int


def _own_fields(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values, those that the dataclass knows."""
    return {each.name: values[each.name] for each in fields(kind) if each.name in values}


def _sentence(values: Mapping[str, Any]) -> Sentence:
    lists = {name: tuple(values.get(name, ())) for name in ("citations", "rejected_markers")}
    return Sentence(**{**_own_fields(Sentence, values), **lists})


def _kept_citation(values: Mapping[str, Any]) -> Citation:
    return Citation(**{**_own_fields(Citation, values), "also_in": tuple(values.get("also_in", ()))})


def _hit(values: Mapping[str, Any]) -> Hit:
    passage = Passage(**{**_own_fields(Passage, values["passage"]), "section": tuple(values["passage"]["section"])})
    metadata = Metadata(**_own_fields(Metadata, values["metadata"]))
    also_in = tuple(values.get("also_in", ()))
    return Hit(**{**_own_fields(Hit, values), "passage": passage, "metadata": metadata, "also_in": also_in})


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


def _is_date(value: str) -> bool:
    """Whether it is a year, a month or a day of the calendar."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
        return False
    try:
        datetime.date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return False
    return True
