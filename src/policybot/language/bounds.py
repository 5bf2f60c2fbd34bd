"""Topic of a lexicon: the words that say how a figure or a date is meant: about, at least, until."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundWords:
    """How figures and dates are meant.

    Everything is a pattern for folded text; ``_before`` right before a figure, ``_behind`` right behind it.

    Attributes:
        about_before: "around", 约.
        at_least_before: "no less than", 至少.
        at_most_before: "up to", 不超过.
        above_before: "more than", 超过.
        below_before: "less than", 不足.
        about_behind: "or so", 左右.
        at_least_behind: "or more", 以上, which includes the figure (Civil Code, art. 1259).
        at_most_behind: "or less", 以内.
        above_behind: 多, 余.
        below_behind: Words behind a figure that is not reached.
        about_far: "About" as ``about_before``, where other words may stand between it and the figure: 约占总值的10%.
        at_least_far: Likewise "at least".
        at_most_far: Likewise "at most".
        particle: What may follow such a word before the figure: 超过了.
        between: What else may stand between such a word and the figure: "about a total of 5".
        denied: "Above" or "below" denied, up to the figure: "not exceeding", 不低于.
        denied_above: Of these, what denies "above".
        until: Right before a date that ends a time: "by".
        since: Right before a date that begins a time: "since".
        part_of_time: What may stand between these and the date: "by the end of".
        until_behind: Right behind a date that ends a time: 以前.
        since_behind: Right behind a date that begins a time: 以来.
        hedge: What may stand between a word of change and its figure: "by about 5 percent".
        change_by: Before a figure that says how much something has changed: "rose by", 增长了.
        change_to: Before one that says where it has got: "rose to", 增长到.
        change_from: Before one that says where it was: "fell from".
        change_from_behind: Behind such a one: 20%上升到.
    """

    about_before: str
    at_least_before: str
    at_most_before: str
    above_before: str
    below_before: str
    about_behind: str
    at_least_behind: str
    at_most_behind: str
    above_behind: str
    below_behind: str
    about_far: str
    at_least_far: str
    at_most_far: str
    particle: str
    between: str
    denied: str
    denied_above: str
    until: str
    since: str
    part_of_time: str
    until_behind: str
    since_behind: str
    hedge: str = ""
    change_by: str = ""
    change_to: str = ""
    change_from: str = ""
    change_from_behind: str = ""
