"""Documents that say that they do not hold what is asked."""

from __future__ import annotations

import pytest

from policybot.answering.gates.absence import declared_missing
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.text.sentences import sentence_spans


def _evidence(text: str) -> list[Evidence]:
    passage = Passage("p", "d", "d.md", "Harbour report", text, 0, len(text), (), None, "en", 0)
    hit = Hit(passage, Metadata("Harbour report"), "v", 1, 1.0, 0.9)
    spans = sentence_spans(text)
    return [Evidence(hit, text[a:b], a, b, 0.9 - i / 10) for i, (a, b) in enumerate(spans)]


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("How many cranes did the port buy?", "The report does not say how many cranes were bought.", True),
        ("How much will the quay cost?", "The summary gives no figures for the quay.", True),
        ("Which difficulties does it list?", "No details of the difficulties are given.", True),
        ("报告列出了哪些困难？", "本摘要没有看到报告中关于困难的段落。", True),
        ("Does the report say how many cranes were bought?", "The report does not say how many were bought.", False),
        ("报告是否说明了原因？", "报告没有说明原因。", False),
        ("How many cranes did the port buy?", "The port bought nine cranes and did not give up the old ones.", False),
        (
            "Why do the two counts differ?",
            "One counts 12 ships, the other 13. The sources do not explain the gap.",
            True,
        ),
        ("Do the two counts agree?", "One counts 12 ships, the other 13. The sources do not explain the gap.", False),
        (
            "Why were cranes bought?",
            "Cranes were bought because ships grew. The plan does not abolish the ferry.",
            False,
        ),
    ],
)
def test_what_a_document_says_it_lacks_is_missing(question: str, text: str, missing: bool) -> None:
    """A sentence that a text does not hold something is no answer, except to whether it does."""
    assert declared_missing(question, _evidence(text)) is missing
