"""A follow-up that names another slot, and the question before it -> that question with the slot changed; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policybot.answering.understanding.binding import named_in
from policybot.answering.understanding.follow_up_forms import Forms
from policybot.language.contrasts import ASKED_IN_TURN, GROUPS
from policybot.searching.editions import years_in
from policybot.text.contrasts import default_contrasts
from policybot.text.places import Places
from policybot.text.tokens import STOP_WORDS

_END = " ？?。.！!，,；;"
_LONGEST = {True: 6, False: 14}
"""A follow-up that only names another slot is no longer: words, or characters where no blanks separate words."""
_LONGEST_BEFORE = {True: 40, False: 80}
"""A question whose slots are changed is no longer, likewise: a long one has several of each kind."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Parts:
    """A question of a language that asks at the end, in its parts: 浙江2031年 港口吞吐量 是多少.

    Attributes:
        frame: The place, the time and the document in front.
        topic: What is asked about, without them.
        trail: A time behind it.
        ask: The part that asks; empty where the question is only named.
    """

    frame: str
    topic: str
    trail: str
    ask: str


def fragment_of(question: str, forms: Forms) -> tuple[str, bool]:
    """What a follow-up names, where it only names another slot: 那湖北呢？ -> 湖北; else empty.

    Returns:
        The fragment, and whether the follow-up says by its wording that it goes on with the question before it.
    """
    text = question.strip(_END)
    opened = forms.opening.match(text)
    rest = text[opened.end() :] if opened else text
    closed = next((match for match in forms.closing.finditer(rest) if match.end() == len(rest)), None)
    if closed:
        rest = rest[: closed.start()]
    continues = bool(opened or (closed and not forms.spaced))
    valued = next((match for match in forms.value.finditer(rest) if match.end() == len(rest)), None)
    if valued and not closed:
        rest = rest[: valued.start()]
    rest = rest.strip(_END)
    if owner := forms.thing_of.match(rest):
        rest = rest[owner.end() :].strip()
    if not rest or _length(rest, forms) > _LONGEST[forms.spaced]:
        return "", False
    rest = rest if opened else _within(rest, forms)
    says = (forms.points, forms.question_word, forms.asks, forms.predicates)
    if any(pattern.search(rest) for pattern in says):
        return "", False
    if forms.predicate.fullmatch(forms.time.sub("", rest)) and not forms.period.fullmatch(rest):
        return "", False
    return rest, continues


def with_slots(fragment: str, previous: str, forms: Forms, places: Places, *, continues: bool) -> str:
    """The question before with the slots that the fragment names; empty where one cannot be changed for certain.

    浙江2031年港口吞吐量是多少？ and 湖北 -> 湖北2031年港口吞吐量是多少？

    Args:
        continues: Whether the follow-up goes on with the question before it: only then a slot may be one that is named
            by no list of places, times, documents and groups.
    """
    if _length(previous, forms) > _LONGEST_BEFORE[forms.spaced]:
        return ""
    text, rest = previous, fragment
    for change in (_with_edition, _with_place, _with_time):
        changed = change(text, rest, forms, places)
        if changed is None:
            return ""
        text, rest = changed
    rest = _bare(rest, forms)
    if re.search(r"\w", rest):
        listed = _is_listed(rest, forms) and not places.named(fragment)
        text = _with_named(text, rest, fragment, forms, places) if continues or listed else ""
    return "" if not text or text == previous else _ended(text, forms)


def asks(text: str, forms: Forms) -> bool:
    """Whether a text is a question."""
    return text.rstrip().endswith(("?", "？")) or bool(forms.asks.search(text) or forms.question_word.search(text))


def parts_of(question: str, forms: Forms, places: Places) -> Parts:
    """The parts of a question of a language that asks at the end."""
    body = question.strip(_END)
    head = body[: _ask_start(body, forms, places)]
    start = _frame_end(head, forms, places)
    topic = _without_joint(head[start:], forms)
    trail = next((match for match in forms.time.finditer(topic) if match.end() == len(topic)), None)
    if trail is None or not trail.start():
        ask = body[len(head) :]
        dated = forms.time.match(ask)
        end = dated.end() if dated else 0
        return Parts(head[:start], topic, ask[:end], ask[end:])
    return Parts(head[:start], _without_joint(topic[: trail.start()], forms), trail.group(), body[len(head) :])


