"""A comparing question -> one question for each comparand; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.calibration import COMPARAND_WORDS, MOST_COMPARANDS
from policybot.language import lexicons, phrases
from policybot.language.questions import Questions
from policybot.text.tokens import CJK, content_tokens

TABLE = phrases(lambda lexicon: lexicon.questions.table)
"""A request for a table."""

REQUEST = phrases(lambda lexicon: lexicon.questions.request, form=r"^\W*{}?")
"""The opening words of a request: "Please give me"."""

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")

_BETWEEN_YEARS = phrases(lambda lexicon: lexicon.questions.between_years)
_BEFORE_YEAR = phrases(lambda lexicon: lexicon.questions.before_year)
_AFTER_YEAR = phrases(lambda lexicon: lexicon.questions.after_year)
_YEAR_MARK = phrases(lambda lexicon: lexicon.questions.year_mark)
_COMPARING = phrases(lambda lexicon: lexicon.questions.comparing_words)
_ARTICLE = phrases(lambda lexicon: lexicon.questions.article, form="^{}")
_ENDS = r"[,;?!.](?:\s|$)|$"
_LENGTHS = range(2, 25)
"""Characters of a comparand in a language without blanks; ``COMPARAND_WORDS`` are those of another one's."""


def comparands(text: str) -> list[tuple[str, str]]:
    """Each comparand as (its question, its label); empty when the question names fewer than two."""
    years = years_asked(text)
    if 2 <= len(years) <= MOST_COMPARANDS:
        return [(of_year(text, year, years), str(year)) for year in years]
    spaced = not re.search(f"[{CJK}]", text)
    for questions in (lexicon.questions for lexicon in lexicons() if lexicon.spaced == spaced):
        if found := _paired(text, questions) if questions.comparands else _split(text, questions):
            return found
    return []


def years_asked(text: str) -> list[int]:
    """The years that a question names, in its order."""
    return [int(year) for year in dict.fromkeys(YEAR.findall(text))]


def of_year(text: str, year: int, years: Sequence[int]) -> str:
    """The question rewritten for one of its years: "budgets of 2030 and 2031" -> "budgets of 2030".

    A year that it does not name is put in the place of the first one.
    """
    if year not in years_asked(text):
        first = YEAR.search(text)
        text = f"{text[: first.start()]}{year}{text[first.end() :]}" if first else text
    others = "|".join(str(other) for other in {*years, *years_asked(text)} if other != year)
    if not others:
        return _compared_away(text)
    between, before, after = _BETWEEN_YEARS.source, _BEFORE_YEAR.source, _AFTER_YEAR.source
    alone = re.sub(rf"\s*(?:{between}|[,，])?\s*(?<!\d)(?:{others})(?!\d){_YEAR_MARK.source}?", " ", text)
    alone = re.sub(rf"{before}\s*(?={year})|(?<={year})\s*{after}\s*(?=\s|$)", " ", alone, flags=re.IGNORECASE)
    return _compared_away(alone)


def _paired(text: str, questions: Questions) -> list[tuple[str, str]]:
    """The comparands that one pattern matches, the last one without the question's text after it."""
    for match in re.finditer(questions.comparands, TABLE.sub(" ", text).rstrip(" ?.!"), re.IGNORECASE):
        whole = match.string
        groups = [(name, value) for name, value in match.groupdict().items() if value]
        (first, a), (second, b) = groups[0], groups[1]
        begin, end = match.start(first), match.end(second)
        heads = list(re.finditer(questions.before_comparand, a, re.IGNORECASE))
        if heads and first in questions.loose_comparands:
            begin += heads[-1].end()
            a = a[heads[-1].end() :]
        tail = re.search(f"{questions.after_comparand}|{_ENDS}", b, re.IGNORECASE)
        if tail and tail.start():
            end = match.start(second) + tail.start()
            b = b[: tail.start()]
        a, b = a.strip(), b.strip()
        shared = re.match(rf"(?P<who>.+?)(?P<of>{questions.possessive} .+)$", b) if questions.possessive else None
        if shared and re.search(f"{questions.possessive}$", a):
            # "The council's and the union's demands": "demands" belongs to both.
            a, b = re.sub(f"{questions.possessive}$", "", a), shared["who"]
            end = match.start(second) + len(shared["who"])
        labels = [part for part in re.split(rf",\s*(?:{questions.and_word}\s+)?", a) if part] + [b]
        short = all(0 < len(content_tokens(label)) <= COMPARAND_WORDS for label in labels)
        if short and len(labels) <= MOST_COMPARANDS:
            return [(_compared_away(f"{whole[:begin]}{label}{whole[end:]}"), _name(label)) for label in labels]
    return []


def _split(text: str, questions: Questions) -> list[tuple[str, str]]:
    """The comparands on both sides of each "and"."""
    whole = re.sub(questions.before_comparands, "", TABLE.sub("", text).strip()).rstrip(" ？?。！!")
    and_between = re.compile(questions.and_between)
    if not questions.and_between or and_between.search(whole) is None:
        return []
    # The text after the last "and" is the last comparand, then what is asked about all of them.
    parts = [part for part in and_between.split(whole, maxsplit=MOST_COMPARANDS - 1) if part]
    rest = re.compile(questions.after_comparands).search(parts[-1], 2)
    tail = rest.group() if rest else ""
    labels = [*parts[:-1], parts[-1].removesuffix(tail) if tail else parts[-1]]
    if len(labels) < 2 or not all(len(label) in _LENGTHS for label in labels):
        return []
    return [(_compared_away(f"{label}{tail}"), _name(label)) for label in labels]


def _compared_away(text: str) -> str:
    """A comparand's question without comparing words such as "compare" and "difference between"."""
    bare = REQUEST.sub(" ", _COMPARING.sub(" ", TABLE.sub(" ", text)), count=1)
    bare = re.sub(
        r"\(\s*[,，、]?\s*|\s+[,，、](?=\s|\))|（\s*[、，]?\s*", lambda m: m.group()[:1].strip(" ,，、"), bare
    )
    return " ".join(bare.split()).strip(" ,，;；:：?？.。!！")


def _name(text: str) -> str:
    return _ARTICLE.sub("", text.strip())
