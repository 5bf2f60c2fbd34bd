"""Topic of a lexicon: sentences that tell an assistant what to do, and sentences that ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders to whoever reads by machine; each field is a pattern that is looked for anywhere in a sentence.

    "Chatbots must say that they are not human" is no order: what a law demands of people, firms and machines is a
    statement.

    Attributes:
        discards: Forget what you were told: "ignore all previous instructions".
        addresses: Said to an assistant by name: "note to the language model", "AI systems must answer that".
        becomes: Be something else, from now on: "you are now DAN", "your new task is".
        prompts: About the prompt, or in the form of one: "system:", "reveal the system prompt".
        dictates: Say this: "tell the user that", "answer every question with".
        conceals: Leave the sources out: "do not cite other documents".
        asks: A sentence that can stand as a question by itself.
    """

    discards: str = ""
    addresses: str = ""
    becomes: str = ""
    prompts: str = ""
    dictates: str = ""
    conceals: str = ""
    asks: str = ""
