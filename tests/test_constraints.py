"""The versions that were tested: what a machine set up next year gets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LINES = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


def test_each_line_is_a_name_and_one_version() -> None:
    """No address, no file, no local build: any index of packages has it."""
    assert [line for line in LINES if not re.fullmatch(r"[\w.-]+==[\w.!]+", line)] == []
    names = [canonicalize_name(line.partition("==")[0]) for line in LINES]
    assert len(names) == len(set(names))


def test_everything_that_make_installs_is_held() -> None:
    """Each requirement of policybot, of its chat model and of its tests has a version that satisfies it."""
    held = dict(line.split("==") for line in LINES)
    versions = {canonicalize_name(name): version for name, version in held.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for each in (*project["dependencies"], *extras["local"], *extras["dev"]):
        requirement = Requirement(each)
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)], prereleases=True), each
