# ruff: noqa: E501 (tables of words: a line holds one entry)
"""Ways to change a sentence: into one that says something else, and into one that says the same."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator

from policybot.checking.names import capitalised

_ZH_NAMES = "北京 上海 深圳 广东 浙江 江苏 四川 美国 日本 欧盟 国务院 发改委 工信部 财政部 商务部 习近平 李强 何立峰 耶伦".split()
_MONTHS = "January February March April June July August September October November December".split()

_OPPOSITES = [
    "increase/decrease", "increased/decreased", "rose/fell", "grew/shrank", "growth/decline", "rise/fall", "up/down",
    "higher/lower", "raise/lower", "more/fewer", "first/second", "second/third", "exports/imports", "export/import",
    "supply/demand", "urban/rural", "north/south", "northern/southern", "eastern/western", "east/west", "before/after",
    "domestic/foreign", "public/private", "central/local", "upstream/downstream", "support/oppose", "allow/forbid",
    "encourage/discourage", "strengthen/weaken", "include/exclude", "largest/smallest", "highest/lowest", "long-term/short-term",
    "annual/monthly", "daily/weekly", "output/sales", "men/women", "buys/sells", "income/spending", "surplus/deficit",
    "maximum/minimum", "solar/nuclear", "coal/gas", "agriculture/industry", "President/Premier", "minister/governor", "old/new",
    "增长/下降", "增加/减少", "上升/下降", "提高/降低", "扩大/缩小", "出口/进口", "城镇/农村", "国内/国外", "中央/地方",
    "上游/下游", "上半年/下半年", "支持/反对", "允许/禁止", "鼓励/限制", "加强/削弱", "最高/最低", "最大/最小", "长期/短期",
    "收入/支出", "顺差/逆差", "产量/销量", "男/女", "东部/西部", "南方/北方", "第一/第二", "第二/第三", "总理/主席", "部长/省长",
    "每年/每月", "以前/以后", "公共/私人", "成功/失败", "开放/关闭", "新/旧",
]  # fmt: skip
"""Written down apart from the checker's own lists; the pairs it knows nothing of are there, too (old/new, 新/旧, buy/sell)."""

_UNITS_EN = [("percent", "percentage points"), ("%", " percentage points"), ("million", "billion"), ("billion", "million"), ("trillion", "billion"),
             ("yuan", "dollars"), ("dollars", "yuan"), ("dollars", "euros"), ("tonnes", "kilograms"), ("GW", "MW"), ("kilometers", "miles"),
             ("years", "months"), ("days", "weeks"), ("months", "years"), ("hours", "minutes")]  # fmt: skip
_UNITS_ZH = [
    ("%", "个百分点"),
    ("个百分点", "%"),
    ("亿", "万"),
    ("万", "亿"),
    ("亿元", "亿美元"),
    ("美元", "元"),
    ("吨", "公斤"),
    ("天", "周"),
    ("年", "个月"),
    ("公里", "米"),
]
_SYNONYMS = [("about", "around"), ("around", "about"), ("more than", "over"), ("over", "more than"), ("nearly", "almost"), ("firms", "companies"),
             ("companies", "firms"), ("speed up", "accelerate"), ("set up", "established"), ("also", "in addition"), ("for example", "for instance"),
             ("many", "numerous"), ("helps", "assists"), ("shows", "indicates"), ("begin", "start"), ("began", "started"), ("however", "nevertheless"),
             ("如果", "若"), ("因为", "由于"), ("以及", "和"), ("超过", "逾"), ("大约", "约"), ("目前", "当前")]  # fmt: skip

Change = tuple[str, str]
"""Kind, and the changed sentence."""


