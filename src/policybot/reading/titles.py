"""The title of a document: what the file states if that is a title, else its heading, else its name."""

from __future__ import annotations

import itertools
import re
from pathlib import PurePosixPath
from typing import Literal

from markdown_it import MarkdownIt

from policybot.language import phrases
from policybot.reading.characters import clean_line

TitlePlace = Literal["stated", "heading", "file-name"]

MAX_CHARS = 300

_SEARCHED_CHARS = 64 * 1024
"""How far into a document its first heading is looked for."""

_PROGRAM_TITLE = phrases(
    lambda lexicon: lexicon.pages.untitled,
    form=r"(?:microsoft (?:word|powerpoint|excel)|powerpoint) (?:-.*|presentation)|"
    r"{}[\s_-]*\d*|word document|"
    r".*\.(?:docx?|pdf|rtf|od[tsp]|wps|pptx?|xlsx?|indd|qxp|qxd|tex|dvi|html?|txt|md)|[\W\d_]*",
)


def title_of(stated: str, *, heading: str, name: str) -> tuple[str, TitlePlace]:
    """The first of the three that can be shown, and which it is; never empty, one line, at most 300 characters.

    Args:
        stated: Title that the file states; empty when none.
        heading: First heading; empty when none.
        name: The document's name.
    """
    file_name = PurePosixPath(name).name
    spoken = re.sub(r"[-_\s]+", " ", PurePosixPath(name).stem)
    candidates: tuple[tuple[str, TitlePlace], ...] = (
        (stated, "stated"),
        (heading, "heading"),
        (spoken, "file-name"),
        (file_name, "file-name"),
    )
    for candidate, place in candidates:
        title = clean_line(candidate, limit=MAX_CHARS)
        if title:
            return title, place
    return "?", "file-name"  # a name of nothing but invisible characters


def is_title(property_title: str, *, stem: str) -> bool:
    """Whether a title among a file's properties was given by a person.

    Programs write ``Microsoft Word - draft.doc``, ``untitled`` or the file's own name there.
    """
    title = clean_line(property_title, limit=MAX_CHARS)
    return bool(title) and _PROGRAM_TITLE.fullmatch(title) is None and title.lower() != stem.lower()


def first_heading(markdown: str) -> str:
    """Text of the first heading without its markup; empty when there is none."""
    tokens = MarkdownIt("commonmark").parse(markdown[:_SEARCHED_CHARS])
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(child.content or " " * (child.type == "softbreak") for child in inline.children or ())
            if text.strip():
                return text.strip()
    return ""
