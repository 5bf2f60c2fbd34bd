"""How a follow-up leaves out in English what the questions before it said."""

from policybot.language.follow_ups import FollowUps

_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may|might"
_PREPOSITION = (
    "in|for|of|on|by|about|with|from|at|to|under|between|after|before|behind|than|during|since|until|over|as|into"
)
_OTHER = "and|or|but|that|which|who|what|how|when|where|why|not|it|its|they|their|he|she|his|her|this|these|those|there"
_STOP = rf"(?!(?:{_AUXILIARY}|{_PREPOSITION}|{_OTHER})\b)"
_WORD = rf"{_STOP}[\w&+.’'-]*\w[’']?"
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_CHANGES = (
    r"grow|rise|fall|increase|decrease|decline|drop|expand|shrink|change|climb|gain|improve|slow|develop|"
    r"aim|plan|expect|want|account|amount|spend|invest|export|import|produce|create|reach|cost|cover|earn"
)
_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,]\d)(?:\s?[-–—/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d))?"
_IDLE = "true|possible|necessary|important|okay|ok|legal|better|worth|right|fair|correct|the case|likely"
_OWNED = rf"(?P<x>(?:(?i:the)\s+)?(?-i:[A-Z])[\w&.-]*(?:\s+(?-i:[A-Z])[\w&.-]*)*['’]s?\s+(?:{_WORD}\s+){{0,3}}?{_WORD})"

