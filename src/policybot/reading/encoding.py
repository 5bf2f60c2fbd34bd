"""Bytes of a text file -> text: UTF-8 first, else the encoding that its bytes speak for."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from policybot.errors import BrokenFile

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16: its little-endian mark is the beginning of this one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LEGACY = ["gb18030", "big5hkscs", "shift_jis", "euc_jp", "euc_kr", "cp1252", "cp1250", "cp1251", "koi8_r"]
"""What documents without Unicode are written in; left to all of Python's encodings, charset-normalizer takes
French for mac_latin2 and Japanese for cp949 (first tests with five short texts)."""

_NOT_TEXT = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_NOT_TEXT = 0.01
"""Largest share of control characters in text; random bytes decoded as cp1252 have 10 %."""

_MIN_VALID_PER_ERROR = 20
"""Characters beyond ASCII in proper UTF-8 for each broken one, from which on a file is damaged UTF-8 rather
than another encoding: GB18030 and cp1252 files have about as many errors as such characters."""


def decode(data: bytes, *, name: str, declared: str = "") -> str:
    r"""The text of a file, byte-order mark dropped, line ends as ``\n``.

    Args:
        data: The file's bytes.
        name: The document's name, for messages.
        declared: Encoding that the file names itself; believed only when the bytes are no UTF-8.

    Raises:
        BrokenFile: The bytes are no text in any known encoding.
    """
    text = _decoded(data, declared)
    if text is None or _looks_binary(text):
        raise BrokenFile(
            f"{name}: this is not a text file, or its encoding is unknown. Save it as UTF-8, or remove it."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding) or _damaged_utf8(data)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    for encoding in ("utf-8", declared):
        text = _strict(data, encoding) if encoding else None
        if text is not None:
            return text
    return _damaged_utf8(data) or _guessed(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
        text.encode("utf-8")  # a lone surrogate, as UTF-7 for example lets through, cannot be stored
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 by where its NULs stand: in every blank and line end, on one side only."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if odd > 10 * even:
        return _strict(data, "utf-16-le")
    if even > 10 * odd:
        return _strict(data, "utf-16-be")
    return None


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes, each as U+FFFD; None when it is rather another encoding."""
    text = data.decode("utf-8-sig", "replace")
    errors = text.count("\ufffd")
    valid = sum(1 for char in text if char > "\x7f") - errors
    return text if valid >= _MIN_VALID_PER_ERROR * errors else None


def _guessed(data: bytes) -> str | None:
    best = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY).best()
    return _strict(data, best.encoding) if best else None


def _looks_binary(text: str) -> bool:
    return "\x00" in text or len(_NOT_TEXT.findall(text)) > _MAX_NOT_TEXT * len(text)
