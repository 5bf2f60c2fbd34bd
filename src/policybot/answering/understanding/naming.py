"""Which indexed documents a question names, by title, publisher and date, in either language; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybot.domain import DocumentSummary
from policybot.text.glossary import Glossary
from policybot.text.tokens import CJK, STOP_WORDS, fold, keyword_tokens, words

MOST_NAMED = 3
"""Documents that one name may mean; a name that fits more of them names none."""

_NOUNS = (
    "plan plans report reports guideline guidelines strategy speech remarks paper papers law laws act regulation "
    "regulations regulation rules statute directive opinions notice notices document documents article articles study "
    "survey review resolution resolutions decision recommendations communique statement statistics yearbook bulletin "
    "explainer brief briefing agreement treaty charter framework programme program roadmap budget white-paper memo "
    "minutes conference readout blueprint agenda policy handbook manual"
).split()
_NOUN = "|".join(sorted({noun.replace("-", "[- ]") for noun in _NOUNS}, key=len, reverse=True))
_NOUNS_ZH = (
    "报告|规划|计划|方案|意见|文章|讲话|条例|办法|通知|决定|决议|建议|指南|公报|白皮书|文件|纲要|声明|会议|座谈会|集体学习|摘要|"
    "解读|研究|论文|细则|协议|章程|战略|预算|法"
)

_SAYS = (
    "say|says|said|state|states|stated|write|writes|tell|tells|claim|claims|mention|mentions|set|sets|aim|aims|"
    "propose|proposes|require|requires|call|calls|promise|promises|list|lists|name|names|want|wants|recommend|recommends|provide|"
    "provides|contain|contains|cover|covers|define|defines|argue|argues|conclude|concludes|find|finds|estimate|estimates|foresee|"
    "foresees|ask|asks|demand|demands|give|gives|allow|allows|forbid|forbids|prescribe|prescribes|stipulate|stipulates|intend|"
    "intends|treat|treats|describe|describes|suggest|suggests|have to say|expect|expects|announce|announces"
)
_PLACES = (
    re.compile(rf"\b(?:[Dd]o|[Dd]oes|[Dd]id|[Ww]ill|[Cc]an)\s+(?P<x>[^?.;:]{{2,120}}?)\s+(?:{_SAYS})\b"),
    re.compile(r"\baccording to\s+(?P<x>[^?;:]{2,120}?)(?=\s*(?:[,?;:]|\.(?:\s|$)|$))", re.IGNORECASE),
    re.compile(
        r"\b(?:summari[sz]e|sum up|summary (?:of|on)|overview of|gist of|"
        r"(?:main|key) (?:points|messages|takeaways|findings) (?:of|in|from))\s+"
        r"(?P<x>[^?;:]{2,120}?)(?=\s*(?:[,?;:]|\.(?:\s|$)|$))",
        re.IGNORECASE,
    ),
    re.compile(r"\bwhat (?:is|are|was)\s+(?P<x>[^?;:]{2,120}?)\s+(?:all )?about\b", re.IGNORECASE),
)
"""Where a question puts the name of whom it asks."""

_PLACES_ZH = (
    re.compile(r"(?:根据|按照|依据|依照)(?P<x>[^，,。；？?]{2,60}?)(?=[，,中里]|的(?:说法|规定|要求))"),
    re.compile(
        r"(?P<x>[^，,。；？?]{2,60}?)(?:中|里)?(?:(?:对|关于|就|在)[^，,。；？?]{1,30})?(?:是)?"
        r"(?:怎么|如何|怎样|[说讲谈]了|提出|提到|指出|要求|强调|规定|列出|列举|安排|认为|主要|设定|点名|有什么|有哪些|的主要内容|的要点|讲)"
    ),
    re.compile(r"(?:总结|概括|概述|归纳|梳理|介绍)(?:一下|下)?(?P<x>[^，,。；？?]{2,60})"),
)
_IN_PASSING = (
    re.compile(r"\b(?:in|under)\s+(?=(?P<x>[^?;:,]{2,120}?)\s*(?:[,?;:]|\.(?:\s|$)|$))", re.IGNORECASE),
    re.compile(r"在(?P<x>[^，,。；？?]{2,60}?)(?=[，,中里])"),
)
"""Where a name may be that of a thing: "in the loan program"."""

_THINGS = re.compile(
    r"\b(?:plans?|strategy|law|laws|act|statute|agreement|treaty|charter|framework|programme|program|roadmap|budget|"
    r"conference|agenda|policy|blueprint)\b|规划|计划|方案|战略|预算|会议|座谈会|协议|章程|法",
    re.IGNORECASE,
)
"""Words for what is a thing as much as a document: others tell about it, too."""

_TOLD = re.compile(rf"(?:^|[.;!]\s+)(?P<x>[^?.;:!]{{2,120}}?)\s+(?:{_SAYS})\b[^?.;!]*[.;!]\s+\w")
"""What somebody says who is not asked, in front of the question."""

_NOUN_TOKENS = frozenset(token for noun in _NOUNS for token in keyword_tokens(noun.replace("-", " ")))
_NOUN_WORDS_ZH = frozenset(_NOUNS_ZH.split("|"))
_SEVERAL = re.compile(r"s\W*$|s (?:of|from|in|for|by)\b|[几两三]|各|些", re.IGNORECASE)
"""A name that means several documents: a plural."""

_TITLED = re.compile(r"《([^《》]{2,80})》|[“\"]([^“”\"]{4,120})[”\"]")
_NAME_EN = re.compile(
    rf"(?P<words>(?:[\w’'+.-]+ ){{0,7}})(?P<noun>{_NOUN})\b"
    r"(?P<date>(?: (?:of|from|in|for|by|on)(?: the| its)?(?: \w+){1,5})?)",
    re.IGNORECASE,
)
_NAME_ZH = re.compile(rf"[^，,。；？?]{{1,40}}(?:{_NOUNS_ZH})")
_LEADING_ZH = re.compile(
    r"^(?:请问|请|帮我|给我|总结|概括|概述|归纳|梳理|介绍|一下|根据|按照|依据|关于|在|这份|该|那份|这篇|那篇|对|和|与)+"
)
_MONTHS = "january february march april may june july august september october november december".split()


class DocumentNames:
    """Tells which documents a question is put to by name.

    A question is put to what is asked to say something ("What does the harbour plan say about noise?"), what something
    is according to, in, or a summary of. In passing it mentions what is a thing as well ("in the loan program"), or
    whom it cites itself ("The harbour plan says … . Is that true?"). A name must end in a word for a document ("plan",
    "报告") or stand in quotation marks, and every word of it must be known of the document: its title, what it
    summarises, its publisher, kind, file name or date, or their rendering in the other language.

    Args:
        documents: The indexed documents; the same object as long as they are the same, whose words are then looked
            at once.
        glossary: What terms are called in the other language.
    """

    def __init__(self, documents: Callable[[], Sequence[DocumentSummary]], glossary: Callable[[], Glossary]) -> None:
        self._documents = documents
        self._glossary = glossary
        self._known: tuple[Sequence[DocumentSummary], tuple[_Known, ...]] = ((), ())

    def asked(self, question: str) -> frozenset[str]:
        """Ids of the documents that a question is put to by name; empty when it names none, or none clearly.

        Of a question that first tells what another source says, that one must be known as well: both may answer.
        """
        told = [self._first(names) for names in _names(question, (_TOLD,))]
        if not all(told):
            return frozenset()
        within = ([name for name in names if not _THINGS.search(name)] for names in _names(question, _IN_PASSING))
        found = self._meant((*_names(question, (_TITLED, *_PLACES, *_PLACES_ZH)), *within))
        return found.union(*told) if found else found

    def mentioned(self, question: str) -> frozenset[str]:
        """Ids of the documents that a question is put to by name, or mentions in passing."""
        return self._meant(_names(question, (_TITLED, *_PLACES, *_PLACES_ZH, *_IN_PASSING, _TOLD)))

    def within(self, text: str) -> frozenset[str]:
        """Ids of the documents that a text names, wherever the name stands in it."""
        return self._meant([list(_within(" ".join(text.split())))])

    def _meant(self, places: Iterable[Sequence[str]]) -> frozenset[str]:
        """The documents that the first fitting name of each place means."""
        return frozenset(id_ for names in places for id_ in self._first(names))

    def _first(self, names: Sequence[str]) -> frozenset[str]:
        """The documents that the first of these names which is one means."""
        known, terms = self._all_known(), self._glossary()
        for name in dict.fromkeys(names):
            chinese = bool(re.search(f"[{CJK}]", name))
            rendered = terms.renderings(name, language="zh" if chinese else "en", into="en" if chinese else "zh")
            found = (_fitting_zh if chinese else _fitting_en)(name, known, rendered)
            # Of several, those of which most is told are meant.
            best = [id_ for id_, told in found.items() if told == max(found.values())]
            if len(best) == 1 or (1 < len(best) <= MOST_NAMED and _SEVERAL.search(name)):
                return frozenset(best)
        return frozenset()

    def _all_known(self) -> tuple[_Known, ...]:
        summaries = self._documents()
        if self._known[0] is not summaries:
            self._known = (summaries, tuple(map(_Known.of, summaries)))
        return self._known[1]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a document beside its text, folded, and its words."""

    id: str
    text: str
    title: str
    published: str
    tokens: frozenset[str]
    title_tokens: frozenset[str]
    told: frozenset[str]

    @classmethod
    def of(cls, document: DocumentSummary) -> _Known:
        metadata = document.metadata
        file = re.sub(r"\.\w+$", "", document.name)
        parts = (metadata.title, metadata.summary_of, metadata.publisher, metadata.kind, file)
        text = fold(" \n ".join(parts).replace("-", " ").replace("_", " "))
        tokens = frozenset(keyword_tokens(text))
        title_tokens = frozenset(keyword_tokens(metadata.title))
        told = tokens | _date_words(metadata.published)
        return cls(document.id, text, fold(metadata.title), metadata.published, tokens, title_tokens, told)


