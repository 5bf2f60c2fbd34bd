"""Answers that are right or wrong by the way they are made, judged by the key-point instrument.

    python benchmarks/key_points.py SET --documents FOLDER [--every-second 1]

Each question with key points gets answers whose verdict is known without reading: the key's own words and the quoted
evidence are right; another question's evidence or key, figures that are changed, evidence without its last piece and
key points without their last one are wrong. The last two hold by chance where evidence is given twice, and quoted
evidence is not right where the answer has to be computed from it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from policybot.evaluation import EvaluationSet, read_set
from policybot.evaluation.datasets import Question
from policybot.evaluation.key_points import compare_points
from policybot.evaluation.point_parts import Shown, sentences_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FARTHER = 7
"""How far off in the set the other question is: far enough to be about another thing."""

Answer = Sequence[Shown] | None
"""None where such an answer cannot be made of a question."""


def answers(asked: EvaluationSet, questions: Sequence[Question]) -> Sequence[tuple[str, bool, Callable[[int], Answer]]]:
    """Each way of making an answer: its name, whether that is right, and the answer to the question at a place."""
    documents = {document.id: document for document in asked.corpus.documents}

    def other(i: int) -> int:
        return (i + _FARTHER) % len(questions)

    def evidence(i: int) -> list[Shown]:
        found = []
        for piece in questions[i].gold_evidence:
            holding = [id_ for id_ in questions[i].gold_documents if piece in documents[id_].text]
            # A line of the front matter is in no body.
            ids = holding[:1] or questions[i].gold_documents
            found.append(Shown(piece, "", tuple(text for id_ in ids for text in (documents[id_].title, id_))))
        return found

    def key(i: int, of: int) -> list[Shown]:
        sources = tuple(text for id_ in questions[i].gold_documents for text in (documents[id_].title, id_))
        return [Shown(text, "", sources) for text in sentences_of(questions[of].key)]

    def has_figures(i: int) -> bool:
        return any(_NUMBER.search(_YEAR.sub("", point)) for point in questions[i].key_points)

    def without_last_point(i: int) -> Answer:
        points = questions[i].key_points
        return [Shown("; ".join(points[:-1]))] if len(points) > 2 else None

    def without_last_piece(i: int) -> Answer:
        several = len(questions[i].gold_evidence) > 1 and len(questions[i].key_points) > 1
        return evidence(i)[:-1] if several else None

    return (
        ("the key's own words", True, lambda i: key(i, i)),
        ("the evidence, quoted", True, evidence),
        ("another question's evidence", False, lambda i: evidence(other(i))),
        ("another question's key", False, lambda i: key(i, other(i))),
        ("the key with its figures changed", False, lambda i: _changed(key(i, i)) if has_figures(i) else None),
        ("the evidence with its figures changed", False, lambda i: _changed(evidence(i)) if has_figures(i) else None),
        ("the evidence without its last piece", False, without_last_piece),
        ("the key points without the last", False, without_last_point),
    )


def _changed(shown: Sequence[Shown]) -> list[Shown]:
    """The sentences with every figure but years made another."""
    return [Shown(_NUMBER.sub(_another, each.text), each.label, each.sources) for each in shown]


def _another(match: re.Match[str]) -> str:
    figure = match.group()
    if _YEAR.fullmatch(figure):
        return figure
    decimals = len(figure.partition(".")[2])
    return f"{float(figure) + 1.3:.{decimals}f}" if decimals else str(int(figure) + 3)


def main() -> None:
    """Print how many answers of each making the instrument judges as they were made."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--every-second", type=int, choices=(0, 1), help="Only the questions at even or odd places.")
    parser.add_argument("--show", action="store_true", help="Name the questions judged otherwise.")
    args = parser.parse_args()
    asked = read_set(args.set, documents=args.documents)
    places = slice(None) if args.every_second is None else slice(args.every_second, None, 2)
    questions = [q for q in asked.questions[places] if q.answerable and q.key_points]
    for name, right, make in answers(asked, questions):
        made = [(q, answer) for i, q in enumerate(questions) if (answer := make(i)) is not None]
        otherwise = [q.id for q, answer in made if compare_points(q, answer).correct != right]
        verdict = "right" if right else "wrong"
        shown = f" (not {', '.join(otherwise)})" if args.show and otherwise else ""
        sys.stdout.write(f"{name}: {len(made) - len(otherwise)} of {len(made)} judged {verdict}{shown}\n")


if __name__ == "__main__":
    main()
