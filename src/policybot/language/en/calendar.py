"""English names of months and days."""

from policybot.language.calendar import Calendar

_NAMES = "January February March April May June July August September October November December".split()

CALENDAR = Calendar(
    months={name.lower(): number for number, name in enumerate(_NAMES, start=1)}
    | {name[:3].lower(): number for number, name in enumerate(_NAMES, start=1)}
    | {"sept": 9},
    month_names=tuple(_NAMES),
    weekdays=frozenset("monday tuesday wednesday thursday friday saturday sunday".split()),
)
