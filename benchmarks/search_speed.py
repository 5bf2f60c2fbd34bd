"""How fast policybot searches and indexes, over synthetic texts: English words and Chinese characters by Zipf's law.

Run it with ``python benchmarks/search_speed.py``; ``--part`` runs one part, ``--json`` prints JSON, ``--keep FOLDER``
keeps the large indexes for the next run. All of it takes about half an hour on two cores, most of it to make the index
of 200,000 passages, or to wait for sentence-transformers, with which the part indexing is compared where the extra
``bench`` is installed.

For the search parts vectors are random unit vectors: nothing is embedded but the questions. Random vectors are the
hardest for an index of nearest neighbours, as all are equally far from each other. Searches run one after another,
after ``warm_up``, in a process of their own, so that its memory is that of searching.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from policybot import PolicyBot, load_settings
from policybot.domain import Document, Metadata, Passage
from policybot.errors import MissingExtra
from policybot.evaluation.baselines import Tutorial
from policybot.evaluation.datasets import Corpus, CorpusDocument
from policybot.indexing import EmbeddingModels, Indexer
from policybot.models import weights
from policybot.models.embedding import BgeSmall, E5Small
from policybot.reading import find
from policybot.store.catalogue import Catalogue, FileState
from policybot.store.vectors import Vectors
from policybot.testing import HashingEmbedder
from policybot.text.tokens import token_count

SEED = 20260101

_DOCUMENT_PASSAGES = 20
_CHINESE = 5
"""Every fifth document, and every fifth question, is Chinese."""

_VOCABULARY = 30_000
"""Words of each language: those of the project's documents, for English also those that its models know as one token,
and made-up ones, which are rare."""

_DIMENSIONS = 384
_QUESTIONS = 200
_GROUP = 50
"""Documents written at once."""


def _known_words() -> list[str]:
    """Words that the English models read as one token, the most frequent first.

    A made-up word is three or four tokens to them, and a passage of such words half as long again as a real one.
    """
    path = weights.verified(weights.BGE_SMALL_TOKENIZER, cache_dir=load_settings().cache_dir)
    places = Tokenizer.from_file(str(path)).get_vocab()
    return sorted((word for word in places if re.fullmatch("[a-z]{2,}", word)), key=lambda word: places[word])


class Texts:
    """Makes text of English words or Chinese characters whose frequencies follow Zipf's law with exponent 1."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        documents = Path(load_settings().documents_dir)
        texts = "\n".join(path.read_text(encoding="utf-8") for _, path in find(documents))
        self._english = self._vocabulary(
            [*re.findall(r"[a-z]{2,}", texts.lower()), *_known_words()], "bcdfghklmnprstvw", "aeiou"
        )
        # Pairs of characters, so that the bigrams of the keyword index follow the law, too.
        self._chinese = self._vocabulary(re.findall(r"[\u4e00-\u9fff]{2}", texts), "海港市图书馆", "开放时间读者")
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def begin(self, seed: int) -> None:
        """Go on as if made with this seed."""
        self._random.seed(seed)

    def _vocabulary(self, words: Sequence[str], onsets: str, ends: str) -> list[str]:
        known = [word for word, _ in Counter(words).most_common(_VOCABULARY)]
        seen = set(known)
        while len(known) < _VOCABULARY:
            word = "".join(self._random.choice(onsets) + self._random.choice(ends) for _ in range(4))
            if word not in seen:
                seen.add(word)
                known.append(word)
        return known

    def words(self, count: int, *, language: str = "en") -> list[str]:
        """Words, or pairs of Chinese characters."""
        words = self._english if language == "en" else self._chinese
        return self._random.choices(words, cum_weights=self._weights, k=count)

    def prose(self, tokens: int, *, language: str = "en") -> str:
        """Sentences of about so many tokens of the models that read them."""
        if language == "en":
            # A sentence of 14 words is 16 tokens to the models, nearly all of them words that they know.
            words = self.words(round(tokens * 14 / 16))
            return " ".join(" ".join(words[i : i + 14]).capitalize() + "." for i in range(0, len(words), 14))
        pairs = self.words(tokens // 2, language=language)
        return "".join("".join(pairs[i : i + 12]) + "。" for i in range(0, len(pairs), 12))


# Searching


def make_index(folder: Path, *, passages: int, tokens: int) -> None:
    """Write an index of so many passages, as if they had been embedded; what lies in the folder is gone on with."""
    documents = passages // _DOCUMENT_PASSAGES
    with Catalogue(folder) as catalogue:
        written = catalogue.counts()[0]
        if written >= documents:
            return
        texts, vectors = Texts(SEED), Vectors(folder)
        for start in range(written - written % _GROUP, documents, _GROUP):
            texts.begin(SEED + start)
            chance = np.random.default_rng(SEED + start)
            group = [_document(number, texts, tokens) for number in range(start, min(start + _GROUP, documents))]
            for language, models in (("en", (BgeSmall.name, E5Small.name)), ("zh", (E5Small.name,))):
                ids = [p.id for _, found, _ in group for p in found if p.language == language]
                for model in models:
                    if ids:
                        vectors.put(model, ids, _unit_vectors(chance, len(ids)), [language] * len(ids))
            # Last, as it counts what is complete.
            catalogue.put(group, root="/synthetic")
            _say(f"{(start + len(group)) * _DOCUMENT_PASSAGES} of {passages} passages written")


def _document(number: int, texts: Texts, tokens: int) -> tuple[Document, tuple[Passage, ...], FileState]:
    language = "zh" if number % _CHINESE == 0 else "en"
    id_, name = f"{number:016x}", f"{number}.txt"
    title = "".join(texts.words(2, language=language)) if language == "zh" else " ".join(texts.words(4))
    bodies = [texts.prose(tokens, language=language) for _ in range(_DOCUMENT_PASSAGES)]
    starts = [0, *accumulate(len(body) + 2 for body in bodies)]
    document = Document(id_, name, "\n\n".join(bodies), "plain", Metadata(title=title, language=language))
    passages = tuple(
        Passage(f"{id_}{i:016x}", id_, name, title, body, start, start + len(body), (), None, language, i)
        for i, (body, start) in enumerate(zip(bodies, starts, strict=False))
    )
    return document, passages, FileState(id_, name, "", len(document.text), 0, "synthetic")


def _unit_vectors(chance: np.random.Generator, count: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    found = chance.standard_normal((count, _DIMENSIONS), dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def measure_search(folder: Path, *, reranking: bool) -> dict[str, object]:
    """Latency, memory and disk of searching an index; to be called in a process of its own."""
    texts = Texts(SEED + 1)
    settings = load_settings(
        data_dir=folder, chat_model="none", search_without=frozenset() if reranking else frozenset({"reranking"})
    )
    with PolicyBot(settings) as bot:
        started = time.perf_counter()
        bot.warm_up()
        warm_up_s = time.perf_counter() - started
        passages = sum(summary.passages for summary in bot.documents())
        latencies = []
        for number in range(_QUESTIONS):
            question = f"What does the report say about {' '.join(texts.words(8))}?"
            if number % _CHINESE == 0:
                question = f"{''.join(texts.words(6, language='zh'))}是什么？"
            started = time.perf_counter()
            bot.search(question)
            latencies.append((time.perf_counter() - started) * 1000)
    status = Path("/proc/self/status")
    memory = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status.read_text())) if status.exists() else {}
    return {
        "passages": passages,
        "reranking": reranking,
        "p50_ms": round(float(np.quantile(latencies, 0.5)), 1),
        "p95_ms": round(float(np.quantile(latencies, 0.95)), 1),
        "warm_up_s": round(warm_up_s, 2),
        "memory_mb": {name: round(int(value) / 1000) for name, value in memory.items()},
        "disk_mb": round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6),
    }


