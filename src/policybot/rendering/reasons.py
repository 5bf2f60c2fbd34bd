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
        (r"it says (.+) where the evidence says nothing like it", r"句中说 \1，依据没有这样说"),
        (r"it says (.+) where the evidence says (.+)", r"句中说 \1，依据说 \2"),
        (r"it says (.+) where the evidence names somebody else", r"句中说 \1，依据说的是别人"),
        (r"it says (.+) oftener and (.+) less often than the evidence", r"句中 \1 较依据为多，\2 较依据为少"),
        (r"(.+) is meant as (.+) in the sentence, as (.+) in the evidence", r"\1 在句中指 \2，在依据中指 \3"),
        (r"the evidence negates something", "依据含有否定"),
        (r"the evidence does not state (.+), but (.+)", r"依据没有写 \1，写的是 \2"),
        (r"the evidence does not state (.+)", r"依据没有写 \1"),
        (r"the evidence does not count (.+)", r"依据没有 \1 这一数目"),
        (r"the evidence says nothing like (.+)", r"依据没有与 \1 相近的说法"),
        (r"(.+) is one end of a range in the evidence", r"\1 在依据中是一个范围的一端"),
        (r"(.+) belongs to something else in the evidence", r"依据中的 \1 说的是别的事"),
        (r"it exchanges (.+) and (.+)", r"句中 \1 与 \2 对调了"),
        (r"it names (.+) where the evidence names (.+)", r"句中提到 \1，依据提到 \2"),
        (r"it excepts something \((.+)\), the evidence does not", r"句中有例外（\1），依据没有"),
        (r"it leaves out what the evidence excepts \((.+)\)", r"漏掉了依据中的例外（\1）"),
        (r"it negates what the evidence does not negate", "句中的否定依据中没有"),
        (r"it negates (\d+) times what the evidence negates (\d+) times", r"句中否定 \1 次，依据否定 \2 次"),
        (
            r"it says (.+) percent (\d+) times, the evidence (\d+) times and (.+)",
            r"句中 \2 次说百分之 \1，依据 \3 次，并说 \4",
        ),
        (r"it leaves out the condition of the evidence \((.+)\)", r"漏掉了依据中的条件（\1）"),
        (r"no evidence resembles it", "没有与之相近的依据"),
        (r"so few words must all stand in the evidence: (.+)", r"句子很短，其用词须全部见于依据（\1）"),
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
