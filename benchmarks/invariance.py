"""Whether a greeting, thanks or a sentence about the asker changes an answer: once over all sets.

    python benchmarks/invariance.py ../shared/eval/policy ../shared/eval/clapnq_dev --questions 60
    python benchmarks/invariance.py ../shared/eval/policy --show

The law: what a question does not depend on, in front of it or behind it, changes neither the answer's status nor its
kind nor its citations. Every question is asked as it is and in each way of ``WAYS``, quoting; of each way it is counted
for how many questions status, kind and citations are others than those of the question alone. Prints a table for
docs/answerability.md; ``--show`` lists the questions behind it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from opened import opened, set_of

from policybot import Answer

WAYS: Mapping[str, Mapping[str, str]] = {
    "greeting in front": {"en": "Good morning. {}", "zh": "您好。{}"},
    "thanks in front": {"en": "Thank you. {}", "zh": "谢谢。{}"},
    "thanks behind": {"en": "{} Thank you.", "zh": "{}谢谢。"},
    "asker in front": {"en": "I am a student in Beijing. {}", "zh": "我是北京的一名学生。{}"},
    "asker behind": {"en": "{} I am a student in Beijing.", "zh": "{}我是北京的一名学生。"},
    "polite request": {"en": "Could you please tell me: {}", "zh": "请问，{}"},
}
"""What is put around a question, by language; {} is the question."""

_CHANGES: Mapping[str, Callable[[Answer], object]] = {
    "status": lambda answer: answer.status,
    "kind": lambda answer: answer.kind,
    "citations": lambda answer: sorted({(c.document_id, c.start, c.end) for c in answer.citations}),
}


def main() -> None:
    """Ask every question in every way and print how many answers change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", help="folders of evaluation sets")
    parser.add_argument("--questions", type=int, default=10**6, help="most questions of a set, spread evenly over it")
    parser.add_argument("--data-dir", type=Path, help="where the indexes are kept")
    parser.add_argument("--show", action="store_true", help="list the questions whose answers change, too")
    given = parser.parse_args()
    _say("| set | questions | way | status | kind | citations | any |")
    _say("|---|---|---|---|---|---|---|")
    for folder in given.sets:
        with opened(set_of(folder), data_dir=given.data_dir) as each:
            asked = each.set.sample(given.questions).questions
            counted: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
            changed: list[str] = []
            for question in asked:
                allowed = each.filter(question)
                plain = each.bot.ask(question.text, history=question.history, filter=allowed)
                for way, texts in WAYS.items():
                    text = texts[question.language if question.language in texts else "en"].format(question.text)
                    answer = each.bot.ask(text, history=question.history, filter=allowed)
                    others = [name for name, of in _CHANGES.items() if of(answer) != of(plain)]
                    counted[way].update([*others, *(["any"] if others else [])])
                    if others:
                        states = f"{plain.status} {plain.kind} -> {answer.status} {answer.kind}"
                        changed.append(f"  {each.set.name} {question.id} {way}: {', '.join(others)}; {states}: {text}")
            for way, found in counted.items():
                figures = " | ".join(str(found[name]) for name in (*_CHANGES, "any"))
                _say(f"| {each.set.name} | {len(asked)} | {way} | {figures} |")
            if given.show:
                _say(*changed, sep="\n")


def _say(*lines: str, sep: str = " ") -> None:
    sys.stdout.write(sep.join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
