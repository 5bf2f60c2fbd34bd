"""Question -> ranked hits: dense and keyword search in each language, fused by rank, ranked by their sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from policybot.calibration import CANDIDATES, CONTEXT_WEIGHTS, SUBJECT_FIRST
from policybot.domain import Hit
from policybot.models.embedding import Embedder
from policybot.models.matching import READ
from policybot.searching.duplicates import without_copies, without_repetition
from policybot.searching.editions import in_time, years_in
from policybot.searching.fusion import fuse
from policybot.searching.phrases import phrases_held, quoted_phrases
from policybot.searching.query import Query
from policybot.searching.ranking import ranked_by_sentences
from policybot.searching.scoring import SentenceScorer
from policybot.searching.translating import QuestionTranslator
from policybot.settings import Ingredient
from policybot.store.catalogue import Catalogue, PassageRecord
from policybot.store.vectors import Vectors

_ALONE, _WITHIN = 1, 2


class Searcher:
    """Searches each language on its own and merges the results.

    Candidates are found separately because an embedding puts any passage in the question's language before the right
    one in another: in one ranking a Chinese question finds its English document among the first five in 0.1 of the
    cases (docs/architecture.md). Their sentences are then ranked together.

    Args:
        without: Ingredients to leave out.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: Vectors,
        *,
        multilingual: Embedder,
        by_language: Mapping[str, Embedder],
        translator: QuestionTranslator,
        scorer: SentenceScorer,
        without: Collection[Ingredient] = (),
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._multilingual = multilingual
        self._by_language = by_language
        self._translator = translator
        self._scorer = scorer
        self._without = frozenset(without)
        self._ahead = ThreadPoolExecutor(2, thread_name_prefix="policybot-query")

    def expand(self, query: Query) -> Query:
        """The query put into the languages of the documents, and into that which token matching reads."""
        if "glossing" in self._without:
            return query
        others = {READ, *self._catalogue.languages(query.documents)} - {query.language}
        return self._translator.glossed(query, sorted(others))

    def _embed_ahead(self, query: Query) -> None:
        """Start embedding the question while its keywords are searched; the embedders cache the result."""
        for embedder in filter(None, (self._multilingual, self._by_language.get(query.language))):
            for text in query.wordings(query.language):
                self._ahead.submit(embedder.embed_query, text)

    def same_subject(self, query: Query) -> bool:
        """Whether the question finds the same document alone as it does with the conversation before it.

        This separates 125 questions of doc2dial with their own history from 124 with another dialogue's history with
        an AUROC of 0.78; words that refer back do so with 0.65 (docs/architecture.md).
        """
        if not query.contexts:
            return False
        alone, together = (
            self._first_documents(self._rankings(text, query.language, query, understood=True))
            for text in (query.text, f"{query.contexts[-1]} {query.text}")
        )
        return bool(together) and together[0] in alone

    def _first_documents(self, rankings: Sequence[tuple[float, Sequence[str]]]) -> list[str]:
        """Ids of the documents of the first ten passages of these rankings fused."""
        first = list(fuse(rankings))[:SUBJECT_FIRST]
        records = self._catalogue.passages(first)
        return [records[id_].passage.document_id for id_ in first if id_ in records]

    def search(self, query: Query, *, limit: int) -> tuple[Hit, ...]:
        """The ``limit`` best passages, best first.

        The result is a function of the query and the index alone.
        """
        if "context" in self._without:
            query = replace(query, context="", contexts=(), follow_up=False, continuity=0)
        candidates = [self._candidates(query, language) for language in self._catalogue.languages(query.documents)]
        hits = ranked_by_sentences(query, candidates, self._scorer)
        phrases = (
            {}
            if "phrases" in self._without
            else {
                language: quoted_phrases(query.wording(language) or "")
                for language in {hit.passage.language for hit in hits}
            }
        )
        if any(phrases.values()):
            hits.sort(key=lambda hit: -phrases_held(phrases[hit.passage.language], hit.passage))
        if "editions" not in self._without:
            hits = in_time(hits, years_in(query.wordings(query.language)[0]))
        if "duplicates" not in self._without:
            copied = self._catalogue.copied([hit.passage.id for hit in hits])
            hits = without_repetition(without_copies(hits, copied), first=limit)
        return self.with_origins(replace(hit, rank=rank) for rank, hit in enumerate(hits[:limit], start=1))

    def with_origins(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """The hits, each with the other documents that contain its text."""
        return tuple(replace(hit, also_in=self._catalogue.also_in(hit.passage.id)) for hit in hits)

    def _candidates(self, query: Query, language: str) -> list[PassageRecord]:
        """The passages of one language that its rankings find, fused, best first."""
        wordings = query.wordings(language)
        asked = wordings or query.wordings(query.language)
        contexts = query.in_contexts(language)
        rankings: list[tuple[float, Sequence[str]]] = []
        for text in contexts:
            rankings += self._rankings(text, language, query, understood=bool(wordings))
        weights = CONTEXT_WEIGHTS[query.continuity]
        if contexts and weights[_WITHIN] and (first := self._first_documents(rankings)[:1]):
            within = replace(query, documents=frozenset(first))
            for _, ranking in self._rankings(asked[-1], language, within, understood=bool(wordings)):
                rankings.append((weights[_WITHIN], ranking))
        for text in asked[-1:] if contexts else asked:
            for _, ranking in self._rankings(text, language, query, understood=bool(wordings)):
                rankings.append((weights[_ALONE] if contexts else 1.0, ranking))
        mentioned = query.mentioned if query.documents is None else query.mentioned & query.documents
        if mentioned and mentioned != query.documents:
            within = replace(query, documents=mentioned)
            for text in asked:
                rankings += self._rankings(text, language, within, understood=bool(wordings))
        phrases = () if "phrases" in self._without else quoted_phrases(query.wording(language) or "")
        rankings += [(1.0, self._keywords(phrase, language, query, phrase=True)) for phrase in phrases]
        fused = list(fuse(rankings))[:CANDIDATES]
        records = self._catalogue.passages(fused)
        # A vector may outlive its passage; only passages in the catalogue are shown.
        return [records[id_] for id_ in fused if id_ in records]

    def _rankings(
        self, text: str, language: str, query: Query, *, understood: bool
    ) -> list[tuple[float, Sequence[str]]]:
        """The dense and the keyword ranking of the language's passages for one wording, each with its weight.

        Args:
            understood: Whether the wording is in the passages' language: only then its own embedder can read it.
        """
        rankings: list[tuple[float, Sequence[str]]] = []
        if "dense" not in self._without:
            own = self._by_language.get(language) if understood else None
            dense = self._nearest(own or self._multilingual, text, language, query, limit=CANDIDATES)
            rankings.append((1.0, list(dense)))
        if "keywords" not in self._without:
            names, synonyms = self._names(text, query, language)
            rankings.append((1.0, self._keywords(" ".join((text, *names)), language, query, synonyms=synonyms)))
        return rankings

    def _names(self, text: str, query: Query, language: str) -> tuple[Sequence[str], Sequence[str]]:
        """What the question's terms are called in the passages' language: the first translation of each, and the rest.

        The rest are other translations and synonyms.
        """
        if "glossary" in self._without:
            return (), ()
        glossary = self._catalogue.glossary()
        asked = query.wordings(query.language)[0]
        translated = (
            () if language == query.language else glossary.renderings(asked, language=query.language, into=language)
        )
        first = dict(reversed(translated)).values()
        others = (name for _, name in translated)
        return (*first,), (*glossary.synonyms(text, language=language), *others)

    def _nearest(
        self, embedder: Embedder, text: str, language: str, query: Query, *, limit: int
    ) -> Mapping[str, float]:
        among = None if query.documents is None else self._catalogue.passage_ids(language, query.documents)
        return self._vectors.search(
            embedder.name, embedder.embed_query(text), language=language, limit=limit, among=among
        )

    def _keywords(
        self,
        text: str,
        language: str,
        query: Query,
        *,
        limit: int = CANDIDATES,
        phrase: bool = False,
        synonyms: Sequence[str] = (),
    ) -> list[str]:
        # Always as many, so that the catalogue remembers them for the rankings.
        found = self._catalogue.search_keywords(
            text,
            language=language,
            limit=CANDIDATES,
            documents=query.documents,
            figures="figures" not in self._without,
            phrase=phrase,
            synonyms=synonyms,
        )
        return found[:limit]
