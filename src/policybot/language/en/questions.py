"""How questions are put in English."""

from policybot.language.questions import Questions

_WHY = r"(?:why|how come|for what reason)"
_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may|might"
_NUMBER_WORD = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_PREPOSITIONS = r"(?:for|of|in|on|by|about|with|from|at|to|under|between|after|before|behind|than)"

# A request's parts, in their order; each may be left out, but not all of them.
_PARTS_OF_A_REQUEST = (
    r"(?:(?:please|kindly|now|then|and|can you|could you|would you|will you|i want|i would like|i'd like|i need)\W+)+",
    r"(?:give|show|make|write|provide|draw|prepare|create|draft|produce|put|present|tell)\b(?:\s+(?:me|us|up))?\s*",
    r"\b(?:that|this|it|them|these|those)\b\s*",
    r"\b(?:an?|the)\b\s*",
    r"\b(?:short|brief|quick|concise|clear)\b\s*",
)

_OF = r"(?:of )?(?:the |your |indexed |these |those |them )*"
_TEXTS = r"(?:documents?|reports?|plans?|sources?|texts?|briefs?)"
_SAYS = (
    r"(?:mention|discuss|address|cover|contain|talk|speak|write|deal|refer|say|state|tell|describe|agree|disagree|differ|"
    r"name|list|give|set|define|warn|support|oppose|call|propose|report|show|put|quote|cite|point|treat|see|"
    r"have in common)\w*"
)

