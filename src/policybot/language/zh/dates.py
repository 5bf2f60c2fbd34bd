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
    year_in_digits="(?P<digits>[一二][零〇一二三四五六七八九]{3})年",
    shown=(r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?",),
    span=r"(?:19|20)\d\d年?(?:\d{1,2}月)?(?:至|到|—+|–|-|~)(?:19|20)\d\d年?(?:\d{1,2}月)?",
)
