"""What a figure counts or measures, in English and Chinese, brought to one unit for each dimension."""

from __future__ import annotations

import re
from typing import NamedTuple


class Measure(NamedTuple):
    """A unit: values times ``factor`` are in the dimension's own unit, named ``name``."""

    name: str
    factor: float


def _table(rows: str) -> dict[str, Measure]:
    """Lines of ``name factor: word|word`` as word -> measure."""
    found: dict[str, Measure] = {}
    for row in filter(None, map(str.strip, rows.splitlines())):
        head, _, words = row.partition(": ")
        name, factor = head.rsplit(" ", 1)
        found |= {word: Measure(name.strip(), float(factor)) for word in words.split("|")}
    return found


_MEASURES = _table(
    """
    percent 1: %|percent|per cent|pct
    percentage points 1: percentage points|percentage point|个百分点|百分点|pp
    percentage points 0.01: basis points|basis point|个基点|基点
    dollars 1: us dollars|u.s. dollars|dollars|us dollar|dollar|usd|美元
    euros 1: euros|euro|eur|欧元
    pounds 1: pounds sterling|pounds|pound|gbp|英镑
    yen 1: yen|jpy|日元|日圆
    Hong Kong dollars 1: hong kong dollars|hk dollars|hkd|港元|港币
    won 1: won|krw|韩元
    roubles 1: rubles|roubles|rub|卢布
    francs 1: swiss francs|francs|chf|法郎
    crowns 1: crowns|kronor|kroner|克朗
    Australian dollars 1: australian dollars|aud|澳元
    yuan 1: yuan renminbi|yuan|renminbi|rmb|cny|元人民币|元|块钱
    Wh 1: watt-hours|wh
    Wh 1e3: kilowatt-hours|kilowatt-hour|kilowatt hours|kwh|千瓦时|度电
    Wh 1e6: megawatt-hours|megawatt hours|mwh|兆瓦时
    Wh 1e9: gigawatt-hours|gigawatt hours|gwh|吉瓦时
    Wh 1e12: terawatt-hours|terawatt hours|twh|太瓦时
    W 1e3: kilowatts|kilowatt|kw|千瓦
    W 1e6: megawatts|megawatt|mw|兆瓦
    W 1e9: gigawatts|gigawatt|gw|吉瓦
    W 1e12: terawatts|terawatt|tw|太瓦
    kg 1e3: metric tons|metric tonnes|tonnes|tonne|tons|ton|吨
    kg 1: kilograms|kilogram|kilos|kg|公斤|千克
    kg 0.5: jin|斤
    m 1e3: kilometers|kilometres|kilometer|kilometre|km|公里|千米
    m 1: meters|metres|meter|metre|米
    m 0.01: centimeters|centimetres|cm|厘米
    m 0.001: millimeters|millimetres|mm|毫米
    m 1e-9: nanometers|nanometres|nanometer|nanometre|nm|纳米
    m 1609.344: miles|mile|英里
    m2 1e6: square kilometers|square kilometres|km2|sq km|平方公里|平方千米
    m2 1e4: hectares|hectare|ha|公顷
    m2 1: square meters|square metres|m2|平方米
    mu 1: mu|亩
    m3 1: cubic meters|cubic metres|m3|立方米
    barrels 1: barrels|barrel|桶
    degrees 1: degrees celsius|degrees|degree|摄氏度|度
    years 1: years|year|years old|year-old|周年|年|岁
    months 1: months|month|个月
    weeks 1: weeks|week|周|个星期|星期
    days 1: days|day|天
    hours 1: hours|hour|小时|个小时
    minutes 1: minutes|minute|分钟
    people 1: people|persons|person|人
    visits 1: person-times|passenger trips|visits|人次
    households 1: households|household|families|户
    vehicles 1: vehicles|cars|automobiles|辆
    """
)
"""Units that stand right behind their figure."""

_NOUNS = _table(
    """
    people 1: people|persons|workers|employees|residents|students|passengers|人员|工人|职工|居民|学生|旅客
    households 1: households|families|家庭|农户
    firms 1: companies|firms|enterprises|businesses|企业|公司
    vehicles 1: vehicles|cars|automobiles|汽车|车辆
    jobs 1: jobs|岗位|就业
    projects 1: projects|项目
    countries 1: countries|国家
    provinces 1: provinces|省份
    cities 1: cities|城市
    schools 1: schools|学校
    hospitals 1: hospitals|医院
    stations 1: stations|站
    patents 1: patents|专利
    standards 1: standards|标准
    deputies 1: deputies|代表
    drones 1: drones|无人机
    """
)
"""What figures count when it stands a few words behind them."""

COUNTS = frozenset({measure.name for measure in _NOUNS.values()} | {"people", "visits", "households", "vehicles"})
"""Units that say what is counted."""

_LONGEST = sorted(_MEASURES, key=len, reverse=True)
_UNIT = re.compile(
    r"[ \t-]*(?:"
    + "|".join(
        re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in _LONGEST
    )
    + ")"
    # 人次 is no 人; 年 of a date, 度 of a quarter and 元 of 元素 are no units.
    r"(?!(?<=人)(?:民|工|均|才|大|物|权|口|形|类|士|员)|(?<=元)(?:素|旦|首|宇)|(?<=周)(?:边|围)|(?<=天)(?:然|津|空))"
)
_NOUN = re.compile(
    "|".join(word if not word.isascii() else rf"\b{word}\b" for word in sorted(_NOUNS, key=len, reverse=True))
)
_PREFIXES = {"us$": "dollars", "hk$": "Hong Kong dollars", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yuan",
             "rmb": "yuan", "cny": "yuan", "usd": "dollars", "eur": "euros"}  # fmt: skip
_PREFIX = re.compile("(" + "|".join(map(re.escape, sorted(_PREFIXES, key=len, reverse=True))) + r")\s?$")
_NEAR_WORDS = re.compile(r"(?:[ -]+(?!and\b|or\b|of\b|in\b|by\b|from\b|to\b|for\b|with\b|than\b)[a-z'-]+){1,3}")
_NEAR_CHARACTERS = re.compile(r"[\u3400-\u9fff]{1,8}")

NONE = Measure("", 1.0)


def measure_behind(text: str, offset: int) -> tuple[Measure, int]:
    """The unit right behind ``offset`` of a folded text, and where it ends; ``NONE`` and ``offset`` without one."""
    match = _UNIT.match(text, offset)
    return (_MEASURES[match.group().strip(" \t-")], match.end()) if match else (NONE, offset)


def currency_before(text: str, offset: int) -> tuple[Measure, int]:
    """The currency sign right before ``offset`` of a folded text, and where it begins."""
    match = _PREFIX.search(text, max(offset - 5, 0), offset)
    return (Measure(_PREFIXES[match[1]], 1.0), match.start()) if match else (NONE, offset)


def counted_behind(text: str, offset: int) -> Measure:
    """What a figure that ends at ``offset`` of a folded text counts: a noun among the next few words."""
    if near := _NEAR_WORDS.match(text, offset):
        match = _NOUN.search(near.group())
        return _NOUNS[match.group()] if match else NONE
    # The head of a Chinese phrase stands last: 项国家标准 are standards.
    found = _NOUN.findall(near.group()) if (near := _NEAR_CHARACTERS.match(text, offset)) else []
    return _NOUNS[found[-1]] if found else NONE
