"""Ask the twenty questions of docs/first-answers.md and print what is answered, with sources and seconds.

Run it with ``python benchmarks/first_answers.py`` after ``policybot index``.
"""

from __future__ import annotations

import sys
import time

from policybot import PolicyBot

CHAINS = (
    ("What is the core indicator of new quality productive forces?",),
    ("Which three local factors should guide a locality's choices, according to Xi?",),
    ("How many civil drones did China deliver in 2023?",),
    ("What are the six directions for future industries in the seven-ministry guideline?",),
    ("How does Rhodium Group define structural overcapacity?",),
    ("When did China's NEV output first pass 10 million within one year?",),
    ("What growth target did the 2025 Government Work Report set?",),
    ("What did Janet Yellen and He Lifeng agree on in April 2024?",),
    ("What does the EU say about duties on BYD?",),
    ("What core element did the January 2024 Politburo study session name?",),
    ("大规模设备更新方案规定了哪四大行动？",),
    ("2024年政府工作报告安排首年发行多少超长期特别国债？",),
    ("国家创业投资引导基金是什么时候启动的？",),
    ("七部门2024年的意见是怎么界定未来产业的？",),
    ("新质生产力的核心标志是什么？",),
    ("截至2026年4月，中国建成多少座加氢站？",),
    ("What does the general aviation equipment plan want by 2027?", "And by 2030?"),
    ("What definitive EU duty does SAIC face?", "What about Tesla?"),
    ("How many people does China's low-altitude economy employ?",),
    ("What is the weather in Harbin right now?",),
)


def main() -> None:
    """Print each question with its answer, status, citations and seconds."""
    with PolicyBot() as bot:
        bot.warm_up()
        for chain in CHAINS:
            talk = bot.conversation()
            for question in chain:
                started = time.monotonic()
                answer = talk.ask(question)
                seconds = time.monotonic() - started
                sys.stdout.write(f"\n## {question}\n\n{answer.status}, {seconds:.1f} s\n\n{answer.text}\n\n")
                for c in answer.citations:
                    place = " · ".join(part for part in (c.document, c.section, c.published) if part)
                    sys.stdout.write(f"- [{c.number}] {place}: “{' '.join(c.quote.split())}”\n")
                for sentence in answer.rejected:
                    sys.stdout.write(f"- rejected: {sentence.text} ({sentence.reason})\n")
                sys.stdout.flush()
            talk.forget()


if __name__ == "__main__":
    main()
