"""The page's filters: which documents the next question is answered from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import gradio as gr

from policybot.domain import DocumentSummary, Filter, full_title, told_apart
from policybot.rendering import Language, say
from policybot.ui import views

_LISTS = ("documents", "publishers", "kinds", "languages")
_DATES = ("published_from", "published_to")

Choice = tuple[str, str]
"""What a list shows, and what it stands for."""


class Filters:
    """The components, named as the attributes of ``Filter``; laid out where this is made, folded away.

    Attributes:
        fold: What they are folded into.
        components: All of them, in the order in which the methods below take their values.
    """

    def __init__(self, language: Language) -> None:
        with gr.Accordion(say(language, "filters"), open=False, elem_id="pb-filters") as self.fold:
            with gr.Row():
                documents = _list("documents", language)
            with gr.Row():
                lists = [_list(name, language) for name in _LISTS[1:]]
            with gr.Row():
                dates = [_date(name, language) for name in _DATES]
        self.components: list[Any] = [documents, *lists, *dates]

    def redrawn(self, documents: Sequence[DocumentSummary], language: Language) -> tuple[Any, ...]:
        """Updates of the fold and the components: their words, and what there is to choose; what is chosen stays."""
        choices = _choices(documents, language)
        hint = say(language, "filter_date_hint")
        return (
            gr.update(label=say(language, "filters")),
            *(gr.update(label=_label(name, language), choices=choices[name]) for name in _LISTS),
            *(gr.update(label=_label(name, language), placeholder=hint) for name in _DATES),
        )

    def cleared(self) -> tuple[Any, ...]:
        """Values of the components that let everything pass."""
        return (*([] for _ in _LISTS), *("" for _ in _DATES))

    def line(self, documents: Sequence[DocumentSummary], language: Language, values: Sequence[Any]) -> str:
        """HTML of what is chosen."""
        stated = _stated(values)
        first, last = ("".join(stated.pop(name)) for name in _DATES)
        called = {name: {value: label for label, value in of} for name, of in _choices(documents, language).items()}
        chosen = {name: [called[name].get(value, value) for value in values] for name, values in stated.items()}
        return views.filtered_html(chosen, first, last, language)


def filter_of(values: Sequence[Any]) -> Filter:
    """The filter that the components' values make.

    Raises:
        QuestionError: A date is wrong.
    """
    stated = _stated(values)
    first, last = ("".join(stated.pop(name)) for name in _DATES)
    return Filter(**stated, published_from=first, published_to=last)


def _stated(values: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """What is chosen by attribute; a date is a tuple of one."""
    lists = {name: tuple(value or ()) for name, value in zip(_LISTS, values, strict=False)}
    dates = ((value or "").strip() for value in values[len(_LISTS) :])
    return lists | {name: (date,) if date else () for name, date in zip(_DATES, dates, strict=True)}


def _choices(documents: Sequence[DocumentSummary], language: Language) -> dict[str, list[Choice]]:
    """What each list offers: what the documents hold, in the order in which a reader looks for it."""
    apart = told_apart(documents)
    return {
        "documents": [
            (full_title(summary.metadata.title, apart.get(summary.id, "")), summary.id) for summary in documents
        ],
        "publishers": _distinct(summary.metadata.publisher for summary in documents),
        "kinds": _distinct(summary.metadata.kind for summary in documents),
        "languages": [
            (views.language_name(code, language), code)
            for _, code in _distinct(summary.metadata.language for summary in documents)
        ],
    }


def _distinct(values: Iterable[str]) -> list[Choice]:
    """Each value once, whether it is written large or small, as the filter compares."""
    known = {value.casefold(): value for value in sorted(values, reverse=True) if value}
    return [(known[key], known[key]) for key in sorted(known)]


def _label(name: str, language: Language) -> str:
    return say(language, f"filter_{name}")


def _list(name: str, language: Language) -> gr.Dropdown:
    return gr.Dropdown(
        [], value=[], multiselect=True, label=_label(name, language), elem_id=f"pb-filter-{name}", min_width=0
    )


def _date(name: str, language: Language) -> gr.Textbox:
    return gr.Textbox(label=_label(name, language), max_length=40, elem_id=f"pb-filter-{name}", min_width=0)
