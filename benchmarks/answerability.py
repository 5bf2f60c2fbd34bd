"""Fits the model that says whether the documents answer a question, and says how well it does on sets it did not see.

    python benchmarks/answerability.py gather ../shared/eval --out build/answerability
    python benchmarks/answerability.py fit build/answerability --write

``gather`` asks the questions on which numbers are chosen (``policybot.calibration``) and keeps the features of each
case, one JSON line each. A case is a question over all documents of its set; over those without the ones that answer it
(``without``); of rgb over its right and wrong passages, and over the wrong ones; and over an index of one document
alone, its own or another (``alone``). Answerable is a case whose evidence holds a gold sentence or the answer;
unanswerable one that the set calls so or whose documents were taken away. What is neither, since the search found
something else, is left out, and so are questions that take something false for granted.

``fit`` fits one logistic regression over all sets, signs held where they must be, and prints precision and recall of
refusals and AUROC for each set by the model fitted on the others, the same at other bounds, and the answerable cases of
each set that are refused. ``--write`` writes the weights beside the code.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from opened import OpenedSet, opened, set_of, to_choose_on

from policybot import Filter, load_settings
from policybot.answering import answerability
from policybot.answering.answerability import AnswerabilityFeatures, as_row, coefficients
from policybot.answering.case import Case
from policybot.answering.gates.assessment import Assessment
from policybot.bot.conversing import HITS
from policybot.calibration import ANSWERABLE_FROM
from policybot.domain import Evidence
from policybot.evaluation.datasets import Question

WEIGHTS = Path(answerability.__file__).with_suffix(".json")

SETS = {"policy": 200, "policy_b": 200, "reports": 200, "clapnq_dev": 200, "doc2dial": 80, "rgb": 90}
"""Sets and most questions of each: those whose ids' hashes come first."""

ONLY_LEFT_OUT = ("rgb",)
"""Sets on which the model is tried and not fitted: the wrong passages of rgb were chosen to look like answers, so that
nothing measured here tells them from right ones, and a model fitted on it does worse on the others."""

TAKEN_AWAY = ("policy", "policy_b", "reports", "doc2dial")
"""Sets with few unanswerable questions: each is asked again without the documents that answer it."""

ALONE = ("policy", "policy_b", "reports", "clapnq_dev")
RIGHT, WRONG = 3, 10
"""Passages of rgb that a question is asked over."""

PENALTY = 0.005
"""Squared penalty on each weight but the constant, as a share of the cases."""

SHARES = {True: 2 / 3, False: 1 / 3}
"""Weight of all answerable and of all unanswerable cases of a set: who asks a library has reason to hope for an answer.
In policy, policy_b and reports nine questions in ten are answerable, in clapnq_dev one in two."""

RISING = ("sentence", "passage", "matched")
FALLING = ("years_missing",)
GIVEN = ("names_missing", "judged", "not_judged", "not_matched")
"""Weights that must be positive, and negative; and those that are kept: too few cases have what they weigh."""


@dataclass(frozen=True)
class Sample:
    """A question as it was asked, with what is right and what the features are.

    Attributes:
        how: ``whole``, ``without`` or ``alone``.
        answerable: None where it cannot be told.
    """

    set: str
    id: str
    how: str
    language: str
    answerable: bool | None
    features: AnswerabilityFeatures


