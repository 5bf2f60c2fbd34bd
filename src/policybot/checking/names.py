"""Finds names in a sentence that a text does not contain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.calibration import CAPITALISED_ABOVE, CAPITALISED_WORDS, NAME_STEM
from policybot.language import phrases, vocabulary
from policybot.language.script import HAN
from policybot.text.notation import in_one_notation
from policybot.text.tokens import STOP_WORDS

_WORD = re.compile(r"[^\W\d_][\w'’&-]*", re.UNICODE)
_MONTHS_AND_DAYS = vocabulary(
    lambda lexicon: {name.lower() for name in lexicon.calendar.month_names} | lexicon.calendar.weekdays
)

_TITLE = re.compile(r"《([^》]+)》")
_BODY = phrases(lambda lexicon: lexicon.people.body)
_LONG_KINDS = vocabulary(lambda lexicon: lexicon.people.long_kinds)


def capitalised(text: str) -> list[str]:
    """English names in the text, word by word, in order: capitalised words that do not begin a sentence.

    None for a text that capitalises most words, such as a title, where names cannot be recognised.
    """
    found: list[str] = []
    words = [match for match in _WORD.finditer(text) if match.group().isascii()]
    capitals = sum(match.group()[0].isupper() for match in words)
    if capitals > len(words) * CAPITALISED_ABOVE and len(words) > CAPITALISED_WORDS:
        return []
    for match in words:
        word = re.sub(r"['’]s$", "", match.group())
        named = not _begins(text, match.start()) or (word.isupper() and len(word) > 2)
        common = word.lower() in STOP_WORDS or word.lower() in _MONTHS_AND_DAYS
        if any(c.isupper() for c in word) and len(word) > 1 and named and not common:
            found.append(word)
    return found


def placed_names(text: str) -> list[tuple[str, int, int]]:
    """English names of more than one capital or several words, lower case, with their offsets in the folded text."""
    plain = in_one_notation(text)
    names = set(capitalised(plain))
    found = [(match.group(), *match.span()) for match in _WORD.finditer(plain) if match.group() in names]
    joined: list[tuple[str, int, int]] = []
    for name, start, end in found:
        if joined and plain[joined[-1][2] : start] == " ":
            joined[-1] = (f"{joined[-1][0]} {name.lower()}", joined[-1][1], end)
        else:
            joined.append((name.lower(), start, end))
    return joined


def first_word(text: str) -> str:
    """The first word if it may be a name: not a function word, and without a comma after it; else empty."""
    match = re.match(r"\W*([A-Z][\w'’&-]+)(,?)", text)
    if match is None or match[2] or not match[1].isascii() or match[1].lower() in STOP_WORDS:
        return ""
    return re.sub(r"['’]s$", "", match[1])


def unknown_names(names: Sequence[str], text: str) -> list[str]:
    """The English names that the text does not contain in this or a related form, nor spelled out."""
    words = [match.group() for match in _WORD.finditer(text)]
    held = {word.lower() for word in words} | {part for word in words for part in re.split(r"[-’']", word.lower())}
    stems = {word[:NAME_STEM] for word in held if len(word) >= NAME_STEM}
    initials = "".join(word[0] for word in words if word[0].isupper())

    def known(name: str) -> bool:
        lower = name.lower()
        if lower in held or (len(lower) >= NAME_STEM and not name.isupper() and lower[:NAME_STEM] in stems):
            return True
        if name.isupper() and lower.upper() in initials:
            return True
        parts = [part for part in re.split(r"[-’'&]", name) if part]
        return len(parts) > 1 and all(known(part) for part in parts)

    return [name for name in dict.fromkeys(names) if not known(name)]


def unknown_chinese_names(sentence: str, text: str) -> list[str]:
    """Titles in 《》 and bodies (…部, …省, …大学) of a Chinese sentence that the text does not contain.

    A body is found by its last three characters, also in this order within a longer name: 工信部 is 工业和信息化部.
    """
    missing = [title for title in _TITLE.findall(sentence) if _loosely(title) not in _loosely(text)]
    for match in _BODY.finditer(sentence):
        name = match.group()[-4 if match.group()[-2:] in _LONG_KINDS else -3 :]
        if name not in text and not re.search(f"[{HAN}]{{0,5}}".join(map(re.escape, name)), text):
            missing.append(name)
    return missing


def _begins(text: str, offset: int) -> bool:
    """Whether a sentence, a line or a quotation begins here."""
    return re.search(r"(?:^|[.!?:;。！？：；\n|“\"(（])[\s*_\-•\d.)）“\"]*$", text[:offset]) is not None


def _loosely(text: str) -> str:
    """The text without blanks and punctuation, which vary in quoted titles."""
    return re.sub(r"[\W_]+", "", text)