def search_part(keep: Path, *, passages: int, tokens: int, reranking: Sequence[bool]) -> list[dict[str, object]]:
    """Make the index, then measure it in other processes."""
    folder = keep / f"index-{passages}"
    make_index(folder, passages=passages, tokens=tokens)
    found = []
    for with_it in reranking:
        command = [sys.executable, __file__, "--measure", str(folder), *(["--reranking"] if with_it else [])]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found.append(json.loads(done.stdout))
        _say(str(found[-1]))
    return found


# Indexing


def indexing_part(keep: Path, *, passages: int, rounds: int) -> dict[str, object]:
    """Index English passages of about 200 tokens, and the tutorial's pipeline the same texts; best of some rounds."""
    texts = Texts(SEED)
    with tempfile.TemporaryDirectory(dir=keep) as place:
        folder = Path(place, "documents")
        folder.mkdir()
        bodies = []
        for number in range(passages // 10):
            sections = [f"## Section {i}\n\n{texts.prose(190)}" for i in range(10)]
            bodies.append(f"# Report {number}\n\n" + "\n\n".join(sections) + "\n")
            (folder / f"{number:05}.md").write_text(bodies[-1], encoding="utf-8")
        corpus = Corpus("synthetic", tuple(CorpusDocument(str(i), "", b, "en") for i, b in enumerate(bodies)))
        try:
            tutorial: Tutorial | None = Tutorial()
        except MissingExtra as exc:
            _say(str(exc))
            tutorial = None
        own: list[dict[str, float]] = []
        theirs: list[float] = []
        for number in range(rounds):
            settings = load_settings(data_dir=Path(place, f"data{number}"), chat_model="none", passage_tokens=200)
            with PolicyBot(settings) as bot:
                _ = bot.warm_up(), bot.plan(folder)  # Loading the models is no indexing.
                report = bot.index(folder)
            own.append({"searchable_s": report.searchable_s, "complete_s": report.seconds})
            _say(f"policybot: {report.passages} passages, {own[-1]}")
            if tutorial is not None:
                started = time.perf_counter()
                pieces = tutorial.index(corpus, on_progress=lambda _: None).passages
                theirs.append(time.perf_counter() - started)
                tutorial.close()
                _say(f"tutorial: {pieces} pieces, {theirs[-1]:.1f} s")
    searchable_s = min(each["searchable_s"] for each in own)
    complete_s = min(each["complete_s"] for each in own)
    found: dict[str, object] = {
        "passages": report.passages,
        "passage_tokens": round(sum(map(token_count, bodies)) / report.passages),
        "searchable_per_s": round(report.passages / searchable_s, 1),
        "complete_per_s": round(report.passages / complete_s, 1),
        "rounds": own,
    }
    if theirs:
        found["tutorial"] = {
            "pieces": pieces,
            "pieces_per_s": round(pieces / min(theirs), 1),
            "seconds": [round(each, 1) for each in theirs],
            # The same texts: how many times as long the tutorial takes, round by round.
            "times_as_long_as_searchable": round(
                statistics.median(t / o["searchable_s"] for t, o in zip(theirs, own, strict=True)), 2
            ),
            "times_as_long_as_complete": round(
                statistics.median(t / o["complete_s"] for t, o in zip(theirs, own, strict=True)), 2
            ),
        }
    return found


def unchanged_part(keep: Path, *, files: int) -> dict[str, object]:
    """Index small files with embedders that only hash, then look through them again."""
    texts = Texts(SEED)
    with tempfile.TemporaryDirectory(dir=keep) as place:
        folder = Path(place, "documents")
        for number in range(files):
            path = folder / f"{number % 50:02}" / f"{number:05}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# Note {number}\n\n{texts.prose(60)}\n", encoding="utf-8")
        settings = load_settings(data_dir=Path(place, "data"))
        models = EmbeddingModels(HashingEmbedder("hashing-all"), {"en": HashingEmbedder("hashing-en")})
        seconds = []
        with Catalogue(settings.data_dir) as catalogue:
            indexer = Indexer(settings, catalogue, Vectors(settings.data_dir), models)
            for _ in range(4):
                started = time.perf_counter()
                report = indexer.apply(indexer.difference(folder))
                seconds.append(round(time.perf_counter() - started, 2))
    return {"files": len(report.plan.unchanged), "first_s": seconds[0], "again_s": seconds[1:]}


