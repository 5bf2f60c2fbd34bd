"""Everything that serves one index, as one value; and the index in use, which is replaced as a whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from policybot.answering import Answerer, Binder, DocumentNames, Finder, Writer
from policybot.answering.composing.kinds import composers
from policybot.answering.composing.translating import Translator
from policybot.answering.understanding.framing import core_question
from policybot.answering.vetting.vet import vetters
from policybot.bot.context import query_after
from policybot.bot.library import Library
from policybot.bot.models import Models
from policybot.bot.once import Once
from policybot.calibration import QUESTION_WAIT_S
from policybot.checking import Checker
from policybot.domain import WRITTEN_LANGUAGES, Evidence, Filter, Hit, Turn
from policybot.errors import QuestionError, StoreError
from policybot.indexing import Index, open_index
from policybot.indexing.places import current as current_place
from policybot.language.script import fold_script
from policybot.models.chat import LocalChatModel
from policybot.models.embedding import E5Small
from policybot.models.matching import READ
from policybot.models.prompting import Prompt, load_prompt
from policybot.screening import Screener
from policybot.searching import (
    EvidenceSelector,
    Glosser,
    Query,
    QuestionTranslator,
    QuestionWriter,
    Searcher,
    SentenceScorer,
    Speller,
    corrected,
    languages_to_meet,
)
from policybot.settings import Settings
from policybot.store.catalogue import Catalogue
from policybot.text.dictionary import dictionary

_TASKS = ("answer", "judge", "translate-quote", "translate-terms")
"""Tasks of the chat model, each with a prompt in each language."""


@dataclass(frozen=True, slots=True)
class Answering:
    """The parts that understand questions, search one index and answer from it. Constructing it loads the models.

    Attributes:
        translator: Translates quotes; None without a chat model.
    """

    catalogue: Catalogue
    multilingual: E5Small
    names: DocumentNames
    binder: Binder
    glosser: Glosser
    question_translator: QuestionTranslator
    speller: Speller
    searcher: Searcher
    screener: Screener
    finder: Finder
    checker: Checker
    translator: Translator | None
    writer: Writer | None
    answerer: Answerer

    def understood(self, question: str, before: Sequence[Turn], filter: Filter) -> Query:
        """The query of a question: its language, the turns before it, and the documents that it names or may search.

        Raises:
            QuestionError: No document passes the filter.
        """
        query = query_after(question, before, self.catalogue.places())
        if corrections := self.speller.corrections(query.text, query.language):
            query = corrected(query, corrections)
        named, mentioned = self.names.addressed(query.text), self.names.mentioned(query.text)
        asked = [core_question(fold_script(turn.text)) for turn in before if turn.role == "user"]
        binding = self.binder.bound(query.text, asked, follow_up=query.follow_up or query.understood)
        # A document that is named beside those of the place or the year may answer, too.
        named = named & binding.documents or named or (binding.documents and binding.documents | mentioned)
        query = replace(query, mentioned=mentioned | binding.preferred, absent=binding.absent)
        if not filter:
            return replace(query, documents=named or None)
        documents = self.catalogue.matching(filter)
        if not documents:
            raise QuestionError(
                f"No indexed document passes the filter: {filter}. `policybot documents` lists what is indexed; "
                "ask with a wider filter.",
                case="filter_nothing",
            )
        return replace(query, documents=named & documents or documents, mentioned=query.mentioned & documents)

    def found(self, query: Query, *, limit: int) -> tuple[Query, tuple[Hit, ...]]:
        """Search, also in other languages that may hold the answer; returns the expanded query and the hits."""
        query, hits = self._met(self._expanded(query), limit=limit)
        query, hits = self.finder.addressed(query, self.searcher.search(query, limit=limit) if hits is None else hits)
        return query, tuple(replace(hit, apart=self.catalogue.apart(hit.passage.document_id)) for hit in hits)

    def sentences(self, query: Query, *, limit: int) -> tuple[Evidence, ...]:
        """The sentences that bear most on the question, also those in other languages, best first."""
        return self.finder.sentences(self._met(self._expanded(query), limit=limit)[0], limit)

    def _met(self, query: Query, *, limit: int) -> tuple[Query, tuple[Hit, ...] | None]:
        """The query, put by the chat model into the language of the documents that may answer where it is another.

        Where documents of its own language may answer, too, it is searched first: if they answer it, nobody waits for
        the chat model. Then its hits come with it.
        """
        languages = self.catalogue.languages(query.documents)
        others = {each for each in languages if self.question_translator.writes(query, each)}
        hits = None
        if others and query.language in languages:
            hits = self.searcher.search(query, limit=limit)
            others &= languages_to_meet(query, hits)
        written = self.question_translator.written(query, others)
        return written, hits if written is query else None

    def _expanded(self, query: Query) -> Query:
        return self.searcher.expand(
            replace(query, continuity=int(query.follow_up) + int(self.searcher.same_subject(query)))
        )


def answering(index: Index, settings: Settings, models: Models) -> Answering:
    """Construct the parts that answer questions over an index.

    Raises:
        ModelError: A model cannot be loaded.
        PromptError: A prompt file is missing or wrong.
    """
    catalogue = index.catalogue
    multilingual, matcher = models.multilingual(), models.matcher()
    embedders = models.embedders_of(catalogue)
    names = DocumentNames(catalogue.summaries, catalogue.glossary)
    binder = Binder(catalogue.summaries, catalogue.beginnings, catalogue.places)
    glosser = Glosser(catalogue, dictionary=dictionary)
    question_translator = QuestionTranslator(catalogue, glosser, writer=_question_writer(settings, models))
    scorer = SentenceScorer(
        catalogue,
        index.vectors,
        multilingual=multilingual,
        reader=models.evidence_reader(),
        without=settings.search_without,
    )
    searcher = Searcher(
        catalogue,
        index.vectors,
        multilingual=embedders.multilingual,
        by_language=embedders.by_language,
        translator=question_translator,
        scorer=scorer,
        without=settings.search_without,
    )
    finder = Finder(
        catalogue=catalogue,
        searcher=searcher,
        selector=EvidenceSelector(scorer),
        multilingual=multilingual,
        names=names,
        binder=binder,
    )
    checker = Checker(multilingual=multilingual, matcher=matcher, contrasts=catalogue.contrasts)
    translator, writer = _with_chat_model(catalogue, settings, models, checker)
    return Answering(
        catalogue=catalogue,
        multilingual=multilingual,
        names=names,
        binder=binder,
        glosser=glosser,
        question_translator=question_translator,
        speller=Speller(catalogue, dictionary=dictionary),
        searcher=searcher,
        screener=Screener(multilingual=multilingual),
        finder=finder,
        checker=checker,
        translator=translator,
        writer=writer,
        answerer=Answerer(
            catalogue=catalogue,
            finder=finder,
            checker=checker,
            places=catalogue.places,
            matcher=matcher,
            glosser=glosser,
            writer=writer,
            composers=composers(settings.plugins),
            chat_model_name=models.chat_name,
        ),
    )


def _with_chat_model(
    catalogue: Catalogue, settings: Settings, models: Models, checker: Checker
) -> tuple[Translator, Writer] | tuple[None, None]:
    """The translator and the writer; None without a chat model."""
    chat_model = models.chat()
    if chat_model is None:
        return None, None
    prompts = _prompts(settings)
    translator = Translator(
        chat_model,
        name=models.chat_name,
        prompts={language: prompts[f"translate-quote-{language}"] for language in WRITTEN_LANGUAGES},
        with_terms={language: prompts[f"translate-terms-{language}"] for language in WRITTEN_LANGUAGES},
        glossary=catalogue.glossary,
    )
    writer = Writer(
        chat_model,
        name=models.chat_name,
        checker=checker,
        prompts=prompts,
        answer_tokens=settings.answer_tokens,
        translator=translator,
        writes_across=not isinstance(chat_model, LocalChatModel),
        vetters=vetters(settings.plugins),
    )
    return translator, writer


def _question_writer(settings: Settings, models: Models) -> QuestionWriter | None:
    """What has the chat model put questions into the documents' languages; None where it shall not."""
    chat_model, wanted = models.chat(), settings.translate_questions
    embedded = isinstance(chat_model, LocalChatModel)
    if chat_model is None or wanted == "never" or (wanted == "auto" and embedded):
        return None
    prompts: dict[str, Prompt] = {
        language: load_prompt(settings.prompts_dir, f"translate-question-{language}") for language in WRITTEN_LANGUAGES
    }
    return QuestionWriter(chat_model, name=models.chat_name, prompts=prompts, seconds=QUESTION_WAIT_S)


