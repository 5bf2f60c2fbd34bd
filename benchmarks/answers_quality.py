"""Runs `policybot eval answers` over the evaluation sets and writes the answers' part of docs/benchmarks.md.

    python benchmarks/answers_quality.py ../shared/eval

Each run is kept as JSON in the results folder and is not made again while it lies there, so that an interrupted
benchmark goes on where it was. The part of the page between its two markers is written anew; the rest stays. The
embedded chat model takes a quarter of an hour for policybot and longer for the tutorial's chain: ``--no-local`` leaves
both out. The answers to read by hand are laid out in docs/answers-read.md, with the verdicts of
benchmarks/answers_read.yaml.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from answers_reading import reading

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
READ = ROOT / "docs" / "answers-read.md"
VERDICTS = ROOT / "benchmarks" / "answers_read.yaml"
EXPLANATIONS = ROOT / "benchmarks" / "answers_explanations.yaml"

BEGIN, END = "<!-- answers: begin -->", "<!-- answers: end -->"
"""Between these lines of the page stands what this script writes."""

CLAPNQ, NEGATIVES = 200, 100
"""Questions of clapnq_dev, half of which nothing answers, and of rgb with only its negatives: spread over the sets."""

SHOWN = (
    "correctness", "correct_and_supported", "sentence_support", "citation_precision", "citation_recall", "quote_exact",
    "refusal_precision", "refusal_recall", "abstention_precision", "abstention_recall", "answered",
    "citation_gold_precision", "citation_gold_recall",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One call of the terminal command."""

    name: str
    set_name: str
    chat_model: str = "none"
    system: str = "policybot"
    options: tuple[str, ...] = ()

    def command(self, sets: Path, data_dir: Path) -> list[str]:
        """The command that anyone can run."""
        found = [sys.executable, "-m", "policybot", "eval", "answers", str(sets / self.set_name), "--json"]
        found += ["--systems", self.system, "--chat-model", self.chat_model, "--data-dir", str(data_dir)]
        if not (sets / self.set_name / "corpus.jsonl").exists():
            found += ["--documents", str(ROOT / "documents")]
        return found + list(self.options)


LOCAL = Run("policy, embedded chat model", "policy", "local")
QUOTING = Run("policy, quoting only", "policy")
TUTORIAL = Run("policy, tutorial's chain, embedded chat model", "policy", "local", "tutorial")


def refusing(size: int) -> Run:
    """Questions spread over clapnq_dev."""
    return Run(f"clapnq_dev, {size} questions, quoting only", "clapnq_dev", options=("--limit", str(size)))


def negative(size: int) -> Run:
    """Questions spread over rgb, each with only its negatives."""
    options = ("--negatives", "--limit", str(size))
    return Run(f"rgb, negatives only, {size} questions, quoting only", "rgb", options=options)


@dataclass
class Bench:
    """Makes the runs, or reads those that lie in the results folder."""

    sets: Path
    results: Path
    made: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def result(self, run: Run) -> Mapping[str, Any]:
        """What a run printed.

        Raises:
            SystemExit: The command failed; what it printed stands above.
        """
        if run.name not in self.made:
            parts = ["answers", run.set_name, run.system, run.chat_model, *run.options]
            path = self.results / f"{'-'.join(part.strip('-') for part in parts)}.json"
            if not path.exists():
                sys.stderr.write(f"{run.name} …\n")
                command = run.command(self.sets, self.results / "indexes")
                done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
                if done.returncode:
                    raise SystemExit(f"{run.name} failed with exit code {done.returncode}.")
                unfinished = path.with_suffix(".tmp")
                unfinished.write_bytes(done.stdout)
                unfinished.rename(path)
            self.made[run.name] = json.loads(path.read_bytes())
        return self.made[run.name]


