"""Runs `policybot eval retrieval` over the evaluation sets and writes docs/benchmarks.md.

    python benchmarks/search_quality.py ../shared/eval

Each run is kept as JSON in the results folder and is not made again while it lies there, so that an interrupted
benchmark goes on where it was. `make bench` starts with an empty folder.
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
from opened import is_reported

ROOT = Path(__file__).resolve().parent.parent
EXPLANATIONS = ROOT / "benchmarks" / "explanations.yaml"
REPORT = ROOT / "docs" / "benchmarks.md"

ANSWERS_BEGIN = "<!-- answers: begin -->"
"""From this line on the page belongs to benchmarks/answers_quality.py."""

OWN_SETS = ROOT / "benchmarks"
"""Where the project's own sets lie: ``circumstances``."""

BASELINES = {
    "doc2dial": ("bm25-bigrams", "bm25-bigrams+history", "tutorial", "tutorial+history"),
    "clapnq_dev": ("bm25-words", "bm25-bigrams", "tutorial"),
    "policy": ("bm25-words", "bm25-bigrams", "tutorial", "tutorial+history"),
    "policy_b": ("bm25-bigrams", "tutorial", "tutorial+history"),
    "circumstances": ("bm25-bigrams", "tutorial"),
    "reports": ("bm25-bigrams", "tutorial", "tutorial+history"),
    "mtrag_clapnq": ("bm25-bigrams+history", "tutorial", "tutorial+history"),
    "rgb": ("bm25-words", "bm25-bigrams"),
}
"""The sets, and what each is measured beside."""

BY_SENTENCES = ("policy", "policy_b", "circumstances", "reports", "doc2dial", "clapnq_dev", "mtrag_clapnq")
"""Sets with evidence of about a sentence: the passages of rgb are evidence as they are."""

SENTENCE_MEASURES = (
    "evidence_recall@1", "evidence_recall@5", "recall@5", "sentence_hit@1", "sentence_hit@5", "sentence_recall@5",
    "gold_sentence_hit@1", "gold_sentence_hit@5", "gold_sentence_recall@5",
)  # fmt: skip

INGREDIENTS = (
    "dense", "keywords", "reranking", "context", "glossary", "glossing", "figures", "phrases", "editions", "duplicates",
)  # fmt: skip
TOUCHED = {
    "doc2dial": ("dense", "keywords", "reranking", "context", "duplicates"),
    "clapnq_dev": ("dense", "keywords", "reranking", "duplicates"),
    "rgb": ("dense", "keywords", "reranking", "glossing"),
}
"""The ingredients that can change a set's results: one language, for example, has no use for a glossary."""

IN_THE_TEXT = "evidence in the text"
"""Questions with evidence outside the front matter."""

SAMPLE = 100
"""Questions of doc2dial and clapnq_dev that a search with one ingredient left out is asked."""


@dataclass(frozen=True)
class Run:
    """One call of the terminal command."""

    set_name: str
    system: str = "policybot"
    without: str = ""
    limit: int | None = None

    @property
    def key(self) -> str:
        """The name of its file of results."""
        parts = [self.set_name, self.system, f"without-{self.without}" if self.without else ""]
        return "-".join(p for p in [*parts, str(self.limit or "")] if p)

    def command(self, sets: Path) -> list[str]:
        """The command that anyone can run."""
        own = OWN_SETS / self.set_name
        folder = own if (own / "questions.jsonl").exists() else sets / self.set_name
        found = [sys.executable, "-m", "policybot", "eval", "retrieval", str(folder), "--json"]
        found += ["--system", self.system]
        if not (folder / "corpus.jsonl").exists():
            beside = folder / "documents"
            found += ["--documents", str(beside if beside.is_dir() else ROOT / "documents")]
        if self.without or self.limit or self.set_name not in BY_SENTENCES:
            found.append("--no-sentences")
        return found + (["--limit", str(self.limit)] if self.limit else [])


