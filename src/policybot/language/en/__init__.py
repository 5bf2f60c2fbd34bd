"""English."""

from policybot.language.en.calendar import CALENDAR
from policybot.language.en.cues import CUES
from policybot.language.en.framing import FRAMING
from policybot.language.en.messages import MESSAGES
from policybot.language.en.names import NAMES
from policybot.language.en.orders import ORDERS
from policybot.language.en.questions import QUESTIONS
from policybot.language.en.reasons import REASONS
from policybot.language.en.statements import STATEMENTS
from policybot.language.en.words import WORDS
from policybot.language.lexicon import Lexicon

LEXICON = Lexicon(
    code="en",
    name="English",
    spaced=True,
    calendar=CALENDAR,
    framing=FRAMING,
    messages=MESSAGES,
    names=NAMES,
    questions=QUESTIONS,
    reasons=REASONS,
    statements=STATEMENTS,
    cues=CUES,
    orders=ORDERS,
    words=WORDS,
)
