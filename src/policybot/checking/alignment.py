"""Aligns a sentence with the text that it copies, and finds the words that it replaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from policybot.calibration import CLAUSE_WORDS, COPY_GAP, NEAR_VERBATIM, SHORT_CHANGE, SHORT_SHARE
from policybot.checking.wordings import MASKS
from policybot.language.script import HAN

_TOKEN = re.compile(rf"[{MASKS}]|[^\W\d_{HAN}][^\W\d_{HAN}'’]*|\d+(?:[.,]\d+)*|[{HAN}]|%")
_CLAUSE = re.compile(r"(?:[,;:](?=\s)|[，；：。])\s*")


@dataclass(frozen=True, slots=True)
class Copy:
    """A span of evidence and the part of a sentence that copies it with changes.

    Attributes:
        part: The sentence's text; ``stretch`` is the evidence's.
        replaced: Pairs (sentence's words, evidence's words) in the same place.
    """

    part: str
    stretch: str
    replaced: tuple[tuple[str, str], ...]
    share: float

    @property
    def short(self) -> bool:
        """Whether only its few words make it one: it may as well retell what it copies in part."""
        return self.share < NEAR_VERBATIM


def verbatim(sentence: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts contains the sentence unchanged, except white space and the last full stop.

    It begins where a word or a clause of the text does: 三季度 is not in 前三季度.
    """
    wanted = " ".join(sentence.split()).rstrip(".。")
    if not wanted:
        return False
    for text in texts:
        plain = " ".join(text.split())
        at = plain.find(wanted)
        while at >= 0:
            if at == 0 or not plain[at - 1].isalnum() or not wanted[0].isalnum():
                return True
            at = plain.find(wanted, at + 1)
    return False


def copied(sentence: str, text: str) -> Copy | None:
    """The span of the text that the sentence copies with changes; None when it copies none."""
    tokens, theirs = list(_TOKEN.finditer(sentence)), list(_TOKEN.finditer(text))
    words = [match.group().lower() for match in tokens]
    their_words = [token.group().lower() for token in theirs]
    # What has fewer words in common, in whatever order, need not be aligned.
    # Of a few words more may be others: one changed word of two characters is much of a short sentence.
    least = min(NEAR_VERBATIM * len(words), max(len(words) - SHORT_CHANGE, SHORT_SHARE * len(words)))
    if not words or (Counter(words) & Counter(their_words)).total() < least:
        return None
    matcher = SequenceMatcher(None, words, their_words, autojunk=False)
    blocks = _together([block for block in matcher.get_matching_blocks() if block.size])
    if not blocks or sum(block.size for block in blocks) < least:
        return None
    share = sum(block.size for block in blocks) / len(words)
    first, last = blocks[0], blocks[-1]
    begin = 0 if first.b - first.a <= COPY_GAP else first.b - first.a
    # The words after the last copied word replace as many words of that clause.
    end = min(last.b + last.size + len(words) - last.a - last.size, len(theirs))
    end = _within_clause(text, theirs, last.b + last.size, end)
    replaced = tuple(
        (sentence[tokens[a].start() : tokens[b - 1].end()], text[theirs[c].start() : theirs[d - 1].end()])
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag == "replace" and d <= end
    )
    return Copy(sentence, text[theirs[begin].start() : theirs[end - 1].end()], replaced, share)


def copied_clauses(sentence: str, text: str) -> list[Copy]:
    """The copied clauses of a sentence that is not a copy as a whole but rearranged."""
    return [copy for clause in clauses(sentence) if (copy := copied(clause, text)) is not None]


def _together(blocks: list[Match]) -> list[Match]:
    """The matching blocks without a chance match of one word at either end, far from the others."""
    while len(blocks) > 1 and blocks[-1].size == 1 and _gap(blocks[-2], blocks[-1]) > COPY_GAP:
        blocks = blocks[:-1]
    while len(blocks) > 1 and blocks[0].size == 1 and _gap(blocks[0], blocks[1]) > COPY_GAP:
        blocks = blocks[1:]
    return blocks


def _gap(one: Match, other: Match) -> int:
    """How many words more the text has between two blocks than the sentence."""
    return (other.b - one.b) - (other.a - one.a)


def _within_clause(text: str, tokens: Sequence[re.Match[str]], begin: int, end: int) -> int:
    """The end of the clause within the tokens ``begin`` to ``end``."""
    for number in range(begin, end):
        if _CLAUSE.search(text, tokens[number - 1].end(), tokens[number].start() + 1):
            return number
    return end


def clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence that are long enough to be compared on their own."""
    for clause in _CLAUSE.split(sentence):
        if len(_TOKEN.findall(clause)) >= CLAUSE_WORDS:
            yield clause
