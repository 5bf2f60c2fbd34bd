"""How the parts of a Chinese document are named."""

from policybot.language.structure import Structure

STRUCTURE = Structure(
    labels={
        "annex": "附(?:件|录|表)(?:{n})",
        "part": "第(?:{n})(?:编|大?部分)",
        "chapter": "第(?:{n})章",
        "section": "第(?:{n})节",
        "article": "第(?:{n})条(?:之(?:{n}))?",
        "paragraph": "第(?:{n})款",
        "item": "第[（(]?(?:{n})[）)]?(?:项|小?点|目)",
    },
    joins="的",
    numerals="一二三四五六七八九十",
    headings=("(?:{n})、", "[（(](?:{n})[）)]"),
)
