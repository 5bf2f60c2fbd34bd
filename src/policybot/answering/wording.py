"""What policybot itself says, in English and 简体中文."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policybot.domain import AnswerKind, Decision
from policybot.language import lexicon
from policybot.text.plain import without_markup

_ENGLISH: Mapping[AnswerKind, str] = {
    "full": "",
    "partial": "The indexed documents say no more about what you asked.",
    "disagreement": "The documents do not agree on this:",
    "correction": "The documents do not bear out what the question takes for granted. They say:",
    "unanswered": "The indexed documents do not answer this question.",
    "off_topic": "This is not what the indexed documents are about, so there is nothing to answer from.",
    "opinion": "I take no side and give no opinion of my own. I can tell you what the documents say, and who says it.",
    "harmful": "I do not help with that. I can answer questions about the indexed documents.",
    "manipulation": "I keep to my task: answering from the indexed documents, with citations. Ask me about them.",
    "meta": "I answer questions about the indexed documents, in English and Chinese, and cite the passage behind every "
    "sentence. When they do not hold the answer, I say so.",
}
_CHINESE: Mapping[AnswerKind, str] = {
    "full": "",
    "partial": "关于您所问的内容，已收录的文件没有更多说明。",
    "disagreement": "各文件对此说法不一：",
    "correction": "文件并不支持问题中的前提。文件的说法是：",
    "unanswered": "已收录的文件没有回答这个问题。",
    "off_topic": "这个问题与已收录的文件无关，没有可以依据的内容。",
    "opinion": "我不表态，也不发表自己的看法。我可以告诉您文件怎么说、是谁说的。",
    "harmful": "这件事我不能帮忙。我可以回答与已收录文件有关的问题。",
    "manipulation": "我只做一件事：依据已收录的文件回答问题并注明出处。欢迎就这些文件提问。",
    "meta": "我用中文和英文回答与已收录文件有关的问题，每句话都注明出处；文件没有答案时，我会直说。",
}
_NOTHING_ABOUT = {
    "en": "The indexed documents hold nothing about {missing}.",
    "zh": "已收录的文件没有关于{missing}的内容。",
}


def message(kind: AnswerKind, language: str, *, missing: Sequence[str] = ()) -> str:
    """What is said beside the documents' own sentences: in Chinese where Chinese is wanted, in English otherwise.

    Args:
        missing: Words of the question that no document holds, named when part or all of it is not answered.
    """
    said = (_CHINESE if language == "zh" else _ENGLISH)[kind]
    if not missing or kind not in ("partial", "unanswered"):
        return said
    missing = [name for name in map(without_markup, missing) if name.strip()]
    names = "、".join(f"“{name}”" for name in missing) if language == "zh" else ", ".join(f"“{n}”" for n in missing)
    # A kind of its own would say no more: the question is not answered, and this is why.
    return f"{said} {_NOTHING_ABOUT['zh' if language == 'zh' else 'en'].format(missing=names)}".strip()


def note(decision: Decision, language: str) -> str:
    """Why a stage decided as it did, in the reader's language; empty for a stage that has no sentence for it."""
    sentence = lexicon(language).reasons.notes.get(f"{decision.stage}.{decision.outcome}", "")
    return sentence.format(value=_number(decision.value), bound=_number(decision.bound))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