def _ask_start(body: str, forms: Forms, places: Places) -> int:
    """Offset of the part that asks: where only words of asking and predicates follow, else where one of asking stands.

    No document's name and no measure is cut: 会 is a verb in 渡轮会停吗, and none in 座谈会.
    """
    start = _frame_end(body, forms, places)
    whole = [match.span() for pattern in (forms.document, forms.measures) for match in pattern.finditer(body)]
    for at in range(start + 2, len(body)):
        if not any(a <= at < b for a, b in whole) and forms.predicate.fullmatch(body, at):
            return at
    asking = forms.asks.search(body)
    return asking.start() if asking else len(body)


def counted_in(question: str, forms: Forms) -> re.Match[str] | None:
    """What a question counts, as the group ``x``: 码头 in 新增了多少座码头; None where it counts nothing."""
    return next((found for pattern in forms.asked[:1] if (found := pattern.search(question.strip(_END)))), None)


def without_time(frame: str, forms: Forms) -> str:
    """A frame without the times that are not of a document: 浙江2031年 -> 浙江."""
    spans = [match.span() for match in forms.document.finditer(frame)]
    kept, end = [], 0
    for match in forms.time.finditer(frame):
        if not any(a <= match.start() < b for a, b in spans):
            kept.append(frame[end : match.start()])
            end = match.end()
    return "".join((*kept, frame[end:]))


def _without_joint(text: str, forms: Forms) -> str:
    """The text without what joins it to the next part."""
    return text.rstrip(f"{forms.of_thing}，, ")


def _frame_end(head: str, forms: Forms, places: Places) -> int:
    """Offset behind the places, times and documents in front of what a question asks about."""
    at, named = 0, {place.start: place for place in places.named(head)}
    while at < len(head):
        if at in named:
            behind = forms.place_end.match(head, named[at].end)
            end = behind.end() if behind else named[at].end
        elif found := forms.time.match(head, at) or forms.national.match(head, at):
            end = found.end()
        elif (found := forms.document.match(head, at)) and (said := forms.of_document.match(head, found.end())):
            end = said.end()
        else:
            return at
        if end == len(head):
            return at
        joint = forms.joint.match(head, end)
        at = joint.end() if joint else end
    return at


def _with_edition(text: str, rest: str, forms: Forms, places: Places) -> tuple[str, str] | None:
    """Another year's edition of the document: "And in the 2031 report?"."""
    before, asked = named_in(text, places), named_in(rest, places)
    earlier = forms.edition.search(rest)
    if not (asked.years and asked.kinds) and not earlier:
        return text, rest
    if earlier and not years_in(rest):
        if len(before.years) != 1:
            return None
        year, written = max(before.years) - 1, earlier.group()
    elif len(asked.years) == 1:
        year, written = max(asked.years), asked.document
    else:
        return None
    if not before.years:
        return (_appended(text, rest, forms), "") if asks(text, forms) and not years_in(text) else None
    if len(before.years) != 1 or before.document not in text:
        return None
    at = text.index(before.document)
    head, tail = text[:at], text[at + len(before.document) :]
    for match in forms.of_edition.finditer(head):
        # The period is the old edition's, too.
        head = f"{head[: match.start()]}{forms.in_edition}{head[match.end() :]}"
    return f"{head}{_YEAR.sub(str(year), before.document)}{tail}", rest.replace(written, " ", 1)


def _with_place(text: str, rest: str, forms: Forms, places: Places) -> tuple[str, str] | None:
    """Another place: "And in Hubei?"."""
    asked = [each for each in places.named(rest) if each.kind == "place"]
    country = forms.national.search(rest)
    if not asked and not country:
        return text, rest
    start = min([each.start for each in asked] or [country.start() if country else 0])
    end = max([each.end for each in asked] or [country.end() if country else 0])
    new = rest[start:end]
    ending = forms.place_end.match(rest, end)
    if ending and not forms.spaced:
        new += ending.group()
    left = f"{rest[:start]} {rest[start + len(new) :]}"
    before = named_in(text, places)
    if len(before.places) > 1 or before.issuers:
        return None
    if not before.places:
        if found := forms.national.search(text):
            return text[: found.start()] + new + text[found.end() :], left
        if not asks(text, forms):
            return None
        return (_appended(text, rest, forms), "") if forms.spaced else (new + text, left)
    old = re.escape(next(iter(before.places.values())))
    behind = "" if forms.spaced else f"(?:{forms.place_end.pattern})?"
    return re.sub(f"{old}{behind}", lambda _: new, text), left


