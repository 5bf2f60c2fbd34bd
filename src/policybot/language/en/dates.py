"""English forms of dates."""

from policybot.language.dates import DAY, DAY_IN_FIGURES, YEAR, DateForms
from policybot.language.en.calendar import CALENDAR

_NAME = "|".join(sorted(CALENDAR.months, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAME})\b\.?"
_DAYS = rf"(?:(?P<first>{DAY_IN_FIGURES})(?:st|nd|rd|th)?\s*(?:-|–|to|and|through|until)\s*)?"
_MONTH_SHOWN = r"(?P<m>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?)"
_YEAR_SHOWN = r"(?P<y>(?:19|20)\d\d(?![\d%]|[.,]\d))"

DATES = DateForms(
    marked=(),
    named=(
        rf"(?<![\d/.])(?P<day>3[01]|2\d|1[3-9])[/.](?P<monthly>1[0-2]|0?[1-9])[/.]{YEAR}(?![\d/])",
        rf"(?<![\d/.])(?P<monthly>1[0-2]|0?[1-9])/(?P<day>3[01]|2\d|1[3-9])/{YEAR}(?![\d/])",
        rf"(?<!\d[.,])(?<!\d){_DAYS}{DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{YEAR}(?!\d))?",
        rf"\b{_MONTH}\s*(?=(?:[-–]|to|and|through)\s*(?:{_NAME})\b)",
        rf"\b{_MONTH}\s+{_DAYS}{DAY}(?:st|nd|rd|th)?(?![\d%]|[.,]\d|\s*(?:%|percent|million|billion))"
        rf"(?:,?\s+{YEAR}(?!\d))?",
        rf"\b{_MONTH},?\s+(?:of\s+)?{YEAR}(?!\d)",
        rf"(?:(?<=\bin )(?:early |late |mid-)?|(?<=\bsince )){_MONTH}",
    ),
    months=(),
    month_mark="",
    year_mark="",
    no_year=(
        r"[ -]*(?:percent|hundred|thousand|million|billion|trillion|lakh|crore|tonnes?|tons?|people|persons|households"
        r"|jobs|yuan|dollars|euros|pounds|crowns|hectares?|metres?|meters?|kilomet(?:re|er)s?|km|kg|[mg]w)\b"
    ),
    year_in_digits="",
    shown=(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH_SHOWN},? {_YEAR_SHOWN}",
        rf"\b{_MONTH_SHOWN} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR_SHOWN}",
        rf"\b{_MONTH_SHOWN}(?: of)?,? {_YEAR_SHOWN}",
    ),
    span=r"\b(?:from|between)\s+(?:\w+\s+)?(?:19|20)\d\d\s+(?:to|and|until|through)\s+(?:\w+\s+)?(?:19|20)\d\d",
    this_year=r"\b(?:this|the current) year\b|\bthe year ahead\b",
    last_year=r"(?<!than )(?<!from )\b(?:last|the past|the previous|the preceding) year\b|\bthe year before\b",
    several_years=r"\b(?:annual average|average annual(?:ly)?|on average|(?:a year|per year|annually) over"
    r"|(?:past|last|next|coming|over (?:the )?)\s?(?:two|three|four|five|six|seven|eight|nine|ten|\d+) years)\b",
    base=r"\b(?:than|compared (?:with|to)|over|above|below|from)\s+(?:in |that of |the )?"
    r"(?:last year|the (?:previous|preceding) year|the year before|(?:19|20)\d\d(?! to| through))",
)
