"""What programs are told over HTTP, and what they are refused."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from running import QUESTION, Running, events_of

from policybot import PolicyBot
from policybot.domain import AnswerEvent, Done, IndexReport, Progress
from policybot.errors import Busy, ChatModelError
from policybot.server.door import LOCAL

MANY_TURNS = [{"role": "user", "text": "y"}] * 201


def wait_for(client: httpx.Client, job: str) -> dict[str, Any]:
    """The job once it has ended."""
    while (found := client.get(f"/api/v1/index-jobs/{job}").json())["state"] == "running":
        time.sleep(0.05)
    return dict(found)


def test_an_answer_quotes_what_stands_at_its_offsets(client: httpx.Client) -> None:
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()

    assert answer["status"] == "answered"
    assert "4,200 trees" in answer["text"]
    citation = answer["citations"][0]
    document = client.get(
        f"/api/v1/documents/{citation['document_id']}",
        params={"version": citation["version"], "start": citation["start"], "end": citation["end"]},
    ).json()
    assert document["text"] == citation["quote"]


def test_a_streamed_answer_is_the_answer_sentence_by_sentence(client: httpx.Client) -> None:
    with client.stream("POST", "/api/v1/ask", json={"question": QUESTION, "stream": True}) as response:
        events = events_of(response.iter_lines())

    assert response.headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in events]
    assert (names[0], names[-1], set(names[1:-1])) == ("found", "answer", {"sentence"})
    whole = events[-1][1]
    assert [data["sentence"]["text"] for _, data in events[1:-1]] == [s["text"] for s in whole["sentences"]]


def test_who_accepts_an_event_stream_gets_one(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})

    assert events_of(response.text.splitlines())[-1][0] == "answer"


def test_a_question_that_the_documents_do_not_answer_abstains(client: httpx.Client) -> None:
    answer = client.post("/api/v1/ask", json={"question": "Who won the football world cup in 1974?"}).json()

    assert (answer["status"], answer["sentences"], answer["citations"]) == ("abstained", [], [])
    assert answer["message"] == answer["text"] != ""


def test_search_brings_passages_best_first(client: httpx.Client) -> None:
    hits = client.post("/api/v1/search", json={"question": "ferries on batteries", "limit": 2}).json()["hits"]

    assert [hit["rank"] for hit in hits] == [1, 2]
    assert "batteries" in hits[0]["passage"]["text"]
    passage = client.get(f"/api/v1/passages/{hits[0]['passage']['id']}").json()
    assert passage == hits[0]["passage"]


def test_a_filter_limits_what_is_searched(client: httpx.Client) -> None:
    body = {"question": "opening hours of the library", "filter": {"languages": ["zh"]}}

    hits = client.post("/api/v1/search", json=body).json()["hits"]

    assert {hit["passage"]["document"] for hit in hits} == {"library.md"}


def test_documents_are_listed_page_by_page(client: httpx.Client) -> None:
    first = client.get("/api/v1/documents", params={"limit": 1}).json()
    second = client.get("/api/v1/documents", params={"limit": 1, "offset": 1}).json()

    assert first["total"] == second["total"] == 2
    assert [d["name"] for d in first["documents"] + second["documents"]] == ["harbour.md", "library.md"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind"),
    [
        ("POST", "/api/v1/ask", {"question": ""}, 422, "InvalidRequest"),
        ("POST", "/api/v1/ask", {"question": " "}, 400, "QuestionError"),
        ("POST", "/api/v1/ask", {"question": "x" * 4001}, 422, "InvalidRequest"),
        ("POST", "/api/v1/ask", {"qestion": "x"}, 422, "InvalidRequest"),
        ("POST", "/api/v1/ask", {"question": "x", "filter": {"published_from": "soon"}}, 400, "QuestionError"),
        ("POST", "/api/v1/ask", {"question": "x", "filter": {"kinds": ["opera"]}}, 400, "QuestionError"),
        ("POST", "/api/v1/ask", {"question": "x", "conversation": "nobody's"}, 404, "UnknownConversation"),
        ("POST", "/api/v1/search", {"question": "x", "limit": 51}, 422, "InvalidRequest"),
        ("POST", "/api/v1/search", {"question": "x", "history": MANY_TURNS}, 422, "InvalidRequest"),
        ("GET", "/api/v1/documents/none", None, 404, "UnknownDocument"),
        ("GET", "/api/v1/documents/..%2f..%2fetc%2fpasswd", None, 404, "NotFound"),
        ("GET", "/api/v1/documents?limit=0", None, 422, "InvalidRequest"),
        ("GET", "/api/v1/passages/none", None, 404, "UnknownPassage"),
        ("GET", "/api/v1/index-jobs/none", None, 404, "UnknownJob"),
        ("GET", "/api/v1/conversations/none", None, 404, "UnknownConversation"),
        ("POST", "/api/v1/feedback", {"answer": "none", "rating": "up"}, 404, "UnknownConversation"),
        ("POST", "/api/v1/feedback", {"answer": "none", "rating": "great"}, 422, "InvalidRequest"),
        ("GET", "/api/v1/ask", None, 404, "NotFound"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_typed_error_with_a_message(
    client: httpx.Client, method: str, path: str, body: dict[str, Any] | None, status: int, kind: str
) -> None:
    response = client.request(method, path, json=body)

    assert (response.status_code, response.json()["error"]["type"]) == (status, kind)
    assert len(response.json()["error"]["message"]) > 10


def test_a_wrong_question_gets_its_status_when_streamed_too(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", json={"question": "\t", "stream": True})

    assert (response.status_code, response.json()["error"]["type"]) == (400, "QuestionError")


def test_what_is_too_large_is_refused_unread(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", json={"question": "x" * 1_100_000})

    assert (response.status_code, response.json()["error"]["type"]) == (413, "TooLarge")


def test_a_body_that_is_no_json_is_refused(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", content=b"{", headers={"content-type": "application/json"})

    assert (response.status_code, response.json()["error"]["type"]) == (422, "InvalidRequest")


def test_a_failure_while_answering_is_no_answer(
    client: httpx.Client, quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> AnswerEvent:
        raise ChatModelError("The chat model did not answer. Start it.")

    monkeypatch.setattr(quoting_bot, "stream", lambda *_, **__: (fail() for _ in "x"))
    response = client.post("/api/v1/ask", json={"question": QUESTION})

    assert response.status_code == 502
    assert response.json() == {
        "error": {"type": "ChatModelError", "message": "The chat model did not answer. Start it."}
    }


def test_an_error_in_mid_stream_is_the_last_event(
    client: httpx.Client, quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = quoting_bot.stream

    def broken(*args: Any, **options: Any) -> Any:
        yield next(iter(stream(*args, **options)))
        raise RuntimeError("secret detail of the bug")

    monkeypatch.setattr(quoting_bot, "stream", broken)
    response = client.post("/api/v1/ask", json={"question": QUESTION, "stream": True})

    events = events_of(response.text.splitlines())
    assert [name for name, _ in events] == ["found", "error"]
    assert events[-1][1]["error"]["type"] == "InternalError"
    assert "secret" not in response.text


def test_a_conversation_understands_follow_ups_and_keeps_its_answers(client: httpx.Client) -> None:
    talk = client.post("/api/v1/conversations").json()["id"]
    first = client.post("/api/v1/ask", json={"question": QUESTION, "conversation": talk}).json()
    second = client.post("/api/v1/ask", json={"question": "And what will it spend on quays?", "conversation": talk})

    kept = client.get(f"/api/v1/conversations/{talk}").json()
    assert "12.5 million" in second.json()["text"]
    assert kept["conversation"]["title"] == QUESTION
    assert [a["number"] for a in kept["answers"]] == [1, 2]
    assert kept["answers"][0]["id"] == first["id"]
    assert kept["answers"][0]["answer"]["citations"] == first["citations"]


def test_the_question_as_understood_comes_with_the_first_event_and_the_answer(client: httpx.Client) -> None:
    talk = client.post("/api/v1/conversations").json()["id"]
    first = client.post("/api/v1/ask", json={"question": QUESTION, "conversation": talk}).json()
    follow_up = client.post("/api/v1/ask", json={"question": "By 2030?", "conversation": talk, "stream": True})

    events = dict(events_of(follow_up.text.splitlines()))
    assert first["understood"] == ""
    assert events["found"]["understood"] == events["answer"]["understood"] == QUESTION.replace("2035", "2030")
    assert events["answer"]["question"] == "By 2030?"


def test_conversations_are_renamed_and_deleted(client: httpx.Client, quoting_bot: PolicyBot) -> None:
    talk = client.post("/api/v1/conversations", json={"title": "Trees"}).json()["id"]
    client.post("/api/v1/ask", json={"question": QUESTION, "conversation": talk})
    renamed = client.patch(f"/api/v1/conversations/{talk}", json={"title": "Woods"}).json()
    deleted = client.delete(f"/api/v1/conversations/{talk}")

    assert (renamed["title"], deleted.status_code) == ("Woods", 204)
    assert client.get(f"/api/v1/conversations/{talk}").status_code == 404
    assert talk not in [c["id"] for c in client.get("/api/v1/conversations").json()["conversations"]]
    assert quoting_bot.turns(talk) == ()


def test_a_conversation_answers_one_question_at_a_time(
    client: httpx.Client, local: Running, quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = client.post("/api/v1/conversations").json()["id"]
    stream, begun, go_on = quoting_bot.stream, threading.Event(), threading.Event()

    def slow(*args: Any, **options: Any) -> Any:
        begun.set()
        go_on.wait(timeout=600)
        yield from stream(*args, **options)

    monkeypatch.setattr(quoting_bot, "stream", slow)
    body = {"question": QUESTION, "conversation": talk}
    answers: list[httpx.Response] = []
    first = threading.Thread(target=lambda: answers.append(httpx.post(f"{local.url}/api/v1/ask", json=body)))
    first.start()
    begun.wait(timeout=600)
    second = client.post("/api/v1/ask", json=body)
    go_on.set()
    first.join()

    assert (second.status_code, second.json()["error"]["type"]) == (503, Busy.__name__)
    assert second.headers["retry-after"]
    assert answers[0].status_code == 200


def test_feedback_is_kept_beside_what_it_is_about(client: httpx.Client) -> None:
    talk = client.post("/api/v1/conversations").json()["id"]
    answer = client.post("/api/v1/ask", json={"question": QUESTION, "conversation": talk}).json()
    client.post("/api/v1/feedback", json={"answer": answer["id"], "rating": "up"})
    client.post("/api/v1/feedback", json={"answer": answer["id"], "rating": "down", "comment": "Which trees?"})
    client.delete(f"/api/v1/conversations/{talk}")

    mine = [f for f in client.get("/api/v1/feedback").json() if f["answer_id"] == answer["id"]]
    assert [(f["owner"], f["rating"], f["comment"]) for f in mine] == [(LOCAL.name, "down", "Which trees?")]
    assert (mine[0]["question"], mine[0]["answer"]) == (QUESTION, answer["text"])


def test_indexing_over_http_brings_the_index_up_to_date(other_data: PolicyBot) -> None:
    running = Running(other_data)
    with running.client() as client:
        before = client.get("/readyz")
        unasked = client.post("/api/v1/ask", json={"question": QUESTION})
        started = client.post("/api/v1/index-jobs")
        ended = wait_for(client, started.json()["id"])
        after = client.get("/readyz")
    running.close()

    assert (before.status_code, after.status_code) == (503, 200)
    assert (unasked.status_code, unasked.json()["error"]["type"]) == (409, "NothingIndexed")
    assert (started.status_code, started.json()["state"], ended["state"]) == (202, "running", "done")
    assert ended["reports"][0]["documents"] == 2
    assert ended["progress"]["done"] == ended["progress"]["total"]


def test_indexing_is_stopped_on_request_and_one_runs_at_a_time(
    other_data: PolicyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def endless(_: object, *, background: bool, on_progress: Any) -> IndexReport:
        while True:
            on_progress(Progress("documents", 1, 9))
            go_on.wait(timeout=0.01)

    monkeypatch.setattr(other_data, "index", endless)
    running = Running(other_data)
    with running.client() as client:
        job = client.post("/api/v1/index-jobs").json()["id"]
        again = client.post("/api/v1/index-jobs")
        client.post(f"/api/v1/index-jobs/{job}/cancel")
        ended = wait_for(client, job)
        listed = client.get("/api/v1/index-jobs").json()
    running.close()

    assert (again.status_code, again.json()["error"]["type"]) == (409, "IndexingError")
    assert ended["state"] == "cancelled"
    assert [each["id"] for each in listed] == [job]


def test_indexing_that_fails_says_why(other_data: PolicyBot) -> None:
    object.__setattr__(other_data.settings, "documents_dir", other_data.settings.data_dir / "nowhere")
    running = Running(other_data)
    with running.client() as client:
        ended = wait_for(client, client.post("/api/v1/index-jobs").json()["id"])
    running.close()

    assert (ended["state"], ended["error_type"]) == ("failed", "IndexingError")
    assert "nowhere does not exist" in ended["error"]


def test_one_place_that_fails_does_not_stop_the_others(other_data: PolicyBot, folder: Path) -> None:
    """Addresses are indexed one after the other; each has its outcome, and the job tells the first failure."""
    running = Running(other_data)
    inside = ["http://10.0.0.1/report", "http://127.0.0.1:9/feed"]
    with running.client() as client:
        ended = wait_for(client, client.post("/api/v1/index-jobs", json={"addresses": inside}).json()["id"])
        again = wait_for(client, client.post("/api/v1/index-jobs").json()["id"])
        wrong = client.post("/api/v1/index-jobs", json={"addresses": ["file:///etc/passwd"]})
    running.close()

    assert [(each["place"], each["state"]) for each in ended["outcomes"]] == [(each, "failed") for each in inside]
    assert (ended["state"], ended["error_type"]) == ("failed", "AddressRefused")
    assert "not of the public internet" in ended["error"]
    assert (again["state"], [each["place"] for each in again["outcomes"]]) == ("done", [str(folder)])
    assert wrong.status_code == 422


def test_openapi_describes_every_route(client: httpx.Client) -> None:
    described = client.get("/api/v1/openapi.json").json()

    assert {"/api/v1/ask", "/api/v1/search", "/api/v1/documents", "/api/v1/index-jobs", "/healthz"} <= set(
        described["paths"]
    )
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path} says nothing about itself"
    assert "AnswerBody" in json.dumps(described["paths"]["/api/v1/ask"])


def test_prometheus_is_told_what_happened(client: httpx.Client) -> None:
    client.post("/api/v1/ask", json={"question": QUESTION})
    client.get("/api/v1/documents/none")
    text = client.get("/metrics").text

    assert 'policybot_requests_total{method="GET",route="/api/v1/documents/{id}",status="404"}' in text
    assert 'policybot_questions_total{outcome="answered"}' in text
    assert "policybot_documents 2.0" in text
    assert "policybot_answering 0.0" in text
    assert QUESTION not in text


def test_who_stops_listening_stops_the_answer(
    local: Running, quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, closed = quoting_bot.stream, threading.Event()

    def endless(*args: Any, **options: Any) -> Any:
        try:
            for event in stream(*args, **options):
                if isinstance(event, Done):
                    break
                while True:
                    yield event
                    time.sleep(0.02)
        finally:
            closed.set()

    monkeypatch.setattr(quoting_bot, "stream", endless)
    with (
        local.client() as client,
        client.stream("POST", "/api/v1/ask", json={"question": QUESTION, "stream": True}) as response,
    ):
        next(response.iter_lines())

    assert closed.wait(timeout=600)
