"""Ask for every kind of answer over documents/ and print what is answered, with the verdict of who read it.

    POLICYBOT_CHAT_MODEL=none python benchmarks/kinds_of_answers.py > docs/kinds-of-answers.md

Run it after ``policybot index``. Questions and verdicts stand in kinds_of_answers.yaml; a verdict names the answer that
it was given on by the first eight digits of its SHA-256 and is not printed for another one.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from policybot import Answer, PolicyBot

QUESTIONS = Path(__file__).with_suffix(".yaml")


def main() -> None:
    """Print each question with its answer, its citations and its verdict, and the count of the verdicts first."""
    entries: list[dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    told: list[str] = []
    verdicts: Counter[str] = Counter()
    with PolicyBot() as bot:
        bot.warm_up()
        for number, entry in enumerate(entries, start=1):
            talk = bot.conversation()
            for before in entry.get("after", []):
                talk.ask(before)
            started = time.monotonic()
            answer = talk.ask(entry["question"])
            seconds = time.monotonic() - started
            talk.forget()
            verdict = _verdict(entry, answer)
            verdicts[verdict.split(":")[0].split(";")[0]] += 1
            told.append(_section(number, entry, answer, seconds, verdict))
            sys.stderr.write(f"{number}/{len(entries)}\n")
        model = bot.chat_model_name
    counted = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
    sys.stdout.write(
        "# Kinds of answers, read and judged\n\n"
        f"Printed by `python benchmarks/kinds_of_answers.py`: {len(entries)} questions over `documents/`, chat model "
        f"`{model}`.\nThe questions were written, and the answers read, while this was built: they show what each kind "
        f"of answer looks like and where it is weak, and are no benchmark.\n\nVerdicts: {counted}.\n\n"
    )
    sys.stdout.write("\n".join(told))


def _verdict(entry: dict[str, Any], answer: Answer) -> str:
    digest = hashlib.sha256(answer.text.encode()).hexdigest()[:8]
    given = entry.get("verdicts", {}).get(digest)
    return str(given) if given else f"not judged ({digest})"


def _section(number: int, entry: dict[str, Any], answer: Answer, seconds: float, verdict: str) -> str:
    before = "".join(f"After: {question}\n\n" for question in entry.get("after", []))
    sources = dict.fromkeys(f"{c.document}, {c.section}" if c.section else c.document for c in answer.citations)
    cited = "; ".join(sources)
    return (
        f"## {number}. {entry['question']}\n\n{before}"
        f"{answer.wanted}, {answer.status}/{answer.kind}, {seconds:.1f} s. **{verdict}**\n\n"
        f"{answer.text}\n\n" + (f"Cited: {cited}\n" if cited else "")
    )


if __name__ == "__main__":
    main()