def altered(sentence: str, language: str, pool: list[str], rng: random.Random) -> Iterator[Change]:
    """The sentence changed in one thing, once for each kind of thing it holds."""
    number = r"(?<![\d.,第A-Za-z-])\d+(?:[.,]\d+)*"
    after = r"(?=\s*(?:%|percent|million|billion|trillion|万|亿|个|家|项|人|吨|座|辆|元|[a-z]{4,}s\b))"
    yield from _substituted("figure", sentence, number + after, lambda m: _other_figure(m.group(), rng))
    yield from _swapped(sentence)
    yield from _substituted(
        "year",
        sentence,
        r"(?<![\d.,])(?:19|20)\d\d(?!\d|,\d)",
        lambda m: str(int(m.group()) + rng.choice((-3, -1, 1, 2))),
    )
    for one, other in _UNITS_EN if language == "en" else _UNITS_ZH:
        pattern = rf"(?<=\d)(\s*){re.escape(one)}" + (
            r"\b" if one[-1].isalpha() and one.isascii() else r"(?!元|美元|分之)"
        )
        if one == "年":
            pattern = r"(?<=(?<!\d\d\d)\d)()年(?!代|\d*月|度|均)"
        changed = re.sub(pattern, rf"\g<1>{other}", sentence, count=1)
        if changed != sentence:
            yield "unit", changed
            break
    opposites = [tuple(pair.split("/")) for pair in _OPPOSITES]
    rng.shuffle(opposites)
    for pair in opposites:
        one, other = rng.sample(pair, 2)
        pattern = rf"\b{one}\b" if one.isascii() else one
        changed = re.sub(pattern, other, sentence, count=1)
        if changed != sentence and one not in ("新", "旧", "男", "女", "第一"):
            yield "opposite", changed
            break
    if language == "en":
        yield from _altered_english(sentence, pool, rng)
    else:
        yield from _altered_chinese(sentence, rng)


def unaltered(sentence: str, language: str) -> Iterator[Change]:
    """The sentence as it stands, and written otherwise with the same meaning."""
    yield "as it stands", sentence
    yield from _substituted("cut", sentence, r"(?:, (?:and|but|which|while)|，|；|;).*?(?=[.。]?$)", "")
    for one, other in _SYNONYMS:
        pattern = rf"\b{one}\b" if one.isascii() else one
        changed = re.sub(pattern, other, sentence, count=1)
        if changed != sentence and (one.isascii() == (language == "en")):
            yield "synonym", changed
            break
    if language == "en":
        yield from _substituted(
            "percent", sentence, r"(?<=\d) ?(%| percent\b)", lambda m: " percent" if m[1] == "%" else "%"
        )
        yield from _substituted(
            "contracted", sentence, r"\b(is|are|was|were|do|does|did|has|have|could|would|should) not\b", r"\1n't"
        )
        yield from _substituted(
            "moved", sentence, r"^(In (?:the [a-z ]+ of )?(?:[A-Z][a-z]+ )?\d{4}),? (.+?)\.?$", _moved
        )
        yield from _substituted(
            "notation", sentence, r"\b(\d+(?:\.\d+)?) million\b", lambda m: f"{float(m[1]) * 1e6:,.0f}"
        )
        yield from _substituted("notation", sentence, r"(?<=\d),(?=\d{3}\b)", "")
        yield from _substituted("date", sentence, rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})", r"\2 \1, \3")
    else:
        yield from _substituted(
            "percent", sentence, r"(?<![\d.至-])(\d\d?)%(?![至-])", lambda m: f"百分之{_chinese(int(m[1]))}"
        )
        yield from _substituted(
            "notation", sentence, r"(?<![\d.至])(\d+)万(?!亿|千|至)", lambda m: f"{int(m[1]) * 10000}"
        )
        yield from _substituted(
            "notation", sentence, r"(?<![\d.])(\d+(?:\.\d)?)万亿", lambda m: f"{float(m[1]) * 10000:.0f}亿"
        )


def _altered_english(sentence: str, pool: list[str], rng: random.Random) -> Iterator[Change]:
    months = "|".join((*_MONTHS, r"May(?= \d)"))
    yield from _substituted(
        "month", sentence, rf"\b({months})\b", lambda m: rng.choice([n for n in _MONTHS if n != m.group()])
    )
    yield from _substituted("day", sentence, rf"\b(\d{{1,2}})(?= (?:{months}))", lambda m: str(int(m.group()) % 27 + 1))
    names = capitalised(sentence)
    if names and pool:
        name = rng.choice(names)
        others = [other for other in pool if other[:3] != name[:3] and other not in sentence]
        yield from _substituted("name", sentence, rf"\b{re.escape(name)}\b", rng.choice(others))
    yield from _substituted(
        "negation added", sentence, r"\b(is|are|was|were|will|has|have|can|may|must|should)\b(?! not| no)", r"\1 not"
    )
    yield from _substituted(
        "negation dropped",
        sentence,
        r"\b(is|are|was|were|will|do|does|did|has|can|must|should) not\b|(?<=\bcan)not\b",
        lambda m: m[1] or "",
    )
    yield from _substituted(
        "modality", sentence, r"\b(may|might|could|plans? to|aims? to|intends? to) (?=[a-z])", "will surely "
    )
    yield from _substituted(
        "modality, done", sentence, r"\b(?:will|shall|is to|are to) (?:be )?(?=[a-z])", "has already "
    )
    yield from _substituted("modality, will", sentence, r"\b(?:has|have) (?=[a-z]+(?:ed|en)\b)", "will have ")
    yield from _substituted(
        "bound dropped", sentence, r"\b(about|around|at least|more than|up to|over|nearly) (?=[\d$])", ""
    )
    yield from _substituted("bound changed", sentence, r"\b(at least|more than|over) (?=[\d$])", "less than ")
    yield from _substituted("quantifier", sentence, r"\b([Ss]ome|[Mm]any|[Mm]ost|[Ss]everal) (?=[a-z])", "all ")
    yield from _substituted("quantifier", sentence, r"\b(all|every|each) (?=[a-z])", "some ")
    yield from _substituted("only dropped", sentence, r"(?<!not )\b(only|solely|exclusively) ", "")
    yield from _substituted("number word", sentence, r"\b(three|four|five|six|seven|eight|nine|ten)\b(?!-)", "eleven")


