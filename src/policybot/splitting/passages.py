"""Blocks -> passages of about the wanted size."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator

from policybot.domain import Document, Passage
from policybot.splitting.blocks import Block, blocks
from policybot.text.sentences import Span, clause_spans, sentence_spans
from policybot.text.tokens import token_count

SPLITTER_VERSION = 3
"""Raised whenever the same document would be split otherwise, so that indexes are brought up to date."""

_LONGEST_CUT = 2000
"""Characters after which a sentence without any end is cut all the same (a table dumped in one line, say)."""


_CHARS_PER_TOKEN = 40
"""Words have 4 to 6 characters a token; only what is no text, or a table padded with blanks, has 40."""


def split(document: Document, *, target_tokens: int, detect_language: Callable[[str], str]) -> tuple[Passage, ...]:
    """Split a document into passages in reading order.

    A passage never crosses a heading. Blocks (paragraphs, list items, tables) are packed into one passage while
    they fit in ``target_tokens`` (estimated model tokens); a list stays with the paragraph that leads into it as
    far as it fits. A block larger than that is cut between sentences, a sentence larger than that
    between its clauses, and a clause at blanks.

    Always: ``document.text[p.start:p.end] == p.text``; passages do not overlap; every word of the body stands in a
    passage or in a heading.
    """
    spans = [
        (start, end, section)
        for section, members in _sections(blocks(document))
        for start, end in _pack(document.text, members, target_tokens)
    ]
    seen: Counter[str] = Counter()
    passages = []
    for ordinal, (start, end, section) in enumerate(spans):
        text = document.text[start:end]
        place = "\0".join((document.id, document.metadata.title, *section, text))
        seen[place] += 1
        digest = hashlib.sha256(f"{place}\0{seen[place]}".encode("utf-8", "surrogatepass"))
        passages.append(
            Passage(
                id=digest.hexdigest()[:32],
                document_id=document.id,
                document=document.name,
                title=document.metadata.title,
                text=text,
                start=start,
                end=end,
                section=section,
                page=document.page_at(start),
                language=detect_language(text),
                ordinal=ordinal,
            )
        )
    return tuple(passages)


def _sections(found: list[Block]) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Neighbouring blocks under the same heading."""
    members: list[Block] = []
    for block in found:
        if members and block.section != members[-1].section:
            yield members[-1].section, members
            members = []
        members.append(block)
    if members:
        yield members[-1].section, members


def _pack(text: str, members: list[Block], target: int) -> Iterator[Span]:
    """Spans of up to ``target`` tokens made of whole blocks, or of sentences of a block that is larger."""
    pieces: list[Span] = []
    for block in members:
        if _size(text[block.start : block.end]) <= target:
            pieces.append((block.start, block.end))
        else:
            for start, end in sentence_spans(text, block.start, block.end):
                whole = _size(text[start:end]) <= target
                for span in [(start, end)] if whole else clause_spans(text, start, end):
                    pieces += _cut(text, span, target)
    start = end = 0
    size = 0
    for piece in pieces:
        tokens = _size(text[piece[0] : piece[1]])
        if size and size + tokens > target:
            yield _stripped(text, start, end)
            size = 0
        if not size:
            start = piece[0]
        end = piece[1]
        size += max(tokens, 1)
    if size:
        yield _stripped(text, start, end)


def _cut(text: str, span: Span, target: int) -> list[Span]:
    """A clause that is larger than a passage, cut at blanks, or anywhere when it has none."""
    start, end = span
    if _size(text[start:end]) <= target:
        return [span]
    # A token is at least one character, and an English one about five: stay below the target in both scripts.
    longest = min(_LONGEST_CUT, target * 5)
    found: list[Span] = []
    while start < end:
        stop = min(end, start + longest)
        while stop - start > 40 and token_count(text[start:stop]) > target:
            stop = start + (stop - start) * 3 // 4
        if stop < end:
            blank = text.rfind(" ", start + 1, stop)
            stop = blank + 1 if blank > start + (stop - start) // 2 else stop
        found.append((start, stop))
        start = stop
    return [(a, b) for a, b in found if text[a:b].strip()]


def _size(text: str) -> int:
    """Tokens of a text, at least one for every 40 characters: a word without end is cut, too."""
    return max(token_count(text), len(text) // _CHARS_PER_TOKEN)


def _stripped(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())
