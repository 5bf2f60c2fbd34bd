"""The evidence reader: the sentence that answers is above the one beside it, in both languages and across them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from policybot import load_settings
from policybot.errors import WeightsError
from policybot.models import weights
from policybot.models.embedding import E5Small
from policybot.models.evidence_reader import EvidenceReader, Unit

TREES = Unit("The council wants to plant 4,200 trees along the harbour.", "Harbour plan > Green")
FERRIES = Unit("Three ferry lines will run on batteries.", "Harbour plan > Traffic")
DEPOSIT = Unit("读者证押金为一百元，退证时全额退还。", "图书馆规则")
BOOKS = Unit("到2032年，全市人均藏书量应达到2.5册。", "图书馆规则")


@pytest.fixture(scope="module")
def reader() -> EvidenceReader:
    cache = load_settings().cache_dir
    return EvidenceReader(cache, E5Small(cache))


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How many trees will be planted?", TREES, FERRIES),
        ("Which ferries run on batteries?", FERRIES, TREES),
        ("图书馆读者证的押金是多少？", DEPOSIT, BOOKS),
        ("What is the deposit for a library card?", DEPOSIT, BOOKS),
        ("港口要种多少棵树？", TREES, FERRIES),
    ],
)
def test_the_answer_is_above_what_is_beside_it(reader: EvidenceReader, question: str, right: Unit, wrong: Unit) -> None:
    """The right sentence has the higher logit, whatever the languages of question and sentence."""
    above, below = reader.score(question, [right, wrong])

    assert above > below


def test_the_company_of_a_sentence_does_not_change_its_logit(reader: EvidenceReader) -> None:
    """Each pair is read by itself: order and number of the others change nothing, to the last bit."""
    alone = reader.score("Which ferries?", [FERRIES])
    there = reader.score("Which ferries?", [TREES, FERRIES, DEPOSIT])
    back = reader.score("Which ferries?", [DEPOSIT, FERRIES, TREES])

    assert np.array_equal(there, back[::-1])
    assert alone[0] == there[1]


def test_the_heading_is_read(reader: EvidenceReader) -> None:
    """Two documents state the same of themselves: the one that the question names is above the other."""
    own, other = (Unit("The growth target is about 5 percent.", title) for title in ("Zhejiang 2026", "Hunan 2026"))
    asked = reader.score("What is Zhejiang's growth target?", [own, other])

    assert asked[0] > asked[1]


def test_nothing_and_too_much_are_taken(reader: EvidenceReader) -> None:
    """No sentence gives no logit; texts of any length and kind give finite ones."""
    assert reader.score("Why?", []).shape == (0,)
    long = Unit("because " * 5000, "title " * 5000, "before " * 5000)
    assert np.isfinite(reader.score("why " * 5000, [long, Unit(""), Unit("\x00\ufdfa" * 500), Unit("😀\ud800")])).all()


def test_damaged_weights_name_the_repair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with another hash is refused, and the message says how to put the right one back."""
    damaged = tmp_path / "evidence-reader.onnx"
    damaged.write_bytes(b"not a model")
    monkeypatch.setattr(weights, "installed_file", lambda file: damaged)

    with pytest.raises(WeightsError, match=r"git checkout -- src/policybot/models/data/evidence-reader\.onnx"):
        weights.verified(weights.EVIDENCE_READER, cache_dir=tmp_path / "cache")