def _names(question: str, places: Sequence[re.Pattern[str]]) -> Iterator[Sequence[str]]:
    """What may be a document's name in each place of a question, the longest first."""
    text = " ".join(question.split())
    for place in places:
        for match in place.finditer(text):
            yield (match[1] or match[2],) if place is _TITLED else tuple(_within(match["x"]))


def _within(stretch: str) -> Iterator[str]:
    if re.search(f"[{CJK}]", stretch):
        for match in _NAME_ZH.finditer(_LEADING_ZH.sub("", stretch)):
            yield _LEADING_ZH.sub("", match.group())
        return
    for match in _NAME_EN.finditer(stretch):
        before = match["words"].split()
        if match["date"]:
            yield " ".join([*before, match["noun"], match["date"].strip()])
        if not re.match(r"\W*(?:of|from)\b", match["date"], re.IGNORECASE):
            yield " ".join([*before, match["noun"]])


def _fitting_en(name: str, documents: Sequence[_Known], rendered: Sequence[tuple[str, str]]) -> dict[str, float]:
    """How much of the name is told of each document whose name it is, by id; its title counts twice."""
    tokens = [token for word in words(name) if word not in STOP_WORDS for token in keyword_tokens(word)]
    own = [token for token in tokens if token not in _NOUN_TOKENS]
    if not own:
        return {}
    # The word for the document itself may differ ("paper", "brief"); what tells it from others may not.
    may_differ = not all(token.isdigit() for token in own)
    wanted, named = frozenset(tokens), frozenset(own)
    renderings = [(fold(other), frozenset(keyword_tokens(term))) for term, other in rendered]
    found = {}
    for each in documents:
        # What the glossary renders is known when the document bears the rendering.
        translated = {token for other, meant in renderings if other in each.text for token in meant}
        if not named <= each.told | translated:
            continue
        told = each.told | translated
        if may_differ or all(token in told for token in tokens):
            found[each.id] = sum(token in told for token in tokens) + 0.1 * len(wanted & each.title_tokens)
    return found