QUESTIONS = Questions(
    timeline=r"\btime\s?-?line\b|\bchronolog\w*|\bin order of (?:date|time)\b|\bkey dates\b"
    r"|^\W*(?:please\s+)?(?:give|show|tell)\s+(?:me\s+)?(?:us\s+)?(?:the\s+)?history of\b"
    r"|\bhow (?:has|have|did)\b.{3,80}\b(?:evolved?|developed?|unfold(?:ed)?)\b(?:.{0,20}\bover time\b|\W*$)",
    summary=r"\bsummari[sz]e\b|\bsum up\b|\bsummary\W*$|\bsummary (?:of|on|about)\b|\boverview (?:of|on)\b"
    r"|\bin a nutshell\b|\btl;?dr\b"
    r"|\b(?:main|key) (?:points|messages|takeaways|findings) (?:of|in|from)\b|\bgist of\b"
    r"|\bwhat (?:is|are|was) [^?]{2,80}\b(?:about)\s*\?*\s*$",
    compares=r"\bcompar(?:e|es|ed|ing|ison)\b|\bdiffer(?:s|ed|ent|ences?)?\b|\bversus\b|\bvs\b"
    r"|\bcontrast(?:s|ed|ing)?\b|\bchanged?\b(?=.*\b(?:between|from)\b)|\beach\b|\brespectively\b|\bunlike\b"
    r"|\bsimilarit(?:y|ies)\b|\bin common\b",
    table=r"\b(?:in|as|into|with)\s+(?:a\s+|an?\s+\w+\s+)?tables?\b|\btabulate\b|\btabular\b|\bmake\s+(?:me\s+)?a\s+table\b"
    r"|\btable\s+(?:of|comparing|with)\b",
    defines=r"\bdefin(?:e|es|ed|ition|itions)\b|\bwhat (?:is|are|was) meant by\b|\bmeaning of\b"
    r"|\bwhat (?:does|do|did) (?:the (?:term|word|phrase) )?[^?]{2,80}? mean\W*$"
    rf"|^\W*what(?:'s| is| are(?! the\b)) (?:an? |the )?(?:(?!{_PREPOSITIONS}\b)[\w’'&-]+ ){{0,4}}[\w’'&-]+\W*$",
    asks_value=r"\b(?:target|goal|rate|share|number|amount|price|cost|date|deadline|budget|total|size|value|aim|name|"
    r"title|role|difference|reason|status|limit|level|increase|growth|deficit|output|capacity|purpose|result|outcome|"
    r"weather)s?\W*$",
    asks_number=r"\bhow (?:many|much|large|big|high|fast|long|old|far|often|tall|deep|wide)\b"
    r"|\bwhat (?:percentage|percent|share|proportion|number|amount|quantity|sum|rate|price|budget)\b",
    asks_publisher=r"\bwho (?:published|issued|released|put out|posted|compiled) (?:the|this|that)\b"
    r"|\bpublished by whom\b|\bthe publisher\b"
    r"|\b(?:which|what) (?:\w+ )?(?:newspaper|paper|outlet|website|agency|publisher|source) (?:\w+ ){0,6}?"
    r"(?:from|taken|reprinted|published|carried|ran)\b|\b(?:the|its|what|whose) source of (?:the|this|that)\b",
    asks_published=r"\b(?:date of publication|publication date|date (?:it was )?published|when was (?:it|this|that|the "
    r"\w+) (?:published|posted|released))\b",
    asks_url=r"\b(?:the|a|its) (?:link|url|web address|web page)\b|\b(?:link|url) (?:to|of|for)\b"
    r"|\bwhere can i (?:find|read) it online\b",
    lists=r"^\W*(?:please\s+)?(?:list|name|enumerate)\b"
    r"|\b(?:list|name|give me|tell me) (?:all|every|each|the)\b"
    r"|\bwhat (?:are|were) (?:the|all|some|its|their)\b"
    rf"|\b(?:which|what) (?:of the )?{_NUMBER_WORD}\b"
    r"|\bwhich (?:(?!year|month|day|is\b|was\b|does\b|did\b|has\b)[\w’'-]+ ){0,3}?[\w’'-]{2,}(?<!s)(?<!u)(?<!i)s\b"
    r"|\bwhat (?:(?!is\b|was\b|does\b|did\b|has\b|the\b|do\b|are\b)[\w’'-]+ ){0,2}?[\w’'-]{2,}(?<![siu])s "
    r"(?:are|were|do|does|did|will|should|must|can|have|has|is)\b",
    everywhere=r"\bacross (?:all |the |these |your )*\w*\s*(?:documents|reports|plans|sources|texts|briefs|years)\b"
    rf"|\b(?:in|of|from|to|by) (?:all|every|each|any) {_OF}{_TEXTS}\b|\bin (?:which|what) documents\b"
    rf"|\b(?:all|every|each|any) {_OF}{_TEXTS} (?:\w+ )?{_SAYS}"
    # "Which documents must be submitted?" asks for papers, not what papers say.
    rf"|\bwhich {_OF}{_TEXTS}\b(?! (?:must|should|shall|may|can|could|will|would|do|does|did|am|to|needs?|"
    r"(?:has|have) to)\b)(?! (?:are|is|were|was) (?!about\b|on\b))",
    whether=r"^\W*(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should)\b"
    r"|\b(?:whether|disagree|disputed?|contested|controvers\w+|debated?|opposing)\b"
    r"|\bdiffer(?:ent)? (?:views?|positions?)\b",
    yes_or_no=r"^\W*(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must|may)\b",
    why=rf"^\W*{_WHY}\b",
    question_word=r"\b(?:what|which|who|whose|how|why|when|where)\b",
    kind_words=r"\b(?:in|as|into|with)\s+(?:a\s+|an?\s+\w+\s+)?tables?\b|\btabulate\b|\bin tabular form\b"
    r"|\b(?:comparison\s+)?table\s+(?:of|comparing|with)\b|\btable\b"
    r"|\btime\s?-?line\b(?:\s+(?:of|for|on|about))?|\bchronolog\w+(?:\s+(?:of|for|on|about))?|\bhistory of\b"
    r"|\bin (?:chronological )?order(?: of (?:date|time))?\b|\bkey dates(?:\s+(?:of|for|in))?\b"
    r"|\bhow (?:has|have|did)\b"
    r"|\b(?:evolved?|developed?|unfold(?:ed)?|over time)\b"
    r"|\bsummari[sz]e\b|\bsum up\b|\bsummary(?:\s+(?:of|on|about))?\b|\boverview(?:\s+(?:of|on))?\b"
    r"|\bin a nutshell\b|\btl;?dr\b"
    r"|\b(?:what are )?(?:the )?(?:main|key) (?:points|messages|takeaways|findings) (?:of|in|from)\b"
    r"|\b(?:the )?gist of\b"
    r"|\bwhat (?:is|are|was)\b|\babout\s*\?*\s*$"
    r"|\bwhat (?:do |does )?(?:all |the )*documents (?:say|tell us)(?: about| on)?\b"
    r"|\b(?:all |the )*documents (?:say|tell us)(?: about| on)?\b"
    r"|\bcompare\b|\bcomparison (?:of|between)\b|\bcontrast\b|\b(?:what is |what are )?(?:the )?differences? between\b"
    r"|\b(?:which|what) (?:of the )?(?:documents|reports|plans|sources|texts|briefs) "
    r"(?:mention|discuss|address|cover|contain|(?:talk|speak|write) about|deal with|refer to|"
    r"say (?:something|anything) (?:on|about))",
    request="|".join(
        first + "".join(f"(?:{part})?" for part in _PARTS_OF_A_REQUEST[i:])
        for i, first in enumerate(_PARTS_OF_A_REQUEST, start=1)
    ),
    thanks=r"\b(?:please|thanks|thank you)",
    edge_words=r"\b(?:of|on|about|for|between|me|us|an?)\b",
    empty_endings="",
    term=r"^\W*what(?:'s| is| are) (?:an? |the )?([^?]{2,60}?)\W*$"
    r"|\bmeant by (?:an? |the )?[“\"']?([^?“”\"']{2,60}?)[”\"']?\W*$"
    r"|\bdoes (?:the (?:term|word|phrase) )?[“\"']?([^?“”\"']{2,60}?)[”\"']? mean\W*$",
    definition_words=frozenset("define definition definitions term word phrase meaning mean means meant".split()),
    generic_words=frozenset(
        "want aim face list name mention give include state set plan need make take get use call tell mean describe "
        "explain provide follow accord relate involve concern specific main key different kind type part number amount "
        "country document report paper plan policy text source question answer china chinese".split()
    ),
    refers_back=r"\b(?:it|its|they|them|their|theirs|that|those|these|this|he|his|him|she|her|ones?|former|latter|same|"
    r"there|else|other|others|then)\b"
    r"|^\W*(?:and|but|or|so|what about|how about|what else|why|when|where|who|how many|how much)\W*$"
    r"|^\W*(?:and|but|so|what about|how about|or)\b",
    comparands=r"\bbetween\s+(?P<a>[^,;?]+?)\s+and\s+(?P<b>[^,;?]+)"
    r"|\bcompar(?:e|ing)\s+(?P<a2>[^,;?]+?)\s+(?:with|to|against|and|versus)\s+(?P<b2>[^,;?]+)"
    r"|\bfrom\s+(?P<a3>[^,;?]+?)\s+to\s+(?P<b3>[^,;?]+)"
    r"|\b(?:do|does|did|are|is|were)\s+(?P<a4>[^,;?]+?)\s+(?:differ\w*|different)\s+from\s+(?P<b4>[^,;?]+)"
    r"|\b(?P<a5>[^,;?]+?)\s+(?:versus|vs\.?|compared (?:to|with))\s+(?P<b5>[^,;?]+)"
    r"|(?P<a6>[^;?]+?),?\s+and\s+(?P<b6>[^,;?]+)",
    loose_comparands=frozenset(("a2", "a4", "a5", "a6")),
    before_comparand=r"\b(?:between|of|by|for|do|does|did|are|is|were|compare|contrast|comparing|comparison|how|unlike|"
    r"from|in)\b\s+",
    after_comparand=r"\s+\b(?:on|about|in|for|over|regarding|concerning|each|differ\w*|say|says|state|treat|see|define|"
    r"with respect|when|as|respectively|at|set|give|handle|approach|compare|compared|change\w*|want|plan|aim)\b",
    and_word="and",
    possessive="['’]s?",
    article=r"(?:the|a|an)\s+",
    and_between="",
    before_comparands="",
    after_comparands="",
    comparing_words=r"\b(?:compare|comparing|contrast|comparison (?:of|between)|(?:what is |what are )?(?:the )?"
    r"(?:main |key )?differences? (?:between|in|of)|each|respectively|"
    r"differ(?:s|ed|ent|ence|ences)?(?: from)?|compared (?:to|with)|versus|vs\.?)\b",
    between_years=r"\b(?:and|to|with|versus|vs\.?|from|between|than)\b",
    before_year=r"\b(?:between|from|and|to|with)\b",
    after_year="and",
    year_mark="",
    given=r"^\W*(?:since|given that|given|because|now that|considering that|as(?! an? ))\s+(?P<claim>.+?),\s+"
    r"(?=\w+ ).+\?\W*$",
    shown=r"\b(?:citations?|sources?|evidence|quotes?|quotations?|proof|passages?|documents?)\s+"
    r"(?:showing|proving|saying|stating|confirming|(?:that|which) (?:shows?|proves?|says?|states?|confirms?)|"
    r"for the (?:fact|claim))\s+that\s+(?P<claim>.+?)\W*$",
    why_claim=rf"^\W*(?:so |and |but )?{_WHY}\s+(?P<auxiliary>{_AUXILIARY})(?P<negated>n['’]t)?\s+(?P<rest>.+?)\W*$",
    bare_auxiliaries=frozenset(("do", "does", "did")),
    negation="not",
)
