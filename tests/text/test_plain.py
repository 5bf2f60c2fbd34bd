"""What cannot be seen and what is markup leaves no trace; the rest stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.text.plain import escaped_hidden, unseen_spans, visible, without_markup


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\x1b",
        "\x9b",
        "\u00ad",
        "\u2063",
        "\U000e0041",
        "\U000e0101",
        "\ufe01",
        "\u3164",
    ],
    ids=lambda c: f"U+{ord(c):04X}",
)
def test_hidden_characters_go(hidden: str) -> None:
    """A character that cannot be seen, turns the order or steers a terminal is left out."""
    assert visible(f"4,2{hidden}00 trees") == "4,200 trees"


def test_what_languages_need_stays() -> None:
    """Line ends, joiners and the sign that colours an emoji are text."""
    text = "one\ntwo\tمی‌خواهم 👩‍🚒 ❤️ 新质生产力"

    assert visible(text) == text


@given(st.text())
def test_visible_text_stays_as_it_is(text: str) -> None:
    """What is visible once is visible for good."""
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ('see ![x](http://a.example/x.png) and [this](http://b.example "t")', "see x and this"),
        ("a<!-- hidden --> b <b onclick=x>c</b><br/>", "a b c"),
        ("cut off <img src=x onerror=", "cut off "),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<scr<b>ipt>alert(1)</scr</b>ipt>", "alert(1)"),
    ],
)
def test_markup_becomes_words(marked: str, plain: str) -> None:
    """Images, links, comments and tags are reduced to their words; signs of mathematics are none."""
    assert without_markup(marked) == plain


@pytest.mark.parametrize(
    "unseen",
    [
        "<!-- hidden -->",
        "<span style='display: none'>hidden</span>",
        "<p hidden>hidden</p>",
        '<div aria-hidden="true">hidden</div>',
        "<font style='color:#fff'>hidden</font>",
        "<script>hidden</script>",
        "[//]: # (hidden)",
    ],
)
def test_unseen_text_is_found(unseen: str) -> None:
    """What a page made of the text would not show is found, and nothing around it."""
    text = f"Before.\n{unseen}\nAfter."

    assert [text[start:end] for start, end in unseen_spans(text)] == [unseen]


@given(st.text())
def test_escaped_json_has_the_same_value(text: str) -> None:
    """JSON whose hidden characters are escaped reads as before and shows none of them."""
    escaped = escaped_hidden(json.dumps(text, ensure_ascii=False))

    assert json.loads(escaped) == text
    assert visible(escaped) == escaped