def _prompts(settings: Settings) -> dict[str, Prompt]:
    names = [f"{task}-{language}" for task in _TASKS for language in WRITTEN_LANGUAGES]
    return {name: load_prompt(settings.prompts_dir, name) for name in names}


@dataclass(frozen=True, slots=True)
class Serving:
    """Everything that serves one index; nothing of it outlives the index.

    Attributes:
        place: Folder of the index.
        index: Its catalogue and vectors, open.
        library: Its documents as files.
        answering: Returns the parts that answer from it, all constructed with the first question, as that loads models.
    """

    place: Path
    index: Index
    library: Library
    answering: Once[Answering]

    @classmethod
    def open(cls, place: Path, settings: Settings, models: Models) -> Serving:
        """Open the index in a folder, or create one there; loads no model.

        Raises:
            StoreError: The folder cannot be used.
        """
        index = open_index(place)
        library = Library(settings, index.catalogue, index.vectors, model=E5Small.name)
        return cls(place, index, library, Once(lambda: answering(index, settings, models)))

    @property
    def catalogue(self) -> Catalogue:
        """The index's catalogue."""
        return self.index.catalogue

    def warm_up(self) -> None:
        """Load all models and the index data for searching."""
        answering = self.answering()
        answering.multilingual.embed_query("warm up")
        if self.catalogue.counts()[0]:
            answering.searcher.search(Query("warm up", READ), limit=1)
        if any(each != READ and answering.glosser.reads(each) for each in self.catalogue.languages()):
            answering.glosser.warm_up()

    def close(self) -> None:
        """Close the index's files; nothing made for it can be used afterwards."""
        self.index.close()


