"""What a sentence says otherwise than the evidence it rests on, beyond words that overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from policybot.checking.names import capitalised, first_word, unknown_chinese_names, unknown_names
from policybot.checking.wording import claims, contrary, negations, number_words, qualified
from policybot.domain import Evidence
from policybot.quantities import folded, placed_quantities

NEAR_VERBATIM = 0.75
"""Share of a sentence's words that stand in the same order in one evidence sentence, from which it is taken for a copy:
then every small word that differs is a change, not another way of putting it (benchmarks/changed_sentences.py)."""

_TOKEN = re.compile(r"[^\W\d_\u3400-\u9fff][^\W\d_\u3400-\u9fff'’]*|\d+(?:[.,]\d+)*|[\u3400-\u9fff]|%")
_BEFORE_COPY = 3
"""Words at the beginning of the evidence that belong to the copied stretch though the copy leaves them out: a "No" or
"Around" left out there is a change."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise.

    Attributes:
        what: In English, for the record.
        fatal: Whether the sentence is unsupported for it; else it is partly supported at best.
    """

    what: str
    fatal: bool


def differences(sentence: str, sources: Sequence[Evidence], *, same_language: bool) -> list[Difference]:
    """Negation, names, small numbers, how figures are meant, modality, quantifiers and direction, compared.

    Args:
        same_language: Whether the sources are in the sentence's language; else only what can be compared across
            languages is.
    """
    told = " ".join(e.text for e in sources)
    around = " ".join(f"{e.hit.passage.heading} {e.hit.metadata.publisher} {e.hit.metadata.title}" for e in sources)
    copied = _copied(sentence, [e.text for e in sources]) if same_language else None
    found = [*_meant(sentence, told)]
    if copied == "":
        return found
    found += _names(sentence, f"{told} {around}", first=copied is not None, same_language=same_language)
    if copied is not None:
        return found + _changed(sentence, copied, told)
    return found + _told_otherwise(sentence, sources, f"{told} {around}", same_language=same_language)


def _copied(sentence: str, texts: Sequence[str]) -> str | None:
    """The stretch of a text that the sentence copies with changes; empty when without any, None when it is no copy."""
    words = [match.group().lower() for match in _TOKEN.finditer(sentence)]
    best: tuple[float, str] | None = None
    for text in texts:
        if " ".join(sentence.split()) in " ".join(text.split()):
            return ""
        tokens = list(_TOKEN.finditer(text))
        matcher = SequenceMatcher(None, words, [token.group().lower() for token in tokens], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        share = sum(block.size for block in blocks) / max(len(words), 1)
        if share < NEAR_VERBATIM or (best is not None and share <= best[0]):
            continue
        first, last = blocks[0], blocks[-1]
        begin = 0 if first.b - first.a <= _BEFORE_COPY else first.b
        # What the sentence has behind its last copied word stands in the place of as many words of the text.
        end = min(last.b + last.size + len(words) - last.a - last.size, len(tokens))
        best = (share, text[tokens[begin].start() : tokens[end - 1].end()])
    return None if best is None else best[1]


def _meant(sentence: str, told: str) -> list[Difference]:
    """Figures that are meant otherwise: "around 5 %" is not "5 %", "at least" not "at most"."""
    found: list[Difference] = []
    stated = qualified(told)
    for quantity, meant in qualified(sentence).items():
        there = stated.get(quantity)
        if there and not meant & there:
            what = f"{quantity.value:g}{quantity.unit} is {_or(meant)} in the sentence, {_or(there)} in the evidence"
            found.append(Difference(what, fatal=contrary(meant, there)))
    return found


def _names(sentence: str, text: str, *, first: bool, same_language: bool) -> list[Difference]:
    """Names that the evidence, its title and publisher do not hold."""
    chinese = re.search(r"[\u3400-\u9fff]", text) is not None
    if not same_language and chinese:
        return []
    names = capitalised(sentence)
    if first and (word := first_word(sentence)):
        names = [word, *names]
    found = [Difference(f"the evidence does not name {name}", fatal=True) for name in unknown_names(names, text)]
    if same_language and chinese:
        found += [
            Difference(f"the evidence does not name {name}", fatal=first or len(name) > 4)
            for name in unknown_chinese_names(sentence, text)
        ]
    return found


def _changed(sentence: str, copied: str, told: str) -> list[Difference]:
    """What differs between a sentence and the stretch of text that it copies."""
    found: list[Difference] = []
    said, there = negations(sentence), negations(copied)
    if said != there:
        found.append(Difference(f"it negates {said} times what the evidence negates {there} times", fatal=True))
    gained, lost = claims(sentence) - claims(copied), claims(copied) - claims(sentence)
    if gained:
        # "more" in "no more than" and the like come and go with figures, whose meaning is compared on its own.
        fatal = bool(gained - {"up", "down", "done"}) or bool(lost) or gained == {"done"}
        found.append(Difference(f"it says {_or(gained)} where the evidence does not", fatal=fatal))
    elif lost & {"possible", "planned", "most", "some", "only", "owed"}:
        found.append(Difference(f"it leaves out that the evidence says {_or(lost)}", fatal=False))
    if number_words(sentence) - number_words(told):
        found.append(Difference("it counts otherwise than the evidence", fatal=True))
    for mine, its in ((_figures(sentence), _figures(copied)), (capitalised(sentence), capitalised(copied))):
        both = set(mine) & set(its)
        if [each for each in mine if each in both] != [each for each in its if each in both] and (
            sorted(each for each in mine if each in both) == sorted(each for each in its if each in both)
        ):
            found.append(Difference("it exchanges figures or names of the evidence", fatal=True))
    found += [
        Difference(f"the evidence does not say {word}", fatal=False) for word in _replaced(sentence, copied, told)
    ]
    return found


def _told_otherwise(sentence: str, sources: Sequence[Evidence], text: str, *, same_language: bool) -> list[Difference]:
    """What a sentence in its own words says that none of its sources says."""
    found: list[Difference] = []
    each = [e.text for e in sources]
    if negations(sentence) and not any(map(negations, each)):
        found.append(Difference("it negates what the evidence does not negate", fatal=True))
    if not negations(sentence) and all(map(negations, each)):
        found.append(Difference("the evidence negates something", fatal=False))
    said, there = claims(sentence), claims(" ".join(each))
    if (
        "done" in said
        and "planned" not in said
        and all("planned" in claims(t) and "done" not in claims(t) for t in each)
    ):
        found.append(Difference("it says done where the evidence says planned", fatal=False))
    if "all" in said and there & {"some", "most", "many"} and "all" not in there:
        found.append(Difference("it says all where the evidence says less", fatal=False))
    if {"up", "down"} - said and {"up", "down"} - there and said & {"up", "down"} and there & {"up", "down"}:
        if not said & there & {"up", "down"} and same_language:
            found.append(Difference("it says up where the evidence says down, or the reverse", fatal=False))
    counted = number_words(text)
    values = {int(q.value) for q, _, _ in placed_quantities(folded(text)) if q.value == int(q.value)}
    if same_language and [n for n in number_words(sentence) if n not in counted and n not in values]:
        found.append(Difference("it counts what the evidence does not count", fatal=False))
    return found


def _replaced(sentence: str, copied: str, told: str) -> list[str]:
    """Two to four Chinese characters in the place of two to four others, nowhere in the evidence: a name, perhaps."""
    ours, theirs = list(re.sub(r"\s", "", sentence)), list(re.sub(r"\s", "", copied))
    found: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        word = "".join(ours[a:b])
        if tag == "replace" and 2 <= b - a <= 4 and 2 <= d - c <= 4 and re.fullmatch(r"[\u3400-\u9fff]+", word):
            if word not in told:
                found.append(word)
    return found


def _figures(text: str) -> list[str]:
    """Digits as they stand, in order."""
    return [number.replace(",", "") for number in re.findall(r"\d+(?:[.,]\d+)*", folded(text))]


def _or(names: frozenset[str]) -> str:
    return " or ".join(sorted(names))
