"""Passage -> what the keyword index holds for it; pure."""

from __future__ import annotations

from policybot.domain import Passage
from policybot.text.quantities import figure_tokens
from policybot.text.tokens import keyword_tokens


def passage_tokens(passage: Passage) -> str:
    """The keyword tokens of a passage and its figures, between blanks.

    The title and section weigh as much as the text: a passage rarely repeats what it is about.
    """
    text = passage.text_with_heading
    return " ".join((*keyword_tokens(text), *figure_tokens(text)))
