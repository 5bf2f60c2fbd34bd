"""The owner's names that exclude each other take the place of those that come with policybot."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot.errors import ReadingError
from policybot.text.contrasts import Contrasts, default_names, from_json, merged, read_names, to_json

OWNED = """
medicine:
  aspirin: {en: [aspirin, 'acetylsalicyl\\w+'], zh: 阿司匹林}
  ibuprofen: {en: ibuprofen}
province: {}
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "contrasts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _names(contrasts: Contrasts, text: str) -> set[str]:
    return {member.name for member in contrasts.members(text)}


def test_an_owners_set_is_compared_in_every_language_that_it_has_words_in(tmp_path: Path) -> None:
    contrasts = Contrasts(read_names(_written(tmp_path, OWNED)))

    assert _names(contrasts, "Acetylsalicylic acid, no ibuprofen") >= {"aspirin", "ibuprofen"}
    assert _names(contrasts, "服用阿司匹林") == {"aspirin"}
    assert all(member.is_name and not member.loose for member in contrasts.members("aspirin"))


def test_words_are_whole_where_blanks_separate_them(tmp_path: Path) -> None:
    contrasts = Contrasts(read_names(_written(tmp_path, "port:\n  Ny: {en: ny}\n  Ry: {en: ry}\n")))

    assert _names(contrasts, "Ny harbour") == {"Ny"}
    assert _names(contrasts, "any harbour") == set()


def test_a_set_of_the_same_name_takes_the_place_of_the_one_that_comes_along(tmp_path: Path) -> None:
    """An empty one leaves it out, and the others stay."""
    contrasts = Contrasts(read_names(_written(tmp_path, OWNED)))

    assert _names(Contrasts({}), "Hebei and Japan") == {"Hebei", "Japan"}
    assert _names(contrasts, "Hebei and Japan") == {"Japan"}


def test_an_empty_file_adds_nothing(tmp_path: Path) -> None:
    assert read_names(_written(tmp_path, "# none yet\n")) == {}


def test_what_the_index_keeps_is_what_was_read(tmp_path: Path) -> None:
    sets = read_names(_written(tmp_path, OWNED))

    assert from_json(to_json(sets)) == sets
    assert from_json(to_json(default_names())) == default_names()


def test_sets_of_two_folders_are_one() -> None:
    """Of a member that both have, the later folder's words count."""
    one = {"port": {"A": {"en": ("a",)}, "B": {"en": ("b",)}}}
    other = {"port": {"B": {"en": ("beta",)}}, "quay": {"C": {"en": ("c",)}}}

    assert merged([one, other]) == {
        "port": {"A": {"en": ("a",)}, "B": {"en": ("beta",)}},
        "quay": {"C": {"en": ("c",)}},
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n- b\n", r"contrasts.yaml, line 1: the file is no mapping. Write `set: \{member: \{en: \[words\]\}\}`."),
        ("port:\n  - a\n", r"contrasts.yaml, line 2: the set 'port' is no mapping. Write `member: \{en: \[words\]\}`."),
        ("port:\n  A: {xx: a}\n", "line 2: 'xx' is no language that policybot knows. Use one of en, zh"),
        ("port:\n  A: {en: []}\n", "line 2: 'port: A: en' has no words. Write a word or a list of words."),
        ("port:\n  A: {en: 'a('}\n", r"line 2: 'a\(' is no regular expression: .* Put a backslash before"),
        ("port:\n  A: {en: 'a*'}\n", r"line 2: 'a\*' matches everywhere. Write a word"),
        ("port:\n  A: {en: a}\n  A: {en: b}\n", "line 3: 'A' is there twice in the set 'port'. Put both together."),
        ("port: {", "contrasts.yaml, line 1 cannot be read: .* It must be YAML in UTF-8."),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_line_and_the_next_step(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ReadingError, match=message):
        read_names(_written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be read"):
        read_names(tmp_path / "contrasts.yaml")
