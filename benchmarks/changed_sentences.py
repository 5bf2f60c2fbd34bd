# ruff: noqa: E501, T201 (it prints its tables)
"""How many changed sentences the check catches, and how many unchanged ones it doubts.

    python benchmarks/changed_sentences.py ../shared/eval documents [--half report] [--markdown]

Takes the gold evidence sentences of the evaluation sets, and translations and retellings of sentences of documents/
(retold.jsonl), changes one thing in each (changes.py), and checks it against the sentences around the original.
"Caught" means not supported. Unchanged ones are checked as they stand, written otherwise, translated and retold; a
false alarm is one that is not supported. The halves are of documents: thresholds and word lists were chosen on
``choose``, ``report`` is what counts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from changes import altered, unaltered

from policybot.checking import Checker
from policybot.checking.names import capitalised
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.reading import find
from policybot.settings import load_settings
from policybot.text.detecting import detect_language
from policybot.text.sentences import clause_spans

AROUND = 8
"""Sentences before and behind the original that are evidence, too."""

SETS = ("policy", "clapnq_dev", "doc2dial", "rgb")


@dataclass(frozen=True)
class Case:
    """A sentence that its evidence supports.

    Attributes:
        origin: Name of the set; ``translation`` or ``retelling``.
        original: What carries it, as it stands among the evidence.
    """

    origin: str
    document: str
    sentence: str
    evidence: tuple[Evidence, ...]
    original: str

    @property
    def language(self) -> str:
        """``en`` or ``zh``."""
        return "zh" if detect_language(self.sentence) == "zh" else "en"

    @property
    def half(self) -> str:
        """Whether it serves to choose or to report."""
        return "choose" if hashlib.sha256(self.document.encode()).digest()[0] % 2 else "report"


def main() -> None:
    """Check every change and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--half", choices=["choose", "report"], default="report")
    parser.add_argument("--most", type=int, default=150, help="sentences of each set, of both halves")
    parser.add_argument(
        "--skip", type=int, default=0, help="leave out so many sentences of each set and their documents"
    )
    parser.add_argument("--show", type=int, default=0, help="misses and false alarms to print of each kind")
    parser.add_argument("--markdown", action="store_true", help="print the tables of docs/checking.md")
    arguments = parser.parse_args()
    cache = load_settings().cache_dir
    checker = Checker(multilingual=E5Small(cache), matcher=ColbertSmall(cache))
    found = _cases(arguments.sets, arguments.documents, skip=arguments.skip, most=arguments.most)
    cases = [case for case in found if case.half == arguments.half]
    pool = sorted({name for case in cases for name in capitalised(case.sentence)})
    counts: dict[tuple[bool, str, str], Counter[bool]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for number, case in enumerate(cases):
        rng = random.Random(number)
        crossing = case.origin == "translation"
        language = f"{case.language} over {'en' if case.language == 'zh' else 'zh'}" if crossing else case.language
        same = [
            (case.origin if kind == "as it stands" and case.origin not in SETS else kind, text)
            for kind, text in unaltered(case.sentence, case.language)
            if not (crossing and kind == "cut")
        ]
        for changed, made in ((False, same), (True, altered(case.sentence, case.language, pool, rng))):
            for kind, text in made:
                check = checker.check(text, case.language, case.evidence)
                doubted = check.verdict != "supported"
                counts[changed, kind, language][doubted] += 1
                if doubted != changed and shown[kind] < arguments.show:
                    shown[kind] += 1
                    print(
                        f"  {case.origin} {kind}: {text}\n      was {case.sentence}\n      {check.verdict}: {check.reason}"
                    )
    _print(counts, markdown=arguments.markdown)


def _print(counts: dict[tuple[bool, str, str], Counter[bool]], *, markdown: bool) -> None:
    for changed, title in ((True, "caught"), (False, "false alarms")):
        total: Counter[bool] = Counter()
        by_language: dict[str, Counter[bool]] = defaultdict(Counter)
        if markdown:
            print(f"\n| {'changed' if changed else 'unchanged'} | sentence | {title} | of |\n|---|---|---|---|")
        for (of, kind, language), found in sorted(counts.items()):
            if of == changed:
                total += found
                by_language[language] += found
                _row(kind, language, found, markdown=markdown)
        for language, found in sorted(by_language.items()):
            _row("all", language, found, markdown=markdown)
        _row("**all**" if markdown else title, "", total, markdown=markdown)


def _row(kind: str, language: str, found: Counter[bool], *, markdown: bool) -> None:
    share = f"{found[True] / max(found.total(), 1):.3f}"
    print(
        f"| {kind} | {language} | {share} | {found.total()} |"
        if markdown
        else f"{kind:18} {language:12} {share} of {found.total()}"
    )


def _cases(sets: Path, documents: Path, *, skip: int, most: int) -> Iterator[Case]:
    for name in SETS:
        found = list(_gold(sets / name, documents, skip + most))
        known = {case.document for case in found[:skip]}
        yield from (case for case in found[skip:] if case.document not in known)
    if not skip:
        yield from retold_cases(documents)


def retold_cases(documents: Path) -> Iterator[Case]:
    """Translations and retellings of sentences of the documents (retold.jsonl)."""
    for line in (Path(__file__).parent / "retold.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        title, text = _document(documents / row["document"])
        spans = clause_spans(text)
        at = next(i for i, (s, e) in enumerate(spans) if row["original"][:40] in text[s:e])
        yield Case(
            row["kind"], row["document"], row["written"], _around(title, text, spans, at), text[slice(*spans[at])]
        )


def _gold(folder: Path, documents: Path, most: int) -> Iterator[Case]:
    """Gold evidence sentences of a set with what stands around them in their document."""
    corpus = folder / "corpus.jsonl"
    if corpus.exists():
        rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
        texts = {str(r.get("id", r.get("doc_id"))): (r.get("title") or "Document", r["text"]) for r in rows}
    else:
        texts = {name: _document(path) for name, path in find(documents)}
    seen: set[str] = set()
    for line in (folder / "questions.jsonl").open(encoding="utf-8"):
        question = json.loads(line)
        for document in question["gold_docs"]:
            title, text = texts.get(str(document), ("", ""))
            spans = clause_spans(text)
            for gold in question["gold_evidence"]:
                at = next((i for i, (s, e) in enumerate(spans) if text[s:e].strip() == gold.strip()), None)
                if at is None:
                    at = next((i for i, (s, e) in enumerate(spans) if text[s:e].strip() in gold and e - s > 30), None)
                if at is None or len(seen) >= most or text[slice(*spans[at])] in seen:
                    continue
                seen.add(text[slice(*spans[at])])
                sentence = " ".join(text[slice(*spans[at])].split()).lstrip("-*• ")
                yield Case(folder.name, str(document), sentence, _around(title, text, spans, at), sentence)


def _document(path: Path) -> tuple[str, str]:
    """Title and text below the front matter."""
    head, text = path.read_text("utf-8").split("---", 2)[1:]
    title = next(line for line in head.splitlines() if line.startswith("title:"))
    return title.removeprefix("title:").strip(' "'), text


def _around(title: str, text: str, spans: list[tuple[int, int]], at: int) -> tuple[Evidence, ...]:
    """The sentences around one, each with the last two headings above it."""
    found = []
    for start, end in spans[max(at - AROUND, 0) : at + AROUND + 1]:
        headings = re.findall(r"^##+ (.+)$", text[:start], re.MULTILINE)
        found.append(evidence_of(title, text[start:end], section=tuple(headings[-2:])))
    return tuple(found)


def evidence_of(title: str, text: str, section: tuple[str, ...] = ()) -> Evidence:
    """A sentence as evidence, in a passage of its own."""
    language = "zh" if detect_language(text) == "zh" else "en"
    passage = Passage("p", "d", "d", title, text, 0, len(text), section, None, language, 0)
    return Evidence(Hit(passage, Metadata(title=title), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0)


if __name__ == "__main__":
    main()
