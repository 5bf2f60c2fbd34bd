"""Commands of the terminal in the tests' own process: a process of its own costs seconds and tests nothing more."""

from __future__ import annotations

import io
import logging
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from policybot.cli import main


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def policybot(data: Path, *arguments: str, given: str = "", **environment: str) -> Done:
    """Run ``policybot ARGUMENTS`` over a data folder, quoting, with ``given`` on standard input.

    An error that is none of policybot's own is raised, where the terminal would print a traceback.
    """
    settings = {"POLICYBOT_DATA_DIR": str(data), "POLICYBOT_CHAT_MODEL": "none", "LANG": "C.UTF-8"}
    out, err = io.StringIO(), io.StringIO()
    log = logging.getLogger("policybot")
    level = log.level
    code: object = 0
    with (
        mock.patch.dict(os.environ, settings | environment),
        mock.patch.object(sys, "argv", ["policybot", *arguments]),
        mock.patch.object(sys, "stdin", io.StringIO(given)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        os.environ.pop("LC_ALL", None)
        try:
            main()
        except SystemExit as stopped:
            code = stopped.code
        finally:
            log.setLevel(level)
    return Done(code if isinstance(code, int) else int(code is not None), out.getvalue(), err.getvalue())
