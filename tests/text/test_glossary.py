"""Terms are found in documents and in the owner's file, and looked up both ways."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.errors import ReadingError
from policybot.text.glossary import Glossary, Term, read_glossary, shipped_terms, terms_in


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


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("江苏的社零增长多少？", "zh", {"社会消费品零售总额"}),
        ("农民收入增长多少？", "zh", {"农村居民人均可支配收入"}),
        ("失业率控制在多少以内？", "zh", {"城镇调查失业率", "调查失业率"}),
        ("全省ＧＤＰ是多少？", "zh", {"地区生产总值", "国内生产总值", "生产总值"}),
        ("M2增速", "zh", {"广义货币"}),
        ("PM_2.5浓度", "zh", {"细颗粒物"}),
        ("PM\n2.5\n浓度", "zh", {"细颗粒物"}),
        ("PM₂.₅浓度", "zh", {"细颗粒物"}),
        ("What was the GDP of Vik?", "en", {"gross domestic product"}),
        ("R&D intensity", "en", {"research intensity"}),
        ("fine particulate matter in March", "en", {"PM2.5"}),
    ],
)
def test_the_shipped_terms_know_their_synonyms(text: str, language: str, expected: set[str]) -> None:
    """A term is known by every name, abbreviation and spelling, in the text's own language."""
    glossary = Glossary([], shipped=shipped_terms())

    assert expected <= set(glossary.synonyms(text, language=language))


@pytest.mark.parametrize("text", ["600m2的仓库", "PM25号泊位", "人民生产总动员"])
def test_a_name_inside_a_longer_word_is_no_term(text: str) -> None:
    """Latin letters and figures are names only where the word ends."""
    assert Glossary([], shipped=shipped_terms()).synonyms(text, language="zh") == ()


def test_the_owners_terms_have_synonyms_and_come_first() -> None:
    """Names that the owner renders by one name mean the same; names that documents render alike need not."""
    glossary = Glossary(
        [Term("quay", "码头"), Term("wharf", "码头")],
        owned=[Term("berth dues", "泊位费"), Term("mooring fee", "泊位费"), Term("GDP", "港口总值")],
        shipped=shipped_terms(),
    )

    assert glossary.synonyms("the quay", language="en") == ()
    assert glossary.synonyms("berth dues", language="en") == ("mooring fee",)
    assert glossary.renderings("GDP", language="en", into="zh")[0] == ("gdp", "港口总值")


def test_a_shipped_name_belongs_to_one_term() -> None:
    """No name of a language stands in two entries, so that synonyms of one are not synonyms of the other."""
    for mine, other in ((0, 1), (1, 0)):
        entries: dict[str, set[str]] = {}
        for term in shipped_terms():
            entries.setdefault(term[mine], set()).add(term[other])
        sets = list(entries.values())
        assert all(one == two or not one & two for one in sets for two in sets)


@pytest.mark.parametrize(
    ("typed", "near"), [("一般公共预算收人", ("一般公共预算收入",)), ("一般公共预算收入", ()), ("第二产业", ())]
)
def test_a_long_name_is_found_with_one_other_character(typed: str, near: tuple[str, ...]) -> None:
    """Names of five characters and more; shorter ones differ from each other in one."""
    assert Glossary([], shipped=shipped_terms()).near(typed) == near
