"""Whatever interrupts indexing, the next run finishes it: three rounds of benchmarks/faults.py, which does hundreds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_FAULTS = Path(__file__).parents[2] / "benchmarks" / "faults.py"


def test_killed_indexing_is_finished_by_the_next_run() -> None:
    """A first index, a re-index and a rebuild, each killed once, leave an index that works and is then completed."""
    command = [sys.executable, str(_FAULTS), "--kills", "3", "--files", "10", "--json"]

    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["recovered"] == 3
