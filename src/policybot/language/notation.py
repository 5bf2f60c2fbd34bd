"""Topic of a lexicon: ways of writing an amount or a time, each with the one way in which it is read."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rewriting(NamedTuple):
    r"""What is written in a text's own way, and what is read in its place.

    ``Rewriting(r"(?P<a>\d+) dozen", "{n}", times=12)``: "2 dozen" is read as 24.

    Attributes:
        pattern: Matched ignoring case, in one script. Groups ``a`` and ``b`` hold numbers in figures, in words or in
            the language's own digits; without ``a`` it is 1.
        template: What takes its place; ``{n}`` is ``times * value + plus``, and ``{name}`` what the group holds.
        needs: One of these stands in every text that it matches, in lower case: most texts need no matching.
        value: Of which numbers: ``a``, ``a/b``, ``10a+b`` or two to the power of ``a``.
    """

    pattern: str
    template: str
    value: Literal["a", "a/b", "10a+b", "2**a"] = "a"
    times: float = 1
    plus: float = 0
    needs: tuple[str, ...] = ()
