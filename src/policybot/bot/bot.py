"""PolicyBot: puts the parts together, and is the Python API."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Self

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from policybot.answering import Answerer, DocumentNames, Finder, Writer
from policybot.answering.composing.translating import Translator
from policybot.bot.conversing import HITS, Conversations
from policybot.bot.langchain import AnsweringRunnable, PassageRetriever, answering_tool
from policybot.bot.library import Library
from policybot.bot.suggesting import Heading, example_questions, further_questions
from policybot.calibration import ANSWERS_FROM
from policybot.checking import Checker
from policybot.domain import (
    ANSWER_LANGUAGES,
    Answer,
    AnswerEvent,
    AnswerLanguage,
    Citation,
    Document,
    DocumentSummary,
    Done,
    Filter,
    Hit,
    IndexFailure,
    IndexPlan,
    IndexReport,
    Passage,
    PassagePoint,
    Progress,
    Turn,
)
from policybot.domain.changes import DocumentChange, Duplicates
from policybot.errors import MissingExtra, NothingIndexed, QuestionError, UnknownPassage
from policybot.indexing import EmbeddingModels, Indexer, ModelChoices, open_index
from policybot.indexing.addresses import is_address
from policybot.indexing.embedding import Index
from policybot.indexing.locking import only_one
from policybot.indexing.places import current as current_place
from policybot.indexing.places import next_to, remove_others
from policybot.indexing.rebuilding import description, must_rebuild
from policybot.indexing.rebuilding import rebuild as rebuild_beside
from policybot.models.chat import LocalChatModel, chat_model, chat_model_name
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.models.prompting import Prompt, load_prompt
from policybot.models.reranking import MiniLmReranker
from policybot.reading import PageMark
from policybot.screening import Screener
from policybot.searching import EvidenceSelector, Glosser, Query, Searcher
from policybot.settings import Settings, load_settings
from policybot.store.catalogue import Catalogue
from policybot.store.quotes import QuoteRecords
from policybot.store.vectors import Vectors
from policybot.text.dictionary import dictionary

LONGEST_QUESTION = 4000
"""Characters of the longest question: a page of scenario and a question."""

_HEADINGS = 2000
"""Headings that example questions are chosen from: more would slow the start of a large index and add nothing."""

_TRIED = 5
"""Questions that are searched to offer some of them: a search takes 0.1 to 0.4 s."""

EVERYTHING = Filter()
"""The filter that every document passes."""

OnProgress = Callable[[Progress], None]

_PARTS_OF_AN_INDEX = ("_searcher", "_opened_conversations", "_library")
"""What is made anew when another index replaces the one in use."""

_LANGUAGES = ("en", "zh")
_TASKS = ("answer", "judge", "translate-quote", "translate-terms")
"""What the chat model is prompted for: a prompt in each language for each."""


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
        embedding_models: What passages and questions are embedded with, instead of what the settings choose. An index
            made with others is built anew beside the old one by the next ``index``; until then only keywords find.
        on_progress: Told about long work that happens on first use: joining the chat model.

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
        self.settings = settings if settings is not None else load_settings()
        self._given_model = chat_model
        self._on_progress = on_progress
        self._loading = threading.RLock()
        self._given_embedders = embedding_models
        self._choices = ModelChoices(self.settings)
        self._quotes = QuoteRecords(self.settings.data_dir)
        self._place = current_place(self.settings.data_dir)
        self._opened = open_index(self._place)

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
            conversation: Id of the conversation it belongs to; None asks it on its own.
            history: What was said before in a conversation that is kept elsewhere, oldest first; remembered with it
                when ``conversation`` is given, too.
            filter: Which documents may be searched.
            answer_language: ``auto`` answers in the language of the question, ``en`` and ``zh`` in English and Chinese
                whatever the question is in. What is quoted stays in its document's language.

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
        question = _checked(question)
        self._check_indexed()
        thread = conversation or f"once-{uuid.uuid4()}"
        _check_language(answer_language)
        events = self._conversations.stream(
            question, thread, filter=filter, history=history, answer_language=answer_language
        )
        try:
            for event in events:
                if isinstance(event, Done) and conversation is not None and event.answer.citations:
                    self._quotes.add(conversation, question, event.answer.citations)
                yield event
        finally:
            if conversation is None:
                self._conversations.forget(thread)

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

    async def astream(
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
        events = self.stream(question, **asked, answer_language=answer_language)
        end = object()
        pending: asyncio.Future[object] | None = None
        try:
            while True:
                pending = asyncio.ensure_future(asyncio.to_thread(next, events, end))
                event = await asyncio.shield(pending)
                if event is end:
                    return
                yield event  # type: ignore[misc]  # `end` is the only value that is no event
        finally:
            # A generator cannot be closed while a thread runs it: wait for its next event first.
            if pending is not None and not pending.done():
                await asyncio.wait([pending])
            await asyncio.to_thread(events.close)  # type: ignore[attr-defined]  # stream() is a generator

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        limit: int = HITS,
    ) -> tuple[Hit, ...]:
        """The passages that ``ask`` would answer from, best first; nothing is answered or remembered.

        Args:
            question: In English or Chinese, 1 to 4000 characters.
            history: What was said before, oldest first: a follow-up is understood with it.
            filter: Which documents may be searched.
            limit: Most passages returned, 1 or more.

        Raises:
            What ``ask`` raises.
        """
        question = _checked(question)
        self._check_indexed()
        return self._conversations.search(question, history=history, filter=filter, limit=limit)

    def conversation(
        self, conversation_id: str | None = None, *, answer_language: AnswerLanguage = "auto"
    ) -> Conversation:
        """A conversation that remembers its turns; without an id a new one. The same id reopens it later.

        Args:
            answer_language: The language of its answers; see ``ask``.
        """
        return Conversation(self, conversation_id or str(uuid.uuid4()), answer_language=answer_language)

    def translate_quote(self, citation: Citation, *, into: str) -> str:
        """A citation's quote in English (``en``) or Chinese (``zh``), by the chat model; the quote is what counts.

        Raises:
            QuestionError: The quote is in that language already, or the language is another one.
            MissingExtra: There is no chat model.
            ChatModelError: The chat model failed, or its translation lost a figure.
        """
        if into not in _LANGUAGES or citation.language not in _LANGUAGES or citation.language == into:
            raise QuestionError(
                f"A quote in {citation.language!r} cannot be translated into {into!r}. Quotes are translated from "
                "English into Chinese (zh) and from Chinese into English (en)."
            )
        with self._loading:
            translator = self._translator
        if translator is None:
            raise MissingExtra(
                "Quotes are translated by the chat model, and there is none. Install it with: "
                "pip install 'policybot[local]', or set POLICYBOT_CHAT_MODEL."
            )
        return translator.quote(citation.quote, language=citation.language, into=into)

    # Parts for LangChain

    def as_retriever(self, *, filter: Filter = EVERYTHING, limit: int = HITS) -> PassageRetriever:
        """A LangChain retriever: ``search`` with its hits as documents, their places in the metadata."""
        return PassageRetriever(bot=self, filter=filter, limit=limit)

    def as_runnable(
        self, *, filter: Filter = EVERYTHING, answer_language: AnswerLanguage = "auto"
    ) -> Runnable[str | Mapping[str, Any], Answer]:
        """A LangChain runnable: ``ask`` of a string, or of a mapping with ``question`` and ``history``."""
        return AnsweringRunnable(self, filter=filter, answer_language=answer_language)

    def as_tool(self, *, filter: Filter = EVERYTHING, answer_language: AnswerLanguage = "auto") -> BaseTool:
        """A LangChain tool with which an agent asks; its message's artifact is the Answer."""
        return answering_tool(self, filter=filter, answer_language=answer_language)

    # Conversations

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """What was said in a conversation, oldest first; empty for an unknown one."""
        return self._conversations.turns(conversation)

    def forget(self, conversation: str) -> None:
        """Delete a conversation."""
        self._conversations.forget(conversation)
        self._quotes.forget(conversation)

    def _check_indexed(self) -> None:
        if not self._catalogue.counts()[0]:
            raise NothingIndexed(
                f"No document is indexed in {self.settings.data_dir}. Run `policybot index` (or bot.index()) first."
            )

    # Documents

    def plan(self, path: str | Path | None = None, *, allow_empty: bool = False) -> IndexPlan:
        """What ``index`` would change, without changing anything. Raises what ``index`` raises."""
        indexer = self._indexer(self._models)
        if isinstance(path, str) and is_address(path):
            plan = indexer.fetched(path)[0].plan
        else:
            plan = indexer.difference(Path(path or self.settings.documents_dir), allow_empty=allow_empty).plan
        return replace(plan, rebuild=must_rebuild(self.settings, self._catalogue, self._models))

    def index(
        self,
        path: str | Path | None = None,
        *,
        rebuild: bool = False,
        allow_empty: bool = False,
        background: bool = False,
        on_progress: OnProgress | None = None,
    ) -> IndexReport:
        """Bring the index up to date with a folder, a file or an address on the web; see docs/re-indexing.md.

        When the embedding models or the size of passages are others than those of the index, a new one is built
        beside it, which replaces it when it is complete.

        Args:
            path: Folder, file, or address (``https://…``) of a page, a file, a feed or a sitemap; None for the folder
                ``documents_dir`` of the settings.
            rebuild: Build a new index beside the old one in any case, and read every file again.
            allow_empty: Forget the documents of a folder that holds nothing to read any more, instead of refusing.
            background: Embed with models of its own, whose threads have the priority of the thread that calls this:
                see ``indexing.watching.lower_priority``.
            on_progress: Told how many documents are done.

        Raises:
            IndexingError: The path does not exist or holds nothing to read, or another process is indexing.
            ModelError: An embedding model cannot be loaded.
            StoreError: The data folder cannot be written.
        """
        address = path if isinstance(path, str) and is_address(path) else None
        folder = Path(path or self.settings.documents_dir)
        models, report = self._background_models if background else self._models, on_progress or _ignore
        with only_one(self.settings.data_dir):
            if address is None:
                self._indexer(models).difference(folder, allow_empty=allow_empty)  # refuses before any work
            anew = rebuild or must_rebuild(self.settings, self._catalogue, models)
            remove_others(self.settings.data_dir, keep=next_to(self.settings.data_dir) if anew else None)
            embedded = 0
            if anew:
                embedded = rebuild_beside(self.settings, self._index, models, read_again=rebuild, on_progress=report)
            self._catalogue.describe(**description(self.settings, models))
            indexer = self._indexer(models)
            if address is None:
                difference, pages = indexer.difference(folder, allow_empty=allow_empty), None
            else:
                difference, pages = indexer.fetched(address, on_progress=report)
            done = indexer.apply_locked(difference, pages=pages, on_progress=report)
            return replace(done, rebuilt=anew, embedded=embedded + done.embedded)

    def changes(self, *, document_id: str | None = None, limit: int = 100) -> tuple[DocumentChange, ...]:
        """What indexing changed, of one document or of all, the latest first; the last 1000 changes are kept."""
        return self._catalogue.changes(document_id=document_id, limit=limit)

    def failures(self) -> tuple[IndexFailure, ...]:
        """Files that could not be read when their folder was last indexed, and why."""
        return self._catalogue.failures()

    def duplicates(self) -> Duplicates:
        """Documents that say the same under several names or in several formats, and passages that many repeat."""
        return self._catalogue.duplicates()

    def indexed_paths(self) -> tuple[Path, ...]:
        """The folders and files that documents were indexed from."""
        return tuple(Path(root) for root in self._catalogue.roots() if not is_address(root))

    def indexed_addresses(self) -> tuple[str, ...]:
        """The addresses on the web that documents were indexed from."""
        return tuple(root for root in self._catalogue.roots() if is_address(root))

    def documents(self) -> tuple[DocumentSummary, ...]:
        """The indexed documents, by name."""
        return self._catalogue.summaries()

    def document(self, id_or_name: str, *, version: str | None = None) -> Document:
        """A document with its text, by id or name, in its current version or the one a citation names.

        An old version opens after its document has changed, moved or gone, until it is pruned.

        Raises:
            UnknownDocument: No indexed document has this id or name, or not in this version.
            PrunedVersion: The version was removed, because it was too old or one of too many.
        """
        return self._catalogue.document(id_or_name, version)

    def passage(self, passage_id: str) -> Passage:
        """A passage by the id that hits and citations carry.

        Raises:
            UnknownPassage: No indexed passage has this id; its document may have changed since it was found.
        """
        found = self._catalogue.passages([passage_id])
        if passage_id not in found:
            raise UnknownPassage(
                f"No indexed passage has the id {passage_id!r}. Search again: its document may have changed."
            )
        return found[passage_id].passage

    def original(self, document_id: str, *, version: str | None = None) -> Path:
        """The file that a document was read from, when it is still what was read.

        Raises:
            OriginalGone: It is missing or has changed, or another version than the current one is asked for.
        """
        return self._library.original(document_id, version)

    def page_picture(
        self, document_id: str, page: int, *, start: int = 0, end: int = 0, version: str | None = None
    ) -> bytes:
        """A page of a PDF as PNG, 1200 pixels wide, with the document's text from ``start`` to ``end`` marked.

        Raises:
            OriginalGone: The file is missing or is no longer what was read.
            UnknownDocument: There is no such document or page.
            BrokenFile: The page cannot be drawn.
        """
        return self._library.page_picture(document_id, page, start=start, end=end, version=version)

    def page_mark(
        self, document_id: str, page: int, *, start: int = 0, end: int = 0, version: str | None = None
    ) -> PageMark:
        """Size of that picture, and where on it the mark begins. Raises what ``page_picture`` raises."""
        return self._library.page_mark(document_id, page, start=start, end=end, version=version)

    @property
    def added_dir(self) -> Path:
        """The folder of the files that ``add`` keeps; ``index`` it when they are complete."""
        return self._library.added_dir

    def add(self, name: str, content: IO[bytes]) -> tuple[str, bool]:
        """Keep a file to be indexed with ``index(bot.added_dir)``; returns its name, and whether it replaced one.

        Raises:
            UnsupportedFormat: No reader knows the name's suffix.
            BrokenFile: The name cannot be one.
            StoreError: The file cannot be written.
        """
        return self._library.add(name, content)

    def remove(self, document_id: str) -> None:
        """Take a document out of the index. An added file is deleted; any other stays, and indexing passes it over.

        Raises:
            UnknownDocument: No indexed document has this id.
            StoreError: The file or the catalogue cannot be changed.
        """
        self._library.remove(document_id)

    def left_out(self) -> tuple[DocumentSummary, ...]:
        """The documents that were removed though their files are still there."""
        return self._library.left_out()

    def restore(self, document_id: str) -> None:
        """Let the next ``index`` take a removed document in again."""
        self._library.restore(document_id)

    def passage_map(self) -> tuple[PassagePoint, ...]:
        """Passages as points, near where they are about the same; a fair sample of 1,500 when there are more."""
        return self._library.passage_map()

    def counts(self) -> tuple[int, int]:
        """How many documents and passages are indexed."""
        return self._catalogue.counts()

    def example_questions(self, limit: int) -> tuple[str, ...]:
        """Up to ``limit`` questions to begin with, made of titles and headings of the indexed documents."""
        return example_questions((Heading(*row) for row in self._catalogue.headings(_HEADINGS)), limit)

    def further_questions(self, answer: Answer, limit: int = 3) -> tuple[str, ...]:
        """Up to ``limit`` questions that lead on from an answer, each searched: only what the documents answer stays.

        Raises:
            What ``search`` raises.
        """
        found: list[str] = []
        for question in further_questions(answer.hits, answer)[:_TRIED]:
            hits = self.search(question, limit=1)
            if hits and hits[0].relevance >= ANSWERS_FROM:
                found.append(question)
            if len(found) == limit:
                break
        return tuple(found)

    # Models

    @property
    def chat_model_name(self) -> str:
        """Name of the chat model that writes the answers; ``none`` when sentences are quoted."""
        if self._given_model is not None:
            return type(self._given_model).__name__
        return chat_model_name(self.settings)

    def warm_up(self) -> None:
        """Load every model and what searching reads of the index now rather than at the first question.

        Raises:
            ModelError: A model cannot be loaded.
            StoreError: The index cannot be read.
        """
        _ = self._conversations
        self._multilingual.embed_query("warm up")
        if self._catalogue.counts()[0]:
            self._searcher.search(Query("warm up", "en"), limit=1)
        if "zh" in self._catalogue.languages():
            self._glosser.warm_up()

    @property
    def _multilingual(self) -> E5Small:
        return self._choices.multilingual

    @cached_property
    def _reranker(self) -> MiniLmReranker:
        return MiniLmReranker(self.settings.cache_dir)

    @property
    def _models(self) -> EmbeddingModels:
        return self._given_embedders or self._choices.wanted()

    @cached_property
    def _background_models(self) -> EmbeddingModels:
        return self._given_embedders or ModelChoices(self.settings).wanted()

    # The index in use

    @property
    def _index(self) -> Index:
        """The index in use: another one may have replaced the one that was opened.

        Questions that are being answered go on with the one that they began with.
        """
        place = current_place(self.settings.data_dir)
        if place != self._place:
            with self._loading:
                if place != self._place:
                    for part in _PARTS_OF_AN_INDEX:
                        self.__dict__.pop(part, None)
                    self._opened, self._place = open_index(place), place
        return self._opened

    @property
    def _catalogue(self) -> Catalogue:
        return self._index.catalogue

    @property
    def _vectors(self) -> Vectors:
        return self._index.vectors

    @cached_property
    def _matcher(self) -> ColbertSmall:
        return ColbertSmall(self.settings.cache_dir)

    def _indexer(self, models: EmbeddingModels) -> Indexer:
        return Indexer(self.settings, self._catalogue, self._vectors, models, quotes=self._quotes)

    @cached_property
    def _library(self) -> Library:
        return Library(self.settings, self._catalogue, self._vectors, model=E5Small.name)

    @cached_property
    def _glosser(self) -> Glosser:
        return Glosser(self._catalogue, dictionary=dictionary)

    @cached_property
    def _searcher(self) -> Searcher:
        models = self._given_embedders or self._choices.serving(self._catalogue)
        return Searcher(
            self._catalogue,
            self._vectors,
            multilingual=models.multilingual,
            by_language=models.by_language,
            reranker=self._reranker,
            glosser=self._glosser,
            without=self.settings.search_without,
        )

    @cached_property
    def _chat_model(self) -> BaseChatModel | None:
        return self._given_model or chat_model(self.settings, progress=self._on_progress)

    @property
    def _conversations(self) -> Conversations:
        # Two first questions at once must not load the chat model twice.
        with self._loading:
            _ = self._index
            return self._opened_conversations

    @cached_property
    def _prompts(self) -> dict[str, Prompt]:
        names = [f"{task}-{language}" for task in _TASKS for language in _LANGUAGES]
        return {name: load_prompt(self.settings.prompts_dir, name) for name in names}

    @cached_property
    def _writer(self) -> Writer | None:
        if self._chat_model is None or self._translator is None:
            return None
        return Writer(
            self._chat_model,
            name=self.chat_model_name,
            checker=self._checker,
            prompts=self._prompts,
            answer_tokens=self.settings.answer_tokens,
            translator=self._translator,
            writes_across=not isinstance(self._chat_model, LocalChatModel),
        )

    @cached_property
    def _translator(self) -> Translator | None:
        if self._chat_model is None:
            return None
        return Translator(
            self._chat_model,
            name=self.chat_model_name,
            prompts={language: self._prompts[f"translate-quote-{language}"] for language in _LANGUAGES},
            with_terms={language: self._prompts[f"translate-terms-{language}"] for language in _LANGUAGES},
            glossary=self._catalogue.glossary,
        )

    @cached_property
    def _checker(self) -> Checker:
        return Checker(multilingual=self._multilingual, matcher=self._matcher, contrasts=self._catalogue.contrasts)

    @cached_property
    def _opened_conversations(self) -> Conversations:
        names = DocumentNames(self._catalogue.summaries, self._catalogue.glossary)
        return Conversations(
            self.settings.data_dir,
            catalogue=self._catalogue,
            searcher=self._searcher,
            answerer=Answerer(
                catalogue=self._catalogue,
                finder=Finder(
                    catalogue=self._catalogue,
                    searcher=self._searcher,
                    selector=EvidenceSelector(
                        multilingual=self._multilingual, reranker=self._reranker, glosser=self._glosser
                    ),
                    multilingual=self._multilingual,
                    names=names,
                ),
                checker=self._checker,
                matcher=self._matcher,
                glosser=self._glosser,
                writer=self._writer,
                chat_model_name=self.chat_model_name,
            ),
            screener=Screener(multilingual=self._multilingual),
            names=names,
        )

    def close(self) -> None:
        """Close the data folder's files; the bot cannot be used afterwards."""
        if "_opened_conversations" in self.__dict__:
            self._opened_conversations.close()
        self._quotes.close()
        self._opened.vectors.close()
        self._opened.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Conversation:
    """A conversation with a PolicyBot: each question is understood with what came before it.

    Attributes:
        id: By which it is reopened.
        answer_language: The language of its answers; may be changed between two questions.
    """

    def __init__(self, bot: PolicyBot, conversation_id: str, *, answer_language: AnswerLanguage = "auto") -> None:
        self._bot = bot
        self.id = conversation_id
        self.answer_language = answer_language

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was said so far, oldest first."""
        return self._bot.turns(self.id)

    def ask(self, question: str, *, filter: Filter = EVERYTHING) -> Answer:
        """Ask the next question; see ``PolicyBot.ask``."""
        return self._bot.ask(question, **self._asked(filter))

    def stream(self, question: str, *, filter: Filter = EVERYTHING) -> Iterator[AnswerEvent]:
        """Ask the next question as a stream; see ``PolicyBot.stream``."""
        return self._bot.stream(question, **self._asked(filter))

    async def aask(self, question: str, *, filter: Filter = EVERYTHING) -> Answer:
        """``ask`` for asyncio."""
        return await self._bot.aask(question, **self._asked(filter))

    def astream(self, question: str, *, filter: Filter = EVERYTHING) -> AsyncIterator[AnswerEvent]:
        """``stream`` for asyncio."""
        return self._bot.astream(question, **self._asked(filter))

    def forget(self) -> None:
        """Delete what was said."""
        self._bot.forget(self.id)

    def _asked(self, filter: Filter) -> dict[str, Any]:
        return {"conversation": self.id, "filter": filter, "answer_language": self.answer_language}


def _ignore(_: Progress) -> None:
    """Progress that nobody watches."""


def _check_language(answer_language: str) -> None:
    if answer_language not in ANSWER_LANGUAGES:
        raise QuestionError(
            f"Answers in {answer_language!r} cannot be given. Name auto (the question's language), en or zh.",
            case="answer_language",
            language=answer_language,
        )


def _checked(question: str) -> str:
    """The question without white space around it and without characters that no one can type."""
    cleaned = "".join(c for c in question if c in "\n\t" or (c.isprintable() or c == "\u200d")).strip()
    if not cleaned:
        raise QuestionError("The question is empty. Ask something about the indexed documents.", case="question_empty")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned)} characters; the most is {LONGEST_QUESTION}. Shorten it.",
            case="question_too_long",
            characters=len(cleaned),
            most=LONGEST_QUESTION,
        )
    return cleaned