def main() -> None:
    """Make every run, write the part of the page and the answers to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, help="folder of the evaluation sets")
    parser.add_argument("--results", type=Path, default=ROOT / "build" / "benchmarks", help="folder of the runs")
    parser.add_argument("--page", type=Path, default=PAGE, help="page whose part is written")
    parser.add_argument("--read", type=Path, default=READ, help="file of the answers to read")
    parser.add_argument("--local", action=argparse.BooleanOptionalAction, default=True, help="the embedded chat model")
    parser.add_argument("--tutorial", action=argparse.BooleanOptionalAction, default=True, help="the tutorial's chain")
    parser.add_argument("--clapnq", type=int, default=CLAPNQ, help="questions of clapnq_dev")
    parser.add_argument("--negatives", type=int, default=NEGATIVES, help="questions of rgb")
    parser.add_argument("--note", default="", help="a sentence about how these runs were made, put at the top")
    given = parser.parse_args()
    given.results.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.sets, given.results)
    policy = [LOCAL, QUOTING] if given.local else [QUOTING]
    if given.local and given.tutorial:
        policy.append(TUTORIAL)
    others = [refusing(given.clapnq), negative(given.negatives)]
    lines = [BEGIN, *report(bench, policy, others, note=given.note), END]
    given.page.write_text(with_part(given.page.read_text(encoding="utf-8"), "\n".join(lines)), encoding="utf-8")
    verdicts = yaml.safe_load(VERDICTS.read_text(encoding="utf-8")) or {}
    runs = {run.name: bench.result(run) for run in policy if run.system == "policybot"}
    given.read.write_text("\n".join(reading(runs, verdicts)) + "\n", encoding="utf-8")


def with_part(page: str, part: str) -> str:
    """The page with its part replaced, or with the part at its end when it has none yet."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and not end:
        raise SystemExit(f"The page has {BEGIN} without {END}. Restore it.")
    return before.rstrip() + "\n\n" + part + "\n" + after.lstrip("\n")


def report(bench: Bench, policy: Sequence[Run], others: Sequence[Run], *, note: str) -> Iterator[str]:
    """The part's lines."""
    yield ""
    yield "## Answers"
    yield ""
    yield (
        "`python benchmarks/answers_quality.py FOLDER` makes this part with `policybot eval answers`; every measure is "
        "defined in [evaluation.md](evaluation.md), which also says how far the automatic correctness agrees with a "
        "reader. In brackets stands the 95 % bootstrap interval, behind it of how many questions, sentences or "
        f"citations. Measured on {os.cpu_count()} cores ({platform.machine()})."
    )
    yield ""
    if note:
        yield note
        yield ""
    yield from targets(bench, policy, others)
    yield from beside(bench, policy)
    yield from by_kind(bench, policy)
    yield from refusals(bench, others)
    yield from worst(bench, policy[0])


def targets(bench: Bench, policy: Sequence[Run], others: Sequence[Run]) -> Iterator[str]:
    """The table of targets."""
    rows = [(run, "quote_exact", "≥", 1.0) for run in policy if run.system == "policybot"]
    if LOCAL in policy:
        rows.append((LOCAL, "correct_and_supported", "≥", 0.85))
    rows.append((QUOTING, "correct_and_supported", "≥", 0.75))
    for run in policy:
        if run.system == "policybot":
            rows += [(run, name, "≥", 0.9) for name in ("refusal_precision", "refusal_recall")]
            rows += [(run, name, "≥", 0.97) for name in ("citation_precision", "citation_recall")]
    rows += [(others[0], name, "≥", 0.8) for name in ("refusal_precision", "refusal_recall")]
    yield "### Targets"
    yield ""
    yield "| run | measure | target | reached |"
    yield "|---|---|---|---|"
    for run, name, sign, bound in rows:
        found = bench.result(run)["metrics"].get(name)
        met = found is not None and found["mean"] is not None and found["mean"] >= bound
        reached = f"{_shown(found)} {'met' if met else '**missed**'}"
        yield f"| {run.name} | {name} | {sign} {bound:.2f} | {reached} |"
    if LOCAL in policy:
        for name, bound in (("sources_s", 0.6), ("first_sentence_s", 4.0), ("answer_s", 9.0)):
            seconds = bench.result(LOCAL)["timings"][name]["median"]
            verdict = "met" if seconds <= bound else "**missed**"
            yield f"| {LOCAL.name} | {name}, median | ≤ {bound} s | {seconds:.1f} s {verdict} |"
    yield ""


