"""The kind of each test, by which `make test-fast` and `pytest -m` choose."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.unit

KINDS = {"unit", "models", "server", "browser", "attacks"}


def test_every_test_has_exactly_one_kind(request: pytest.FixtureRequest) -> None:
    """What nobody marked gets its kind from its folder, or from what its modules import."""
    for item in request.session.items:
        assert len({mark.name for mark in item.iter_markers()} & KINDS) == 1, item.nodeid


def test_what_uses_a_bot_is_no_unit_test(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        if {"quoting_bot", "librarian", "indexed", "served"} & set(item.fixturenames):  # type: ignore[attr-defined]
            assert item.get_closest_marker("unit") is None, item.nodeid


def _opens_a_model() -> None:
    from policybot.models._onnx import session

    session(b"", name="none")


def _listens() -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("")


@pytest.mark.parametrize(
    ("forbidden", "named"),
    [
        pytest.param(_opens_a_model, "onnxruntime.InferenceSession", id="model"),
        pytest.param(lambda: subprocess.run([sys.executable, "-V"]), "subprocess.Popen", id="process"),
        pytest.param(os.fork, "os.fork", id="fork"),
        pytest.param(_listens, "socket.bind", id="port"),
    ],
)
def test_unit_test_is_alone(alone: Any, forbidden: Callable[[], object], named: str) -> None:
    """A unit test that opens a model, starts a process or listens fails where it does so, and says what it used."""
    with pytest.raises(pytest.fail.Exception, match=named):
        forbidden()

    assert [named] == alone.found
    alone.found.clear()


def test_unit_test_takes_no_model_that_another_has_loaded(alone: Any) -> None:
    """Models are shared by the tests of a process, but not with unit tests, which would pass or fail by their order."""
    with pytest.raises(pytest.fail.Exception, match="E5Small"):
        alone.model("E5Small")

    assert alone.found == ["E5Small"]
    alone.found.clear()


def test_unit_test_is_alone_in_its_threads(alone: Any, tmp_path: Path) -> None:
    """What a thread does is noted, though its error reaches nobody; the test fails in the end."""

    def swallowed() -> None:
        try:
            subprocess.run([sys.executable, "-V"])
        except BaseException:  # noqa: BLE001 - what swallows everything is what this is about
            return

    thread = threading.Thread(target=swallowed)
    thread.start()
    thread.join()

    assert alone.found == ["subprocess.Popen"]
    alone.found.clear()


@pytest.fixture(scope="module")
def prepared() -> None:
    """What a module prepares for its tests, with a process that is refused."""
    with pytest.raises(pytest.fail.Exception, match=r"subprocess\.Popen"):
        subprocess.run([sys.executable, "-V"])


def test_unit_test_is_alone_in_what_its_module_prepares(prepared: None, alone: Any) -> None:
    """A fixture of the module or the session belongs to the test that is the first to need it."""
    assert alone.found == ["subprocess.Popen"]
    alone.found.clear()
