"""Query and hits -> a stream of events that ends in the answer."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.answering.sentences import stream_sentences
from policybot.answering.wording import abstaining
from policybot.catalogue import Catalogue
from policybot.checking import Checker
from policybot.citing import Numbering, quote_span, without_markers
from policybot.domain import Answer, AnswerEvent, Delta, Document, Done, Evidence, Found, Hit, Sentence, Turn
from policybot.errors import PolicybotError
from policybot.models.chat import translated
from policybot.prompting import Prompt
from policybot.searching import EvidenceSelector, Query
from policybot.searching.evidence import sentences_of
from policybot.searching.relevance import ANSWERS_FROM

_LOG = logging.getLogger(__name__)

READ_HITS = 6
"""Best hits whose sentences are weighed as evidence."""

QUOTED = 3
"""Most sentences of an answer made of quotations, lists completed aside."""

_QUOTED_ODDS = 0.37
"""A quoted sentence has at least this share of the best one's odds. Of the sentences quoted for the answerable
questions of the policy set, 0.48 were evidence instead of 0.27 without it, for 0.61 of all evidence instead of 0.64."""

_SAYS_NOTHING = re.compile(
    r"\b(do(es)? not|don't|doesn't|did not|cannot|can't|not|no)\b.{0,60}"
    r"\b(mention|provide|specif|contain|state|say|include|given?|information|answer|sentences?|document)"
    r"|(没有|未|并未|无法|不).{0,12}(提及|提到|提供|说明|给出|包含|回答|信息|涉及|列出)",
    re.IGNORECASE,
)
"""A chat model's own way of saying that the sentences it was given do not hold the answer."""


@dataclass(slots=True)
class _Draft:
    """An answer while it is written."""

    query: Query
    hits: tuple[Hit, ...]
    started: float
    search_s: float
    sentences: list[Sentence] = field(default_factory=list)
    rejected: list[Sentence] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    documents: dict[str, Document] = field(default_factory=dict)


