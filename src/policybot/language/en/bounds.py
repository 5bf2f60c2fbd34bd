"""English words that say how a figure or a date is meant."""

from policybot.language.bounds import BoundWords

BOUNDS = BoundWords(
    about_before=r"about|around|approximately|approx\.?|roughly|some|circa|nearly|almost|close to|an estimated",
    at_least_before=r"at least|no less than|not less than|no fewer than|not fewer than|a minimum of|min\.",
    at_most_before="at most|up to|no more than|not more than|a maximum of|not exceeding|not exceed",
    above_before=(
        "more than|over|exceeding|exceeds?|exceeded|above|greater than|higher than|surpass(?:ed|es|ing)?"
        "|pass(?:es|ed|ing)?|topp(?:ed|ing)"
    ),
    below_before="less than|fewer than|under|below|lower than",
    about_behind="or so|(?:percent |%)?or thereabouts",
    at_least_behind="or more|and above|or above|or higher|at least",
    at_most_behind="or less|or fewer|or below|or lower|at most",
    above_behind="",
    below_behind="",
    about_far="",
    at_least_far="",
    at_most_far="",
    particle="",
    between=r"rmb\s?|us\$|hk\$|a total of\s|the\s",
    denied=(
        r"(?:(?:no|not|does not|did not|don't|doesn't|won't) )(?:more|less|fewer|higher|lower|exceed)\w*(?: than)?\s*$"
    ),
    denied_above=r"(?:more|higher|exceed\w*)(?: than)?\s*$",
    until=r"\b(?:by|before|until|till|up to|no later than|to)",
    since=r"\b(?:since|after|from|starting(?: in| on)?|as of|beginning(?: in| on)?|effective)",
    part_of_time="the end of |the |early |late |mid-",
    until_behind="",
    since_behind=r"\s*(?:on|onwards?)\b(?! \d)",
)
