# ruff: noqa: E501 (tables of words: a line holds one entry)
"""The small words that decide what a sentence claims: negation, modality, quantifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NEGATION = re.compile(
    r"\b(not(?! only| more than| less than| fewer than| exceed)|no(?!\.? ?\d| more than| less than| fewer than| later than)|never|none|neither|nor|without|cannot)\b"
    r"|[不没](?!断|同|仅|少|管|论|久|足|平衡|收|超过|低于|少于|高于|多于|大于|小于)|未(?!来)|无(?!人|线|论)|非(?!常|洲|遗)",
    re.IGNORECASE,
)

_CONTRACTED = re.compile(r"\b(\w+)n['’]t\b")
_IRREGULAR = {"wo": "will", "ca": "can", "sha": "shall"}

_NEGATIVE = re.compile(
    r"\b(?:avoid\w*|prevent\w*|refus\w+|reject\w*|den(?:y|ies|ied)|fail(?:s|ed|ing|ures?)?|lack(?:s|ed|ing)?|absen(?:t|ce)|wrong|false"
    r"|exclud\w+|except|rather than|instead|unlike|hardly|scarcely|barely|little|few|ban(?:s|ned|ning)?|prohibit\w*|forbid\w*"
    r"|stop(?:s|ped|ping)?|abolish\w*|oppos(?:e|es|ed|ing)|until|groundless|independent\w*|non-\w+"
    r"|un(?:able|likely|necessary|fair|clear|certain\w*|changed|lawful|willing|true|justified|reasonable|wanted|used)"
    r"|dis(?:agree\w*|put\w+|order\w*|regard\w*|miss\w*|courag\w*|allow\w*|appear\w*)"
    r"|in(?:sufficien\w+|adequa\w+|complete|valid|correct|consistent)\w*)\b"
    r"|[免勿莫]|避免|防止|拒绝|否认|缺乏|缺少|错误|反对|禁止|杜绝|取消|停止|终止|排除|除外|才",
    re.IGNORECASE,
)
"""Words that say no in a wider sense: one language's "not" may be another's "avoid"."""

_CLASSES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "done": r"\b([Hh]as|[Hh]ave|[Hh]ad|[Ww]as|[Ww]ere|[Aa]lready)\b|已",
        "planned": r"\b(will|shall|plans?|planned|aims?|aimed|intends?|intended|proposes?|proposed|seeks?|targets?|(?:is|are) to(?= [a-z]+))\b"
        r"|将(?!军|近|士)|[拟欲](?!定|合|人)|计划|打算|有望|力争|目标",
        "owed": r"\b(must|should|ought|required?|has to|have to)\b|必须|应(?!对|用|急|届|链)|须(?!臾)|要(?!素|点|闻|么|塞|害|件)|需要",
        "possible": r"\b(may|might|could|possibly|perhaps|likely)\b|可能|或将|或许|也许",
        "able": r"\b(can(?!not)|able to)\b|可以|能够",
        "all": r"\b([Aa]ll|[Ee]very|[Ee]ach|[Ee]ntire)\b|全部|所有|一切|每[个家项年一]",
        "most": r"\b([Mm]ost(?! \w+ly)|[Mm]ajority|[Mm]ostly)\b|大部分|大多数",
        "some": r"\b([Ss]ome|[Ss]everal|[Cc]ertain|[Pp]artly|[Ff]ew)\b|一些|若干|少数",
        "many": r"\b([Mm]any|[Nn]umerous)\b|许多|众多|大量",
        "only": r"\b([Oo]nly(?<!not only)|[Ss]olely|[Ee]xclusively)\b|仅(?<!不仅)|只有|唯一",
    }.items()
}
"""Words by what they claim. "May" with a capital is taken for the month."""

Claims = frozenset[str]
"""Names of the classes whose words a text holds: done, planned, owed, possible, able, all, most, some,
many, only."""


def negations(text: str) -> int:
    """How often the text says no; "not only" and "no. 5" do not."""
    return sum(1 for _ in _NEGATION.finditer(_spelled_out(text)))


def without_negation(text: str) -> str:
    """The text without its words that say no: what it negates."""
    return " ".join(_NEGATION.sub("", _spelled_out(text)).split()) if negations(text) else text


def negatives(text: str) -> int:
    """How often the text says no in a wider sense: "refuses", "lacks", "wrong", 避免."""
    return negations(text) + sum(1 for _ in _NEGATIVE.finditer(text))


def claims(text: str) -> Claims:
    """What the small words of the text claim."""
    plain = _spelled_out(text)
    return frozenset(name for name, pattern in _CLASSES.items() if pattern.search(plain))


def _spelled_out(text: str) -> str:
    """The text with "not" in full: "won't" is "will not"."""
    return _CONTRACTED.sub(lambda match: _IRREGULAR.get(match[1].lower(), match[1]) + " not", text)
