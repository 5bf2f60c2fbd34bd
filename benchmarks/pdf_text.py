"""How much of real PDFs' text is read, and in which order, against the same documents as HTML or plain text.

    python benchmarks/pdf_text.py PAIRS.tsv [--markdown]

Each line of PAIRS.tsv: the PDF (.gz or not), then what it is compared with: a file, a folder of HTML files, or
`pdftotext`. docs/reading.md says where the documents of the published table come from.

Words are runs of letters or digits in lower case (single Chinese or Japanese characters), compatibility forms unified.
`words`: share of the reference's words that our text holds, as often. `shown`: the same of those that the PDF shows
at all, as pdftotext reads it: the other forms of a document hold addresses of links, for example, that it does not
print. `inside`: the same without the outer 8 % of the height at the top and at the bottom of each page, by which
pdftotext leaves out what we do, heads and feet, without knowing what these are. `order`: share of the reference's
words that our text holds in the reference's order (longest common subsequence), beside pdftotext's. `head and foot`:
share of pdftotext's words that we leave out, running heads and page numbers on purpose.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import pypdfium2 as pdfium
from rapidfuzz.distance import LCSseq

from policybot.reading import Worker, read

_WORD = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_SOFT_HYPHEN = "\u00ad"
_MARGIN = 0.08


def words(text: str) -> list[str]:
    """The words of a text in one form."""
    return _WORD.findall(unicodedata.normalize("NFKC", text.replace(_SOFT_HYPHEN, "")).lower())


def share(reference: list[str], found: list[str]) -> float:
    """Share of the reference's words that are found, as often."""
    missing = collections.Counter(reference) - collections.Counter(found)
    return 1 - sum(missing.values()) / len(reference)


def in_both(one: list[str], other: list[str]) -> list[str]:
    """The words that both have, as often as both have them."""
    return list((collections.Counter(one) & collections.Counter(other)).elements())


def in_order(reference: list[str], found: list[str]) -> float:
    """Share of the reference's words that are found in its order."""
    numbers = {word: i for i, word in enumerate(dict.fromkeys([*reference, *found]))}
    return LCSseq.similarity([numbers[w] for w in reference], [numbers[w] for w in found]) / len(reference)


def reference_text(place: str, pdf: Path) -> str:
    """The text that the PDF is compared with."""
    if place == "pdftotext":
        return pdftotext(pdf)
    parts = []
    for path in sorted(Path(place).glob("*.html"), key=lambda p: p.name) if Path(place).is_dir() else [Path(place)]:
        parts.append(_read(path))
    return "\n".join(parts)


def pdftotext(pdf: Path, *, margin: float = 0.0) -> str:
    """What poppler reads.

    Args:
        margin: Share of the height at the top and at the bottom of each page that is left out.
    """
    window: list[str] = []
    if margin:
        page = pdfium.PdfDocument(pdf)[0]
        width, height = page.get_width(), page.get_height()
        sides = {"-x": 0, "-y": margin * height, "-W": width, "-H": (1 - 2 * margin) * height}
        window = [part for side, points in sides.items() for part in (side, str(round(points)))]
    command = ["pdftotext", "-nopgbrk", "-r", "72", *window, str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _read(path: Path) -> str:
    data = unpacked(path)
    name = path.name.removesuffix(".gz")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, name)
        copy.write_bytes(data)
        return read(copy, name=name, document_id="d", max_bytes=200_000_000).text


def unpacked(path: Path) -> bytes:
    """A file's bytes, packed by gzip or not."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Compare each pair and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    arguments = parser.parse_args()
    columns = ("PDF", "pages", "compared with", "words", "shown", "inside", "order", "order of pdftotext")
    _say(f"| {' | '.join(columns)} | head and foot | seconds |")
    _say("|---|---|---|---|---|---|---|---|---|---|")
    scores = []
    with Worker() as worker, tempfile.TemporaryDirectory() as folder:
        for line in arguments.pairs.read_text().splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            path, place = line.split("\t")
            pdf = Path(folder, Path(path).name.removesuffix(".gz"))
            pdf.write_bytes(unpacked(Path(path)))
            started = time.monotonic()
            document = worker.read(pdf, name=pdf.name, document_id="d", max_bytes=200_000_000)
            seconds = time.monotonic() - started
            found, wanted, other = words(document.text), words(reference_text(place, pdf)), words(pdftotext(pdf))
            kind = Path(place.removesuffix(".gz")).suffix.lstrip(".").upper() or ("HTML" if "/" in place else place)
            score = (
                share(wanted, found),
                share(in_both(wanted, other), found),
                share(in_both(wanted, words(pdftotext(pdf, margin=_MARGIN))), found),
                in_order(wanted, found),
                in_order(wanted, other),
                1 - share(other, found),
            )
            scores.append(score)
            shown = " | ".join(f"{each:.4f}" for each in score)
            _say(f"| {pdf.name} | {len(document.page_starts)} | {kind} | {shown} | {seconds:.1f} |")
    middle = " | ".join(f"{sum(column) / len(column):.4f}" for column in zip(*scores, strict=True))
    _say(f"| mean of {len(scores)} | | | {middle} | |")


if __name__ == "__main__":
    main()
