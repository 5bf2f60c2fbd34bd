"""Following folders: what is saved there is indexed soon after, what fails is tried again less and less often."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from watchfiles import watch as changes_below

from policybot.domain import IndexReport
from policybot.errors import PolicybotError
from policybot.indexing.folders import is_remote, signature
from policybot.indexing.scanning import COARSEST_CLOCK_S

_LOG = logging.getLogger(__name__)

_QUIET_MS = 250
_LONGEST_BURST_MS = 3000
"""A burst of changes is taken as one when nothing has changed for so long, or after so long all the same."""

_RETRY_S = 5.0
_LONGEST_RETRY_S = 300.0
"""What failed is tried again after the first, then after twice as long each time, up to the last."""

_LOWER = 5
"""By how much the priority of indexing is lower than that of answering, on Unix's scale of 40: on a busy processor it
gets a third of the time."""

_LOOK_AGAIN_S = 60.0
"""How often the folders are compared though nothing was reported: the system may lose reports of a large burst."""

Polling = Literal["auto", "always", "never"]
IndexFolder = Callable[[Path], IndexReport]


@dataclass(frozen=True, slots=True)
class WatchTrouble:
    """A file, or a whole folder, that could not be indexed.

    Attributes:
        name: The document's name; empty when the whole folder failed.
        tries: How often it was tried.
        next_try_at: ISO time, UTC. When the file changes, it is tried at once.
    """

    folder: str
    name: str
    reason: str
    tries: int
    next_try_at: str


@dataclass(frozen=True, slots=True)
class WatchState:
    """What a watcher does.

    Attributes:
        state: ``watching``, ``indexing`` or ``stopped``.
        polling: Which of the folders are looked through again and again, as nothing reports their changes.
        runs: How often a change was indexed.
        last_run_at: When the last run ended: ISO time, UTC; empty before the first.
        troubles: What could not be indexed, and when it is tried again.
    """

    state: Literal["watching", "indexing", "stopped"] = "stopped"
    folders: tuple[str, ...] = ()
    polling: tuple[str, ...] = ()
    runs: int = 0
    last_run_at: str = ""
    troubles: tuple[WatchTrouble, ...] = ()


class Watcher:
    """Follows folders in a thread of its own until it is closed.

    Args:
        index: Brings the index up to date with one folder: ``PolicyBot.index``.
        folders: What to follow, folders or files.
        polling: Whether to look through the folders again and again instead of waiting for the system's reports;
            ``auto`` does so for network folders.
        poll_s: How often, in seconds.
        on_report: Told what each run did.
    """

    def __init__(
        self,
        index: IndexFolder,
        folders: Sequence[Path],
        *,
        polling: Polling = "auto",
        poll_s: float = 2.0,
        on_report: Callable[[IndexReport], None] = lambda _: None,
    ) -> None:
        self._index = index
        self._folders = tuple(folder.resolve() for folder in folders)
        self._polled = frozenset(
            folder for folder in self._folders if polling == "always" or (polling == "auto" and is_remote(folder))
        )
        self._poll_ms = max(50, int(poll_s * 1000))
        self._on_report = on_report
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._changed: set[Path] = set()
        self._tries: dict[Path, tuple[int, float]] = {}
        self._state = WatchState(folders=tuple(map(str, self._folders)), polling=tuple(sorted(map(str, self._polled))))
        self._threads: list[threading.Thread] = []

    @property
    def state(self) -> WatchState:
        """What it does now."""
        with self._lock:
            return self._state

    def start(self) -> None:
        """Begin: index what has changed since the last time, then follow."""
        self._note(state="watching")
        self._changed = set(self._folders)
        self._wake.set()
        for folder in self._folders:
            follow = self._poll if folder in self._polled else self._listen
            self._begin(follow, folder, name=f"watching {folder.name}")
        self._begin(self._work, name="indexing what changed")

    def close(self) -> None:
        """Stop, after the run at hand."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            thread.join()
        self._note(state="stopped")

    def wait(self) -> None:
        """Wait until another thread closes it."""
        self._stop.wait()

    def _begin(self, work: Callable[..., None], *given: object, name: str) -> None:
        thread = threading.Thread(target=work, args=given, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _note(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]  # fields by name

    # Noticing

    def _listen(self, folder: Path) -> None:
        """Wake the worker whenever something below the folder has changed; a folder that is away is waited for."""
        while not self._stop.is_set():
            if not folder.exists():
                self._stop.wait(self._poll_ms / 1000)
                continue
            try:
                for changed in changes_below(
                    folder,
                    watch_filter=None,
                    debounce=_LONGEST_BURST_MS,
                    step=_QUIET_MS,
                    stop_event=self._stop,
                    rust_timeout=1000,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                ):
                    if changed:
                        self._awake(folder)
                    elif not folder.exists():
                        break
            except (OSError, RuntimeError) as exc:  # the folder vanished, or the system watches no more files
                _LOG.warning("%s cannot be followed and is looked through instead: %s", folder, exc)
                self._polled = self._polled | {folder}
                self._note(polling=tuple(sorted(map(str, self._polled))))
                self._poll(folder)
            self._awake(folder)

    def _poll(self, folder: Path) -> None:
        """Wake the worker whenever a look at the folder shows something else than the one before.

        A file may be saved twice within the resolution of its time: so the worker, which hashes such files, looks
        once more when the time of the latest change is past.
        """
        before, settled_at = signature(folder), 0.0
        while not self._stop.wait(self._poll_ms / 1000):
            now = signature(folder)
            if now != before:
                began = time.monotonic()
                while now != before and time.monotonic() - began < _LONGEST_BURST_MS / 1000:
                    before = now
                    self._stop.wait(_QUIET_MS / 1000)
                    now = signature(folder)
                settled_at = time.monotonic() + COARSEST_CLOCK_S
                self._awake(folder)
            if settled_at and time.monotonic() >= settled_at:
                settled_at = 0.0
                self._awake(folder)

    def _awake(self, folder: Path) -> None:
        with self._lock:
            self._changed.add(folder)
        self._wake.set()

    # Indexing

    def _work(self) -> None:
        """Index what has changed, what is due again, and now and then everything."""
        lower_priority()
        looked_at = time.monotonic()
        while not self._stop.is_set():
            self._wake.wait(self._pause())
            self._wake.clear()
            if self._stop.is_set():
                return
            with self._lock:
                due, self._changed = self._changed, set()
            now = time.monotonic()
            due |= {folder for folder, (_, at) in self._tries.items() if at <= now}
            if now - looked_at >= _LOOK_AGAIN_S:
                due, looked_at = due | set(self._folders), now
            for folder in sorted(due):
                if not self._stop.is_set():
                    self._run(folder)

    def _pause(self) -> float:
        """Seconds until something is due though nothing changes."""
        now = time.monotonic()
        return max(0.0, min([_LOOK_AGAIN_S, *(at - now for _, at in self._tries.values())]))

    def _run(self, folder: Path) -> None:
        self._note(state="indexing")
        failed: dict[str, str] = {}
        try:
            report = self._index(folder)
            failed = {failure.name: failure.reason for failure in report.plan.failed}
            self._on_report(report)
        except PolicybotError as exc:
            failed = {"": str(exc)}
        except Exception:  # noqa: BLE001  # else the thread ends in silence; it is shown and logged
            _LOG.exception("Indexing %s failed unexpectedly", folder)
            failed = {"": f"Something failed that should not. The log says what, at {_iso(0)}."}
        self._remember(folder, failed)

    def _remember(self, folder: Path, failed: dict[str, str]) -> None:
        before = {t.name: t for t in self.state.troubles if t.folder == str(folder)}
        if failed:
            tries = self._tries.get(folder, (0, 0.0))[0] + 1
            # What changes its reason, or is new, is not worn out yet.
            if any(name not in before or before[name].reason != reason for name, reason in failed.items()):
                tries = 1
            wait = min(_RETRY_S * 2 ** (tries - 1), _LONGEST_RETRY_S)
            self._tries[folder] = tries, time.monotonic() + wait
        else:
            self._tries.pop(folder, None)
            wait = 0.0
        troubles = tuple(
            WatchTrouble(str(folder), name, reason, before[name].tries + 1 if name in before else 1, _iso(wait))
            for name, reason in sorted(failed.items())
        )
        others = tuple(trouble for trouble in self.state.troubles if trouble.folder != str(folder))
        self._note(state="watching", troubles=(*others, *troubles), runs=self.state.runs + 1, last_run_at=_iso(0))


def lower_priority() -> None:
    """Let this thread give way to those that answer questions, where the system knows priorities of threads."""
    with suppress(OSError, AttributeError):
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, min(os.getpriority(os.PRIO_PROCESS, thread) + _LOWER, 19))


def _iso(in_s: float) -> str:
    return datetime.fromtimestamp(time.time() + in_s, UTC).isoformat(timespec="seconds")
