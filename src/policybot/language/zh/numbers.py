"""Chinese numerals, and the characters that scale figures."""

from policybot.language.numbers import Numbers

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"

NUMBERS = Numbers(
    words={},
    ordinals={},
    fraction_words={},
    digits={character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0},
    powers={"十": 10, "百": 100, "千": 1000},
    groups={"万": 10**4, "亿": 10**8},
    point="点",
    scales={
        "百": 1e2,
        "千": 1e3,
        "万": 1e4,
        "百万": 1e6,
        "千万": 1e7,
        "亿": 1e8,
        "百亿": 1e10,
        "千亿": 1e11,
        "万亿": 1e12,
    },
    money_scales={},
    scale=r"[ \t]?(?:万亿|千亿|百亿|千万|百万|百(?!分)|千(?![瓦克米])|万|亿)",
    keyword_scale="(?:万亿|千亿|百亿|千万|百万|[百千万亿])(?!分)",
    shared_scale="万亿|千亿|百亿|千万|百万|[万亿]",
    table_scale="万亿|百万|千万|[千万亿]",
    worded="",
    ordinal="",
    fraction=(
        rf"(?P<below>\d+(?:[百千]?[万亿]|[百千])?|[{_NUMERAL}]+)分之"
        r"(?P<above>\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百点]+)|(?P<half>一半|半数)"
        "|(?P<tenths>[一二三四五六七八九])成(?![为立果员本就功长交都])"
    ),
    numeral=rf"(?P<ordinal>第)?(?P<numeral>[{_NUMERAL}]+(?:点[一二三四五六七八九零]+)?)",
    counter="[个项条种类大家次届位名章部座台套件支只批册人户天年月吨元米倍成步级轮艘所辆]",
    no_numeral=(
        "统一|一带一路|一些|一定|一切|一般|一直|一起|一旦|一方面|万一|唯一|进一步|第一时间|三农|十分|千方百计|万物|一体|一系列|百姓|亿万"
        "|千万(?=不|别)|一流|一线|单一|同一|之一|四川|三峡|三角|三亚"
    ),
    plan="(?P<ordinal>十[一二三四五六])五(?!年|个|项|条)",
    names_two="双|两",
    names_three="",
    range_words="至|到|或|和",
    list_and="",
    no_codes=frozenset(),
    before_minus="[为达是约至到了于低高率]",
    several_scales=r"(?<![\d.])\d+(?:\.\d+)?[万亿](?:\d+(?:千万|百万|[万千百])(?!分))+(?![\d.])",
    lasting=frozenset("为期达长共"),
)