@dataclass(frozen=True)
class Result:
    """What a run printed."""

    run: Run
    values: Mapping[str, Any]

    def mean(self, metric: str, questions: Sequence[Mapping[str, Any]] | None = None) -> float | None:
        """The metric's mean over some questions, or over all."""
        among = self.values["questions"] if questions is None else questions
        found = [q["metrics"][metric] for q in among if metric in q["metrics"]]
        return sum(found) / len(found) if found else None

    def rest(self) -> list[Mapping[str, Any]]:
        """The questions that results are reported on: no number was chosen on them."""
        questions = enumerate(self.values["questions"], start=1)
        return [q for place, q in questions if is_reported(self.run.set_name, q["qid"], place)]

    def interval(self, metric: str) -> str:
        """The metric with its confidence interval."""
        found = self.values["metrics"].get(metric)
        return "–" if found is None else f"{found['mean']:.3f} ({found['ci'][0]:.3f}–{found['ci'][1]:.3f})"


@dataclass
class Bench:
    """Makes the runs, or reads those that lie in the results folder."""

    sets: Path
    results: Path
    data_dir: Path
    made: dict[str, Result] = field(default_factory=dict)

    def result(self, run: Run) -> Result:
        """A run's result.

        Raises:
            SystemExit: The command failed; what it printed stands above.
        """
        if run.key not in self.made:
            path = self.results / f"{run.key}.json"
            if not path.exists():
                sys.stderr.write(f"{run.key} …\n")
                left_out = json.dumps([run.without] if run.without else [])
                done = subprocess.run(
                    [*run.command(self.sets), "--data-dir", str(self.data_dir)],
                    env=os.environ | {"POLICYBOT_SEARCH_WITHOUT": left_out},
                    stdout=subprocess.PIPE,
                    check=False,
                )
                if done.returncode:
                    raise SystemExit(f"{run.key} failed with exit code {done.returncode}.")
                unfinished = path.with_suffix(".tmp")
                unfinished.write_bytes(done.stdout)
                unfinished.rename(path)
            self.made[run.key] = Result(run, json.loads(path.read_bytes()))
        return self.made[run.key]


def main() -> None:
    """Make every run and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, help="folder of the evaluation sets")
    parser.add_argument("--results", type=Path, default=ROOT / "build" / "benchmarks", help="folder of the runs")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write")
    parser.add_argument("--rgb", action=argparse.BooleanOptionalAction, default=True, help="rgb takes half an hour")
    given = parser.parse_args()
    given.results.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.sets, given.results, given.results / "indexes")
    answers = _kept(given.report)
    given.report.write_text("\n".join(report(bench, rgb=given.rgb)) + "\n" + answers, encoding="utf-8")


def _kept(page: Path) -> str:
    """The part of the page that benchmarks/answers_quality.py writes; empty without one."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    _, begin, rest = text.partition(ANSWERS_BEGIN)
    return begin + rest


def report(bench: Bench, *, rgb: bool) -> Iterator[str]:
    """The report's lines."""
    yield from (ROOT / "benchmarks" / "introduction.md").read_text(encoding="utf-8").rstrip().splitlines()
    yield ""
    yield f"Measured on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}."
    yield ""
    yield from targets(bench, rgb=rgb)
    yield from beside(bench, rgb=rgb)
    yield from sentences(bench)
    yield from ablations(bench, rgb=rgb)
    yield from speed(bench.results / "search_speed.json")
    yield from failures(bench)


