"""Fits the weights of the signs by which sentences are ranked, and says how well they do on sets they did not see.

    python benchmarks/sentence_weights.py gather ../shared/eval --out build/sentence_weights
    python benchmarks/sentence_weights.py fit build/sentence_weights

``gather`` searches for the questions on which numbers are chosen (``policybot.calibration``) and keeps of each the
signs of its most promising sentences, read by the evidence reader, and which pieces of the evidence each holds
(``policybot.evaluation.sentences``): one JSON line a question.

``fit`` prints

- the weights: a conditional logit, that is those for which the right sentences among those of a question are likeliest
  together, every set weighing the same; in logits of the reader, and once more with each set left out,
- what they find in the set left out: a right sentence first and among five, and the share of the evidence in the first
  passage and the first five, ranked by their best sentences alone,
- the same over the number of sentences that the reader reads, with the weights of ``policybot.calibration``,
- the slope and the middle of the logistic function that makes a probability of the sum, with these weights, too: by
  logistic regression of whether a sentence that was read is right; and how often the best sentence is right, by its
  probability.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from opened import OpenedSet, opened, set_of, to_choose_on

from policybot.calibration import (
    SENTENCE_FOREIGN,
    SENTENCE_MIDDLE,
    SENTENCE_NEARNESS,
    SENTENCE_SLOPE,
    SENTENCE_WORDS,
    SENTENCES_READ,
)
from policybot.domain import Evidence
from policybot.evaluation.datasets import Question
from policybot.evaluation.sentences import SentenceMeasures
from policybot.searching import Query, SentenceScorer

Numbers = NDArray[np.float64]

OWN_SETS = Path(__file__).parent
"""Where the project's own sets are: ``circumstances``."""

SETS = {
    "policy": 200, "policy_b": 200, "reports": 200, "circumstances": 200, "rgb": 80, "clapnq_dev": 60, "doc2dial": 100,
}  # fmt: skip
"""Sets and most questions of each, spread evenly over it."""

FIRST, OF_EACH_LANGUAGE = 80, 20
"""Sentences of a question that are read: the first by the other signs, and among them the first of each language."""

HITS = 20
"""Passages asked of the search, as in ``policybot eval retrieval``."""

SIGNS = ("near", "words", "logit", "foreign")
CHOSEN = np.array([SENTENCE_NEARNESS, SENTENCE_WORDS, 1.0, SENTENCE_FOREIGN])
READ = SIGNS.index("logit")

PENALTY = 1e-3
"""Squared penalty on each weight of the signs brought to a deviation of 1, beside a mean over the questions' sets."""

NUMBERS_READ = (0, 12, 16, 20, 24, 30, 40, 60)
WIDTHS = ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))


class Signs(NamedTuple):
    """What a ranking weighed: the clauses, and of each the signs, shape (clauses, 4), in the order of ``SIGNS``."""

    clauses: Sequence[Evidence]
    values: Numbers


