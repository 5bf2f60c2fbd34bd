"""Train the classifier of questions: `python benchmarks/train_screening.py [FOLDER_OF_QUESTIONS ...] [--write]`.

It reads screening_questions.jsonl, beside it: questions written for this purpose, one a line, with ``kind``,
``language``, ``text`` and ``wording``. Lines of one wording differ in their subject only and are never parted: in each
of the five folds every question is judged by a classifier that has not seen its wording.

The threshold is the lowest at which no more than 1 % of the ordinary questions in the file, half of which were written
to be mistaken, would be declined when unseen. Folders hold a ``questions.jsonl`` whose lines have a ``question``;
they are measured and never trained on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policybot import load_settings
from policybot.models.embedding import E5Small
from policybot.screening.classifier import KINDS, Classifier, row
from policybot.screening.cues import normalised
from policybot.screening.screener import Screener

HERE = Path(__file__).parent
COEFFICIENTS = HERE.parent / "src" / "policybot" / "screening" / "coefficients.json"

FOLDS = 5
FALSE_ALARMS = 0.01
STEPS, RATE, PENALTY = 400, 0.05, 1.0  # of Adam; half the squared weights times the penalty, divided by the examples


def main() -> None:
    """Cross-validate, train on everything, measure on the folders, write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="Folders with a questions.jsonl to measure on.")
    parser.add_argument("--write", action="store_true", help=f"Write {COEFFICIENTS.name}.")
    arguments = parser.parse_args()
    lines = [json.loads(line) for line in (HERE / "screening_questions.jsonl").read_text("utf-8").splitlines()]
    embedder = E5Small(load_settings().cache_dir)
    texts = [normalised(line["text"]) for line in lines]
    vectors = np.array([embedder.embed_query(text) for text in texts])
    centre = vectors.mean(axis=0)
    rows = np.array([row(text, vector, centre) for text, vector in zip(texts, vectors, strict=True)])
    kinds = np.array([KINDS.index(line["kind"]) for line in lines])
    threshold = _cross_validated(rows, kinds, np.array([line["wording"] for line in lines]), lines)
    weights, bias = _trained(rows, kinds)
    if arguments.write:
        _write(centre, weights, bias, threshold)
    for folder in arguments.folders:
        _measure(folder, Screener(multilingual=embedder))


def _cross_validated(
    rows: NDArray[np.float32], kinds: NDArray[np.int64], wordings: NDArray[np.int64], lines: list[dict[str, str]]
) -> float:
    """The threshold; prints how well unseen wordings are told apart with it."""
    folds = np.random.default_rng(0).integers(0, FOLDS, wordings.max() + 1)[wordings]
    found = np.zeros((len(rows), len(KINDS)))
    for fold in range(FOLDS):
        unseen = folds == fold
        classifier = Classifier(np.zeros(0), *_trained(rows[~unseen], kinds[~unseen]), 0.0)
        scores = rows[unseen] @ classifier.weights.T + classifier.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        found[unseen] = odds / odds.sum(axis=1, keepdims=True)
    declined = 1 - found[:, 0]
    threshold = float(np.ceil(np.quantile(declined[kinds == 0], 1 - FALSE_ALARMS) * 100) / 100)
    print(f"{len(rows)} questions in {len(set(wordings))} wordings, threshold {threshold}")  # noqa: T201
    named = found[:, 1:].argmax(axis=1) + 1
    languages = np.array([line["language"] for line in lines])
    for place, kind in enumerate(KINDS):
        for language in ("en", "zh"):
            here = (kinds == place) & (languages == language)
            caught = here & (declined >= threshold)
            right = (caught & (named == place)).sum() / here.sum()
            print(f"{kind} {language}: {here.sum()}, declined {caught.sum() / here.sum():.3f}, as such {right:.3f}")  # noqa: T201
    return threshold


def _trained(rows: NDArray[np.float32], kinds: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of the regression, by Adam over all examples at once: always the same."""
    wanted = np.eye(len(KINDS), dtype=np.float32)[kinds]
    extended = np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])
    weights = np.zeros((len(KINDS), extended.shape[1]), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = extended @ weights.T
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        gradient = (odds / odds.sum(axis=1, keepdims=True) - wanted).T @ extended
        gradient[:, :-1] += PENALTY * weights[:, :-1]
        gradient /= len(rows)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        rate = RATE * (1 - step / STEPS)
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights[:, :-1], weights[:, -1]


def _measure(folder: Path, screener: Screener) -> None:
    """Print what becomes of the questions of a folder, and each that is not passed on as it is."""
    lines = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    found = [screener.screen(line["question"], line.get("lang", "")) for line in lines]
    print(f"\n{folder.name}: {len(lines)}, {dict(Counter(str(each.kind) for each in found))}")  # noqa: T201
    for line, each in zip(lines, found, strict=True):
        if each.kind is not None or each.question != line["question"]:
            cut = "" if each.kind else f" -> {each.question}"
            print(f"  {each.score:.2f} {each.kind} [{line.get('kind', '')}]: {line['question']}{cut}")  # noqa: T201


def _write(
    centre: NDArray[np.float32], weights: NDArray[np.float32], bias: NDArray[np.float32], threshold: float
) -> None:
    def rounded(values: NDArray[np.float32]) -> list[float]:
        return [float(f"{value:.3g}") for value in values]

    values = {
        "threshold": threshold,
        "bias": rounded(bias),
        "centre": rounded(centre),
        "weights": [rounded(each) for each in weights],
    }
    COEFFICIENTS.write_text(json.dumps(values, separators=(",", ":")).replace(".0,", ",") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
