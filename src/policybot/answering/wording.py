"""What policybot itself says, in English and 简体中文."""

from __future__ import annotations

_ABSTAIN = {
    "en": "The indexed documents do not answer this question.",
    "zh": "已收录的文件没有回答这个问题。",
}


def abstaining(language: str) -> str:
    """What an abstaining answer says: in Chinese to a Chinese question, in English to any other."""
    return _ABSTAIN["zh" if language == "zh" else "en"]
