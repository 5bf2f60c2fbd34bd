"""How a question says in English whose document it means and of which year."""

from policybot.language.sources import Sources

SOURCES = Sources(
    kinds={
        "report": r"\breports?\b",
        "communique": r"\b(?:communiqu[eé]s?|bulletins?)\b",
        "yearbook": r"\byearbooks?\b",
        "white paper": r"\bwhite[- ]papers?\b",
        "budget": r"\bbudget (?:report|plan)s?\b",
    },
    place_end=r" (?:province|municipality|autonomous region|special administrative region)\b(?:['’]s\b)?|['’]s\b",
    government=r" (?:(?:provincial|municipal|people['’]s|local) )*(?:government|congress|governor|mayor|bureau|"
    r"commission|department|provincial|municipal)\b",
    government_before=r"\b(?:government|governor|mayor|congress) of (?:the )?$",
    part_of_name=r"(?:[-–](?=\w)|\s+(?!Province|Provincial|Municipal|Autonomous|Special Administrative|Government|"
    r"People|Work|Report|Communiqu|Statistic|Yearbook|White|Budget|Five|Plan\b)[A-Z][a-z]+)",
    passing=r"(?<!according )\b(?:to|towards?|from|with|into|onto|via|through|near|outside|between|beyond)\s+"
    r"(?:the\s+)?$|[-–]$",
    asker=r"\b(?:i|we)(?:['’](?:m|re|ve|d))?\s+(?:(?:am|are|was|were|have|had|been|currently|now|just|also|do)\s+)*"
    r"(?:liv|work|based|stud|from|resid|run|move|writ|translat|teach|an?|in|own|export|import|sell|born|marr|employ)"
    r"[^,.;:?!]*$"
    r"|\b(?:my|our)\s+(?:\w+\s+){1,4}(?:is|are|was|in|from|at|exports?|imports?|sells?|works?|lives?)\b[^,.;:?!]*$"
    r"|^\W*(?:as|being)\s+an?\s[^,.;:?!]*$",
    joins=r"(?:,(?: (?:and|or)\b)?|\band\b|\bor\b|&|/|\bversus\b|\bvs\b\.?|\bthan\b)(?: (?:the|in)\b)?",
    year_end="",
    between=r"\s|['’]s?|\b(?:annual|government|work|state|official|full|first|latest|provincial|municipal|people['’]s|"
    r"national|premier|council|statistical|economic|and|social|development|published|province|municipality)\b",
    of_year=r"\s+(?:of|for|from|dated)\s+(?:the\s+)?(?:year\s+)?",
    of_issuer=r"\s+by\s+(?:the\s+)?",
    of_more=r"\s+(?:by|on|about)\s+",
    alone_before=r"(?:^|[,.;:?!]\s|\b(?:the|this|that|and|or|in|of|per|under|from|by)\s)$",
    previous=r"\b(?:last year|(?:the )?previous year|(?:the )?year before|(?:the )?preceding year|(?:the )?prior year)"
    r"(?:['’]s)?\b",
    same=r"\b(?:(?:that|the same) year)(?:['’]s)?\b",
    national=r"\bnational(?=\s+(?:(?:19|20)\d\d\b|(?:(?!first\b|key\b|standard|park|laborator|day\b|level|champion|"
    r"average|ranking|model|pilot|demonstration)[a-z]+\s+){0,4}?(?:target|goal|report|objective|deficit|"
    r"budget|figure|total)))|\bnationwide\b|\bfor the (?:whole|entire) country\b"
    r"|\bchina['’]s\s+(?:(?:19|20)\d\d\s+)?(?:government )?work report\b",
    each_edition=r"\b(?:across|through(?:out)?) (?:all |the )*(?:\w+ ){0,4}(?:reports|editions|years)\b"
    r"|\b(?:each|every|all)(?: of)?(?: the)? (?:\w+ ){0,3}(?:reports?|editions?|years?)\b|\bover the years\b"
    r"|\byear by year\b"
    r"|\breports (?:you have|here|in this collection)\b",
    span=r"(?:to|through|until|till|[–—-])",
    both=r"\b(?:both|the two|the three|each of them|which of them|between them)\b",
)
