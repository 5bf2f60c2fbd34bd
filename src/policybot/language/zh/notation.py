"""Chinese ways of writing amounts and times."""

from policybot.language.notation import Rewriting

_DIGIT = "一二两三四五六七八九"
_NUMERAL = f"[零〇十百千{_DIGIT}]"
_NUMBER = rf"(?:\d+(?:\.\d+)?|{_NUMERAL}{{1,8}}(?:点[零〇{_DIGIT}]+)?)"
_ROSE = "(?:增长|增加|提高|扩大|上升|增多|提升|翻)"
_FELL = "(?:下降|减少|降低|缩减|缩小|下调)"
_MORE = "(?:约|近|超过|逾|将近)?"
_DASH = "[-—–~〜至到]+"
_SMALL = f"[{_DIGIT}]"

NOTATION = (
    # Numerals of documents of value.
    *(
        Rewriting(
            f"{formal}(?=[拾佰仟]|[万亿][元圆]|元整|圆)|(?<=[拾佰仟万亿]){formal}(?=[拾佰仟万亿元圆整])",
            plain,
            needs=(formal,),
        )
        for formal, plain in zip("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九", strict=True)
    ),
    *(
        Rewriting(f"(?<={_SMALL}){formal}", plain, needs=(formal,))
        for formal, plain in zip("拾佰仟", "十百千", strict=True)
    ),
    # Numbers with several scale words, and halves behind a unit.
    Rewriting(rf"(?P<a>{_NUMBER})个半(?P<unit>小时|月)", "{n}个{unit}", plus=0.5, needs=("个半",)),
    Rewriting("(?<![上下前后每大一两])半个月", "15天", needs=("半个月",)),
    Rewriting(rf"(?P<a>{_NUMBER})(?P<unit>个?月|年|天|个?小时|倍)半(?!年)", "{n}{unit}", plus=0.5, needs=("半",)),
    Rewriting("(?<![上下前后每大一两])半(?P<unit>年|个月|个?小时)(?!度|报|期)", "0.5{unit}", needs=("半",)),
    Rewriting(f"(?P<a>{_SMALL})成(?P<b>{_SMALL})", "{n}%", "10a+b", needs=("成",)),
    Rewriting(
        f"(?P<a>{_SMALL}|10|[1-9])成(?![为立果员本就功长交都绩套名人分{_DIGIT}])", "{n}%", times=10, needs=("成",)
    ),
    Rewriting(f"打(?P<a>{_SMALL})(?P<b>{_SMALL})折", "按{n}%", "10a+b", needs=("折",)),
    Rewriting(rf"打(?P<a>\d(?:\.\d)?|{_SMALL})折", "按{n}%", times=10, needs=("折",)),
    Rewriting(r"零下(?=\d)|负(?=\d)", "-", needs=("零下", "负")),
    Rewriting("零下(?P<a>[十百一二三四五六七八九]+)", "-{n}", needs=("零下",)),
    Rewriting(r"零上(?=\d)", "", needs=("零上",)),
    Rewriting(
        rf"每(?P<b>{_NUMBER})(?:名|个|人|家|户|位|艘|辆|件|项|所|座|台|份|条)(?P<who>[^，。；,;]{{0,8}}?)[中里]就?有(?P<a>{_NUMBER})(?:名|个|人|家|户|位|艘|辆|件|项|所|座|台|份|条)",
        "{n}%的{who}",
        "a/b",
        100,
        needs=("每",),
    ),
    Rewriting("十几", "11至19", needs=("十几",)),
    Rewriting("[几数]十(?![万亿])", "20至99", needs=("几十", "数十")),
    Rewriting("[几数]百(?![万亿])", "200至999", needs=("几百", "数百")),
    Rewriting("过半数?(?=通过|同意|表决|赞成|的|$)", "超过50%", needs=("过半",)),
    Rewriting("半数以上", "50%以上", needs=("半数",)),
    # Growth to a multiple: by two times is to three times, by 200 percent as well.
    Rewriting(f"翻了?(?P<a>{_SMALL})番", "增长到{n}倍", "2**a", needs=("番",)),
    Rewriting("翻(?:了一)?番|翻倍|翻一倍", "增长到2倍", needs=("番", "倍")),
    Rewriting(
        rf"(?P<rose>{_ROSE})了?(?P<more>{_MORE})(?P<a>{_NUMBER})倍", "{rose}到{more}{n}倍", plus=1, needs=("倍",)
    ),
    Rewriting(
        rf"(?P<rose>{_ROSE})了?(?P<more>{_MORE})(?P<a>[1-9]\d\d+(?:\.\d+)?)%",
        "{rose}到{more}{n}倍",
        times=0.01,
        plus=1,
        needs=("%",),
    ),
    Rewriting(
        rf"(?P<fell>下降|减少|降低|缩减)[至到为]原来?的?(?P<b>{_NUMBER})分之(?P<a>{_NUMBER})",
        "{fell}{n}%",
        "a/b",
        -100,
        100,
        needs=("原来", "分之"),
    ),
    Rewriting(
        rf"(?P<fell>{_FELL})了?(?P<more>{_MORE})(?P<b>{_NUMBER})分之(?P<a>{_NUMBER})",
        "{fell}{more}{n}%",
        "a/b",
        100,
        needs=("分之",),
    ),
    Rewriting(
        rf"(?<!下)降[至到为]原来?的?(?P<b>{_NUMBER})分之(?P<a>{_NUMBER})",
        "下降{n}%",
        "a/b",
        -100,
        100,
        needs=("分之",),
    ),
    Rewriting(r"负增长(?=\s*\d)", "下降", needs=("负增长",)),
    # A range of law: from three years to seven.
    Rewriting(
        rf"(?P<x>{_NUMBER}[万亿]?)(?P<unit>[^\d\s，。,]{{1,3}})以上(?:至)?(?P<y>{_NUMBER}[万亿]?)(?P=unit)以下",
        "{x}{unit}至{y}{unit}",
        needs=("以上",),
    ),
    Rewriting(r"(?<![\d:])(?P<x>\d{1,4})[比∶:](?P<y>\d{1,4})(?![\d:%]|\.\d)", "ra{x} rb{y}", needs=("比",)),
    # Times.
    Rewriting("民国(?P<a>[零〇十百一二三四五六七八九]+|\\d+)年", "{n}年", plus=1911, needs=("民国",)),
    Rewriting("令和元年", "2019年", needs=("令和",)),
    Rewriting(r"令和(?P<a>\d+|[十一二三四五六七八九]+)年", "{n}年", plus=2018, needs=("令和",)),
    Rewriting(r"平成(?P<a>\d+|[十一二三四五六七八九]+)年", "{n}年", plus=1988, needs=("平成",)),
    Rewriting(r"昭和(?P<a>\d+|[十一二三四五六七八九]+)年", "{n}年", plus=1925, needs=("昭和",)),
    Rewriting("(?P<a>[一二][零〇○一二三四五六七八九]{3})年", "{n}年", needs=("年",)),
    Rewriting(
        "(?<![一-九十个几数\\d第])(?P<a>十[一二]?|[一二三四五六七八九])月(?P<b>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?P<day>[日号])",
        "{a}月{b}{day}",
        needs=("月",),
    ),
    Rewriting(
        r"(?:20|二十)世纪(?P<a>\d0|[二三四五六七八九]十)年代",
        "decade{n}",
        plus=1900,
        needs=("世纪",),
    ),
    Rewriting("(?:21|本)世纪中叶", "2050年左右", needs=("世纪",)),
    Rewriting(rf"(?<!\d)1(?:月)?{_DASH}9月(?:份)?", "前三季度", needs=("9月",)),
    Rewriting(rf"(?<!\d)1(?:月)?{_DASH}6月(?:份)?|一至二季度|[一1]、[二2]季度", "上半年", needs=("6月", "季度")),
    Rewriting(rf"(?<!\d)7(?:月)?{_DASH}12月(?:份)?", "下半年", needs=("12月",)),
    Rewriting(rf"(?<!\d)1(?:月)?{_DASH}3月(?:份)?|首季度?|第?[一1]季度", "一季度", needs=("3月", "季")),
    Rewriting("第(?=[二三四]季度)", "", needs=("季度",)),
    Rewriting('[“"]?十(?P<a>[一二三四五六])五[”"]?(?:时期|期间|规划)?末', "{n}年末", times=5, plus=2005, needs=("五",)),
    Rewriting("上世纪(?P<a>\\d0|[二三四五六七八九]十)年代", "decade{n}", plus=1900, needs=("世纪",)),
    Rewriting("(?:19|十九)世纪(?P<a>\\d0|[二三四五六七八九]十)年代", "decade{n}", plus=1800, needs=("世纪",)),
    Rewriting(r"(?P<a>(?:1[89]|20)\d0)年代", "decade{n}", needs=("年代",)),
    Rewriting(rf"(?<!\d)[4四](?:月)?{_DASH}[6六]月(?:份)?", "二季度", needs=("月",)),
    Rewriting(rf"(?<!\d)[7七](?:月)?{_DASH}[9九]月(?:份)?", "三季度", needs=("月",)),
    Rewriting(rf"(?<!\d)(?:10|十)(?:月)?{_DASH}(?:12|十二)月(?:份)?", "四季度", needs=("月",)),
    Rewriting("前[九9]个月", "前三季度", needs=("个月",)),
    Rewriting("前[六6]个月", "上半年", needs=("个月",)),
    Rewriting("前[三3]个月", "一季度", needs=("个月",)),
    Rewriting(rf"(?P<a>{_NUMBER})兆(?=[元美欧日港])", "{a}万亿", needs=("兆",)),
    Rewriting("每万(?=[名人户])", "每10000", needs=("每万",)),
    Rewriting("每千(?=[名人户])", "每1000", needs=("每千",)),
    Rewriting("减半(?![^，。；]*(?:征|收|税))", "减少50%", needs=("减半",)),
    Rewriting(rf"(?:多|高)出?了?(?P<a>{_NUMBER})倍", "增加到{n}倍", plus=1, needs=("倍",)),
    Rewriting(r"(?:增长|增速|增长率|涨幅)(?:为|是|达)?-(?=\d)", "下降", needs=("-",)),
    # One way of writing what a figure compares with.
    Rewriting("比上年同[期月]", "同比", needs=("同期", "同月")),
    Rewriting("较上年同[期月]|比去年同[期月]|较去年同[期月]", "同比", needs=("同期", "同月")),
    Rewriting("比上月|较上月|比上季度|较上季度", "环比", needs=("上月", "上季度")),
    Rewriting("扣除价格因素(?P<between>[^。；]*?)(?P<rose>增长|上涨|下降)", "{between}实际{rose}", needs=("扣除价格",)),
)
