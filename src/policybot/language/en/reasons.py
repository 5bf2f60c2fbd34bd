"""Why a stage decided as it did, in English."""

from policybot.language.reasons import Reasons

REASONS = Reasons(
    corrected="Typing mistakes were searched as what was meant: {words}.",
    notes={
        "screening.opinion": "The question asks for an opinion.",
        "screening.harmful": "The question asks for help to do harm.",
        "screening.manipulation": "The question asks for other rules than these.",
        "screening.meta": "The question is about the assistant.",
        "coverage.unanswered": "No document covers the place, the year or the part that the question asks about.",
        "off_topic.passed": "The nearest passage has a relevance of {value} (at least {bound} is needed).",
        "off_topic.off_topic": "The nearest passage has a relevance of {value}; at least {bound} is needed.",
        "off_topic.unanswered": "The nearest passage has a relevance of {value}; at least {bound} is needed.",
        "absence.unanswered": "The documents say themselves that they do not hold this.",
        "premise.passed": "The chat model finds that the question is answered as it was asked.",
        "premise.correction": "No sentence that was read supports what the question takes for granted.",
        "answerability.passed": "The probability that the documents answer this is {value} (at least {bound} needed).",
        "answerability.unanswered": "The probability that the documents answer this is {value}; {bound} is needed.",
        "disagreement.disagreement": "Sentences of different publishers contradict one another.",
        "writing.partial": "Some of what the chat model wrote was left out, because the documents do not support it.",
        "completion.partial": "For a part of the question the documents hold nothing.",
        "completion.unanswered": "No sentence passed its check.",
    },
)
