"""Patterns of a question's wording, as classifier features beside its embedding.

An embedding mostly reflects the subject; these patterns reflect who is addressed and what is wanted of them.
None of them decides on its own.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
import unicodedata
from collections.abc import Callable, Sequence

from policybot.calibration import GREETING_WORDS, LONG_QUESTION
from policybot.language import Phrases, phrases
from policybot.language.cues import Cues
from policybot.language.script import HAN, fold_script

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_SPACED = re.compile(r"(?<!\S)(?:\S[ \t]+){4,}\S(?!\S)")
"""Five or more characters separated by blanks: a word spelt out to evade detection."""

_ENCODED = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}|(?:[0-9a-fA-F]{2}){16,}|(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}){4,}")

_LEET = str.maketrans("013457@$", "oieastas")

_MARKUP = re.compile(r"<[a-z!/][^>]*>|!?\[[^\]]*\]\([^)]*\)|\bon(error|load|click)\s*=|javascript:", re.IGNORECASE)


def _cue(field: Callable[[Cues], str], form: str = "{}") -> Phrases:
    return phrases(lambda lexicon: field(lexicon.cues), form=form)


CUES: tuple[tuple[str, Phrases | re.Pattern[str]], ...] = (
    # Of the rules
    ("discard", _cue(lambda cues: cues.discard)),
    ("prompt", _cue(lambda cues: cues.prompt)),
    ("become", _cue(lambda cues: cues.become)),
    ("speaks_as_system", _cue(lambda cues: cues.speaks_as_system, r"<\|?/?(?:system|im_start|inst)|{}")),
    ("output", _cue(lambda cues: cues.output)),
    ("markup", _MARKUP),
    ("fabricate", _cue(lambda cues: cues.fabricate)),
    ("uncited", _cue(lambda cues: cues.uncited)),
    # Of the one who is asked
    ("you", _cue(lambda cues: cues.you)),
    ("you_first", _cue(lambda cues: cues.you_first)),
    ("your_view", _cue(lambda cues: cues.your_view)),
    ("choose", _cue(lambda cues: cues.choose)),
    ("invest", _cue(lambda cues: cues.invest)),
    # Of harm
    ("unseen", _cue(lambda cues: cues.unseen)),
    ("how_to", _cue(lambda cues: cues.how_to)),
    ("weapon", _cue(lambda cues: cues.weapon)),
    ("against_harm", _cue(lambda cues: cues.against_harm)),
    ("against_group", _cue(lambda cues: cues.against_group)),
    # Of talk
    ("about_it", _cue(lambda cues: cues.about_it)),
    ("greeting", _cue(lambda cues: cues.greeting)),
    # Of the asker's own affairs
    ("first_person", _cue(lambda cues: cues.first_person)),
    # Of the documents
    ("according", _cue(lambda cues: cues.according)),
    ("asks_fact", _cue(lambda cues: cues.asks_fact)),
)
"""Name and pattern; each is one feature, 1 where the pattern matches. Documented in ``language.cues.Cues``."""

_WORD = re.compile(rf"[a-z0-9']+|[{HAN}]{{2}}", re.IGNORECASE)
_LEETED = re.compile(r"[a-z][013457@$]|[013457@$][a-z]", re.IGNORECASE)
_PLACES = {name: place for place, (name, _) in enumerate(CUES)}


def normalised(question: str) -> str:
    """The question for screening: in one script, without hidden characters, spelt-out words joined."""
    text = fold_script(unicodedata.normalize("NFKC", question))
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    text = _SPACED.sub(_joined, text)
    return " ".join(text.split())


def decoded(question: str) -> str:
    """The question's parts in base64, hex or escapes, decoded; empty when there are none."""
    found = (_plain(match.group()) for match in _ENCODED.finditer(question))
    return " ".join(text for text in found if text)


def features(question: str) -> Sequence[float]:
    """One number for each cue, in the order of ``CUES``, then combinations of some, and the length."""
    words = len(_WORD.findall(question))
    plain = question.translate(_LEET) if _LEETED.search(question) else ""
    found = [float(bool(pattern.search(question) or (plain and pattern.search(plain)))) for _, pattern in CUES]
    greeted, harm, against = (found[_PLACES[name]] for name in ("greeting", "weapon", "against_harm"))
    return [
        *found,
        float(bool(_ENCODED.search(question))),
        greeted * (words <= GREETING_WORDS),
        harm * found[_PLACES["how_to"]] * (1 - against),
        found[_PLACES["you"]] * found[_PLACES["first_person"]],
        min(words, LONG_QUESTION) / LONG_QUESTION,
    ]


def _joined(match: re.Match[str]) -> str:
    """Spelt-out characters joined to words; a wider gap separates two words."""
    words = re.split(r"[ \t]{2,}", match.group())
    return " ".join("".join(word.split()) for word in words)


def _plain(encoded: str) -> str:
    """The printable text that the characters decode to; else empty."""
    candidates: list[bytes] = []
    if encoded.startswith("\\"):
        candidates.append(encoded.encode("ascii").decode("unicode_escape").encode("utf-8", "replace"))
    else:
        # Identifiers and long numbers that are not base64 are left as they are.
        with contextlib.suppress(binascii.Error, ValueError):
            candidates.append(base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True))
        if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", encoded):
            candidates.append(bytes.fromhex(encoded))
    for candidate in candidates:
        try:
            text = candidate.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if text.strip() and all(c.isprintable() or c.isspace() for c in text):
            return text
    return ""
