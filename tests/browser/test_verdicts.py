"""How well an answer stands, as the page shows it: verdicts, kinds of answer and of refusal, questions that lead on."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from visiting import ANSWERED, CHINESE, ENGLISH, KINDS, MESSAGE, PARTLY, UNANSWERED, ScriptedBot, ask_and_wait

from policybot.rendering import say


def test_a_sentence_carried_in_part_says_so_on_demand(page: Page) -> None:
    """The sentence is marked, its reason shows when asked for and goes again, and one line counts the verdicts."""
    ask_and_wait(page, PARTLY)
    mark = page.locator(".pb-why")
    expect(page.locator('[data-verdict="partly"]')).to_have_count(1)
    expect(page.locator(".pb-reason")).to_be_hidden()
    mark.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".pb-reason")).to_contain_text("0.52 of its words stand in <b>the evidence</b>")
    expect(mark).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".pb-verdicts")).to_contain_text("carry 1 of 2 sentences in full, the marked ones in part.")
    expect(page.locator(".pb-verdicts")).to_contain_text("1 more were not shown")
    mark.click()
    expect(page.locator(".pb-reason")).to_be_hidden()


def test_supported_sentences_are_not_marked(page: Page) -> None:
    """Where every sentence is carried, no sentence is marked and one quiet line says so."""
    ask_and_wait(page, ENGLISH)

    expect(page.locator(".pb-why")).to_have_count(0)
    expect(page.locator(".pb-verdicts")).to_have_text("Checked: the passages cited carry every sentence.")


def test_kinds(page: Page) -> None:
    """Each kind of answer has its own heading in both languages, and its message on the side where it belongs."""
    for question, kind in KINDS.items():
        ask_and_wait(page, question)
        article = page.locator(f'[data-kind="{kind}"]')
        text = article.locator(".pb-answer").inner_text()

        assert (kind, True) == (kind, say("en", f"kind_{kind}") in text)
        if kind in ANSWERED:
            first = text.index(MESSAGE) < text.index("three new engines")
            assert (kind, kind != "partial") == (kind, first)
        else:
            offered = article.locator(".pb-sources").count() == 1
            assert (kind, False) == (kind, "three new engines" in text)
            assert (kind, kind in ("off_topic", "opinion")) == (kind, offered)
    page.locator('[data-language="zh"]').click()
    for kind in KINDS.values():
        expect(page.locator(f'[data-kind="{kind}"] .pb-answer')).to_contain_text(say("zh", f"kind_{kind}"))


def test_questions_that_lead_on_are_asked_with_one_click(page: Page, bot: ScriptedBot) -> None:
    """Below an answer, and below a refusal under another heading, what can be asked next is asked with one click."""
    bot.further = (CHINESE,)
    ask_and_wait(page, UNANSWERED)
    expect(page.locator(".pb-further h3")).to_have_text("Questions that the documents answer")
    page.locator(".pb-further button").click()
    page.locator("#pb-past .pb-abstained").wait_for()
    page.locator('#pb-current [data-stage="done"]').wait_for()

    assert [question for question, _ in bot.asked] == [UNANSWERED, CHINESE]
    expect(page.locator("#pb-current .pb-further h3")).to_have_text("Go on with")


def test_a_chip_tells_title_publisher_and_date(page: Page) -> None:
    """Hovering a chip shows where the sentence comes from before it is opened."""
    ask_and_wait(page, ENGLISH)

    title = page.locator(".pb-chip").first.get_attribute("title")
    assert title == (
        "How the 2024 Two Sessions explainer presents new quality productive forces · "
        "People's Daily Online · 2024-03-07"
    )