@dataclass(frozen=True)
class Sample:
    """A question with the signs of its sentences.

    Attributes:
        pieces: Pieces of the evidence that are in the text of right documents; 0 where nothing answers.
        values: Of each sentence its signs, in the order of ``SIGNS``.
        holds: Of each sentence the pieces it holds, by place.
        passages: Of each sentence the id of its passage.
    """

    set: str
    id: str
    pieces: int
    values: Sequence[Sequence[float]]
    holds: Sequence[Sequence[int]]
    passages: Sequence[str]

    @property
    def signs(self) -> Numbers:
        """The signs, shape (sentences, 4)."""
        return np.array(self.values, dtype=np.float64).reshape(-1, len(SIGNS))

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each sentence holds any evidence, shape (sentences,)."""
        return np.array([bool(each) for each in self.holds], dtype=bool)


def main() -> None:
    """Gather or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    gather = tasks.add_parser("gather", help="ask the questions and keep the signs")
    gather.add_argument("sets", type=Path, help="folder of the evaluation sets")
    gather.add_argument("--out", type=Path, required=True, help="folder for the signs")
    gather.add_argument("--only", nargs="*", default=list(SETS), choices=list(SETS), help="sets to ask")
    gather.add_argument("--questions", type=int, help="most questions of each set")
    gather.add_argument("--data-dir", type=Path, help="where the indexes are kept")
    fit = tasks.add_parser("fit", help="fit, and print figures")
    fit.add_argument("signs", type=Path, help="folder that gather wrote")
    given = parser.parse_args()
    if given.task == "fit":
        _fit_all(_read(given.signs))
        return
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.only:
        with (given.out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for sample in _of_set(given, name):
                file.write(json.dumps(asdict(sample), ensure_ascii=False) + "\n")
                file.flush()


# Gathering


def _of_set(given: argparse.Namespace, name: str) -> Iterator[Sample]:
    own = OWN_SETS / name
    found = set_of(own if own.is_dir() else given.sets / name)
    found = replace(found, questions=to_choose_on(found)).sample(given.questions or SETS[name])
    measures = SentenceMeasures(found.corpus)
    weighed: list[Signs] = []
    with (
        opened(found, data_dir=given.data_dir) as each,
        patch.object(SentenceScorer, "_probabilities", _noting(weighed, SentenceScorer._probabilities)),
    ):
        for question in found.questions:
            weighed.clear()
            each.bot.search(question.text, history=question.history, limit=HITS)
            if weighed:
                # What is ranked after the first ranking, which is of all documents, is of some of them.
                yield _sample(each, measures, question, weighed[0])


def _noting(
    weighed: list[Signs], probabilities: Callable[[SentenceScorer, Query, Sequence[Evidence]], Numbers]
) -> Callable[[SentenceScorer, Query, Sequence[Evidence]], Numbers]:
    """``SentenceScorer._probabilities``, which also notes what it weighs."""

    def noting(scorer: SentenceScorer, query: Query, clauses: Sequence[Evidence]) -> Numbers:
        weighed.append(_signs(scorer, query, clauses))
        return probabilities(scorer, query, clauses)

    return noting


def _signs(scorer: SentenceScorer, query: Query, clauses: Sequence[Evidence]) -> Signs:
    """The signs of the most promising clauses."""
    values = np.zeros((len(clauses), len(SIGNS)))
    languages = np.array([each.hit.passage.language for each in clauses])
    for language in sorted(set(languages)):
        places = np.flatnonzero(languages == language)
        group = [clauses[i] for i in places]
        values[places, SIGNS.index("near")] = scorer._nearness(query, language, group)
        values[places, SIGNS.index("words")] = scorer._shared_words(query, language, group)
        values[places, SIGNS.index("foreign")] = language != query.language
    order = np.argsort(-values @ CHOSEN, kind="stable")
    of_each = [i for language in sorted(set(languages)) for i in order[languages[order] == language][:OF_EACH_LANGUAGE]]
    read = list(dict.fromkeys([*order[:FIRST].tolist(), *map(int, of_each)]))
    promising = [clauses[i] for i in read]
    values = values[read]
    values[:, READ] = scorer._logits(query, promising)
    return Signs(promising, values)


def _sample(each: OpenedSet, measures: SentenceMeasures, question: Question, weighed: Signs) -> Sample:
    ids = {name: id_ for id_, name in each.names.items()}
    right = question.right_documents
    pieces = [places for text in question.gold_evidence if (places := measures._places(text, right))]
    holds = []
    for clause in weighed.clauses:
        document = ids.get(clause.hit.passage.document, clause.hit.passage.document)
        places = measures._places(clause.text, [document]) if document in right else []
        holds.append([i for i, piece in enumerate(pieces) if places and measures._holds(places, piece)])
    values = [[round(float(value), 6) for value in row] for row in weighed.values]
    passages = [clause.hit.passage.id for clause in weighed.clauses]
    return Sample(each.set.name, question.id, len(pieces), values, holds, passages)


def _read(folder: Path) -> list[Sample]:
    paths = sorted(folder.glob("*.jsonl"))
    return [Sample(**json.loads(line)) for path in paths for line in path.open(encoding="utf-8")]


# Fitting


def _fit_all(samples: Sequence[Sample]) -> None:
    sets = sorted({each.set for each in samples})
    asked = [each for each in samples if each.pieces]
    _say(f"{len(samples)} questions, {len(asked)} with evidence in the text, {sum(map(_tells, asked))} to fit on\n")
    _say("| set left out | near | words | foreign | questions | hit@1 | hit@5 | evidence@1 | evidence@5 |")
    _say("|---|---|---|---|---|---|---|---|---|")
    for name in sets:
        others, own = ([each for each in asked if (each.set == name) is kept] for kept in (False, True))
        if own and any(map(_tells, others)):
            weights = _fit(others)
            shown = " | ".join(f"{value:.2f}" for value in np.delete(weights, READ))
            _say(f"| {name} | {shown} | {len(own)} | {_shown(_found(own, lambda each, w=weights: each.signs @ w))} |")
    _say(f"| none | {' | '.join(f'{value:.2f}' for value in np.delete(_fit(asked), READ))} | {len(asked)} | | | | |\n")
    _say("| read | " + " | ".join(f"{name} hit@1 / hit@5" for name in sets) + " | mean |")
    _say("|---|" + "---|" * (len(sets) + 1))
    for number in NUMBERS_READ:
        by_set = {
            name: _found([each for each in asked if each.set == name], lambda each, n=number: _read_first(each, n)[0])
            for name in sets
        }
        hits = [values[:2] for values in by_set.values()]
        _say(f"| {number} | " + " | ".join(f"{a:.3f} / {b:.3f}" for a, b in [*hits, np.mean(hits, axis=0)]) + " |")
    _calibrate(samples)


def _tells(sample: Sample) -> bool:
    """Whether some of the question's sentences are right, and others not."""
    return bool(sample.right.any()) and not bool(sample.right.all())


def _fit(samples: Sequence[Sample]) -> Numbers:
    """The weights of the signs, in logits of the reader: the conditional logit, by expectation and maximisation.

    The likelihood of a question is the sum over its right sentences of the softmax over all of them.
    """
    used = [each for each in samples if _tells(each)]
    shares = _shares(used)
    spread = np.concatenate([each.signs for each in used]).std(axis=0) + 1e-9
    scaled = [each.signs / spread for each in used]
    weights = np.zeros(len(SIGNS))
    for _ in range(200):
        slope, bend = 2 * PENALTY * weights, 2 * PENALTY * np.eye(len(SIGNS))
        for sample, signs, share in zip(used, scaled, shares, strict=True):
            sums = signs @ weights
            likely = np.exp(sums - sums.max())
            likely /= likely.sum()
            among_right = likely * sample.right / (likely @ sample.right)
            mean = likely @ signs
            slope += share * (mean - among_right @ signs)
            bend += share * ((signs.T * likely) @ signs - np.outer(mean, mean))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    found: Numbers = weights / spread
    return found / found[READ]


def _shares(samples: Sequence[Sample]) -> list[float]:
    """The weight of each question, so that sets weigh the same."""
    sizes = Counter(each.set for each in samples)
    return [1 / sizes[each.set] for each in samples]


def _found(samples: Sequence[Sample], scores: Callable[[Sample], Numbers]) -> Numbers:
    """A right sentence first and among five, and the evidence in the first passage and in five: means, shape (4,)."""
    rows = []
    for each in samples:
        order = np.argsort(-scores(each), kind="stable")
        held: dict[str, set[int]] = {}
        for i in order:
            held.setdefault(each.passages[i], set()).update(each.holds[i])
        passages = list(held.values())
        recalls = [len(set().union(*passages[:k])) / each.pieces for k in (1, 5)]
        rows.append([*(bool(each.right[order[:k]].any()) for k in (1, 5)), *recalls])
    means: Numbers = np.mean(np.array(rows, dtype=np.float64).reshape(-1, 4), axis=0)
    return means


def _read_first(sample: Sample, number: int) -> tuple[Numbers, NDArray[np.intp]]:
    """The sums when the reader reads so many sentences, the others behind them; and the places of those read."""
    signs = sample.signs
    first = np.delete(signs, READ, axis=1) @ np.delete(CHOSEN, READ)
    order = np.argsort(-first, kind="stable")
    read, rest = order[:number], order[number:]
    sums = first.copy()
    sums[read] += signs[read, READ]
    if len(read) and len(rest):
        sums[rest] += min(0.0, float(np.min(sums[read]) - np.max(first[rest])))
    return sums, read


def _calibrate(samples: Sequence[Sample]) -> None:
    """Print the logistic function of the sums, and how often the best sentence is right by its probability."""
    sums: list[float] = []
    right: list[bool] = []
    shares: list[float] = []
    best: list[tuple[float, bool]] = []
    for each, share in zip(samples, _shares(samples), strict=True):
        values, read = _read_first(each, SENTENCES_READ)
        if not len(read):
            continue
        sums += values[read].tolist()
        right += each.right[read].tolist()
        shares += [share] * len(read)
        first = int(read[np.argmax(values[read])])
        best.append((float(values[first]), bool(each.right[first])))
    slope, middle = _logistic(np.array(sums), np.array(right, dtype=np.float64), np.array(shares))
    _say(f"\nslope {slope:.3f}, middle {middle:.2f}; in use {SENTENCE_SLOPE}, {SENTENCE_MIDDLE}\n")
    _say("| probability of the best sentence | questions | right |")
    _say("|---|---|---|")
    totals = np.array([total for total, _ in best])
    likely, held = 1 / (1 + np.exp(-SENTENCE_SLOPE * (totals - SENTENCE_MIDDLE))), np.array([r for _, r in best])
    for low, high in WIDTHS:
        within = (likely >= low) & (likely < high)
        share_right = f"{held[within].mean():.2f}" if within.any() else "–"
        _say(f"| {low} to {min(high, 1.0)} | {int(within.sum())} | {share_right} |")


def _logistic(values: Numbers, right: Numbers, shares: Numbers) -> tuple[float, float]:
    """The slope and the middle of the logistic regression, by Newton's method."""
    mean = float(np.average(values, weights=shares))
    matrix = np.stack([values - mean, np.ones_like(values)], axis=1)
    weights = np.zeros(2)
    for _ in range(60):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        bend = (matrix.T * (shares * likely * (1 - likely) + 1e-12)) @ matrix
        weights += np.linalg.solve(bend, matrix.T @ (shares * (right - likely)))
    return float(weights[0]), mean - float(weights[1] / weights[0])


def _shown(means: Numbers) -> str:
    return " | ".join(f"{value:.3f}" for value in means)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
