"""Documents that say themselves that they do not hold what is asked; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.answering.case import Case
from policybot.domain import Decision, Evidence
from policybot.searching.evidence import sentences_of

_TEXTS = (
    r"sources?|documents?|reports?|summar(?:y|ies)|briefs?|articles?|texts?|papers?|pages?|plans?|readouts?|statements?|"
    r"explainers?|guidelines?|opinions|it|they"
)
_TELLS = r"explain|say|state|give|report|specify|contain|include|mention|provide|name|list|break down|disclose|publish"
_SAYS_NOTHING = re.compile(
    rf"\b(?:{_TEXTS})\b[^.;:]{{0,40}}?\b(?:(?:do|does|did)(?: not|n['’]t) (?:{_TELLS})(?! (?:up|in|way)\b)|"
    r"gives? no|gave no|contains? no|offers? no|includes? no|names? no|sets? out no)\b"
    r"|\b(?:no|not any) (?:figures?|data|numbers?|breakdown|details?|explanation|estimates?|reasons?)[^.;:]{0,30} "
    r"(?:is|are|was|were) (?:given|reported|available|published|disclosed|provided)"
    r"|(?:资料|文件|报告|摘要|简报|文章|原文|来源|全文|公报|计划|方案|意见|其中)[^。；]{0,30}"
    r"(?:没有|未|并未|未能)(?:看到|见到|说明|解释|给出|提供|列出|公布|披露|提及|提到|包含|载明)",
    re.IGNORECASE,
)
_EXPLAINS_NOTHING = re.compile(
    r"\b(?:(?:do|does|did)(?: not|n['’]t) (?:explain|say why|give (?:a|the|any) reason)|"
    r"(?:gives?|gave) no (?:reason|explanation)|unexplained)"
    r"|(?:没有|未|并未)(?:说明|解释|给出|交代)[^。；]{0,12}(?:原因|理由|差异|差别|差距)?",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*(?:why|how come|for what reason)\b|为什么|为何|原因是什么|何以", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"^\W*(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may)\b|吗[？?]?\s*$|是否|有没有",
    re.IGNORECASE,
)


def declared_absent(case: Case) -> Decision | None:
    """Abstains where the documents say that they lack what is asked."""
    return Decision("absence", "unanswered") if declared_missing(case.query.text, case.plan.evidence) else None


def declared_missing(question: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the documents themselves say that they lack the answer.

    They do when the sentence that bears most on the question says that a text does not hold something, unless the
    question is whether it does; and when the sentence behind the best one leaves unexplained what is asked why.
    """
    best = max(evidence, key=lambda e: e.score)
    if _SAYS_NOTHING.search(best.text):
        return not _YES_OR_NO.search(question)
    if not _WHY.search(question):
        return False
    behind = next((e for e in sentences_of(best.hit) if e.start >= best.end), None)
    return behind is not None and bool(_EXPLAINS_NOTHING.search(behind.text))
