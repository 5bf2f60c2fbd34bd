from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.text.detecting import detect_language, normalise

TEXTS = {
    "zh": [
        "AI Plus是什么？", "新质生产力", "Tesla在中国的补贴是多少", "BYD和CATL有什么区别", "EV补贴",
        "AI Plus 政策", "iPhone 的 market share 是多少", "low-altitude economy的目标是什么",
        "《The State of AI》的作者是谁？", "新質生產力是甚麼？",
        "IMF怎么看China's industrial policy?", "请用English回答", "2035年目标",
        "what is AI 是什么意思", "NPC Observer发布了什么",
    ],
    "en": [
        "What is 新质生产力?", "Tesla?", "2024", "", "!?", "How does 新质生产力 relate to 高质量发展?",
        "What does 国务院关于深入实施“人工智能+”行动的意见 say?", "Who is Li Qiang", "Gong Xin Bu Lian Ke",
        "Ren Zhengfei Huawei Shenzhen", "targets of 十五五规划建议", "EV duties EU", "Define 新质生产力",
        "Made in China 2025 (中国制造2025)", "five-year plan 五年规划 targets", "meaning of 新质生产力",
    ],
    "fr": ["Quelle est la politique industrielle ?", "Qu'est-ce que la politique industrielle chinoise ?"],
    "de": ["Wie entwickelt sich die Industrie?", "Was ist das?"],
    "es": ["¿Cuáles son los objetivos del plan quinquenal?"],
    "ja": ["新しい質の生産力とは何ですか", "AI Plusとは？", "東京の人口"],
    "ko": ["한국어 문장입니다", "AI 정책은 무엇인가요?"],
    "ru": ["Что это", "Какова цель плана на 2030 год?"],
    "ar": ["ما هي السياسة الصناعية"],
}  # fmt: skip


@pytest.mark.parametrize(("expected", "text"), [(code, text) for code, texts in TEXTS.items() for text in texts])
def test_questions(expected: str, text: str) -> None:
    """The language of a question is that of its sentence, not that of the names in it."""
    assert expected == detect_language(text)


def test_passage_with_names_of_the_other_language() -> None:
    """A long text is in the language that most of it is in."""
    english = "The guideline names new quality productive forces (新质生产力) as the goal. " * 20 + "关于的意见" * 20
    chinese = "发展新质生产力是推动高质量发展的内在要求。" * 20 + "New quality productive forces. " * 5

    assert detect_language(english) == "en"
    assert detect_language(chinese) == "zh"


@given(st.text())
def test_any_text(text: str) -> None:
    """Every text has a two-letter language."""
    code = detect_language(text)

    assert (len(code), code.isalpha()) == (2, True)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        *(("zh-CN", "zh"), ("zh_Hans", "zh"), ("Chinese", "zh"), ("中文", "zh"), ("zho", "zh")),
        *(("EN", "en"), ("en-US", "en")),
        *(("", ""), ("Klingonish", ""), ("x", ""), ("qqq", "")),
    ],
)
def test_normalise(tag: str, expected: str) -> None:
    """Tags and names become ISO 639-1 codes; what is neither becomes nothing."""
    assert expected == normalise(tag)
