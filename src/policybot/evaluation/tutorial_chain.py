"""What people would use instead: the question-answering chain of LangChain's RAG tutorial [1], measured alike.

Pieces of 1000 characters with 200 of overlap, all-MiniLM-L6-v2, Chroma, and the four nearest pieces stuffed into one
prompt (``prompts/tutorial.md``, the tutorial's pattern in other words) for the same chat model that policybot is given.
In a conversation the last messages stand in front of the question, for the search and in the prompt: as strong as the
chain can be made without changing it.

[1] https://docs.langchain.com/oss/python/langchain/rag
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.domain import Answer, OnProgress, Passage, Sentence
from policybot.errors import EvaluationError, PolicybotError
from policybot.evaluation.baselines import HISTORY_MESSAGES, Tutorial
from policybot.evaluation.correctness import split_sentences
from policybot.evaluation.datasets import Corpus, CorpusDocument, Question
from policybot.evaluation.systems import Indexed, Reply
from policybot.language import phrases
from policybot.models.chat import translated
from policybot.models.prompting import Prompt

STUFFED = 4
"""Pieces in the prompt: the tutorial's vector store returns so many."""

DOES_NOT_KNOW = phrases(lambda lexicon: lexicon.grading.does_not_know, flags=re.IGNORECASE | re.DOTALL)
"""How the chain, whose prompt asks it to, says that it does not know: looked for in its first sentence."""


class TutorialChain:
    """The tutorial's chain as a system that answers.

    Args:
        model: The chat model.
        model_name: What it is called in answers.
        prompt: ``prompts/tutorial.md``.
        answer_tokens: Longest answer, in tokens: as long as policybot's may be.
        clock: Seconds from any start.

    Raises:
        MissingExtra: The extra ``bench`` is not installed.
    """

    name = "tutorial"

    def __init__(
        self,
        model: BaseChatModel,
        *,
        model_name: str,
        prompt: Prompt,
        answer_tokens: int,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._retriever = Tutorial()
        self._model = model
        self._model_name = model_name
        self._prompt = prompt
        self._answer_tokens = answer_tokens
        self._clock = clock
        self._documents: Mapping[str, CorpusDocument] = {}

    @property
    def settings(self) -> Mapping[str, object]:
        """Those of its search, the number of pieces, the messages in front of a question, and the chat model."""
        return {
            **self._retriever.settings,
            "stuffed": STUFFED,
            "history_messages": HISTORY_MESSAGES,
            "chat_model": self._model_name,
        }

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Embed every piece, in memory."""
        self._documents = {document.id: document for document in corpus.documents}
        return self._retriever.index(corpus, on_progress=on_progress)

    def ask(self, question: Question) -> Reply:
        """The chain's answer: its sentences carry no citations.

        Raises:
            ChatModelError: The chat model failed.
        """
        started = self._clock()
        asked = " ".join([*(turn.text for turn in question.history[-HISTORY_MESSAGES:]), question.text])
        pieces = self._retriever.search(asked, history=(), limit=STUFFED, documents=question.documents)
        sources_s = self._clock() - started
        system, user = self._prompt.fill(context="\n\n".join(piece.text for piece in pieces), question=asked)
        written, first_s = self._written([SystemMessage(system), HumanMessage(user)], started)
        answer_s = self._clock() - started
        sentences = split_sentences(written)
        if not sentences:
            raise EvaluationError(
                f"The chat model {self._model_name} said nothing to question {question.id!r}. Ask with another one: "
                "--chat-model provider:model."
            )
        refused = bool(DOES_NOT_KNOW.search(sentences[0]))
        answer = Answer(
            question=question.text,
            status="abstained" if refused else "answered",
            kind="unanswered" if refused else "full",
            language=question.language,
            sentences=() if refused else tuple(_sentence(text, i) for i, text in enumerate(sentences)),
            message=written.strip() if refused else "",
            chat_model=self._model_name,
        )
        passages = tuple(self._passage(i, piece.document_id, piece.text) for i, piece in enumerate(pieces))
        return Reply(answer, passages, {}, (), sources_s, first_s or answer_s, answer_s)

    def close(self) -> None:
        """Free the vectors."""
        self._retriever.close()

    def _written(self, messages: Sequence[SystemMessage | HumanMessage], started: float) -> tuple[str, float | None]:
        """What the model writes, and after how many seconds its first sentence stood there."""
        text, first_s = "", None
        try:
            for chunk in self._model.stream(list(messages), max_tokens=self._answer_tokens):
                text += str(chunk.text)
                if first_s is None and len(split_sentences(text)) > 1:
                    first_s = self._clock() - started
        except PolicybotError:
            raise
        except Exception as exc:
            # Every provider has its own exceptions; callers know one.
            raise translated(exc, model=self._model_name) from exc
        return text, first_s

    def _passage(self, place: int, document_id: str, text: str) -> Passage:
        document = self._documents[document_id]
        return Passage(
            id=f"piece-{place}",
            document_id=document_id,
            document=document_id,
            title=document.title,
            text=text,
            start=0,
            end=len(text),
            section=(),
            page=None,
            language=document.language,
            ordinal=place,
        )


def _sentence(text: str, place: int) -> Sentence:
    """A sentence that nobody checked: it has no verdict of its own, and the type has none for that but the worst."""
    return Sentence(text, "unsupported", (), "not checked: the chain checks nothing", (), " " if place else "")
