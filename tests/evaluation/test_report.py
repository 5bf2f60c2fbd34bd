"""The report: one page that needs nothing else, with all text of sets escaped."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from scripted_system import ScriptedSystem

from policybot.domain import Turn
from policybot.evaluation import EvaluationSet, compare, evaluate_retrieval, retrieval_report
from policybot.evaluation.retrieval_report import worst
from policybot.evaluation.systems import Retrieved

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\" </style></svg>"


def page(evaluation_set: EvaluationSet, *systems: ScriptedSystem) -> str:
    """The report of these systems, the first compared with each other one."""
    runs = [evaluate_retrieval(system, evaluation_set, on_progress=lambda _: None) for system in systems]
    return retrieval_report(evaluation_set, runs, [compare(other, runs[0]) for other in runs[1:]])


def test_page_needs_nothing_else(
    small_set: EvaluationSet, finds_all: ScriptedSystem, finds_english: ScriptedSystem
) -> None:
    """No script, no address, no file besides the page itself."""
    soup = BeautifulSoup(page(small_set, finds_english, finds_all), "html.parser")

    assert not soup.find_all(["script", "link", "img", "iframe", "object", "base"])
    assert not [tag for tag in soup.find_all(True) if tag.get("src") or tag.get("href") or tag.get("style")]
    assert "url(" not in soup.find("style").text and "@import" not in soup.find("style").text  # type: ignore[union-attr]


def test_text_of_a_set_stays_text(small_set: EvaluationSet) -> None:
    """Markup in a question, its history, evidence, type, ids and passages is shown, never obeyed."""
    question = replace(
        small_set.questions[0],
        id=HOSTILE, text=HOSTILE, type=HOSTILE, gold_evidence=(HOSTILE,), history=(Turn("user", HOSTILE),),
    )  # fmt: skip
    hostile = replace(small_set, questions=(question,))
    misses = ScriptedSystem({HOSTILE: [Retrieved(HOSTILE, HOSTILE)]}, name=HOSTILE)
    empty = ScriptedSystem({}, name=HOSTILE + "2")

    soup = BeautifulSoup(page(hostile, misses, empty), "html.parser")

    assert not soup.find_all(["script", "img"])
    assert [str(h.text) for h in soup.select("article h3")] == [HOSTILE]
    assert soup.select_one("article blockquote").text == HOSTILE  # type: ignore[union-attr]


def test_failures_show_question_evidence_and_what_was_found(
    small_set: EvaluationSet, finds_english: ScriptedSystem
) -> None:
    """Of a failed question stand its text, its gold evidence and the passages found; of a solved one nothing."""
    articles = BeautifulSoup(page(small_set, finds_english), "html.parser").select("article")

    assert len(articles) == 1
    assert "码头有多长？" in articles[0].text
    assert "two hundred metres" in articles[0].select_one("blockquote").text  # type: ignore[union-attr]
    assert [item["class"] for item in articles[0].select("li")] == [["wrong"]]


def test_worst_first(small_set: EvaluationSet, finds_english: ScriptedSystem) -> None:
    """A question of which nothing was found comes before one of which a part was; solved ones are no failures."""
    run = evaluate_retrieval(finds_english, small_set, on_progress=lambda _: None)
    half = replace(run.results[1], id="half", metrics={"evidence_recall@5": 0.5})

    assert [question.id for question in worst([half, *run.results])] == ["zh", "half"]


def test_figures_stand_with_their_intervals(
    small_set: EvaluationSet, finds_all: ScriptedSystem, finds_english: ScriptedSystem
) -> None:
    """Each system's row has its means with intervals; each plot says in words what it shows."""
    soup = BeautifulSoup(page(small_set, finds_english, finds_all), "html.parser")

    row = next(row for row in soup.select("table tr") if row.td and row.td.text == "english only")

    assert "0.500" in row.text and "0.000–1.000" in row.text
    assert all(plot["role"] == "img" and plot["aria-label"] for plot in soup.select("svg"))
    assert len(soup.select("svg")) == 3


def test_comparison_lists_won_and_lost(
    small_set: EvaluationSet, finds_all: ScriptedSystem, finds_english: ScriptedSystem
) -> None:
    """The question on which two systems differ is listed with what each found first."""
    soup = BeautifulSoup(page(small_set, finds_english, finds_all), "html.parser")

    lost = next(details for details in soup.select("details") if "Lost: 1" in details.summary.text)  # type: ignore[union-attr]

    assert all(text in lost.text for text in ("码头有多长？", "-1.00", "quay", "library"))


def test_run_without_any_right_document_is_reported(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """A set of unanswerable questions alone still gives a page: nothing is measured but time."""
    unanswerable = replace(small_set, questions=small_set.questions[2:])

    assert "0 of 1 questions miss" in page(unanswerable, finds_all)
