"""What a sentence says otherwise than the evidence it rests on, beyond words that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policybot.checking.alignment import Copy, clauses, copied, copied_clauses, verbatim
from policybot.checking.amounts import meant_otherwise, told_by
from policybot.checking.bindings import misplaced
from policybot.checking.contrasts import contradicted, members, outweighed
from policybot.checking.difference import Difference
from policybot.checking.names import capitalised, first_word, unknown_chinese_names, unknown_names
from policybot.checking.romanised import misspelled
from policybot.checking.wording import claims, negations, negatives
from policybot.domain import Evidence
from policybot.text.figures import Stated, numbers_named, stated
from policybot.text.tokens import content_tokens

_AHEAD = frozenset({"planned", "owed", "possible"})
"""What has not happened yet."""

_NEARLY_WHOLE = 0.9
"""Share of a copy from which even a word that stands elsewhere in the evidence is a change in its place."""

_SAME_CLAUSE = 0.4
"""Share of a clause's words from which a text that says no may be what the clause retells."""

_FUNCTION_WORDS = frozenset(
    "由于 因为 以及 因此 所以 但是 然而 如果 假如 目前 当前 此外 另外 同时 "
    "其中 并且 而且 根据 依据 按照 包括 表示 指出 认为 称为 超过".split()
)
"""Chinese words that are often put for one another."""


def differences(sentence: str, sources: Sequence[Evidence], *, same_language: bool) -> list[Difference]:
    """Negation, names, small numbers, how amounts are meant, modality, quantifiers and contrasts, compared.

    Amounts that the sources do not state are not looked for here (``amounts.lacking``).

    Args:
        same_language: Whether the sources are in the sentence's language; else only what can be compared across
            languages is.
    """
    texts = [e.text for e in sources]
    around = " ".join(f"{e.hit.passage.heading} {e.hit.metadata.publisher} {e.hit.metadata.title}" for e in sources)
    found = meant_otherwise(sentence, [told_by(e) for e in sources])
    if same_language and verbatim(sentence, texts):
        return found
    found += misplaced(sentence, texts, same_language=same_language)
    whole = copied(sentence, texts) if same_language else None
    copies = [whole] if whole else copied_clauses(sentence, texts) if same_language else []
    told = " ".join(texts)
    found += _names(sentence, f"{told} {around}", first=whole is not None, same_language=same_language)
    for copy in copies:
        found += _changed(copy, told)
    if whole is None:
        found += _told_otherwise(sentence, texts, f"{told} {around}", same_language=same_language)
    return list(dict.fromkeys(found))


def _names(sentence: str, text: str, *, first: bool, same_language: bool) -> list[Difference]:
    """Names that the evidence, its title and publisher do not hold."""
    chinese = re.search(r"[\u3400-\u9fff]", text) is not None
    if not same_language:
        return [*(Difference(f"the evidence does not name {name}", fatal=True) for name in misspelled(sentence, text))]
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


def _changed(copy: Copy, told: str) -> Iterator[Difference]:
    """What differs between a part of a sentence and the stretch of text that it copies."""
    said, there = negations(copy.part), negations(copy.stretch)
    if said != there:
        yield Difference(f"it negates {said} times what the evidence negates {there} times", fatal=True)
    gained, lost = claims(copy.part) - claims(copy.stretch), claims(copy.stretch) - claims(copy.part)
    if gained:
        yield Difference(f"it says {_or(gained)} where the evidence says {_or(lost) or 'nothing like it'}", fatal=True)
    elif lost & {"possible", "planned", "most", "some", "only", "owed"}:
        yield Difference(f"it leaves out that the evidence says {_or(lost)}", fatal=False)
    for member, others in outweighed(copy.part, copy.stretch):
        names = " or ".join(other.name for other in others)
        yield Difference(f"it says {member.name} where the evidence says {names}", fatal=True)
    gained_names = sorted(m.name for m in members(copy.part) - members(copy.stretch) if m.is_name)
    lost_names = sorted(m.name for m in members(copy.stretch) - members(copy.part) if m.is_name)
    if gained_names and lost_names:
        yield Difference(f"it names {gained_names[0]} where the evidence names {lost_names[0]}", fatal=True)
    for mine, its in copy.replaced:
        figures, theirs = stated(mine), stated(its)
        if figures.figures or figures.dates or theirs.figures or theirs.dates:
            if _one_otherwise(figures, theirs):
                yield Difference(f"it says {mine!r} where the evidence says {its!r}", fatal=True)
        elif _numeral_otherwise(mine, its) or _name_otherwise(mine, its, copy):
            yield Difference(f"it says {mine!r} where the evidence says {its!r}", fatal=True)
        elif word := _replaced(mine, its, "" if copy.share >= _NEARLY_WHOLE else told):
            yield Difference(f"it says {word!r} where the evidence says {its!r}", fatal=False)
    numbers = {f.value for f in stated(copy.part).figures if f.written} - numbers_named(told)
    if numbers:
        yield Difference(f"the evidence does not count {', '.join(f'{n:g}' for n in sorted(numbers))}", fatal=True)


