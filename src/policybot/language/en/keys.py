"""How an entry of what an answer must not state is put in English."""

from policybot.language.keys import Keys

KEYS = Keys(
    judges=r"(?:accepts?|agrees|confirms?|claims?|says?|states?|repeats?)\b(?: that\b)?",
    any_value=r"(?:any|some)\b",
    role=r"\b(?:as|for)\b(?: (?:an?|the)\b)?",
    contrast=r"(?:and |but )?not\b",
    number_sign=r"\bno\.",
)
