"""How a follow-up is best searched: alone, with what was said in front, fused, or rewritten by the chat model.

    python benchmarks/follow_ups.py ../shared/eval/doc2dial --questions 100
    python benchmarks/follow_ups.py ../shared/eval/doc2dial --questions 40 --rewrite

Prints evidence recall at 1 and 5 of dense and keyword search fused, without reranking, and the seconds of a search,
for questions with a history spread evenly over the set. Figures are in docs/architecture.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from langchain_core.messages import HumanMessage, SystemMessage

from policybot import Turn, load_settings
from policybot.evaluation import read_set
from policybot.evaluation.datasets import Question
from policybot.evaluation.metrics import question_metrics
from policybot.evaluation.policybot_system import PolicybotSystem
from policybot.evaluation.systems import Retrieved
from policybot.indexing import Index, open_index
from policybot.indexing.places import current
from policybot.models.chat import chat_model
from policybot.models.embedding import BgeSmall
from policybot.searching.fusion import fuse

SYSTEM = "You rewrite the last question of a conversation so that it can be understood without the conversation."
USER = (
    "Conversation:\n{history}\n\nLast question: {question}\n\n"
    "Rewrite the last question with everything it refers to, in one sentence."
)
RANKED = 30


def main() -> None:
    """Measure each way and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path, help="folder of an evaluation set with histories")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--rewrite", action="store_true", help="let the chat model rewrite, too: seconds a question")
    parser.add_argument("--data-dir", type=Path, help="where `policybot eval` keeps its indexes")
    given = parser.parse_args()
    settings = load_settings(chat_model="none")
    found = read_set(given.set, documents=None)
    asked = [q for q in found.questions if q.history and q.gold_evidence]
    asked = asked[:: max(1, len(asked) // given.questions)][: given.questions]
    system = PolicybotSystem(settings, given.data_dir or settings.cache_dir / "evaluation")
    system.index(found.corpus, on_progress=lambda _: None)
    ways: dict[str, Callable[[Question], Sequence[tuple[float, str]]]] = {
        "alone": lambda q: [(1, q.text)],
        "last 2 messages in front": lambda q: [(1, _said(q.history[-2:], q))],
        "last 4 messages in front": lambda q: [(1, _said(q.history[-4:], q))],
        "all that was said in front": lambda q: [(1, _said(q.history[-12:], q))],
        "4 messages and alone, fused": lambda q: [(1, _said(q.history[-4:], q)), (1, q.text)],
        "4 messages twice as heavy, and alone": lambda q: [(2, _said(q.history[-4:], q)), (1, q.text)],
        "all, 4 messages and alone, fused": lambda q: [
            (1, _said(q.history[-12:], q)),
            (1, _said(q.history[-4:], q)),
            (1, q.text),
        ],
    }
    if given.rewrite:
        rewritten = _rewriter()
        ways["rewritten"] = lambda q: [(1, rewritten(q))]
        ways["all, 4 messages and rewritten, fused"] = lambda q: [
            (1, _said(q.history[-12:], q)),
            (1, _said(q.history[-4:], q)),
            (1, rewritten(q)),
        ]
    for name, wordings in ways.items():
        started = time.monotonic()
        means = _measure(system, asked, wordings)
        seconds = (time.monotonic() - started) / len(asked)
        sys.stdout.write(f"{name:40} {means[0]:.3f} {means[1]:.3f} {seconds:.2f} s  ({len(asked)} questions)\n")
        sys.stdout.flush()


def _said(turns: Sequence[Turn], question: Question) -> str:
    return " ".join([*(turn.text[:600] for turn in turns), question.text])


def _rewriter() -> Callable[[Question], str]:
    model = chat_model(load_settings(chat_model="local"))
    assert model is not None
    known: dict[str, str] = {}

    def rewritten(question: Question) -> str:
        if question.id not in known:
            history = "\n".join(f"{turn.role}: {turn.text[:300]}" for turn in question.history[-4:])
            prompt = USER.format(history=history, question=question.text)
            reply = model.invoke([SystemMessage(SYSTEM), HumanMessage(prompt)], max_tokens=80, stop=["\n"])
            known[question.id] = str(reply.text).strip()
        return known[question.id]

    return rewritten


def _measure(
    system: PolicybotSystem, asked: Sequence[Question], wordings: Callable[[Question], Sequence[tuple[float, str]]]
) -> tuple[float, float]:
    settings = system.bot.settings
    with open_index(current(settings.data_dir)) as index:
        return _means(index, BgeSmall(settings.cache_dir), system.ids, asked, wordings)


def _means(
    index: Index,
    english: BgeSmall,
    ids: Mapping[str, str],
    asked: Sequence[Question],
    wordings: Callable[[Question], Sequence[tuple[float, str]]],
) -> tuple[float, float]:
    sums = [0.0, 0.0]
    for question in asked:
        rankings: list[tuple[float, Sequence[str]]] = []
        for weight, text in wordings(question):
            vector = english.embed_query(text)
            dense = index.vectors.search(english.name, vector, language="en", limit=RANKED)
            rankings += [(weight, list(dense))]
            rankings += [(weight, index.catalogue.search_keywords(text, language="en", limit=RANKED))]
        records = index.catalogue.passages(list(fuse(rankings))[:RANKED])
        order = [id_ for id_ in fuse(rankings) if id_ in records][:5]
        passages = [Retrieved(ids[records[i].passage.document], records[i].passage.text) for i in order]
        metrics = question_metrics(
            passages,
            gold_documents=question.gold_documents,
            gold_evidence=question.gold_evidence,
            alternative_documents=question.alternative_documents,
        )
        sums = [total + metrics[f"evidence_recall@{k}"] for total, k in zip(sums, (1, 5), strict=True)]
    return sums[0] / len(asked), sums[1] / len(asked)


if __name__ == "__main__":
    main()
