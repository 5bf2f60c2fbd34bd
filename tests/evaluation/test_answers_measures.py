"""Measures of one answer: refusals, citations, exact quotes."""

from __future__ import annotations

import dataclasses

import pytest

from policybot import PolicyBot
from policybot.checking import Checker
from policybot.domain import Answer, Citation, Passage, Sentence
from policybot.evaluation.answer_metrics import FAULTS, answer_measures, outcome, shown
from policybot.evaluation.bearing import bearings
from policybot.evaluation.correctness import Correctness
from policybot.evaluation.datasets import Corpus, Question
from policybot.evaluation.metrics import pooled_estimate
from policybot.evaluation.policybot_system import PolicybotSystem
from policybot.evaluation.systems import Reply
from policybot.testing import HashingEmbedder

TREES = "The council wants to plant 4,200 trees along the harbour by 2035."
FERRY = "The plan does not abolish the car ferry."


def _citation(number: int, quote: str) -> Citation:
    return Citation(
        number, quote, 0, len(quote), "harbour.md", "d", "v", f"p{number}", "Plan", "", "", "", None, "", "en"
    )


def _reply(*sentences: Sentence, citations: tuple[Citation, ...] = (), **changes: object) -> Reply:
    passage = Passage("p", "d", "harbour.md", "Plan", f"{TREES} {FERRY}", 0, 106, (), None, "en", 0)
    answer = Answer("?", "answered", "en", sentences, citations=citations)
    answer = dataclasses.replace(answer, **changes)  # type: ignore[arg-type]
    return Reply(answer, (passage,), {"harbour.md": "harbour"}, tuple(True for _ in citations), 0.1, 0.2, 0.3)


def _checker() -> Checker:
    return Checker(multilingual=HashingEmbedder())


RIGHT = Correctness(True, 1.0, "")
WRONG = Correctness(False, 0.0, "")
ANSWERABLE = Question("q", "?", "en", gold_documents=("harbour",))
UNANSWERABLE = Question("q", "?", "en", answerable=False)


