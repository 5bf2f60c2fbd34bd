"""A question -> the kind of answer that is wanted, of what, and between what; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policybot.answering.understanding.comparands import REQUEST, TABLE, comparands
from policybot.domain import Wanted
from policybot.text.tokens import content_tokens

_TIMELINE = re.compile(
    r"\btime\s?-?line\b|\bchronolog\w*|\bin order of (?:date|time)\b|\bkey dates\b"
    r"|^\W*(?:please\s+)?(?:give|show|tell)\s+(?:me\s+)?(?:us\s+)?(?:the\s+)?history of\b"
    r"|\bhow (?:has|have|did)\b.{3,80}\b(?:evolved?|developed?|unfold(?:ed)?)\b(?:.{0,20}\bover time\b|\W*$)"
    r"|时间线|时间轴|时间表梳理|大事记|按时间|时间顺序|发展历程|来龙去脉|演变过程|演进过程",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"\bsummari[sz]e\b|\bsum up\b|\bsummary\W*$|\bsummary (?:of|on|about)\b|\boverview (?:of|on)\b"
    r"|\bin a nutshell\b|\btl;?dr\b"
    r"|\b(?:main|key) (?:points|messages|takeaways|findings) (?:of|in|from)\b|\bgist of\b"
    r"|\bwhat (?:is|are|was) [^?]{2,80}\b(?:about)\s*\?*\s*$"
    r"|总结|概括|概述|综述|归纳|主要内容|要点(?:是|有|$|[？?])|大意"
    r"|^(?!.*(?:关于|对于|就|对)).*[讲说谈]了(?:些)?什么",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bcompar(?:e|es|ed|ing|ison)\b|\bdiffer(?:s|ed|ent|ences?)?\b|\bversus\b|\bvs\b|\bcontrast(?:s|ed|ing)?\b"
    r"|\bchanged?\b(?=.*\b(?:between|from)\b)|\beach\b|\brespectively\b|\bunlike\b|\bsimilarit(?:y|ies)\b|\bin common\b"
    r"|比较|对比|相比|区别|差别|差异|不同|异同|有何变化|有什么变化|发生了什么变化|分别|各自",
    re.IGNORECASE,
)
_PREPOSITIONS = r"(?:for|of|in|on|by|about|with|from|at|to|under|between|after|before|behind|than)"
_DEFINES = re.compile(
    r"\bdefin(?:e|es|ed|ition|itions)\b|\bwhat (?:is|are|was) meant by\b|\bmeaning of\b"
    r"|\bwhat (?:does|do|did) (?:the (?:term|word|phrase) )?[^?]{2,80}? mean\W*$"
    rf"|^\W*what(?:'s| is| are(?! the\b)) (?:an? |the )?(?:(?!{_PREPOSITIONS}\b)[\w’'&-]+ ){{0,4}}[\w’'&-]+\W*$"
    r"|什么是|何谓|何为|的定义|定义(?:是|为)|什么意思|(?:是指|指的是)什么|(?:怎么|怎样|如何)(?:被)?(?:界定|定义|理解)"
    r"|^[^，,。的]{2,12}是(?:个|一个)?什么\W*$|^[^，,。的]{2,12}是啥\W*$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:target|goal|rate|share|number|amount|price|cost|date|deadline|budget|total|size|value|aim|name|title|role|"
    r"difference|reason|status|limit|level|increase|growth|deficit|output|capacity|purpose|result|outcome|weather)s?\W*$",
    re.IGNORECASE,
)
"""What a short "What is the …?" asks the value of, not the meaning."""

_NUMBERS = re.compile(
    r"\bhow (?:many|much|large|big|high|fast|long|old|far|often|tall|deep|wide)\b"
    r"|\bwhat (?:percentage|percent|share|proportion|number|amount|quantity|sum|rate|price|budget)\b"
    r"|多少|百分之几|[几多](?:个|家|座|项|年|万|亿|大|高|快|长|倍|次|名|人|艘|辆|吨|公里|小时|天|元)"
    r"|(?:比例|比重|占比|数量|规模|总额|金额|增速|目标值)(?:是|为|有)?(?:多|几)",
    re.IGNORECASE,
)
_NUMBER_WORD = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_LISTS = re.compile(
    r"^\W*(?:please\s+)?(?:list|name|enumerate)\b"
    r"|\b(?:list|name|give me|tell me) (?:all|every|each|the)\b"
    r"|\bwhat (?:are|were) (?:the|all|some|its|their)\b"
    rf"|\b(?:which|what) (?:of the )?{_NUMBER_WORD}\b"
    r"|\bwhich (?:(?!year|month|day|is\b|was\b|does\b|did\b|has\b)[\w’'-]+ ){0,3}?[\w’'-]{2,}(?<!s)(?<!u)(?<!i)s\b"
    r"|\bwhat (?:(?!is\b|was\b|does\b|did\b|has\b|the\b|do\b|are\b)[\w’'-]+ ){0,2}?[\w’'-]{2,}(?<![siu])s "
    r"(?:are|were|do|does|did|will|should|must|can|have|has|is)\b"
    r"|哪些|哪几|哪[两三四五六七八九十]|列出|列举|有几|分别是什么|都有什么|都包括|包括(?:什么|哪)|还有什么"
    r"|[两三四五六七八九十](?:个|项|大|种|类|条|方面)[^，。]{0,12}(?:是什么|是啥)",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(
    r"\bacross (?:all |the |these |your )*\w*\s*(?:documents|reports|plans|sources|texts|briefs|years)\b"
    r"|\b(?:all|every|each|any) (?:of )?(?:the |your |indexed |these )*(?:documents?|reports|sources|texts|briefs)\b"
    r"|\bwhich (?:of the )?(?:documents|reports|plans|sources|texts|briefs)\b|\bin (?:which|what) documents\b"
    r"|(?:各|所有|全部|哪些|哪几[份篇个])(?:的|份|个|篇)?(?:文件|报告|文献|资料|规划|文章)|历年",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks for.

    Attributes:
        kind: The kind of answer.
        subject: What it is about, without the words that ask for the kind; may be empty in a follow-up.
        comparands: What is compared, each as its question; empty for other kinds.
        labels: What each comparand is called in the answer, as many as ``comparands``.
        table: Whether a table is asked for.
        everywhere: Whether all documents are asked, rather than the best one.
    """

    kind: Wanted
    subject: str
    comparands: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    table: bool = False
    everywhere: bool = False