def _altered_chinese(sentence: str, rng: random.Random) -> Iterator[Change]:
    yield from _substituted("month", sentence, r"(?<!\d)(\d{1,2})(?=月)", lambda m: str(int(m[1]) % 12 + 1))
    yield from _substituted("day", sentence, r"(?<=月)(\d{1,2})(?=日)", lambda m: str(int(m[1]) % 27 + 1))
    yield from _substituted(
        "negation added", sentence, r"(?<![不没])(?=(是|能(?!源|耗|力)|会(?!议)|要(?!求|素)|可以|支持|推动))", "不"
    )
    yield from _substituted("negation dropped", sentence, r"不(?=(是|能|会|得|可|存在|超过))|没有", "")
    yield from _substituted("modality, done", sentence, r"将(?=[\u3400-\u9fff])(?!军|近)", "已")
    yield from _substituted("modality, will", sentence, r"已经?(?=[\u3400-\u9fff])", "将")
    yield from _substituted("bound dropped", sentence, r"(左右|以上|约(?=\d)|超过(?=\d)|至少(?=\d))", "")
    yield from _substituted("bound changed", sentence, r"(?<!不)(超过|至少)(?=\d)", "不足")
    yield from _substituted("quantifier", sentence, r"部分(?=[\u3400-\u9fff])(?<!大部分)|一些|许多", "所有")
    yield from _substituted("number word", sentence, r"(?<![十百千])[三四五六七八九](?=[个项大类家条])", "十一")
    names = [name for name in _ZH_NAMES if name in sentence]
    if names:
        others = [name for name in _ZH_NAMES if name not in sentence]
        yield "name", sentence.replace(rng.choice(names), rng.choice(others))


def _substituted(kind: str, sentence: str, pattern: str, new: str | Callable[[re.Match[str]], str]) -> Iterator[Change]:
    changed = re.sub(pattern, new, sentence, count=1)
    if changed != sentence and len(changed) > 0.4 * len(sentence):
        yield kind, changed


def _swapped(sentence: str) -> Iterator[Change]:
    """Two different figures with the same unit exchanged, when words stand between them."""
    found = list(re.finditer(r"(?<![\d.,-])(\d+(?:\.\d+)?)(?=\s?(%|percent|million|billion|trillion|万|亿))", sentence))
    for one, other in itertools.pairwise(found):
        between = sentence[one.end() : other.start()]
        if (
            one[2] == other[2]
            and one[1] != other[1]
            and len(re.findall(r"[a-z]{4,}|[\u4e00-\u9fff]", between)) >= 4
            and not re.search(r"\b(from|to|between)\b|[从至到]", between)
        ):
            yield "swapped", sentence[: one.start()] + other[1] + between + one[1] + sentence[other.end() :]
            return


def _other_figure(digits: str, rng: random.Random) -> str:
    """The figure with its first digit another one."""
    return rng.choice([d for d in "123456789" if d != digits[0]]) + digits[1:]


def _moved(match: re.Match[str]) -> str:
    rest = match[2]
    rest = rest if re.match(r"[A-Z]{2}|[A-Z][a-z]+ [A-Z]", rest) else rest[0].upper() + rest[1:]
    return f"{rest} {match[1][0].lower()}{match[1][1:]}."


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones or not tens else "")