# Telling


def markdown(found: dict[str, Any]) -> str:
    """The figures as a page says them."""
    lines = [
        f"`python benchmarks/search_speed.py` on {os.cpu_count()} cores, with synthetic texts; "
        "a fifth of passages and questions is Chinese.",
        "",
    ]
    if searches := [row for part in ("search", "large") for row in found.get(part, [])]:
        lines += [
            "| passages | reranking | p50 | p95 | memory, at most | disk | warming up |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {row['passages']:,} | {'yes' if row['reranking'] else 'no'} | {row['p50_ms']} ms | "
            f"{row['p95_ms']} ms | {row['memory_mb'].get('VmHWM', '?')} MB | "
            f"{row['disk_mb']} MB | {row['warm_up_s']} s |"
            for row in searches
        ]
        lines.append("")
    if indexed := found.get("indexing"):
        lines += [
            f"Indexing {indexed['passages']} English passages of about {indexed['passage_tokens']} tokens:",
            "",
            f"- {indexed['searchable_per_s']} passages a second until questions in English find them;",
            f"- {indexed['complete_per_s']} passages a second until questions in other languages find them, too.",
            "",
        ]
        if other := indexed.get("tutorial"):
            lines += [
                f"The LangChain tutorial's pipeline takes {other['times_as_long_as_searchable']} times as long for the "
                f"same texts as the first, {other['times_as_long_as_complete']} times as long as the second.",
                "",
            ]
    if unchanged := found.get("unchanged"):
        lines += [
            f"Indexing {unchanged['files']:,} unchanged files again takes {statistics.median(unchanged['again_s'])} s.",
            "",
        ]
    return "\n".join(lines)


