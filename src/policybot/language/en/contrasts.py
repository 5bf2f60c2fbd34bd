# ruff: noqa: E501 (tables of patterns: a line holds one entry)
"""English words that exclude one another."""

from policybot.language.contrasts import Contrasts

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"

CONTRASTS = Contrasts(
    sets={
        "trade": {"exports": r"export\w*", "imports": "import(?:s|ed|ing|er|ers)?"},
        "direction": {
            "up": (
                r"ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|increas\w+|gain(?:s|ed)?"
                r"|rais(?:e|es|ed|ing)|expan(?:d|ds|ded|ding|sion)|climb\w*"
                r"|up(?= (?:by |from |\d|nearly|about|around|almost|more|over))|accelerat\w+|faster"
                "|higher"
            ),
            "down": (
                r"fall(?:s|en|ing)?|fell|declin\w+|decreas\w+|dropp?(?:s|ed|ing)?|lower(?:s|ed|ing)?"
                r"|reduc\w+|shr[iau]nk\w*|cut(?:s|ting)?"
                r"|down(?= (?:by |from |\d|nearly|about|around|almost|more|over))"
                r"|slow(?:s|ed|er|ing|down)?|weaken\w*"
            ),
        },
        "side": {"supply": "suppl(?:y|ies)(?! chain)", "demand": "demand"},
        "account": {"output": "output|production|produced", "sales": "sales|sold", "stock": "inventor(?:y|ies)"},
        "balance": {"surplus": "surplus", "deficit": "deficits?|shortages?|shortfalls?"},
        "money": {
            "income": "revenues?|income|receipts",
            "spending": "spending|expenditures?|expenses?",
            "profit": "profits?",
            "loss": "loss(?:es)?",
        },
        "place": {"urban": "urban|cit(?:y|ies)", "rural": "rural|villages?|countryside"},
        "reach": {"domestic": "domestic(?:ally)?|at home|home-grown", "foreign": "foreign|overseas|abroad|external"},
        "level": {
            "central": "central(?! bank| television| committee| asia| europe| economic)|centrally",
            "local": "local",
        },
        "owner": {"public": "public(?:ly)?|state-owned|government-funded", "private": "private(?:ly)?"},
        "compass": {
            "north": "north(?:ern|wards?)?",
            "south": "south(?:ern|wards?)?(?! korea)",
            "east": "east(?:ern|wards?)?",
            "west": "west(?:ern|wards?)?",
            "northeast": r"north-?east\w*",
            "northwest": r"north-?west\w*",
            "southeast": r"south-?east\w*",
            "southwest": r"south-?west\w*",
            "centre": "central (?:china|region)",
        },
        "stream": {"upstream": "upstream", "midstream": "midstream", "downstream": "downstream"},
        "quarter": {
            "first half": "firsthalf|h1",
            "second half": "secondhalf|(?:second|latter) half|h2",
            "first three quarters": "firstthreequarters",
            "first quarter": "firstquarter|q1",
            "second quarter": "second[- ]?quarter|q2",
            "third quarter": "third[- ]?quarter|q3",
            "whole year": "whole year|full[- ]year",
            "fourth quarter": "fourth[- ]?quarter|q4",
        },
        "rhythm": {
            "daily": "daily|(?:a|per|each|every) day|/day",
            "weekly": "weekly|(?:a|per|each|every) week",
            "monthly": "monthly|(?:a|per|each|every) month",
            "quarterly": "quarterly",
            "half-yearly": "every half-year",
            "two-yearly": "every two years",
            "once": "in total|altogether|one-off|lump sum",
            "yearly": "annual(?:ly)?|yearly|(?:a|per|each|every) year",
            "hourly": "hourly|(?:a|per|each|every) hour",
        },
        "year": {"last year": "last year", "this year": "this year", "next year": "next year"},
        "rank": {
            "largest": "(?<!second[- ])(?<!third[- ])(?<!three )(?<!two )(?<!ten )(?:largest|biggest)",
            "second largest": "second[- ](?:largest|biggest)",
            "third largest": "third[- ](?:largest|biggest)",
        },
        "per": {
            "per head": "per (?:head|capita|person)|each person",
            "per household": "per household|each household",
            "in all": "total(?= income| output| spending| cost| area)",
        },
        "legal force": {
            "in force": "(?:takes?|took|taking) effect|(?:comes?|came|enters?|entered) into force",
            "repealed": "repeal(?:s|ed)?|expires?|expired|lapses?|lapsed",
        },
        "base": {
            "a year before": (
                "year[- ]on[- ]year|yoy|(?:than|with|from|over) (?:a|one) year (?:earlier|before|ago)"
                "|(?:than|with|from|over) the same (?:month|period|quarter) (?:of )?(?:a year earlier|last year|the previous year)"
            ),
            "the period before": (
                "(?:month[- ]on[- ]month|quarter[- ]on[- ]quarter)|(?:than|with|from|over) the (?:previous|preceding) (?:month|quarter)"
            ),
        },
        "prices": {"nominal": "nominal(?:ly)?|in cash terms", "real": "real(?= terms| growth| gdp)|inflation-adjusted"},
        "average": {
            "mean": "mean(?= (?:household|income|wage|pay|age|price|house|hourly|weekly|earnings))|average",
            "median": "median",
        },
        "tax taken off": {
            "before tax": "before tax|pre-tax|gross of tax",
            "after tax": "after tax|post-tax|net of tax",
        },
        "stand": {"flow": "cumulative(?:ly)?", "balance": "outstanding"},
        "part of time": {
            "beginning": rf"early (?:{_MONTHS}|20\d\d)|(?:beginning|start) of",
            "middle": rf"mid-(?:{_MONTHS}|20\d\d)|middle of",
            "end": rf"late (?:{_MONTHS}|20\d\d)|(?<!front )end of(?= (?:the|{_MONTHS}|20\d\d))",
        },
        "sequence": {"before": "before|prior to", "after": "after"},
        "novelty": {"new": "new(?:ly)?", "old": "old|former"},
        "order": {"earliest": "earliest", "latest": "latest|most recent"},
        "extent": {
            "minimum": "minimum|lowest|smallest|least(?<!at least)",
            "maximum": "maximum|highest|largest|biggest|greatest",
        },
        "stance": {
            "support": r"support(?:s|ed|ing)?|favou?r(?:s|ed|ing)?|back(?:s|ed|ing)(?! to)|endors\w+|welcom\w+",
            "oppose": r"oppos(?:e|es|ed|ing|ition)|reject(?:s|ed|ing)?|object(?:s|ed|ing) to|resist\w*",
        },
        "allowance": {
            "allow": r"allow(?:s|ed|ing)?|permit(?:s|ted|ting)?|legali[sz]\w+|authori[sz]e[sd]?",
            "forbid": r"ban(?:s|ned|ning)?|forbid\w*|prohibit\w*|outlaw\w*|disallow\w*",
        },
        "promotion": {
            "encourage": r"encourag\w+|promot(?:e|es|ed|ing)|foster\w*|incentivi[sz]\w+",
            "discourage": r"discourag\w+|restrict\w*|curb(?:s|ed|ing)?|limit(?:s|ed|ing)?|restrain\w*|hinder\w*",
        },
        "force": {
            "strengthen": r"strengthen\w*|reinforc\w+|enhanc\w+|bolster\w*",
            "weaken": r"weaken\w*|undermin\w+|erod\w+",
        },
        "opening": {"open": "open(?:s|ed|ing)?(?! up)", "close": "clos(?:e|es|ed|ing|ure)(?! to|r|ly)"},
        "start": {
            "begin": "beg(?:in|ins|an|inning)|start(?:s|ed|ing)?|launch(?:es|ed|ing)?",
            "end": r"end(?:s|ed|ing)(?! of)|finish\w*|terminat\w+|stopp?(?:s|ed|ing)?|ceas\w+",
        },
        "inclusion": {"include": r"includ\w+", "exclude": r"exclud\w+|except(?:ing)?|exempt\w*"},
        "result": {"succeed": r"succeed\w*|success(?:ful|fully)?", "fail": "fail(?:s|ed|ing|ure|ures)?"},
        "gain": {"win": "w(?:in|ins|on|inning)", "lose": "los(?:e|es|t|ing)(?! of)"},
        "entry": {"join": "join(?:s|ed|ing)?", "leave": r"left|leav(?:e|es|ing)|withdr[ae]w\w*|quit"},
        "people": {"men": "m[ae]n|male(?:s)?|boys?", "women": "wom[ae]n|females?|girls?"},
        "age": {"young": "young(?:er)?|youth", "old": "elderly|older|aged"},
        "role": {
            "premier": "(?<!vice )(?<!vice-)premier|prime minister",
            "vice premier": "vice[- ]premier",
            "head": "(?<!vice )(?<!vice-)president|chair(?:man|woman|person)",
            "minister": "ministers?(?<!prime minister)|secretar(?:y|ies)(?! general)",
            "governor": "governors?",
            "spokesperson": "spokes(?:man|woman|person)",
            "ambassador": "ambassadors?",
        },
        "party": {"buyer": "buyers?|purchasers?|consumers?", "seller": "sellers?|vendors?|producers?"},
        "tax": {"direct": "direct(?:ly)?(?<!indirect)(?<!indirectly)", "indirect": "indirect(?:ly)?"},
        "will": {"voluntary": "voluntar(?:y|ily)|optional(?:ly)?", "compulsory": "compulsory|mandatory|obligatory"},
        "money flow": {"lend": "lend(?:s|er|ers|ing)?|lent", "borrow": r"borrow\w*"},
        "term": {
            "short-term": "short[- ](?:term|run)",
            "medium-term": "medium[- ](?:term|run)",
            "long-term": "long[- ](?:term|run)",
        },
        "sign": {"positive": "positive(?:ly)?", "negative": "negative(?:ly)?"},
        "size": {"large": "large(?:r)?(?!-scale)|big(?:ger)?", "small": "small(?:er)?"},
        "merit": {"better": r"better|improv\w+", "worse": r"wors(?:e|en|ens|ened|ening)|deteriorat\w+"},
        "truth": {
            "true": "true|correct(?:ly)?|right(?= (?:about|to say))",
            "false": r"false|wrong|incorrect\w*|untrue|mistaken",
        },
        "comparison": {"more": r"more(?= \w+ than)|exceed(?:s|ed|ing)?", "less": r"less(?= \w+ than)|fewer"},
        "sector": {
            "industry": "industr(?:y|ial)",
            "agriculture": r"agricultur\w+|farming",
            "services": "services? (?:sector|industry)",
        },
        "energy": {
            "coal": "coal",
            "oil": "oil|petroleum",
            "gas": "(?:natural )?gas(?! emission|es)",
            "solar": r"solar|photovoltaic\w*",
            "wind": "wind(?= (?:power|farm|turbine|energy))|wind-power",
            "nuclear": "nuclear",
            "hydrogen": "hydrogen",
            "hydro": "hydro(?:power|electric)?",
        },
    }
)
