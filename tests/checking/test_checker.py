"""The check sees what word overlap does not: figures, dates, negation, another language."""

from __future__ import annotations

import pytest

from policybot.checking import Checker, quantities
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import load_settings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 %", "five percent"),
        ("5%", "百分之五"),
        ("12.5 million", "1250万"),
        ("1 trillion yuan", "1万亿元"),
        ("1,250 firms", "1250家"),
        ("2 percentage points", "2个百分点"),
        ("in March 2024", "2024年3月"),
    ],
)
def test_equal_quantities_are_equal_in_both_languages(one: str, other: str) -> None:
    """The same figure is the same quantity however it is written."""
    assert quantities(one) == quantities(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("5 percent", "5 percentage points"), ("5%", "8%"), ("12.5 million", "12.5 billion"), ("5 May", "5 June")],
)
def test_different_quantities_differ(one: str, other: str) -> None:
    """Percent is not percentage points, a million not a billion, May not June."""
    assert quantities(one) != quantities(other)


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A checker with the real multilingual model."""
    return Checker(multilingual=E5Small(load_settings().cache_dir))


@pytest.fixture(scope="module")
def matching(checker: Checker) -> Checker:
    """One that matches English sentences word by word, too."""
    cache_dir = load_settings().cache_dir
    return Checker(multilingual=E5Small(cache_dir), matcher=ColbertSmall(cache_dir))


def _evidence(text: str, language: str = "en", title: str = "Harbour plan") -> Evidence:
    passage = Passage("p", "d", "d.md", title, text, 0, len(text), (), None, language, 0)
    return Evidence(Hit(passage, Metadata(title=title), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0)


_SOURCE = "The council wants to plant 4,200 trees along the harbour by March 2035 and will spend 12.5 million crowns."


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("By March 2035 the council wants to plant 4,200 trees along the harbour.", "supported"),
        ("By March 2035 the council wants to plant 4,300 trees along the harbour.", "unsupported"),
        ("By May 2035 the council wants to plant 4,200 trees along the harbour.", "unsupported"),
        ("The council will spend 12.5 billion crowns.", "unsupported"),
        ("The council does not want to plant trees along the harbour.", "unsupported"),
        ("The mayor opened a hospital in the mountains.", "unsupported"),
    ],
    ids=["same", "figure", "month", "scale", "negation", "another matter"],
)
def test_changed_sentences_are_caught(checker: Checker, sentence: str, verdict: str) -> None:
    """A sentence is supported by evidence that says it, and not once a figure, date or negation is changed."""
    assert checker.check(sentence, "en", [_evidence(_SOURCE)]).verdict == verdict


@pytest.mark.parametrize("whole", ["百", "千", "万", "十万", "亿"])
def test_share_of_any_whole_is_held_by_its_own_alone(checker: Checker, whole: str) -> None:
    """A share is supported by evidence that says it, and unsupported by one of another whole: 万分之五 and 千分之五."""
    said, other = f"潮汐观测站的误差不得超过{whole}分之五。", "潮汐观测站的误差不得超过三分之五。"

    assert checker.check(said, "zh", [_evidence(said, "zh")]).verdict == "supported"
    assert checker.check(said, "zh", [_evidence(other, "zh")]).verdict == "unsupported"


def test_chinese_sentence_rests_on_english_evidence(checker: Checker) -> None:
    """Across languages a faithful sentence passes and one with another figure does not."""
    faithful = checker.check(
        "市议会计划到2035年3月在港口种植4200棵树，并将花费1250万克朗。", "zh", [_evidence(_SOURCE)]
    )
    changed = checker.check("市议会计划到2035年3月在港口种植4300棵树，并将花费1250万克朗。", "zh", [_evidence(_SOURCE)])

    assert (faithful.verdict, changed.verdict) == ("supported", "unsupported")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("In 2034 the council plants 4,200 trees along the harbour and spends 12.5 million crowns.", "en"),
        ("2034年市议会在港口种植4200棵树，并将花费1250万克朗。", "zh"),
    ],
)
def test_no_sentence_lends_its_year_to_another(checker: Checker, sentence: str, language: str) -> None:
    """A figure of a 2035 budget is not one of 2034 because the next sentence happens to mention 2034."""
    figure = "The council plants 4,200 trees along the harbour and spends 12.5 million crowns."
    aside = "The bridge costs 90 million crowns more than in 2034."

    of_2035 = checker.check(sentence, language, [_evidence(figure, title="Budget 2035"), _evidence(aside)])
    of_2034 = checker.check(sentence, language, [_evidence(figure, title="Budget 2034"), _evidence(aside)])

    assert of_2035.verdict == "unsupported"
    assert of_2034.verdict != "unsupported"


@pytest.mark.parametrize("fragment", ["Beacon council.", "Trees sold.", "It is harbour gold."])
def test_fragment_needs_all_its_words(checker: Checker, fragment: str) -> None:
    """A sentence of a few words is not carried by evidence that lacks one of them."""
    assert checker.check(fragment, "en", [_evidence(_SOURCE)]).verdict == "unsupported"


@pytest.mark.parametrize(
    ("claim", "text", "contradicted"),
    [
        ("the council close the harbour in May", "The council opened the harbour in May.", True),
        ("the council close the harbour in May", "The harbour was shut by the council in May.", False),
        ("the council cancel the ferry line", "The council launched the ferry line in May.", True),
        ("the council worry about the ferry line", "The council launched the ferry line in May.", False),
        ("the council abandon the old harbour", "Growth does not mean abandoning the old harbour.", True),
        ("the council not abandon the old harbour", "The council does not abandon the old harbour.", False),
    ],
    ids=["opposite", "synonym", "another deed", "what is felt", "denied", "both deny"],
)
def test_claim_that_changes_one_word_is_contradicted(
    matching: Checker, claim: str, text: str, contradicted: bool
) -> None:
    """A claim with all words of the evidence but one is contradicted when the evidence has nothing like that one."""
    assert matching.contradicted(claim, "en", [_evidence(text)]) == contradicted


def test_sentence_with_a_deed_of_its_own_is_carried_in_part(matching: Checker) -> None:
    """A verb that the evidence has nothing like keeps a sentence from being supported, however many words it shares."""
    of_the_evidence = "The council launched the ferry line to the northern harbour in May."
    check = matching.check(
        "The council cancelled the ferry line to the northern harbour.", "en", [_evidence(of_the_evidence)]
    )

    assert check.verdict == "partly"
    assert "cancelled" in check.reason