def main() -> None:
    """Gather or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    gather = tasks.add_parser("gather", help="ask the questions and keep the features")
    gather.add_argument("sets", type=Path, help="folder of the evaluation sets")
    gather.add_argument("--out", type=Path, required=True, help="folder for the features")
    gather.add_argument("--only", nargs="*", default=[*SETS, "alone"], help="sets to ask")
    gather.add_argument("--data-dir", type=Path, help="where the indexes are kept")
    gather.add_argument("--judged", action="store_true", help="let the chat model judge the evidence, too: 5 s a case")
    fit = tasks.add_parser("fit", help="fit, and print figures")
    fit.add_argument("features", type=Path, help="folder that gather wrote")
    fit.add_argument("--write", action="store_true", help=f"write the weights to {WEIGHTS.name}")
    given = parser.parse_args()
    if given.task == "fit":
        _fit_all(_read(given.features), write=given.write)
        return
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.only:
        cases = _alone(given) if name == "alone" else _of_set(given, name)
        with (given.out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for case in cases:
                file.write(json.dumps(asdict(case), ensure_ascii=False) + "\n")
                file.flush()


# Gathering


def _of_set(given: argparse.Namespace, name: str) -> Iterator[Sample]:
    found = set_of(given.sets / name)
    asked = _first(to_choose_on(found), SETS[name])
    if name == "rgb":
        wrong = {q.id: q.documents[:WRONG] for q in _negatives(given.sets / name)}
        asked = [replace(q, documents=(*q.gold_documents[:RIGHT], *wrong[q.id])) for q in asked if q.id in wrong]
        found = replace(found, questions=tuple(asked)).with_needed_documents()
    with opened(found, data_dir=given.data_dir, **_chat_model(given)) as each:
        for question in asked:
            yield from _case(each, question, each.filter(question), name, "whole", answerable=question.answerable)
            if name in TAKEN_AWAY or name == "rgb":
                gold = (*question.gold_documents, *(question.alternative_documents or ()))
                without = each.filter(question, without=gold)
                if question.answerable and gold and without.documents:
                    yield from _case(each, question, without, name, "without", answerable=False)


def _alone(given: argparse.Namespace) -> Iterator[Sample]:
    """Each document alone, asked what it answers and, as often, what another one answers."""
    for name in ALONE:
        found = set_of(given.sets / name)
        asked = [q for q in _first(to_choose_on(found), SETS[name]) if q.answerable and len(q.gold_documents) == 1]
        documents = {each.id: each for each in found.corpus.documents}
        ids = sorted({q.gold_documents[0] for q in asked})
        for place, id_ in enumerate(ids):
            corpus = replace(found.corpus, name=f"alone-{name}", documents=(documents[id_],), folder=None)
            other = ids[place - 1]
            with opened(replace(found, corpus=corpus), data_dir=given.data_dir, **_chat_model(given)) as each:
                for question in asked:
                    if question.gold_documents[0] in (id_, other):
                        own = question.gold_documents[0] == id_
                        yield from _case(each, question, Filter(), "alone", f"alone, {name}", answerable=own)


def _chat_model(given: argparse.Namespace) -> dict[str, str]:
    return {"chat_model": load_settings().chat_model} if given.judged else {}


def _case(
    each: OpenedSet, question: Question, allowed: Filter, name: str, how: str, *, answerable: bool
) -> Iterator[Sample]:
    """The case, unless nothing is found, more than a fact is wanted, or something false is taken for granted."""
    if question.type in ("false-premise", "adversarial"):
        return
    with each.bot._in_use.lease() as serving:
        answerer = serving.answering().answerer
        assessment = next(gate for gate in answerer._gates if isinstance(gate, Assessment))
        last = question.history[-2:]
        query = serving.answering().understood(question.text, question.history, allowed)
        query, hits = serving.answering().found(query, limit=HITS)
        plan = answerer._plan(query, hits, last)
        if not plan.evidence or plan.certain:
            return
        asked = Case(query, hits, plan, (), translated=False, draft=answerer._draft(query, hits, 0.0), last=last)
        assessment(asked)
    if asked.features is None:
        raise AssertionError("the assessment fills in the features")
    told = (_holds(question, plan.evidence) or None) if answerable else False
    yield Sample(name, question.id, how, query.language, told, asked.features)


def _holds(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the evidence holds a gold sentence, or every part of the answer where the set names its parts."""
    texts = [_letters(e.text) for e in evidence]
    for gold in map(_letters, question.gold_evidence):
        if any(gold in text or (len(text) >= 12 and text in gold) for text in texts if gold and text):
            return True
    together = "".join(texts)
    groups = question.answer_groups
    return bool(groups) and all(any(_letters(each) in together for each in group) for group in groups)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def _first(questions: Sequence[Question], size: int) -> list[Question]:
    return sorted(questions, key=lambda q: hashlib.sha256(q.id.encode()).hexdigest())[:size]


def _negatives(folder: Path) -> tuple[Question, ...]:
    from policybot.evaluation import read_set

    return read_set(folder, negatives=True).questions


def _read(folder: Path) -> list[Sample]:
    cases: list[Sample] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            row: dict[str, Any] = json.loads(line)
            cases.append(Sample(**{**row, "features": AnswerabilityFeatures(**row["features"])}))
    return cases


# Fitting