def _say(what: str) -> None:
    sys.stderr.write(what + "\n")


def _parts(keep: Path, arguments: argparse.Namespace) -> Iterator[tuple[str, object]]:
    wanted = arguments.part or ["search", "large", "indexing", "unchanged"]
    if "search" in wanted:
        yield "search", search_part(keep, passages=10_000, tokens=340, reranking=(False, True))
    if "large" in wanted:
        yield "large", search_part(keep, passages=200_000, tokens=200, reranking=(False,))
    if "indexing" in wanted:
        yield "indexing", indexing_part(keep, passages=arguments.passages, rounds=arguments.rounds)
    if "unchanged" in wanted:
        yield "unchanged", unchanged_part(keep, files=5000)


def main() -> None:
    """Run the parts and print what they found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", action="append", choices=["search", "large", "indexing", "unchanged"])
    parser.add_argument("--json", action="store_true", help="print JSON; the table is its field markdown")
    parser.add_argument("--keep", type=Path, help="folder in which the synthetic indexes are kept for the next run")
    parser.add_argument("--passages", type=int, default=300, help="passages of the part indexing")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of the part indexing")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--reranking", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        sys.stdout.write(json.dumps(measure_search(arguments.measure, reranking=arguments.reranking)))
        return
    with tempfile.TemporaryDirectory() as place:
        keep = arguments.keep or Path(place)
        keep.mkdir(parents=True, exist_ok=True)
        found = dict(_parts(keep, arguments))
    page = markdown(found)
    sys.stdout.write(json.dumps({**found, "markdown": page}, indent=2) + "\n" if arguments.json else page)


if __name__ == "__main__":
    main()
