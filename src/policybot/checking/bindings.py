"""Detects figures bound to the wrong thing: "A grew 3 %, B 5 %" -> "A grew 5 %, B 3 %"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import EXCHANGED_ABOVE
from policybot.checking.difference import Difference
from policybot.checking.names import placed_names
from policybot.language import phrases
from policybot.language.script import HAN
from policybot.text.contrasts import Contrasts
from policybot.text.figures import stated
from policybot.text.quantities import folded
from policybot.text.tokens import content_tokens

_BOUNDARY = phrases(
    lambda lexicon: lexicon.claims.clause_words,
    flags=re.NOFLAG,
    form=r"[,，](?!\d{3})|[;；:：。、()（）|]|\.(?=\s|$)|{}",
)

_ONE_BY_ONE = phrases(lambda lexicon: lexicon.claims.one_by_one)
_JOINED = phrases(lambda lexicon: lexicon.claims.listed_and, form=r"\s*(?:[,、]\s*(?:{}\s+)?|{})\s*")
_SENTENCE_END = re.compile(r"[;；。]|\.(?=\s|$)")
_LAST_WORDS = re.compile(rf"[a-z'-]+\s*$|[{HAN}]{{1,4}}\s*$")
_FIRST_WORDS = re.compile(rf"^\s*(?:[a-z'-]+|[{HAN}]{{1,2}})")

Key = tuple[str, Hashable]
Likeness = Callable[[Sequence[tuple[str, str]], Sequence[tuple[str, str]]], NDArray[np.float32]]

Companies = Mapping[Key, frozenset[Key]]


def misplaced(sentence: str, text: str, contrasts: Contrasts, *, same_language: bool) -> list[Difference]:
    """Figures, dates and names with other words around them in the sentence than in the evidence.

    Two are exchanged when the company of each in the sentence, the other marks and words of its clause, is the other's
    company in the evidence; one is misplaced when its company is that of another figure. Across languages the company
    is only what can be compared: figures, dates and the words of ``contrasts``.
    """
    mine = _companies(sentence, contrasts, same_language=same_language)
    its = _companies(text, contrasts, same_language=same_language)
    found = [
        Difference(f"it exchanges {_named(one)} and {_named(other)}", "figures", fatal=True)
        for one, other in combinations(sorted(mine.keys() & its.keys(), key=repr), 2)
        if one[0] == other[0] and any(_exchanged(mine, its, one, other, timed=timed) for timed in (None, True, False))
    ]
    if found:
        return found
    for one in sorted(mine.keys() & its.keys(), key=repr):
        if one[0].startswith("figure"):
            rivals = [its[other] for other in its if other[0] == one[0] and other != one and other not in mine]
            if _of_another(mine[one], its[one], rivals) or _of_another_time(mine[one], its[one], rivals):
                found.append(
                    Difference(f"{_named(one)} belongs to something else in the evidence", "figures", fatal=True)
                )
    return found


def _of_another(mine: frozenset[Key], own: frozenset[Key], rivals: Sequence[frozenset[Key]]) -> bool:
    """Whether the company of a figure is in the evidence that of another one, and has nothing of its own."""
    return any(not mine & (own - rival) and mine & (rival - own) for rival in rivals)


def _of_another_time(mine: frozenset[Key], own: frozenset[Key], rivals: Sequence[frozenset[Key]]) -> bool:
    """Whether the dates beside a figure are not its own in the evidence but those of another figure."""
    said, there = ({key for key in company if key[0] == "date"} for company in (mine, own))
    return bool(said and there) and not said & there and any(said & rival for rival in rivals)


def _exchanged(mine: Companies, its: Companies, one: Key, other: Key, *, timed: bool | None) -> bool:
    """Whether each has the other's company in the evidence.

    Args:
        timed: True compares dates only, False everything else, None both.
    """

    def seen(company: frozenset[Key]) -> frozenset[Key]:
        return company if timed is None else frozenset(key for key in company if _is_time(key) == timed)

    crossing = [_crossing(seen(mine[a]), seen(its[a]), seen(its[b])) for a, b in ((one, other), (other, one))]
    return sum(crossing) >= 2 and min(crossing) >= (0 if timed is None else 1)


def _is_time(key: Key) -> bool:
    return key[0] in ("date", "quarter") or key[1] in ("first", "second", "half", "quarter", "year")


def exchanged_across(sentence: str, language: str, text: str, written: str, likeness: Likeness) -> list[Difference]:
    """Across languages, figures of one unit whose clauses resemble each other's clauses in the evidence, not their own.

    Args:
        written: Language of the evidence.
        likeness: Cosines of (text, language) pairs with others, shape (one for each of the first, of the second).
    """
    mine, its = _figure_clauses(sentence), _figure_clauses(text)
    shared = [key for key in mine if key in its]
    pairs = [(a, b) for a, b in combinations(shared, 2) if a[0] == b[0] and mine[a] != mine[b] and its[a] != its[b]]
    if not pairs:
        return []
    ours = [(mine[key], language) for key in shared]
    theirs = [(its[key], written) for key in shared]
    cosines = likeness(ours, theirs)
    for a, b in pairs:
        i, j = shared.index(a), shared.index(b)
        if cosines[i, j] + cosines[j, i] - cosines[i, i] - cosines[j, j] > EXCHANGED_ABOVE:
            return [Difference(f"it exchanges {_named(a)} and {_named(b)}", "figures", fatal=True)]
    return []


def _figure_clauses(text: str) -> dict[Key, str]:
    """For each figure that is in one clause only, the words of that clause."""
    plain = folded(text)
    cuts = [0, *(match.end() for match in _BOUNDARY.finditer(plain)), len(plain)]
    found: dict[Key, str] = {}
    for figure in stated(text).figures:
        begin = max(cut for cut in cuts if cut <= figure.start)
        end = min(cut for cut in cuts if cut >= figure.end) if any(cut >= figure.end for cut in cuts) else len(plain)
        # By 120 percent is to 2.2 times.
        key = (f"figure {'percent' if figure.unit == 'times' else figure.unit}", figure.value)
        words = " ".join((plain[begin : figure.start] + plain[figure.end : end]).split())
        found[key] = "" if key in found else words
    return {key: words for key, words in found.items() if len(words) > 2}


def _crossing(mine: frozenset[Key], own: frozenset[Key], other: frozenset[Key]) -> int:
    """In the evidence, how many members of ``mine`` are in the other's company only, minus those in its own only."""
    return len(mine & (other - own)) - len(mine & (own - other))


