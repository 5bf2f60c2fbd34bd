"""Filters: what they accept, which documents pass, and that answers come from those alone."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot import Filter, PolicyBot
from policybot.domain import Document, Metadata
from policybot.errors import QuestionError
from policybot.store.catalogue import Catalogue, FileState

PUBLISHERS = ("Ministry of Finance", "École nationale", "Große Kammer", "财政部", "")
KINDS = ("speech", "Government-Report", "")
LANGUAGES = ("en", "zh")
PUBLISHED = ("", "2023", "2024", "2024-02", "2024-02-29", "2024-03", "2024-03-01", "2024-12-31", "2025", "2025-01-01")

DOCUMENTS = {
    f"id-{number}": Document(
        id=f"id-{number}",
        name=f"folder/{number}.md",
        text=f"Text {number}.",
        markup="markdown",
        metadata=Metadata(f"Title {number}", publisher, published, language=language, kind=kind),
    )
    for number, (publisher, kind, language, published) in enumerate(product(PUBLISHERS, KINDS, LANGUAGES, PUBLISHED))
}

DATES = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(date(2022, 12, 1), date(2025, 2, 28)) | st.sampled_from([date(2024, 2, 29), date(2024, 12, 31)]),
    st.sampled_from([4, 7, 10]),
)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of the values, written as they are or with other capitals, or one that no document has; often none."""
    cases: st.SearchStrategy[Callable[[str], str]] = st.sampled_from([str, str.upper, str.lower, str.title])
    known = st.builds(lambda value, case: case(value), st.sampled_from([v for v in values if v]), cases)
    return st.just(()) | st.lists(known | st.just("nobody"), max_size=3).map(tuple)


def days(stated: str) -> tuple[date, date]:
    """First and last day of what a date states."""
    year, month, day = (*(int(part) for part in stated.split("-")), 0, 0)[:3]
    last_month = month or 12
    return (
        date(year, month or 1, day or 1),
        date(year, last_month, day or calendar.monthrange(year, last_month)[1]),
    )


def passes(document: Document, wanted: Filter) -> bool:
    """Whether a filter lets a document pass, said in another way than the catalogue does."""
    meta = document.metadata
    for value, allowed in (
        (meta.publisher, wanted.publishers),
        (meta.kind, wanted.kinds),
        (meta.language, wanted.languages),
    ):
        if allowed and value.casefold() not in {each.casefold() for each in allowed}:
            return False
    if wanted.documents and not {document.id, document.name} & set(wanted.documents):
        return False
    if not (wanted.published_from or wanted.published_to):
        return True
    if not meta.published:
        return False
    first, last = days(meta.published)
    after = not wanted.published_from or last >= days(wanted.published_from)[0]
    before = not wanted.published_to or first <= days(wanted.published_to)[1]
    return after and before


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """A catalogue with a document for each combination of what a filter looks at."""
    catalogue = Catalogue(tmp_path_factory.mktemp("filtered"))
    catalogue.put(
        [(each, (), FileState(each.id, each.name, "0", 1, 1, "")) for each in DOCUMENTS.values()], root="folder"
    )
    yield catalogue
    catalogue.close()


class TestDates:
    """Which dates a filter takes."""

    @given(DATES)
    def test_years_months_and_days_of_the_calendar(self, stated: str) -> None:
        """A date may be as precise as is known."""
        assert Filter(published_from=stated, published_to=stated)

    @pytest.mark.parametrize(
        "stated",
        ["24", "2024-3", "2024-13", "2023-02-29", "2024-03-05T00:00", "2024/03", "March", " 2024", "2024-", "0000",
         "２０２４", "2024年", "2024-03-05-01"],
    )  # fmt: skip
    @pytest.mark.parametrize("side", ["published_from", "published_to"])
    def test_anything_else_is_named_with_the_form_wanted(self, side: str, stated: str) -> None:
        """A date that would be compared wrongly is refused where the filter is made."""
        with pytest.raises(QuestionError, match="Write it as 2024, 2024-03 or 2024-03-05") as caught:
            Filter(**{side: stated})

        assert repr(stated) in str(caught.value)

    @given(DATES, DATES)
    def test_the_first_must_not_be_after_the_last(self, first: str, last: str) -> None:
        """A span is refused exactly when no day lies in it."""
        try:
            Filter(published_from=first, published_to=last)
            refused = False
        except QuestionError:
            refused = True

        assert refused == (days(first)[0] > days(last)[1])