def classify_intent(question: str) -> Intent:
    """What a question asks for; a plain question asks for a fact."""
    text = " ".join(question.split())
    table = bool(TABLE.search(text))
    everywhere = bool(_EVERYWHERE.search(text))
    bare = _bare(text)
    if _TIMELINE.search(text):
        return Intent("timeline", bare, table=table)
    if _SUMMARY.search(text):
        return Intent("summary", bare, everywhere=everywhere)
    if table or _COMPARES.search(text):
        sides = comparands(text)
        if sides:
            return Intent(
                "comparison", bare, tuple(part for part, _ in sides), tuple(name for _, name in sides), table=table
            )
    if table:
        return Intent("list", bare, table=True, everywhere=everywhere)
    if _DEFINES.search(text) and not _DEFINITE.search(text):
        return Intent("definition", text)
    if _NUMBERS.search(text):
        return Intent("number", text)
    if everywhere or _LISTS.search(text):
        return Intent("list", bare if everywhere else text, everywhere=everywhere)
    return Intent("fact", text)


def continued(now: Intent, before: str) -> Intent:
    """A request without a subject ("and as a table, please") takes the subject and comparands of the question before it."""
    if content_tokens(now.subject) or not before:
        return now
    earlier = classify_intent(before)
    if now.kind in ("list", "comparison") and earlier.comparands:
        return replace(earlier, table=now.table)
    return replace(now, subject=earlier.subject, everywhere=now.everywhere or earlier.everywhere)


# The subject

_KIND_WORDS = re.compile(
    r"\b(?:in|as|into|with)\s+(?:a\s+|an?\s+\w+\s+)?tables?\b|\btabulate\b|\bin tabular form\b"
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
    r"|请|帮我|给我|为我|麻烦|用表格|以表格(?:形式)?|做成表格|列成表格?|表格|列表|按时间(?:的)?(?:先后)?(?:顺序)?|时间顺序"
    r"|(?:的)?(?:时间线|时间轴|大事记|发展历程|来龙去脉|演变过程|演进过程)"
    r"|\b(?:which|what) (?:of the )?(?:documents|reports|plans|sources|texts|briefs) "
    r"(?:mention|discuss|address|cover|contain|(?:talk|speak|write) about|deal with|refer to|"
    r"say (?:something|anything) (?:on|about))"
    r"|(?:哪些|各|所有)(?:份|个|篇)?(?:文件|报告|文献|资料|文章)(?:中)?(?:都)?(?:提到|提及|谈到|讲到|涉及|关于|说到)?了?(?:的)?"
    r"|(?:做(?:一)?个|写(?:一)?[个份]|给出|作(?:一)?个)?(?:的)?(?:简短|简要)?(?:总结|概括|概述|综述|归纳|梳理|比较|对比)(?:一下|下)?"
    r"|(?:的)?(?:主要内容|要点|大意)(?:是什么|有哪些|是啥)?|[讲说谈]了(?:些)?什么|列出|给出|介绍一下|一下",
    re.IGNORECASE,
)


def _bare(text: str) -> str:
    """The question without the words that ask for a kind of answer."""
    rest = _KIND_WORDS.sub(" ", REQUEST.sub(" ", text, count=1))
    rest = re.sub(r"[,，]?\s*\b(?:please|thanks|thank you)\W*$|谢谢\W*$", "", rest, flags=re.IGNORECASE)
    rest = re.sub(
        r"^(?:\W|\b(?:of|on|about|for|between|me|us|an?)\b)+|[\s?？。.!！,，;；:：]+$", "", rest, flags=re.IGNORECASE
    )
    return " ".join(re.sub(r"(?<=.)的(?:内容|情况|说法|观点|表述)$", "", rest).split())
