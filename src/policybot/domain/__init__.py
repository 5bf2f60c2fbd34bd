"""The nouns of policybot: frozen values that import the standard library, the errors and what makes text plain.

Offsets are characters (Unicode code points) in ``Document.text``, start included, end excluded, so that
``document.text[passage.start:passage.end] == passage.text`` and
``document.text[citation.start:citation.end] == citation.quote`` always hold.
"""

from policybot.domain.answers import (
    Answer,
    AnswerEvent,
    AnswerKind,
    Citation,
    Delta,
    Done,
    Evidence,
    Found,
    Hit,
    Sentence,
    Status,
    Verdict,
)
from policybot.domain.documents import (
    Document,
    DocumentSummary,
    Markup,
    Metadata,
    Origin,
    Passage,
    PassagePoint,
)
from policybot.domain.indexing import (
    IndexFailure,
    IndexPlan,
    IndexReport,
    Progress,
)
from policybot.domain.questions import (
    ANSWER_LANGUAGES,
    AnswerLanguage,
    Filter,
    Role,
    Turn,
    Wanted,
)

__all__ = [
    "ANSWER_LANGUAGES",
    "Answer",
    "AnswerEvent",
    "AnswerKind",
    "AnswerLanguage",
    "Citation",
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
    "Markup",
    "Metadata",
    "Origin",
    "Passage",
    "PassagePoint",
    "Progress",
    "Role",
    "Sentence",
    "Status",
    "Turn",
    "Verdict",
    "Wanted",
]
