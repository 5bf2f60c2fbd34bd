"""Chinese: written in simplified characters; traditional ones are matched alike."""

from policybot.language.lexicon import Lexicon
from policybot.language.zh.calendar import CALENDAR
from policybot.language.zh.reasons import REASONS

LEXICON = Lexicon(code="zh", name="中文", spaced=False, calendar=CALENDAR, reasons=REASONS)
