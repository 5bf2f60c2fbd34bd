"""Topic of a lexicon: what pages carry beside their text, and what programs call a file without a title."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """Page numbers, the beginnings of items, and titles that nobody has given.

    Fields are sources of regular expressions, matched ignoring case but where they say otherwise.

    Attributes:
        page: What stands before a page's number: "page".
        of_pages: What stands between it and the number of pages: "of".
        numbered: A page's number with words on both sides of it, whole: 第3页共9页.
        part_start: How a line begins that begins a paragraph, whatever stands before it: the label of a part or of an
            item, "Article 5", （二）. Matched with case: "article 5" stands within sentences.
        untitled: What programs call a document that nobody has given a title, less the figures behind: "untitled".
    """

    page: str = ""
    of_pages: str = ""
    numbered: str = ""
    part_start: str = ""
    untitled: str = ""
