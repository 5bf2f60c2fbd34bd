"""The scripts written without blanks: ranges of their characters, for the character classes of patterns."""

from __future__ import annotations

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Character class of Chinese characters: unified, their extensions and the compatibility ones."""

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
"""Character class of the scripts written without blanks: Han, kana, Hangul syllables."""
