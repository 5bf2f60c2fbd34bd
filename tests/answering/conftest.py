"""A shelf of invented documents: two years' reports, a plan, a Chinese regulation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexes import Indexes
from policybot import PolicyBot, load_settings


def _report(year: int, budget: str, ferries: int) -> str:
    return f"""---
title: "Harbour report {year}"
publisher: "Port Ellis Council"
published: {year}-03-01
language: en
kind: report
---

# Harbour report {year}

## Targets for {year}

- A harbour budget of {budget} million crowns.
- {ferries} battery ferries in service.
- Noise at night below 50 decibels.

## Tidal power

In March {year} the council opened tidal turbine number {ferries}.
"""


PLAN = """---
title: "Tidal power plan of Port Ellis"
publisher: "Port Ellis Energy Office"
published: 2029-06-15
language: en
kind: plan
---

# Tidal power plan of Port Ellis

## Purpose

Tidal power is electricity made from the rise and fall of the sea. The energy office released the plan on 15 June 2029.

## Steps

The plan names four steps for tidal power:

- survey the strait by May 2030;
- anchor the first turbine in 2031, if the survey allows it;
- build a storage hall for tidal power by 2033;
- sell surplus tidal power to Vik from 2035.

## Rates

| Customer | Rate in 2031 | Rate in 2033 |
|---|---|---|
| Households | 12 crowns | 9 crowns |
| Shipyards | 8 crowns | 7 crowns |
"""

REGULATION = """---
title: "海港市码头条例"
publisher: "海港市人民代表大会"
published: 2030-09-01
language: zh
kind: regulation
---

# 海港市码头条例

## 定义

码头是指供船舶停靠、装卸货物和上下旅客的水工建筑物。

## 收费

货船每天停靠费为三百元，渡轮免收停靠费。

## 安全

条例规定了三项安全措施：

1. 夜间照明不得中断。
2. 每个泊位配备救生圈。
3. 台风来临前二十四小时停止作业。
"""


@pytest.fixture(scope="session")
def shelf(indexes: Indexes) -> Path:
    """A folder with two reports, a plan and a regulation."""
    files = {
        "report-2031.md": _report(2031, "12", 3),
        "report-2032.md": _report(2032, "15", 5),
        "tidal.md": PLAN,
        "quay.md": REGULATION,
    }
    return indexes.documents({name: text.encode() for name, text in files.items()})


@pytest.fixture(scope="session")
def librarian(shelf: Path, indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A bot over the shelf that answers by quoting."""
    data = indexes.copy(shelf, tmp_path_factory.mktemp("data"))
    with PolicyBot(load_settings(data_dir=data, chat_model="none")) as bot:
        yield bot