def _fitting_zh(name: str, documents: Sequence[_Known], rendered: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Likewise, for a name in Chinese: every two neighbouring characters of it must be known."""
    dates = list(re.finditer(r"((?:19|20)\d\d)年?(?:(\d{1,2})月)?(?:\d{1,2}日)?", name))
    renderings = [(term, fold(other)) for term, other in rendered]
    found = {}
    for each in documents:
        dated = [date for date in dates if _is_dated(each, date)]
        if len(dated) < len(dates):
            continue
        known = tuple(term for term, other in renderings if other in each.text)
        pairs, specific = _pairs(name, (*(date[0] for date in dated), *known))
        told = float(len(dates) + sum(map(len, known)))
        if any(pair not in each.text and not (pair in _NOUN_WORDS_ZH and specific) for pair in pairs):
            continue
        score = told + sum((pair in each.text) + 0.1 * (pair in each.title) for pair in pairs)
        if score > 0 and (specific or told):
            found[each.id] = score
    return found


def _is_dated(document: _Known, date: re.Match[str]) -> bool:
    """Whether a date in a name is the document's, or stands in its title."""
    if date[0] in document.text or date[1] in document.title:
        return True
    year, month = document.published[:4], document.published[5:7].lstrip("0")
    return date[1] == year and date[2] in (None, month)


@lru_cache(maxsize=256)
def _pairs(name: str, apart: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Neighbouring characters of a name less what stands apart in it, and whether a word beside a noun is left."""
    for part in apart:
        name = name.replace(part, " ")
    chunks = [
        chunk for chunk in re.split(rf"[^{CJK}A-Za-z0-9+]|[的份篇届次和与于年月关]", fold(name)) if len(chunk) > 1
    ]
    # The word for a document at the end of a name stands apart from what tells it from others.
    chunks = [part for chunk in chunks for part in _split_noun(chunk) if len(part) > 1]
    pairs = tuple(chunk[i : i + 2] for chunk in chunks for i in range(len(chunk) - 1))
    return pairs, any(chunk not in _NOUN_WORDS_ZH for chunk in chunks)


def _split_noun(chunk: str) -> tuple[str, ...]:
    noun = next((noun for noun in _NOUN_WORDS_ZH if len(noun) > 1 and chunk.endswith(noun) and chunk != noun), "")
    return (chunk.removesuffix(noun), noun) if noun else (chunk,)


def _date_words(published: str) -> set[str]:
    found = {published[:4]}
    if len(published) >= 7:
        found |= set(keyword_tokens(_MONTHS[int(published[5:7]) - 1]))
    if len(published) == 10:
        found.add(published[8:].lstrip("0"))
    return found
