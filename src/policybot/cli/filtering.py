"""The options that say which documents a question may be answered from, shared by the commands that ask."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from policybot.cli.completing import document_names
from policybot.cli.terminal import reported_errors
from policybot.domain import Filter


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a filter in place of its parameter ``filter``."""
    options = inspect.signature(_filter, eval_str=True).parameters
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "filter"]

    @functools.wraps(command)
    def asked(**given: Any) -> None:
        with reported_errors():
            filter = _filter(**{name: given.pop(name) for name in options})
        command(**given, filter=filter)

    # Typer makes the options of the signature that it finds here.
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *options.values())]
    asked.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    asked.__annotations__ = {p.name: p.annotation for p in parameters}
    return asked


def _filter(
    *,
    document: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Search only this document, named as listed; repeatable.",
            autocompletion=document_names,
        ),
    ] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only documents of this publisher; repeatable.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Only documents of this kind, speech say; repeatable.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only documents in this language, en or zh; repeatable.")
    ] = None,
    published_from: Annotated[
        str, typer.Option("--from", metavar="DATE", help="Only documents from 2024, 2024-03 or 2024-03-05 on.")
    ] = "",
    published_to: Annotated[
        str, typer.Option("--to", metavar="DATE", help="Only documents up to that year, month or day, included.")
    ] = "",
) -> Filter:
    """The filter that the options state."""
    return Filter(
        documents=tuple(document or ()),
        publishers=tuple(publisher or ()),
        kinds=tuple(kind or ()),
        languages=tuple(language or ()),
        published_from=published_from,
        published_to=published_to,
    )
