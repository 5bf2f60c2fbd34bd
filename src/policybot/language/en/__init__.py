"""English."""

from policybot.language.en.calendar import CALENDAR
from policybot.language.en.reasons import REASONS
from policybot.language.lexicon import Lexicon

LEXICON = Lexicon(code="en", name="English", spaced=True, calendar=CALENDAR, reasons=REASONS)
