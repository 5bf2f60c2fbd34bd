"""Shared by all tests: an index of two small documents, made once with the real embedding models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policybot import PolicyBot, load_settings

ENGLISH = """---
title: "Harbour plan of Port Ellis"
publisher: "Port Ellis Council"
published: 2031-04-02
url: "https://example.org/harbour"
language: en
---

# Harbour plan of Port Ellis

## Targets

The council wants to plant 4,200 trees along the harbour by 2035. It will spend 12.5 million crowns on new quays.

## Ferries

Three ferry lines will run on batteries:

- the northern line to Skarholm;
- the night line to Vik;
- the school line.

The plan does not abolish the car ferry.
"""

CHINESE = """---
title: "海港市图书馆条例"
publisher: "海港市人民代表大会"
published: 2030-09-01
url: "https://example.org/library"
language: zh
---

# 海港市图书馆条例

## 开放时间

市图书馆每天开放十四小时，周末不闭馆。读者证押金为一百元，退证时全额退还。

## 藏书

到2032年，全市人均藏书量应达到2.5册。
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one English and one Chinese document."""
    path = tmp_path_factory.mktemp("documents")
    (path / "harbour.md").write_text(ENGLISH, encoding="utf-8")
    (path / "library.md").write_text(CHINESE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def quoting_bot(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A bot over that folder that answers by quoting."""
    settings = load_settings(data_dir=tmp_path_factory.mktemp("data"), chat_model="none")
    with PolicyBot(settings) as bot:
        bot.index(folder)
        yield bot
