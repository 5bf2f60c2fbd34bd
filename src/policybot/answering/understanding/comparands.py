"""What a question compares -> each comparand as a question of its own; pure."""

from __future__ import annotations

import re

from policybot.text.tokens import content_tokens

MOST_COMPARANDS = 4
"""Comparands of one comparison: more make no table that anybody reads."""

TABLE = re.compile(
    r"\b(?:in|as|into|with)\s+(?:a\s+|an?\s+\w+\s+)?tables?\b|\btabulate\b|\btabular\b|\bmake\s+(?:me\s+)?a\s+table\b"
    r"|\btable\s+(?:of|comparing|with)\b|(?:用|以|做成|列成|列个|制成)?表格(?:的?形式)?来?|列成表|列个表|制表",
    re.IGNORECASE,
)
"""Words that ask for a table."""

REQUEST = re.compile(
    r"^\W*(?:(?:please|kindly|now|then|and|can you|could you|would you|will you|i want|"
    r"i would like|i'd like|i need)\W+)*"
    r"(?:(?:give|show|make|write|provide|draw|prepare|create|draft|produce|put|present|tell)\b(?:\s+(?:me|us|up))?\s*)?"
    r"(?:\b(?:that|this|it|them|these|those)\b)?\s*(?:\b(?:an?|the)\b)?\s*(?:\b(?:short|brief|quick|concise|clear)\b)?\s*",
    re.IGNORECASE,
)
"""How a request begins."""

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")

_HEAD = re.compile(
    r"\b(?:between|of|by|for|do|does|did|are|is|were|compare|contrast|comparing|comparison|how|unlike|from|in)\b\s+",
    re.I,
)
_TAIL = re.compile(
    r"\s+\b(?:on|about|in|for|over|regarding|concerning|each|differ\w*|say|says|state|treat|see|define|with respect|"
    r"when|as|respectively|at|set|give|handle|approach|compare|compared|change\w*|want|plan|aim)\b|[,;?!.](?:\s|$)|$",
    re.IGNORECASE,
)
_PAIR_EN = re.compile(
    r"\bbetween\s+(?P<a>[^,;?]+?)\s+and\s+(?P<b>[^,;?]+)"
    r"|\bcompar(?:e|ing)\s+(?P<a2>[^,;?]+?)\s+(?:with|to|against|and|versus)\s+(?P<b2>[^,;?]+)"
    r"|\bfrom\s+(?P<a3>[^,;?]+?)\s+to\s+(?P<b3>[^,;?]+)"
    r"|\b(?:do|does|did|are|is|were)\s+(?P<a4>[^,;?]+?)\s+(?:differ\w*|different)\s+from\s+(?P<b4>[^,;?]+)"
    r"|\b(?P<a5>[^,;?]+?)\s+(?:versus|vs\.?|compared (?:to|with))\s+(?P<b5>[^,;?]+)"
    r"|(?P<a6>[^;?]+?),?\s+and\s+(?P<b6>[^,;?]+)",
    re.IGNORECASE,
)
_AND_ZH = re.compile(r"(?<![共饱温缓柔])和(?![平谐解睦])|(?<![参给])与(?![会其])|跟|相比于?|以?及(?!时|其)|、")
_BEFORE_ZH = re.compile(
    r"^(?:请问|请|帮我|给我|麻烦|你|能否|能|可以|比较|对比|一下|下|关于|从|就|来)+|^.*(?:比较|对比)(?:一下)?|^在"
)
_AFTER_ZH = re.compile(
    r"(?:的|之间|对|在|关于|有(?:什么|何|哪些)|分别|各自|相比|对于|就|怎么|如何|区别|差别|差异|不同|异同|变化|都|是否|上(?:的|有)?).*$"
)


def comparands(text: str) -> list[tuple[str, str]]:
    """Each comparand as (its question, its label); empty when the question names fewer than two."""
    years = list(dict.fromkeys(_YEAR.findall(text)))
    if 2 <= len(years) <= MOST_COMPARANDS:
        return [(_of_year(text, year, years), year) for year in years]
    if re.search(r"[\u4e00-\u9fff]", text):
        return _split_at_and(text)
    return _pair(text)


