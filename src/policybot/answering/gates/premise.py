"""What a question takes for granted, as a statement that can be checked, and whether the documents bear it out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.answering.case import Case
from policybot.checking import Checker, denies, without_negation
from policybot.domain import Decision, Evidence, Hit
from policybot.searching import Glosser, Query
from policybot.searching.evidence import sentences_of

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


SURE = 1.0
"""Log-odds of the chat model from which it is believed that the question is answered as it was asked. Of the policy
set's false premises all are below 0.8, of its other questions two thirds above 1 (benchmarks/answerability.py)."""


class Premises:
    """Checks what a question takes for granted against what was read."""

    def __init__(self, checker: Checker, glosser: Glosser) -> None:
        self._checker = checker
        self._glosser = glosser

    def __call__(self, case: Case) -> Decision | None:
        """Has the documents quoted against a premise that they do not bear out; what they lack they cannot correct."""
        judged = case.signs.judged if case.signs is not None else None
        if judged is not None and judged >= SURE:
            return Decision("premise", "passed", judged, SURE)
        if case.missing or not self.unsupported_presupposition(case.query, case.plan.hits):
            return None
        return Decision("premise", "correction", judged, SURE)

    def unsupported_presupposition(self, query: Query, read: Sequence[Hit]) -> str:
        """What the question takes for granted and no sentence that was read carries; empty when there is no such.

        In another language than the question's a true premise resembles the evidence as little as a false one: there
        only what the evidence denies, read word by word in English, is told to be not borne out.
        """
        claim = presupposed(query.text)
        if not claim:
            return ""
        sentences = [e for hit in read for e in sentences_of(hit)]
        for language in sorted({e.hit.passage.language for e in sentences}):
            around = [e for e in sentences if e.hit.passage.language == language]
            check = self._checker.check(claim, query.language, around)
            if check.verdict != "unsupported" and not self._checker.contradicted(claim, query.language, check.evidence):
                return ""
        best = max(read, key=lambda hit: hit.relevance).passage.language
        return claim if best == query.language or self._denied(claim, query.language, sentences) else ""

    def _denied(self, claim: str, language: str, sentences: Sequence[Evidence]) -> bool:
        """Whether a sentence says no where a claim does not, or one in another language carries what it negates."""
        if (affirmed := without_negation(claim)) != claim:
            others = [e for e in sentences if e.hit.passage.language != language]
            return self._checker.check(affirmed, language, others).verdict != "unsupported"
        said = self._glosser.english(claim, language)
        told = (self._glosser.english(e.text, e.hit.passage.language) for e in sentences)
        return said is not None and any(denies(said, text) for text in told if text)
