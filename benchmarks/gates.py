"""How often each stage of an answer decides, and how often wrongly, on questions on which nothing was chosen.

    python benchmarks/gates.py ../shared/eval/reports ../shared/eval/policy_b ../shared/eval/mtrag_clapnq
    python benchmarks/gates.py ../shared/eval/policy --all --firings

Asks the questions of each set to report on (``--all``: all of them), quoting, and counts by stage and outcome of
``Answer.decisions``. Where the set says what is right it is counted how often that was: to abstain is right where no
document answers, to pass on as answerable where one does, to correct where the question takes something false for
granted. Of the other stages fifty firings of
each are listed by ``--firings``, with what they decided on, to be read by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opened import opened, set_of, to_report_on

from policybot import Answer
from policybot.domain import ABSTAINING, Decision
from policybot.evaluation.datasets import Question

FALSE_PREMISE = "false-premise"
"""Type of a question that takes for granted what the documents deny."""

LISTED = 50
"""Firings of a stage that are listed."""


@dataclass(frozen=True)
class Firing:
    """A decision of a stage about a question."""

    question: Question
    answer: Answer
    decision: Decision

    @property
    def is_right(self) -> bool | None:
        """Whether the set bears the decision out; None where it does not say."""
        false_premise = self.question.type == FALSE_PREMISE
        if self.decision.outcome == "correction":
            return false_premise
        if false_premise:
            # To refuse what rests on a false premise is neither what was wanted nor a wrong answer.
            return None
        if self.decision.outcome in ABSTAINING:
            return not self.question.answerable
        if self.decision.stage == "answerability":
            return self.question.answerable
        return None


def main() -> None:
    """Ask and print a line for each set, stage and outcome."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", help="folders of evaluation sets")
    parser.add_argument("--all", action="store_true", help="ask all questions, also those on which numbers are chosen")
    parser.add_argument("--questions", type=int, help="most questions of a set, spread evenly over it")
    parser.add_argument("--data-dir", type=Path, help="where the indexes are kept")
    parser.add_argument("--firings", action="store_true", help="list firings that the sets do not judge")
    given = parser.parse_args()
    _say("| set | questions | stage | outcome | fired | right | wrong | not told |")
    _say("|---|---|---|---|---|---|---|---|")
    for folder in given.sets:
        found = set_of(folder)
        asked = found.questions if given.all else to_report_on(found)
        if given.questions and len(asked) > given.questions:
            asked = tuple(asked[i * len(asked) // given.questions] for i in range(given.questions))
        fired: dict[tuple[str, str], list[Firing]] = defaultdict(list)
        with opened(found, data_dir=given.data_dir) as each:
            for question in asked:
                answer = each.bot.ask(question.text, history=question.history, filter=each.filter(question))
                for decision in answer.decisions:
                    fired[decision.stage, decision.outcome].append(Firing(question, answer, decision))
        _print(found.name, len(asked), fired, firings=given.firings)


def _print(name: str, asked: int, fired: Mapping[tuple[str, str], Sequence[Firing]], *, firings: bool) -> None:
    for (stage, outcome), found in fired.items():
        judged = [each.is_right for each in found]
        counts = " | ".join(str(judged.count(value)) for value in (True, False, None))
        _say(f"| {name} | {asked} | {stage} | {outcome} | {len(found)} | {counts} |")
    if not firings:
        return
    for (stage, outcome), found in fired.items():
        # What was passed on and is not known to be wrong is no firing.
        unjudged = [e for e in found if e.is_right is False or (e.is_right is None and outcome != "passed")]
        if unjudged:
            _say(f"\n{name}, {stage}: {outcome}, {min(len(unjudged), LISTED)} of {len(unjudged)} not borne out\n")
        for each in unjudged[:: max(1, len(unjudged) // LISTED)][:LISTED]:
            decision, question = each.decision, each.question
            value = "" if decision.value is None else f" {decision.value:.2f} against {decision.bound}"
            _say(f"- {question.id} ({question.type}){value}: {question.text}")
            _say(f"  {decision.note}")
            _say(f"  -> {' '.join(each.answer.text.split())[:300]}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
