"""An old and a new version of a document -> what changed: sections side by side, passages, lost quotes; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from policybot.domain import Document, Passage
from policybot.domain.changes import LostQuote, PassageChange, SectionChange

_LONGEST = 20_000
"""Characters of a changed stretch that a report keeps; the versions themselves hold all of it."""

_MOST_LINES = 2000
"""Lines compared one by one between the first and the last difference of a section: comparing takes their square."""


def changed_sections(
    old: Document, old_passages: Sequence[Passage], new: Document, new_passages: Sequence[Passage]
) -> tuple[SectionChange, ...]:
    """The stretches that differ, section by section, in the order of the new text, then those of sections gone."""
    before = dict(_sections(old, old_passages))
    after = dict(_sections(new, new_passages))
    found: list[SectionChange] = []
    for key in [*after, *(key for key in before if key not in after)]:
        for was, now in _stretches(before.get(key, ""), after.get(key, "")):
            found.append(SectionChange(key[0], was[:_LONGEST], now[:_LONGEST]))
    return tuple(found)


def _sections(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[tuple[tuple[str, ...], int], str]]:
    """Text of each section; sections with the same headings are told apart by their number."""
    seen: Counter[tuple[str, ...]] = Counter()
    for section, members in groupby(passages, key=lambda passage: passage.section):
        group = list(members)
        seen[section] += 1
        yield (section, seen[section]), document.text[group[0].start : group[-1].end]


def _stretches(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Neighbouring lines that differ, old and new."""
    if before == after:
        return
    old, new = before.splitlines(), after.splitlines()
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(old), len(new)) > _MOST_LINES:
        yield "\n".join(old).strip(), "\n".join(new).strip()
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "\n".join(old[a:b]).strip(), "\n".join(new[c:d]).strip()
        if kind != "equal" and was != now:
            yield was, now


def changed_passages(
    old: Sequence[Passage], new: Sequence[Passage]
) -> tuple[tuple[PassageChange, ...], tuple[PassageChange, ...], int]:
    """Passages that came, those that went, and how many stayed wherever they stand now."""
    before, after = {p.id for p in old}, {p.id for p in new}
    came = tuple(PassageChange(p.section, p.text) for p in new if p.id not in before)
    went = tuple(PassageChange(p.section, p.text) for p in old if p.id not in after)
    return came, went, len(before & after)


def lost_quotes(quotes: Sequence[LostQuote], before: str, after: str) -> tuple[LostQuote, ...]:
    """Of what was quoted, what stood in the text before and does not any more, however it is broken into lines."""
    was, now = _unbroken(before), _unbroken(after)
    return tuple(each for each in quotes if (quote := _unbroken(each.quote)) in was and quote not in now)


def _unbroken(text: str) -> str:
    return " ".join(text.split())
