"""Whether an answer says what the key says."""

from __future__ import annotations

import pytest

from policybot import load_settings
from policybot.evaluation.correctness import KeyMatcher
from policybot.evaluation.datasets import Question
from policybot.models.embedding import E5Small


@pytest.fixture(scope="module")
def matcher() -> KeyMatcher:
    return KeyMatcher(multilingual=E5Small(load_settings().cache_dir))


def _question(text: str, key: str, language: str = "en", evidence: tuple[str, ...] = ()) -> Question:
    return Question("q", text, language, key=key, gold_evidence=evidence)


@pytest.mark.parametrize(
    ("question", "key", "answer", "correct"),
    [
        pytest.param("How long is the quay?", "200 metres.", "The quay is 200 metres long.", True, id="same figure"),
        pytest.param("How long is the quay?", "200 metres.", "The quay is 250 metres long.", False, id="other figure"),
        pytest.param("码头有多长？", "200米。", "The quay is 200 metres long.", True, id="figure in another language"),
        pytest.param(
            "How much will it cost?", "12.5 million crowns.", "费用为1250万克朗。", True,
            id="figure in another notation",
        ),
        pytest.param("By how much?", "By 5 percent.", "By 5 percentage points.", False, id="percent is not points"),
        pytest.param(
            "How many trees by 2035?", "4,200 by 2035.", "It wants to plant 4,200 trees.", True,
            id="a figure that the question states need not be repeated",
        ),
        pytest.param(
            "How many were due in 2025?", "165 (129 were due in 2024).", "165 were due.", True,
            id="asides are no part of the answer",
        ),
        pytest.param(
            "建成多少座码头？", "5座，年吞吐量超过360万吨，居全省首位。", "建成5座码头。", True,
            id="one figure is asked for, the key adds others",
        ),
        pytest.param(
            "How many quays and how many ferries are there?", "5 quays, 7 ferries.", "There are 5 quays.", False,
            id="two figures are asked for",
        ),
        pytest.param(
            "Which lines run on batteries?", "The northern line, the night line and the school line.",
            "The northern line and the night line run on batteries.", False, id="a list that lacks an item",
        ),
        pytest.param(
            "Which lines run on batteries?", "The northern line, the night line and the school line.",
            "The school line, the northern line and the night line do.", True, id="a list in another order",
        ),
        pytest.param(
            "Will the car ferry be abolished?", "No. The plan keeps the car ferry.", "The plan keeps the car ferry.",
            True, id="a no whose reason is given",
        ),
        pytest.param(
            "What happens to the car ferry?", "It will not be abolished.", "It will be abolished.", False,
            id="a negation that is dropped",
        ),
        pytest.param(
            "What happens to the car ferry?", "It will be kept running.", "It will not be kept running.", False,
            id="a negation that is added",
        ),
        pytest.param(
            "Why is the deposit 200?", "It is not: the deposit is 100.", "The deposit is 100.", False,
            id="a premise that is not denied",
        ),
        pytest.param(
            "Why is the deposit 200?", "It is not: the deposit is 100.", "That is not so: the deposit is 100.", True,
            id="a premise that is denied",
        ),
        pytest.param(
            "Who founded the library?", "Ada Sund.", "The library was founded by Per Holm.", False, id="another name"
        ),
        pytest.param(
            "读者证押金何时退还？", "退证时全额退还。", "押金在退证的时候全额退还给读者。", True,
            id="Chinese by characters",
        ),
    ],
)  # fmt: skip
def test_answer_against_key(matcher: KeyMatcher, question: str, key: str, answer: str, correct: bool) -> None:
    """Figures, negation and every part of the key decide, whatever the wording and the language."""
    found = matcher.compare(_question(question, key), [answer])

    assert found is not None
    assert found.correct == correct, found.reason


def test_quoted_evidence_is_right_in_any_language(matcher: KeyMatcher) -> None:
    """An answer that quotes the gold evidence is right though its words are not the key's language."""
    evidence = ("The council wants to plant trees along the harbour.",)

    found = matcher.compare(_question("议会想做什么？", "在港口沿岸种树。", "zh", evidence), list(evidence))

    assert found is not None
    assert found.correct


def test_a_table_states_its_unit_once(matcher: KeyMatcher) -> None:
    """A figure without its unit is the key's where the evidence, too, states it without."""
    question = _question("How many tonnes?", "16.5 million tonnes.", evidence=("| 2025 | 16.5 |",))

    quoted = matcher.compare(question, ["| 2025 | 16.5 |"])
    other = matcher.compare(question, ["| 2024 | 14.5 |"])

    assert quoted is not None and quoted.correct
    assert other is not None and not other.correct


def test_every_group_needs_one_alternative(matcher: KeyMatcher) -> None:
    """Of each group of alternatives one must stand in the answer, as a whole word or as the same figure."""
    question = Question("q", "Who and how many?", "en", answer_groups=(("Ada Sund", "A. Sund"), ("187万",)))

    both = matcher.compare(question, ["Ada Sund sold 1.87 million."])
    one = matcher.compare(question, ["Ada Sund sold some."])

    assert both is not None and both.correct
    assert one is not None and (one.correct, one.score) == (False, 0.5)


def test_short_answers_are_contained_and_any_will_do(matcher: KeyMatcher) -> None:
    """Of several answers any one makes it right; a short one must stand there word for word."""
    question = Question("q", "Where?", "en", answers=("Port Ellis", "on the northern quay of the harbour town"))

    assert matcher.compare(question, ["In Port Ellis."]).correct  # type: ignore[union-attr]
    assert not matcher.compare(question, ["In Port Vik, named after Ellis."]).correct  # type: ignore[union-attr]


def test_without_key_nothing_is_measured(matcher: KeyMatcher) -> None:
    """A question without a key has no correctness; an empty answer to one with a key is wrong."""
    assert matcher.compare(Question("q", "Why?", "en"), ["Because."]) is None
    assert not matcher.compare(_question("Why?", "Because of the tide."), []).correct  # type: ignore[union-attr]
