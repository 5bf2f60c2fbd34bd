"""ZIP archives -> the documents in them, unpacked below a folder of ours under names of ours.

A name in an archive is only ever a document's name, never a path: files are unpacked as ``0001.md``, ``0002.pdf``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policybot.errors import BrokenFile
from policybot.reading.formats import ADVICE, ARCHIVES, OWN, Readers

_MAX_FILES = 10_000
_MAX_TOTAL = 10
"""How many times the largest file's size all files of an archive may have together."""

_MAX_RATIO = 200
"""How many times its packed size a file may unpack to, beyond 10 MB; text packs to a tenth, a bomb to a thousandth."""
_FREE_BYTES = 10_000_000

_IS_ENCRYPTED = 0x1  # general purpose bit flag, bit 0 (APPNOTE.TXT 4.4.4)
_IS_UTF8 = 0x800  # bit 11
_BLOCK = 1 << 20
_CONTENTS = "contents.json"


@dataclass(frozen=True, slots=True)
class Members:
    """Documents in an archive: name and path of those unpacked, name and reason of those refused."""

    files: tuple[tuple[str, Path], ...]
    refused: tuple[tuple[str, str], ...]


def unpack(path: Path, *, name: str, folder: Path, max_bytes: int, readers: Readers = OWN) -> Members:
    """The documents in an archive; they are unpacked once and again only when the archive has changed.

    Args:
        path: The archive.
        name: Its name; it stands in front of the names of the documents in it.
        folder: Where to unpack; each archive has a folder of its own there.
        max_bytes: Largest file in it.
        readers: What they can read is a document.

    Raises:
        BrokenFile: It is no archive, damaged, holds more than 10,000 files, or unpacks to too much.
    """
    try:
        state = path.stat()
        mark = " ".join(map(str, (state.st_size, state.st_mtime_ns, max_bytes, *sorted(readers.foreign))))
        home = folder / hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:24]
        known = _known(home, mark, name)
        if known is not None:
            return known
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="unpacking-", dir=folder))
        try:
            with zipfile.ZipFile(path) as archive:
                contents = _unpacked(archive, fresh, name, max_bytes, readers)
            (fresh / _CONTENTS).write_text(json.dumps({"mark": mark, **contents}), encoding="utf-8")
            shutil.rmtree(home, ignore_errors=True)
            fresh.rename(home)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as exc:
        raise BrokenFile(
            f"{name}: this is no .zip archive, or it is damaged ({exc}). Pack it again, or remove it."
        ) from exc
    found = _known(home, mark, name)
    if found is None:
        raise BrokenFile(f"{name}: the unpacked files vanished from {home}. Index again.")
    return found


def _known(home: Path, mark: str, name: str) -> Members | None:
    """What was unpacked from an archive in this state; None when nothing was."""
    try:
        contents = json.loads((home / _CONTENTS).read_text(encoding="utf-8"))
        if contents["mark"] != mark:
            return None
        files = tuple((f"{name}/{member}", home / file) for member, file in contents["files"])
        return Members(files, tuple((f"{name}/{member}", reason) for member, reason in contents["refused"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # never unpacked, or by an older version: it is unpacked again


def _unpacked(
    archive: zipfile.ZipFile, home: Path, name: str, max_bytes: int, readers: Readers
) -> dict[str, list[tuple[str, str]]]:
    """Unpack the documents; returns names with files, and names with the reason why they were refused."""
    members = [each for each in archive.infolist() if not each.is_dir()]
    if len(members) > _MAX_FILES:
        raise BrokenFile(f"{name}: the archive holds {len(members)} files, more than {_MAX_FILES}. Split it.")
    files: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    left = _MAX_TOTAL * max_bytes
    seen: set[str] = set()
    for member in members:
        inner = _name_of(member)
        suffix = PurePosixPath(inner).suffix.lower()
        if _is_passed_over(inner) or suffix not in readers.suffixes | ARCHIVES | ADVICE.keys():
            continue
        full = f"{name}/{inner}"
        reason = _reason(member, full, inner in seen, max_bytes, readers)
        if reason:
            refused.append((inner, reason))
            continue
        seen.add(inner)
        left -= member.file_size
        if left < 0:
            raise BrokenFile(
                f"{name}: the archive unpacks to more than {_MAX_TOTAL * max_bytes / 1e6:.0f} MB. Split it, or raise "
                "POLICYBOT_MAX_FILE_MB."
            )
        file = f"{len(files):05d}{suffix}"
        try:
            _write(archive, member, home / file)
        except (zipfile.BadZipFile, RuntimeError, EOFError, NotImplementedError, zlib.error) as exc:
            (home / file).unlink(missing_ok=True)
            refused.append((inner, f"{full}: damaged in the archive ({exc}). Pack it again, or remove it."))
            continue
        files.append((inner, file))
    return {"files": files, "refused": refused}


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name as text without steps up, leading slashes, drive letters or characters that cannot be seen."""
    raw = member.filename
    if not member.flag_bits & _IS_UTF8:
        raw = _in_its_encoding(raw)
    parts = raw.replace("\\", "/").split("/")
    clean = ("".join(char if char.isprintable() else " " for char in part).strip() for part in parts)
    return "/".join(part for part in clean if part and part not in {".", ".."} and not part.endswith(":"))[-500:] or "?"


def _in_its_encoding(name: str) -> str:
    """A name without the mark for UTF-8: programs in China write GB18030 all the same, zipfile reads cp437."""
    data = name.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_passed_over(inner: str) -> bool:
    """Hidden files, and what macOS adds."""
    return any(part.startswith((".", "~", "__MACOSX")) for part in inner.split("/"))


def _reason(member: zipfile.ZipInfo, full: str, is_double: bool, max_bytes: int, readers: Readers) -> str:
    suffix = PurePosixPath(full).suffix.lower()
    if suffix in ARCHIVES:
        return f"{full}: an archive in an archive is not opened. Unpack it beside the other."
    if suffix not in readers.suffixes:
        return str(readers.unsupported(PurePosixPath(full), name=full))
    if is_double:
        return f"{full}: the archive holds this name twice. Pack it again."
    if member.flag_bits & _IS_ENCRYPTED:
        return f"{full}: protected by a password. Pack it again without one."
    if member.file_size > max_bytes:
        return f"{full}: {member.file_size / 1e6:.1f} MB, the largest allowed is {max_bytes / 1e6:.1f} MB. Split it."
    if member.file_size > _FREE_BYTES + _MAX_RATIO * member.compress_size:
        return f"{full}: it unpacks to {member.file_size / 1e6:.0f} MB, as only a bomb does. Remove it."
    return ""


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Unpack one file; zipfile stops at the size that the archive states for it."""
    with archive.open(member) as packed, path.open("wb") as file:
        while block := packed.read(_BLOCK):
            file.write(block)
    try:
        changed = time.mktime((*member.date_time, 0, 0, -1))
        os.utime(path, (changed, changed))
    except (ValueError, OverflowError, OSError):
        return  # a date that is none: the file keeps today's
