"""The texts of the attacks as an attacker would write them."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent

_SIGNS = {"zw": "\u200b", "rlo": "\u202e", "pdf": "\u202c", "esc": "\x1b", "csi": "\x9b"}


def unhidden(text: str) -> str:
    """The text with what stands in braces put in its hidden form, as documents.yaml explains."""
    text = re.sub(r"\{hidden:(.*?)\}", lambda m: "".join(chr(0xE0000 + ord(c)) for c in m[1] if c.isascii()), text)
    text = re.sub(r"\{vs:(.*?)\}", lambda m: "".join(chr(0xE0100 + ord(c)) for c in m[1]), text)
    return re.sub(r"\{(\w+)\}", lambda m: _SIGNS.get(m[1], m[0]), text)
