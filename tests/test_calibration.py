"""Numbers by which is decided: each says where it comes from, and none comes from what results are reported on."""

from __future__ import annotations

import ast
import copy
import datetime
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import policybot
from policybot import calibration
from policybot.calibration import CHOOSING_SETS, CHOSEN_ON, HOWS, REPORTED_SETS, UNDIVIDED_SETS, Bound, Count

DECIDING = ("answering", "checking", "models/judging.py", "screening", "searching", "text")
"""Rooms in which a number at a module's top decides, unless its name says that it only says how: the size of a cache,
the version of a format, how far back a line is looked at."""
_HOW_ONLY = re.compile(r"REMEMBERED|_VERSION|INDENT")


def _numbers(value: object) -> Iterator[Bound | Count]:
    if isinstance(value, (Bound, Count)):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, dict):
        yield from _numbers(tuple(value.values()))


NUMBERS = [
    pytest.param(number, id=name)
    for name, value in vars(calibration).items()
    if name.isupper()
    for number in _numbers(value)
]


def _objection(number: Bound | Count) -> str:
    """What speaks against a number's provenance; empty when nothing does."""
    given = number.provenance
    if given.how not in HOWS or not given.unit or not given.why:
        return "says too little"
    datetime.date.fromisoformat(given.date)
    if any(each in REPORTED_SETS for each in given.on):
        return "was set on what results are reported on"
    known = {**CHOOSING_SETS, **(UNDIVIDED_SETS if given.how == "judged" else {})}
    if any(each not in known for each in given.on):
        return "was set on a set that is not one to choose on"
    if bool(given.on) != bool(given.n):
        return "names sets without questions, or questions without sets"
    if given.how == "chosen" and given.n < CHOSEN_ON:
        return "was chosen on too few questions"
    return ""


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_says_where_it_comes_from(number: Bound | Count) -> None:
    """No number is chosen on fewer than a hundred questions, or on any that results are reported on."""
    assert _objection(number) == ""


@pytest.mark.parametrize("set_name", [*REPORTED_SETS, "unheard_of"])
def test_a_number_of_a_reported_or_unknown_set_is_refused(set_name: str) -> None:
    """Whatever else it says, a number that was set on a reported or an unknown set is refused."""
    for how in ("chosen", "judged"):
        number = Bound(0.5, unit="odds", how=how, on=("policy", set_name), n=900, date="2026-11-28", why="it is best")

        assert _objection(number)


def test_a_number_chosen_on_few_questions_is_refused() -> None:
    """The same number is refused when 99 questions chose it and taken when 100 did, or when it is judged."""
    few, enough = (
        Bound(0.5, unit="odds", how="chosen", on=("policy",), n=n, date="2026-11-28", why="it is best")
        for n in (CHOSEN_ON - 1, CHOSEN_ON)
    )
    judged = Bound(0.5, unit="odds", how="judged", on=("policy",), n=9, date="2026-11-28", why="by hand")

    assert (_objection(few) != "", _objection(enough), _objection(judged)) == (True, "", "")


def test_no_question_is_chosen_on_and_reported_on() -> None:
    """A set stands on one list; where its parts stand on both, they are told apart by name."""
    assert not set(CHOOSING_SETS) & set(REPORTED_SETS)
    for name in {key.partition("/")[0] for key in CHOOSING_SETS} & {key.partition("/")[0] for key in REPORTED_SETS}:
        assert name not in CHOOSING_SETS and name not in REPORTED_SETS


def test_numbers_are_plain_numbers_that_copies_keep() -> None:
    """A bound computes as its float does, a count as its int, and copies and pickles keep the provenance."""
    for number in (calibration.LEAST_ODDS, calibration.QUOTED):
        for other in (copy.deepcopy(number), pickle.loads(pickle.dumps(number))):
            assert (other, repr(other), other.provenance) == (number, repr(number), number.provenance)
    assert calibration.QUOTED + 1 == 4 and f"{calibration.LEAST_ODDS:.2f}" == "0.60"


def test_every_number_is_used() -> None:
    """No number of calibration stands there unused."""
    source = Path(policybot.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in source.rglob("*.py") if path.name != "calibration.py"]
    words = set(re.findall(r"[A-Z][A-Z_]+", "\n".join(texts)))
    names = {name for name, value in vars(calibration).items() if name.isupper() and any(_numbers(value))}
    inside = Path(calibration.__file__).read_text(encoding="utf-8")

    assert {name for name in names - words if inside.count(name) < 2} == set()


def _sections(source: str) -> dict[str, list[str]]:
    """Number -> the modules and rooms that its section names: ``# Lists (answering/composing/listing.py)``."""
    found: dict[str, list[str]] = {}
    rooms: list[str] = []
    for head, name in re.findall(r"^((?:# .*\n)+)\n|^([A-Z_]+) = ", source, re.MULTILINE):
        if head:
            rooms = re.findall(r"[a-z_]+(?:/[a-z_]+)*(?:\.py)?", head.partition("(")[2].partition(")")[0])
        elif rooms:
            found[name] = rooms
    return found


def test_a_section_names_the_modules_that_its_numbers_decide_in() -> None:
    """Who reads a number of calibration knows where to look for what it does."""
    source = Path(policybot.__file__).parent
    sections = _sections(Path(calibration.__file__).read_text(encoding="utf-8"))
    uses = {
        path.relative_to(source).as_posix(): set(re.findall(r"\b[A-Z][A-Z_]+\b", path.read_text(encoding="utf-8")))
        for path in source.rglob("*.py")
        if path.name != "calibration.py"
    }

    assert len(sections) > 50
    assert [room for rooms in sections.values() for room in rooms if not (source / room).exists()] == []
    assert [
        f"{name} is used in {path}"
        for name, rooms in sections.items()
        for path, names in uses.items()
        if name in names and not any(path == room or path.startswith(f"{room}/") for room in rooms)
    ] == []


def _own_numbers(source: str) -> list[str]:
    """Names that a module gives a number as it stands in the source, at its top: ``_BOUND = 0.5``."""
    found = []
    for statement in ast.parse(source).body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            value = statement.value.operand if isinstance(statement.value, ast.UnaryOp) else statement.value
            if isinstance(value, ast.Constant) and type(value.value) in (int, float):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                found += [ast.unparse(target) for target in targets]
    return found


def test_no_module_that_decides_has_numbers_of_its_own() -> None:
    """A bound in a room where answers are decided comes from calibration, and so says where it comes from."""
    source = Path(policybot.__file__).parent
    modules = [path for room in DECIDING for path in (source / room, *(source / room).rglob("*.py")) if path.is_file()]
    own = {path.name: _own_numbers(path.read_text(encoding="utf-8")) for path in modules}

    assert len(modules) > len(DECIDING)
    assert [f"{name}: {each}" for name, found in own.items() for each in found if not _HOW_ONLY.search(each)] == []


@pytest.mark.parametrize("line", ["_BOUND = 0.5", "_BOUND: float = 0.5", "_BOUND = -20.0", "_BOUND = 3"])
def test_a_number_of_a_module_is_seen(line: str) -> None:
    """Whatever way a module writes its own number, it is found; one taken from calibration is not."""
    assert _own_numbers(f"import re\n{line}\n_OTHER = LEAST_ODDS\n") == ["_BOUND"]
