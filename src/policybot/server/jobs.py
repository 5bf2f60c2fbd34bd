"""Indexing that is started over HTTP: one at a time, in a thread, with progress, and it can be stopped."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from policybot.bot import PolicyBot
from policybot.domain import IndexReport, Progress
from policybot.errors import IndexingError, PolicybotError, UnknownJob
from policybot.indexing.watching import lower_priority

State = Literal["running", "done", "failed", "cancelled"]

_REMEMBERED = 50
"""Jobs that can be looked at; older ones are forgotten."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexJob:
    """One run of indexing.

    Attributes:
        progress: How far it has come; None before the first step.
        reports: What was done in each indexed folder, so far.
        error: Type and message of what it failed with; empty otherwise.
    """

    id: str
    state: State
    started_by: str
    started_at: str
    ended_at: str = ""
    progress: Progress | None = None
    reports: tuple[IndexReport, ...] = ()
    error_type: str = ""
    error: str = ""


class _Cancelled(Exception):
    """Raised inside the indexing by its progress: what is written so far stays, as after a crash."""


class IndexJobs:
    """Brings the index up to date with the folders that it was made from.

    Args:
        bot: Whose index.
    """

    def __init__(self, bot: PolicyBot) -> None:
        self._bot = bot
        self._lock = threading.Lock()
        self._jobs: dict[str, IndexJob] = {}
        self._cancel = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, started_by: str, paths: Sequence[Path] = ()) -> IndexJob:
        """Begin, and return the job at once.

        Args:
            started_by: Who wants it.
            paths: What to index; all that was indexed before when empty.

        Raises:
            IndexingError: Another job is running.
        """
        with self._lock:
            running = next((job for job in self._jobs.values() if job.state == "running"), None)
            if running is not None:
                raise IndexingError(f"Indexing job {running.id} is running. Wait until it has ended, or cancel it.")
            job = IndexJob(str(uuid.uuid4()), "running", started_by, _now())
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_REMEMBERED]:
                del self._jobs[old]
            self._cancel = threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(job.id, tuple(paths), self._cancel), name="indexing", daemon=True
            )
            self._thread.start()
            return job

    def jobs(self) -> tuple[IndexJob, ...]:
        """The latest jobs, the latest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, job_id: str) -> IndexJob:
        """One job as it stands.

        Raises:
            UnknownJob: There is none of this id among the latest.
        """
        with self._lock:
            if job_id not in self._jobs:
                raise UnknownJob(f"There is no indexing job {job_id!r}. The latest {_REMEMBERED} are remembered.")
            return self._jobs[job_id]

    def cancel(self, job_id: str) -> IndexJob:
        """Stop a job after the passages it is embedding; what was indexed stays. One that has ended stays as it is.

        Raises:
            UnknownJob: There is none of this id.
        """
        job = self.job(job_id)
        if job.state == "running":
            self._cancel.set()
        return job

    def close(self) -> None:
        """Stop a running job and wait for it."""
        self._cancel.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, job_id: str, paths: Sequence[Path], cancel: threading.Event) -> None:
        def note(progress: Progress) -> None:
            if cancel.is_set():
                raise _Cancelled
            self._change(job_id, progress=progress)

        lower_priority()
        try:
            for path in paths or self._bot.indexed_paths() or (self._bot.settings.documents_dir,):
                report = self._bot.index(path, background=True, on_progress=note)
                self._change(job_id, reports=(*self.job(job_id).reports, report))
            self._change(job_id, state="done", ended_at=_now())
        except _Cancelled:
            self._change(job_id, state="cancelled", ended_at=_now())
        except PolicybotError as exc:
            self._fail(job_id, type(exc).__name__, str(exc))
        except Exception:
            log.exception("Indexing job %s failed unexpectedly", job_id)
            self._fail(job_id, "InternalError", f"Something failed that should not. The log says what, at {_now()}.")

    def _fail(self, job_id: str, kind: str, message: str) -> None:
        self._change(job_id, state="failed", ended_at=_now(), error_type=kind, error=message)

    def _change(self, job_id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]  # fields by name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
