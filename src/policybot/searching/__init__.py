"""Question -> ranked hits, and the sentences in them that bear on the question."""

from policybot.searching.evidence import EvidenceSelector
from policybot.searching.glossing import Glosser
from policybot.searching.hits import Searcher
from policybot.searching.query import Absent, Located, Query, is_follow_up
from policybot.searching.scoring import SentenceScorer
from policybot.searching.spelling import Speller, corrected
from policybot.searching.translating import QuestionTranslator, QuestionWriter, languages_to_meet

__all__ = [
    "Absent",
    "EvidenceSelector",
    "Glosser",
    "Located",
    "Query",
    "QuestionTranslator",
    "QuestionWriter",
    "Searcher",
    "SentenceScorer",
    "Speller",
    "corrected",
    "is_follow_up",
    "languages_to_meet",
]
