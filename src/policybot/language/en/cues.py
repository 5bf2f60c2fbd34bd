"""English wordings that tell what a question is after."""

from policybot.language.cues import Cues

CUES = Cues(
    discard=(
        r"\b(?:ignor|disregard|forget|overrid|bypass|void|suspend)\w*\b.{0,40}"
        r"\b(?:instruction|rule|guideline|prompt|restriction|polic|previous|above|prior|told|everything|checks?)"
    ),
    prompt=(
        r"\b(?:system|hidden|initial|secret|original) (?:prompt|message|instruction|configuration)"
        r"|\byour (?:\w+ )?(?:prompt|instructions|rules|configuration|guidelines|restrictions|filters)"
    ),
    become=(
        r"\byou(?: are|'re) (?:now|no longer|not \w+ any ?more)\b|\bfrom (?:now|this point) on\b|\bpretend\b"
        r"|\brole-?play|\bact as (?:if|though|a|an|my|the)\b|\bstay in character"
        r"|\b(?:developer|debug|jailbreak|god|admin) mode\b"
    ),
    speaks_as_system=r"^\W*(?:system|assistant|developer)\b\W*[:：>\]]",
    output=(
        r"^\W*(?:please )?(?:print|output|repeat|reply|respond|say|write|append|include|put|add)\b.{0,40}"
        r"(?:exactly|verbatim|word for word|only|nothing but|html|markdown|<|!\[|\]\(|following|sentence|\[\d)"
    ),
    fabricate=(
        r"\b(?:invent|make up|fabricate|fake)\b.{0,30}\b(?:source|citation|quot|document|something)"
        r"|(?:documents?|sources?) (?:say|claim)s?\b.{0,60}\beven if"
    ),
    uncited=(r"\b(?:without|skip|turn off|stop|leave out|don't)\b.{0,24}\b(?:cit|sourc|check|verif|evidence|passages)"),
    you=r"\b(?:you|your|yours|yourself)\b",
    you_first=r"^\W*(?:do|are|would|will|can|could|did|have|if) you\b|^\W*(?:who|what) are you\b",
    your_view=(
        r"\b(?:your|own|personal|unfiltered|honest) (?:\w+ )?(?:opinion|view|take|stance|verdict|thoughts?"
        r"|judge?ment|guess|prediction|forecast|feeling|favou?rite|perspective|side|heart)"
        r"|\b(?:do|would|did) you (?:\w+ )?(?:think|believe|feel|like|agree|support|prefer|trust|find|vote|say|consider"
        r"|reckon|like|admire)\b|\bwhat do you (?:make|hope)"
    ),
    choose=(
        r"\b(?:pick|choose|take) (?:one|a side|a position|a winner|sides)|\bwhose side|\bwho is right\b|\bvote for\b"
    ),
    invest=r"\b(?:should i|would you|smart to|tip)\b.{0,40}\b(?:buy|sell|invest|stocks?|shares|savings|money)",
    unseen=(
        r"\bwithout (?:getting|being|\w+ing)? ?(?:caught|notic|detect|traces|found)|\bnot (?:be|get) caught"
        r"|get away with|\buntrace|\bsecretly\b|can't be traced"
    ),
    how_to=(
        r"^\W*(?:how (?:do|can|could|would|should) (?:i|we|someone|my)\b|help me|teach me|tell me how|give me"
        r"|write|show me how|explain (?:step|how to)|where can i (?:buy|get)|i want to)"
    ),
    weapon=(
        r"\b(?:bombs?|explosives?|poison|nerve gas|anthrax|ricin|gun|weapon|grenade|meth|cocaine|malware|ransomware"
        r"|keylogger|worm|ddos|hack|phishing|launder|forge[ds]?|fake|counterfeit|bribe|blackmail|smuggle|evade|scam"
        r"|kill|murder|hitman|steal|sabotage)\b"
    ),
    against_harm=(
        r"\b(?:protect|prevent|report(?:ed|ing)?|recogni[sz]e|punish\w*|penalt\w+|prosecut\w+|fight(?:s|ing)?"
        r"|illegal(?:ly)?|victims?|fine|legal(?:ly)?|law|died|deaths?|suspect|safety|compensation|warning signs)\b"
    ),
    against_group=(
        r"\b(?:inferior|vermin|slurs?|exterminat\w+|subhuman|driven out|humiliat\w+|hate|insult|violence)\b"
    ),
    about_it=(
        r"\b(?:who|what) are you\b|\b(?:are|were) you (?:an?|chat|real|human|there|trained|made|from)\b"
        r"|\byour (?:name|purpose|job|limits|capabilities|answers|sources|developer)\b"
        r"|\b(?:built|made|trained) (?:you|this)\b|\bwhat can you\b|introduce yourself"
    ),
    greeting=(
        r"^\W*(?:hello|hi|hey|good (?:morning|evening|night|day)|thanks?|thank you|bye|goodbye|cheers|ok(?:ay)?"
        r"|sorry|help)\b"
    ),
    first_person=r"\b(?:i|i'm|i've|i'd|my|me|we|our)\b",
    according=(
        r"\b(?:according to|documents?|report|plan|law|guideline|ministry|council|government|commission"
        r"|text|section|regulation|strategy|treasury|imf|authors?)\b"
    ),
    asks_fact=(
        r"^\W*(?:when|where|which|why|how (?:many|much|long|old|is|does|did|are|was)|who (?:is|was|sings|wrote|won)"
        r"|what (?:is|are|was|does|did))\b"
    ),
)
