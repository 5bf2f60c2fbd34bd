"""Finds what a sentence claims differently from its evidence, where word overlap does not show it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.checking.alignment import copied, copied_clauses, verbatim
from policybot.checking.amounts import facts_in, meant_otherwise
from policybot.checking.bindings import misplaced
from policybot.checking.copies import changed
from policybot.checking.difference import Difference
from policybot.checking.names import capitalised, first_word, unknown_chinese_names, unknown_names
from policybot.checking.retellings import retold_otherwise
from policybot.checking.romanised import misspelled
from policybot.domain import Evidence
from policybot.language.script import HAN
from policybot.text.contrasts import Contrasts, default_contrasts


def differences(
    sentence: str, sources: Sequence[Evidence], *, same_language: bool, contrasts: Contrasts | None = None
) -> list[Difference]:
    """Differences in negation, names, small numbers, bounds of amounts, modality, quantifiers and contrasts.

    Amounts that the sources do not state are found by ``amounts.lacking``.

    Args:
        same_language: Whether the sources are in the sentence's language; otherwise only rules that work across
            languages run.
        contrasts: The sets of words that exclude one another; None for policybot's own.
    """
    contrasts = contrasts or default_contrasts()
    texts = [e.text for e in sources]
    around = " ".join(f"{e.hit.passage.heading} {e.hit.metadata.publisher} {e.hit.metadata.title}" for e in sources)
    found = meant_otherwise(sentence, [facts_in(e) for e in sources])
    if same_language and verbatim(sentence, texts):
        return found
    found += misplaced(sentence, texts, contrasts, same_language=same_language)
    whole = copied(sentence, texts) if same_language else None
    copies = [whole] if whole else copied_clauses(sentence, texts) if same_language else []
    evidence_text = " ".join(texts)
    found += _names(
        sentence, f"{evidence_text} {around}", contrasts, first=whole is not None, same_language=same_language
    )
    for copy in copies:
        found += changed(copy, evidence_text, contrasts)
    if whole is None:
        found += retold_otherwise(sentence, texts, f"{evidence_text} {around}", contrasts, same_language=same_language)
    return list(dict.fromkeys(found))


def _names(sentence: str, text: str, contrasts: Contrasts, *, first: bool, same_language: bool) -> list[Difference]:
    """Names that are not in the evidence, its title or its publisher."""
    chinese = re.search(f"[{HAN}]", text) is not None
    if not same_language:
        return [
            *(
                Difference(f"the evidence does not name {name}", fatal=True)
                for name in misspelled(sentence, text, contrasts)
            )
        ]
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
