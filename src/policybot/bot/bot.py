"""PolicyBot: the Python API."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from policybot.bot.conversation import Conversation
from policybot.bot.conversing import HITS, Conversations
from policybot.bot.langchain import AnsweringRunnable, PassageRetriever, answering_tool
from policybot.bot.models import Models
from policybot.bot.once import Once
from policybot.bot.questions import EVERYTHING, check_answer_language, check_translation, checked_question
from policybot.bot.serving import IndexInUse, Serving
from policybot.bot.suggesting import Heading, answerable_questions, example_questions
from policybot.bot.threads import in_thread
from policybot.bot.updating import Updating
from policybot.checking import Check, Checker, evidence_in
from policybot.domain import (
    Answer,
    AnswerEvent,
    AnswerLanguage,
    Citation,
    Document,
    DocumentSummary,
    Done,
    Evidence,
    Filter,
    Hit,
    IndexFailure,
    IndexPlan,
    IndexReport,
    OnProgress,
    Passage,
    PassagePoint,
    Turn,
)
from policybot.domain.changes import DocumentChange, Duplicates
from policybot.errors import MissingExtra, NothingIndexed, UnknownPassage
from policybot.indexing import EmbeddingModels
from policybot.indexing.addresses import is_address
from policybot.language import register_plugins
from policybot.reading.formats import readers
from policybot.settings import Settings, load_settings
from policybot.store.quotes import QuoteRecords
from policybot.text.detecting import detect_language

if TYPE_CHECKING:
    from policybot.reading import PageMark

_HEADINGS = 2000
"""Most headings that example questions are chosen from: more would slow the start of a large index and add nothing."""


class PolicyBot:
    """Answers questions about the indexed documents, with citations.

    Opening is quick: models are loaded when they are first needed. One PolicyBot serves several threads.

    >>> with PolicyBot() as bot:
    ...     bot.index()
    ...     answer = bot.ask("What is the core indicator of new quality productive forces?")
    ...     answer.citations[0].quote

    Args:
        settings: All settings; read from the environment when None.
        chat_model: A LangChain chat model to use instead of the one that the settings name.
        embedding_models: Models that embed passages and questions, instead of those that the settings choose. The next
            ``index`` rebuilds an index made with other models; until then only keyword search works on it.
        on_progress: Called during long work on first use, which is joining the chat model's file.

    Raises:
        SettingsError: A setting cannot be used.
        StoreError: The data folder cannot be used.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        chat_model: BaseChatModel | None = None,
        embedding_models: EmbeddingModels | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self.settings = settings = settings if settings is not None else load_settings()
        # An unusable plugin is an error now rather than at the first file or question.
        register_plugins(settings.plugins)
        readers(settings.plugins)
        self._models = models = Models(
            settings, chat_model=chat_model, embedding_models=embedding_models, on_progress=on_progress
        )
        with ExitStack() as opened:
            self._quotes = opened.enter_context(closing(QuoteRecords(settings.data_dir)))
            in_use = IndexInUse(settings.data_dir, lambda place: Serving.open(place, settings, models))
            self._in_use = opened.enter_context(closing(in_use))
            self._open = opened.pop_all()
        self._updating = Updating(settings, self._in_use, self._quotes)
        self._conversations = Once(lambda: self._open.enter_context(closing(Conversations(settings.data_dir))))

    # Asking

    def ask(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        answer_language: AnswerLanguage = "auto",
    ) -> Answer:
        """Answer a question.

        Args:
            question: In English or Chinese, 1 to 4000 characters.
            conversation: Id of its conversation; None for a single question.
            history: Earlier turns of a conversation that is kept elsewhere, oldest first; saved when ``conversation``
                is given, too.
            filter: Which documents may be searched.
            answer_language: ``auto`` answers in the question's language, ``en`` and ``zh`` always in English and
                Chinese. Quotes stay in their document's language.

        Raises:
            QuestionError: The question is empty or too long, no document passes the filter, or the language is another.
            NothingIndexed: No document is indexed yet.
            ModelError: A model cannot be loaded or failed.
            StoreError: The data folder cannot be read or written.
        """
        asked: dict[str, Any] = {"conversation": conversation, "history": history, "filter": filter}
        for event in self.stream(question, **asked, answer_language=answer_language):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream that nobody closes ends with Done")

    def stream(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        answer_language: AnswerLanguage = "auto",
    ) -> Iterator[AnswerEvent]:
        """Answer a question as a stream: Found, then a Delta for each sentence, then Done.

        Closing the iterator stops the chat model. Raises what ``ask`` raises, at the first step.
        """
        question = checked_question(question)
        thread = conversation or f"once-{uuid.uuid4()}"
        with self._in_use.lease() as serving:
            self._check_filled(serving)
            check_answer_language(answer_language)
            conversations = self._conversations()
            asked: dict[str, Any] = {"filter": filter, "history": history, "answer_language": answer_language}
            try:
                with closing(conversations.stream(question, thread, answering=serving.answering(), **asked)) as events:
                    for event in events:
                        if isinstance(event, Done) and conversation is not None and event.answer.citations:
                            self._quotes.add(conversation, question, event.answer.citations)
                        yield event
            finally:
                if conversation is None:
                    conversations.forget(thread)

    async def aask(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        answer_language: AnswerLanguage = "auto",
    ) -> Answer:
        """``ask`` for asyncio; cancelling it stops the chat model."""
        asked: dict[str, Any] = {"conversation": conversation, "history": history, "filter": filter}
        async for event in self.astream(question, **asked, answer_language=answer_language):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream that nobody closes ends with Done")

    def astream(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        answer_language: AnswerLanguage = "auto",
    ) -> AsyncIterator[AnswerEvent]:
        """``stream`` for asyncio: the models run in a thread, the event loop stays free."""
        asked: dict[str, Any] = {"conversation": conversation, "history": history, "filter": filter}
        return in_thread(self.stream(question, **asked, answer_language=answer_language))

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        limit: int = HITS,
    ) -> tuple[Hit, ...]:
        """The passages that ``ask`` would answer from, best first; nothing is answered or saved.

        Args:
            question: In English or Chinese, 1 to 4000 characters.
            history: Earlier turns, oldest first, which a follow-up is understood with.
            filter: Which documents may be searched.
            limit: Most passages returned, 1 or more.

        Raises:
            What ``ask`` raises.
        """
        question = checked_question(question)
        with self._in_use.lease() as serving:
            self._check_filled(serving)
            answering = serving.answering()
            return answering.found(answering.understood(question, history, filter), limit=limit)[1]

    def sentences(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        limit: int = HITS,
    ) -> tuple[Evidence, ...]:
        """The sentences that bear most on a question, best first, each with its passage and its offsets.

        Nothing is answered or saved. What ``search`` takes is taken here, too.

        >>> bot.sentences("How many trees will be planted?")[0].text
        'The council wants to plant 4,200 trees along the harbour by 2035.'

        Args:
            limit: Most sentences returned, 1 or more.

        Raises:
            What ``ask`` raises.
        """
        question = checked_question(question)
        with self._in_use.lease() as serving:
            self._check_filled(serving)
            answering = serving.answering()
            return answering.sentences(answering.understood(question, history, filter), limit=limit)

    def check(self, claim: str, evidence: str | Document | Sequence[str]) -> Check:
        """Whether a text supports a claim, what was compared and what differs; nothing indexed is looked at.

        A claim is supported when one sentence of the evidence carries it, or each of its clauses is carried by one.

        >>> bot.check("The fee rose to 12 crowns.", "The fee rose by 12 crowns.").verdict
        'unsupported'

        Args:
            claim: A sentence, in English or Chinese, 1 to 4000 characters.
            evidence: What it is held against: a text, several, or a document, whose title and date count for all of it.

        Raises:
            QuestionError: The claim is blank or too long.
            ModelError: A model cannot be loaded.
        """
        claim = checked_question(claim)
        checker = Checker(multilingual=self._models.multilingual(), matcher=self._models.matcher())
        if isinstance(evidence, Document):
            metadata = evidence.metadata
            text, title = evidence.text[evidence.body_start :], metadata.title
            found = evidence_in(text, title=title, published=metadata.published, name=evidence.name)
        else:
            texts = [evidence] if isinstance(evidence, str) else evidence
            found = tuple(sentence for text in texts for sentence in evidence_in(text))
        return checker.check(claim, detect_language(claim), found)

    def conversation(
        self, conversation_id: str | None = None, *, answer_language: AnswerLanguage = "auto"
    ) -> Conversation:
        """A conversation that saves its turns; without an id a new one. The same id reopens it later.

        Args:
            answer_language: The language of its answers; see ``ask``.
        """
        return Conversation(self, conversation_id or str(uuid.uuid4()), answer_language=answer_language)

    def translate_quote(self, citation: Citation, *, into: str) -> str:
        """A citation's quote translated into English (``en``) or Chinese (``zh``) by the chat model.

        Raises:
            QuestionError: The quote is in that language already, or the language is another one.
            MissingExtra: There is no chat model.
            ChatModelError: The chat model failed, or its translation lost a figure.
        """
        check_translation(citation.language, into)
        with self._in_use.lease() as serving:
            translator = serving.answering().translator
            if translator is None:
                raise MissingExtra(
                    "Quotes are translated by the chat model, and there is none. Install it with: "
                    "pip install 'policybot[local]', or set POLICYBOT_CHAT_MODEL."
                )
            return translator.quote(citation.quote, language=citation.language, into=into)

    # Parts for LangChain

    def as_retriever(self, *, filter: Filter = EVERYTHING, limit: int = HITS) -> PassageRetriever:
        """A LangChain retriever: ``search`` with its hits as documents, their locations in the metadata."""
        return PassageRetriever(bot=self, filter=filter, limit=limit)

    def as_runnable(
        self, *, filter: Filter = EVERYTHING, answer_language: AnswerLanguage = "auto"
    ) -> Runnable[str | Mapping[str, Any], Answer]:
        """A LangChain runnable: ``ask`` of a string, or of a mapping with ``question`` and ``history``."""
        return AnsweringRunnable(self, filter=filter, answer_language=answer_language)

    def as_tool(self, *, filter: Filter = EVERYTHING, answer_language: AnswerLanguage = "auto") -> BaseTool:
        """A LangChain tool for agents; the artifact of its message is the Answer."""
        return answering_tool(self, filter=filter, answer_language=answer_language)

    # Conversations

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; empty for an unknown one."""
        return self._conversations().turns(conversation)

    def forget(self, conversation: str) -> None:
        """Delete a conversation."""
        self._conversations().forget(conversation)
        self._quotes.forget(conversation)

    def _check_filled(self, serving: Serving) -> None:
        if not serving.catalogue.counts()[0]:
            raise NothingIndexed(
                f"No document is indexed in {self.settings.data_dir}. Run `policybot index` (or bot.index()) first."
            )

    # Documents

    def plan(self, path: str | Path | None = None, *, allow_empty: bool = False) -> IndexPlan:
        """The changes that ``index`` would make. Raises what ``index`` raises."""
        return self._updating.plan(path, self._models.embedders(), allow_empty=allow_empty)

    def index(
        self,
        path: str | Path | None = None,
        *,
        rebuild: bool = False,
        allow_empty: bool = False,
        background: bool = False,
        on_progress: OnProgress | None = None,
    ) -> IndexReport:
        """Update the index from a folder, a file or a web address; see docs/re-indexing.md.

        When the embedding models or the size of passages differ from those of the index, a new index is built beside
        it, which replaces it when it is complete.

        Args:
            path: Folder, file, or address (``https://…``) of a page, a file, a feed or a sitemap; None for the folder
                ``documents_dir`` of the settings.
            rebuild: Build a new index beside the old one in any case, and read every file again.
            allow_empty: Remove the documents of a folder that has become empty, instead of refusing.
            background: Embed with separate models, whose threads have the priority of the calling thread: see
                ``indexing.watching.lower_priority``.
            on_progress: Called with the number of documents that are done.

        Raises:
            IndexingError: The path does not exist or holds nothing to read, or another process is indexing.
            ModelError: An embedding model cannot be loaded.
            StoreError: The data folder cannot be written.
        """
        return self._updating.index(
            path,
            self._models.embedders(background=background),
            rebuild_wanted=rebuild,
            allow_empty=allow_empty,
            on_progress=on_progress,
        )

    def changes(self, *, document_id: str | None = None, limit: int = 100) -> tuple[DocumentChange, ...]:
        """Changes that indexing made, to one document or to all, the latest first; the last 1000 are kept."""
        with self._in_use.lease() as serving:
            return serving.catalogue.changes(document_id=document_id, limit=limit)

    def failures(self) -> tuple[IndexFailure, ...]:
        """Files that could not be read when their folder was last indexed, and why."""
        with self._in_use.lease() as serving:
            return serving.catalogue.failures()

    def duplicates(self) -> Duplicates:
        """Documents with the same text under several names or formats, and passages that many documents repeat."""
        with self._in_use.lease() as serving:
            return serving.catalogue.duplicates()

    def indexed_paths(self) -> tuple[Path, ...]:
        """The folders and files that documents were indexed from."""
        with self._in_use.lease() as serving:
            return tuple(Path(root) for root in serving.catalogue.roots() if not is_address(root))

    def indexed_addresses(self) -> tuple[str, ...]:
        """The addresses on the web that documents were indexed from."""
        with self._in_use.lease() as serving:
            return tuple(root for root in serving.catalogue.roots() if is_address(root))

    def documents(self) -> tuple[DocumentSummary, ...]:
        """The indexed documents, by name."""
        with self._in_use.lease() as serving:
            return serving.catalogue.summaries()

    def document(self, id_or_name: str, *, version: str | None = None) -> Document:
        """A document with its text, by id or name, in its current version or the one that a citation names.

        An old version remains available after its document has changed, moved or gone, until it is pruned.

        Raises:
            UnknownDocument: No indexed document has this id or name, or not in this version.
            PrunedVersion: The version was removed, because it was too old or one of too many.
        """
        with self._in_use.lease() as serving:
            return serving.catalogue.document(id_or_name, version)

    def passage(self, passage_id: str) -> Passage:
        """A passage by the id in hits and citations.

        Raises:
            UnknownPassage: No indexed passage has this id; its document may have changed since it was found.
        """
        with self._in_use.lease() as serving:
            found = serving.catalogue.passages([passage_id])
        if passage_id not in found:
            raise UnknownPassage(
                f"No indexed passage has the id {passage_id!r}. Search again: its document may have changed."
            )
        return found[passage_id].passage

    def original(self, document_id: str, *, version: str | None = None) -> Path:
        """The file that a document was read from, if it is unchanged.

        Raises:
            OriginalGone: It is missing or has changed, or ``version`` is not the current one.
        """
        with self._in_use.lease() as serving:
            return serving.library.original(document_id, version)

    def page_picture(
        self, document_id: str, page: int, *, start: int = 0, end: int = 0, version: str | None = None
    ) -> bytes:
        """A page of a PDF as PNG, 1200 pixels wide, with the document's text from ``start`` to ``end`` marked.

        Raises:
            OriginalGone: The file is missing or has changed.
            UnknownDocument: There is no such document or page.
            BrokenFile: The page cannot be drawn.
        """
        with self._in_use.lease() as serving:
            return serving.library.page_picture(document_id, page, start=start, end=end, version=version)

    def page_mark(
        self, document_id: str, page: int, *, start: int = 0, end: int = 0, version: str | None = None
    ) -> PageMark:
        """The size of that picture, and the position of its mark. Raises what ``page_picture`` raises."""
        with self._in_use.lease() as serving:
            return serving.library.page_mark(document_id, page, start=start, end=end, version=version)

    @property
    def added_dir(self) -> Path:
        """The folder of the files that ``add`` keeps; ``index`` it when they are complete."""
        with self._in_use.lease() as serving:
            return serving.library.added_dir

    def add(self, name: str, content: IO[bytes]) -> tuple[str, bool]:
        """Save a file to be indexed with ``index(bot.added_dir)``; returns its name, and whether it replaced one.

        Raises:
            UnsupportedFormat: No reader knows the name's suffix.
            BrokenFile: The name cannot be one.
            StoreError: The file cannot be written.
        """
        with self._in_use.lease() as serving:
            return serving.library.add(name, content)

    def remove(self, document_id: str) -> None:
        """Remove a document from the index. An added file is deleted; any other stays, and indexing skips it.

        Raises:
            UnknownDocument: No indexed document has this id.
            StoreError: The file or the catalogue cannot be changed.
        """
        with self._in_use.lease() as serving:
            serving.library.remove(document_id)

    def left_out(self) -> tuple[DocumentSummary, ...]:
        """The documents that were removed though their files are still there."""
        with self._in_use.lease() as serving:
            return serving.library.left_out()

    def restore(self, document_id: str) -> None:
        """Let the next ``index`` index a removed document again."""
        with self._in_use.lease() as serving:
            serving.library.restore(document_id)

    def passage_map(self) -> tuple[PassagePoint, ...]:
        """Passages as points, near one another when similar in meaning; a random sample of 1,500 if there are more."""
        with self._in_use.lease() as serving:
            return serving.library.passage_map()

    def counts(self) -> tuple[int, int]:
        """How many documents and passages are indexed."""
        with self._in_use.lease() as serving:
            return serving.catalogue.counts()

    def example_questions(self, limit: int) -> tuple[str, ...]:
        """Up to ``limit`` questions to begin with, from titles and headings of the indexed documents."""
        with self._in_use.lease() as serving:
            return example_questions((Heading(*row) for row in serving.catalogue.headings(_HEADINGS)), limit)

    def further_questions(self, answer: Answer, limit: int = 3) -> tuple[str, ...]:
        """Up to ``limit`` follow-up questions to an answer that the documents answer as well.

        Raises:
            What ``search`` raises.
        """
        return answerable_questions(answer, lambda question: self.search(question, limit=1), limit)

    # Models

    @property
    def chat_model_name(self) -> str:
        """Name of the chat model that writes the answers; ``none`` when answers only quote."""
        return self._models.chat_name

    def warm_up(self) -> None:
        """Load all models and the index data for searching now rather than at the first question.

        Raises:
            ModelError: A model cannot be loaded.
            StoreError: The index cannot be read.
        """
        self._conversations()
        with self._in_use.lease() as serving:
            serving.warm_up()

    def close(self) -> None:
        """Close the data folder's files; the bot cannot be used afterwards."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
