"""What every model needs of a text."""


def clean(text: str) -> str:
    """The text without what models cannot take: lone surrogates become ``?``, NUL becomes a blank."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
