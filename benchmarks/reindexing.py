"""How fast an index follows its documents: `python benchmarks/reindexing.py`, `--part` for one of its parts.

paragraph   One paragraph of a document of 300 pages is changed; bundled models.
watching    From saving a small file until a question finds it, and until deleting it takes it away; bundled models.
searching   Latency of searches while another process indexes, beside that of an idle machine; bundled models.
large       5,000 files of 20 passages each with embedders that only hash, in steps that show whether it is linear;
            the last step is killed in the middle and gone on with. Embedding 100,000 passages with the bundled models
            takes most of an hour on two cores, and is linear by nature: each text by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from policybot import PolicyBot, load_settings
from policybot.cli.indexing import watcher_of
from policybot.indexing import EmbeddingModels
from policybot.testing import HashingEmbedder

SEED = 20260101
PAGE_WORDS = 500
"""Words of a page, by which publishers count."""

_QUESTIONS = 100
WORDS = (
    "council harbour quay ferry tree library budget plan target energy school road water market tax grant region "
    "industry research standard carbon transport health pension labour price trade finance bank court police fire"
).split()


def _say(what: str) -> None:
    sys.stderr.write(what + "\n")


def _prose(chance: random.Random, words: int) -> str:
    sentences = [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(max(words // 14, 1))]
    return " ".join(sentences)


def _bot(place: Path, *, hashing: bool = False) -> PolicyBot:
    models = EmbeddingModels(HashingEmbedder("all.1"), {"en": HashingEmbedder("english.1")}) if hashing else None
    settings = load_settings(data_dir=place / "data", documents_dir=place / "documents", chat_model="none")
    return PolicyBot(settings, embedding_models=models)


def paragraph(place: Path, *, pages: int = 300, rounds: int = 5) -> dict[str, Any]:
    """Change one paragraph in the middle of a long document, again and again."""
    chance = random.Random(SEED)
    paragraphs = [_prose(chance, 125) for _ in range(pages * PAGE_WORDS // 125)]
    path = place / "documents" / "long.md"
    path.parent.mkdir(parents=True)

    def write() -> None:
        sections = ["\n\n".join(paragraphs[i : i + 20]) for i in range(0, len(paragraphs), 20)]
        path.write_text(
            "# Long report\n\n" + "".join(f"## Chapter {i}\n\n{text}\n\n" for i, text in enumerate(sections)),
            encoding="utf-8",
        )

    write()
    found: list[dict[str, Any]] = []
    with _bot(place) as bot:
        first = bot.index()
        _say(f"first index: {first.passages} passages in {first.seconds} s")
        for number in range(rounds):
            paragraphs[chance.randrange(len(paragraphs))] = f"Ferry line {number} is new. {_prose(chance, 110)}"
            write()
            started = time.perf_counter()
            report = bot.index()
            took = time.perf_counter() - started
            found.append({"seconds": round(took, 2), "embedded": report.embedded, "crossed": report.crossed})
            _say(str(found[-1]))
    return {
        "pages": pages,
        "passages": first.passages,
        "first_s": first.seconds,
        "median_s": statistics.median(each["seconds"] for each in found),
        "rounds": found,
    }


def watching(place: Path, *, rounds: int = 10) -> dict[str, Any]:
    """Save and delete small files in a watched folder; a question is asked ten times a second."""
    folder = place / "documents"
    folder.mkdir(parents=True)
    chance = random.Random(SEED)
    for number in range(50):
        (folder / f"{number}.md").write_text(f"# Report {number}\n\n{_prose(chance, 300)}\n", encoding="utf-8")
    found: dict[str, list[float]] = {"saved": [], "deleted": []}
    with _bot(place) as bot:
        bot.index()
        bot.warm_up()
        watcher = watcher_of(bot, [folder])
        watcher.start()
        _until(lambda: watcher.state.runs > 0)
        for number in range(rounds):
            path, marker = folder / "saved.md", f"lighthouse number {7000 + number}"
            path.write_text(f"# Keeper\n\nThe keeper of {marker} feeds seven gulls.\n", encoding="utf-8")
            started = time.perf_counter()
            _until(lambda marker=marker: marker in _first(bot, f"Who feeds gulls at {marker}?"))
            found["saved"].append(time.perf_counter() - started)
            path.unlink()
            started = time.perf_counter()
            _until(lambda marker=marker: marker not in _first(bot, f"Who feeds gulls at {marker}?"))
            found["deleted"].append(time.perf_counter() - started)
            _say(f"{found['saved'][-1]:.2f} s, {found['deleted'][-1]:.2f} s")
        watcher.close()
    return {
        f"{kind}_{name}_s": round(value, 2)
        for kind, times in found.items()
        for name, value in (("median", statistics.median(times)), ("longest", max(times)))
    }


def _first(bot: PolicyBot, question: str) -> str:
    hits = bot.search(question, limit=1)
    return hits[0].passage.text if hits else ""


def _until(happened: Callable[[], bool]) -> None:
    while not happened():
        time.sleep(0.1)


def searching(place: Path, *, files: int = 200) -> dict[str, Any]:
    """Search an index, first on an idle machine, then while another process adds to it."""
    folder, chance = place / "documents", random.Random(SEED)
    folder.mkdir(parents=True)
    for number in range(100):
        (folder / f"{number}.md").write_text(f"# Report {number}\n\n{_prose(chance, 500)}\n", encoding="utf-8")
    with _bot(place) as bot:
        bot.index()
        bot.warm_up()
        idle = _latencies(bot, chance, lambda: True)
        for number in range(files):
            (folder / f"new{number}.md").write_text(f"# New {number}\n\n{_prose(chance, 500)}\n", encoding="utf-8")
        environment = {**os.environ, "POLICYBOT_DATA_DIR": str(place / "data")}
        indexer = subprocess.Popen([sys.executable, "-m", "policybot", "index", str(folder)], env=environment)
        before = bot.counts()
        _until(lambda: bot.counts() != before or indexer.poll() is not None)
        busy = _latencies(bot, chance, lambda: indexer.poll() is None)
        indexer.kill()
        indexer.wait()
    found = {"idle": _percentiles(idle), "while_indexing": _percentiles(busy), "searches_while_indexing": len(busy)}
    found["p95_times"] = round(found["while_indexing"]["p95_ms"] / found["idle"]["p95_ms"], 2)
    return found


def _latencies(bot: PolicyBot, chance: random.Random, goes_on: Callable[[], bool]) -> list[float]:
    found = []
    while len(found) < _QUESTIONS and goes_on():
        question = f"What does the report say about the {' '.join(chance.choices(WORDS, k=4))}?"
        started = time.perf_counter()
        bot.search(question)
        found.append((time.perf_counter() - started) * 1000)
    return found


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    return {
        f"p{percent}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)
        for percent in (50, 95)
    }


def large(place: Path, *, files: int = 5000, steps: int = 5) -> dict[str, Any]:
    """Add files in equal steps, each indexed by a process of its own; kill the last one and go on."""
    folder, chance = place / "documents", random.Random(SEED)
    found = []
    for step in range(1, steps + 1):
        for number in range((step - 1) * files // steps, step * files // steps):
            path = folder / f"{number % 50:02}" / f"{number:05}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            sections = [f"## Section {i}\n\n{_prose(chance, 60)}" for i in range(20)]
            path.write_text(f"# Report {number}\n\n" + "\n\n".join(sections) + "\n", encoding="utf-8")
        command = [sys.executable, __file__, "--index", str(place)]
        if step == steps:
            indexer = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            time.sleep(found[-1]["seconds"] / 2)
            indexer.send_signal(signal.SIGKILL)
            indexer.wait()
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found.append(json.loads(done.stdout))
        if step == steps:
            found[-1]["after_a_kill"] = True
        _say(str(found[-1]))
    again = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return {"steps": found, "unchanged": again}


def _index(place: Path) -> dict[str, Any]:
    """One run, with the memory that it took and the disk that the index takes."""
    with _bot(place, hashing=True) as bot:
        report = bot.index()
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return {
        "documents": report.documents,
        "passages": report.passages,
        "embedded": report.embedded,
        "seconds": report.seconds,
        "peak_mb": round(int(peak[1]) / 1000) if peak else None,
        "disk_mb": round(sum(p.stat().st_size for p in (place / "data").rglob("*") if p.is_file()) / 1e6),
    }


PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "paragraph": paragraph,
    "watching": watching,
    "searching": searching,
    "large": large,
}


def main() -> None:
    """Run the parts and print what they found, as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", action="append", choices=list(PARTS))
    parser.add_argument("--files", type=int, default=5000, help="files of the part large, 20 passages each")
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.index:
        sys.stdout.write(json.dumps(_index(arguments.index)))
        return
    found = {}
    for part in arguments.part or list(PARTS):
        with tempfile.TemporaryDirectory(prefix="policybot-reindexing-") as place:
            given = {"files": arguments.files} if part == "large" else {}
            found[part] = PARTS[part](Path(place), **given)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
