"""Why a sentence stands only in part, in the reader's language.

The check notes its reasons in English, for the record. Those that a reader can meet are known here; what a later
version of the check adds is shown as it is noted.
"""

from __future__ import annotations

import re

from policybot.rendering.strings import Language

_CHINESE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (
            r"([\d.]+) probable from ([\d.]+) of its words in the evidence, match of its tokens ([\d.]+)",
            r"可信度 \1（\2 的词见于依据，词义匹配 \3）",
        ),
        (r"([\d.]+) probable from ([\d.]+) of its words in the evidence", r"可信度 \1（\2 的词见于依据）"),
        (
            r"([\d.]+) probable from cosine ([\d.]+) with the evidence in another language",
            r"可信度 \1（与另一语言的依据相似度 \2）",
        ),
        (r"(\d+) sentences are about other years", r"另有 \1 句说的是其他年份"),
        (r"the evidence does not name (.+)", r"依据没有提到 \1"),
        (r"it leaves out that the evidence says (.+)", r"漏掉了依据中的 \1"),
        (r"it says (.+) where the evidence says (.+)", r"句中说 \1，依据说 \2"),
        (r"it says (.+) where the evidence names somebody else", r"句中说 \1，依据说的是别人"),
        (r"it says (.+) oftener and (.+) less often than the evidence", r"句中 \1 较依据为多，\2 较依据为少"),
        (r"(.+) is meant as (.+) in the sentence, as (.+) in the evidence", r"\1 在句中指 \2，在依据中指 \3"),
        (r"the evidence negates something", "依据含有否定"),
    )
)


def localised_reason(reason: str, language: Language) -> str:
    """The reason in the language, as plain text; each of its parts that is not known stays as it is."""
    if language == "en":
        return reason
    return "；".join(_part(part) for part in reason.split("; "))


def _part(part: str) -> str:
    for pattern, told in _CHINESE:
        if match := pattern.fullmatch(part):
            return match.expand(told)
    return part
