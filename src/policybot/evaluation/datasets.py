"""Evaluation sets: questions with what is right for each, and the documents they are asked over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybot import reading
from policybot.domain import Turn
from policybot.errors import EvaluationError
from policybot.evaluation.json_lines import FORM, Record, read_records
from policybot.text.detecting import detect_language

CORPUS = "corpus.jsonl"
QUESTIONS = "questions.jsonl"

_LARGEST_FILE = 200_000_000
"""Bytes of the largest file that is read from a documents folder: the default of POLICYBOT_MAX_FILE_MB."""


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document that questions are asked over.

    Attributes:
        id: What ``gold_documents`` of the questions name.
        text: Without front matter.
        language: ISO 639-1 code: the stated one, else the detected one.
    """

    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents of a set.

    Attributes:
        folder: The folder whose files the documents are, their ids being the files' names; None for a set that
            brings its documents along.
    """

    name: str
    documents: tuple[CorpusDocument, ...]
    folder: Path | None = None

    @property
    def fingerprint(self) -> str:
        """12 hex digits that tell this corpus from others of its name.

        They are made of the documents themselves, or of the place of the folder: its files are compared with what
        was indexed anyway.
        """
        content: object = [[d.id, d.title, d.text, d.language] for d in self.documents]
        if self.folder is not None:
            content = str(self.folder)
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is right for it.

    Attributes:
        language: ISO 639-1 code: the stated one, else the detected one.
        type: Kind of question, ``followup`` for example; empty when the set names none.
        history: What was said before, oldest first.
        gold_documents: Ids of the right documents; empty when no document answers the question.
        gold_evidence: Sentences or passages of the right documents that hold the answer.
        alternative_documents: Ids of further documents that hold the same evidence; None when the set does not say.
        key: The right answer in the set's own words, or for a question that nothing answers what is right to reply;
            empty when the set gives none.
        answers: Other right answers, each sufficient by itself.
        answer_groups: What a right answer must hold: one alternative of every group.
        key_points: What a right answer must contain, each; " / " parts alternatives. They go before any other key.
        must_not: Near misses that a right answer does not state: the target where the result is asked.
        answerable: Whether the documents answer it.
        documents: Ids of the only documents it may be answered from; empty for all.
    """

    id: str
    text: str
    language: str
    type: str = ""
    history: tuple[Turn, ...] = ()
    gold_documents: tuple[str, ...] = ()
    gold_evidence: tuple[str, ...] = ()
    alternative_documents: tuple[str, ...] | None = None
    key: str = ""
    answers: tuple[str, ...] = ()
    answer_groups: tuple[tuple[str, ...], ...] = ()
    key_points: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    answerable: bool = True
    documents: tuple[str, ...] = ()

    @property
    def right_documents(self) -> tuple[str, ...]:
        """Ids of all documents that hold the answer: the gold and the alternative ones, each once."""
        return tuple(dict.fromkeys((*self.gold_documents, *(self.alternative_documents or ()))))


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Questions and the documents they are asked over."""

    corpus: Corpus
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """Name of the set's folder."""
        return self.corpus.name

    def sample(self, size: int) -> EvaluationSet:
        """The set with at most ``size`` (1 or more) of its questions, spread evenly over it; all documents stay."""
        total = len(self.questions)
        if size >= total:
            return self
        return replace(self, questions=tuple(self.questions[i * total // size] for i in range(size)))

    def of_kinds(self, kinds: Sequence[str]) -> EvaluationSet:
        """The set with only the questions of these kinds (``Question.type``); all documents stay.

        Raises:
            EvaluationError: It has no question of one of them.
        """
        known = sorted({question.type for question in self.questions})
        for kind in kinds:
            if kind not in known:
                raise EvaluationError(f"{self.name} has no questions of the kind {kind!r}. It has {', '.join(known)}.")
        return replace(self, questions=tuple(q for q in self.questions if q.type in kinds))

    def with_needed_documents(self) -> EvaluationSet:
        """The set with only the documents that its questions may be answered from; all, when a question may use all."""
        needed = {id_ for question in self.questions for id_ in question.documents}
        if any(not question.documents for question in self.questions):
            return self
        kept = tuple(document for document in self.corpus.documents if document.id in needed)
        return replace(self, corpus=replace(self.corpus, documents=kept))


def read_set(
    folder: Path, *, documents: Path | None = None, indexed: Corpus | None = None, negatives: bool = False
) -> EvaluationSet:
    """Read an evaluation set.

    Args:
        folder: Holds ``questions.jsonl`` and, unless the questions are about a folder of documents, ``corpus.jsonl``;
            or a file of questions by itself.
        documents: The folder of documents that the questions are about; the files' names are the documents' ids.
        indexed: Documents that are indexed already, for a set that brings none and names no folder.
        negatives: Read the questions with the documents that seem to answer them and do not (``negatives``, in
            ``questions.jsonl`` or in RGB's own form in a file ``*_native.jsonl``): each may be answered only from its
            own, and so not at all. Questions without negatives are left out.

    Raises:
        EvaluationError: A file is missing or wrong; the message names file and line.
        ReadingError: A file in ``documents`` cannot be read.
    """
    if not folder.exists():
        raise EvaluationError(f"{folder} is no folder. Name the folder of an evaluation set. {FORM}")
    path = folder if folder.is_file() else _negatives_of(folder) if negatives else folder / QUESTIONS
    corpus = _corpus(folder.resolve(), documents, indexed)
    known = {document.id for document in corpus.documents}
    questions: dict[str, Question] = {}
    for record in read_records(path):
        question = _negative(record) if negatives else _question(record)
        if question is None:
            continue
        if question.id in questions:
            raise record.error(f"the qid {question.id!r} was used before", "Give every question a qid of its own.")
        for key, ids in (("gold_docs", question.gold_documents), ("negatives", question.documents)):
            for id_ in ids:
                if id_ not in known:
                    raise record.error(f"{key} names {id_!r}, which is none of the {len(known)} documents",
                                       "Correct the id, or name the right folder with --documents.")  # fmt: skip
        questions[question.id] = question
    if not questions:
        raise EvaluationError(f"{path} holds no question{' with negatives' if negatives else ''}. {FORM}")
    return EvaluationSet(corpus, tuple(questions.values()))


def _corpus(folder: Path, documents: Path | None, indexed: Corpus | None) -> Corpus:
    path = folder / CORPUS
    name = folder.stem if folder.is_file() else folder.name
    if documents is not None:
        if path.exists():
            raise EvaluationError(f"{folder} brings its own documents ({CORPUS}). Leave out --documents.")
        return _corpus_of_folder(name, documents.resolve())
    if indexed is not None and not path.exists():
        return replace(indexed, name=name)
    if not path.exists():
        raise EvaluationError(
            f"{folder} has no {CORPUS}. Name the folder of the documents it asks about with --documents FOLDER. {FORM}"
        )
    found: dict[str, CorpusDocument] = {}
    for record in read_records(path):
        document = _document(record)
        if document.id in found:
            raise record.error(
                f"the doc_id {document.id!r} was used before", "Give every document a doc_id of its own."
            )
        found[document.id] = document
    if not found:
        raise EvaluationError(f"{path} holds no document. {FORM}")
    return Corpus(folder.name, tuple(found.values()))


def _corpus_of_folder(name: str, folder: Path) -> Corpus:
    if not folder.is_dir():
        raise EvaluationError(f"{folder} is no folder. Name the folder of the documents with --documents.")
    found = []
    for file_name, path in reading.find(folder):
        document = reading.read(path, name=file_name, document_id=file_name, max_bytes=_LARGEST_FILE)
        body = document.text[document.body_start :]
        found.append(CorpusDocument(file_name, document.metadata.title, body, document.metadata.language))
    if not found:
        raise EvaluationError(f"{folder} holds no document that can be read. Name another with --documents.")
    return Corpus(name, tuple(found), folder)


def _document(record: Record) -> CorpusDocument:
    id_, text = record.text("doc_id"), record.text("text")
    title = record.text("title", default="")
    return CorpusDocument(id_, title, text, record.text("lang", default="") or detect_language(text))


def _negatives_of(folder: Path) -> Path:
    return next(iter(sorted(folder.glob("*_native.jsonl"))), folder / QUESTIONS)


def _negative(record: Record) -> Question | None:
    """The question with the documents that do not answer it as the only ones; None without any."""
    documents = record.texts("negatives")
    text = record.text("question")
    return (
        Question(
            id=record.text("qid"),
            text=text,
            language=record.text("lang", default="") or detect_language(text),
            type=record.text("kind", default="") or record.text("type", default=""),
            history=record.turns("history"),
            answerable=False,
            documents=documents,
        )
        if documents
        else None
    )


def _question(record: Record) -> Question:
    text = record.text("question")
    key, answers, groups = record.text("answer", default=""), record.texts("answers"), record.groups("answer_groups")
    gold, points = record.texts("gold_docs"), record.texts("key_points")
    return Question(
        id=record.text("qid"),
        text=text,
        language=record.text("lang", default="") or detect_language(text),
        type=record.text("type", default="") or record.text("kind", default=""),
        history=record.turns("history"),
        gold_documents=gold,
        gold_evidence=record.texts("gold_evidence"),
        alternative_documents=record.texts("alt_gold_docs") if "alt_gold_docs" in record.values else None,
        key=key,
        answers=answers,
        answer_groups=groups,
        key_points=points,
        must_not=record.texts("must_not"),
        answerable=record.flag("answerable", default=bool(gold or answers or groups)),
    )