def _companies(text: str, contrasts: Contrasts, *, same_language: bool) -> Companies:
    """The company of each figure, date and name: the other marks and words of its clause."""
    found: dict[Key, set[Key]] = defaultdict(set)
    plain = folded(text)
    cuts = [0, *(match.end() for match in _BOUNDARY.finditer(plain)), len(plain)]
    marks = _marks(text, plain, contrasts, same_language=same_language)
    for number, figure_place, words in _in_order(plain, marks):
        found[number] |= {("word", token) for token in words}
        marks = [mark for mark in marks if mark[1] != figure_place]
    for begin, end in pairwise(cuts):
        placed = [(key, plain[start:stop]) for key, start, stop in marks if begin <= start < end]
        company = {key for key, _ in placed if not key[0].startswith("name")}
        if same_language:
            company |= {("word", token) for token in content_tokens(plain[begin:end]) if not token[0].isdigit()}
        for key, itself in placed:
            own = {("word", token) for token in content_tokens(itself)}
            found[key] |= {other for other in company if other[0] != key[0]} - own
    return {key: frozenset(company) for key, company in found.items()}


def _in_order(plain: str, marks: Sequence[tuple[Key, int, int]]) -> Iterator[tuple[Key, int, frozenset[str]]]:
    """Figures that are assigned in order, each with its place and the words of what it belongs to.

    "Quays A and B grew by 3 and 5 percent respectively": 3 percent belongs to A.
    """
    for marker in _ONE_BY_ONE.finditer(plain):
        begin = max((m.end() for m in _SENTENCE_END.finditer(plain, 0, marker.start())), default=0)
        end = next((m.start() for m in _SENTENCE_END.finditer(plain, marker.end())), len(plain))
        figures = [mark for mark in marks if begin <= mark[1] < end and mark[0][0].startswith("figure")]
        before = min((start for _, start, _ in figures), default=begin)
        things = _listed(plain[begin : min(before, marker.start()) if marker.start() > begin else before])
        if len(figures) >= 2 and len(things) == len(figures):
            for (key, start, _), thing in zip(figures, things, strict=True):
                others = frozenset(content_tokens(" ".join(other for other in things if other != thing)))
                yield key, start, frozenset(content_tokens(thing)) - others


def _listed(text: str) -> list[str]:
    """The things that a text lists, each a word or a few characters beside what joins them."""
    parts = _JOINED.split(text)
    if len(parts) < 2:
        return []
    first = _LAST_WORDS.search(parts[0])
    last = _FIRST_WORDS.search(parts[-1])
    return [first.group() if first else "", *parts[1:-1], last.group() if last else ""]


def _marks(text: str, plain: str, contrasts: Contrasts, *, same_language: bool) -> list[tuple[Key, int, int]]:
    read = stated(text)
    marks: list[tuple[Key, int, int]] = [
        (
            (f"figure {figure.unit}" if figure.unit in ("percent", "percentage points") else "figure", figure.value),
            figure.start,
            figure.end,
        )
        for figure in read.figures
    ]
    marks += [(("date", tuple(part or None for part in each.date)), each.start, each.end) for each in read.dates]
    marks += [
        ((member.group if not member.is_name else f"name {member.group}", member.name), start, end)
        for member, start, end in contrasts.placed_members(text)
    ]
    if same_language:
        marks += [(("name", name), start, end) for name, start, end in placed_names(text)]
    return marks


def _named(key: Key) -> str:
    value = key[1]
    if isinstance(value, tuple):
        return "-".join(str(part) for part in value if part is not None)
    return f"{value:g}" if isinstance(value, float) else str(value)