def _fit_all(cases: Sequence[Sample], *, write: bool) -> None:
    told = [case for case in cases if case.answerable is not None]
    names = [name for name in as_row(told[0].features) if name not in GIVEN]
    sets = sorted({case.set for case in told})
    _say("| set left out | cases | answerable | AUROC | refused | precision | recall | wrongly refused |")
    _say("|---|---|---|---|---|---|---|---|")
    likely: dict[str, NDArray[np.float64]] = {}
    for name in sets:
        others = [c for c in told if c.set not in (name, *ONLY_LEFT_OUT)]
        own = [c for c in told if c.set == name]
        likely[name] = _probabilities(own, names, _fit(others, names))
        _say(_line(name, own, likely[name], float(ANSWERABLE_FROM)))
    everything = [case for name in sets for case in told if case.set == name]
    together = np.concatenate([likely[name] for name in sets])
    for bound in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        _say(_line(f"all, at {bound}", everything, together, bound))
    for name in sets:
        own = [c for c in told if c.set == name]
        refused = [c.id for c, p in zip(own, likely[name], strict=True) if c.answerable and p < ANSWERABLE_FROM]
        _say(f"{name}: wrongly refused {', '.join(refused) or 'none'}")
    fitted_on = [c for c in told if c.set not in ONLY_LEFT_OUT]
    weights = _fit(fitted_on, names)
    known: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    found = {**known["weights"], **{name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}}
    _say(json.dumps(found, indent=2))
    if write:
        fitted = {
            "script": "benchmarks/answerability.py",
            "date": datetime.date.today().isoformat(),
            "n": len(fitted_on),
            "answerable": round(SHARES[True], 3),
            "sets": dict(sorted(Counter(c.set for c in fitted_on).items())),
        }
        text = json.dumps({"weights": found, "fitted": fitted, "given": known["given"]}, indent=2, ensure_ascii=False)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


def _fit(cases: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    """Logistic regression with a squared penalty, by Newton's method; a weight of the wrong sign is held at 0.

    A set weighs as much as the square root of its cases, its answerable ones twice as much as the others.
    """
    matrix, wanted = _matrix(cases, names), np.array([bool(c.answerable) for c in cases], dtype=float)
    counted = Counter((c.set, c.answerable) for c in cases)
    sizes = Counter(c.set for c in cases)
    share = np.array([SHARES[bool(c.answerable)] * np.sqrt(sizes[c.set]) / counted[c.set, c.answerable] for c in cases])
    share /= share.mean()
    kept, free = _kept(cases), list(range(len(names)))
    while True:
        part = matrix[:, free]
        weights = np.zeros(len(free))
        penalty = PENALTY * len(cases) * np.diag([names[j] != "constant" for j in free]).astype(float)
        for _ in range(50):
            likely = 1 / (1 + np.exp(-part @ weights - kept))
            slope = part.T @ (share * (likely - wanted)) + penalty @ weights
            bend = (part * (share * likely * (1 - likely))[:, None]).T @ part + penalty
            weights -= np.linalg.solve(bend + 1e-9 * np.eye(len(free)), slope)
        signs = np.array([(names[j] in RISING) - (names[j] in FALLING) for j in free])
        wrong = signs * weights
        if wrong.min() >= 0:
            found = np.zeros(len(names))
            found[free] = weights
            return found
        del free[int(wrong.argmin())]


def _probabilities(cases: Sequence[Sample], names: Sequence[str], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-_matrix(cases, names) @ weights - _kept(cases)))
    return likely


def _matrix(cases: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[as_row(case.features)[name] for name in names] for case in cases])


def _kept(cases: Sequence[Sample]) -> NDArray[np.float64]:
    """What the weights that are not fitted add, (n,)."""
    weights = coefficients()
    return _matrix(cases, GIVEN) @ np.array([weights[name] for name in GIVEN])


def _line(name: str, cases: Sequence[Sample], likely: NDArray[np.float64], bound: float) -> str:
    answerable = np.array([bool(case.answerable) for case in cases])
    refused = likely < bound
    right = int((refused & ~answerable).sum())
    precision, recall = right / max(int(refused.sum()), 1), right / max(int((~answerable).sum()), 1)
    wrongly = int((refused & answerable).sum()) / max(int(answerable.sum()), 1)
    return (
        f"| {name} | {len(cases)} | {int(answerable.sum())} | {_auroc(likely, answerable):.3f} | {int(refused.sum())} "
        f"| {precision:.2f} | {recall:.2f} | {wrongly:.2f} |"
    )


def _auroc(likely: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    right, wrong = likely[answerable], likely[~answerable]
    if not len(right) or not len(wrong):
        return float("nan")
    return float((right[:, None] > wrong).mean() + 0.5 * (right[:, None] == wrong).mean())


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


if __name__ == "__main__":
    main()