def _with_time(text: str, rest: str, forms: Forms, places: Places) -> tuple[str, str] | None:
    """Another year or period: "And by 2031?"."""
    own = forms.period.fullmatch(rest.strip())
    asked = [own] if own else list(forms.time.finditer(rest))
    if not asked:
        return text, rest
    if len(asked) > 1:
        return None
    left = "" if own else forms.time.sub(" ", rest)
    new = _neighbouring_year(asked[0].group().strip(), text, forms)
    document = named_in(text, places).document
    at = text.find(document) if document else -1
    within = range(at, at + len(document)) if document else range(0)
    found = [each for each in forms.time.finditer(text) if each.start() not in within]
    if len(found) > 1 and forms.spaced:
        # Of two times the one of the same preposition is meant: "And by 2040?".
        found = [each for each in found if each.group().split()[0].lower() == new.split()[0].lower()]
        if not found:
            return None
    if len(found) > 1:
        return None
    if found:
        (old,) = found
        if len(_YEAR.findall(old.group())) > max(1, len(_YEAR.findall(new))):
            return None
        preposition = re.match(r"[a-z]+\s+", old.group(), re.IGNORECASE) if forms.spaced else None
        if preposition and (_YEAR.match(new) or re.split(r"\W", new, maxsplit=1)[0].lower() in forms.months):
            new = preposition.group() + new
        return text[: old.start()] + new + text[old.end() :], left
    if _YEAR.search(document) and (year := _YEAR.search(new)):
        return text[:at] + _YEAR.sub(year.group(), document) + text[at + len(document) :], left
    if not asks(text, forms):
        return None
    if forms.spaced:
        return _appended(text, new, forms), left
    start = _frame_end(text, forms, places)
    return text[:start] + new + text[start:], left


def _neighbouring_year(new: str, text: str, forms: Forms) -> str:
    """The year before or after the one that a question names, where that is what is asked for: 上一年 -> 2030年."""
    before, after = forms.year_before.fullmatch(new), forms.year_after.fullmatch(new)
    years = years_in(text)
    if len(years) == 1 and (before or after):
        year = max(years) + (-1 if before else 1)
        return f"in {year}" if forms.spaced else f"{year}{forms.year_mark}"
    return f"{new}{forms.year_mark}" if _YEAR.fullmatch(new) else new


def _with_named(text: str, rest: str, fragment: str, forms: Forms, places: Places) -> str:
    """Another group, target or result, name, or indicator; empty where the question before has none for certain."""
    if forms.target.fullmatch(rest) or forms.result.fullmatch(rest):
        return _with_mode(text, rest, forms, places)
    if group := _group_of(rest):
        same = [span for name, span in _groups_in(text) if name == group]
        if same:
            return text[: same[0][0]] + rest + text[same[0][1] :] if len(same) == 1 else ""
        if group in GROUPS and not forms.spaced:
            return _with_group(text, rest, forms, places)
    if not forms.spaced:
        return _with_topic(text, rest, forms, places)
    if tie := forms.tie.match(fragment):
        return _with_tied(text, fragment, tie.group(), forms)
    return _with_name(text, rest, forms) if forms.name.fullmatch(rest) else _with_indicator(text, rest, forms)


def _with_mode(text: str, rest: str, forms: Forms, places: Places) -> str:
    """The target in place of the result, or the other way about."""
    if forms.spaced:
        return ""
    wanted = bool(forms.target.fullmatch(rest))
    parts = parts_of(text, forms, places)
    if len(parts.topic) < 2:
        return ""
    aimed = forms.target.search(parts.topic)
    if wanted:
        change = forms.changes.search(parts.ask)
        topic = parts.topic if aimed else f"{parts.topic}{change.group() if change else ''}{rest}"
        return f"{parts.frame}{topic}{parts.trail}{forms.ask_value}"
    topic = forms.target.sub("", parts.topic) if aimed else parts.topic
    return f"{parts.frame}{topic}{parts.trail}{rest}{forms.ask_value}" if topic else ""


def _with_group(text: str, rest: str, forms: Forms, places: Places) -> str:
    """The question of a group of what it asked about: 居民票价 -> 农村居民票价."""
    parts = parts_of(text, forms, places)
    return f"{parts.frame}{rest}{parts.topic}{parts.trail}{parts.ask}" if len(parts.topic) > 1 else ""


def _with_tied(text: str, fragment: str, tie: str, forms: Forms) -> str:
    """The question with what the same preposition ties to it: "about ports" -> "about railways"; else behind it."""
    same = [match for match in forms.tie.finditer(text) if match.group().lower() == tie.lower()]
    if not same:
        return _appended(text, fragment, forms)
    if len(same) > 1:
        return ""
    end = next((match.start() for match in forms.tie.finditer(text, same[0].end())), len(text.rstrip(_END)))
    return f"{text[: same[0].start()]}{fragment} {text[end:]}"