FOLLOW_UPS = FollowUps(
    opening=r"(?:(?:ok(?:ay)?|so|well|right|great|now|then|and|but|or|also|what about|how about|what of|"
    r"what's with|same for|the same for)\b[\s,:–-]*)+",
    closing=r"(?:,?\s*(?:then|instead|please|exactly))+",
    value="",
    points=r"\b(?:it|its|they|them|their|that|those|these|this|he|she|his|him|her|ones?|former|latter|same|there|else|others?)\b"
    r"(?!\s+year\b)",
    around=r"(?:\b(?:in|for|of|on|at|by|from|the|a|an|to|with|its|areas?|residents|households|ones?|figures?|numbers?)"
    r"\b|['’]s\b|\s)+",
    time=rf"(?:\b(?:in|by|for|during|until|since|from|after|before|through|as of|over|at)\s+)?"
    rf"(?:\b(?:the\s+)?(?:year|end of|beginning of|start of|first half of|second half of)\s+)?"
    r"(?:\b(?:early|late|mid)[\s-])?"
    rf"(?:\b{_MONTH}\.?\s+(?:\d{{1,2}},?\s+)?)?\b{_YEAR}"
    r"|\b(?:(?:in|by|for|during)\s+)?(?:the\s+)?(?:last|this|next|previous|prior|preceding|following) year\b"
    r"|\b(?:in\s+)?the year (?:before|after)\b|\b(?:in\s+)?that year\b",
    year_before=r"\b(?:in\s+)?the year before\b|\b(?:in\s+|for\s+)?(?:the\s+)?(?:previous|prior|preceding) year\b",
    year_after=r"\b(?:in\s+)?the year after\b|\b(?:in\s+|for\s+)?the (?:following|next) year\b",
    tie=r"\b(?:about|on|for|with|to|from|of|under|at|against|in|into|by|among|within)\s+",
    edition=r"\b(?:the\s+)?(?:previous|last|prior|preceding|earlier|last year['’]s|previous year['’]s)\s+"
    r"(?:(?:government|work|annual)\s+)*(?:report|edition|communiqu[eé]|yearbook|white paper)\b",
    of_edition=r"\b(?:over|during|in|within)\s+(?:the\s+)?(?:last\s+|past\s+|previous\s+)?\w+\s+years\s+"
    r"(?:covered|reviewed|described|summed up|reported)?\s*(?:by|in|of|to)\s+(?=the\b)",
    in_edition="in ",
    target=r"(?:the\s+)?(?:target|goal|aim|plan)s?",
    result=r"(?:the\s+)?(?:actual|final|real)(?:\s+(?:figure|result|outcome|number|value))?|(?:the\s+)?(?:result|outcome)",
    measures=r"\b(?:output|production|target|goal|rate|share|growth|number|amount|budget|price|income|spending|revenue|"
    r"capacity|investment|value|sales|exports|imports|deficit|ratio|level|total|volume|size|area|population)\b",
    joint="",
    of_document="",
    asks="",
    ask_value="",
    changes="",
    state="",
    ask_state="",
    unit="",
    asked=(
        rf"\bhow (?:many|much)\s+(?P<x>(?:{_WORD}\s+){{1,4}}?)(?=(?:{_AUXILIARY})\b)",
        rf"\bhow (?:fast|much|far|strongly) (?:did|does|do|will|would|has|have|is|was)\s+(?:[\w&.-]+['’]s?\s+)?"
        rf"(?P<x>(?:{_WORD}\s+){{1,4}}?)(?=(?:expected to |planned to |to )?(?:{_CHANGES})\w*\b)",
        rf"^\W*(?:and\s+)?(?:what|how (?:large|high|big|low|small))(?:['’]s| is| are| was| were| will be)\s+"
        rf"(?:(?:[\w&.-]+\s){{0,2}}?[A-Z][\w&.-]*['’]s?\s+)?(?P<x>(?:(?!\w+ing\b){_WORD}\s*){{1,5}}?)(?=\s*(?:\b(?:{_PREPOSITION})\b|[,?]|$))",
        rf"\b(?:is|are|was|were)\s+[A-Z][\w&.-]*['’]s?\s+(?P<x>(?:(?!\w+ing\b){_WORD}\s+){{1,3}}?)(?=\w+ing\b)",
    ),
    name=r"(?:[Tt]he\s+)?[A-Z][\w&.-]*(?:\s+(?:(?:of|the)\s+)?[A-Z][\w&.-]*)*",
    named=rf"\b(?:{_AUXILIARY})\s+(?P<x>(?:(?i:the)\s+)?(?-i:[A-Z])[\w&.-]*(?:\s+(?:(?i:of|the)\s+)?(?-i:[A-Z])[\w&.-]*)*)(?!['’\w]|\s+\d)",
    owned=rf"(?:\b(?:do|does|did|will|would|can|could|should|must|may|might)\s+{_OWNED}"
    rf"(?=\s+(?:expected to |planned to |to )?(?:{_CHANGES})\b))"
    rf"|(?:\b(?:is|are|was|were)\s+{_OWNED.replace('<x>', '<y>')}(?=\s+(?:{_PREPOSITION})\b|\s*[,?]|\s*$))",
    document=rf"\b(?P<before>(?:the|this|that)|(?-i:[A-Z])[\w.&-]*['’]s)\s+(?P<apart>(?:{_WORD}\s+){{0,6}}?)",
    whom=r"\bwho(?:m|se)?\b",
    predicates=rf"\b(?:{_AUXILIARY})\b",
    predicate="",
    period="",
    compares="",
    again="",
    inside="",
    of_inside="",
    pair=r"\b(?:both|the two)(?:\s+(?:of them|provinces|places))?\b",
    both="{first} and {second}",
    thing=r"\bit\b(?!['’]s\b)|(?<=\b(?:of|in|by|on|to) )(?:that|this)\b(?!\s+(?!(?:is|was|are|were|does|did|will)\b)\w)"
    r"|\bthat\b(?=\s+(?:is|was|be)\b)",
    thing_of=r"\bits\b",
    counted="the {things}",
    counted_of="the {things} of {document}",
    things=r"\b(?:them|they)\b",
    person=r"\b(?:he|she|him)\b|\bher\b(?=\s*(?:[?.,]|$)|\s+(?:in|on|at|to|by|for|with|about|from|and|or)\b)",
    person_of=r"\bhis\b|\bher\b(?=\s+(?!(?:in|on|at|to|by|for|with|about|from|and|or)\b)\w)",
    clause=r"[,;:.!?—–]|\b(?:when|while|because|since|if|that|which|who|although|and|but|or|before|after|than|as)\b",
    names_own=r"\b(?:the|an?|this|these|those|any|each|every|some)\s+\w|\s(?-i:[A-Z])\w",
    idle=rf"\bit\b(?=['’]?s?\s+(?:{_IDLE}|rains?|snows?|time|seems?|means?|matters?|takes?)\b)"
    r"|\b(?:is|was|does|did|will|would|can|could|should|might|may) it\b"
    rf"(?=\s+(?:be\s+)?(?:{_IDLE}|seem|mean|matter|take|rain|help)\b)",
    of_thing="'s",
    titles=r"\b(?:mayor|premier|president|minister|secretary|governor|vice|chairman|chairwoman|professor|dr|mr|ms|mrs)\b\.?",
)
