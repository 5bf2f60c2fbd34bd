"""Each rule of docs/quantities.md holds: what is carried is supported, what is not carried never is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from policybot.checking import Checker, evidence_in
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import load_settings
from policybot.text.detecting import detect_language

DOCS = Path(__file__).parents[2] / "docs" / "quantities.md"


class Rule(NamedTuple):
    """A row of the table."""

    rule: str
    evidence: str
    carried: str
    not_carried: str
    source: str


def rules() -> list[Rule]:
    """The rows of the page's tables."""
    lines = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rows = [Rule(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines]
    return [row for row in rows if row.rule != "rule"]


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A checker with the real models."""
    cache = load_settings().cache_dir
    return Checker(multilingual=E5Small(cache), matcher=ColbertSmall(cache))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule)
def test_a_rule_tells_what_is_carried_from_what_is_not(checker: Checker, rule: Rule) -> None:
    """The evidence supports the sentence that is carried, and not the other one, which differs by the rule alone."""
    evidence = evidence_in(rule.evidence)
    carried = checker.check(rule.carried, detect_language(rule.carried), evidence)
    not_carried = checker.check(rule.not_carried, detect_language(rule.not_carried), evidence)

    assert carried.verdict == "supported", carried.reason
    assert not_carried.verdict != "supported", not_carried.reason


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule)
def test_what_the_evidence_says_itself_is_carried(checker: Checker, rule: Rule) -> None:
    """Word for word the evidence supports itself, whatever figures and dates it holds."""
    found = checker.check(rule.evidence, detect_language(rule.evidence), evidence_in(rule.evidence))

    assert found.verdict == "supported", found.reason