class Answerer:
    """Decides whether the hits answer the question, writes the answer, checks it sentence by sentence, cites."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        selector: EvidenceSelector,
        checker: Checker,
        chat_model: BaseChatModel | None,
        chat_model_name: str,
        prompts: dict[str, Prompt],
        answer_tokens: int,
    ) -> None:
        """Put the parts together.

        Args:
            prompts: The answer prompts by language code, ``en`` and ``zh``.
            answer_tokens: Longest answer of the chat model.
        """
        self._catalogue = catalogue
        self._selector = selector
        self._checker = checker
        self._chat_model = chat_model
        self._chat_model_name = chat_model_name
        self._prompts = prompts
        self._answer_tokens = answer_tokens

    def answer(
        self,
        query: Query,
        hits: tuple[Hit, ...],
        *,
        last: Sequence[Turn] = (),
        search_s: float = 0.0,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[AnswerEvent]:
        """Stream Found, then a Delta for each sentence that passed its check, then Done.

        Args:
            last: The last question and answer, for a follow-up.
            stopped: Asked between two words; True ends the stream without Done.

        Raises:
            ChatModelError: The chat model failed before or while answering.
        """
        draft = _Draft(query, hits, time.monotonic(), search_s)
        yield Found(hits)
        if not hits or max(hit.relevance for hit in hits) < ANSWERS_FROM:
            yield Done(self._abstention(draft))
            return
        read = hits[:READ_HITS]
        evidence = self._selector.select(query, read)
        if self._chat_model is None:
            yield from self._quoted(draft, evidence)
        else:
            yield from self._written(draft, self._chat_model, evidence, read, last, stopped)
            if stopped():
                return
            if not draft.sentences and not _declined(draft):
                # What the model made of the evidence did not hold: quote only what bears on the question by itself.
                yield from self._quoted(draft, [e for e in evidence if e.score >= ANSWERS_FROM])
        yield Done(self._finished(draft) if draft.sentences else self._abstention(draft))

    def _written(
        self,
        draft: _Draft,
        chat_model: BaseChatModel,
        evidence: Sequence[Evidence],
        read: Sequence[Hit],
        last: Sequence[Turn],
        stopped: Callable[[], bool],
    ) -> Iterator[AnswerEvent]:
        """The chat model's sentences that the evidence carries; the others are kept as rejected."""
        seen = {e.text for e in evidence}
        # What the model did not read may still carry its sentence; in another language the resemblance would be chance.
        around = [e for hit in read for e in sentences_of(hit) if e.text not in seen]
        candidates = [*evidence, *(e for e in around if e.hit.passage.language == draft.query.language)]
        words = self._words(chat_model, self._messages(draft.query, evidence, last), stopped)
        for lead, written in stream_sentences(words):
            text, markers = without_markers(written)
            if not text:
                continue
            check = self._checker.check(text, draft.query.language, candidates)
            if check.verdict == "unsupported":
                draft.rejected.append(Sentence(text, check.verdict, (), check.reason, markers))
                continue
            yield self._delta(draft, lead, text, check.verdict, check.reason, check.evidence, markers)

    def _words(
        self, chat_model: BaseChatModel, messages: list[SystemMessage | HumanMessage], stopped: Callable[[], bool]
    ) -> Iterator[str]:
        stream = chat_model.stream(messages, max_tokens=self._answer_tokens)
        try:
            for chunk in stream:
                if stopped():
                    return
                yield str(chunk.text)
        except PolicybotError:
            raise
        except Exception as exc:
            # Every provider has its own exceptions; callers know one.
            raise translated(exc, model=self._chat_model_name) from exc

    def _messages(
        self, query: Query, evidence: Sequence[Evidence], last: Sequence[Turn]
    ) -> list[SystemMessage | HumanMessage]:
        language = "zh" if query.language == "zh" else "en"
        listed: list[str] = []
        title = ""
        for e in evidence:
            heading = e.hit.passage.heading
            if heading != title:
                date = f", {e.hit.metadata.published}" if e.hit.metadata.published else ""
                listed.append(f"{heading}{date}")
                title = heading
            start, end = quote_span(e)
            listed.append("- " + " ".join(e.text[start - e.start : end - e.start].split()))
        conversation = ""
        if query.follow_up and last:
            asked, answered = ("问", "答") if language == "zh" else ("Asked", "Answered")
            conversation = f"{asked}: {last[0].text}\n{answered}: {last[-1].text[:300]}\n\n"
        system, user = self._prompts[language].fill(
            sentences="\n".join(listed), conversation=conversation, question=query.text
        )
        return [SystemMessage(system), HumanMessage(user)]

    def _quoted(self, draft: _Draft, evidence: Sequence[Evidence]) -> Iterator[AnswerEvent]:
        """The best evidence sentences as they stand, with the list that one of them leads into."""
        best = max((_odds(e.score) for e in evidence), default=0.0)
        strongest = sorted(evidence, key=lambda e: -e.score)[:QUOTED]
        kept = {(e.hit.passage.id, e.start) for e in strongest if _odds(e.score) >= _QUOTED_ODDS * best}
        leads = {e.hit.passage.id for e in strongest if e.text.endswith((":", "："))}
        for e in evidence:
            listed = e.hit.passage.id in leads and e.text != e.text[quote_span(e)[0] - e.start :]
            if (e.hit.passage.id, e.start) in kept or listed:
                start, end = quote_span(e)
                text = " ".join(e.text[start - e.start : end - e.start].split())
                lead = "\n" if draft.sentences else ""
                yield self._delta(draft, lead, text, "supported", "quoted from the document", (e,), ())

    def _delta(
        self,
        draft: _Draft,
        lead: str,
        text: str,
        verdict: str,
        reason: str,
        evidence: Sequence[Evidence],
        markers: tuple[str, ...],
    ) -> Delta:
        before = len(draft.numbering.citations)
        sources = [(e, self._document(draft, e.hit.passage.document_id)) for e in evidence]
        numbers = draft.numbering.cite(sources)
        sentence = Sentence(
            text,
            "supported" if verdict == "supported" else "partly",
            numbers,
            reason,
            markers,
            lead if draft.sentences else "",
        )
        draft.sentences.append(sentence)
        return Delta(sentence, draft.numbering.citations[before:])

    def _document(self, draft: _Draft, document_id: str) -> Document:
        if document_id not in draft.documents:
            draft.documents[document_id] = self._catalogue.document(document_id)
        return draft.documents[document_id]

    def _finished(self, draft: _Draft) -> Answer:
        return Answer(
            question=draft.query.text,
            status="answered",
            language=draft.query.language,
            sentences=tuple(draft.sentences),
            citations=draft.numbering.citations,
            rejected=tuple(draft.rejected),
            hits=draft.hits,
            chat_model=self._chat_model_name,
            timings=_timings(draft),
        )

    def _abstention(self, draft: _Draft) -> Answer:
        return Answer(
            question=draft.query.text,
            status="abstained",
            kind="unanswered",
            language=draft.query.language,
            message=abstaining(draft.query.language),
            rejected=tuple(draft.rejected),
            hits=draft.hits,
            chat_model=self._chat_model_name,
            timings=_timings(draft),
        )


def _odds(score: float) -> float:
    """For 0..1 what is to what is not; large but finite for 1."""
    return score / max(1 - score, 1e-9)


def _declined(draft: _Draft) -> bool:
    """Whether the chat model, having read the evidence, said that the answer is not in it."""
    return any(_SAYS_NOTHING.search(sentence.text) for sentence in draft.rejected)


def _timings(draft: _Draft) -> dict[str, float]:
    answer_s = time.monotonic() - draft.started
    return {
        "search_s": round(draft.search_s, 3),
        "answer_s": round(answer_s, 3),
        "total_s": round(draft.search_s + answer_s, 3),
    }
