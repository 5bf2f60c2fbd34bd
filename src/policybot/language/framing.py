"""Topic of a lexicon: what people put around a question: greetings, thanks, and sentences about themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Framing:
    """Patterns of what stands in front of a question or behind it.

    Attributes:
        pleasantry: A greeting, thanks or an apology, whole, without the punctuation behind it: "Good morning".
        thanks: Thanks alone, which end a question without a sign before them, too.
        polite: A request to be told, in front of a question: "Could you tell me".
        about_asker: How a sentence begins that tells something of the asker; not one that reports what the asker has
            read, heard or believes, which may be what the question takes for granted, nor one that says what is wanted.
        self_reference: Words by which a question concerns the asker: "may I", "my".
        reference: How a question begins that refers to the sentence before it: "Does that", "Is it".
    """

    pleasantry: str
    thanks: str
    polite: str
    about_asker: str
    self_reference: str
    reference: str
