"""Quotes in the reader's language: what the chat model is given, and what an answer is made of across languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policybot import PolicyBot, load_settings
from policybot.answering.composing.translating import Translator, rescaled
from policybot.bot import serving
from policybot.models.prompting import load_prompt
from policybot.testing import ScriptedChatModel
from policybot.text.glossary import Glossary, Term
from policybot.text.quantities import quantities


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("zh", "渡轮共载客1830万人次", "渡轮共载客 18.3 million 人次"),
        ("zh", "投资1.2万亿元", "投资 1.2 trillion 元"),
        ("zh", "比例为百万分之五，泊位3个", "比例为百万分之五，泊位3个"),
        ("en", "a fund of 12.5 million crowns", "a fund of 1,250万 crowns"),
        ("en", "150 billion crowns in 3 ports", "1,500亿 crowns in 3 ports"),
        ("en", "section 1.2.3 million", "section 1.2.3 million"),
    ],
)
def test_large_figures_are_told_in_the_other_languages_scales(language: str, text: str, told: str) -> None:
    """A figure in 万 or 亿 is one in millions or billions for who translates into English, and the other way round."""
    assert rescaled(text, language=language, into="en" if language == "zh" else "zh") == told


@settings(deadline=None)
@given(
    st.integers(1, 99_999),
    st.sampled_from(["万", "亿", "万亿", " million", " billion", " trillion"]),
    st.integers(0, 9),
)
def test_telling_in_other_scales_changes_no_figure(whole: int, scale: str, tenth: int) -> None:
    """Whatever the figure, it is the same quantity in the other language's scales."""
    chinese = not scale.startswith(" ")
    text = f"拨款{whole}.{tenth}{scale}元" if chinese else f"a grant of {whole}.{tenth}{scale} crowns"

    assert quantities(rescaled(text, language="zh" if chinese else "en", into="en" if chinese else "zh")) == quantities(
        text
    )


@given(st.text("0123456789., 万亿million", max_size=40), st.sampled_from(["en", "zh"]))
def test_no_figure_is_too_odd_to_be_told(text: str, language: str) -> None:
    """Whatever digits, points and scales follow one another, something is told."""
    assert isinstance(rescaled(text, language=language, into="en" if language == "zh" else "zh"), str)


def test_terms_of_the_glossary_are_named_in_front_of_the_quote() -> None:
    """A name that the glossary knows is given with the order to translate; a quote without one is given alone."""
    folder = load_settings().prompts_dir
    model = ScriptedChatModel(replies=["码头每天开放。", "渡轮每天开。"])
    translator = Translator(
        model,
        name="scripted",
        prompts={"zh": load_prompt(folder, "translate-quote-zh")},
        with_terms={"zh": load_prompt(folder, "translate-terms-zh")},
        glossary=lambda: Glossary([Term("cargo quay", "货运码头")]),
    )
    for text in ("The cargo quay is open every day.", "The ferry sails every day."):
        translator.quote(text, language="en", into="zh")

    first, second = (str(messages[-1].text) for messages in model.heard)
    assert first.index("货运码头") < first.index("The cargo quay")
    assert "terms" not in second


def test_a_model_that_does_not_write_across_languages_translates_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over documents in another language the embedded chat model's answer is made of translated quotes.

    What does not hold is quoted.
    """
    monkeypatch.setattr(serving, "LocalChatModel", ScriptedChatModel)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "plan.md").write_text(
        "# Harbour plan\n\nThe council wants to plant 4,200 trees along the harbour by 2035.\n", encoding="utf-8"
    )
    told = "市议会希望到2035年沿港口种植4,200棵树。"
    for reply, shown in ((told, told), ("市议会希望到2036年沿港口种植4,200棵树。", "4,200 trees")):
        model = ScriptedChatModel(replies=[reply])
        with PolicyBot(load_settings(data_dir=tmp_path / "data"), chat_model=model) as bot:
            bot.index(folder)
            answer = bot.ask("How many trees does the council want to plant by 2035?", answer_language="zh")

        assert shown in answer.text
        assert "4,200 trees" in answer.citations[0].quote
        assert all("translator" in str(messages[0].text) for messages in model.heard)
