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

from policybot.bot.bot import PolicyBot
from policybot.domain import IndexReport, Progress
from policybot.errors import IndexingError, PolicybotError, UnknownJob
from policybot.indexing.addresses import is_address
from policybot.indexing.watching import lower_priority

State = Literal["running", "done", "failed", "cancelled"]
Place = str | Path
"""A folder, a file, or an address on the web."""

_REMEMBERED = 50
"""Jobs that can be looked at; older ones are forgotten."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one place.

    Attributes:
        place: The folder, file or address.
        state: ``done``, ``failed`` or ``cancelled``.
        report: What was done; None where nothing was.
        error: Message of what it failed with; empty otherwise.
    """

    place: str
    state: State
    report: IndexReport | None = None
    error_type: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class IndexJob:
    """One run of indexing.

    Attributes:
        places: What is indexed, one after the other; one that fails does not stop those behind it.
        outcomes: What came of the places, in their order, so far.
        progress: How far the place that is worked on has come; None before its first step.
        state: ``failed`` when any place has.
        error: Type and message of what the first place failed with; empty otherwise.
    """

    id: str
    state: State
    started_by: str
    started_at: str
    ended_at: str = ""
    places: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    progress: Progress | None = None
    reports: tuple[IndexReport, ...] = ()
    error_type: str = ""
    error: str = ""


class _Cancelled(Exception):
    """Raised inside the indexing by its progress: what is written so far stays, as after a crash."""


class _Cancelling:
    """What is to be stopped: single places, or everything."""

    def __init__(self) -> None:
        self.everything = threading.Event()
        self._places: set[str] = set()

    def add(self, place: str) -> None:
        """Stop one place, now or when its turn comes."""
        self._places.add(place)

    def holds(self, place: str) -> bool:
        """Whether a place is to be stopped."""
        return self.everything.is_set() or place in self._places


class IndexJobs:
    """Brings the index up to date with the folders that it was made from.

    Args:
        bot: Whose index.
    """

    def __init__(self, bot: PolicyBot) -> None:
        self._bot = bot
        self._lock = threading.Lock()
        self._jobs: dict[str, IndexJob] = {}
        self._cancelling = _Cancelling()
        self._thread: threading.Thread | None = None

    def start(self, started_by: str, places: Sequence[Place] = ()) -> IndexJob:
        """Begin, and return the job at once.

        Args:
            started_by: Who wants it.
            places: What to index; all that was indexed before when empty.

        Raises:
            IndexingError: Another job is running.
        """
        with self._lock:
            running = next((job for job in self._jobs.values() if job.state == "running"), None)
            if running is not None:
                raise IndexingError(
                    f"Indexing job {running.id} is running. Wait until it has ended, or cancel it.",
                    case="indexing_running",
                )
            wanted = tuple(places) or self._known()
            job = IndexJob(str(uuid.uuid4()), "running", started_by, _now(), places=tuple(map(str, wanted)))
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_REMEMBERED]:
                del self._jobs[old]
            self._cancelling = _Cancelling()
            self._thread = threading.Thread(
                target=self._run, args=(job.id, wanted, self._cancelling), name="indexing", daemon=True
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

    def _known(self) -> tuple[Place, ...]:
        return (*self._bot.indexed_paths(), *self._bot.indexed_addresses()) or (self._bot.settings.documents_dir,)

    def cancel(self, job_id: str, place: str = "") -> IndexJob:
        """Stop a job after the page it is fetching or the passages it is embedding; what was indexed stays.

        Args:
            place: Only this one; the job goes on with the others. A job that has ended stays as it is.

        Raises:
            UnknownJob: There is none of this id.
        """
        job = self.job(job_id)
        if job.state == "running":
            self._cancelling.add(place) if place else self._cancelling.everything.set()
        return job

    def close(self) -> None:
        """Stop a running job and wait for it."""
        self._cancelling.everything.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, job_id: str, places: Sequence[Place], cancelling: _Cancelling) -> None:
        lower_priority()
        for place in places:
            self._change(job_id, progress=None)
            outcome = self._outcome(job_id, place, cancelling)
            done = self.job(job_id)
            reports = done.reports if outcome.report is None else (*done.reports, outcome.report)
            self._change(job_id, outcomes=(*done.outcomes, outcome), reports=reports)
        outcomes = self.job(job_id).outcomes
        failed = next((each for each in outcomes if each.state == "failed"), None)
        if failed is not None:
            self._change(job_id, error_type=failed.error_type, error=failed.error)
        cancelled = cancelling.everything.is_set() or all(each.state == "cancelled" for each in outcomes)
        self._change(job_id, state="failed" if failed else "cancelled" if cancelled else "done", ended_at=_now())

    def _outcome(self, job_id: str, place: Place, cancelling: _Cancelling) -> Outcome:
        """Index one place."""
        name = str(place)

        def note(progress: Progress) -> None:
            if cancelling.holds(name):
                raise _Cancelled
            self._change(job_id, progress=progress)

        if cancelling.holds(name):
            return Outcome(name, "cancelled")
        try:
            report = self._bot.index(place, background=True, on_progress=note)
        except _Cancelled:
            return Outcome(name, "cancelled")
        except PolicybotError as exc:
            return Outcome(name, "failed", error_type=type(exc).__name__, error=str(exc))
        except Exception:
            # Nobody awaits this thread: a bug that ended it would leave the job running for good.
            log.exception("Indexing %s failed unexpectedly in job %s", name, job_id)
            wrong = f"Something failed that should not. The log says what, at {_now()}."
            return Outcome(name, "failed", error_type="InternalError", error=wrong)
        plan = report.plan
        if is_address(place) and plan.failed and not (plan.new or plan.changed or plan.moved or plan.unchanged):
            # Of a folder the other files are indexed; an address that brings nothing has failed.
            return Outcome(name, "failed", report, error_type=plan.failed[0].kind, error=plan.failed[0].reason)
        return Outcome(name, "done", report)

    def _change(self, job_id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]  # fields by name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
