"""Settings come from the environment, and what is wrong with one is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot import load_settings
from policybot.errors import SettingsError


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POLICYBOT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("POLICYBOT_PORT", "8123")

    assert (load_settings().data_dir, load_settings().port) == (tmp_path, 8123)


def test_a_given_value_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_PORT", "8123")

    assert load_settings(port=8124).port == 8124


@pytest.mark.parametrize("value", ["-1", "65536", "http"])
def test_a_wrong_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("POLICYBOT_PORT", value)

    with pytest.raises(SettingsError, match=rf"POLICYBOT_PORT='{value}'"):
        load_settings()


def test_a_misspelt_variable_is_not_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_DATDIR", "/somewhere")

    with pytest.raises(SettingsError, match=r"POLICYBOT_DATDIR sets nothing\. Did you mean POLICYBOT_DATA_DIR"):
        load_settings()


def test_every_setting_is_documented() -> None:
    documented = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")

    for name in type(load_settings()).model_fields:
        assert f"POLICYBOT_{name.upper()}" in documented