def beside(bench: Bench, policy: Sequence[Run]) -> Iterator[str]:
    """The answers of policybot beside those of the tutorial's chain."""
    yield "### policy, beside the tutorial's chain"
    yield ""
    yield (
        "The same documents and questions; the chain gets the same chat model, four pieces of 1000 characters, and in "
        "a conversation the last messages in front of the question. It cites nothing, so it has no citation measures; "
        "its sentences are checked against the pieces it was given."
    )
    yield ""
    yield f"| measure | {' | '.join(run.name.removeprefix('policy, ') for run in policy)} |"
    yield "|---|" + "---|" * len(policy)
    results = [bench.result(run) for run in policy]
    for name in SHOWN:
        if any(name in result["metrics"] for result in results):
            yield f"| {name} | {' | '.join(_shown(result['metrics'].get(name)) for result in results)} |"
    for name in ("sources_s", "first_sentence_s", "answer_s"):
        cells = (f"{r['timings'][name]['median']:.2f} s, p95 {r['timings'][name]['p95']:.2f} s" for r in results)
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def by_kind(bench: Bench, policy: Sequence[Run]) -> Iterator[str]:
    """Right by kind of question, language, turn and direction."""
    yield "### policy, by group of questions"
    yield ""
    yield "Correctness of answerable questions; of the others, in italics, refusal recall."
    yield ""
    yield f"| group | questions | {' | '.join(run.name.removeprefix('policy, ') for run in policy)} |"
    yield "|---|---|" + "---|" * len(policy)
    results = [bench.result(run) for run in policy]
    for grouping in ("kind", "language", "turn", "direction", "attack"):
        for name, group in results[0]["groups"][grouping].items():
            cells = []
            for result in results:
                metrics = result["groups"][grouping].get(name, {"metrics": {}})["metrics"]
                right, refused = metrics.get("correctness"), metrics.get("refusal_recall")
                shown = [f"{right['mean']:.2f}"] if right else []
                cells.append(" ".join(shown + ([f"*{refused['mean']:.2f}*"] if refused else [])) or "–")
            yield f"| {grouping}: {name} | {group['n']} | {' | '.join(cells)} |"
    yield ""


def refusals(bench: Bench, others: Sequence[Run]) -> Iterator[str]:
    """Refusals on the public sets."""
    yield "### Refusals on public sets"
    yield ""
    yield (
        "clapnq_dev keeps near misses in its corpus: the passage that an unanswerable question was judged against is "
        "there, and another of the 596 may answer it by accident. Of rgb each question may use only the passages that "
        "are known not to answer it."
    )
    yield ""
    shown = ("refusal_precision", "refusal_recall", "correctness", "answered")
    yield f"| run | {' | '.join(shown)} | answer_s, median |"
    yield "|---|" + "---|" * (len(shown) + 1)
    for run in others:
        result = bench.result(run)
        cells = " | ".join(_shown(result["metrics"].get(name)) for name in shown)
        yield f"| {run.name} | {cells} | {result['timings']['answer_s']['median']:.2f} s |"
    yield ""


def worst(bench: Bench, run: Run) -> Iterator[str]:
    """The ten worst answers, with their explanations."""
    explanations = yaml.safe_load(EXPLANATIONS.read_text(encoding="utf-8")) or {}
    yield "### The ten worst answers"
    yield ""
    yield f"Of the run {run.name}: questions answered that nothing answers, then wrong answers, then refusals."
    yield ""
    questions = sorted(bench.result(run)["questions"], key=_gravity)
    for number, question in enumerate([q for q in questions if _gravity(q)[0] < len(_GRAVE)][:10], start=1):
        why = explanations.get(f"{run.set_name}/{question['qid']}", "Not yet explained.")
        yield f"{number}. **{question['qid']}**, {_GRAVE[_gravity(question)[0]]}: {_line(question['question'], 200)}"
        yield f"   Answer: {_line(question['answer'], 300)}"
        yield f"   {' '.join(why.split())}"
    yield ""


_GRAVE = ("answered what nothing answers", "a quote that is not exact", "wrong", "a sentence unsupported", "refused")


def _gravity(question: Mapping[str, Any]) -> tuple[int, float, str]:
    metrics, score = question["metrics"], (question["correctness"] or {}).get("score", 0.0)
    checks = (
        metrics.get("refusal_recall", 1.0) < 1,
        metrics.get("quote_exact", 1.0) < 1,
        metrics.get("correctness", 1.0) < 1 and not question["refused"],
        metrics.get("sentence_support", 1.0) < 1,
        metrics.get("correctness", 1.0) < 1,
    )
    return next((i for i, wrong in enumerate(checks) if wrong), len(_GRAVE)), score, question["qid"]


def _shown(estimate: Mapping[str, Any] | None) -> str:
    if estimate is None or estimate["mean"] is None:
        return "–"
    low, high = estimate["ci"]
    return f"{estimate['mean']:.3f} ({low:.2f}–{high:.2f}) n={estimate['n']}"


def _line(text: str, longest: int) -> str:
    """Text of a question or an answer in one line, as text: Markdown's signs are taken out of service."""
    line = " ".join(text.split())
    cut = line if len(line) <= longest else line[: longest - 1] + "…"
    return "".join(f"\\{c}" if c in r"\`*_[]<>|#" else c for c in cut)


if __name__ == "__main__":
    main()
