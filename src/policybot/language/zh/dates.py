"""Chinese forms of dates."""

from policybot.language.dates import DAY, DAY_IN_FIGURES, YEAR, DateForms

_MONTH = "(?P<monthly>1[0-2]|0?[1-9])"
_TO_DAY = rf"(?:[-–~至到和、](?P<last>{DAY_IN_FIGURES})(?:日|号))?"

DATES = DateForms(
    marked=(
        rf"(?<!\d){YEAR}年{_MONTH}月{DAY}(?:日|号){_TO_DAY}",
        rf"(?<!\d){YEAR}年{_MONTH}(?=月|[-–~至到](?:1[0-2]|[1-9])月)月?",
        rf"(?<!\d){_MONTH}月{DAY}(?:日|号){_TO_DAY}",
    ),
    named=(),
    months=(rf"(?<!\d[.,])(?<!\d){_MONTH}月(?!\d)",),
    month_mark="月",
    year_mark="年",
    no_year="[ -]*(?:万|亿)",
    year_in_digits="(?P<digits>[一二][零〇○一二三四五六七八九]{3})年",
    shown=(r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?",),
    span=r"(?:19|20)\d\d年?(?:\d{1,2}月)?(?:至|到|—+|–|-|~)(?:19|20)\d\d年?(?:\d{1,2}月)?",
    this_year="今年|本年度?|新的?一年",
    last_year="(?<!比)(?<!较)(?:去年|上一?年度?|过去(?:的)?一年|一年来)",
    several_years='年均|[两三四五六七八九十]年(?:来|间|累计|总体|平均)|(?:过去|今后|未来|这|前)[两三四五六七八九十]年|十[一二三四五]五[”"」]?(?:时期|期间|以来)',
    base=r"(?:比|较|相比于?|相较于?|同)\s*(?:去年|上一?年度?|(?:19|20)\d\d年)|同比|(?:增加|提高|下降|减少)?(?:了)?(?:上年|去年)同期",
)
