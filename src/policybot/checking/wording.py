"""The small words that decide what a sentence claims: negation, modality, quantifiers, direction, bounds of figures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from policybot.quantities import Quantity, folded, placed_quantities

_NEGATION = re.compile(
    r"\b(not(?! only)|no(?!\.? ?\d)|never|none|neither|nor|without|cannot|\w+n['’]t)\b"
    r"|[不没](?!断|同|仅|少|管|论|久|足|平衡|收)|未(?!来)|无(?!人|线|论)|非(?!常|洲|遗)",
    re.IGNORECASE,
)

_CLASSES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "done": r"\b([Hh]as|[Hh]ave|[Hh]ad|[Ww]as|[Ww]ere|[Aa]lready)\b|已",
        "planned": r"\b(will|shall|plans?|planned|aims?|aimed|intends?|intended|proposes?|proposed|seeks?|targets?)\b"
        r"|n't\b(?<=won't)|将(?!军|近|士)|[拟欲](?!定|合|人)|计划|打算|有望|力争|目标",
        "owed": r"\b(must|should|ought|required?|has to|have to)\b|必须|应(?!对|用|急|届|链)|须(?!臾)|要求|需要",
        "possible": r"\b(may|might|could|can|possibly|perhaps|likely)\b|可能|可以|或将|或许|也许",
        "all": r"\b([Aa]ll|[Ee]very|[Ee]ach|[Ee]ntire)\b|全部|所有|一切|每[个家项年一]",
        "most": r"\b([Mm]ost(?! \w+ly)|[Mm]ajority|[Mm]ostly)\b|大部分|大多数",
        "some": r"\b([Ss]ome|[Ss]everal|[Cc]ertain|[Pp]artly|[Ff]ew)\b|一些|若干|少数",
        "many": r"\b([Mm]any|[Nn]umerous)\b|许多|众多|大量",
        "only": r"\b([Oo]nly(?<!not only)|[Ss]olely|[Ee]xclusively)\b|仅(?<!不仅)|只有|唯一",
        "up": r"\b(rise|rises|rose|risen|rising|grow|grows|grew|grown|growth|increase[sd]?|increasing|gain(s|ed)?"
        r"|higher|raise[sd]?|expand(s|ed)?|above|more)\b|增长|增加|上升|提高|上涨|扩大|高于",
        "down": r"\b(fall|falls|fell|fallen|falling|declin(e|es|ed|ing)|decrease[sd]?|decreasing|dropp?(s|ed)?"
        r"|lower(s|ed)?|reduc(e|es|ed|ing|tion)|cut|cuts|shr[iau]nks?|below|less|fewer)\b"
        r"|下降|减少|降低|下跌|下滑|缩小|低于",
    }.items()
}
"""Words by what they claim. "May" with a capital is taken for the month."""

Claims = frozenset[str]
"""Names of the classes whose words a text holds: done, planned, owed, possible, all, most, some, many, only, up, down."""

_QUALIFIERS = {
    "about": (r"about|around|approximately|roughly|some|circa|nearly|almost|close to|约为?|大约|近|将近|接近", r"左右|上下|or so"),
    "at least": (r"at least|no less than|not less than|no fewer than|a minimum of|至少|不少于|不低于", r"以上|or more|and above|or above"),
    "at most": (r"at most|up to|no more than|not more than|a maximum of|最多|至多|不超过|不高于|不多于", r"以内|以下|or less|or fewer|or below"),
    "above": (r"more than|over|exceeding|exceeds?|exceeded|above|greater than|超过?|逾|多于|高于|突破", r"多[家个万亿]?"),
    "below": (r"less than|fewer than|under|below|不足|不到|少于|低于", r"(?!)"),
}  # fmt: skip
_BEFORE = {
    name: re.compile(rf"(?:(?<![a-z])(?:{before}))\s*(?:[$€£¥]|rmb\s|us\$|a total of\s)?\s*$")
    for name, (before, _) in _QUALIFIERS.items()
}
_AFTER = {
    name: re.compile(rf"^\s*(?:[a-z%$]{{0,12}}\s|[\u3400-\u9fff]{{0,2}}?)?(?:{after})(?![a-z])")
    for name, (_, after) in _QUALIFIERS.items()
}

_CONTRARY = frozenset(
    frozenset(pair)
    for pair in (("at least", "at most"), ("at least", "below"), ("above", "below"), ("above", "at most"))
)


def negations(text: str) -> int:
    """How often the text says no; "not only" and "no. 5" do not."""
    return sum(1 for _ in _NEGATION.finditer(text))


def claims(text: str) -> Claims:
    """What the small words of the text claim."""
    return frozenset(name for name, pattern in _CLASSES.items() if pattern.search(text))


def qualified(text: str) -> Mapping[Quantity, frozenset[str]]:
    """Each figure of the text with how it is meant: ``about``, ``at least``, ``at most``, ``above``, ``below``; or
    ``exactly``. Years and months are left out.
    """
    plain = folded(text)
    found: dict[Quantity, set[str]] = defaultdict(set)
    for quantity, start, end in placed_quantities(plain):
        if quantity.unit == "month" or (quantity.unit == "" and 1900 <= quantity.value <= 2100):
            continue
        meant = {name for name, pattern in _BEFORE.items() if pattern.search(plain[max(start - 24, 0) : start])}
        meant |= {name for name, pattern in _AFTER.items() if pattern.search(plain[end : end + 20])}
        if {"above", "at least"} <= meant or {"below", "at most"} <= meant:
            # "no more than" holds "more than", "not less than" holds "less than".
            meant -= {"above", "below"}
        if "at most" in meant:
            meant.discard("above")
        if "at least" in meant:
            meant.discard("below")
        found[quantity] |= meant or {"exactly"}
    return {quantity: frozenset(meant) for quantity, meant in found.items()}


def contrary(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two ways of meaning a figure exclude each other."""
    return any(frozenset((a, b)) in _CONTRARY for a in one for b in other)


_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=2,
    )
} | {word: value for value, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)}
_NUMBER_WORD = re.compile(
    r"\b(" + "|".join(_NUMBER_WORDS) + r")\b(?!-| hundred| thousand| million| billion| trillion)"
    r"|(?<![\u3400-\u9fff]分之)([两三四五六七八九十])(?=[个项条种类大家次届位名年章部])"
)
_CHINESE = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def number_words(text: str) -> Counter[int]:
    """Small numbers written as words, from two: "twelve", "三个"; ordinals count as their number."""
    return Counter(
        _NUMBER_WORDS[match[1]] if match[1] else _CHINESE[match[2]] for match in _NUMBER_WORD.finditer(text.lower())
    )