class TestMatching:
    """Which documents pass."""

    @given(
        publishers=some(PUBLISHERS),
        kinds=some(KINDS),
        languages=some(LANGUAGES),
        documents=st.just(()) | st.lists(
            st.sampled_from([*DOCUMENTS, *(d.name for d in DOCUMENTS.values()), "nothing"]), max_size=60
        ).map(tuple),
        dates=st.tuples(st.just("") | DATES, st.just("") | DATES).map(
            lambda pair: pair if not all(pair) or days(pair[0])[0] <= days(pair[1])[1] else (pair[1], pair[0])
        ),
    )  # fmt: skip
    def test_every_attribute_allows_the_document(
        self,
        catalogue: Catalogue,
        publishers: tuple[str, ...],
        kinds: tuple[str, ...],
        languages: tuple[str, ...],
        documents: tuple[str, ...],
        dates: tuple[str, str],
    ) -> None:
        """What passes is what each attribute allows: by any of its values, whatever the capitals, within the dates."""
        wanted = Filter(documents, publishers, kinds, languages, *dates)

        assert catalogue.matching(wanted) == {each.id for each in DOCUMENTS.values() if passes(each, wanted)}

    def test_nothing_demanded_lets_everything_pass(self, catalogue: Catalogue) -> None:
        """The empty filter is false and leaves no document out."""
        assert not Filter()
        assert catalogue.matching(Filter()) == DOCUMENTS.keys()

    @pytest.mark.parametrize("dates", [("1000", ""), ("", "9999"), ("1000", "9999")], ids=["from", "to", "both"])
    def test_an_unknown_date_is_never_within_dates(self, catalogue: Catalogue, dates: tuple[str, str]) -> None:
        """However wide the dates are, a document without one is left out."""
        passed = catalogue.matching(Filter(published_from=dates[0], published_to=dates[1]))

        assert passed == {each.id for each in DOCUMENTS.values() if each.metadata.published}


class TestAnswers:
    """The whole way: what is found, cited and refused under a filter."""

    @pytest.mark.parametrize(
        ("filter", "allowed"),
        [
            (Filter(documents=("harbour.md",)), "harbour.md"),
            (Filter(publishers=("port ellis council",)), "harbour.md"),
            (Filter(languages=("zh",)), "library.md"),
            (Filter(published_from="2031"), "harbour.md"),
            (Filter(published_to="2030-12"), "library.md"),
        ],
        ids=["document", "publisher", "language", "from", "to"],
    )
    @pytest.mark.parametrize("question", ["How many trees does the council want to plant?", "读者证押金是多少？"])
    def test_hits_and_citations_are_of_allowed_documents(
        self, quoting_bot: PolicyBot, filter: Filter, allowed: str, question: str
    ) -> None:
        """Nothing of another document is found or cited, be the question about it or not."""
        answer = quoting_bot.ask(question, filter=filter)
        hits = quoting_bot.search(question, filter=filter)

        assert {hit.passage.document for hit in (*hits, *answer.hits)} == {allowed}
        assert {citation.document for citation in answer.citations} <= {allowed}

    def test_an_allowed_document_answers(self, quoting_bot: PolicyBot) -> None:
        """A filter that keeps the document with the answer keeps the answer."""
        answer = quoting_bot.ask("How many trees does the council want to plant?", filter=Filter(languages=("EN",)))

        assert (answer.status, {c.document for c in answer.citations}) == ("answered", {"harbour.md"})

    def test_a_filter_holds_for_one_question(self, quoting_bot: PolicyBot) -> None:
        """The next question of a conversation is answered from everything again."""
        talk = quoting_bot.conversation()
        filtered = talk.ask("How many trees does the council want to plant?", filter=Filter(languages=("zh",)))

        answer = talk.ask("How many trees does the council want to plant?")

        assert (filtered.citations, answer.status) == ((), "answered")

    def test_a_filter_that_nothing_passes_is_an_error_that_states_it(self, quoting_bot: PolicyBot) -> None:
        """What was demanded is named, so that it can be widened; nothing is remembered of the question."""
        talk = quoting_bot.conversation()
        with pytest.raises(QuestionError, match=r"filter: kinds 'speech', 'plan'; published_from '2099'\. "):
            talk.ask("How many trees?", filter=Filter(kinds=("speech", "plan"), published_from="2099"))

        assert talk.turns == ()
