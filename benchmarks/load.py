"""Many people at once: concurrent conversations over HTTP against a server of its own.

Each conversation asks about a place of its own, of which a document was made up for the run, and then a follow-up that
names no place. Before the load, everybody has this conversation once alone. Under load, an answer that differs in a
character or a citation from the one given alone counts as mixed up. A chat model may choose other words when it writes
several answers at once: its answers count as mixed up when they cite a document, or hold a name or a figure, of another
that the one given alone does not.

    python benchmarks/load.py --people 30 --seconds 180
    python benchmarks/load.py --people 8 --seconds 180 --chat-model local

Prints JSON: how many answers there were, which failed, which were mixed up, latencies in seconds, and the server's
memory in megabytes along the run. Exits with 1 when any failed or was mixed up.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

_PLACES = "Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Kapok Larch Maple Nettle Oak Pine Quince".split()
_KINDS = ("harbour", "valley", "market", "quarry", "station", "orchard")


@dataclass
class Run:
    """What was seen."""

    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    mixed_up: list[str] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)


def name(number: int) -> str:
    """Name of a place that no other has."""
    return f"{_PLACES[number % len(_PLACES)]} {_KINDS[number // len(_PLACES) % len(_KINDS)]}"


def figures(number: int) -> tuple[str, str]:
    """Its trees and its ferries."""
    return f"{4003 + 17 * number:,}", str(1201 + 13 * number)


def write_documents(folder: Path, people: int) -> None:
    """One document for each person."""
    for number in range(people):
        place, (trees, lamps) = name(number), figures(number)
        (folder / f"{number:03}.md").write_text(
            f"# Plan of the {place}\n\nThe {place} council will plant {trees} trees by 2035.\n\n"
            f"## Lighting\n\nThe {place} council will replace {lamps} street lamps by 2031.\n",
            encoding="utf-8",
        )


async def ask(client: httpx.AsyncClient, talk: str, question: str) -> tuple[Any, ...]:
    """Question and answer as the server gives them, with what is cited."""
    response = await client.post("/api/v1/ask", json={"question": question, "conversation": talk})
    response.raise_for_status()
    answer = response.json()
    return answer["question"], answer["text"], [(c["document"], c["quote"]) for c in answer["citations"]]


async def begin(client: httpx.AsyncClient) -> str:
    """A new conversation's id."""
    response = await client.post("/api/v1/conversations")
    response.raise_for_status()
    return str(response.json()["id"])


def questions(number: int) -> tuple[str, str]:
    """What a person asks, one after the other."""
    return f"How many trees will the {name(number)} council plant?", "And how many street lamps will it replace?"


async def alone(client: httpx.AsyncClient, number: int) -> list[tuple[Any, ...]]:
    """The answers to a person's questions while nobody else asks."""
    talk = await begin(client)
    return [await ask(client, talk, question) for question in questions(number)]


def foreign(answer: tuple[Any, ...], alone: tuple[Any, ...], number: int, people: int) -> bool:
    """Whether an answer holds what belongs to somebody else and what the one given alone does not hold."""
    _, text, cited = answer
    others = [each for other in range(people) if other != number for each in (name(other), *figures(other))]
    documents = {document for document, _ in alone[2]} | {f"{number:03}.md"}
    return any(each in text and each not in alone[1] for each in others) or any(d not in documents for d, _ in cited)


async def person(
    client: httpx.AsyncClient,
    number: int,
    expected: Sequence[tuple[Any, ...]],
    until: float,
    run: Run,
    *,
    people: int,
    writes: bool,
) -> None:
    """Have the conversation again and again."""
    while time.monotonic() < until:
        try:
            talk = await begin(client)
            for question, wanted in zip(questions(number), expected, strict=True):
                started = time.monotonic()
                answer = await ask(client, talk, question)
                run.latencies.append(time.monotonic() - started)
                if foreign(answer, wanted, number, people) if writes else answer != wanted:
                    run.mixed_up.append(f"{name(number)}: {question} -> {answer[1][:200]!r}, alone {wanted[1][:200]!r}")
        except httpx.HTTPError as exc:
            run.failures.append(f"{name(number)}: {exc!r}")


async def watch(pid: int, until: float, run: Run) -> None:
    """Note the server's memory every few seconds."""
    while time.monotonic() < until:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        run.memory_mb.append(int(resident.split()[1]) / 1024)
        await asyncio.sleep(5)


async def load(url: str, pid: int, people: int, seconds: float, *, writes: bool) -> Run:
    """Let everybody talk at once."""
    run = Run()
    limits = httpx.Limits(max_connections=people + 1)
    async with httpx.AsyncClient(base_url=url, timeout=300, limits=limits) as client:
        expected = [await alone(client, number) for number in range(people)]
        until = time.monotonic() + seconds
        talks = (
            person(client, number, expected[number], until, run, people=people, writes=writes)
            for number in range(people)
        )
        await asyncio.gather(watch(pid, until, run), *talks)
    return run


def report(run: Run, people: int, seconds: float) -> dict[str, Any]:
    """The run in numbers."""
    ordered = sorted(run.latencies) or [0.0]

    def percentile(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    return {
        "people": people,
        "seconds": seconds,
        "answers": len(run.latencies),
        "answers_per_s": round(len(run.latencies) / seconds, 2),
        "failed": len(run.failures),
        "mixed_up": len(run.mixed_up),
        "latency_s": {"mean": round(statistics.mean(ordered), 2)}
        | {f"p{p}": percentile(p / 100) for p in (50, 95, 99)},
        "memory_mb": [round(megabytes) for megabytes in run.memory_mb],
        "examples": (run.failures + run.mixed_up)[:10],
    }


def serve(folder: Path, port: int, chat_model: str) -> subprocess.Popen[str]:
    """A server over the documents, ready to answer."""
    environment = os.environ | {
        "POLICYBOT_DATA_DIR": str(folder / "data"),
        "POLICYBOT_DOCUMENTS_DIR": str(folder / "documents"),
        "POLICYBOT_CHAT_MODEL": chat_model,
        "LANG": "C.UTF-8",
    }
    command = [sys.executable, "-m", "policybot", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    if "ready" not in server.stdout.readline():
        raise SystemExit("The server did not start; what it said stands above.")
    return server


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--chat-model", default="none", help="As POLICYBOT_CHAT_MODEL; none quotes.")
    options = parser.parse_args(arguments)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "documents").mkdir()
        write_documents(folder / "documents", options.people)
        server = serve(folder, port, options.chat_model)
        try:
            run = asyncio.run(
                load(
                    f"http://127.0.0.1:{port}",
                    server.pid,
                    options.people,
                    options.seconds,
                    writes=options.chat_model != "none",
                )
            )
        finally:
            server.terminate()
            server.wait()
    result = report(run, options.people, options.seconds) | {
        "chat_model": options.chat_model,
        "load_average": [round(each, 1) for each in os.getloadavg()],
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    return 1 if run.failures or run.mixed_up else 0


if __name__ == "__main__":
    sys.exit(main())
