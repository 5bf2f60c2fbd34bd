"""The dictionary and glosses: a text in the other language, word by word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot import PolicyBot
from policybot.indexing import open_index
from policybot.indexing.places import current
from policybot.searching import Glosser, Query
from policybot.text.dictionary import Dictionary, dictionary
from policybot.text.quantities import quantities


@pytest.fixture(scope="module")
def glosser(quoting_bot: PolicyBot) -> Iterator[Glosser]:
    """A glosser for the words of one English and one Chinese document, with the real dictionary."""
    with open_index(current(quoting_bot.settings.data_dir)) as index:
        yield Glosser(index.catalogue, dictionary=dictionary)


def test_meanings_lose_the_remarks_of_a_dictionary_and_towns_come_last() -> None:
    """What is left of an entry is what a text would say, and a small town does not stand for a common word."""
    known = Dictionary(
        [
            ("振兴", ["Zhengxing district of Dandong city 丹東市|丹东市[Dan1 dong1 shi4], Liaoning"]),
            ("振兴", ["to revive", "to revitalize (an industry)", "CL:個|个[ge4]"]),
            ("舖", ["variant of 鋪|铺[pu4]"]),
        ]
    )

    assert known.english("振兴") == ("revive", "revitalize", "Zhengxing district")
    assert known.english("舖") == ()


def test_names_are_found_whatever_their_inflection_and_by_their_sound() -> None:
    """CC-CEDICT leads from English words in any form, and from pinyin, to Chinese words."""
    known = dictionary()

    assert "标准" in known.chinese("Standards")
    assert "求是" in known.spelled("Qiushi")
    assert known.english("新能源") or "能源" in known.chinese("energy")
    assert known.chinese("no such thing") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一万亿元", "1 trillion yuan"),
        ("1830万辆", "18.3 million"),
        ("百分之五", "5%"),
        ("2个百分点", "2 percentage points"),
        ("2031年9月7日", "2031 September 7"),
        ("押金为一百元", "deposit 100 yuan"),
    ],
)
def test_figures_and_dates_are_said_as_english_says_them(glosser: Glosser, text: str, said: str) -> None:
    """A Chinese figure keeps its value and its unit."""
    assert said in glosser.gloss(text, "zh")


@given(st.integers(1, 9_999).map(str), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_scaled_figure_keeps_its_value(digits: str, scale: str) -> None:
    """However large a Chinese figure is, its gloss states the same quantity."""
    glosser = Glosser(_Empty(), dictionary=lambda: Dictionary([]))  # type: ignore[arg-type]

    said = quantities(glosser.gloss(f"共{digits}{scale}。", "zh"))
    assert [q.value for q in said] == pytest.approx([q.value for q in quantities(f"{digits}{scale}")])


@given(st.text(max_size=80), st.sampled_from(["en", "zh"]))
def test_any_text_can_be_glossed(text: str, language: str) -> None:
    """No text is too strange: what is unknown is left out or stays as it is."""
    glosser = Glosser(_Empty(), dictionary=lambda: Dictionary([("港口", ("harbour",))]))  # type: ignore[arg-type]

    assert isinstance(glosser.gloss(text, language), str)


def test_the_documents_words_decide_between_meanings(glosser: Glosser) -> None:
    """Of a word's meanings the one is taken that the documents use, and English is put only into words they use."""
    assert glosser.gloss("电池", "zh") == "battery"
    assert "押金" in glosser.gloss("How much is the deposit?", "en")
    assert glosser.gloss("zoology", "en") == ""


def test_a_language_that_cannot_be_glossed_is_refused(glosser: Glosser) -> None:
    """Only English and Chinese are glossed; a query in another language stays as it is."""
    with pytest.raises(ValueError, match="fr cannot be glossed"):
        glosser.gloss("le port", "fr")
    query = Query("Quand ?", "fr")
    assert glosser.translate(query, ["en", "zh"]) == query
    assert glosser.english("le port", "fr") is None


@pytest.mark.parametrize(
    ("question", "language", "held"),
    [
        ("How many hours a day is the library open?", "en", "十四小时"),
        ("How many books per resident by 2032?", "en", "2.5册"),
        ("港口到2035年要种多少棵树？", "zh", "4,200"),
    ],
    ids=["English over Chinese", "English over Chinese, a figure", "Chinese over English"],
)
def test_a_question_is_answered_across_languages_without_a_chat_model(
    quoting_bot: PolicyBot, question: str, language: str, held: str
) -> None:
    """The sentence in the other language is found and quoted as it stands."""
    answer = quoting_bot.ask(question)

    assert (answer.status, answer.language) == ("answered", language)
    assert held in answer.text


class _Empty:
    """A catalogue that holds nothing."""

    def state(self) -> int:
        return 0

    def glossary(self) -> object:
        from policybot.text.glossary import Glossary

        return Glossary([])

    def document_frequency(self, tokens: object) -> dict[str, int]:
        return dict.fromkeys(tokens, 0)  # type: ignore[call-overload]
