# ruff: noqa: E501 (tables of words: a line holds one entry)
"""Words that exclude each other, in English and Chinese: who exports does not import, north is not south.

A sentence that says one where its evidence says only the other says something else, whatever words it shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policybot.text.quantities import folded

_SETS = """
trade: exports = export\\w* / 出口|外销 | imports = import(?:s|ed|ing|er|ers)? / 进口
direction: up = ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|increas\\w+|gain(?:s|ed)?|rais(?:e|es|ed|ing)|expan(?:d|ds|ded|ding|sion)|climb\\w*|up(?= (?:by |from |\\d|nearly|about|around|almost|more|over))|accelerat\\w+|faster|higher / 增长|增加|上升|提高|上涨|扩大|提升|上调|攀升|回升|升至|加快|增速达 | down = fall(?:s|en|ing)?|fell|declin\\w+|decreas\\w+|dropp?(?:s|ed|ing)?|lower(?:s|ed|ing)?|reduc\\w+|shr[iau]nk\\w*|cut(?:s|ting)?|down(?= (?:by |from |\\d|nearly|about|around|almost|more|over))|slow(?:s|ed|er|ing|down)?|weaken\\w* / 下降|减少|降低|下跌|下滑|缩小|下调|回落|降至|跌至|压减|收缩|放缓|削减|减缓
side: supply = suppl(?:y|ies)(?! chain) / 供给|供应(?!链) | demand = demand / 需求
account: output = output|production|produced / 产量|生产(?!力|者|要素|率|安全)|产出 | sales = sales|sold / 销量|销售|售出 | stock = inventor(?:y|ies) / 库存
balance: surplus = surplus / 顺差|盈余|过剩 | deficit = deficits?|shortages?|shortfalls? / 逆差|赤字|短缺|不足
money: income = revenues?|income|receipts / 收入 | spending = spending|expenditures?|expenses? / 支出 | profit = profits? / 利润|盈利 | loss = loss(?:es)? / 亏损|损失
place: urban = urban|cit(?:y|ies) / 城镇|城市|城乡 | rural = rural|villages?|countryside / 农村|乡村|城乡
reach: domestic = domestic(?:ally)?|at home|home-grown / 国内|内需|境内 | foreign = foreign|overseas|abroad|external / 国外|海外|境外|外国|外资|外部
level: central = central(?! bank| television| committee| asia| europe| economic)|centrally / 中央(?!电视|委员|经济|银行|全) | local = local / 地方|当地
owner: public = public(?:ly)?|state-owned|government-funded / 公共|国有|公有 | private = private(?:ly)? / 民营|私营|私人|非公有
compass: north = north(?:ern|wards?)? / (?<![东西])北(?![京斗]) | south = south(?:ern|wards?)?(?! korea) / (?<![东西])南(?!非|京) | east = east(?:ern|wards?)? / 东(?![北南盟])部?(?<!中东)(?<!山东)(?<!广东)(?<!京东) | west = west(?:ern|wards?)? / 西(?![北南安藏班])部?(?<!陕西)(?<!山西)(?<!江西)(?<!广西) | northeast = north-?east\\w* / 东北 | northwest = north-?west\\w* / 西北 | southeast = south-?east\\w* / 东南 | southwest = south-?west\\w* / 西南 | centre = central (?:china|region) / 中部
stream: upstream = upstream / 上游 | midstream = midstream / 中游 | downstream = downstream / 下游
half: first half = first (?:half|six months)|h1 / 上半年 | second half = (?:second|latter) half|h2 / 下半年
quarter: first quarter = first[- ]quarter|q1 / 一季度 | second quarter = second[- ]quarter|q2 / 二季度 | third quarter = third[- ]quarter|q3 / 三季度 | fourth quarter = fourth[- ]quarter|q4 / 四季度
rhythm: daily = daily|(?:a|per|each|every) day|/day / 每[天日]|日均 | weekly = weekly|(?:a|per|each|every) week / 每周|每星期 | monthly = monthly|(?:a|per|each|every) month / 每月|月均|月度 | quarterly = quarterly / 每季度?|季度 | yearly = annual(?:ly)?|yearly|(?:a|per|each|every) year / 每年|年均|年度|一年 | hourly = hourly|(?:a|per|each|every) hour / 每小时
sequence: before = before|prior to / 以前|之前 | after = after / 以后|之后
novelty: new = new(?:ly)? / 新(?!能源|质|型|材料|华|闻|疆|加坡) | old = old|former / 旧|老(?!人|年|师|百姓)
order: earliest = earliest / 最早 | latest = latest|most recent / 最新|最近
extent: minimum = minimum|lowest|smallest|least(?<!at least) / 最低|最小|最少 | maximum = maximum|highest|largest|biggest|greatest / 最高|最大|最多
stance: support = support(?:s|ed|ing)?|favou?r(?:s|ed|ing)?|back(?:s|ed|ing)(?! to)|endors\\w+|welcom\\w+ / 支持|赞成|拥护|欢迎 | oppose = oppos(?:e|es|ed|ing|ition)|reject(?:s|ed|ing)?|object(?:s|ed|ing) to|resist\\w* / 反对|拒绝|抵制
allowance: allow = allow(?:s|ed|ing)?|permit(?:s|ted|ting)?|legali[sz]\\w+|authori[sz]e[sd]? / 允许|准许|许可|放行 | forbid = ban(?:s|ned|ning)?|forbid\\w*|prohibit\\w*|outlaw\\w*|disallow\\w* / 禁止|不得|严禁|取缔
promotion: encourage = encourag\\w+|promot(?:e|es|ed|ing)|foster\\w*|incentivi[sz]\\w+ / 鼓励|促进|推动|引导 | discourage = discourag\\w+|restrict\\w*|curb(?:s|ed|ing)?|limit(?:s|ed|ing)?|restrain\\w*|hinder\\w* / 限制|抑制|遏制|约束|阻碍
force: strengthen = strengthen\\w*|reinforc\\w+|enhanc\\w+|bolster\\w* / 加强|增强|强化 | weaken = weaken\\w*|undermin\\w+|erod\\w+ / 削弱|减弱|弱化
opening: open = open(?:s|ed|ing)?(?! up) / 开放|开启|打开 | close = clos(?:e|es|ed|ing|ure)(?! to|r|ly) / 关闭|封闭|停业
start: begin = beg(?:in|ins|an|inning)|start(?:s|ed|ing)?|launch(?:es|ed|ing)? / 开始|启动|开启 | end = end(?:s|ed|ing)(?! of)|finish\\w*|terminat\\w+|stopp?(?:s|ed|ing)?|ceas\\w+ / 结束|终止|停止|完结
inclusion: include = includ\\w+ / 包括|包含|纳入 | exclude = exclud\\w+|except(?:ing)?|exempt\\w* / 不包括|除外|排除|豁免
result: succeed = succeed\\w*|success(?:ful|fully)? / 成功 | fail = fail(?:s|ed|ing|ure|ures)? / 失败|未能
gain: win = w(?:in|ins|on|inning) / 胜诉|赢得|获胜 | lose = los(?:e|es|t|ing)(?! of) / 败诉|输掉|落败
entry: join = join(?:s|ed|ing)? / 加入|参加 | leave = left|leav(?:e|es|ing)|withdr[ae]w\\w*|quit / 退出|离开
people: men = m[ae]n|male(?:s)?|boys? / 男 | women = wom[ae]n|females?|girls? / 女
age: young = young(?:er)?|youth / 青年|年轻 | old = elderly|older|aged / 老年|老人
role: premier = (?<!vice )(?<!vice-)premier|prime minister / (?<!副)总理 | vice premier = vice[- ]premier / 副总理 | head = (?<!vice )(?<!vice-)president|chair(?:man|woman|person) / (?<!副)主席|总统|会长|董事长 | minister = ministers?(?<!prime minister)|secretar(?:y|ies)(?! general) / 部长|书记|财长|国务卿 | governor = governors? / 省长|州长|行长 | spokesperson = spokes(?:man|woman|person) / 发言人 | ambassador = ambassadors? / 大使
party: buyer = buyers?|purchasers?|consumers? / 买方|购买者|消费者 | seller = sellers?|vendors?|producers? / 卖方|销售商|生产者
tax: direct = direct(?:ly)?(?<!indirect)(?<!indirectly) / 直接 | indirect = indirect(?:ly)? / 间接
will: voluntary = voluntar(?:y|ily)|optional(?:ly)? / 自愿|可选 | compulsory = compulsory|mandatory|obligatory / 强制|义务
money flow: lend = lend(?:s|er|ers|ing)?|lent / 贷出|放贷 | borrow = borrow\\w* / 借入|借款
term: short-term = short[- ](?:term|run) / 短期 | medium-term = medium[- ](?:term|run) / 中期 | long-term = long[- ](?:term|run) / 长期
sign: positive = positive(?:ly)? / 正面|积极的影响|正增长 | negative = negative(?:ly)? / 负面|消极|负增长
size: large = large(?:r)?(?!-scale)|big(?:ger)? / 大型|大企业 | small = small(?:er)? / 小型|小微|中小
merit: better = better|improv\\w+ / 改善|好转|更好|优化 | worse = wors(?:e|en|ens|ened|ening)|deteriorat\\w+ / 恶化|变差|更差
truth: true = true|correct(?:ly)?|right(?= (?:about|to say)) / 正确|属实 | false = false|wrong|incorrect\\w*|untrue|mistaken / 错误|不实|虚假|不对
comparison: more = more(?= \\w+ than)|exceed(?:s|ed|ing)? / 多于|高于 | less = less(?= \\w+ than)|fewer / 少于|低于
sector: industry = industr(?:y|ial) / 工业 | agriculture = agricultur\\w+|farming / 农业 | services = services? (?:sector|industry) / 服务业
energy: coal = coal / 煤 | oil = oil|petroleum / 石油|原油 | gas = (?:natural )?gas(?! emission|es) / 天然气 | solar = solar|photovoltaic\\w* / 光伏|太阳能 | wind = wind(?= (?:power|farm|turbine|energy))|wind-power / 风电|风能|风力 | nuclear = nuclear / 核电|核能 | hydrogen = hydrogen / 氢 | hydro = hydro(?:power|electric)? / 水电
country: China = china|chinese|prc / 中国|我国|中方 | US = u\\.?s\\.?(?![$\\w])|usa|united states|america|american / 美国|美方|美财 | EU = eu|european (?:union|commission)|europe / 欧盟|欧洲|欧委会 | Japan = japan|japanese / 日本 | Germany = germany|german / 德国 | France = france|french / 法国 | UK = uk|united kingdom|britain|british / 英国 | India = india|indian / 印度(?!尼) | Russia = russia|russian / 俄罗斯|俄方 | South Korea = south korean?|korea / 韩国 | Brazil = brazil|brazilian / 巴西 | Canada = canad(?:a|ian) / 加拿大 | Australia = australian? / 澳大利亚|澳洲 | Mexico = mexic(?:o|an) / 墨西哥 | Vietnam = vietnam(?:ese)? / 越南 | Turkey = turkey|türkiye|turkish / 土耳其 | Italy = ital(?:y|ian) / 意大利 | Spain = spain|spanish / 西班牙 | Singapore = singapore / 新加坡 | Indonesia = indonesian? / 印度尼西亚|印尼 | Thailand = thai(?:land)? / 泰国 | Malaysia = malaysian? / 马来西亚
province: Beijing = beijing / 北京|京津冀 | Shanghai = shanghai / 上海 | Tianjin = tianjin / 天津|京津冀 | Chongqing = chongqing / 重庆 | Guangdong = guangdong / 广东 | Jiangsu = jiangsu / 江苏 | Zhejiang = zhejiang / 浙江 | Shandong = shandong / 山东 | Sichuan = sichuan / 四川 | Heilongjiang = heilongjiang / 黑龙江 | Jilin = jilin / 吉林 | Liaoning = liaoning / 辽宁 | Hebei = hebei / 河北|京津冀 | Henan = henan / 河南 | Hubei = hubei / 湖北 | Hunan = hunan / 湖南 | Anhui = anhui / 安徽 | Fujian = fujian / 福建 | Jiangxi = jiangxi / 江西 | Shanxi = shanxi / 山西 | Shaanxi = shaanxi / 陕西 | Gansu = gansu / 甘肃 | Qinghai = qinghai / 青海 | Yunnan = yunnan / 云南 | Guizhou = guizhou / 贵州 | Hainan = hainan / 海南 | Guangxi = guangxi / 广西 | Inner Mongolia = inner mongolia / 内蒙古 | Xinjiang = xinjiang / 新疆 | Tibet = tibet|xizang / 西藏 | Ningxia = ningxia / 宁夏 | Hong Kong = hong kong / 香港 | Macao = maca[ou] / 澳门 | Shenzhen = shenzhen / 深圳 | Guangzhou = guangzhou / 广州 | Hangzhou = hangzhou / 杭州 | Nanjing = nanjing / 南京 | Wuhan = wuhan / 武汉 | Chengdu = chengdu / 成都 | Harbin = harbin / 哈尔滨 | Hefei = hefei / 合肥 | Suzhou = suzhou / 苏州 | Xi'an = xi'an / 西安 | Taiwan = taiwan / 台湾
body: State Council = state council / 国务院 | NDRC = ndrc|development and reform commission / 发展改革委|发改委|发展和改革委员会 | MIIT = miit|ministry of industry|industry ministry|industry and information technology / 工信部|工业和信息化部 | finance = ministry of finance|finance ministry|treasury / 财政部 | commerce = ministry of commerce|commerce ministry|mofcom|commerce department / 商务部 | science = ministry of science|science ministry / 科技部|科学技术部 | central bank = central bank|people's bank|pboc|federal reserve / 央行|人民银行|美联储 | statistics = statistics bureau|bureau of statistics|nbs / 统计局 | congress = people's congress|npc / 人民代表大会|全国人大 | consultative = cppcc|consultative conference / 政协 | politburo = politburo|political bureau / 政治局 | market regulator = samr|market regulat\\w+ / 市场监管总局 | foreign ministry = foreign ministry|ministry of foreign affairs / 外交部 | transport = ministry of transport|transport ministry / 交通运输部 | ecology = ministry of ecology|environment ministry / 生态环境部 | education = ministry of education|education ministry / 教育部 | health = ministry of health|health commission|health ministry / 卫健委|卫生部 | IMF = imf|international monetary fund / 国际货币基金组织 | World Bank = world bank / 世界银行 | WTO = wto|world trade organi[sz]ation / 世贸组织|世界贸易组织 | court = courts? / 法院
"""
"""A line for each set; each member with its English and its Chinese patterns, over folded text."""

_NAMES = frozenset({"country", "province", "body", "role"})
"""Sets of names."""

_LOOSE = frozenset({"side", "opening", "start", "inclusion", "size", "merit", "owner", "reach", "level", "people", "age", "extent",
                    "promotion", "sector", "party", "stance", "term", "place", "gain", "entry", "order", "result", "balance", "comparison",
                    "account", "money", "force", "sequence", "novelty", "rhythm"})  # fmt: skip
"""Sets of which a free retelling may well name another member than its source: a change only in what is copied."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a set of words that exclude each other.

    Attributes:
        group: Name of the set: ``trade``.
        name: Name of the member: ``exports``.
    """

    group: str
    name: str

    @property
    def loose(self) -> bool:
        """Whether a free retelling may name another member of the set than its source."""
        return self.group in _LOOSE

    @property
    def is_name(self) -> bool:
        """Whether it is a country, a place, a body or an office."""
        return self.group in _NAMES


def _compiled() -> Mapping[Member, re.Pattern[str]]:
    found: dict[Member, re.Pattern[str]] = {}
    for line in filter(None, _SETS.splitlines()):
        group, _, members = line.partition(": ")
        for member in members.split(" | "):
            name, _, patterns = member.partition(" = ")
            english, _, chinese = patterns.partition(" / ")
            found[Member(group, name)] = re.compile(rf"(?<![a-z])(?:{english})(?![a-z])|(?:{chinese})")
    return found


_PATTERNS = _compiled()


@lru_cache(maxsize=4096)
def placed_members(text: str) -> tuple[tuple[Member, int, int], ...]:
    """The members that a text names, with their offsets in the folded text, in its order."""
    plain = folded(text)
    return tuple(sorted(_placed(plain), key=lambda found: (found[1], found[2])))


def members(text: str) -> frozenset[Member]:
    """The members that a text names."""
    return frozenset(member for member, _, _ in placed_members(text))


def contradicted(sentence: frozenset[Member], evidence: frozenset[Member]) -> list[tuple[Member, list[Member]]]:
    """Members that only the sentence names, each with those of its set that only the evidence names."""
    found: list[tuple[Member, list[Member]]] = []
    for mine in sorted(sentence - evidence, key=lambda member: (member.group, member.name)):
        others = [its for its in sorted(evidence - sentence, key=lambda member: member.name) if its.group == mine.group]
        if others:
            found.append((mine, others))
    return found


def outweighed(part: str, stretch: str) -> list[tuple[Member, list[Member]]]:
    """Members that a copy names oftener than what it copies, each with those of its set that it names less often."""
    mine = Counter(member for member, _, _ in placed_members(part))
    its = Counter(member for member, _, _ in placed_members(stretch))
    found: list[tuple[Member, list[Member]]] = []
    for one in sorted(mine - its, key=lambda member: (member.group, member.name)):
        others = sorted((other for other in its - mine if other.group == one.group), key=lambda member: member.name)
        if others:
            found.append((one, others))
    return found


def _placed(plain: str) -> Iterator[tuple[Member, int, int]]:
    for member, pattern in _PATTERNS.items():
        for match in pattern.finditer(plain):
            yield member, *match.span()
