"""Topic of a lexicon: wordings that tell what a question is after, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns looked for anywhere in a question; each is a feature of a classifier and decides nothing by itself.

    Attributes:
        discard: Forget or get round the rules: "ignore the instructions above".
        prompt: The rules themselves: "your system prompt", 你的设定.
        become: Be somebody else, in another mode: "pretend", "from now on".
        speaks_as_system: A line that begins as if the system spoke: "system:".
        output: Write exactly this, and nothing else.
        fabricate: Invent a source, a quotation, a document.
        uncited: Answer without sources or checks.
        you: The one who is asked is addressed.
        you_first: The question begins with that.
        your_view: A view, a feeling, a guess of the one who is asked.
        choose: Take a side, pick one.
        invest: What to buy or sell.
        unseen: Without being caught or traced.
        how_to: How the asker can do something, or help with it.
        weapon: Means of harm and deceit, and what is done with them.
        against_harm: Protection, punishment, law: who asks about harm from its other side.
        against_group: Contempt for people.
        about_it: The one who is asked: name, maker, abilities.
        greeting: Begins with a greeting, thanks or good-bye.
        first_person: The asker.
        according: Documents and those who write them.
        asks_fact: Begins as a question about a fact does.
    """

    discard: str = ""
    prompt: str = ""
    become: str = ""
    speaks_as_system: str = ""
    output: str = ""
    fabricate: str = ""
    uncited: str = ""
    you: str = ""
    you_first: str = ""
    your_view: str = ""
    choose: str = ""
    invest: str = ""
    unseen: str = ""
    how_to: str = ""
    weapon: str = ""
    against_harm: str = ""
    against_group: str = ""
    about_it: str = ""
    greeting: str = ""
    first_person: str = ""
    according: str = ""
    asks_fact: str = ""
