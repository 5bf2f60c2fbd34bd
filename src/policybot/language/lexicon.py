"""One language's lexicon: every topic of what is known of a language."""

from __future__ import annotations

from dataclasses import dataclass, field

from policybot.language.bounds import BoundWords
from policybot.language.calendar import Calendar
from policybot.language.claims import Claims
from policybot.language.contrasts import Contrasts
from policybot.language.cues import Cues
from policybot.language.dates import DateForms
from policybot.language.follow_ups import FollowUps
from policybot.language.framing import Framing
from policybot.language.grading import Grading
from policybot.language.keys import Keys
from policybot.language.measures import Measures
from policybot.language.messages import Messages
from policybot.language.names import Names
from policybot.language.notation import Rewriting
from policybot.language.numbers import Numbers
from policybot.language.orders import Orders
from policybot.language.pages import Pages
from policybot.language.people import People
from policybot.language.questions import Questions
from policybot.language.reasons import Reasons
from policybot.language.references import References
from policybot.language.sources import Sources
from policybot.language.statements import Statements
from policybot.language.structure import Structure
from policybot.language.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What policybot knows of one language.

    A field of a topic is either a set of words, a mapping, or the source of a regular expression; the topic's module
    says which and what it must match. Sources are matched ignoring case, and a language without blanks between words
    writes them without word boundaries.

    Attributes:
        code: ISO 639-1 code.
        name: What the language calls itself.
        spaced: Whether blanks separate its words.
        notation: What is rewritten before figures and dates are read, in this order.
    """

    code: str
    name: str
    spaced: bool
    calendar: Calendar
    bounds: BoundWords
    claims: Claims
    contrasts: Contrasts
    dates: DateForms
    measures: Measures
    numbers: Numbers
    people: People
    framing: Framing
    messages: Messages
    names: Names
    questions: Questions
    reasons: Reasons
    statements: Statements
    cues: Cues = field(default_factory=Cues)
    follow_ups: FollowUps = field(default_factory=FollowUps)
    keys: Keys = field(default_factory=Keys)
    grading: Grading = field(default_factory=Grading)
    notation: tuple[Rewriting, ...] = ()
    orders: Orders = field(default_factory=Orders)
    pages: Pages = field(default_factory=Pages)
    references: References = field(default_factory=References)
    sources: Sources = field(default_factory=Sources)
    structure: Structure = field(default_factory=Structure)
    words: Words = field(default_factory=Words)