def targets(bench: Bench, *, rgb: bool) -> Iterator[str]:
    """The table of targets."""
    rows = [
        ("doc2dial", "evidence_recall@5", 0.82, ""),
        ("doc2dial", "recall@5", 0.97, ""),
        ("doc2dial", "hit_alt@5", 0.97, ""),
        ("clapnq_dev", "evidence_recall@1", 0.93, ""),
    ]
    if rgb:
        rows += [
            ("rgb", "hit@1", 0.75, "zh noise_robustness"),
            ("rgb", "hit@5", 0.96, "zh noise_robustness"),
        ]
    rows += [
        ("policy", metric, 0.95, crossing)
        for metric, crossing in (("recall@5", "other language"), ("evidence_recall@5", "all others"))
    ]
    rows += [
        ("policy_b", "evidence_recall@5", 0.93, IN_THE_TEXT),
        ("policy_b", "recall@5", 0.97, "other language"),
        ("reports", "sentence_hit@5", 0.90, "zh"),
        ("reports", "sentence_hit@1", 0.75, "zh"),
        ("reports", "evidence_recall@5", 0.93, "zh"),
        ("reports", "evidence_recall@1", 0.70, "zh"),
        ("reports", "sentence_hit@5", 0.50, "en"),
        ("reports", "evidence_recall@5", 0.70, "en"),
    ]
    yield "## Targets"
    yield ""
    yield "| set | questions | measure | target | all questions | those no parameter was chosen on |"
    yield "|---|---|---|---|---|---|"
    for set_name, metric, target, which in rows:
        result = bench.result(Run(set_name))
        chosen = [q for q in result.values["questions"] if _is(q, which) and metric in q["metrics"]]
        mean = result.mean(metric, chosen)
        rest = [q for q in result.rest() if q in chosen]
        other = f"{result.mean(metric, rest):.3f} ({len(rest)})" if rest else "–"
        verdict = "met" if mean is not None and round(mean, 3) >= target else "**missed**"
        asked = f"{which or 'all'} ({len(chosen)})"
        yield f"| {set_name} | {asked} | {metric} | ≥ {target} | {mean:.3f} {verdict} | {other} |"
    yield ""


def _is(question: Mapping[str, Any], which: str) -> bool:
    language = question["language"]
    if which in ("", question["crossing"], language, f"{language} {question['type']}"):
        return True
    if which == IN_THE_TEXT:
        return "sentence_recall@5" in question["metrics"]
    return which == "all others" and question["crossing"] != "other language"


def beside(bench: Bench, *, rgb: bool) -> Iterator[str]:
    """The search beside what people would use instead."""
    yield "## Beside what people would use instead"
    yield ""
    metrics = ("evidence_recall@1", "evidence_recall@5", "recall@5", "hit_alt@5", "hit@1", "mrr@10")
    for set_name, names in BASELINES.items():
        if set_name == "rgb" and not rgb:
            continue
        yield f"### {set_name}"
        yield ""
        yield f"| system | {' | '.join(metrics)} | p50 | p95 |"
        yield "|---|" + "---|" * (len(metrics) + 2)
        runs = [Run(set_name, system=name) for name in names] + [Run(set_name)]
        for run in runs:
            result = bench.result(run)
            latency = result.values["latency"]
            cells = " | ".join(result.interval(metric) for metric in metrics)
            yield f"| {run.system} | {cells} | {latency['p50_ms']:.0f} ms | {latency['p95_ms']:.0f} ms |"
        yield ""


def sentences(bench: Bench) -> Iterator[str]:
    """Passages and single sentences by the languages of question and documents."""
    yield "## Passages and sentences by language"
    yield ""
    yield (
        "How much of the evidence is in the first passage and the first five, and whether it is in the first sentence "
        "and the first five, over all documents and over the right ones alone (`gold_`): all questions with evidence "
        "in the text / those no number was chosen on."
    )
    yield ""
    yield f"| set | languages | questions | {' | '.join(SENTENCE_MEASURES)} |"
    yield "|---|---|---|" + "---|" * len(SENTENCE_MEASURES)
    for set_name in BY_SENTENCES:
        result = bench.result(Run(set_name))
        asked = [q for q in result.values["questions"] if _is(q, IN_THE_TEXT)]
        rest = [q for q in result.rest() if q in asked]
        for direction in sorted({q["direction"] for q in asked}):
            both = [[q for q in part if q["direction"] == direction] for part in (asked, rest)]
            cells = [" / ".join(_mean(result, metric, part) for part in both) for metric in SENTENCE_MEASURES]
            counts = " / ".join(str(len(part)) for part in both)
            yield f"| {set_name} | {direction} | {counts} | {' | '.join(cells)} |"
    yield ""