def test_citations_bear_with_their_own_quotes_only() -> None:
    """A sentence that what was read bears, but not what it cites, is supported and not borne by its citation."""
    reply = _reply(Sentence(TREES, "supported", (1,)), citations=(_citation(1, FERRY),))
    found = answer_measures(ANSWERABLE, reply, RIGHT, bearings(reply, _checker())).values

    assert (found["sentence_support"], found["citation_recall"], found["citation_precision"]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(("publisher", "verdict"), [("Port Ellis Council", "supported"), ("", "unsupported")])
def test_a_citation_bears_with_what_it_shows_of_its_source(publisher: str, verdict: str) -> None:
    """Whose figures they are may stand in the publisher's name, which every citation shows."""
    said = "Port Ellis wants to plant 4,200 trees along the harbour by 2035."
    cited = dataclasses.replace(
        _citation(1, "It wants to plant 4,200 trees along the harbour by 2035."), publisher=publisher
    )

    (found,) = bearings(_reply(Sentence(said, "supported", (1,)), citations=(cited,)), _checker())

    assert found.cited == verdict


def test_a_citation_that_adds_nothing_is_not_precise() -> None:
    """Of two citations of a sentence, the one that neither bears it nor is needed for it counts against precision."""
    citations = (_citation(1, TREES), _citation(2, FERRY))
    reply = _reply(Sentence(TREES, "supported", (1, 2)), citations=citations)

    (found,) = bearings(reply, _checker())

    assert (found.cited, found.precise) == ("supported", (True, False))


@pytest.mark.parametrize(("trees", "verdict"), [("4,200", "supported"), ("4,300", "unsupported")])
def test_a_tables_row_is_read_below_the_names_of_its_columns(trees: str, verdict: str) -> None:
    """A row that is cited with its column names bears what they say together, and both are precise."""
    header, row = _citation(1, "| Year | Trees planted (thousand) |"), _citation(2, "| 2035 | 4,200 |")
    row = dataclasses.replace(row, start=60, end=73)
    told = Sentence(f"Year: 2035; Trees planted (thousand): {trees}", "supported", (1, 2))

    (found,) = bearings(_reply(told, citations=(header, row)), _checker())

    assert (found.cited, set(found.precise)) == (verdict, {verdict == "supported"})


def test_cited_documents_are_compared_with_the_right_ones() -> None:
    """Agreement with the gold documents goes by the set's own ids."""
    reply = _reply(Sentence(TREES, "supported", (1,)), citations=(_citation(1, TREES),))
    question = dataclasses.replace(ANSWERABLE, gold_documents=("harbour", "library"))
    found = answer_measures(question, reply, RIGHT, bearings(reply, _checker())).values

    assert (found["citation_gold_precision"], found["citation_gold_recall"]) == (1.0, 0.5)


def test_without_citations_no_citation_is_measured() -> None:
    """A system that cites nothing has no citation measure, rather than 0 or 1."""
    reply = _reply(Sentence(TREES, "unsupported"))
    found = answer_measures(ANSWERABLE, reply, RIGHT, bearings(reply, _checker())).values

    assert not [name for name in found if name.startswith(("citation", "quote"))]
    assert found["sentence_support"] == 1.0


@pytest.mark.parametrize(
    ("question", "changes", "correctness", "expected"),
    [
        pytest.param(
            UNANSWERABLE, {"status": "abstained", "kind": "unanswered", "sentences": ()}, None, (1.0, 1.0),
            id="nothing answers it: abstained",
        ),
        pytest.param(UNANSWERABLE, {}, None, (0.0, None), id="nothing answers it: answered"),
        pytest.param(UNANSWERABLE, {"kind": "partial"}, None, (1.0, 1.0), id="nothing answers: said what is missing"),
        pytest.param(UNANSWERABLE, {"kind": "correction"}, None, (1.0, 1.0), id="nothing answers: premise corrected"),
        pytest.param(
            ANSWERABLE, {"status": "abstained", "kind": "unanswered", "sentences": ()}, WRONG, (None, 0.0),
            id="answerable: abstained",
        ),
        pytest.param(ANSWERABLE, {"kind": "partial"}, WRONG, (None, 0.0), id="answerable: the answer withheld"),
        pytest.param(ANSWERABLE, {"kind": "partial"}, RIGHT, (None, None), id="answerable: partial but right"),
        pytest.param(ANSWERABLE, {"kind": "correction"}, RIGHT, (None, None), id="answerable: premise corrected"),
    ],
)  # fmt: skip
def test_refusals(
    question: Question,
    changes: dict[str, object],
    correctness: Correctness | None,
    expected: tuple[float | None, float | None],
) -> None:
    """Recall is measured where nothing answers, precision where the system refused."""
    reply = _reply(Sentence(TREES, "supported"), **changes)
    found = answer_measures(question, reply, correctness, bearings(reply, _checker())).values

    assert (found.get("refusal_recall"), found.get("refusal_precision")) == expected


FALSE_PREMISE = dataclasses.replace(ANSWERABLE, type="false-premise")
ABSTAINED = {"status": "abstained", "kind": "unanswered", "sentences": ()}


@pytest.mark.parametrize(
    ("question", "changes", "correctness", "faults", "came"),
    [
        pytest.param(ANSWERABLE, {}, RIGHT, {"wrongly_refused": 0.0, "wrong_given": 0.0}, "right", id="right"),
        pytest.param(ANSWERABLE, {}, WRONG, {"wrongly_refused": 0.0, "wrong_given": 1.0}, "wrong", id="wrong"),
        pytest.param(ANSWERABLE, ABSTAINED, WRONG, {"wrongly_refused": 1.0}, "wrongly refused", id="abstained"),
        pytest.param(
            ANSWERABLE, {"kind": "partial"}, WRONG, {"wrongly_refused": 1.0}, "wrongly refused", id="withheld"
        ),
        pytest.param(ANSWERABLE, {}, None, {"wrongly_refused": 0.0}, "answered", id="no key to judge by"),
        pytest.param(
            UNANSWERABLE, ABSTAINED, None, {"unanswerable_answered": 0.0}, "rightly refused", id="nothing answers it"
        ),
        pytest.param(
            UNANSWERABLE, {}, None, {"unanswerable_answered": 1.0}, "wrongly answered", id="answered as if answered"
        ),
        pytest.param(
            FALSE_PREMISE, {}, WRONG, {"wrongly_refused": 0.0, "wrong_given": 1.0, "premise_accepted": 1.0}, "wrong",
            id="premise taken for granted",
        ),
        pytest.param(
            FALSE_PREMISE, {"kind": "correction"}, WRONG,
            {"wrongly_refused": 0.0, "wrong_given": 1.0, "premise_accepted": 0.0}, "wrong",
            id="premise denied, but the answer lacks something",
        ),
        pytest.param(
            FALSE_PREMISE, ABSTAINED, WRONG, {"wrongly_refused": 1.0, "premise_accepted": 0.0}, "wrongly refused",
            id="premise refused",
        ),
    ],
)  # fmt: skip
def test_faults_are_measured_apart(
    question: Question,
    changes: dict[str, object],
    correctness: Correctness | None,
    faults: dict[str, float],
    came: str,
) -> None:
    """A wrong refusal, a wrong answer and an answer to what nothing answers are measures of their own."""
    reply = _reply(Sentence(TREES, "supported"), **changes)
    found = answer_measures(question, reply, correctness, bearings(reply, _checker())).values

    assert {name: found[name] for name in FAULTS if name in found} == faults
    assert outcome(question, reply.answer, correctness) == came


def test_a_sentence_is_shown_with_its_label_and_sources() -> None:
    """What stands before a sentence, its list mark aside, and what its citations show go with it."""
    cited = dataclasses.replace(_citation(1, TREES), section="Trees", published="2026-03-05")
    sentence = Sentence(TREES, "supported", (1,), lead="\n- 2035: ")

    (found,) = shown(_reply(sentence, citations=(cited,)))

    assert (found.text, found.label) == (TREES, "2035:")
    assert found.sources == ("Plan", "harbour.md", "Trees", "2026-03-05")


def test_of_an_abstention_nothing_is_shown() -> None:
    """Its message is no answer to compare with a key."""
    assert shown(_reply(status="abstained", kind="unanswered", message="Not said.")) == ()


def test_the_documents_own_denial_is_a_refusal() -> None:
    """An answer that quotes the documents' own word that they do not say it refuses, but does not abstain."""
    evidence = ("The plan gives no figures for its costs.",)
    question = dataclasses.replace(UNANSWERABLE, gold_evidence=evidence)
    reply = _reply(Sentence(evidence[0], "supported"))
    found = answer_measures(question, reply, None, bearings(reply, _checker())).values

    assert (found["refusal_recall"], found["abstention_recall"]) == (1.0, 0.0)


def test_shares_of_sentences_are_pooled() -> None:
    """A question with more sentences weighs more, and n counts sentences."""
    found = pooled_estimate([1.0, 0.0], [3, 1])

    assert found is not None
    assert (found.mean, found.n) == (0.75, 4)
    assert found.low <= found.mean <= found.high


def test_quotes_are_read_again_from_the_version_they_name(quoting_bot: PolicyBot) -> None:
    """Each quote of a real answer stands at its offsets in the version that the citation names."""
    system = PolicybotSystem(quoting_bot.settings, quoting_bot.settings.data_dir, indexed=quoting_bot)
    system.index(Corpus("index", ()), on_progress=lambda _: None)

    reply = system.ask(Question("q", "How many trees does the council want to plant?", "en"))

    assert reply.answer.citations
    assert all(reply.exact)
    assert 0 < reply.sources_s <= reply.first_sentence_s <= reply.answer_s


def test_a_question_is_answered_from_its_own_documents_only(quoting_bot: PolicyBot) -> None:
    """With documents named, no passage of another document is read."""
    system = PolicybotSystem(quoting_bot.settings, quoting_bot.settings.data_dir, indexed=quoting_bot)
    system.index(Corpus("index", ()), on_progress=lambda _: None)

    reply = system.ask(Question("q", "How many trees will be planted?", "en", documents=("library.md",)))

    assert {passage.document for passage in reply.passages} <= {"library.md"}
