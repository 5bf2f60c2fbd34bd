"""Aligns a sentence with the text that it copies, and finds the words that it replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from policybot.calibration import CLAUSE_WORDS, COPY_GAP, NEAR_VERBATIM
from policybot.language.script import HAN

_TOKEN = re.compile(rf"[^\W\d_{HAN}][^\W\d_{HAN}'’]*|\d+(?:[.,]\d+)*|[{HAN}]|%")
_CLAUSE = re.compile(r"(?:[,;:](?=\s)|[，；：。])\s*")


@dataclass(frozen=True, slots=True)
class Copy:
    """A span of evidence and the part of a sentence that copies it with changes.

    Attributes:
        part: The sentence's text; ``stretch`` is the evidence's.
        replaced: Pairs (sentence's words, evidence's words) in the same place.
        source: Index of the text that is copied.
    """

    part: str
    stretch: str
    replaced: tuple[tuple[str, str], ...]
    share: float
    source: int


def verbatim(sentence: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts contains the sentence unchanged, except white space and the last full stop."""
    wanted = " ".join(sentence.split()).rstrip(".。")
    return any(wanted in " ".join(text.split()) for text in texts)


def copied(sentence: str, texts: Sequence[str]) -> Copy | None:
    """The best copy: the span of a text that the sentence copies with changes; None when it copies none."""
    tokens = list(_TOKEN.finditer(sentence))
    words = [match.group().lower() for match in tokens]
    best: Copy | None = None
    for number, text in enumerate(texts):
        theirs = list(_TOKEN.finditer(text))
        matcher = SequenceMatcher(None, words, [token.group().lower() for token in theirs], autojunk=False)
        blocks = _together([block for block in matcher.get_matching_blocks() if block.size])
        share = sum(block.size for block in blocks) / max(len(words), 1)
        if share < NEAR_VERBATIM or (best is not None and share <= best.share):
            continue
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
        best = Copy(sentence, text[theirs[begin].start() : theirs[end - 1].end()], replaced, share, number)
    return best


def copied_clauses(sentence: str, texts: Sequence[str]) -> list[Copy]:
    """The copied clauses of a sentence that is not a copy as a whole: rearranged, or from several texts."""
    return [copy for clause in clauses(sentence) if (copy := copied(clause, texts)) is not None]


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