@dataclass(slots=True)
class _Held:
    """An open index, and how many calls use it."""

    serving: Serving
    leases: int = 0
    replaced: bool = False


class IndexInUse:
    """The index in use. Every call takes a lease, and keeps the same index until it ends.

    When this or another process has switched to another index, the next lease opens that one; the old index is closed
    when its last lease ends. Thread-safe.

    Args:
        data_dir: The data folder, which says which index is in use.
        opened: Opens the index in a folder.

    Raises:
        StoreError: The data folder cannot be used.
    """

    def __init__(self, data_dir: Path, opened: Callable[[Path], Serving]) -> None:
        self._data_dir = data_dir
        self._opened = opened
        # Reentrant: the garbage collector may end an abandoned stream in the thread that has the lock.
        self._lock = threading.RLock()
        self._closed = False
        self._held = _Held(opened(current_place(data_dir)))

    @contextmanager
    def lease(self) -> Iterator[Serving]:
        """The index in use with its parts, open until the lease ends.

        Raises:
            StoreError: The index cannot be opened, or ``close`` was called.
        """
        held = self._taken()
        try:
            yield held.serving
        finally:
            with self._lock:
                held.leases -= 1
                self._close_unused(held)

    def close(self) -> None:
        """Refuse further leases, and close the index when its last lease ends."""
        with self._lock:
            if not self._closed:
                self._closed = self._held.replaced = True
                self._close_unused(self._held)

    def _taken(self) -> _Held:
        with self._lock:
            if self._closed:
                raise StoreError(
                    f"The index in {self._data_dir} was closed with its PolicyBot. Open another PolicyBot."
                )
            place = current_place(self._data_dir)
            if place != self._held.serving.place:
                old, self._held = self._held, _Held(self._opened(place))
                old.replaced = True
                self._close_unused(old)
            self._held.leases += 1
            return self._held

    def _close_unused(self, held: _Held) -> None:
        if held.replaced and not held.leases:
            held.serving.close()
