"""The nouns of policybot: frozen values that import the standard library, the errors and what makes text plain.

Offsets are characters (Unicode code points) in ``Document.text``, start included, end excluded, so that
``document.text[passage.start:passage.end] == passage.text`` and
``document.text[citation.start:citation.end] == citation.quote`` always hold.
"""

from policybot.domain.answers import (
    ABSTAINING,
    Answer,
    AnswerEvent,
    AnswerKind,
    Citation,
    Decision,
    Delta,
    Done,
    Evidence,
    Found,
    Hit,
    Outcome,
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
    full_title,
    told_apart,
)
from policybot.domain.indexing import (
    IndexFailure,
    IndexPlan,
    IndexReport,
    OnProgress,
    Progress,
)
from policybot.domain.questions import (
    ANSWER_LANGUAGES,
    WRITTEN_LANGUAGES,
    AnswerLanguage,
    Filter,
    Role,
    Turn,
    Wanted,
)

__all__ = [
    "ABSTAINING",
    "ANSWER_LANGUAGES",
    "WRITTEN_LANGUAGES",
    "Answer",
    "AnswerEvent",
    "AnswerKind",
    "AnswerLanguage",
    "Citation",
    "Decision",
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
    "OnProgress",
    "Origin",
    "Outcome",
    "Passage",
    "PassagePoint",
    "Progress",
    "Role",
    "Sentence",
    "Status",
    "Turn",
    "Verdict",
    "Wanted",
    "full_title",
    "told_apart",
]
