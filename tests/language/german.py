"""A small lexicon of German, with which the tests show that a third language is data and nothing else."""

from __future__ import annotations

from policybot.language import Lexicon
from policybot.language.calendar import Calendar
from policybot.language.framing import Framing
from policybot.language.messages import Messages
from policybot.language.names import Names
from policybot.language.questions import Questions
from policybot.language.reasons import Reasons
from policybot.language.statements import Statements

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_ASKED_TO = "sagt|sagen|schreibt|schreiben|verlangt|verlangen|regelt|regeln|nennt|nennen|fordert|fordern"

GERMAN = Lexicon(
    code="de",
    name="Deutsch",
    spaced=True,
    calendar=Calendar(
        months={name.lower(): number for number, name in enumerate(_MONTHS, start=1)},
        month_names=tuple(_MONTHS),
        weekdays=frozenset("montag dienstag mittwoch donnerstag freitag samstag sonntag".split()),
    ),
    framing=Framing(
        pleasantry=r"\b(?:hallo|guten (?:morgen|tag|abend)|(?:vielen |herzlichen )?dank(?: im voraus)?|"
        r"danke(?: schön)?|"
        r"entschuldigung|mit freundlichen grüßen)",
        thanks=r"\b(?:(?:vielen |herzlichen )?dank(?: im voraus)?|danke(?: schön)?)\b",
        about_asker=r"^\W*(?:ich (?!(?:habe )?"
        r"(?:las|lese|hörte|höre|glaube|denke|weiß|will|möchte|frage|meine|brauche)\b)"
        r"|mein\w* (?!(?:eindruck|frage|meinung|ansicht)\b))",
        self_reference=r"\b(?:ich|mein\w*|mir|mich|wir|unser\w*)\b",
        reference=r"^\W*(?:und )?(?:(?:ist|sind|gilt|gelten|was ist mit) )?(?:das|dies|diese|es|sie|er)\b"
        r"|.*\b(?:dort|dann)\W*$",
    ),
    messages=Messages(
        kinds={
            "full": "",
            "partial": "Mehr steht dazu nicht in den Dokumenten.",
            "disagreement": "Die Dokumente sind sich hierin nicht einig:",
            "correction": "Die Dokumente stützen nicht, was die Frage voraussetzt. Sie sagen:",
            "unanswered": "Die Dokumente beantworten diese Frage nicht.",
            "off_topic": "Davon handeln die Dokumente nicht.",
            "opinion": "Ich beziehe keine Stellung. Ich kann sagen, was die Dokumente sagen.",
            "harmful": "Dabei helfe ich nicht.",
            "manipulation": "Ich bleibe bei meiner Aufgabe: aus den Dokumenten zu antworten.",
            "meta": "Ich beantworte Fragen zu den Dokumenten und belege jeden Satz.",
        },
        nothing_about="In den Dokumenten steht nichts über {missing}.",
        separator=", ",
        quoted="„{name}“",
        colon=": ",
        date="{day}. {month} {year}",
        month="{month} {year}",
        year="{year}",
        section_question="Was sagt „{title}“ unter „{heading}“?",
        nested_quotes={"„": "‚", "“": "‘"},
        asked="Frage",
        answered="Antwort",
        large_numbers={"Billionen": 1e12, "Milliarden": 1e9, "Millionen": 1e6},
        large_number=r"[ -](?P<scale>Billionen|Milliarden|Millionen)\b",
        large_number_written="{figure} {scale}",
        shortest_translation=1.0,
    ),
    names=Names(
        document_nouns=frozenset("plan bericht gesetz verordnung richtlinie vertrag hafenplan fährgesetz".split()),
        things=r"\w*(?:plan|gesetz|vertrag)\b",
        several=r"\b(?:pläne|berichte|gesetze|verordnungen)\b",
        asked=(
            rf"(?i:\bwas (?:{_ASKED_TO}) (?P<x>[^?.;:]{{2,120}}?)(?= (?:über|zu|zum|zur)\b|[?.;:]|$))",
            r"(?i:\b(?:laut|gemäß)\s+(?P<x>[^?;:,]{2,120}?)(?=\s*(?:[,?;:]|$)))",
        ),
        in_passing=(r"(?i:\b(?:im|in der|unter dem)\s+(?=(?P<x>[^?;:,]{2,120}?)\s*(?:[,?;:]|$)))",),
        cited=(rf"(?:^|[.;!]\s+)(?P<x>[^?.;:!]{{2,120}}?)\s+(?:{_ASKED_TO})\b[^?.;!]*[.;!]\s+\w",),
        leading="",
        before_date=r" (?:von|vom|aus|für)(?: dem| der)?",
        of_origin=r"\b(?:von|vom)\b",
        written_date="",
        function_characters="",
        inner_words="von|der|am",
    ),
    questions=Questions(
        timeline=r"\bzeitleiste\b|\bchronolog\w*|\bzeitliche\w* (?:ablauf|reihenfolge)\b",
        summary=r"\bzusammenfass\w*|\bfass(?:e|t)?\b.*\bzusammen\b|\bworum geht es\b|\büberblick über\b",
        compares=r"\bvergleich\w*|\bunterscheid\w*|\bunterschiede?\b|\bjeweils\b",
        table=r"\b(?:in|als)\s+(?:einer?\s+)?tabelle\b|\btabellarisch\b",
        defines=r"\bwas (?:heißt|bedeutet|versteht man unter)\b|\bdefinier\w*|\bbedeutung von\b",
        asks_value=r"\b(?:ziel|frist|preis|anteil|name|grund|betrag)\W*$",
        asks_number=r"\bwie (?:viele?|hoch|groß|lange|weit|oft)\b|\bwelcher anteil\b",
        lists=r"^\W*nenne\b|\bwelche \w+(?:en|er|e)\b|\bwas sind die\b",
        everywhere=r"\bin (?:allen|welchen) (?:dokumenten|berichten)\b"
        r"|\b(?:welche|alle|sämtliche) (?:dokumente|berichte) (?:nennen|sagen|erwähnen|behandeln)\b",
        whether=r"^\W*(?:ist|sind|war|hat|haben|darf|muss|wird)\b|\b(?:ob|umstritten\w*|strittig\w*)\b",
        yes_or_no=r"^\W*(?:ist|sind|war|hat|haben|darf|muss|wird)\b",
        why=r"^\W*(?:warum|weshalb|wieso)\b",
        question_word=r"\b(?:was|wer|wen|wem|wessen|welche\w*|wie|warum|wann|wo)\b",
        kind_words=r"\bzeitleiste\b|\bzusammenfassung\b"
        r"|\bfass(?:e|t)?\b|\bzusammen\b|\bvergleiche?\b|\bworum geht es in\b",
        request=r"(?:(?:bitte|kannst du|ich möchte)\W+)+(?:gib|zeige?|mach)?\b(?:\s+mir)?\s*"
        r"|(?:gib|zeige?|mach)\b(?:\s+mir)?\s*",
        thanks=r"\b(?:bitte|danke)",
        edge_words=r"\b(?:über|von|zu|mir|uns|ein|eine)\b",
        empty_endings="",
        term=r"\bwas (?:heißt|bedeutet|ist) (?:eine? |der |die |das )?[„\"]?([^?„“\"]{2,60}?)[“\"]?\W*$",
        definition_words=frozenset("heißt bedeutet bedeutung begriff wort definition".split()),
        generic_words=frozenset("nennen sagen geben dokument bericht plan frage antwort".split()),
        refers_back=r"\b(?:er|sie|es|ihr|ihre|diese\w*|jene\w*|davon|dort|andere\w*)\b|^\W*(?:und|aber|oder)\b",
        comparands=r"\bzwischen\s+(?P<a>[^,;?]+?)\s+und\s+(?P<b>[^,;?]+)"
        r"|(?P<a2>[^;?]+?),?\s+(?:und|mit)\s+(?P<b2>[^,;?]+)",
        loose_comparands=frozenset(("a2",)),
        before_comparand=r"\b(?:vergleiche?|von|zwischen|unterscheiden sich)\b\s+",
        after_comparand=r"\s+\b(?:über|zu|zum|zur|bei|beim|in|im|als)\b",
        and_word="und",
        possessive="",
        article=r"(?:der|die|das|den|dem|ein|eine|einen)\s+",
        and_between="",
        before_comparands="",
        after_comparands="",
        comparing_words=r"\b(?:vergleiche?|jeweils|unterscheiden sich|unterschiede? zwischen)\b",
        between_years=r"\b(?:und|bis|mit|als)\b",
        before_year=r"\b(?:und|bis|mit)\b",
        after_year="und",
        year_mark="",
        given=r"^\W*(?:da|weil|nachdem)\s+(?P<claim>.+?),\s+.+\?\W*$",
        shown=r"\b(?:quelle|beleg|stelle)\b\s*(?:dafür|, die (?:zeigt|sagt|belegt)),\s+dass\s+(?P<claim>.+?)\W*$",
        why_claim=r"^\W*(?:warum|weshalb|wieso)\s+(?P<auxiliary>hat|haben|ist|sind|wird|werden)\s+(?P<rest>.+?)\W*$",
        bare_auxiliaries=frozenset(),
        negation="nicht",
    ),
    reasons=Reasons(
        notes={
            "screening.opinion": "Die Frage verlangt eine Meinung.",
            "screening.harmful": "Die Frage verlangt Hilfe zu einem Schaden.",
            "screening.manipulation": "Die Frage verlangt andere Regeln als diese.",
            "screening.meta": "Die Frage handelt vom Assistenten.",
            "off_topic.passed": "Die nächste Stelle hat eine Relevanz von {value} (nötig: {bound}).",
            "off_topic.off_topic": "Die nächste Stelle hat eine Relevanz von {value}; nötig ist {bound}.",
            "off_topic.unanswered": "Die nächste Stelle hat eine Relevanz von {value}; nötig ist {bound}.",
            "absence.unanswered": "Die Dokumente sagen selbst, dass sie das nicht enthalten.",
            "premise.passed": "Das Sprachmodell hält die Frage für beantwortet, wie sie gestellt ist.",
            "premise.correction": "Kein gelesener Satz stützt, was die Frage voraussetzt.",
            "answerability.passed": "Die Dokumente antworten mit Wahrscheinlichkeit {value} (nötig: {bound}).",
            "answerability.unanswered": "Die Dokumente antworten mit Wahrscheinlichkeit {value}; nötig ist {bound}.",
            "disagreement.disagreement": "Sätze verschiedener Herausgeber widersprechen sich.",
            "writing.partial": "Einiges vom Geschriebenen fiel weg, weil die Dokumente es nicht stützen.",
            "completion.partial": "Zu einem Teil der Frage steht nichts in den Dokumenten.",
            "completion.unanswered": "Kein Satz hat seine Prüfung bestanden.",
        }
    ),
    statements=Statements(
        defines=r"\b(?:bedeutet|bezeichnet|heißt|gilt als|ist (?:ein|eine|der|die|das))\b",
        definition_of=r"\b{name}\W{0,3}(?:ist|bedeutet|bezeichnet|heißt)\b",
        denies=r"\b(?:bestreite\w*|bestritt\w*|widerspr\w+|haltlos|unwahr|weist? .{0,40}zurück)\b",
        asserts=r"\b(?:sagte?|warnte?|schätzte?|behauptete?|meldete?)\b",
        refers_back=r"(?:Er|Sie|Es|Dies|Diese|Beide)\b",
        source_named=r"\b(?:laut|nach Angaben von)\s+(?:der|dem|des)?\s*(?P<who>[^,.;:?()]{2,80})",
        attributed=(
            r"^\W*(?:Laut|Gemäß) (?:der |dem )?(?P<who>[^,.;:]{2,80}?)\s+(?P<what>(?:ist|sind|hat|haben)\b.+)$",
        ),
        citation_word="quelle:?",
        lacks=r"\b(?:bericht|plan|dokument|text)\w*\b[^.;:]{0,40}\b(?:nennt|enthält|macht) kein\w*\b",
        leaves_unexplained=r"\b(?:nennt keinen grund|bleibt ungeklärt|erklärte? das nicht)\b",
        says_nothing=r"\b(?:nicht|kein\w*|nichts)\b.{0,60}\b(?:erwähn|nenn|angab|antwort|beantwort|steht|stehen)",
        found_nothing=r"\b(?:nicht|kein\w*|nichts)\b.{0,60}\b(?:erwähn|nenn|angab|antwort|beantwort|steht|stehen|gegeben)",
        about_sources=r"^\s*(?:laut|wie\b.{0,80}\b(?:sagt|erklärt))\b",
        yes=frozenset(("ja",)),
        no=frozenset(("nein",)),
    ),
)
