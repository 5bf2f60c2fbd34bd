"""What answers in English are graded by."""

from policybot.language.grading import Grading

GRADING = Grading(
    asks_figure=r"\b(?:how\s+(?:many|much|long|large|big|high|old|far|often)|when"
    r"|(?:in\s+)?(?:what|which)\s+(?:year|month|date|day))\b",
    asks_else=r"\b(?:what|which|who|whom|whose|where|why|how)\b",
    joins_parts=r"\band\b|\bbut\b",
    denies=r"no\b|not\b",
    denies_premise=r"(?:it|he|she|they|this|that)\s+(?:did|does|do|was|is|were|are|has|have)\s*(?:not|n['’]t)\b",
    affirms=r"yes\b",
    negates=r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n['’]t)\b",
    does_not_know=r"\b(?:do(?:es)?\s+not|don['’]t|doesn['’]t|cannot|can['’]t|could\s+not|couldn['’]t|"
    r"(?:is|are|was|were)\s+not|isn['’]t|aren['’]t|unable\s+to)\b.{0,80}?"
    r"\b(?:know|mention|provide|specif|contain|state|say|include|given?|answer|find|determine|inform|discuss|address)"
    r"|\bno\s+(?:\w+\s+){0,3}(?:information|mention|answer|details?|data)\b",
)