def _mean(result: Result, metric: str, questions: Sequence[Mapping[str, Any]]) -> str:
    mean = result.mean(metric, questions)
    return "–" if mean is None else f"{mean:.3f}"


def ablations(bench: Bench, *, rgb: bool) -> Iterator[str]:
    """Each ingredient left out: what it costs and brings."""
    yield "## What each ingredient brings"
    yield ""
    yield (
        "The search with one ingredient left out (`POLICYBOT_SEARCH_WITHOUT`), less the whole search: evidence recall "
        f"at 1 and 5, and the median time. doc2dial and clapnq_dev: {SAMPLE} questions spread over the set; policy: "
        "all. A dash: the ingredient changes no question of the set."
    )
    yield ""
    limits = {"policy": None, "doc2dial": SAMPLE, "clapnq_dev": SAMPLE} | ({"rgb": SAMPLE} if rgb else {})
    yield f"| without | {' | '.join(limits)} |"
    yield "|---|" + "---|" * len(limits)
    whole = {name: bench.result(Run(name, limit=limit)) for name, limit in limits.items()}
    cells = [_absolute(whole[name]) for name in limits]
    yield f"| nothing | {' | '.join(cells)} |"
    for ingredient in INGREDIENTS:
        cells = []
        for name, limit in limits.items():
            if ingredient not in TOUCHED.get(name, INGREDIENTS):
                cells.append("–")
                continue
            result = bench.result(Run(name, without=ingredient, limit=limit))
            cells.append(_difference(whole[name], result))
        yield f"| {ingredient} | {' | '.join(cells)} |"
    yield ""


def _absolute(result: Result) -> str:
    one, five = (result.mean(f"evidence_recall@{k}") for k in (1, 5))
    return f"{one:.3f} / {five:.3f}, {result.values['latency']['p50_ms']:.0f} ms"


def _difference(whole: Result, less: Result) -> str:
    found = []
    for k in (1, 5):
        before, after = (each.mean(f"evidence_recall@{k}") for each in (whole, less))
        assert before is not None and after is not None
        found.append(f"{after - before:+.3f}")
    if [q["hits"] for q in whole.values["questions"]] == [q["hits"] for q in less.values["questions"]]:
        return "–"
    return f"{' / '.join(found)}, {less.values['latency']['p50_ms']:.0f} ms"


def speed(path: Path) -> Iterator[str]:
    """What benchmarks/search_speed.py found, as it says it."""
    if path.exists():
        yield "## Speed"
        yield ""
        yield from json.loads(path.read_bytes())["markdown"].strip().splitlines()
        yield ""


def failures(bench: Bench) -> Iterator[str]:
    """The ten worst failures, with their explanations."""
    explanations = yaml.safe_load(EXPLANATIONS.read_text(encoding="utf-8")) or {}
    yield "## The ten worst failures"
    yield ""
    yield "Questions whose evidence is lowest in the ranking, those of policy first."
    yield ""
    worst: list[tuple[str, Mapping[str, Any]]] = []
    for run, most in ((Run("policy"), 4), (Run("doc2dial"), 3), (Run("clapnq_dev"), 3)):
        questions = [q for q in bench.result(run).values["questions"] if "evidence_recall@20" in q["metrics"]]
        order = ("evidence_recall@20", "evidence_recall@10", "recall@5", "evidence_recall@5", "mrr@10")
        questions.sort(key=lambda q: ([q["metrics"].get(name, 0.0) for name in order], q["qid"]))
        worst += [(run.set_name, q) for q in questions[:most]]
    for number, (set_name, question) in enumerate(worst, start=1):
        why = explanations.get(f"{set_name}/{question['qid']}", "Not yet explained.")
        text = " ".join(question["question"].split())
        yield f"{number}. **{set_name} {question['qid']}**: {text[:300]}"
        yield f"   {' '.join(why.split())}"
    yield ""


if __name__ == "__main__":
    main()
