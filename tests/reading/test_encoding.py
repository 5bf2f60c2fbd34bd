from __future__ import annotations

import codecs

import pytest

from policybot.errors import BrokenFile
from policybot.reading.encoding import decode

CHINESE = "新质生产力是创新起主导作用，摆脱传统经济增长方式的先进生产力，具有高科技、高效能、高质量特征。\n"
TRADITIONAL = "新質生產力是創新起主導作用，擺脫傳統經濟增長方式的先進生產力，具有高科技、高效能、高質量特徵。\n"
FRENCH = "Les politiques industrielles ont été élaborées à Paris. Où êtes-vous ? Ça va, déjà très bien.\n"
RUSSIAN = "Промышленная политика Китая развивается быстро.\n"
JAPANESE = "中国の産業政策はどのように発展していますか。新しい質の生産力とは何ですか。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-32"),
        (CHINESE, "gb18030"),
        (CHINESE * 50, "gbk"),
        (TRADITIONAL, "big5"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    """The usual encodings of documents are recognised by their bytes."""
    assert text == decode(text.encode(encoding), name="a.txt")


def test_line_ends() -> None:
    r"""Every line end becomes \n, as Path.read_text does it."""
    assert decode(b"a\r\nb\rc\n\r\nd", name="a.txt") == "a\nb\nc\n\nd"


def test_only_one_byte_order_mark_goes() -> None:
    """What follows the byte-order mark is the text, as with the codec utf-8-sig."""
    data = codecs.BOM_UTF8 * 2 + b"a"

    assert data.decode("utf-8-sig") == decode(data, name="a.txt")


def test_damaged_utf8() -> None:
    """One broken character does not make a UTF-8 file another encoding."""
    data = CHINESE.encode() + b"\xe6\x96" + CHINESE.encode()

    assert f"{CHINESE}\ufffd{CHINESE}" == decode(data, name="a.txt")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"text\x00text and more text", id="a NUL"),
        pytest.param(bytes(range(256)) * 20, id="every byte"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", id="a picture"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", id="a lone surrogate"),
    ],
)
def test_no_text(data: bytes) -> None:
    """Bytes that are no text are refused with the next step."""
    with pytest.raises(BrokenFile, match=r"^a\.txt: .*Save it as UTF-8"):
        decode(data, name="a.txt")