def _with_name(text: str, rest: str, forms: Forms) -> str:
    """Another name in the place of the only one that does something: "does Vik pay" -> "does Nor pay"."""
    found = {match["x"]: match.span("x") for match in forms.named.finditer(text)}
    if len(found) != 1:
        return ""
    start, end = next(iter(found.values()))
    return text[:start] + rest + text[end:]


def _with_indicator(text: str, rest: str, forms: Forms) -> str:
    """Another indicator: "How many ports does it want?" -> "How many ferries does it want?"."""
    for pattern in forms.asked:
        if found := pattern.search(text):
            old = found["x"].rstrip()
            start = found.start("x")
            before, own = forms.article.match(old), forms.article.match(rest)
            kept = _measure_kept(old, rest, forms)
            bare = rest[own.end() :] if own else rest
            new = f"{before.group() if before else ''}{bare}{f' {kept}' if kept else ''}"
            return text[:start] + new + text[start + len(old) :]
    return ""


def _with_topic(text: str, rest: str, forms: Forms, places: Places) -> str:
    """Another indicator of a language that asks at the end: 浙江渡轮数量多少 -> 浙江码头数量多少."""
    parts = parts_of(text, forms, places)
    if found := counted_in(text, forms):
        return text[: found.start("x")] + rest
    if len(parts.topic) < 2:
        return ""
    kept = _measure_kept(parts.topic, rest, forms)
    measured = forms.measures.search(rest) is not None and not kept
    ask = forms.unit.sub("", parts.ask)
    if any(match.end() == len(rest) for match in forms.state.finditer(rest)):
        ask = forms.ask_state
    topic = f"{rest}{kept}"
    owner, of, thing = parts.topic.rpartition(forms.of_thing)
    if not measured and not kept and owner:
        topic = f"{rest}{of}{thing}"
    return f"{parts.frame}{topic}{parts.trail}{ask or forms.ask_value}"


def _measure_kept(old: str, new: str, forms: Forms) -> str:
    """The measure with which an indicator's name ends, where the new one has none: 产量; a suffix is none: 率."""
    if any(match.end() == len(new) for match in forms.measures.finditer(new)):
        return ""
    if forms.measures.fullmatch(old):
        return ""
    kept = next((match.group() for match in forms.measures.finditer(old) if match.end() == len(old)), "")
    return kept if len(kept) > 1 else ""


def _is_listed(rest: str, forms: Forms) -> bool:
    """Whether a slot is known for one by its words alone."""
    return bool(forms.target.fullmatch(rest) or forms.result.fullmatch(rest) or _group_of(rest))


def _group_of(text: str) -> str:
    """The set of groups of which a text names a member, and nothing else; else empty."""
    found = _groups_in(text)
    whole = [name for name, (start, end) in found if end - start == len(text)]
    return whole[0] if whole else ""


def _groups_in(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The groups and parts that a text names, each with its set and its span."""
    placed = default_contrasts().placed_members(text)
    return [(member.group, (start, end)) for member, start, end in placed if member.group in ASKED_IN_TURN]


def _within(text: str, forms: Forms) -> str:
    """The text as it is written within a question: "By 2031" -> "by 2031"; a name keeps its capital."""
    first = re.split(r"\W", text, maxsplit=1)[0].lower()
    is_name = first not in STOP_WORDS and (first in forms.months or not forms.time.match(text))
    return text if is_name else text[:1].lower() + text[1:]


def _length(text: str, forms: Forms) -> int:
    return len(text.split()) if forms.spaced else len(text)


def _bare(text: str, forms: Forms) -> str:
    """The text without the words around a slot's value, at both ends."""
    text = " ".join(text.split()).strip(_END)
    while True:
        before = forms.around.match(text)
        behind = next((match for match in forms.around.finditer(text) if match.end() == len(text)), None)
        shorter = text
        if before and before.end() < len(text):
            shorter = text[before.end() :]
        elif behind and behind.start():
            shorter = text[: behind.start()]
        elif before:
            return ""
        if shorter == text:
            return text
        text = shorter.strip(_END)


def _has_predicate(text: str, forms: Forms) -> bool:
    """Whether a text says something of its own: in a spaced language, whether it has a word that joins a predicate."""
    return forms.spaced and bool(forms.predicates.search(text))


def _appended(text: str, fragment: str, forms: Forms) -> str:
    """The question with a slot behind it: "in Hubei"."""
    return f"{text.rstrip(_END)} {fragment.strip(_END)}" if forms.spaced else f"{fragment.strip(_END)}{text}"


def _ended(text: str, forms: Forms) -> str:
    """The question with its mark at the end, in one line."""
    line = " ".join(text.split()).strip(_END)
    return line[:1].upper() + line[1:] + forms.question_mark
