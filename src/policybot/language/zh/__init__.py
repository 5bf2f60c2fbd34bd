"""Chinese: written in simplified characters; traditional ones are matched alike."""

from policybot.language.lexicon import Lexicon
from policybot.language.zh.bounds import BOUNDS
from policybot.language.zh.calendar import CALENDAR
from policybot.language.zh.claims import CLAIMS
from policybot.language.zh.contrasts import CONTRASTS
from policybot.language.zh.cues import CUES
from policybot.language.zh.dates import DATES
from policybot.language.zh.follow_ups import FOLLOW_UPS
from policybot.language.zh.framing import FRAMING
from policybot.language.zh.grading import GRADING
from policybot.language.zh.keys import KEYS
from policybot.language.zh.measures import MEASURES
from policybot.language.zh.messages import MESSAGES
from policybot.language.zh.names import NAMES
from policybot.language.zh.notation import NOTATION
from policybot.language.zh.numbers import NUMBERS
from policybot.language.zh.orders import ORDERS
from policybot.language.zh.pages import PAGES
from policybot.language.zh.people import PEOPLE
from policybot.language.zh.questions import QUESTIONS
from policybot.language.zh.reasons import REASONS
from policybot.language.zh.references import REFERENCES
from policybot.language.zh.sources import SOURCES
from policybot.language.zh.statements import STATEMENTS
from policybot.language.zh.structure import STRUCTURE
from policybot.language.zh.words import WORDS

LEXICON = Lexicon(
    code="zh",
    name="中文",
    spaced=False,
    calendar=CALENDAR,
    bounds=BOUNDS,
    claims=CLAIMS,
    contrasts=CONTRASTS,
    cues=CUES,
    dates=DATES,
    follow_ups=FOLLOW_UPS,
    framing=FRAMING,
    keys=KEYS,
    grading=GRADING,
    measures=MEASURES,
    messages=MESSAGES,
    names=NAMES,
    notation=NOTATION,
    numbers=NUMBERS,
    orders=ORDERS,
    pages=PAGES,
    people=PEOPLE,
    questions=QUESTIONS,
    reasons=REASONS,
    references=REFERENCES,
    sources=SOURCES,
    statements=STATEMENTS,
    structure=STRUCTURE,
    words=WORDS,
)
