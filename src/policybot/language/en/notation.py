# ruff: noqa: E501 (tables of patterns: a line holds one entry)
"""English ways of writing amounts and times."""

from policybot.language.en.numbers import TO_TWENTY
from policybot.language.notation import Rewriting

_TENS = "thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD = "|".join(sorted(TO_TWENTY[1:], key=len, reverse=True))
_NUMBER = rf"(?:\d+(?:[.,]\d+)*|{_TENS}|{_WORD})"
_ROSE = r"(?:increas\w+|rise[sn]?|rising|rose|grow[ns]?|growing|grew|growth|gain\w*|climb\w*)"
_DASH = "(?:to|through|until|and|[-–—])"
_SCALE = "million|billion|trillion"
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}

NOTATION = (
    Rewriting(r"(?<=\d )(?-i:may)(?= [a-z])", "can", needs=("may",)),
    Rewriting(r"\bminus (?=\d)", "-", needs=("minus",)),
    # Parts of a number.
    Rewriting(r"\bhalf a percentage point\b", "0.5 percentage points", needs=("percentage point",)),
    Rewriting(r"\b(?:a|one) quarter of a percentage point\b", "0.25 percentage points", needs=("percentage point",)),
    Rewriting(r"\b(?:cut|reduced|split) in half\b", "fallen by 50 percent", needs=("in half",)),
    Rewriting(rf"\b(?P<a>{_NUMBER}) and a half\b", "{n}", plus=0.5, needs=("half",)),
    Rewriting(
        rf"\b(?:an?|one) (?P<unit>year|month|day|hour|week|{_SCALE}) and a half\b", "1.5 {unit}", needs=("half",)
    ),
    Rewriting(rf"\bhalf an? (?=(?:{_SCALE}|dozen|hour|year|day|month)\b)", "0.5 ", needs=("half",)),
    Rewriting(rf"\b(?:a|one) quarter of an? (?=(?:{_SCALE})\b)", "0.25 ", needs=("quarter",)),
    Rewriting(rf"\bthree[- ]quarters of an? (?=(?:{_SCALE})\b)", "0.75 ", needs=("quarters",)),
    Rewriting(rf"\b(?:(?P<a>{_NUMBER}) |a )dozen\b(?! of)", "{n}", times=12, needs=("dozen",)),
    Rewriting(rf"\b(?P<a>{_NUMBER}) decades?\b|\ba decade\b", "{n} years", times=10, needs=("decade",)),
    Rewriting(rf"\b(?:(?P<a>{_NUMBER}) |a )fortnights?\b", "{n} days", times=14, needs=("fortnight",)),
    Rewriting(
        rf"\b(?P<a>{_NUMBER})(?: in| out of)(?: every)? (?P<b>{_NUMBER})(?= [a-z]{{3,}}s\b| (?:child|people|wom|m)[a-z]*\b)",
        "{n} percent of",
        "a/b",
        100,
        needs=(" in ", " out of "),
    ),
    # Growth to a multiple; by 200 percent is to three times.
    Rewriting(r"\bdoubled\b(?! up)", "increased to 2 times", needs=("doubled",)),
    Rewriting(r"\bdoubles\b", "increases to 2 times", needs=("doubles",)),
    Rewriting(r"\bdoubling\b", "increasing to 2 times", needs=("doubling",)),
    Rewriting(
        r"(?<=\bwill )double\b|(?<=\bmust )double\b|(?<=\bto )double\b|(?<=ould )double\b",
        "increase to 2 times",
        needs=("double",),
    ),
    Rewriting(r"\b(?:tripled|trebled)\b", "increased to 3 times", needs=("tripled", "trebled")),
    Rewriting(
        r"(?<=\bto )t(?:ripl|rebl)e\b|(?<=\bwill )t(?:ripl|rebl)e\b", "increase to 3 times", needs=("triple", "treble")
    ),
    Rewriting(r"\bquadrupled\b", "increased to 4 times", needs=("quadrupled",)),
    Rewriting(r"(?<=\bto )quadruple\b|(?<=\bwill )quadruple\b", "increase to 4 times", needs=("quadruple",)),
    Rewriting(r"\bhalved\b", "fallen by 50 percent", needs=("halved",)),
    Rewriting(r"(?<=\bto )halve\b|(?<=\bwill )halve\b", "fall by 50 percent", needs=("halve",)),
    Rewriting(r"\b(?:twice|two times) (?=as\b|the\b)", "2 times ", needs=("twice", "two times")),
    Rewriting(rf"\b(?P<rose>{_ROSE}) (?:by )?(?P<a>{_NUMBER})[- ]?fold\b", "{rose} to {n} times", needs=("fold",)),
    Rewriting(rf"\b(?P<a>{_NUMBER})[- ]?fold (?P<rise>increase|rise|growth)\b", "{rise} to {n} times", needs=("fold",)),
    Rewriting(
        rf"\b(?P<rose>{_ROSE}) (?:by |of )?(?P<a>[1-9]\d\d+(?:\.\d+)?) ?(?:%|percent\b(?! point)|per cent\b)",
        "{rose} to {n} times",
        times=0.01,
        plus=1,
        needs=("percent", "per cent", "%"),
    ),
    *(
        Rewriting(
            rf"\b(?P<fell>fell|fall|fallen|cut|reduced|declined|dropped) to (?P<a>an?|one|two|three) {word}s? of (?:its|their|the)\b(?: original| former| previous)?(?: level| size| value| number)?",
            "{fell} by {n} percent",
            times=-100 / below,
            plus=100,
            needs=(" to ",),
        )
        for word, below in _FRACTIONS.items()
    ),
    # Times.
    Rewriting(
        rf"\bJan(?:uary|\.)? {_DASH} Sept?(?:ember|\.)?\b|\b(?:nine|9) months to September\b|\bfirst (?:nine|9) months\b|\bfirst three quarters\b",
        "firstthreequarters",
        needs=("sep", "nine months", "9 months", "first three"),
    ),
    Rewriting(
        rf"\bJan(?:uary|\.)? {_DASH} June\b|\bfirst (?:six|6) months\b|\bfirst half(?= of (?:the|20)|,|\.|$)",
        "firsthalf",
        needs=("june", "six months", "6 months", "first half"),
    ),
    Rewriting(
        rf"\bJan(?:uary|\.)? {_DASH} Mar(?:ch|\.)?\b|\bfirst (?:three|3) months\b|\bfirst quarter\b",
        "firstquarter",
        needs=("mar", "three months", "3 months", "first quarter"),
    ),
    Rewriting(
        r"\b(?:the )?middle of (?:the|this) (?:21st |twenty-first )?century\b|\bmid-century\b",
        "around 2050",
        needs=("century",),
    ),
    Rewriting(
        r"\b(?:twice|two times) (?:a|per|each|every) year\b|\b(?:bi|semi-?)annual(?:ly)?\b|\bhalf-yearly\b",
        "every half-year",
        needs=("year", "annual"),
    ),
    Rewriting(
        r"\bbiennial(?:ly)?\b|\bevery (?:two|2|second|other) years?\b", "every two years", needs=("biennial", "every ")
    ),
    Rewriting(r"\b(?P<a>(?:1[89]|20)\d0)['’]?s\b", "decade{n}", needs=("0s", "0's", "0’s")),
    *(
        Rewriting(rf"\bin the {word}\b", f"in decade{year}", needs=("ties",))
        for word, year in {"sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}.items()
    ),
    Rewriting(
        r"\b(?:the )?(?:fy|(?:financial|fiscal) year) ?['’]?(?:20)?(?P<y>\d\d)[-–/](?:20)?(?P<z>\d\d)\b",
        "fy20{y}{z}",
        needs=("fy", "year"),
    ),
    Rewriting(
        r"\b(?:the )?(?:fy|(?:financial|fiscal) year) ?['’]?(?:20)?(?P<y>\d\d)\b(?![-–/]\d)",
        "fy20{y}",
        needs=("fy", "year"),
    ),
    *(
        Rewriting(
            rf"(?<![\d-])20{year:02}[-–/](?:20)?{year + 1:02}\b(?!年|[-–/])",
            f"fy20{year:02}{year + 1:02}",
            needs=(f"20{year:02}",),
        )
        for year in range(45)
    ),
    Rewriting(r"\b(?P<word>second|third|fourth) quarter\b", "{word}quarter", needs=("quarter",)),
    Rewriting(r"\bsecond half(?= of (?:the year|20))", "secondhalf", needs=("second half",)),
    Rewriting(r"\bby half\b", "by 50 percent", needs=("by half",)),
    Rewriting(r"(?<=\d) per (?:thousand|1,?000)\b(?! [a-z])", "‰", needs=("per thousand", "per 1")),
    Rewriting(
        r"\b(?:growth|grew|growing|rose|risen)(?: rate)?(?: was| of| by| stood at|:|,? at)? ?-(?=\d)",
        "decline by ",
        needs=("-",),
    ),
    Rewriting(rf"\bone (?P<who>[a-z]+) in (?P<b>{_NUMBER})\b", "{n} percent of {who}s", "a/b", 100, needs=(" in ",)),
    Rewriting(
        rf"\b(?:no|not) (?:less|fewer) than (?P<x>{_NUMBER}[^,;.]{{0,20}}?) (?:and|but|or) (?:no|not) more than (?P<y>{_NUMBER})",
        "{x} to {y}",
        needs=("more than",),
    ),
    Rewriting(
        r"\bend of the (?P<a>\d\d)th five[- ]year plan(?: period)?",
        "end of {n}",
        times=5,
        plus=1955,
        needs=("year plan",),
    ),
    Rewriting(r"\bfive[- ]year plan\b", "plan", needs=("year plan",)),
    Rewriting(r"(?<![\d:])(?P<x>\d{1,4}):(?P<y>\d{1,4})(?![\d:%]|\.\d)", "ra{x} rb{y}", needs=("ratio", "scale")),
    Rewriting(r"(?<=\bby )(?P<a>a|one|two|three)[- ]quarters?\b(?! of)", "{n} percent", times=25, needs=("quarter",)),
    # How percentage points are written for short.
    Rewriting(r"(?<=\d) points?\b(?! of\b)|(?<=\d)pp\b", " percentage points", needs=("point", "pp")),
)
