"""Chinese days; months are figures (3月)."""

from policybot.language.calendar import Calendar

CALENDAR = Calendar(
    months={},
    month_names=(),
    weekdays=frozenset("星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天".split())
    | frozenset("周一 周二 周三 周四 周五 周六 周日".split()),
)
