"""The language of a text, for questions of two words as well as for whole documents.

Statistical detectors fail on what people ask here: short questions full of names, half in each script. So
scripts are counted first, and the words that make a sentence decide between Chinese and English:
"What is 新质生产力?" is English although most of its characters are Chinese, and "AI Plus是什么？" is Chinese
although its name is English.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

import py3langid

from policybot.calibration import FOREIGN_LEAD, HAN_PER_WORD, KANA_SHARE, SHORT_TEXT, SURE_WORDS
from policybot.language import Phrases, Vocabulary, codes, lexicon, others, phrases, vocabulary
from policybot.language.script import HAN, fold_script
from policybot.language.words import Words

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
_OTHER_LETTER = re.compile("[\u0370-\u10ff\u1e00-\u1fff]")  # Greek, Cyrillic, Hebrew, Arabic, Indic, Thai…
_ADDRESS = re.compile(r"https?://[!-~]+")
# Bounded, so that one unpaired mark does not take a page away.
_QUOTED = re.compile(
    r"《[^》]{1,200}》|“[^”]{1,200}”|「[^」]{1,200}」|\"[^\"\n]{1,200}\"|\([^)]{1,200}\)|（[^）]{1,200}）"
)


def _between_blanks(field: Callable[[Words], frozenset[str]]) -> Vocabulary:
    """The words of the languages that write blanks between them."""
    return vocabulary(lambda lexicon: field(lexicon.words) if lexicon.spaced else frozenset())


def _anywhere(field: Callable[[Words], frozenset[str]]) -> Phrases:
    """Those of the languages that write none."""
    return phrases(lambda lexicon: "" if lexicon.spaced else "|".join(map(re.escape, sorted(field(lexicon.words)))))


_TELLING = tuple(
    (_between_blanks(field), _anywhere(field)) for field in (lambda words: words.asking, lambda words: words.linking)
)
"""Words that tell a sentence's language, the more telling ones first."""


class Guess(NamedTuple):
    """A language and whether there is text enough to rely on it."""

    code: str
    sure: bool


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language that a question, a passage or a document is written in.

    Chinese in any script is ``zh``. A text without letters is ``en``, as is a lone name in Latin letters.
    """
    return guess(text).code


def guess(text: str) -> Guess:
    """The language of the text, and whether it is sure enough to overrule what a file declares."""
    text = _ADDRESS.sub(" ", fold_script(_sampled(text)))
    han, kana, hangul = (len(script.findall(text)) for script in (_HAN, _KANA, _HANGUL))
    words = _LATIN_WORD.findall(text)
    others = len(_OTHER_LETTER.findall(text))
    east_asian = (han + kana + hangul) / HAN_PER_WORD
    sure = east_asian + len(words) + others / 5 >= SURE_WORDS
    if others / 5 > max(len(words), east_asian):
        return Guess(_ranked(text)[0], sure)
    if hangul > han + kana and hangul / 2 > len(words):
        return Guess("ko", sure)
    if kana > KANA_SHARE * (han + kana) and east_asian > len(words) / 2:
        return Guess("ja", sure)
    if han and _is_chinese(text):
        return Guess("zh", sure)
    return Guess(_latin(text, words) if words and not han else "en", sure)


def normalise(tag: str) -> str:
    """ISO 639-1 code of a tag or name: ``zh`` for ``zh-CN``, ``zh_Hans``, ``Chinese``; empty when unknown."""
    value = fold_script(tag.strip().lower())
    if code := _named(value):
        return code
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", value)
    if match is None:
        return ""
    primary = match[1]
    return primary if len(primary) == 2 else _named(primary)


def _named(name: str) -> str:
    """The code of the language with this name; empty for an unknown one."""
    return next((code for code in codes() if name in lexicon(code).words.names), "") or others.NAMES.get(name, "")


def _is_chinese(text: str) -> bool:
    """Whether a text with Chinese characters is Chinese, not one in Latin letters with Chinese names."""
    unquoted = _QUOTED.sub(" ", text)
    sentence = unquoted if _HAN.search(unquoted) or _LATIN_WORD.search(unquoted) else text
    if len(text) > SHORT_TEXT:
        return _outweighs(sentence)
    words = [word.lower() for word in _LATIN_WORD.findall(sentence)]
    for between_blanks, anywhere in _TELLING:
        in_latin = not between_blanks.words.isdisjoint(words)
        in_chinese = anywhere.search(sentence) is not None
        if in_latin != in_chinese:
            return in_chinese
    return _outweighs(sentence)


def _outweighs(text: str) -> bool:
    """Whether the Chinese characters say more than the words in small letters; capitals are mostly names."""
    words = _LATIN_WORD.findall(text)
    plain = sum(1 for word in words if word[0].islower())
    return len(_HAN.findall(text)) / HAN_PER_WORD > (plain if plain or len(text) <= SHORT_TEXT else len(words))


def _latin(text: str, words: list[str]) -> str:
    """Language of a text in Latin letters: English unless another one clearly leads."""
    if len(words) < 3:
        return "en"
    code, lead = _ranked(text)
    return code if lead / math.sqrt(len(text.encode("utf-8", "replace"))) > FOREIGN_LEAD else "en"


def _ranked(text: str) -> tuple[str, float]:
    """The likeliest of the candidates and by how much it leads over English, in log probability."""
    scores = {code: score for code, score in py3langid.rank(text) if code in others.CODES}
    best = max(scores, key=scores.__getitem__)
    return best, scores[best] - scores["en"]


def _sampled(text: str, *, most: int = 12_000) -> str:
    """The text, or three stretches of it: a cover sheet may be in another language than the document."""
    if len(text) <= most:
        return text
    part, middle = most // 3, len(text) // 2
    return f"{text[:part]} {text[middle : middle + part]} {text[-part:]}"
