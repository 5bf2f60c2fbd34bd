"""Carried means carried by one: by one sentence in its context, or each clause by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policybot.checking import Checker, evidence_in
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import load_settings
from policybot.text.detecting import detect_language


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A checker with the real models."""
    cache = load_settings().cache_dir
    return Checker(multilingual=E5Small(cache), matcher=ColbertSmall(cache))


def _evidence(*texts: tuple[str, str]) -> list[Evidence]:
    """Sentences, each under the title of its document."""
    found = []
    for number, (title, text) in enumerate(texts):
        passage = Passage(f"p{number}", title, title, title, text, 0, len(text), (), None, detect_language(text), 0)
        found.append(Evidence(Hit(passage, Metadata(title=title), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0))
    return found


def _verdict(checker: Checker, claim: str, evidence: Sequence[Evidence]) -> str:
    return checker.check(claim, detect_language(claim), evidence).verdict


@pytest.mark.parametrize(
    ("claim", "texts"),
    [
        (
            "Research spending is the growth target of Vik for 2034, 5 percent.",
            ("Research spending of Vik is 5 percent of its output.", "The growth target of Vik for 2034 is announced."),
        ),
        (
            "南港2034年增长目标为5.8%。",
            ("南港2034年增长目标已经公布。", "北港2034年研发投入占比为5.8%。"),
        ),
        (
            "Labour productivity in the port grew by 6 percent in 2034.",
            ("Total factor productivity in the port grew by 6 percent in 2034.", "Labour productivity is measured."),
        ),
        (
            "The council will build ten schools and twelve clinics by 2034.",
            ("The council will build twelve schools by 2034.", "The council opened ten clinics by 2034."),
        ),
    ],
    ids=["share for target", "another place's share", "another indicator", "another count"],
)
def test_the_words_of_several_sources_together_carry_nothing(
    checker: Checker, claim: str, texts: Sequence[str]
) -> None:
    """A sentence of which no source says all is not supported, though each of its words stands in one of them."""
    assert _verdict(checker, claim, _evidence(*(("Port Ellis plan", text) for text in texts))) != "supported"


def test_each_clause_may_have_a_source_of_its_own(checker: Checker) -> None:
    """Two clauses, each said by another sentence, are carried, and both sentences are cited."""
    evidence = _evidence(
        ("Plan", "The harbour council planted 4,200 trees along the old quay in 2034."),
        ("Plan", "The night ferry to Vik carried 90,000 passengers in 2034."),
    )
    claim = (
        "In 2034 the harbour council planted 4,200 trees along the old quay, "
        "and the night ferry to Vik carried 90,000 passengers."
    )

    found = checker.check(claim, "en", evidence)

    assert found.verdict == "supported", found.reason
    assert len(found.evidence) == 2


def test_a_clause_without_a_source_fails_the_sentence(checker: Checker) -> None:
    """One clause that nothing says is enough for the sentence not to be supported."""
    evidence = _evidence(
        ("Plan", "The harbour council planted 4,200 trees along the old quay in 2034."),
        ("Plan", "The night ferry to Vik carried 90,000 passengers in 2034."),
    )
    claim = (
        "In 2034 the harbour council planted 4,200 trees along the old quay, "
        "and the night ferry to Vik carried 80,000 passengers."
    )

    assert _verdict(checker, claim, evidence) != "supported"


TARGETS = {2032: "5", 2033: "5", 2034: "5"}


def _targets(values: dict[int, str]) -> list[Evidence]:
    return _evidence(
        *((f"Budget {year}", f"The growth target of the port is {v} percent.") for year, v in values.items())
    )


@pytest.mark.parametrize(
    ("claim", "last", "supported"),
    [
        ("In 2032, 2033 and 2034 the growth target of the port was 5 percent each.", "5", True),
        ("In 2032, 2033 and 2034 the growth target of the port was 5 percent each.", "6", False),
        ("In 2032, 2033 and 2035 the growth target of the port was 5 percent each.", "5", False),
    ],
    ids=["all have it", "one has another", "one is not there"],
)
def test_all_and_each_need_every_member(checker: Checker, claim: str, last: str, *, supported: bool) -> None:
    """What is said of each of several years is carried when a source of each year says it."""
    evidence = _targets(TARGETS | {2034: last})

    assert (_verdict(checker, claim, evidence) == "supported") == supported


@pytest.mark.parametrize(("last", "supported"), [("5%", True), ("6%", False)])
def test_jun_needs_every_member(checker: Checker, last: str, *, supported: bool) -> None:
    """均 says it of each of the years before it."""
    evidence = _evidence(
        ("2033年港口计划", "港口吞吐量增长目标为5%。"), ("2034年港口计划", f"港口吞吐量增长目标为{last}。")
    )
    claim = "2033年和2034年港口吞吐量增长目标均为5%。"

    assert (_verdict(checker, claim, evidence) == "supported") == supported


@pytest.mark.parametrize(("title", "supported"), [("Budget 2034", True), ("Budget 2033", False)])
def test_the_context_of_a_source_counts_and_no_other(checker: Checker, title: str, *, supported: bool) -> None:
    """The year of the claim may stand in the title of the sentence's own document, not in that of another one."""
    evidence = _evidence((title, "The port spends 12.5 million crowns on dredging."), ("Notes 2034", "Nothing else."))

    found = _verdict(checker, "In 2034 the port spends 12.5 million crowns on dredging.", evidence)

    assert (found == "supported") == supported


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("The ferry company may not carry explosives.", True),
        ("The ferry company must carry explosives.", False),
        ("The balance of the north quay was -£450 million.", True),
        ("The balance of the north quay was £450 million.", False),
        ("The balance of the north quay was -£450.", False),
    ],
)
def test_lead_ins_and_column_names_are_read_with_their_sentence(
    checker: Checker, claim: str, *, supported: bool
) -> None:
    """An item is read with the lead-in of its list, a cell with its column's name and unit."""
    text = (
        "The ferry company may not carry:\n\n- explosives\n- gas\n\n"
        "| Quay | Balance (£ million) |\n|---|---|\n| North | (450) |\n"
    )

    assert (_verdict(checker, claim, evidence_in(text)) == "supported") == supported


def test_a_contradiction_of_the_nearest_source_is_not_outvoted(checker: Checker) -> None:
    """Where the source that shares most words contradicts a sentence, another one that shares fewer does not help."""
    evidence = _evidence(
        ("Rules", "The harbour office may inspect foreign ships in the northern basin at night."),
        ("Notes", "The harbour office inspects ships."),
    )

    claim = "The harbour office must inspect foreign ships in the northern basin at night."
    assert _verdict(checker, claim, evidence) == "unsupported"


def test_what_was_compared_is_told(checker: Checker) -> None:
    """The check lists what the sentence states, and what differs belongs to one of these."""
    found = checker.check(
        "The fee rose to 12 crowns in 2034.", "en", _evidence(("Fees", "The fee rose by 12 crowns in 2034."))
    )

    assert {"figures", "dates", "words"} <= set(found.compared)
    assert [each.dimension for each in found.differences] == ["figures"]
