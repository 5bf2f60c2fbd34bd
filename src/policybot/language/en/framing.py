"""What English speakers put around a question."""

from policybot.language.framing import Framing

_GREETING = r"(?:hello|hi|hey|greetings|good (?:morning|afternoon|evening|day)|dear [^,.!?:;\n]{1,30})"
_THANKS = (
    r"(?:(?:many |with )?thanks|thank you|thx|cheers|much appreciated|(?:i )?(?:really )?appreciate (?:it|your help))"
    r"(?: (?:very|so) much| a lot| again| in advance| for [^,.!?;\n]{1,60})*"
)
_APOLOGY = r"(?:sorry|excuse me|pardon(?: me)?|apologies)(?: (?:to|for) [^,.!?;\n]{1,40})?"
_OPENING = (
    r"(?:i have |i['’]ve got |just |here is )?(?:a|an|one|another) (?:(?:quick|short|small|simple|brief) )*question"
    r"(?: for you| please)?|(?:please )?help me(?: please| out)?|"
    r"i hope (?:you are|you['’]re|this finds you)[^.!?\n]{0,40}"
)
_CLOSING = (
    r"(?:have a )?(?:nice|good|great) (?:day|evening|weekend)|(?:best|kind|warm) (?:regards|wishes)|regards|bye|"
    r"goodbye|"
    r"take care|that (?:is|was|would be) (?:very |really )?(?:helpful|great|kind)(?: of you)?|"
    r"i look forward to [^.!?\n]{1,40}"
)
# "Great Depression" is no reply: a sign must end it.
_REPLY = r"(?:ok(?:ay)?|great|perfect|got it|i see|understood|all right|alright)(?=\s*[,.!;:…\n]|\s*$)"

FRAMING = Framing(
    pleasantry=rf"\b(?:{_GREETING}|{_THANKS}|{_APOLOGY}|{_OPENING}|{_CLOSING}|{_REPLY})"
    r"(?: (?:there|again|everyone|everybody|all|team|sir|madam|to you|friends?|assistant))*\b",
    thanks=rf"\b{_THANKS}\b",
    polite=r"\b(?:(?:please |kindly )?(?:could|can|would|will) you (?:please |kindly |perhaps )?"
    r"(?:tell me|let me know)|please (?:tell me|let me know)|(?:i would|i['’]d) like to (?:know|ask)|"
    r"i (?:want|need) to know|"
    r"i (?:am|['’]m|was) wondering|i wonder|do you (?:happen to )?know)\b",
    about_asker=r"^\W*(?:by the way,? |well,? |so,? |and |but )?(?:(?:i|we)(?:['’](?:m|re|ve|d|ll))?\b"
    r"(?! (?:have |had |am |are |was |were |very |really |quite |just |also |always |recently |often |once )*"
    r"(?:read|heard?|hear|saw|seen|see|think|thought|believed?|know|knew|understand|understood|learn(?:ed|t)?|noticed?|"
    r"assumed?|found|find|gather|remember|suppose|guess|was told|were told|been told|doubt|suspect|agree|disagree|"
    r"want|need|wish|like|wonder|mean|ask|asking|looking|interested|wondering|curious|prefer|only)\b)"
    r"|(?:my|our) (?!(?:understanding|impression|view|opinion|guess|belief|reading|question)\b))",
    self_reference=r"\b(?:i|we|my|mine|myself|our|ours|ourselves)\b"
    r"|(?<!tell )(?<!give )(?<!show )(?<!let )\bme\b",
    reference=r"^\W*(?:(?:and|but|so|or) )?(?:(?:what|how|why|when|where|which|who) )?"
    r"(?:(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must|about|if)(?:n['’]t)? )?"
    r"(?:it|that|this|these|those|they|he|she|them|him|her|so)\b"
    r"|.*\b(?:there|then|too|as well)\W*$",
)
