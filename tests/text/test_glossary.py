"""Terms are found in documents and in the owner's file, and looked up both ways."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.errors import ReadingError
from policybot.text.glossary import Glossary, Term, read_glossary, terms_in


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("It is called “harbour dues reform” (港口收费改革) there.", Term("harbour dues reform", "港口收费改革")),
        ("Beijing speaks of the night-time economy (夜间经济).", Term("night-time economy", "夜间经济")),
        ("文件提出“海洋牧场”（marine ranching）。", Term("marine ranching", "海洋牧场")),
        ("海洋牧场（marine ranching）得到支持。", Term("marine ranching", "海洋牧场")),
        ("见《渔业法》（Fisheries Law）。", Term("Fisheries Law", "渔业法")),
    ],
)
def test_a_name_with_its_rendering_in_brackets_is_a_term(text: str, term: Term) -> None:
    assert terms_in(text) == {term}


@pytest.mark.parametrize(
    "text", ["Growth was 5% (2024).", "增长5%（2024年）。", "See the annex (p. 3).", "没有译名（见附件）。"]
)
def test_brackets_without_the_other_language_are_no_term(text: str) -> None:
    assert not terms_in(text)


def test_a_term_is_looked_up_both_ways_whatever_its_inflection() -> None:
    glossary = Glossary([Term("marine ranch", "海洋牧场"), Term("harbour", "港口")])

    assert glossary.renderings("How many Marine Ranches?", language="en", into="zh") == (("marin ranch", "海洋牧场"),)
    assert glossary.renderings("海洋牧场有多少？", language="zh", into="en") == (("海洋牧场", "marine ranch"),)


def test_the_longest_term_wins_where_terms_overlap() -> None:
    glossary = Glossary([Term("ranch", "牧场"), Term("marine ranch", "海洋牧场")])

    assert [zh for _, zh in glossary.renderings("a marine ranch", language="en", into="zh")] == ["海洋牧场"]
    assert [en for _, en in glossary.renderings("一个海洋牧场", language="zh", into="en")] == ["marine ranch"]


def test_languages_that_the_glossary_does_not_know_have_no_renderings() -> None:
    assert Glossary([Term("harbour", "港口")]).renderings("harbour", language="en", into="fr") == ()


def test_the_owners_file_may_give_several_names(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("- {en: [harbour, port], zh: 港口}\n- {en: dues, zh: [规费, 收费]}\n", encoding="utf-8")

    assert read_glossary(path) == {
        Term("harbour", "港口"), Term("port", "港口"), Term("dues", "规费"), Term("dues", "收费"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", ["harbour: 港口", "- harbour", "- {en: harbour}", "- {en: 3, zh: 港口}", "- [", "- {en: '', zh: 港}"]
)
def test_a_wrong_glossary_is_named_with_its_entry(tmp_path: Path, content: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ReadingError, match=r"glossary\.yaml"):
        read_glossary(path)


@given(st.text(max_size=300))
def test_any_text_can_be_read_for_terms_and_looked_up(text: str) -> None:
    terms = terms_in(text)
    glossary = Glossary(terms)

    assert all(term.en and term.zh for term in terms)
    glossary.renderings(text, language="zh", into="en")
    glossary.renderings(text, language="en", into="zh")
