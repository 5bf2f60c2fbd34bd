"""Chinese: written in simplified characters; traditional ones are matched alike."""

from policybot.language.lexicon import Lexicon
from policybot.language.zh.calendar import CALENDAR
from policybot.language.zh.cues import CUES
from policybot.language.zh.framing import FRAMING
from policybot.language.zh.messages import MESSAGES
from policybot.language.zh.names import NAMES
from policybot.language.zh.orders import ORDERS
from policybot.language.zh.questions import QUESTIONS
from policybot.language.zh.reasons import REASONS
from policybot.language.zh.statements import STATEMENTS
from policybot.language.zh.words import WORDS

LEXICON = Lexicon(
    code="zh",
    name="中文",
    spaced=False,
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
