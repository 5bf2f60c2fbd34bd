"""How the parts of an English document are named."""

from policybot.language.structure import Structure

STRUCTURE = Structure(
    labels={
        "annex": r"\b(?:annex|appendix|schedule) (?:{n})",
        "part": r"\bpart (?:{n})",
        "chapter": r"\bchapter (?:{n})",
        "section": r"(?:\b(?:section|sec\.)|§) ?(?:{n})",
        "article": r"\b(?:article|art\.) (?:{n})",
        "paragraph": r"\b(?:paragraph|para\.?) (?:{n})|\b(?:{n}) paragraph\b",
        "item": r"\b(?:item|point|subparagraph) \(?(?:{n})(?:\)|\b)|\b(?:{n}) (?:item|point)\b",
    },
    joins="'s|’s|of|in|to|under",
    ordinals={
        word: number
        for number, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
        )
    },
)
