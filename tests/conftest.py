"""Shared by all tests: what kind each is, and an index of two small documents, made with the real embedding models."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from inspect import ismodule
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import hypothesis
import pytest

from indexes import Indexes
from policybot import PolicyBot, load_settings
from policybot.reading.formats import readers

KINDS = {
    "unit": "loads no model, starts no process and listens on no port: these are `make test-fast`",
    "models": "loads a model, or builds a PolicyBot, which does",
    "server": "starts another process, or listens on a port of this computer",
    "browser": "drives Chromium",
    "attacks": "hostile texts, through the real search and check",
}
"""Every test has exactly one of these marks; `pytest -m unit` runs those of one kind."""

_HERE = Path(__file__).parent

_FOLDERS = {
    "attacks": "attacks",
    "browser": "browser",
    "cli": "server",
    "fetching": "server",
    "indexing": "server",  # indexing reads documents in a process of its own
    "interfaces": "server",
}
_IMPORTED = {
    "server": ("http.server", "multiprocessing", "socket", "subprocess", "uvicorn", "policybot.reading.worker"),
    "models": ("policybot.bot", "policybot.models", "typer.testing"),  # a command opens a bot
}
"""What a test module, or one with a fixture that the test uses, imports from; the first kind that fits counts."""

_ENGINES = (("onnxruntime", "InferenceSession"), ("xllamacpp", "Server"))
"""What computes: every model of policybot's runs in one of these."""

_PROCESSES = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "socket.bind"}
"""Audit events [1] of a new process and of a port.

[1] https://docs.python.org/3/library/audit_events.html
"""