def _of_year(text: str, year: str, years: list[str]) -> str:
    """The question as it would be asked of one of its years."""
    others = "|".join(other for other in years if other != year)
    alone = re.sub(
        rf"\s*(?:\b(?:and|to|with|versus|vs\.?|from|between|than)\b|[和与跟同至到、,，]|相比)?\s*(?<!\d)(?:{others})(?!\d)年?",
        " ",
        text,
    )
    alone = re.sub(
        rf"(?:\b(?:between|from|and|to|with)\b|[从和与跟至到、])\s*(?={year})|(?<={year})\s*(?:and|[和与跟至到、])\s*(?=\s|$)",
        " ",
        alone,
        flags=re.IGNORECASE,
    )
    return _compared_away(alone)


def _pair(text: str) -> list[tuple[str, str]]:
    for match in _PAIR_EN.finditer(TABLE.sub(" ", text).rstrip(" ?.!")):
        whole = match.string
        groups = [(name, value) for name, value in match.groupdict().items() if value]
        (first, a), (second, b) = groups[0], groups[1]
        begin, end = match.start(first), match.end(second)
        heads = list(_HEAD.finditer(a))
        if heads and first in ("a5", "a6", "a2", "a4"):
            begin += heads[-1].end()
            a = a[heads[-1].end() :]
        tail = _TAIL.search(b)
        if tail and tail.start():
            end = match.start(second) + tail.start()
            b = b[: tail.start()]
        a, b = a.strip(), b.strip()
        shared = re.match(r"(?P<who>.+?)(?P<of>['’]s? .+)$", b)
        if shared and re.search(r"['’]s?$", a):
            # "The council's and the union's demands": the demands are asked of both.
            a, b = re.sub(r"['’]s?$", "", a), shared["who"]
            end = match.start(second) + len(shared["who"])
        labels = [part for part in re.split(r",\s*(?:and\s+)?", a) if part] + [b]
        if all(0 < len(content_tokens(label)) <= 8 for label in labels) and len(labels) <= MOST_COMPARANDS:
            return [(_compared_away(f"{whole[:begin]}{label}{whole[end:]}"), _name(label)) for label in labels]
    return []


def _split_at_and(text: str) -> list[tuple[str, str]]:
    whole = _BEFORE_ZH.sub("", TABLE.sub("", text).strip()).rstrip(" ？?。！!")
    first = _AND_ZH.search(whole)
    if first is None:
        return []
    # What follows the last "and" begins with the last side and goes on with what is asked of all of them.
    parts = [part for part in _AND_ZH.split(whole, maxsplit=MOST_COMPARANDS - 1) if part]
    rest = _AFTER_ZH.search(parts[-1], 2)
    tail = rest.group() if rest else ""
    labels = [*parts[:-1], parts[-1].removesuffix(tail) if tail else parts[-1]]
    if len(labels) < 2 or not all(2 <= len(label) <= 24 for label in labels):
        return []
    return [(_compared_away(f"{label}{tail}"), _name(label)) for label in labels]


_COMPARING = re.compile(
    r"\b(?:compare|comparing|contrast|comparison (?:of|between)|(?:what is |what are )?(?:the )?"
    r"(?:main |key )?differences? (?:between|in|of)|each|respectively|"
    r"differ(?:s|ed|ent|ence|ences)?(?: from)?|compared (?:to|with)|versus|vs\.?)\b"
    r"|比较|对比|相比|(?:之间)?(?:有)?(?:什么|何|哪些)?(?:的)?(?:区别|差别|差异|不同|异同|变化)(?:在哪里?|是什么|点)?|分别|各自",
    re.IGNORECASE,
)


def _compared_away(text: str) -> str:
    """A comparand's question without the words that compare."""
    bare = REQUEST.sub(" ", _COMPARING.sub(" ", TABLE.sub(" ", text)), count=1)
    return " ".join(bare.split()).strip(" ,，;；:：?？.。!！")


def _name(text: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", text.strip(), flags=re.IGNORECASE)
