# ruff: noqa: E501 (tables of words: a line holds one entry)
"""How a figure or a date is meant: about, at least, up to a day, from a day on."""

from __future__ import annotations

import re

Bounds = frozenset[str]
"""Of a figure: ``about``, ``at least``, ``at most``, ``above``, ``below``; of a date: ``until``, ``from``; or nothing."""

_QUALIFIERS = {
    "about": (
        r"about|around|approximately|approx\.?|roughly|some|circa|nearly|almost|close to|an estimated|大约|约为?|近|将近|接近|大概",
        r"左右|上下|or so|(?:percent |%)?or thereabouts",
    ),
    "at least": (
        r"at least|no less than|not less than|no fewer than|not fewer than|a minimum of|min\.|至少|不少于|不低于|不小于|最少",
        r"以上|及以上|or more|and above|or above|or higher|at least",
    ),
    "at most": (
        r"at most|up to|no more than|not more than|a maximum of|not exceeding|not exceed|最多|至多|不超过|不高于|不多于|不大于",
        r"以内|以下|or less|or fewer|or below|or lower|at most",
    ),
    "above": (
        r"more than|over|exceeding|exceeds?|exceeded|above|greater than|higher than|surpass(?:ed|es|ing)?|pass(?:es|ed|ing)?|topp(?:ed|ing)|超过?|逾|多于|高于|大于|突破",
        r"以上|多(?=[家个万亿人名项条座辆])|余(?=[家个万亿人名项条座辆])",
    ),
    "below": (
        r"less than|fewer than|under|below|lower than|不足|不到|少于|低于|小于",
        r"以下",
    ),
}  # fmt: skip
"""Words before, and behind. 以上 may be "or more" and "more than": it agrees with both."""

_BETWEEN = r"\s*(?:[$€£¥]|rmb\s?|us\$|hk\$|a total of\s|the\s|全年|累计|每[年月天日周])?\s*$"
_FAR = {
    "about": r"|约(?!束|定)[^\d,;:，。；、：]{1,9}$",
    "at least": r"|(?:至少|不少于|不低于)[^\d,;:，。；、：]{1,6}$",
    "at most": r"|(?:至多|最多|不超过)[^\d,;:，。；、：]{1,6}$",
}
"""In Chinese they may stand before the verb: 约占国内生产总值的10%, 至少拨款4000万元."""

_BEFORE = {
    name: re.compile(rf"(?:(?<![a-z])(?:{before})(?:了|达到?)?)" + _BETWEEN + _FAR.get(name, ""))
    for name, (before, _) in _QUALIFIERS.items()
}
_AFTER = {
    name: re.compile(rf"^\s*(?:[a-z%$]{{1,12}}\s|[\u3400-\u9fff]{{0,2}}?)?(?:{after})(?![a-z])")
    for name, (_, after) in _QUALIFIERS.items()
}
_NEITHER = re.compile(
    r"(?:(?:no|not|does not|did not|don't|doesn't|won't) )(?:more|less|fewer|higher|lower|exceed)\w*(?: than)?\s*$|不(?:超过|低于|少于|高于|多于)\s*$"
)

_CONTRARY = frozenset(
    frozenset(pair)
    for pair in (
        ("at least", "at most"),
        ("at least", "below"),
        ("above", "below"),
        ("above", "at most"),
        ("until", "from"),
    )
)

_UNTIL = re.compile(
    r"(?:\b(?:by|before|until|till|up to|no later than|to)|[到至](?!于))\s*(?:the end of |the |early |late |mid-)?$"
)
_FROM = re.compile(
    r"(?:\b(?:since|after|from|starting(?: in| on)?|as of|beginning(?: in| on)?|effective)|自从?|从)\s*(?:the end of |the |early |late |mid-)?$"
)
_UNTIL_BEHIND = re.compile(r"\s*(?:[年月日底末初]|底前)?(?:以前|之前|前(?![三五十往]))")
_FROM_BEHIND = re.compile(r"\s*(?:[年月日底末初])?(?:以来|之后|以后|起(?!草|来)|后(?!续))|\s*(?:on|onwards?)\b(?! \d)")


def bounds_of_figure(text: str, start: int, end: int) -> Bounds:
    """How the figure at these offsets of a folded text is meant."""
    before, behind = text[max(start - 28, 0) : start], text[end : end + 20]
    meant = {name for name, pattern in _BEFORE.items() if pattern.search(before)}
    if _NEITHER.search(before):
        meant -= {"above", "below"}
        meant |= {
            "at most" if re.search(r"(?:more|higher|exceed\w*)(?: than)?\s*$|超过|高于|多于", before) else "at least"
        }
    else:
        meant |= {name for name, pattern in _AFTER.items() if pattern.search(behind)}
    return frozenset(meant)


def bounds_of_date(text: str, start: int, end: int) -> Bounds:
    """Whether the date at these offsets of a folded text ends or begins a time."""
    before, behind = text[max(start - 24, 0) : start], text[end : end + 8]
    if _UNTIL.search(before) or _UNTIL_BEHIND.match(behind):
        return frozenset({"until"})
    return frozenset({"from"}) if _FROM.search(before) or _FROM_BEHIND.match(behind) else frozenset()


def contrary(one: Bounds, other: Bounds) -> bool:
    """Whether two ways of meaning a figure exclude each other."""
    return any(frozenset((a, b)) in _CONTRARY for a in one for b in other)
