"""Importing policybot and asking the command line for help load nothing that only answering or reading needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import policybot

HEAVY = frozenset(
    "bs4 chromadb docx fastapi gradio langchain langchain_core langgraph lxml numpy onnxruntime openpyxl pptx "
    "pydantic_settings pypdfium2 pypinyin sqlite3 tokenizers uvicorn xllamacpp yaml".split()
)
"""Models' runtimes, parsers, stores, the page and what they are made of. typer loads pydantic and markdown_it."""

_IMPORT = "import policybot"
_HELP = """
from policybot.cli import main
sys.argv = ["policybot", *{command!r}, "--help"]
try:
    main()
except SystemExit:
    pass
"""
_LOADED = "\nimport json, sys\nprint(json.dumps(sorted({module.partition('.')[0] for module in sys.modules})))"


def _loaded(program: str) -> set[str]:
    """Top-level modules that a program has loaded at its end, in a process of its own."""
    said = subprocess.run([sys.executable, "-c", f"import sys\n{program}{_LOADED}"], capture_output=True, check=True)
    return set(json.loads(said.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "program",
    [
        _IMPORT,
        "from policybot import errors",
        *(_HELP.format(command=command) for command in ([], ["ask"], ["index"], ["eval", "answers"], ["users"])),
    ],
    ids=["import", "errors", "--help", "ask --help", "index --help", "eval answers --help", "users --help"],
)
def test_nothing_heavy_is_loaded_to_start(program: str) -> None:
    loaded = _loaded(program)

    assert "policybot" in loaded
    assert loaded & HEAVY == set()


def test_every_name_is_listed_before_it_is_loaded() -> None:
    """``dir`` shows what the package offers, for whoever explores it."""
    assert set(policybot.__all__) <= set(dir(policybot))


def test_a_name_that_is_not_there_is_named() -> None:
    with pytest.raises(AttributeError, match=r"'policybot' has no attribute 'PolicyBott'"):
        _ = policybot.PolicyBott  # type: ignore[attr-defined]


def test_a_bot_opens_without_parsers_and_models(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Opening an index reads no document and runs no model: neither is loaded for it."""
    folder = tmp_path_factory.mktemp("data")
    program = f"""
from policybot import PolicyBot, load_settings
with PolicyBot(load_settings(data_dir={str(folder)!r}, chat_model="none")) as bot:
    assert bot.documents() == ()
"""

    assert _loaded(program) & {"docx", "gradio", "openpyxl", "pptx", "pypdfium2", "xllamacpp"} == set()
