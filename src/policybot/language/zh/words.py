"""Chinese small words, numerals and marks."""

from policybot.language.script import CJK
from policybot.language.words import Words

_STOP_CHARACTERS = frozenset(
    "的了是在和与及或有为哪些什么怎么如何吗呢吧啊请被把对从到向就也都还又而且但这那其之几多少谁何"
)
_NUMERAL = "零〇一二两三四五六七八九十百千"
_COUNTED = "元年项座人天种辆吨条倍万亿"
_SCALE = "万亿|亿|万"

WORDS = Words(
    names=frozenset({"chinese", "zho", "chi", "cmn", "mandarin", "中文", "汉语", "简体中文", "繁体中文"}),
    stop_characters=_STOP_CHARACTERS,
    bound_characters=_STOP_CHARACTERS
    | frozenset("要会能可应该已将让使由于以及等个座项条种次所其此上下中里内外前后时曾才再更最很得着过地日月号"),
    asking=frozenset(
        "什么 甚么 怎 如何 为何 哪 吗 呢 多少 几个 几年 为什么 为啥 谁 是否 有没有 能否 请 何时 "
        "介绍 解释 说明 比较 对比 总结 概括 列出 列举 告诉".split()
    ),
    linking=frozenset("的是了在和与及或对把被将有也都而从于给"),
    surnames=frozenset(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
        "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习单相"
    ),
    glosses={
        "什么": "what", "哪": "which", "哪些": "which", "哪个": "which", "哪里": "where", "谁": "who", "何时": "when",
        "多少": "how many", "几": "how many", "多大": "how big", "多久": "how long", "为什么": "why", "为何": "why",
        "怎么": "how", "如何": "how", "怎样": "how", "元": "yuan",
        "不": "not", "没有": "not", "没": "not", "未": "not", "无": "no",
    },
    look_alikes=tuple(
        "人入八 己已巳 未末 土士 干千于 日曰目 天夫 大太犬 侯候 戊戌戍 亳毫 折拆析 治冶 今令 王玉主 鸟乌 免兔 贷货 "
        "拔拨 晴睛 密蜜 幅副 账帐 即既 坐座 做作 象像 设没 券卷 暑署 栽裁 壁璧 弛驰 待侍 仑仓 风凤 住往 问间"
        .split()
    ),
    scales={"万亿": 1e12, "亿": 1e8, "万": 1e4},
    percent={"%": "%", "个百分点": " percentage points"},
    numeral_parts=(
        r"(?P<year>\d{4})年|(?P<month>1[0-2]|[1-9])月(?:份)?|(?P<day>\d{1,2})[日号]"
        rf"|(?P<figure>\d+(?:[.,]\d+)*)(?P<scale>{_SCALE})?(?P<percent>%|个百分点)?"
        rf"|百分之(?P<percentage>[{_NUMERAL}点]+)"
        rf"|(?P<numeral>[{_NUMERAL}]*[十百千][{_NUMERAL}]*|[{_NUMERAL}]+(?=[{_COUNTED}]))"
        rf"(?P<times>{_SCALE})?"
        rf"|(?P<run>[{CJK}]+?)(?=百分之[{_NUMERAL}]|[{_NUMERAL}]+[{_COUNTED}十百千]|[^{CJK}]|$)"
        rf"|(?P<other>[^\s{CJK}\d]+)"
    ),
    year_form="{}年",
    month_form="{}月",
    list_marks=r"\d{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、",
    item_numerals=tuple("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十".split()),
    place_label=(
        rf"第[{_NUMERAL}\d]{{1,7}}(?:条|章|节|款|项|目|编|篇|部分)(?:之[{_NUMERAL}\d]{{1,3}})?"
        rf"|附[件录表][{_NUMERAL}\d]{{0,3}}|[(（][{_NUMERAL}]{{1,3}}[)）]|[{_NUMERAL}]{{1,3}}[、.．]|[问答][{_NUMERAL}\d]{{1,3}}"
    ),
    question_label=rf"(?:问题?|提问)[{_NUMERAL}\d]{{0,3}}[:：]",
    answer_label=rf"(?:答|回答|答复)[{_NUMERAL}\d]{{0,3}}[:：]",
    source_label="来源|出处|资料来源",
)  # fmt: skip
