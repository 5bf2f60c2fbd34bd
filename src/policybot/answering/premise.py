"""What a question takes for granted, as a statement that can be checked; pure."""

from __future__ import annotations

import re

_AUXILIARY = r"do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may|might"
_WHY = re.compile(
    rf"^\W*(?:so |and |but )?(?:why|how come|for what reason)\s+({_AUXILIARY})(n['’]t)?\s+(.+?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN = re.compile(
    r"^\W*(?:since|given that|given|because|now that|considering that|as)\s+(.+?),\s+(?=\w+ )(.+\?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN_CHINESE = re.compile(r"^\W*(?:既然|鉴于|考虑到|由于|因为)(.+?)[，,](.+)$", re.DOTALL)
_WHY_CHINESE = re.compile(
    r"^(.*?)(?:为什么|为何|怎么会|为啥|何以)(?:要(?!求|点|素|闻)|会(?!议))?(.+?)[？?。\s]*$", re.DOTALL
)
_STATEMENT = re.compile(r"^(.+?(?:[.!](?=\s)|[。！]))\s*(.+[?？])\W*$", re.DOTALL)
_SHOWING = re.compile(
    r"\b(?:citations?|sources?|evidence|quotes?|quotations?|proof|passages?|documents?)\s+"
    r"(?:showing|proving|saying|stating|confirming|(?:that|which) (?:shows?|proves?|says?|states?|confirms?)|"
    r"for the (?:fact|claim))\s+that\s+(.+?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_SHOWING_CHINESE = re.compile(
    r"(?:证明|显示|表明|说明|证实)[：:，]?(.+?)的(?:引文|出处|证据|来源|原文|段落|文件)\W*$", re.DOTALL
)
_DID = ("do", "does", "did")
_QUESTION_WORD = re.compile(r"\b(?:what|which|who|whose|how|why|when|where)\b|什么|哪|谁|多少|几|吗|呢", re.IGNORECASE)


def presupposed(question: str) -> str:
    """The statement that a question takes for granted; empty when there is none that could be told.

    "Why did the council close the harbour?" takes for granted "the council did close the harbour"; "Since ferries are
    free, …?" that "ferries are free"; "The plan bans cars. Did it say how?" its first sentence; "为什么要关闭港口"
    that the harbour is closed; "a source saying that ferries are free" that they are.
    """
    text = " ".join(question.split())
    if match := _SHOWING.search(text) or _SHOWING_CHINESE.search(text):
        return match[1].strip()
    if match := _GIVEN.match(text):
        return match[1].strip()
    if match := _GIVEN_CHINESE.match(text):
        return match[1].strip()
    if match := _STATEMENT.match(text):
        statement = match[1].strip()
        # Two questions, or a question behind an abbreviation, state nothing.
        return "" if _QUESTION_WORD.search(statement) or len(statement.split()) + len(statement) < 12 else statement
    if match := _WHY_CHINESE.match(text):
        return f"{match[1].strip()}{match[2].strip()}"
    if match := _WHY.match(text):
        auxiliary, negated, rest = match[1].lower(), match[2], match[3]
        verb = "" if auxiliary in _DID and not negated else f" {auxiliary}{' not' if negated else ''}"
        # Where the auxiliary stands changes no word that is compared.
        return f"{verb} {rest}".strip()
    return ""
