"""What policybot says in English."""

from policybot.language.messages import Messages

MESSAGES = Messages(
    kinds={
        "full": "",
        "partial": "The indexed documents say no more about what you asked.",
        "disagreement": "The documents do not agree on this:",
        "correction": "The documents do not bear out what the question takes for granted. They say:",
        "unanswered": "The indexed documents do not answer this question.",
        "off_topic": "This is not what the indexed documents are about, so there is nothing to answer from.",
        "opinion": "I take no side and give no opinion of my own. I can tell you what the documents say, and who says "
        "it.",
        "harmful": "I do not help with that. I can answer questions about the indexed documents.",
        "manipulation": "I keep to my task: answering from the indexed documents, with citations. Ask me about them.",
        "meta": "I answer questions about the indexed documents, in English and Chinese, and cite the passage behind "
        "every sentence. When they do not hold the answer, I say so.",
    },
    nothing_about="The indexed documents hold nothing about {missing}.",
    separator=", ",
    quoted="“{name}”",
    colon=": ",
    date="{day} {month} {year}",
    month="{month} {year}",
    year="{year}",
    section_question="What does “{title}” say under “{heading}”?",
    nested_quotes={},
    asked="Asked",
    answered="Answered",
    large_numbers={"trillion": 1e12, "billion": 1e9, "million": 1e6},
    large_number=r"[ -](?P<scale>trillion|billion|million)\b",
    large_number_written="{figure} {scale}",
    records={"publisher": "Published by", "published": "Published on", "url": "Address"},
    shortest_translation=1.0,
)
