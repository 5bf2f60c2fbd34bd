"""Reads a set of bad and hostile files as indexing does, and counts crashes, hangs, memory and what goes unnamed.

    python benchmarks/bad_files.py [--json] [--small] [--only TEXT]

Each file of benchmarks/hostile_files.py is found by a survey of its folder, read by a Worker and split into passages;
it must end as a document or as an error that names it. The seconds are those of reading. Prints the totals and the
files that took longest.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import hostile_files

from policybot.errors import ReadingError
from policybot.reading import SUFFIXES, Worker, survey
from policybot.splitting import split
from policybot.text.detecting import detect_language

_MAX_BYTES = 200_000_000
_HANG_S = 60.0
_LIST = "list.json"


def outcome(worker: Worker, name: str, path: Path) -> tuple[str, str, float]:
    """How a file ends: ``read``, ``refused`` or ``crash``; the reason; seconds."""
    started = time.monotonic()
    seconds = 0.0
    try:
        document = worker.read(path, name=name, document_id="d", max_bytes=_MAX_BYTES)
        seconds = time.monotonic() - started
        passages = len(split(document, target_tokens=340, detect_language=detect_language))
        split_s = time.monotonic() - started - seconds
        found = "read", f"{len(document.text):,} characters, {passages:,} passages in {split_s:.1f} s"
    except ReadingError as exc:
        found = "refused", f"{type(exc).__name__}: {exc}"
    except BaseException as exc:  # what escapes is what is counted
        if isinstance(exc, KeyboardInterrupt):
            raise
        found = "crash", f"{type(exc).__name__}: {exc}"
    return *found, seconds or time.monotonic() - started


def main() -> None:
    """Make the files, read them in a process of its own, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the totals as JSON")
    parser.add_argument("--only", default="", help="files whose name holds this text")
    parser.add_argument("--small", action="store_true", help="leave out what is enormous")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--made", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        _make_all(arguments.make, arguments.only, small=arguments.small)
    elif arguments.made:
        _read_all(arguments.made, as_json=arguments.json)
    else:
        # Making a bomb takes more memory than refusing it, and a process inherits the peak of the one that starts it.
        with tempfile.TemporaryDirectory() as home:
            command = [sys.executable, __file__]
            making = [*command, "--make", home, "--only", arguments.only, *(["--small"] if arguments.small else [])]
            subprocess.run(making, check=True)
            subprocess.run([*command, "--made", home, *(["--json"] if arguments.json else [])], check=True)


def _make_all(home: Path, only: str, *, small: bool) -> None:
    """Each file in a folder of its own, the oddly named ones together in one, and their names in a list."""
    makers = [
        *hostile_files.common(sorted(SUFFIXES | {".zip"})),
        *hostile_files.special(),
        *hostile_files.archives(),
        *(() if small else hostile_files.enormous()),
    ]
    wanted: list[tuple[str, list[str]]] = []
    for name, make in makers:
        if only in name:
            folder = home / f"{len(wanted):04}"
            folder.mkdir()
            (folder / name).write_bytes(make())
            wanted.append((folder.name, [name]))
    if not only:
        folder = home / f"{len(wanted):04}"
        folder.mkdir()
        wanted.append((folder.name, hostile_files.oddly_named(folder)))
    (home / _LIST).write_text(json.dumps(wanted), encoding="utf-8")


def _read_all(home: Path, *, as_json: bool) -> None:
    rows: list[tuple[str, str, str, float]] = []
    files = named = 0
    with Worker() as worker:
        for folder, wanted in json.loads((home / _LIST).read_text(encoding="utf-8")):
            found = _all(worker, home / folder, home / "unpacked")
            rows += found
            files += len(wanted)
            named += sum(1 for name in wanted if any(each == name or each.startswith(f"{name}/") for each, *_ in found))
            _tell(found)
    totals = _totals(rows, files, named)
    sys.stdout.write((json.dumps(totals) if as_json else _table(totals, rows)) + "\n")


def _all(worker: Worker, folder: Path, unpacked: Path) -> list[tuple[str, str, str, float]]:
    """Name, outcome, reason and seconds of all that a folder holds."""
    started = time.monotonic()
    found = survey(folder, unpacked=unpacked, max_bytes=_MAX_BYTES)
    seconds = time.monotonic() - started
    rows = [(each.name, "refused", each.reason, seconds) for each in found.refused]
    return rows + [(name, *outcome(worker, name, path)) for name, path in found.files]


def _totals(rows: list[tuple[str, str, str, float]], files: int, named: int) -> dict[str, float]:
    kinds = Counter(kind for _, kind, _, _ in rows)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "files": files,
        "named": named,
        "read": kinds["read"],
        "refused": kinds["refused"],
        "crashes": kinds["crash"],
        "hangs": sum(1 for *_, seconds in rows if seconds > _HANG_S),
        "longest_s": round(max((seconds for *_, seconds in rows), default=0.0), 1),
        "reader_peak_mb": round(children / 1024),
        "own_peak_mb": round(own / 1024),
    }


def _table(totals: dict[str, float], rows: list[tuple[str, str, str, float]]) -> str:
    slow = sorted(rows, key=lambda row: -row[3])[:12]
    lines = [f"| {name} | {value} |" for name, value in totals.items()]
    lines += [f"| {name[:40]!r} | {kind}, {seconds:.1f} s: {reason[:120]} |" for name, kind, reason, seconds in slow]
    return "\n".join(lines)


def _tell(found: list[tuple[str, str, str, float]]) -> None:
    for name, kind, reason, seconds in found[:5]:
        sys.stderr.write(f"{kind:8} {seconds:6.1f} s  {name[:60]!r}  {reason[:160]}\n")


if __name__ == "__main__":
    main()
