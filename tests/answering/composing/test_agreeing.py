"""Of several sources' sentences those are chosen that say the same kind of thing."""

from __future__ import annotations

from itertools import permutations

from policybot.answering.composing.agreeing import agreeing
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.text.tokens import content_tokens

ASKED = frozenset(content_tokens("今年的造林目标是多少？"))


def _source(name: str, *sentences: tuple[str, float]) -> list[Evidence]:
    found, at = [], 0
    for text, score in sentences:
        passage = Passage(f"{name}{at}", name, f"{name}.txt", name, text, at, at + len(text), (), None, "zh", 0)
        found.append(Evidence(Hit(passage, Metadata(title=name), "v", 1, 1.0, 1.0), text, at, at + len(text), score))
        at += len(text)
    return found


HILLS = _source("hills", ("造林是大事。", 0.5), ("今年造林目标为20万亩。", 0.3))
COAST = _source("coast", ("今年造林目标为3万亩。", 0.4), ("海堤要加固。", 0.2))
PLAIN = _source("plain", ("今年造林目标为7万亩。", 0.1), ("造林靠大家。", 0.12))
DESERT = _source("desert", ("骆驼有四千头。", 0.04))


def _texts(*sources: list[Evidence]) -> list[str]:
    return ["".join(each.text for each in chosen) for chosen in agreeing(sources, [ASKED] * len(sources))]


def test_a_sentence_whose_like_the_others_have_is_preferred_to_a_better_one() -> None:
    """The target is chosen of each, though two have another sentence with a higher score."""
    assert _texts(HILLS, COAST, PLAIN) == ["今年造林目标为20万亩。", "今年造林目标为3万亩。", "今年造林目标为7万亩。"]


def test_a_source_that_says_nothing_of_it_has_none() -> None:
    """A low score counts only where the others agree."""
    assert _texts(HILLS, COAST, DESERT)[2] == ""


def test_the_order_of_the_sources_does_not_matter() -> None:
    """Each has the same sentence in every order."""
    sources = (HILLS, COAST, PLAIN, DESERT)
    expected = dict(zip("0123", _texts(*sources), strict=True))

    for order in permutations(range(4)):
        assert dict(zip(map(str, order), _texts(*(sources[i] for i in order)), strict=True)) == expected


def test_a_source_without_sentences_is_left_out() -> None:
    """It has none, and the others are chosen as without it."""
    assert _texts(HILLS, [], COAST) == [_texts(HILLS, COAST)[0], "", _texts(HILLS, COAST)[1]]