# An example may take as long as it takes: other work of the machine decides nothing.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    for kind, meaning in KINDS.items():
        config.addinivalue_line("markers", f"{kind}: {meaning}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test its kind: that of its own mark, of its folder, or of what its modules import; else unit."""
    for item in items:
        if not any(mark.name in KINDS for mark in item.iter_markers()):
            item.add_marker(_kind(item))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``-m unit`` the folders of other kinds are not even imported: Gradio and Playwright take seconds."""
    return (config.option.markexpr == "unit" and collection_path.name in _FOLDERS) or None


def pytest_collection_finish(session: pytest.Session) -> None:
    """The real models are loaded once for all bots of this process: a bot takes what another one has loaded."""
    if all(item.get_closest_marker("unit") for item in session.items):
        return  # They load none, and the modules of models take a second to import.
    choosing, models = map(importlib.import_module, ("policybot.indexing.choosing", "policybot.bot.models"))
    patched = pytest.MonkeyPatch()
    session.config.add_cleanup(patched.undo)
    for module, name in ((choosing, "E5Small"), (choosing, "BgeSmall"), (models, "ColbertSmall")):
        patched.setattr(module, name, partial(_shared, name, cache(getattr(module, name))))


def _shared(name: str, load: Callable[[Path], object], cache_dir: Path) -> object:
    _ALONE.model(name)
    return load(cache_dir)


def _kind(item: pytest.Item) -> str:
    folder = item.path.relative_to(_HERE).parts[0]
    if folder in _FOLDERS:
        return _FOLDERS[folder]
    fixtures = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    modules = {sys.modules[found[-1].func.__module__] for found in fixtures} | {item.module}  # type: ignore[attr-defined]
    imported = {name for module in modules if _is_a_folders(module) for name in _imports(module)}
    for kind, prefixes in _IMPORTED.items():
        if any(name == prefix or name.startswith(f"{prefix}.") for name in imported for prefix in prefixes):
            return kind
    return "models" if "quoting_bot" in item.fixturenames else "unit"  # type: ignore[attr-defined]


def _is_a_folders(module: ModuleType) -> bool:
    """Whether it is a test module or a conftest, other than this one, which all tests share."""
    path = Path(module.__file__ or "")
    return path.is_relative_to(_HERE) and path != Path(__file__)


def _imports(module: ModuleType) -> Iterator[str]:
    """Names of the modules that the module's names come from."""
    for value in vars(module).values():
        name = value.__name__ if ismodule(value) else getattr(value, "__module__", None)
        if isinstance(name, str) and name != module.__name__:
            yield name


ENGLISH = """---
title: "Harbour plan of Port Ellis"
publisher: "Port Ellis Council"
published: 2031-04-02
url: "https://example.org/harbour"
language: en
---

# Harbour plan of Port Ellis

## Targets

The council wants to plant 4,200 trees along the harbour by 2035. It will spend 12.5 million crowns on new quays.

## Ferries

Three ferry lines will run on batteries:

- the northern line to Skarholm;
- the night line to Vik;
- the school line.

The plan does not abolish the car ferry.
"""

CHINESE = """---
title: "海港市图书馆条例"
publisher: "海港市人民代表大会"
published: 2030-09-01
url: "https://example.org/library"
language: zh
---

# 海港市图书馆条例

## 开放时间

市图书馆每天开放十四小时，周末不闭馆。读者证押金为一百元，退证时全额退还。

## 藏书

到2032年，全市人均藏书量应达到2.5册。
"""


@pytest.fixture(scope="session")
def indexes(pytestconfig: pytest.Config) -> Indexes:
    """Indexes that are kept in pytest's cache; `pytest --cache-clear` makes them again."""
    return Indexes(pytestconfig.cache.mkdir("indexes"))


@pytest.fixture(scope="session")
def folder(indexes: Indexes) -> Path:
    """A folder with one English and one Chinese document; not to be written to."""
    return indexes.documents({"harbour.md": ENGLISH.encode(), "library.md": CHINESE.encode()})


@pytest.fixture(scope="session")
def quoting_bot(folder: Path, indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A bot over that folder that answers by quoting."""
    data = indexes.copy(folder, tmp_path_factory.mktemp("data"))
    with PolicyBot(load_settings(data_dir=data, chat_model="none")) as bot:
        yield bot


@pytest.fixture(scope="module")
def module_data(folder: Path, indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the module's own in which that folder is indexed."""
    return indexes.copy(folder, tmp_path_factory.mktemp("data"))


@pytest.fixture
def own_data(folder: Path, indexes: Indexes, tmp_path: Path) -> Path:
    """A data folder of the test's own in which that folder is indexed."""
    return indexes.copy(folder, tmp_path / "data")


class Alone:
    """Notes what a unit test does that none may do."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._watching = False
        sys.addaudithook(self._audit)

    def model(self, name: str) -> None:
        """Say that a model is taken that another test may have loaded."""
        if self._watching:
            self._refuse(name)

    def _refuse(self, what: str, *_: object, **__: object) -> NoReturn:
        """Note it, and end the test that does it."""
        self.found.append(what)
        pytest.fail(
            f"A unit test used {what}. Give its module the mark of what it is: `pytestmark = pytest.mark.models`."
        )

    def _audit(self, event: str, _: object) -> None:
        if self._watching and event in _PROCESSES:
            self._refuse(event)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Fail whatever opens a model, starts a process or listens on a port meanwhile, in whichever thread."""
        with pytest.MonkeyPatch.context() as patched:
            for module, name in _ENGINES:
                if importlib.util.find_spec(module) is not None:
                    patched.setattr(importlib.import_module(module), name, partial(self._refuse, f"{module}.{name}"))
            self._watching = True
            try:
                yield
            finally:
                self._watching = False
                self.found.clear()


_ALONE = Alone()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A unit test is watched from before its module's fixtures are made."""
    with _ALONE.watching() if item.get_closest_marker("unit") else nullcontext():
        return (yield)


@pytest.fixture(autouse=True)
def alone() -> Iterator[Alone]:
    """What a unit test did that none may do; the test fails though the error reached nobody."""
    yield _ALONE
    assert not _ALONE.found, "A unit test used these, in a thread of its own or where the error was swallowed."


@pytest.fixture
def install(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts a package with entry points on the path, as installing it would, until the end of the test.

    ``install(name, files, entry_points)``: the distribution's name, its modules' text by file name, and its entry
    points by group and name.
    """
    modules: list[str] = []

    def installed(name: str, files: Mapping[str, str], entry_points: Mapping[str, Mapping[str, str]]) -> None:
        place = tmp_path_factory.mktemp("installed")
        about = place / f"{name.replace('-', '_')}-1.0.dist-info"
        about.mkdir()
        for file, text in files.items():
            (place / file).write_text(text, encoding="utf-8")
            modules.append(file.removesuffix(".py"))
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        lines = [
            f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in each.items()) for group, each in entry_points.items()
        ]
        (about / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.syspath_prepend(place)

    yield installed
    readers.cache_clear()
    for module in modules:
        sys.modules.pop(module, None)
