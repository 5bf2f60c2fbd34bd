"""A citation is the shortest exact stretch that carries the sentence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policybot.checking.narrowing import clause_spans, narrowed
from policybot.domain import Evidence, Hit, Metadata, Passage


def _evidence(text: str, start: int = 0) -> Evidence:
    passage = Passage("p", "d", "d.md", "Harbour plan", text, start, start + len(text), (), None, "en", 0)
    return Evidence(Hit(passage, Metadata(title="Harbour plan"), "v", 1, 1.0, 1.0), text, start, start + len(text), 1.0)


LONG = (
    "The council will plant 4,200 trees along the old harbour by 2035, the ferry lines will run on batteries, "
    "and the car ferry will not be abolished."
)


def test_the_clause_that_suffices_is_cited() -> None:
    """Of a long sentence only the clause is cited that holds everything."""
    found = narrowed("By 2035 the council plants 4,200 trees along the old harbour.", _evidence(LONG, 100))

    assert found.text.startswith("The council will plant 4,200 trees along the old harbour by 2035")
    assert LONG[found.start - 100 : found.end - 100] == found.text


def test_a_sentence_over_all_clauses_keeps_them() -> None:
    """What the sentence takes from several clauses stays in the quote."""
    sentence = "The council plants 4,200 trees by 2035 and the car ferry will not be abolished."

    found = narrowed(sentence, _evidence(LONG))

    assert "4,200" in found.text
    assert "not be abolished" in found.text


def test_a_no_is_never_cut_off() -> None:
    """A quote without the negation of its sentence would say the contrary."""
    text = "It is not true, the harbour master wrote in her long report to the council, that the quays sink every year."

    assert narrowed("The quays sink every year, the harbour master wrote.", _evidence(text)).text.startswith(
        "It is not"
    )


def test_short_evidence_stays_whole() -> None:
    """A short sentence is quoted as it stands."""
    evidence = _evidence("Three lines run, two rest.")

    assert narrowed("Three lines run.", evidence) == evidence


_PIECES = st.lists(
    st.sampled_from(["trees", "harbour", "4,200", "not", "council", ", ", "; ", "，", "港口", "。", " ", ": "])
)


@given(evidence=_PIECES, sentence=_PIECES, start=st.integers(0, 1000))
def test_offsets_stay_exact(evidence: list[str], sentence: list[str], start: int) -> None:
    """Whatever is cut, the quote is the text at its offsets, inside the evidence, and never empty."""
    text = "".join(evidence)
    given_evidence = _evidence(text, start)

    found = narrowed("".join(sentence), given_evidence)

    assert text[found.start - start : found.end - start] == found.text
    assert start <= found.start <= found.end <= start + len(text)
    assert bool(found.text) == bool(text)


@given(_PIECES)
def test_clauses_lie_apart_and_in_order(pieces: list[str]) -> None:
    """Clauses do not overlap, and what lies between them is marks and blanks."""
    text = "".join(pieces)
    spans = clause_spans(text)

    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
