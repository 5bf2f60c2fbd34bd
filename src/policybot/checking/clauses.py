"""What of a sentence must be carried by itself: its clauses, and each thing that it says the same of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policybot.calibration import CLAUSE_WORDS
from policybot.language import phrases
from policybot.text.figures import StatedDate, stated
from policybot.text.notation import in_one_notation
from policybot.text.tokens import content_tokens

_DISTRIBUTED = phrases(lambda lexicon: lexicon.claims.distributed)
_BETWEEN = phrases(lambda lexicon: lexicon.claims.both, form=r"\s*(?:[,，、]\s*(?:{}\s+)?|{}\s*)")
_CUT = phrases(lambda lexicon: lexicon.claims.clause_openers, form=r"[;；]\s*|[，]|,\s+(?:{})\s+")
"""Where a sentence may be cut into clauses: not at each comma of an English one."""

_SUBJECT_ENDS = phrases(
    lambda lexicon: "|".join(filter(None, (lexicon.bounds.change_to, lexicon.bounds.change_by, lexicon.claims.done)))
)


def claims_of(sentence: str) -> tuple[Sequence[str], Sequence[str]]:
    """What must be carried: the sentence, or else each of its clauses, with what it leaves to the one before it.

    Where it says something of several, "in 2033 and 2034 both …", there is one claim for each in place of the sentence,
    and no clauses. Clauses are empty, too, where there is only one.
    """
    members = _members(sentence)
    return (members, ()) if members else ((sentence,), _clauses(sentence))


def _members(sentence: str) -> list[str]:
    """The sentence once for each of the times that it lists, where it says something of all of them."""
    plain = in_one_notation(sentence)
    if not _DISTRIBUTED.search(plain):
        return []
    dates = [date for date in stated(sentence).dates if date.date.year]
    for run in _runs(plain, dates):
        if len(run) > 1:
            start, end = run[0].start, run[-1].end
            without = _DISTRIBUTED.sub("", plain[end:])
            return [f"{plain[:start]}{plain[each.start : each.end]}{without}" for each in run]
    return []


def _runs(plain: str, dates: Sequence[StatedDate]) -> list[list[StatedDate]]:
    """Dates with nothing but commas and "and" between them."""
    runs: list[list[StatedDate]] = [[dates[0]]] if dates else []
    for one, other in pairwise(dates):
        if _BETWEEN.fullmatch(plain[one.end : other.start]):
            runs[-1].append(other)
        else:
            runs.append([other])
    return runs


def _clauses(sentence: str) -> list[str]:
    """The clauses of a sentence that can stand alone, with what they leave to the one before them."""
    pieces: list[str] = []
    pending = ""
    for piece in _CUT.split(sentence):
        if not piece.strip():
            continue
        pending = f"{pending}，{piece}" if pending else piece
        if len(content_tokens(pending)) >= CLAUSE_WORDS:
            pieces.append(pending)
            pending = ""
    if pending and pieces:
        pieces[-1] = f"{pieces[-1]}，{pending}"
    if len(pieces) < 2:
        return []
    return [pieces[0], *(_completed(piece, pieces[0], before) for before, piece in pairwise(pieces))]


def _completed(piece: str, first: str, before: str) -> str:
    """A clause with the dates of the first one, where it has none, and its predecessor's subject, where it has none."""
    dates = stated(first).dates
    time = "" if stated(piece).dates or not dates else f"{dates[0].text}，"
    begins = _SUBJECT_ENDS.search(piece)
    if begins is not None and len(content_tokens(piece[: begins.start()])) == 0:
        ends = _SUBJECT_ENDS.search(before)
        return f"{time}{before[: ends.start()] if ends else before}{piece}"
    return f"{time}{piece}"
