"""policybot: answers questions about policy documents, in English and Chinese, and cites every sentence."""

from policybot import errors
from policybot.bot.bot import PolicyBot
from policybot.bot.conversation import Conversation
from policybot.domain import (
    Answer,
    AnswerEvent,
    Citation,
    Delta,
    Document,
    DocumentSummary,
    Done,
    Filter,
    Found,
    Hit,
    IndexFailure,
    IndexPlan,
    IndexReport,
    Metadata,
    Passage,
    Progress,
    Sentence,
    Turn,
)
from policybot.settings import Settings, load_settings

__all__ = [
    "Answer",
    "AnswerEvent",
    "Citation",
    "Conversation",
    "Delta",
    "Document",
    "DocumentSummary",
    "Done",
    "Filter",
    "Found",
    "Hit",
    "IndexFailure",
    "IndexPlan",
    "IndexReport",
    "Metadata",
    "Passage",
    "PolicyBot",
    "Progress",
    "Sentence",
    "Settings",
    "Turn",
    "errors",
    "load_settings",
]
