"""policybot: answers questions about policy documents, in English and Chinese, and cites every sentence."""

from typing import TYPE_CHECKING

from policybot import errors
from policybot.lazy import lazily

if TYPE_CHECKING:
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
        Evidence,
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
    "Evidence",
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

_ELSEWHERE = {
    "policybot.bot.bot": ["PolicyBot"],
    "policybot.bot.conversation": ["Conversation"],
    "policybot.settings": ["Settings", "load_settings"],
}
_IN_DOMAIN = [name for name in __all__ if name not in {"errors", *(n for names in _ELSEWHERE.values() for n in names)}]

__getattr__, __dir__ = lazily(__name__, {**_ELSEWHERE, "policybot.domain": _IN_DOMAIN})
