"""Topic of a lexicon: how a follow-up leaves out what the questions before it said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What a follow-up is made of, and where a question has the slots that a follow-up fills with something else.

    Fields are sources of regular expressions unless they say otherwise, matched ignoring case in folded text; an empty
    one matches nothing.

    A follow-up that only names another slot, "And in Hubei?", 那湖北呢？:

    Attributes:
        opening: What it begins with: "and", "what about", 那.
        closing: What it ends with: 呢.
        value: What it may end with instead, where it asks for a value: 是多少.
        points: Points at something said before, so that the rest is no slot by itself: "those", 那次.
        around: Words around a slot's value, which say nothing of their own: "in the", 的.
        time: A year or a period with the words that tie it to the question: "by 2030", 2030年.
        year_before: The year before the one that was asked about: "the year before".
        year_after: The year after it.
        tie: What ties a slot to the question in front of it: "about". Empty where nothing does.
        edition: A document as the one before the one that was asked about: "the previous report", 上一份报告.
        in_edition: What stands before the edition where that period is left out, as text: "in ".
        of_edition: A period that belongs to a document, up to the document: "over the five years covered by".
        target: What is aimed for: "the target", 目标.
        result: What came out: "the actual figure", 实际.
        measures: Last words of an indicator's name, which name what is measured: "output", 产量.

    A question before it:

    Attributes:
        joint: What may stand between the place, the time, the document and what is asked about: 的.
        of_document: What stands behind the document in front of what is asked about: 里.
        asks: Where the part that asks begins, behind what is asked about: 是多少. A language whose questions have it at
            the front leaves it empty.
        ask_value: An asking part that fits any indicator, as text.
        changes: A word of change in an asking part: 增长.
        state: Last words of what has no value: 情况.
        ask_state: An asking part that fits it, as text.
        unit: What is counted in an asking part, cut off when the indicator changes: 岁 in 多少岁.
        asked: Patterns whose group ``x`` is what a question counts, the first one, or measures, where it stands behind
            the asking part: "ports" in "How many ports", 渡轮 in 多少艘渡轮.
        name: A name: "Vik Lines".
        named: Pattern whose group ``x`` is the name of who does something: "Vik" in "does Vik pay".
        owned: Pattern whose group ``x`` or ``y`` is the subject of a question that begins with its owner: "Zhejiang's
            economy".
        document: What stands before a document's name, and words that are no part of it, in groups ``before`` and
            ``apart``.
        whom: Asks for a person.

    A follow-up that asks another thing of the same subject:

    Attributes:
        predicates: A word that makes a text more than the name of a slot: "is".
        predicate: All words of which a follow-up without a subject may be made: 打算什么时候开始.
        period: A time of its own, in place of the one asked about before: "over five years", 三年里.
        compares: A time that is only compared with: 比去年.
        again: Asks for an event's other occasions: 上一次.
        inside: Begins a question about a part of the subject: 其中.
        of_inside: What it becomes behind the subject: 中.
        pair: Stands for two places that were asked about before: "the two", 两省.
        both: What it becomes, as text with the places ``{first}`` and ``{second}``.
        thing: Stands for a thing: "it".
        thing_of: Likewise as an owner: "its".
        things: Stands for several things: "them".
        counted: What was counted, as text with the place ``{things}``: "the {things}".
        counted_of: Likewise with the place ``{document}``, of the document that has them.
        person: Stands for a person: "she".
        person_of: Likewise as an owner: "his".
        clause: Ends a clause, or begins one: what was named before it may be what the next one's pronoun means.
        names_own: Names something within a clause: "the council", "Hubei".
        idle: Where such a word stands for nothing: "is it true".
        of_thing: What ends an owner: "'s".
        titles: Words before a person's name: "Mayor".
    """

    opening: str = ""
    closing: str = ""
    value: str = ""
    points: str = ""
    around: str = ""
    time: str = ""
    year_before: str = ""
    year_after: str = ""
    tie: str = ""
    edition: str = ""
    of_edition: str = ""
    in_edition: str = ""
    target: str = ""
    result: str = ""
    measures: str = ""
    joint: str = ""
    of_document: str = ""
    asks: str = ""
    ask_value: str = ""
    changes: str = ""
    state: str = ""
    ask_state: str = ""
    unit: str = ""
    asked: tuple[str, ...] = ()
    name: str = ""
    named: str = ""
    owned: str = ""
    document: str = ""
    whom: str = ""
    predicates: str = ""
    predicate: str = ""
    period: str = ""
    compares: str = ""
    again: str = ""
    inside: str = ""
    of_inside: str = ""
    pair: str = ""
    both: str = ""
    thing: str = ""
    thing_of: str = ""
    things: str = ""
    counted: str = ""
    counted_of: str = ""
    person: str = ""
    person_of: str = ""
    clause: str = ""
    names_own: str = ""
    idle: str = ""
    of_thing: str = ""
    titles: str = ""
