"""How English refers to provisions and classes."""

from policybot.language.references import References

_KINDS = {
    "article": "articles?|sections?|art\\.|s\\.",
    "paragraph": "paragraphs?|para\\.?|subsections?",
    "item": "items?|points?|subparagraphs?|sub-paragraphs?",
    "chapter": "chapters?",
    "part": "parts?",
    "annex": "annex(?:es)?|schedules?|appendix|appendices",
    "class": "class(?:es)?|categor(?:y|ies)|types?",
    "grade": "grades?|levels?|tiers?|phases?|stages?",
}

REFERENCES = References(
    kinds=_KINDS,
    labelled=(
        rf"\b(?i:(?P<kind>{'|'.join(_KINDS.values())})) (?P<label>\d+[A-Z]{{0,2}}(?:\.\d+)*|[IVX]+|[A-H])\b"
        r"(?P<inner>(?: ?\((?:\d{1,3}|[a-z]{1,4})\))*)",
    ),
)
