"""How documents and other things are named in English."""

from policybot.language.names import Names

_ASKED_TO = (
    "say|says|said|state|states|stated|write|writes|tell|tells|claim|claims|mention|mentions|set|sets|aim|aims|"
    "propose|proposes|require|requires|call|calls|promise|promises|list|lists|name|names|want|wants|recommend|recommends|provide|"
    "provides|contain|contains|cover|covers|define|defines|argue|argues|conclude|concludes|find|finds|estimate|estimates|foresee|"
    "foresees|ask|asks|demand|demands|give|gives|allow|allows|forbid|forbids|prescribe|prescribes|stipulate|stipulates|intend|"
    "intends|treat|treats|describe|describes|suggest|suggests|have to say|expect|expects|announce|announces"
)
_TO_ITS_END = r"(?P<x>[^?;:]{2,120}?)(?=\s*(?:[,?;:]|\.(?:\s|$)|$))"

NAMES = Names(
    document_nouns=frozenset(
        "plan plans report reports guideline guidelines strategy speech remarks paper papers law laws act regulation "
        "regulations regulation rules statute directive opinions notice notices document documents article articles "
        "study survey review resolution resolutions decision recommendations communique statement statistics yearbook "
        "bulletin explainer brief briefing agreement treaty charter framework programme program roadmap budget "
        "white-paper memo minutes conference readout blueprint agenda policy handbook manual".split()
    ),
    things=r"\b(?:plans?|strategy|law|laws|act|statute|agreement|treaty|charter|framework|programme|program|roadmap|"
    r"budget|conference|agenda|policy|blueprint)\b",
    several=r"s\W*$|s (?:of|from|in|for|by)\b",
    asked=(
        rf"\b(?:[Dd]o|[Dd]oes|[Dd]id|[Ww]ill|[Cc]an)\s+(?P<x>[^?.;:]{{2,120}}?)\s+(?:{_ASKED_TO})\b",
        rf"(?i:\baccording to\s+{_TO_ITS_END})",
        r"(?i:\b(?:summari[sz]e|sum up|summary (?:of|on)|overview of|gist of|"
        rf"(?:main|key) (?:points|messages|takeaways|findings) (?:of|in|from))\s+{_TO_ITS_END})",
        r"(?i:\bwhat (?:is|are|was)\s+(?P<x>[^?;:]{2,120}?)\s+(?:all )?about\b)",
    ),
    in_passing=(r"(?i:\b(?:in|under)\s+(?=(?P<x>[^?;:,]{2,120}?)\s*(?:[,?;:]|\.(?:\s|$)|$)))",),
    cited=(rf"(?:^|[.;!]\s+)(?P<x>[^?.;:!]{{2,120}}?)\s+(?:{_ASKED_TO})\b[^?.;!]*[.;!]\s+\w",),
    leading="",
    before_date=r" (?:of|from|in|for|by|on)(?: the| its)?",
    of_origin=r"\b(?:of|from)\b",
    written_date="",
    function_characters="",
    inner_words="of|the|de",
)
