"""What English pages carry beside their text."""

from policybot.language.pages import Pages

PAGES = Pages(
    page=r"page|p\.",
    of_pages="of",
    part_start=r"(?:Chapter|Section|Article|Part|Annex|Appendix)\s+[\dIVX]+\b",
    untitled="untitled|document|unnamed|title|doc|slide",
)
