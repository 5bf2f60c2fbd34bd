"""Pictures of pages -> their text, by tesseract where it is installed."""

from __future__ import annotations

import functools
import logging
import os
import shutil
import subprocess
from collections.abc import Sequence

import pypdfium2

from policybot.reading.characters import clean_text
from policybot.reading.content import Source
from policybot.reading.paragraphs import rejoined

_LOG = logging.getLogger(__name__)

_PROGRAM = "tesseract"
_DOTS_PER_INCH = 300  # what tesseract's own guide asks for
_POINTS_PER_INCH = 72
_MAX_PIXELS = 12_000_000  # an A4 page at 300 dots has 8.7 million
_PAGE_S = 30.0
_MAX_PAGES = 300
_WANTED = ("eng", "chi_sim", "chi_tra", "deu", "fra", "spa", "jpn", "rus")
"""Languages that are tried when tesseract has them, the first three of them at once: each costs time."""
_AT_ONCE = 3


def recognised(document: pypdfium2.PdfDocument, numbers: Sequence[int], source: Source) -> dict[int, str]:
    """The text of scanned pages by number, of the first 300; empty where tesseract is missing or may not run.

    Args:
        document: The PDF.
        numbers: Its scanned pages, from 0.
        source: Tells how much time is wanted.
    """
    if not numbers or source.more_time is None or not languages():
        return {}
    found = {}
    for number in numbers[:_MAX_PAGES]:
        source.more_time(2 * _PAGE_S)
        text = _text(_picture(document, number))
        if text:
            found[number] = text
    return found


def missing(source: Source) -> str:
    """Why the text of a scan was not recognised, and what to do."""
    if not languages():
        return "Install tesseract with its languages, or run the file through text recognition (OCR), or remove it."
    if source.more_time is None:
        return "Index it, instead of reading it alone, to have its text recognised."
    return "Text recognition found nothing on them. Scan it anew, or remove it."


@functools.cache
def languages() -> tuple[str, ...]:
    """The languages that tesseract has of those that are tried; empty when it is not installed."""
    if shutil.which(_PROGRAM) is None:
        return ()
    listed = subprocess.run([_PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=_PAGE_S, check=False)
    installed = set(listed.stdout.split())
    return tuple(each for each in _WANTED if each in installed)[:_AT_ONCE]


def _picture(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """The page as a grey picture in PGM, the simplest form that tesseract takes."""
    page = document[number]
    try:
        width, height = page.get_size()
        scale = _DOTS_PER_INCH / _POINTS_PER_INCH
        scale = min(scale, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            rows = memoryview(bitmap.buffer).cast("B")
            stride = bitmap.stride
            data = b"".join(bytes(rows[y * stride : y * stride + bitmap.width]) for y in range(bitmap.height))
            return f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + data
        finally:
            bitmap.close()
    finally:
        page.close()


def _text(picture: bytes) -> str:
    command = [_PROGRAM, "stdin", "stdout", "-l", "+".join(languages()), "--psm", "3"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # several threads are slower on a page (tesseract's FAQ)
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_PAGE_S, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        _LOG.warning("Text recognition took longer than %.0f s on a page and was stopped.", _PAGE_S)
        return ""
    if done.returncode:
        _LOG.warning("Text recognition failed: %s", done.stderr.decode("utf-8", "replace").strip()[:500])
        return ""
    return rejoined(clean_text(done.stdout.decode("utf-8", "replace")))
