"""How many changed sentences the check catches, and how many unchanged ones it doubts.

    python benchmarks/changed_sentences.py ../shared/eval documents

Takes the gold evidence sentences of the evaluation sets, changes one figure, date, name, negation, modal verb or bound
of each, and checks it against the sentences around the original. Unchanged ones are checked as they stand, cut at a
clause, and with a figure or a hedge written otherwise. Caught means: not "supported". Prints a line for each kind.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from policybot.checking import Checker
from policybot.checking.names import capitalised
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.models.embedding import E5Small
from policybot.reading import detect_language
from policybot.settings import load_settings
from policybot.splitting import sentence_spans

AROUND = 8
"""Sentences before and behind the original that are evidence, too."""

_ZH_NAMES = [
    "北京",
    "上海",
    "深圳",
    "广东",
    "浙江",
    "江苏",
    "四川",
    "美国",
    "日本",
    "欧盟",
    "国务院",
    "发改委",
    "工信部",
    "财政部",
    "商务部",
]


def main() -> None:
    """Check every change and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--most", type=int, default=400, help="sentences of each set")
    parser.add_argument("--show", type=int, default=0, help="misses to print of each kind")
    arguments = parser.parse_args()
    checker = Checker(multilingual=E5Small(load_settings().cache_dir))
    random.seed(7)
    caught: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    cases = [(s, *case) for s in ("policy", "clapnq_dev", "doc2dial", "rgb") for case in _cases(arguments, s)]
    pool = sorted({name for _, sentence, _ in cases for name in capitalised(sentence)})
    for name_of_set, sentence, evidence in cases:
        language = "zh" if detect_language(sentence) == "zh" else "en"
        for kind, changed in _changed(sentence, language, pool):
            check = checker.check(changed, language, evidence)
            doubted = check.verdict != "supported"
            caught[kind, language][doubted] += 1
            if doubted == kind.startswith("same") and shown[kind] < arguments.show:
                shown[kind] += 1
                print(f"  {name_of_set} {kind}: {changed}\n      was {sentence}\n      {check.verdict}: {check.reason}")
    totals: dict[str, Counter[bool]] = defaultdict(Counter)
    for (kind, language), counts in sorted(caught.items()):
        totals["unchanged" if kind.startswith("same") else "changed"] += counts
        print(f"{kind:24} {language}  {counts[True] / counts.total():.3f} of {counts.total()}")
    for what, counts in totals.items():
        print(f"{what:24}     {counts[True] / counts.total():.3f} of {counts.total()} doubted")


def _cases(arguments: argparse.Namespace, name: str) -> Iterator[tuple[str, list[Evidence]]]:
    """Gold evidence sentences with what stands around them in their document."""
    corpus = arguments.sets / name / "corpus.jsonl"
    if corpus.exists():
        rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
        texts = {str(r.get("id", r.get("doc_id"))): (r.get("title") or "Document", r["text"]) for r in rows}
    else:
        texts = {p.name: (p.stem, p.read_text("utf-8").split("---", 2)[-1]) for p in arguments.documents.glob("*.md")}
    seen: set[str] = set()
    for line in (arguments.sets / name / "questions.jsonl").open(encoding="utf-8"):
        question = json.loads(line)
        for document in question["gold_docs"]:
            title, text = texts.get(str(document), ("", ""))
            spans = sentence_spans(text)
            for gold in question["gold_evidence"]:
                at = next((i for i, (s, e) in enumerate(spans) if text[s:e].strip() == gold.strip()), None)
                if at is None:
                    at = next((i for i, (s, e) in enumerate(spans) if text[s:e].strip() in gold and e - s > 30), None)
                if at is None or len(seen) >= arguments.most or text[slice(*spans[at])] in seen:
                    continue
                seen.add(text[slice(*spans[at])])
                near = spans[max(at - AROUND, 0) : at + AROUND + 1]
                yield " ".join(text[slice(*spans[at])].split()), [_evidence(title, text[s:e]) for s, e in near]


def _evidence(title: str, text: str) -> Evidence:
    language = "zh" if detect_language(text) == "zh" else "en"
    passage = Passage("p", "d", "d", title, text, 0, len(text), (), None, language, 0)
    return Evidence(Hit(passage, Metadata(title=title), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0)


def _changed(sentence: str, language: str, pool: list[str]) -> Iterator[tuple[str, str]]:
    """Each kind of change that the sentence allows, once."""
    kinds: list[tuple[str, str | re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
        (
            "figure",
            r"(?<![\d.,第])\d+(?:[.,]\d+)*(?=\s*(?:%|percent|million|billion|trillion|万|亿|个|家|项))",
            _figure,
        ),
        ("year", r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda m: str(int(m.group()) + random.choice((-3, -2, -1, 1, 2)))),
        ("same, all", r"\A", ""),
        ("same, cut", r"(?:, (?:and|but|which|while)|，|；|;).*?(?=[.。]?$)", ""),
    ]
    if language == "en":
        kinds += [
            ("negation added", r"\b(is|are|was|were|will|has|have|can|may|must|should)\b(?! not| no)", r"\1 not"),
            ("negation dropped", r"\b(is|are|was|were|will|do|does|did|has|can|must|should) not\b", r"\1"),
            ("modality", r"\b(may|might|could|plans? to|aims? to|intends? to) (?=[a-z])", "will surely "),
            ("modality, done", r"\bwill (?:be )?(?=[a-z])", "has already "),
            ("bound dropped", r"\b(about|around|at least|more than|up to|over|nearly) (?=[\d$])", ""),
            ("bound changed", r"\b(at least|more than|over) (?=[\d$])", "at most "),
            ("quantifier", r"\b(some|many|most|several) (?=[a-z])", "all "),
            ("name", _name(sentence), lambda m: random.choice([n for n in pool if n[:3] != m.group()[:3]])),
            ("number word", r"\b(three|four|five|six|seven|eight|nine|ten)\b(?!-)", "eleven"),
            ("same, percent", r"(?<=\d) ?(%| percent\b)", lambda m: " percent" if m[1] == "%" else "%"),
            ("same, hedge", r"\b(about|around|approximately) (?=\d)", "roughly "),
            ("same, not", r"\b(is|are|was|were|do|does|did|has) not\b", r"\1n't"),
        ]
    else:
        kinds += [
            ("negation added", r"(?<![不没])(?=(是|能|会|要|可以|支持|推动|发展|增长))", "不"),
            ("negation dropped", r"不(?=(是|能|会|得|可|存在|超过))|没有", ""),
            ("modality, done", r"将(?=[\u3400-\u9fff])(?!军|近)", "已"),
            ("bound dropped", r"(左右|以上|约(?=\d)|超过(?=\d)|至少(?=\d))", ""),
            ("name", "|".join(_ZH_NAMES), lambda m: random.choice([n for n in _ZH_NAMES if n != m.group()])),
            ("same, percent", r"(?<=\d)%", "％"),
        ]
    for kind, pattern, new in kinds:
        changed = re.sub(pattern, new, sentence, count=1)
        if (changed != sentence or kind == "same, all") and len(changed) > 0.4 * len(sentence):
            yield kind, changed


def _figure(match: re.Match[str]) -> str:
    """The figure with its first digit another one."""
    digits = match.group()
    return random.choice([d for d in "123456789" if d != digits[0]]) + digits[1:]


def _name(sentence: str) -> str:
    names = capitalised(sentence)
    return rf"\b{re.escape(random.choice(names))}\b" if names else r"(?!)"


if __name__ == "__main__":
    main()
