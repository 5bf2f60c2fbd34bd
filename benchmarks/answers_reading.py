"""Lays answers out to be read by hand, with the verdicts that were given, and counts how the measures agree with them.

Verdicts stand in benchmarks/answers_read.yaml, by set, question and the first 8 hex digits of the SHA-256 of the
answer's text: a verdict holds for exactly this answer, and an answer that has changed since is not read yet.

    policy/q010/4f1c2a9b:
      correct: yes            # does it say what the key says? (yes, no; left out where nothing answers the question)
      borne: [yes, no]        # sentence by sentence: do its citations bear all of it?
      precise: [yes, yes]     # citation by citation, as they stand behind the sentences: does it bear on its sentence?
      note: Why, where it is not plain.

    python benchmarks/answers_reading.py RUN.json…       # agreement of the measures with the verdicts
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

VERDICTS = Path(__file__).resolve().parent / "answers_read.yaml"

TO_READ = 100
"""Answers laid out: all of the first run, then of the next ones, spread evenly, until there are so many."""


def key_of(set_name: str, question: Mapping[str, Any]) -> str:
    """Under which an answer's verdict stands."""
    return f"{set_name}/{question['qid']}/{hashlib.sha256(question['answer'].encode()).hexdigest()[:8]}"


def reading(runs: Mapping[str, Mapping[str, Any]], verdicts: Mapping[str, Any]) -> Iterator[str]:
    """The lines of docs/answers-read.md.

    Args:
        runs: What runs printed, by name.
        verdicts: The content of answers_read.yaml.
    """
    chosen: list[tuple[str, str, Mapping[str, Any]]] = []
    for name, run in runs.items():
        left = TO_READ - len(chosen)
        questions = run["questions"]
        size = min(left, len(questions))
        chosen += [(name, run["set"], questions[i * len(questions) // size]) for i in range(size)]
    yield "# Answers read by hand"
    yield ""
    yield (
        "Written by `benchmarks/answers_quality.py`: answers as they were given, with what the measures say and what a "
        "reader said (`benchmarks/answers_read.yaml`). The key is the set's own right answer."
    )
    yield ""
    read = [(question, verdicts.get(key_of(set_name, question))) for _, set_name, question in chosen]
    yield from _summary(read)
    for name, set_name, question in chosen:
        yield from _answer(name, set_name, question, verdicts.get(key_of(set_name, question)))


def _summary(read: Sequence[tuple[Mapping[str, Any], Mapping[str, Any] | None]]) -> Iterator[str]:
    given = [(question, verdict) for question, verdict in read if verdict]
    yield f"{len(given)} of {len(read)} answers have been read."
    yield ""
    if not given:
        return
    right = [(_said_correct(q), bool(v["correct"])) for q, v in given if "correct" in v]
    borne = [bool(one) for _, v in given for one in v.get("borne", ())]
    precise = [bool(one) for _, v in given for one in v.get("precise", ())]
    yield "| by hand | share | of |"
    yield "|---|---|---|"
    if right:
        yield f"| correct | {sum(hand for _, hand in right) / len(right):.3f} | {len(right)} answers |"
    if precise:
        yield f"| citation precision | {sum(precise) / len(precise):.3f} | {len(precise)} citations |"
    if borne:
        yield f"| citation recall | {sum(borne) / len(borne):.3f} | {len(borne)} sentences |"
    yield ""
    if right:
        yield agreement(right)
        yield ""


def _answer(name: str, set_name: str, question: Mapping[str, Any], verdict: Mapping[str, Any] | None) -> Iterator[str]:
    yield f"## {question['qid']} · {question['kind']} · {name}"
    yield ""
    for turn in question["history"]:
        yield f"> {turn['role']}: {_text(turn['content'])}"
        yield ">"
    yield f"**{_text(question['question'])}**"
    yield ""
    if question["key"]:
        yield f"Key: {_text(question['key'])}"
        yield ""
    yield f"Answer ({question['status']}, {question['answer_kind']}): {_text(question['answer'])}"
    yield ""
    for citation in question["citations"]:
        yield f"- [{citation['number']}] {citation['doc_id']}: {_text(citation['quote'])}"
    if question["citations"]:
        yield ""
    if question["correctness"]:
        judged = question["correctness"]
        yield f"By the measure {'correct' if judged['correct'] else 'not correct'}: {_text(judged['reason'])}."
        yield ""
    unborne = [s for s in question["sentences"] if s["borne_by_citations"] != "supported"]
    if unborne:
        yield "By the check not borne by its citations: " + "; ".join(_text(s["text"]) for s in unborne)
        yield ""
    yield f"Read: {_verdict(verdict)} (`{key_of(set_name, question)}`)"
    yield ""


def _verdict(verdict: Mapping[str, Any] | None) -> str:
    if not verdict:
        return "not yet"
    found = [] if "correct" not in verdict else ["correct" if verdict["correct"] else "**not correct**"]
    for name in ("borne", "precise"):
        if verdict.get(name):
            found.append(f"{name} {sum(map(bool, verdict[name]))} of {len(verdict[name])}")
    return ", ".join(found) + (f". {_text(verdict['note'])}" if verdict.get("note") else "")


def _said_correct(question: Mapping[str, Any]) -> bool:
    return bool(question["correctness"] and question["correctness"]["correct"])


def agreement(pairs: Sequence[tuple[bool, bool]]) -> str:
    """How a measure agrees with a reader, in a sentence: Cohen's kappa [1], and the errors of each kind.

    Args:
        pairs: What the measure says and what the reader said.

    [1] Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20(1), 1960
    """
    n = len(pairs)
    same = sum(said == hand for said, hand in pairs) / n
    said, hand = (sum(each) / n for each in zip(*pairs, strict=True))
    chance = said * hand + (1 - said) * (1 - hand)
    kappa = (same - chance) / (1 - chance) if chance < 1 else 1.0
    generous = sum(s and not h for s, h in pairs)
    strict = sum(h and not s for s, h in pairs)
    return (
        f"The measure agrees with the reader on {same:.3f} of {n} answers (Cohen's kappa {kappa:.2f}); "
        f"{generous} called correct that are not, {strict} called not correct that are."
    )


def _text(text: str) -> str:
    """Text of documents and answers in one line, as text: Markdown's signs are taken out of service."""
    return "".join(f"\\{c}" if c in r"\`*_[]<>|#" else c for c in " ".join(text.split()))


def main() -> None:
    """Print the agreement over the answers of some runs that have been read: all, and each half."""
    verdicts = yaml.safe_load(VERDICTS.read_text(encoding="utf-8")) or {}
    pairs = []
    for path in sys.argv[1:]:
        run = json.loads(Path(path).read_bytes())
        for question in run["questions"]:
            verdict = verdicts.get(key_of(run["set"], question))
            if verdict and "correct" in verdict:
                pairs.append((_said_correct(question), bool(verdict["correct"])))
    if not pairs:
        raise SystemExit("None of these answers has been read.")
    for name, part in (("all", pairs), ("even places", pairs[::2]), ("odd places", pairs[1::2])):
        sys.stdout.write(f"{name}: {agreement(part)}\n")


if __name__ == "__main__":
    main()
