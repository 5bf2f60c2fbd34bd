"""Evaluation sets: questions with what is right for each, and the documents they are asked over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policybot import reading
from policybot.domain import Role, Turn
from policybot.errors import EvaluationError

CORPUS = "corpus.jsonl"
QUESTIONS = "questions.jsonl"

_FORM = "docs/evaluation.md describes the form."
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
    """

    id: str
    text: str
    language: str
    type: str = ""
    history: tuple[Turn, ...] = ()
    gold_documents: tuple[str, ...] = ()
    gold_evidence: tuple[str, ...] = ()
    alternative_documents: tuple[str, ...] | None = None


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


def read_set(folder: Path, *, documents: Path | None = None) -> EvaluationSet:
    """Read an evaluation set.

    Args:
        folder: Holds ``questions.jsonl`` and, unless the questions are about a folder of documents, ``corpus.jsonl``.
        documents: The folder of documents that the questions are about; the files' names are the documents' ids.

    Raises:
        EvaluationError: A file is missing or wrong; the message names file and line.
        ReadingError: A file in ``documents`` cannot be read.
    """
    if not folder.is_dir():
        raise EvaluationError(f"{folder} is no folder. Name the folder of an evaluation set. {_FORM}")
    corpus = _corpus(folder.resolve(), documents)
    known = {document.id for document in corpus.documents}
    questions: dict[str, Question] = {}
    for record in _records(folder / QUESTIONS):
        question = _question(record)
        if question.id in questions:
            raise record.error(f"the qid {question.id!r} was used before", "Give every question a qid of its own.")
        for id_ in question.gold_documents:
            if id_ not in known:
                raise record.error(f"gold_docs names {id_!r}, which is none of the {len(known)} documents",
                                   "Correct the id, or name the right folder with --documents.")  # fmt: skip
        questions[question.id] = question
    if not questions:
        raise EvaluationError(f"{folder / QUESTIONS} holds no question. {_FORM}")
    return EvaluationSet(corpus, tuple(questions.values()))


@dataclass(frozen=True, slots=True)
class _Record:
    """One line of a JSON-lines file."""

    path: Path
    line: int
    values: Mapping[str, Any]

    def error(self, what: str, next_step: str = _FORM) -> EvaluationError:
        return EvaluationError(f"{self.path}, line {self.line}: {what}. {next_step}")

    def text(self, key: str, *, default: str | None = None) -> str:
        """The string under a key; ``default`` when it is missing or null, an error when that is None."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(f"{key} must be a string that is not blank, found {_short(value)}")
        return self._proper(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of strings under a key; empty when it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key} must be a list of strings, found {_short(value)}")
        return tuple(self._proper(key, item) for item in value)

    def turns(self, key: str) -> tuple[Turn, ...]:
        """The messages under a key, oldest first; empty when it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.error(f"{key} must be a list of messages, found {_short(value)}")
        return tuple(self._turn(key, item) for item in value)

    def _turn(self, key: str, value: Any) -> Turn:
        roles: dict[str, Role] = {"user": "user", "assistant": "assistant"}
        if (
            not isinstance(value, dict)
            or value.get("role") not in roles
            or not isinstance(value.get("content"), str)
        ):  # fmt: skip
            raise self.error(
                f'{key} must hold messages {{"role": "user" or "assistant", "content": "…"}}, found {_short(value)}'
            )
        return Turn(roles[value["role"]], self._proper(key, value["content"]))

    def _proper(self, key: str, value: str) -> str:
        """The string, unless it holds half a character, which no file and no page can take."""
        try:
            value.encode()
        except UnicodeEncodeError as exc:
            raise self.error(f"{key} holds half a character ({value[exc.start]!r})", "Write the file again.") from exc
        return value


def _records(path: Path) -> Iterator[_Record]:
    """The lines of a JSON-lines file; blank ones are passed over."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise EvaluationError(f"{path} cannot be read: {exc.strerror or exc}. {_FORM}") from exc
    # Only line feeds end a line: JSON allows U+2028 and its like inside a string.
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as exc:
            raise EvaluationError(f"{path}, line {number}: no proper JSON ({exc}). Correct the line. {_FORM}") from exc
        if not isinstance(values, dict):
            raise EvaluationError(f"{path}, line {number}: must be a JSON object, found {_short(values)}. {_FORM}")
        yield _Record(path, number, values)


def _corpus(folder: Path, documents: Path | None) -> Corpus:
    path = folder / CORPUS
    if documents is not None:
        if path.exists():
            raise EvaluationError(f"{folder} brings its own documents ({CORPUS}). Leave out --documents.")
        return _corpus_of_folder(folder.name, documents.resolve())
    if not path.exists():
        raise EvaluationError(
            f"{folder} has no {CORPUS}. Name the folder of the documents it asks about with --documents FOLDER. {_FORM}"
        )
    found: dict[str, CorpusDocument] = {}
    for record in _records(path):
        document = _document(record)
        if document.id in found:
            raise record.error(
                f"the doc_id {document.id!r} was used before", "Give every document a doc_id of its own."
            )
        found[document.id] = document
    if not found:
        raise EvaluationError(f"{path} holds no document. {_FORM}")
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


def _document(record: _Record) -> CorpusDocument:
    id_, text = record.text("doc_id"), record.text("text")
    title = record.text("title", default="")
    return CorpusDocument(id_, title, text, record.text("lang", default="") or reading.detect_language(text))


def _question(record: _Record) -> Question:
    text = record.text("question")
    return Question(
        id=record.text("qid"),
        text=text,
        language=record.text("lang", default="") or reading.detect_language(text),
        type=record.text("type", default="") or record.text("kind", default=""),
        history=record.turns("history"),
        gold_documents=record.texts("gold_docs"),
        gold_evidence=record.texts("gold_evidence"),
        alternative_documents=record.texts("alt_gold_docs") if "alt_gold_docs" in record.values else None,
    )


def _short(value: object) -> str:
    """A value as JSON, cut to what a message can hold."""
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
