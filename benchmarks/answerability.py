"""Which weights tell questions that the documents answer from those that they do not, and how well.

    python benchmarks/answerability.py ../shared/eval --clapnq 400 --rgb 160
    python benchmarks/answerability.py ../shared/eval --clapnq 100 --rgb 40 --judged
    python benchmarks/answerability.py ../shared/eval --policy documents --judged

Half of clapnq_dev's questions have no answer in its passages. A question of rgb is asked over three of its right
passages with fifteen wrong ones, which answers it, and over the wrong ones alone, which does not. Prints the AUROC of
each sign, the weights of a logistic regression for what a reranker read and for what none did, and the precision and
recall of refusals on the half of the questions that the weights were not fitted on. The weights in use are in
``policybot/answering/answerability.py``. ``--judged`` asks the chat model too: 5 s a question on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policybot import Filter, PolicyBot, Turn, load_settings
from policybot.answering.answerability import as_row, signs
from policybot.bot.models import Models
from policybot.bot.serving import Answering, Serving
from policybot.indexing.places import current
from policybot.models.matching import TokenMatcher

_HITS = 10
_PENALTY = 0.005
_RIGHT, _WRONG = 3, 15


@dataclass(frozen=True)
class Case:
    """A question with the documents that it is asked over; none for all."""

    id: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    documents: tuple[str, ...] = ()


def main() -> None:
    """Gather the signs, fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, help="folder of the evaluation sets")
    parser.add_argument("--clapnq", type=int, default=0, help="questions of clapnq_dev")
    parser.add_argument("--rgb", type=int, default=0, help="cases of rgb, two for a question")
    parser.add_argument(
        "--policy", type=Path, help="folder of the documents that the policy set is about: reported only"
    )
    parser.add_argument("--judged", action="store_true", help="let the chat model judge the evidence, too")
    parser.add_argument("--data-dir", type=Path, help="where the indexes are kept")
    given = parser.parse_args()
    rows: list[tuple[str, str, bool, dict[str, float]]] = []
    for name, cases, documents in _sets(given):
        settings = load_settings(
            chat_model="" if given.judged else "none",
            data_dir=(given.data_dir or load_settings().cache_dir / "answerability") / name,
        )
        with PolicyBot(settings) as bot:
            bot.index(documents)
        models = Models(settings)
        with closing(Serving.open(current(settings.data_dir), settings, models)) as serving:
            for case in cases:
                if found := _signs(serving.answering(), case, models.matcher()):
                    rows.append((name, case.id, case.answerable, found))
    _report(rows)


