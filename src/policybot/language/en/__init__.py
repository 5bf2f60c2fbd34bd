"""English."""

from policybot.language.en.bounds import BOUNDS
from policybot.language.en.calendar import CALENDAR
from policybot.language.en.claims import CLAIMS
from policybot.language.en.contrasts import CONTRASTS
from policybot.language.en.cues import CUES
from policybot.language.en.dates import DATES
from policybot.language.en.follow_ups import FOLLOW_UPS
from policybot.language.en.framing import FRAMING
from policybot.language.en.grading import GRADING
from policybot.language.en.keys import KEYS
from policybot.language.en.measures import MEASURES
from policybot.language.en.messages import MESSAGES
from policybot.language.en.names import NAMES
from policybot.language.en.notation import NOTATION
from policybot.language.en.numbers import NUMBERS
from policybot.language.en.orders import ORDERS
from policybot.language.en.pages import PAGES
from policybot.language.en.people import PEOPLE
from policybot.language.en.questions import QUESTIONS
from policybot.language.en.reasons import REASONS
from policybot.language.en.references import REFERENCES
from policybot.language.en.sources import SOURCES
from policybot.language.en.statements import STATEMENTS
from policybot.language.en.structure import STRUCTURE
from policybot.language.en.words import WORDS
from policybot.language.lexicon import Lexicon

LEXICON = Lexicon(
    code="en",
    name="English",
    spaced=True,
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
