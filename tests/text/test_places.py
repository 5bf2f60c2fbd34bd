"""Which places and issuers a text names."""

from __future__ import annotations

import pytest

from policybot.language import codes
from policybot.text.places import Places, default_places

PLACES = Places({})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shaanxi and Shanxi", ["Shaanxi", "Shanxi"]),
        ("陕西和山西", ["Shaanxi", "Shanxi"]),
        ("廣東省", ["Guangdong"]),
        ("苏浙两省", ["Jiangsu", "Zhejiang"]),
        ("川渝两地", ["Sichuan", "Chongqing"]),
        ("粤省", ["Guangdong"]),
        ("国务院的报告", ["State Council"]),
        ("the Premier", ["State Council"]),
        ("浙江西部和青海南部", ["Zhejiang", "Qinghai"]),
        ("京剧、吉他和新的云", []),
        ("全省的青年", []),
        ("国务院办公厅", []),
        ("Hunanese", []),
    ],
)
def test_names_are_found_whole(text: str, names: list[str]) -> None:
    """In both languages and scripts; one character alone, and what another name holds, names nothing."""
    assert [each.name for each in PLACES.named(text)] == names


def test_every_province_has_a_name_in_every_language() -> None:
    """China's 34: provinces, municipalities, autonomous and special administrative regions."""
    places = default_places()["place"]

    assert len(places) == 34
    assert all(set(words) == set(codes()) for words in places.values())


def test_an_owner_may_leave_a_set_out() -> None:
    """An empty set takes the default's place."""
    assert Places({"place": {}, "short": {}}).named("浙江和粤省") == ()
