"""Topic of a lexicon: how a question, or a title, says whose document it means and of which year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sources:
    """How the place, the issuer, the year and the kind of documents are named.

    Fields are sources of regular expressions, matched in folded text; what stands before a name ends in ``$``. A place,
    or an issuer, of which a question may ask is a name of ``text/places.yaml``.

    Attributes:
        kinds: Kinds of documents that come out every year, by name -> pattern; every language has the same names.
        place_end: What may follow a place's name as part of it: "Province", 省.
        short_end: What follows one name of a single character, without which it names no place: 省 in 粤省.
        shorts_end: Likewise what follows several: 两省 in 苏浙两省.
        government: What follows a place's name where its government or an office of it is meant: "'s People's
            Government", 人民政府, 省长.
        government_before: What stands before a place's name likewise: "Government of".
        part_of_name: What follows a place's name where both are the name of something else: 大学; matched with case:
            "Beijing Declaration".
        passing: What stands before a place that a question only mentions: "exports to", 运往.
        asker: The beginning of a clause about who asks, up to a place in it: "I live in", 我在.
        joins: What joins names, or years, of a list.
        year_end: What may follow the figures of a year.
        between: What may stand between the place, the issuer or the year and the kind of a document: "government work",
            的.
        of_year: What stands between a kind of document and the year, the place or the issuer behind it: "of the".
        of_issuer: What stands between a kind of document and its place or issuer behind it alone: "by the".
        of_more: What stands behind a kind of document that is named by more than its year: "on", "by".
        alone_before: What stands before a document that is named by its year alone: "in the".
        previous: The year before the one that the conversation is about: "last year's", 上一年.
        same: That year itself: "that year's", 当年.
        national: What is meant for the whole country and none of its parts.
        each_edition: What asks for every edition of a text: "each of the reports", 历年.
        span: What joins the first and the last year of a span: "to", 至.
        left_over: What is left at the ends of a question whose editions are cut out: 的.
        both: Words for the places or years that were asked about before, together: "both", 两省.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    place_end: str = ""
    short_end: str = ""
    shorts_end: str = ""
    government: str = ""
    government_before: str = ""
    part_of_name: str = ""
    passing: str = ""
    asker: str = ""
    joins: str = ""
    year_end: str = ""
    between: str = ""
    of_year: str = ""
    of_issuer: str = ""
    of_more: str = ""
    alone_before: str = ""
    previous: str = ""
    same: str = ""
    national: str = ""
    each_edition: str = ""
    span: str = ""
    left_over: str = ""
    both: str = ""