def _sets(given: argparse.Namespace) -> Iterator[tuple[str, list[Case], Path]]:
    place = (given.data_dir or load_settings().cache_dir / "answerability") / "documents"
    if given.clapnq:
        questions = _by_hash(_lines(given.sets / "clapnq_dev" / "questions.jsonl"))
        chosen = [q for want in (True, False) for q in _of(questions, want)[: given.clapnq // 2]]
        _write(_lines(given.sets / "clapnq_dev" / "corpus.jsonl"), place / "clapnq", "en")
        yield "clapnq", [Case(q["qid"], q["question"], (), q["answerable"]) for q in chosen], place / "clapnq"
    if given.rgb:
        rows = {row["doc_id"]: row for row in _lines(given.sets / "rgb" / "corpus.jsonl")}
        native = _by_hash(_lines(given.sets / "rgb" / "rgb_native.jsonl"))
        cases: list[Case] = []
        for q in [q for q in native if q["qid"].startswith("rgb-zh_refine")][: given.rgb // 2]:
            right, wrong = q["positives"][:_RIGHT], q["negatives"][:_WRONG]
            _write([rows[id_] for id_ in right + wrong], place / "rgb", "zh")
            names = [f"{id_}.md" for id_ in right + wrong]
            cases.append(Case(q["qid"], q["question"], (), True, tuple(names)))
            cases.append(Case(q["qid"], q["question"], (), False, tuple(names[len(right) :])))
        yield "rgb", cases, place / "rgb"
    if given.policy:
        asked = [q for q in _lines(given.sets / "policy" / "questions.jsonl") if q["kind"] != "adversarial"]
        yield (
            "policy",
            [Case(q["qid"], q["question"], _turns(q["history"]), q["answerable"]) for q in asked],
            given.policy,
        )


def _signs(answering: Answering, case: Case, matcher: TokenMatcher) -> dict[str, float]:
    """The signs of a case as numbers; empty when nothing is found or the question wants more than a fact."""
    query = answering.understood(case.question, case.history, Filter(documents=case.documents))
    query, hits = answering.found(query, limit=_HITS)
    plan = answering.answerer._plan(query, hits, case.history[-2:])
    if not plan.evidence or plan.certain:
        return {}
    judged = answering.writer.judged(query, plan.evidence, case.history[-2:]) if answering.writer else None
    names = len(answering.answerer._missing(query, plan.hits))
    found = signs(
        query,
        plan.hits,
        plan.evidence,
        matcher=matcher,
        glosser=answering.glosser,
        names_missing=names,
        judged=judged,
    )
    return dict(as_row(found))


def _report(rows: Sequence[tuple[str, str, bool, dict[str, float]]]) -> None:
    for reranked in (True, False):
        group = [row for row in rows if ("matched" in row[3]) == reranked]
        if not group:
            continue
        _say("\nread by a reranker" if reranked else "\nread by none", len(group), "questions")
        names = [name for name in group[0][3] if name not in ("constant", "names_missing")]
        for name in names:
            told = [(set_name, _auroc([r for r in group if r[0] == set_name], name)) for set_name in _names(group)]
            _say(f"  AUROC of {name:10}", *(f"{set_name} {value:.3f}" for set_name, value in told))
        public = [row for row in group if row[0] != "policy"]
        fitted = [row for row in public if _half(row[1])]
        if len({row[2] for row in fitted}) < 2:
            continue
        weights = _fit(fitted, names)
        _say("  weights", dict(zip(["constant", *names], weights.round(2).tolist(), strict=True)))
        for set_name in _names(group):
            rest = [row for row in group if row[0] == set_name and (set_name == "policy" or not _half(row[1]))]
            likely = 1 / (1 + np.exp(-_matrix(rest, names) @ weights))
            for bound in (0.4, 0.5, 0.6):
                _say(f"  {set_name} below {bound}:", _refusals([row[2] for row in rest], likely < bound))


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def _refusals(answerable: Sequence[bool], refused: np.ndarray) -> str:
    right = int((~np.array(answerable) & refused).sum())
    wanted = len(answerable) - sum(answerable)
    return f"precision {right / max(refused.sum(), 1):.2f}, recall {right / max(wanted, 1):.2f} of {len(answerable)}"


def _fit(rows: Sequence[tuple[str, str, bool, dict[str, float]]], names: Sequence[str]) -> np.ndarray:
    """Logistic regression with a squared penalty on all weights but the constant, by Newton's method."""
    matrix, wanted = _matrix(rows, names), np.array([row[2] for row in rows], dtype=float)
    weights = np.zeros(matrix.shape[1])
    penalty = _PENALTY * len(rows) * np.eye(len(weights))
    penalty[0, 0] = 1e-9
    for _ in range(100):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (likely - wanted) + penalty @ weights
        weights -= np.linalg.solve((matrix * (likely * (1 - likely))[:, None]).T @ matrix + penalty, slope)
    return weights


def _matrix(rows: Sequence[tuple[str, str, bool, dict[str, float]]], names: Sequence[str]) -> np.ndarray:
    return np.array([[1.0, *(row[3][name] for name in names)] for row in rows]).reshape(len(rows), 1 + len(names))


def _auroc(rows: Sequence[tuple[str, str, bool, dict[str, float]]], name: str) -> float:
    right, wrong = (np.array([row[3][name] for row in rows if row[2] == want]) for want in (True, False))
    if not len(right) or not len(wrong):
        return float("nan")
    return float((right[:, None] > wrong).mean() + 0.5 * (right[:, None] == wrong).mean())


def _names(rows: Sequence[tuple[str, str, bool, dict[str, float]]]) -> list[str]:
    return sorted({row[0] for row in rows})


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def _by_hash(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(questions, key=lambda q: hashlib.sha256(q["qid"].encode()).hexdigest())


def _of(questions: Sequence[dict[str, Any]], answerable: bool) -> list[dict[str, Any]]:
    return [q for q in questions if q["answerable"] == answerable]


def _half(id_: str) -> bool:
    return random.Random(id_).random() < 0.5


def _turns(history: Sequence[dict[str, str]]) -> tuple[Turn, ...]:
    return tuple(Turn("user" if turn["role"] == "user" else "assistant", turn["content"]) for turn in history)


def _write(rows: Sequence[dict[str, Any]], folder: Path, language: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        title = json.dumps(" ".join((row["title"] or row["doc_id"]).split()), ensure_ascii=False)
        path = folder / f"{row['doc_id'].replace('/', '_')}.md"
        path.write_text(f"---\ntitle: {title}\nlanguage: {language}\n---\n\n{row['text']}", encoding="utf-8")


if __name__ == "__main__":
    main()
