# ruff: noqa: E501, T201 (it prints its figures)
"""Fits the probability that the check gives a sentence, and measures it on what it was not fitted on.

    python benchmarks/train_checker.py ../shared/eval documents [--write]

``tokens``: responses of mtrag_faithfulness with people's votes on whether they are grounded. Each sentence of a response
has features; the logit is linear in them, so a response's logit, the mean of its sentences' logits weighted by their
words, is linear in the weighted means of the features, and that is what is fitted. Responses over the same passages are
in one fold, so that no context is seen in fitting and in testing. ``words`` (Chinese, and English without a token
matcher) is fitted likewise without the matches. ``across``: the translations of retold.jsonl; a sentence is supported by the
sentences around its original, and not once the original is taken out. Folds are of documents.

With --write the coefficients, fitted on everything, replace src/policybot/checking/coefficients.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from changed_sentences import evidence_of, retold_cases
from numpy.typing import NDArray

import policybot.checking
from policybot.checking import Checker
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import load_settings
from policybot.text.sentences import clause_spans
from policybot.text.tokens import content_tokens

FOLDS = 5
RIDGE = 1.0
"""Strength of the penalty on the weights, of features scaled to unit variance."""

Rows = tuple[NDArray[np.float64], NDArray[np.bool_], list[str]]
"""Features, whether supported, and the group that must stay in one fold."""


def main() -> None:
    """Gather, measure by folds, and fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    cache = load_settings().cache_dir
    multilingual = E5Small(cache)
    matching = Checker(multilingual=multilingual, matcher=ColbertSmall(cache))
    responses = arguments.sets / "mtrag_faithfulness" / "groundedness.jsonl"
    matched = grounded(responses, matching)
    gathered = {
        "tokens": matched,
        "words": (matched[0] * [1, 0, 0, 1, 1], *matched[1:]),
        "across": across(arguments.documents, matching),
    }
    report(gathered)
    if arguments.write:
        path = Path(policybot.checking.__file__).with_name("coefficients.json")
        fitted = {kind: [round(float(w), 3) for w in fit(x, y)] for kind, (x, y, _) in gathered.items()}
        path.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def grounded(path: Path, checker: Checker) -> Rows:
    """A row for each response that has passages: the mean features of its sentences, weighted by their words."""
    rows, labels, groups = [], [], []
    for line in path.open(encoding="utf-8"):
        response = json.loads(line)
        spans = clause_spans(response["response"])
        if response["grounded"] is None or not spans:
            continue
        evidence = [evidence_of("", passage[s:e]) for passage in response["context"] for s, e in clause_spans(passage)]
        sentences = [response["response"][s:e] for s, e in spans]
        values = [checker.features(sentence, "en", evidence).values for sentence in sentences]
        rows.append(np.average(values, axis=0, weights=[len(content_tokens(s)) + 1 for s in sentences]))
        labels.append(bool(response["grounded"]))
        groups.append(" ".join(sorted(map(str, response["context_ids"]))) or response["id"].split("|")[0])
    return np.array(rows), np.array(labels), groups


def across(documents: Path, checker: Checker) -> Rows:
    """Two rows for each translation: with its original among the evidence, and without."""
    rows, labels, groups = [], [], []
    for case in retold_cases(documents):
        if case.origin != "translation":
            continue
        without = tuple(e for e in case.evidence if e.text != case.original)
        for evidence, supported in ((case.evidence, True), (without, False)):
            other = [e for e in evidence if e.hit.passage.language != case.language]
            rows.append(checker.features(case.sentence, case.language, other).values)
            labels.append(supported)
            groups.append(case.document)
    return np.array(rows), np.array(labels), groups


def fit(x: NDArray[np.float64], y: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method: intercept, then a weight for each column of ``x``.

    Columns that never vary get the weight 0.
    """
    mean, scale = x.mean(axis=0), x.std(axis=0)
    varies = scale > 1e-9
    design = np.hstack([np.ones((len(x), 1)), np.where(varies, (x - mean) / np.where(varies, scale, 1), 0)])
    penalty = np.diag([0.0, *[RIDGE] * x.shape[1]])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (y - p) - penalty @ weights
        hessian = (design * (p * (1 - p))[:, None]).T @ design + penalty + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.max(np.abs(step)) < 1e-8:
            break
    slopes = np.where(varies, weights[1:] / np.where(varies, scale, 1), 0)
    return np.array([weights[0] - slopes @ mean, *slopes])


def held_out(rows: Rows, *, seed: int = 0) -> NDArray[np.float64]:
    """The probability of each row by a model that was fitted without its fold."""
    x, y, groups = rows
    names = sorted(set(groups))
    np.random.default_rng(seed).shuffle(names)
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    folds = np.array([fold[group] for group in groups])
    p = np.zeros(len(y))
    for number in range(FOLDS):
        weights = fit(x[folds != number], y[folds != number])
        p[folds == number] = 1 / (1 + np.exp(-(weights[0] + x[folds == number] @ weights[1:])))
    return p


def auroc(y: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Share of (supported, not) pairs that the scores order rightly; ties count half. Hanley & McNeil 1982."""
    good, bad = scores[y], scores[~y]
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean())


def report(gathered: dict[str, Rows]) -> None:
    """Print how each kind orders, and how its probabilities hold, on what it was not fitted on."""
    for kind, rows in gathered.items():
        x, y, _ = rows
        runs = [held_out(rows, seed=seed) for seed in range(10)]
        areas = [auroc(y, p) for p in runs]
        p = np.mean(runs, axis=0)
        balanced = float((np.mean(p[y] >= 0.5) + np.mean(p[~y] < 0.5)) / 2)
        print(
            f"{kind}: {len(y)} rows, {int((~y).sum())} not supported; AUROC {np.mean(areas):.3f} ({min(areas):.3f} to {max(areas):.3f}"
        )
        print(f"  over 10 ways to fold); first feature alone {auroc(y, x[:, 0]):.3f}; balanced accuracy at 0.5 {balanced:.3f}; "
              f"expected calibration error {calibration_error(y, p):.3f}")  # fmt: skip


def calibration_error(y: NDArray[np.bool_], p: NDArray[np.float64], bins: int = 10) -> float:
    """Mean difference of probability and frequency over bins of equal width, weighted by their size."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[place == b].mean() - y[place == b].mean()) * (place == b).mean() for b in set(place)))


if __name__ == "__main__":
    main()
