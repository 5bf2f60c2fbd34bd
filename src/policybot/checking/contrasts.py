"""Compares words that exclude one another in a sentence and its evidence: "exports rose" -> "imports rose"."""

from __future__ import annotations

from collections import Counter

from policybot.text.contrasts import Contrasts, Member


def contradicted(sentence: frozenset[Member], evidence: frozenset[Member]) -> list[tuple[Member, list[Member]]]:
    """Members of contrast sets that only the sentence names, each with those that only the evidence names."""
    found: list[tuple[Member, list[Member]]] = []
    for mine in sorted(sentence - evidence, key=lambda member: (member.group, member.name)):
        others = [its for its in sorted(evidence - sentence, key=lambda member: member.name) if its.group == mine.group]
        if others:
            found.append((mine, others))
    return found


def outweighed(part: str, stretch: str, contrasts: Contrasts) -> list[tuple[Member, list[Member]]]:
    """Members that a copy names more often than its original, each with those of its set that it names less often."""
    mine = Counter(member for member, _, _ in contrasts.placed_members(part))
    its = Counter(member for member, _, _ in contrasts.placed_members(stretch))
    found: list[tuple[Member, list[Member]]] = []
    for one in sorted(mine - its, key=lambda member: (member.group, member.name)):
        others = sorted((other for other in its - mine if other.group == one.group), key=lambda member: member.name)
        if others:
            found.append((one, others))
    return found
