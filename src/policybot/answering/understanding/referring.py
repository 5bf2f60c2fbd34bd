"""A follow-up that asks another thing of the same subject -> the follow-up with that subject; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policybot.answering.understanding.binding import named_in
from policybot.answering.understanding.follow_up_forms import Forms
from policybot.answering.understanding.slots import counted_in, parts_of, without_time
from policybot.calibration import LONGEST_PERSON, LOOKED_BACK
from policybot.language.script import HAN
from policybot.searching.editions import years_in
from policybot.text.contrasts import default_contrasts
from policybot.text.places import Places
from policybot.text.tokens import content_tokens

_NAME = re.compile(r"(?:[A-Z][\w’'-]+)(?:\s+[A-Z][\w’'-]+){1,2}")
_END = " ？?。.！!，,；;"


@dataclass(frozen=True, slots=True)
class Said:
    """A question, by itself, and what was answered."""

    question: str
    answer: str = ""


def with_subject(question: str, before: Sequence[Said], forms: Forms, places: Places) -> str:
    """The follow-up with the subject of the questions before it; empty where that is not certain.

    三年里涨了几倍？ after 浙江2031年港口吞吐量是多少？ -> 浙江港口吞吐量三年里涨了几倍？
    """
    recent = list(reversed(before))[:LOOKED_BACK]
    dated = _with_both(_with_year(question, recent, forms), recent, forms, places)
    found = _by_pronoun(dated, recent, forms, places) if forms.spaced else _by_topic(dated, recent, forms, places)
    return found or ("" if dated == question else dated)


def _with_both(question: str, recent: Sequence[Said], forms: Forms, places: Places) -> str:
    """The follow-up with the two places that were asked about in the place of "both"."""
    found = forms.pair.search(question)
    if found is None or any(each.kind == "place" for each in places.named(question)):
        return question
    written = dict[str, str]()
    for said in reversed(recent):
        written.update(named_in(said.question, places).places)
    if len(written) != 2:
        return question
    first, second = written.values()
    both = forms.both.format(first=first, second=second)
    return f"{question[: found.start()]}{both}{question[found.end() :]}"


def _with_year(question: str, recent: Sequence[Said], forms: Forms) -> str:
    """The follow-up with the year that was asked about last in the place of "that year"."""
    year = next((years for said in recent if (years := years_in(said.question))), frozenset[int]())
    if len(year) != 1:
        return question
    return forms.same.sub(lambda _: f"{max(year)}{forms.year_mark}", question)


def _by_topic(question: str, recent: Sequence[Said], forms: Forms, places: Places) -> str:
    """In a language whose questions begin with the subject."""
    opened = forms.opening.match(question)
    text = question[opened.end() :] if opened else question
    if person := (forms.person_of.search(text) or forms.person.search(text)):
        name = _person_named(recent[:1], forms)
        owner = forms.of_thing if name and forms.person_of.match(text, person.start()) else ""
        return f"{text[: person.start()]}{name}{owner}{text[person.end() :]}" if name else ""
    thing = forms.thing_of.match(text) or forms.thing.match(text)
    if thing is None and not forms.inside.match(text) and not forms.predicate.fullmatch(text.strip(_END)):
        return ""
    if not re.search(r"\w", forms.why.sub("", forms.closing.sub("", forms.time.sub("", text)))):
        return ""  # a bare "why", or a time alone, asks nothing of a subject
    topic = topic_for(text, recent[0].question, forms, places)
    if not topic and (counted := counted_in(recent[0].question, forms)) and forms.inside.match(text):
        frame = parts_of(recent[0].question, forms, places).frame
        topic = frame + counted["x"] if frame else ""
    if not topic and forms.again.search(text):
        # "The time before" is asked of an event: the last question about one says which.
        topic = next(
            (t for said in recent if forms.document.search(t := topic_for(text, said.question, forms, places))), ""
        )
    if not topic:
        return ""
    if thing is None:
        return topic + forms.inside.sub(forms.of_inside, text, count=1) if forms.inside.match(text) else topic + text
    return topic + (forms.of_thing if forms.thing_of.match(text) else "") + text[thing.end() :]


def topic_for(text: str, before: str, forms: Forms, places: Places) -> str:
    """What the question before is about, where it says of which place, time or document; else empty.

    Args:
        text: What follows it: where this has a time of its own, the earlier one is left out.
    """
    parts = parts_of(before, forms, places)
    named = bool(parts.frame or parts.trail or forms.document.search(parts.topic))
    if not named or len(parts.topic) < 2:
        return ""
    if forms.period.search(forms.compares.sub(" ", text)):
        return without_time(parts.frame, forms) + parts.topic
    return parts.frame + parts.topic + parts.trail


def _by_pronoun(question: str, recent: Sequence[Said], forms: Forms, places: Places) -> str:
    """In a language that points back with a pronoun."""
    opened = forms.opening.match(question)
    text = question[opened.end() :] if opened else question
    pronoun = _first(text, forms.person_of, forms.person, forms.things, forms.thing_of, forms.thing)
    if pronoun is None or forms.idle.search(text) or _names_its_own(text, pronoun, forms):
        return ""
    owned = any(pattern.match(text, pronoun.start()) for pattern in (forms.person_of, forms.thing_of))
    if any(pattern.match(text, pronoun.start()) for pattern in (forms.person_of, forms.person)):
        name = _person(recent, forms, places)
    elif forms.things.match(text, pronoun.start()):
        name = _counted(recent[0], forms)
    else:
        name = _thing(recent[0], forms, places)
    return _put(text, pronoun, _owner(name, forms) if owned else name) if name else ""


def _names_its_own(text: str, pronoun: re.Match[str], forms: Forms) -> bool:
    """Whether what stands before a pronoun may be what it means: "Why did the council tell Hubei to sell its ferries?".

    The object of a clause is not its subject: "How did the mayor reply to her?".
    """
    head = text[: pronoun.start()]
    # A question word in front begins no clause within the question.
    if forms.clause.search(" ".join(head.split()[1:])):
        return bool(content_tokens(head))
    rest = text[pronoun.end() :]
    if forms.names_own.search(rest.partition(",")[2]):
        return True
    return forms.names_own.search(head) is not None and re.search(r"\w", rest) is not None


def _first(text: str, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    """The first match of these patterns in the text."""
    found = [match for pattern in patterns if (match := pattern.search(text))]
    return min(found, key=lambda match: match.start(), default=None)


def _put(text: str, match: re.Match[str], name: str) -> str:
    """The text with a name in the place of a pronoun."""
    said = " ".join(f"{text[: match.start()]}{name}{text[match.end() :]}".split())
    return said[:1].upper() + said[1:]


def _owner(name: str, forms: Forms) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}{forms.of_thing}"


def _person(recent: Sequence[Said], forms: Forms, places: Places) -> str:
    """The person of whom the last question speaks, or who was its answer; empty for none or several."""
    if name := _person_named(recent[:1], forms):
        # "Who met Ada Holm?": either of the two may be meant.
        others = forms.name.findall(" ".join(recent[0].question.split()[1:]))
        return name if all(_is_thing(re.sub(r"['’]s$", "", other), forms, places) for other in others) else ""
    for said in recent:
        names = {match["x"] for match in forms.named.finditer(said.question)}
        people = [name for name in names if not _is_thing(name, forms, places)]
        if len(people) == 1 and len(names) == 1:
            return people[0]
        if names:
            return ""
    return ""


def _person_named(recent: Sequence[Said], forms: Forms) -> str:
    """The person who is the answer to the last question: "Who opened the quay?" "Ada Holm, …"."""
    for said in recent:
        if not forms.whom.search(said.question):
            continue
        plain = " ".join(forms.titles.sub(" ", said.answer).split()).strip(_END)
        if not forms.spaced:
            return plain if 2 <= len(plain) <= LONGEST_PERSON and re.fullmatch(rf"[{HAN}·]{{2,4}}", plain) else ""
        found = _NAME.search(plain)
        return found.group() if found else ""
    return ""


def _thing(said: Said, forms: Forms, places: Places) -> str:
    """What the last question is about: something owned, a document, or a body; empty where none is for certain."""
    documents = list(forms.document.finditer(said.question))
    spans = [match.span() for match in documents]
    if owned := forms.owned.search(said.question):
        start, end = owned.span("x" if owned["x"] else "y")
        named = next((match.group() for match in documents if match.start() < end and start < match.end()), "")
        return named or said.question[start:end].strip()
    names = {m["x"] for m in forms.named.finditer(said.question) if not any(a <= m.start("x") < b for a, b in spans)}
    if documents:
        return documents[0].group() if len({match.group() for match in documents}) == 1 and not names else ""
    return next((name for name in names if len(names) == 1 and _is_thing(name, forms, places)), "")


def _counted(said: Said, forms: Forms) -> str:
    """What the last question counts, with the document that has it: "the ferries of the 2031 plan"."""
    found = counted_in(said.question, forms)
    if found is None:
        return ""
    documents = {match.group() for match in forms.document.finditer(said.question)}
    if len(documents) == 1:
        return forms.counted_of.format(things=found["x"].strip(), document=documents.pop())
    return forms.counted.format(things=found["x"].strip())


def _is_thing(name: str, forms: Forms, places: Places) -> bool:
    """Whether a name is that of a place, a country or a body: listed, or in capitals."""
    article = forms.article.match(name)
    bare = name[article.end() :] if article else name
    listed = places.named(name) or any(member.is_name for member in default_contrasts().members(name))
    return (bool(listed) and bare == name) or (bare.isupper() and len(bare) > 1)
