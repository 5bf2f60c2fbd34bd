"""A third language is data: a lexicon of German obeys the laws, and with it German questions are understood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from german import GERMAN
from lexicon_laws import check_lexicon, check_messages, examples

from policybot.errors import SettingsError
from policybot.language import lexicons, register

_UNDERSTOOD = """
from policybot.language import codes, register
from german import GERMAN

register(GERMAN)
register(GERMAN)

from policybot.answering.understanding.intent import classify_intent
from policybot.answering.understanding.presuppositions import presupposed
from policybot.answering.wording import message
from policybot.searching import is_follow_up
from policybot.text.dates import Date

assert codes() == ("en", "zh", "de")
assert classify_intent("Fasse den Hafenplan zusammen.").kind == "summary"
assert classify_intent("Wie viele Fähren fahren nachts?").kind == "number"
compared = classify_intent("Vergleiche den Hafenplan mit dem Fährgesetz als Tabelle")
assert (compared.kind, compared.labels, compared.table) == ("comparison", ("Hafenplan", "Fährgesetz"), True), compared
assert classify_intent("How many ferries sail at night?").kind == "number"
assert classify_intent("有哪些渡轮？").kind == "list"
assert presupposed("Da Fähren frei sind, wer zahlt?") == "Fähren frei sind"
assert presupposed("Warum hat der Rat den Kai geschlossen?") == "hat der Rat den Kai geschlossen"
assert is_follow_up("Und nachts?")
assert message("unanswered", "de", missing=["Vik"]).endswith("In den Dokumenten steht nichts über „Vik“.")

from policybot.text.figures import stated
from policybot.checking.wording import claims, negations

said = stated("Mindestens 3 Millionen Euro sind es seit dem 7. März 2031.")
assert [(f.value, f.unit, set(f.bounds)) for f in said.figures] == [(3e6, "euros", {"at least"})], said.figures
assert [(d.date, set(d.bounds)) for d in said.dates] == [(Date(2031, 3, 7), {"from"})], said.dates
assert (negations("Die Fähre fährt nicht."), claims("Sie muss zahlen.")) == (1, {"owed"})
assert Date(2031, 3, 7).text("de") == "7. März 2031"
"""


def test_german_obeys_the_laws_of_every_lexicon() -> None:
    """The same laws that the languages of policybot obey hold for one that only the tests have."""
    check_lexicon(GERMAN, examples("de"))
    check_messages(GERMAN)


def test_registered_language_is_understood_everywhere() -> None:
    """German questions are understood once its lexicon is registered, English and Chinese ones as before."""
    here = Path(__file__).parent
    done = subprocess.run([sys.executable, "-c", _UNDERSTOOD], cwd=here, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_language_that_comes_too_late_is_refused() -> None:
    """Patterns are compiled once: a lexicon that comes after that would be left out of some."""
    lexicons()

    with pytest.raises(SettingsError, match="too late"):
        register(GERMAN)
