"""A check of single claims, measured over pairs of evidence and claim: the measure set of pairs.

- false_passed = share of the claims that are not supported, of which the check says ``supported``
- true_refused = share of the supported claims, of which it says anything else, ``partly`` included
- crashed = share of all claims at which it raised an error; such a claim counts as refused
- right = share of all claims that are passed when they are supported, and are not when they are not
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from policybot import plugins
from policybot.checking import Checker, evidence_in
from policybot.domain import OnProgress, Progress, Verdict
from policybot.errors import EvaluationError
from policybot.evaluation.json_lines import read_records
from policybot.evaluation.run import Failure, IndexingCost, MeasureSet, Result, Run, beginning
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import Settings
from policybot.text.detecting import detect_language

PAIRS_FILE = "pairs.jsonl"

_LABELS: Mapping[str, bool] = {"supported": True, "not supported": False}


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the text that it is held against, and whether that text supports it.

    Attributes:
        kind: What the pair is about: ``range``; groups are made of it.
        across: Whether claim and evidence are in different languages.
    """

    id: str
    kind: str
    evidence: str
    claim: str
    supported: bool
    across: bool


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs of one folder, by its name."""

    name: str
    pairs: tuple[Pair, ...]

    def of_kinds(self, kinds: Sequence[str]) -> PairSet:
        """The pairs of these kinds.

        Raises:
            EvaluationError: There is none of one of them.
        """
        known = sorted({pair.kind for pair in self.pairs})
        for kind in kinds:
            if kind not in known:
                raise EvaluationError(f"{self.name} has no pairs of the kind {kind!r}. It has {', '.join(known)}.")
        return PairSet(self.name, tuple(pair for pair in self.pairs if pair.kind in kinds))


class ClaimCheck(Protocol):
    """Something that says whether a text supports a claim."""

    @property
    def name(self) -> str:
        """What reports call it."""

    def check(self, claim: str, evidence: str) -> tuple[Verdict, str]:
        """The verdict and its reason."""


class PolicybotCheck:
    """policybot's own check, of a text by itself: no title, no section, no date."""

    name = "policybot"

    def __init__(self, settings: Settings) -> None:
        self._checker = Checker(multilingual=E5Small(settings.cache_dir), matcher=ColbertSmall(settings.cache_dir))

    def check(self, claim: str, evidence: str) -> tuple[Verdict, str]:
        """See ``ClaimCheck.check``."""
        found = self._checker.check(claim, detect_language(claim), evidence_in(evidence))
        return found.verdict, found.reason


CHECKS: Mapping[str, str] = {"policybot": "policybot.evaluation.pairs:PolicybotCheck"}
"""What makes each check of the settings, as other packages declare theirs in the group ``policybot.evaluations``."""


def claim_check(name: str, *, settings: Settings) -> ClaimCheck:
    """The check of a name.

    Raises:
        EvaluationError: There is no check of this name.
        SettingsError: A package that the settings name brings no plugin, or one that cannot be used.
    """
    found = plugins.by_name(plugins.registered(plugins.EVALUATIONS, CHECKS, plugins.allowed_in(settings.plugins)))
    if name not in found:
        raise EvaluationError(f"There is no check called {name!r}. Choose among {', '.join(found)}.")
    make: Callable[[Settings], ClaimCheck] = found[name].load(Callable)
    return make(settings)


def read_pairs(folder: Path) -> PairSet:
    """The pairs of a folder's ``pairs.jsonl``.

    Raises:
        EvaluationError: The file is missing, empty or has another form.
    """
    pairs = []
    for record in read_records(folder / PAIRS_FILE):
        label = record.text("right")
        if label not in _LABELS:
            raise record.error(f"right must be one of {', '.join(map(repr, _LABELS))}, found {label!r}")
        pairs.append(
            Pair(
                record.text("id"),
                record.text("kind"),
                record.text("evidence"),
                record.text("claim"),
                _LABELS[label],
                record.flag("across", default=False),
            )
        )
    if not pairs:
        raise EvaluationError(f"{folder / PAIRS_FILE} holds no pairs. Each line is one, as docs/evaluation.md says.")
    return PairSet(folder.resolve().name, tuple(pairs))


def evaluate_pairs(
    check: ClaimCheck,
    pairs: PairSet,
    *,
    on_progress: OnProgress,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Hold every claim against its evidence.

    An error of the check is recorded with its pair, and the run goes on.

    Args:
        on_progress: Told about the claims checked.
        clock: Seconds from any start.
    """
    results = []
    for done, pair in enumerate(pairs.pairs, start=1):
        started = clock()
        results.append(_result(pair, *_checked(check, pair), clock() - started))
        on_progress(Progress("questions", done, len(pairs.pairs)))
    return Run(PAIRS, pairs.name, check.name, {}, IndexingCost(0.0, 0, 0), tuple(results))


def _checked(check: ClaimCheck, pair: Pair) -> tuple[Verdict, str, Failure | None]:
    try:
        return *check.check(pair.claim, pair.evidence), None
    except Exception as exc:  # noqa: BLE001 (whatever a check raises is a result of its evaluation)
        return "unsupported", "", Failure(type(exc).__name__, str(exc))


def _result(pair: Pair, verdict: Verdict, reason: str, failure: Failure | None, seconds: float) -> Result:
    passed = verdict == "supported"
    metrics = {"true_refused": float(not passed)} if pair.supported else {"false_passed": float(passed)}
    record: dict[str, Any] = {
        "kind": pair.kind,
        "across": pair.across,
        "right": pair.supported,
        "evidence": beginning(pair.evidence),
        "verdict": verdict,
        "reason": reason,
        "check_s": round(seconds, 5),
    }
    if failure is not None:
        record["failure"] = asdict(failure)
    metrics |= {"crashed": float(failure is not None), "right": float(passed == pair.supported)}
    return Result(pair.id, pair.claim, metrics, record)


def _timing(result: Result) -> Mapping[str, float]:
    return {"check_s": result.record["check_s"]}


def _times(run: Run) -> Mapping[str, Any]:
    return {"check": {f"p{p}_ms": round(run.seconds("check_s", p / 100) * 1000, 2) for p in (50, 95)}}


PAIRS = MeasureSet(
    name="pairs",
    headlines=("false_passed", "true_refused", "crashed", "right"),
    always=("false_passed", "true_refused", "crashed"),
    deciding=("right",),
    groupings={
        "kind": lambda result: result.record["kind"],
        "across": lambda result: "across languages" if result.record["across"] else "within a language",
    },
    keys=frozenset({"kind", "across", "right", "verdict", "reason", "check_s"}),
    timing=_timing,
    times=_times,
)
