"""English words that say how a figure or a date is meant."""

from policybot.language.bounds import BoundWords

BOUNDS = BoundWords(
    about_before=r"about|around|approximately|approx\.?|roughly|some|circa|nearly|almost|close to|an estimated",
    at_least_before=r"at least|no less than|not less than|no fewer than|not fewer than|a minimum of|min\.",
    at_most_before="at most|within|up to|no more than|not more than|a maximum of|capped at|not exceeding|not exceed",
    above_before=(
        "more than|older than|over|exceeding|exceeds?|exceeded|above|greater than|higher than|surpass(?:ed|es|ing)?"
        "|pass(?:es|ed|ing)?|topp(?:ed|ing)"
    ),
    below_before="less than|younger than|fewer than|under|below|lower than",
    about_behind="or so|(?:percent |%)?or thereabouts",
    at_least_behind="or more|(?:or|and) (?:over|older)|and above|or above|or higher|at least",
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
    hedge=(
        "about|around|approximately|roughly|some|nearly|almost|more than|over|at least|at most|up to|less than|under"
        "|an? (?:estimated|average of)|the equivalent of"
    ),
    change_by=(
        r"\b(?:ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|increas\w+|gain(?:s|ed)?|rais(?:e|es|ed|ing)|expand\w*"
        r"|climb\w*|fall(?:s|en|ing)?|fell|declin\w+|decreas\w+|dropp?(?:s|ed|ing)?|lower(?:s|ed|ing)?|reduc\w+"
        r"|shr[iau]nk\w*|cut(?:s|ting)?|up|down|moved?)(?: by| of)?|\b(?<!followed )by"
    ),
    change_to=(
        r"\b(?:ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|increas\w+|rais(?:e|es|ed|ing)|expand\w*|climb\w*"
        r"|fall(?:s|en|ing)?|fell|declin\w+|decreas\w+|dropp?(?:s|ed|ing)?|lower(?:s|ed|ing)?|reduc\w+|brought|moved?"
        r"|shr[iau]nk\w*|cut(?:s|ting)?|up|down|percent|points?|yuan|dollars|tonnes|people|\d+)(?: back)? to|% to"
    ),
    change_from=r"\b(?:from|compared with)",
    change_from_behind="",
    until=r"\b(?:by|before|until|till|up to|no later than|to)",
    since=r"\b(?:since|after|from|starting(?: in| on)?|as of|beginning(?: in| on)?|effective)",
    part_of_time="the end of |the |early |late |mid-",
    until_behind="",
    since_behind=r"\s*(?:on|onwards?)\b(?! \d)",
)