def _told_otherwise(sentence: str, texts: Sequence[str], text: str, *, same_language: bool) -> Iterator[Difference]:
    """What a sentence in its own words says that none of its sources says."""
    said = negations(sentence)
    if said and not (_negated_in(sentence, texts) if same_language else max(map(negatives, texts)) >= said):
        yield Difference("it negates what the evidence does not negate", fatal=True)
    if not negatives(sentence) and all(_denies(text, sentence, same_language=same_language) for text in texts):
        yield Difference("the evidence negates something", fatal=False)
    said_of, told_of = claims(sentence), [claims(t) for t in texts]
    if "done" in said_of and not said_of & _AHEAD and all(c & _AHEAD and "done" not in c for c in told_of):
        yield Difference("it says done where the evidence says planned, owed or possible", fatal=True)
    if (
        "planned" not in said_of
        and said_of & {"possible"}
        and all("possible" not in c and "done" in c for c in told_of)
    ):
        yield Difference("it says possible where the evidence says done", fatal=False)
    if "planned" in said_of and "possible" not in said_of and "possible" in told_of[0] and "planned" not in told_of[0]:
        yield Difference("it says planned where the evidence says possible", fatal=False)
    quantified = frozenset().union(*told_of)
    if "all" in said_of and quantified & {"some", "most", "many"} and "all" not in quantified:
        yield Difference("it says all where the evidence says less", fatal=True)
    mine, its = members(sentence), members(text)
    if not same_language:
        unnamed = [name for name in capitalised(sentence) if not members(name) and name.lower() not in text.lower()]
        if unnamed and any(member.is_name for member in members(texts[0]) - mine):
            yield Difference(f"it says {unnamed[0]} where the evidence names somebody else", fatal=False)
        for name in sorted(member.name for member in mine - its if member.is_name and member.name != "China"):
            yield Difference(f"the evidence does not name {name}", fatal=False)
    for one, others in contradicted(mine, its):
        if not (one.loose and same_language):
            names = " or ".join(member.name for member in others)
            yield Difference(f"it says {one.name} where the evidence says {names}", fatal=not one.loose)
    for one, others in () if same_language else outweighed(sentence, texts[0]):
        if not one.is_name:
            names = " or ".join(member.name for member in others)
            yield Difference(f"it says {one.name} oftener and {names} less often than the evidence", fatal=False)


def denies(claim: str, text: str) -> bool:
    """Whether a clause of the text that says no holds much of the words of a claim that does not."""
    words = set(content_tokens(claim))
    return not negatives(claim) and any(
        negations(clause) and len(words & set(content_tokens(clause))) >= _SAME_CLAUSE * len(words)
        for clause in clauses(text)
    )


def _negated_in(sentence: str, texts: Sequence[str]) -> bool:
    """Whether a text that holds much of each negated clause of a sentence says no in a wider sense."""
    for clause in clauses(sentence):
        words = set(content_tokens(clause))
        if negations(clause) and not any(
            negatives(text) and len(words & set(content_tokens(text))) >= _SAME_CLAUSE * len(words) for text in texts
        ):
            return False
    return any(map(negatives, texts))


def _numeral_otherwise(mine: str, its: str) -> bool:
    """Whether both are Chinese numerals, and not the same: 第一 and 第二."""
    return mine != its and all(re.fullmatch("[一二两三四五六七八九十百]+", each) for each in (mine, its))


def _name_otherwise(mine: str, its: str, copy: Copy) -> bool:
    """Whether an English name stands in the place of words that are no form of it, nor its initials or full form."""
    names = [name for name in capitalised(copy.part) if name in mine.split()]
    words = re.findall(r"[A-Za-z]+", its)
    if not names or not words or len(mine.split()) > len(names):
        return False
    initials = "".join(word[0] for word in words if word[0].isupper()).lower()
    held = {word[:3].lower() for word in words}
    return (
        not any(name[:3].lower() in held or name.lower() in initials for name in names)
        and "".join(name[0] for name in names).lower() not in its.lower().split()
    )


def _denies(text: str, sentence: str, *, same_language: bool) -> bool:
    """Whether the text says no, within a language in a clause of which the sentence takes much."""
    if not same_language or not negations(text):
        return negations(text) > 0
    words = set(content_tokens(sentence))
    parts = [part for part in clauses(text) if negations(part)] or [text]
    return any(
        len(words & set(content_tokens(part))) >= _SAME_CLAUSE * len(set(content_tokens(part))) for part in parts
    )


def _one_otherwise(mine: Stated, its: Stated) -> bool:
    """Whether each holds one amount of a kind, and not the same."""
    if len(mine.figures) == len(its.figures) == 1 and not mine.dates and not its.dates:
        return not (mine.figures[0].same_value(its.figures[0]) and mine.figures[0].same_unit(its.figures[0]))
    if len(mine.dates) == len(its.dates) == 1 and not mine.figures and not its.figures:
        one, other = mine.dates[0], its.dates[0]
        return any(
            a is not None and b is not None and a != b
            for a, b in ((one.year, other.year), (one.month, other.month), (one.day, other.day))
        )
    return False


def _replaced(mine: str, its: str, told: str) -> str:
    """Two to four Chinese characters in the place of two to four others, nowhere in the evidence: a name, perhaps."""
    word = re.sub(r"\s", "", mine)
    if (
        re.fullmatch(r"[\u3400-\u9fff]{2,4}", word)
        and 2 <= len(its) <= 4
        and word not in told
        and word not in _FUNCTION_WORDS
    ):
        return word
    return ""


def _or(names: frozenset[str]) -> str:
    return " or ".join(sorted(names))
