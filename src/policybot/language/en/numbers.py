"""English number words, and the words that scale figures."""

from policybot.language.numbers import Numbers

TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
"""The number words from 0 to 20, in order."""

_WORDS = {word: float(value) for value, word in enumerate(TO_TWENTY)} | {
    word: 10.0 * tens for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = "|".join(_SCALES)
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))

NUMBERS = Numbers(
    words=_WORDS,
    ordinals={word: float(value) for value, word in enumerate(_ORDINALS, 1)},
    fraction_words={
        "a": 1.0,
        "third": 3.0,
        "thirds": 3.0,
        "quarter": 4.0,
        "quarters": 4.0,
        "fifth": 5.0,
        "fifths": 5.0,
        "tenth": 10.0,
        "tenths": 10.0,
    },
    digits={},
    powers={},
    groups={},
    point="",
    scales=_SCALES | {"lakh": 1e5, "crore": 1e7, "mn": 1e6, "bn": 1e9, "tn": 1e12},
    money_scales={"k": 1e3, "m": 1e6, "b": 1e9},
    scale=rf"[ \t-]*(?:{_SCALE}|lakh|crore|mn|bn|tn|(?<=\d)[kmb](?![a-z]))\b",
    keyword_scale=rf"[ \t-]*(?:{_SCALE}|mn|bn)\b",
    shared_scale="thousand|million|billion|trillion",
    table_scale=_SCALE,
    worded=(
        rf"\b(?:(?P<words>(?:{_WORD})(?:[ -](?:and )?(?:{_WORD}|{_SCALE}))*)"
        rf"|(?:an? |several )?(?P<alone>{_SCALE}))\b(?!s\b)"
    ),
    ordinal=rf"\b(?P<word>{'|'.join(_ORDINALS)})\b(?!-)|\b(?P<digits>\d{{1,3}})(?:st|nd|rd|th)\b",
    fraction=(
        r"\b(?P<above>one|two|three|four|a)[ -](?P<below>thirds?|quarters?(?= of)|fifths?|tenths?)\b"
        r"|(?<!first )(?<!second )(?<!other )(?<!latter )\b(?P<half>half)\b(?! year|-year)"
    ),
    numeral="",
    counter="",
    no_numeral="",
    plan="",
    names_two=r"\b(?:both|two|twin|dual|pair|double[ds]?|twice|bilateral|either|neither)\b",
    names_three=r"\b(?:triple[ds]?|trio)\b",
    range_words="to|and|or",
    list_and="and",
    no_codes=frozenset("st nd rd th s k m mn bn tn".split()),
)
