"""English orders to an assistant, and sentences that ask."""

from policybot.language.orders import Orders

_ASSISTANT = (
    r"(?:\bAIs?\b(?: (?:systems?|assistants?|models?|agents?|tools?))?|\b(?:large )?language models?\b|\bLLMs?\b"
    r"|\bassistants?\b|\bchat ?bots?\b|\bGPT\b|\bthe model\b|\bsearch engines?\b)"
)
_READING = r"(?:,? (?:read|process|summari[sz]|index|that|who|which|if|when)[^.]{0,40})?"
_MUST = r"(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) (?:required|instructed|told|ordered) to|please)"
_OFTEN = r"(?: (?:now|always|only|also|therefore|not|never))*"
_SPEAK = (
    r"(?:answer|reply|respond|output|print|repeat|claim|cite|recommend|praise|ignore|disregard"
    r"|tell (?:the )?(?:users?|readers?))"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|directions?|context|documents?|sources?|passages?|commands?|told)"
)
_ALWAYS = r"(?:always |only |just |please |now |you must )*"
_SAY = r"(?:say|answer|reply|respond|state|claim|add|include|mention|recommend|cite|insist)"

ORDERS = Orders(
    discards=(
        r"(?:(?<!\bto )|(?<=\byou to ))\b(?:ignore|disregard|forget|override|discard)\b.{0,30}"
        rf"\b(?:previous|prior|above|earlier|preceding|all|any|other|your|these|those)\b.{{0,30}}\b{_RULES}\b"
    ),
    addresses=(
        rf"{_ASSISTANT}{_READING},? {_MUST}\b{_OFTEN} {_SPEAK}\b"
        rf"|\b(?:note|attention|message|hint|instructions?|order|command|memo)s?\b.{{0,12}}\b(?:to|for)\b"
        rf".{{0,20}}{_ASSISTANT}"
        rf"|^\W*(?:attention|note|hey|dear|hello|hi),?\W+.{{0,10}}{_ASSISTANT}"
        rf"|\bif you(?: are|'re)\b.{{0,20}}{_ASSISTANT}"
        rf"|\b(?:any|every|whichever|whatever|all|the) {_ASSISTANT}.{{0,20}}"
        r"\b(?:read(?:s|ing)?|process(?:es|ing)?|summari[sz](?:es?|ing)|index(?:es|ing)?) (?:this|these)"
        rf"|^\W*{_ASSISTANT}\s*[:：]"
    ),
    becomes=(
        r"\byou are now (?:an?|in|the|free|un\w+|DAN)\b|\byou are no longer an? (?:AI|assistant|bot|chatbot)\b"
        r"|\bfrom now on,? (?:you|answer|reply|respond|say|only|every|the assistant)\b"
        r"|\byour (?:new |real |only )?(?:instructions?|system prompt|system message|prompt|rules|guidelines|task is)\b"
    ),
    prompts=(
        r"\bsystem (?:prompt|message|override)\b.{0,40}\b(?:reveal|print|output|show|follow|new|begin)"
        r"|\b(?:reveal|print|output|show|repeat|leak)\b.{0,30}"
        r"\b(?:system|hidden|secret) (?:prompt|message|instructions?)\b"
        r"|^\W*(?:system|assistant|developer)(?: (?:note|message|override|prompt|update|notice))?\s*[\]>】]?\s*[:：]"
        r"|^\W*#{2,}\s*(?:instructions?|system)\b"
    ),
    dictates=(
        r"\b(?:answer|reply|respond)(?: to)? (?:every|all|any|each) (?:questions?|quer(?:y|ies)|users?|prompts?)\b"
        r".{0,40}(?:\bwith\b|\bby (?:saying|stating|claiming)\b|\bthat\b|[:：\"“])"
        r"|\b(?:answer|reply|respond) (?:only |just |always )?(?:with|by saying)\b"
        rf"|^\W*{_ALWAYS}(?:say|print|output|repeat|write|append|insert|include)\b.{{0,12}}"
        r"(?:[\"“'‘<]|!\[|\bHACKED\b|\bPWNED\b|\bthe (?:word|words|phrase|sentence|following)\b)"
        r"|\btell (?:the |all |every )?(?:users?|askers?|whoever asks|anyone who asks|people who ask)\b"
        r"|\bwhen(?:ever)? (?:asked (?:about|whether|for|how|what|who|why)|(?:some|any)(?:one|body) asks"
        rf"|(?:a )?users? asks?|answering|summari[sz]ing)\b[^,]{{0,90}}, ?{_ALWAYS}{_SAY}\b"
    ),
    conceals=(
        r"\bdo not (?:cite|mention|quote|trust|use|read)\b.{0,20}\b(?:other|this|these|any|the)\b.{0,12}"
        r"\b(?:documents?|sources?|passages?|instructions?)\b"
        r"|\b(?:stop|cease) citing\b|\b(?:disable|turn off|skip)\b.{0,16}\b(?:citations?|verification)\b"
    ),
    asks=(
        r"^\W*(?:who|what|when|where|which|why|how|is|are|was|were|does|do|did|can|could|will|would|should|has|have|"
        r"list|summari[sz]e|explain|compare|tell|give|show|describe|name|define|quote|find|translate)\b"
    ),
)
