"""What is kept of conversations beside their memory: whose they are, each answer whole, and what readers thought of it.

The conversation's memory itself, by which follow-ups are understood, is in ``conversing``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, get_args

from policybot.domain import Answer, AnswerLanguage
from policybot.errors import UnknownConversation
from policybot.store.sqlite import SqliteFile

Rating = Literal["up", "down"]
RATINGS: tuple[Rating, ...] = get_args(Rating)

LONGEST_TITLE = 200
LONGEST_COMMENT = 4000
"""Characters of a conversation's title and of a comment."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, answer_language TEXT NOT NULL DEFAULT 'auto');
CREATE INDEX IF NOT EXISTS conversations_by_owner ON conversations (owner, updated_at);
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, answer TEXT NOT NULL, answered_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS answers_by_conversation ON answers (conversation, number);
CREATE TABLE IF NOT EXISTS feedback (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, answer_id TEXT NOT NULL,
    question TEXT NOT NULL, answer TEXT NOT NULL, rating TEXT NOT NULL, comment TEXT NOT NULL, given_at TEXT NOT NULL,
    UNIQUE (owner, answer_id));
"""
_WITH_LANGUAGE = "ALTER TABLE conversations ADD COLUMN answer_language TEXT NOT NULL DEFAULT 'auto'"


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One line of somebody's list of conversations.

    Attributes:
        title: The first question, cut, until it is renamed; empty before it.
        questions: How many were answered.
        answer_language: The language of its answers.
    """

    id: str
    title: str
    created_at: str
    updated_at: str
    questions: int
    answer_language: AnswerLanguage = "auto"


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer of a conversation, as ``Answer.as_dict`` gives it, under the id that feedback names it by."""

    id: str
    number: int
    answered_at: str
    answer: dict[str, Any]

    def restored(self) -> Answer:
        """The answer itself."""
        return Answer.from_dict(self.answer)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer; question and answer are copies that outlive the conversation."""

    owner: str
    answer_id: str
    question: str
    answer: str
    rating: Rating
    comment: str
    given_at: str


class Records:
    """The SQLite file ``records.sqlite3`` in the data folder. Nobody reaches a conversation of somebody else.

    Raises:
        StoreError: The file cannot be created, opened, read or written.
    """

    def __init__(self, data_dir: Path) -> None:
        self._file = SqliteFile(data_dir / "records.sqlite3", holds="records", schema=_SCHEMA)
        columns = {row[1] for row in self._file.rows("PRAGMA table_info(conversations)")}
        if "answer_language" not in columns:  # Kept by a version that knew no such choice.
            self._file.execute(_WITH_LANGUAGE)

    # Conversations

    def begin(self, owner: str, *, title: str = "", answer_language: AnswerLanguage = "auto") -> ConversationSummary:
        """Note a new conversation of this owner."""
        now = _now()
        summary = ConversationSummary(str(uuid.uuid4()), title[:LONGEST_TITLE], now, now, 0, answer_language)
        with self._file.transaction() as db:
            db.execute(
                "INSERT INTO conversations (id, owner, title, created_at, updated_at, answer_language) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (summary.id, owner, summary.title, now, now, answer_language),
            )
        return summary

    def conversations(
        self, owner: str, *, search: str = "", limit: int = 100, offset: int = 0
    ) -> tuple[ConversationSummary, ...]:
        """Somebody's conversations, the latest first.

        Args:
            search: Only those whose title or one of whose questions holds this, large or small.
        """
        rows = self._file.rows(
            "SELECT c.id, c.title, c.created_at, c.updated_at, count(a.id), c.answer_language FROM conversations c "
            "LEFT JOIN answers a ON a.conversation = c.id WHERE c.owner = ?1 AND (?2 = '' "
            "OR instr(casefold(c.title), ?2) OR EXISTS (SELECT 1 FROM answers q WHERE q.conversation = c.id "
            "AND instr(casefold(json_extract(q.answer, '$.question')), ?2))) "
            "GROUP BY c.id ORDER BY c.updated_at DESC, c.id LIMIT ?3 OFFSET ?4",
            (owner, search.casefold(), limit, offset),
        )
        return tuple(ConversationSummary(*row) for row in rows)

    def conversation(self, owner: str, conversation: str) -> ConversationSummary:
        """One conversation of this owner.

        Raises:
            UnknownConversation: There is none of this id, or it is somebody else's.
        """
        rows = self._file.rows(
            "SELECT id, title, created_at, updated_at, (SELECT count(*) FROM answers WHERE conversation = id), "
            "answer_language FROM conversations WHERE id = ? AND owner = ?",
            (conversation, owner),
        )
        if not rows:
            raise UnknownConversation(f"There is no conversation {conversation!r} of yours. Begin a new one.")
        return ConversationSummary(*rows[0])

    def rename(self, owner: str, conversation: str, title: str) -> ConversationSummary:
        """Give a conversation another title. Raises what ``conversation`` raises."""
        self.conversation(owner, conversation)
        with self._file.transaction() as db:
            db.execute("UPDATE conversations SET title = ? WHERE id = ?", (title[:LONGEST_TITLE], conversation))
        return self.conversation(owner, conversation)

    def set_answer_language(self, owner: str, conversation: str, answer_language: AnswerLanguage) -> None:
        """Note the language that a conversation's answers are wanted in. Raises what ``conversation`` raises."""
        self.conversation(owner, conversation)
        with self._file.transaction() as db:
            db.execute("UPDATE conversations SET answer_language = ? WHERE id = ?", (answer_language, conversation))

    def forget(self, owner: str, conversation: str) -> None:
        """Delete a conversation with its answers; feedback stays. Raises what ``conversation`` raises."""
        self.conversation(owner, conversation)
        with self._file.transaction() as db:
            db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def drop_answers(self, owner: str, conversation: str, answer_ids: Sequence[str]) -> None:
        """Delete answers of a conversation, which others will replace. Raises what ``conversation`` raises."""
        self.conversation(owner, conversation)
        with self._file.transaction() as db:
            db.executemany(
                "DELETE FROM answers WHERE id = ? AND conversation = ?", [(each, conversation) for each in answer_ids]
            )

    def add_answer(self, owner: str, conversation: str, answer: Answer) -> str:
        """Keep an answer; returns its id. Raises what ``conversation`` raises."""
        before = self.conversation(owner, conversation)
        answer_id, now = str(uuid.uuid4()), _now()
        with self._file.transaction() as db:
            db.execute(
                "INSERT INTO answers SELECT ?, ?, count(*) + 1, ?, ? FROM answers WHERE conversation = ?",
                (answer_id, conversation, json.dumps(answer.as_dict(), ensure_ascii=False), now, conversation),
            )
            title = before.title or " ".join(answer.question.split())[:LONGEST_TITLE]
            db.execute("UPDATE conversations SET updated_at = ?, title = ? WHERE id = ?", (now, title, conversation))
        return answer_id

    def answers(self, owner: str, conversation: str) -> tuple[AnswerRecord, ...]:
        """The answers of a conversation, oldest first. Raises what ``conversation`` raises."""
        self.conversation(owner, conversation)
        rows = self._file.rows(
            "SELECT id, number, answered_at, answer FROM answers WHERE conversation = ? ORDER BY number",
            (conversation,),
        )
        return tuple(AnswerRecord(id_, number, at, json.loads(answer)) for id_, number, at, answer in rows)

    # Feedback

    def ratings(self, owner: str, conversation: str) -> dict[str, tuple[Rating, str]]:
        """Rating and comment that this owner gave, by the answer's id."""
        rows = self._file.rows(
            "SELECT f.answer_id, f.rating, f.comment FROM feedback f JOIN answers a ON a.id = f.answer_id "
            "WHERE f.owner = ? AND a.conversation = ?",
            (owner, conversation),
        )
        return {answer_id: (rating, comment) for answer_id, rating, comment in rows}

    def rate(self, owner: str, answer_id: str, rating: Rating, comment: str = "") -> Feedback:
        """Keep what somebody thinks of an answer of their own; a second opinion replaces the first.

        Raises:
            UnknownConversation: No conversation of this owner holds the answer.
        """
        rows = self._file.rows(
            "SELECT a.answer FROM answers a JOIN conversations c ON c.id = a.conversation "
            "WHERE a.id = ? AND c.owner = ?",
            (answer_id, owner),
        )
        if not rows:
            raise UnknownConversation(f"No conversation of yours holds the answer {answer_id!r}.")
        answer = json.loads(rows[0][0])
        feedback = Feedback(
            owner, answer_id, answer["question"], answer["text"], rating, comment[:LONGEST_COMMENT], _now()
        )
        with self._file.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO feedback (owner, answer_id, question, answer, rating, comment, given_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    feedback.owner, feedback.answer_id, feedback.question, feedback.answer, feedback.rating,
                    feedback.comment, feedback.given_at,
                ),
            )  # fmt: skip
        return feedback

    def feedback(self) -> tuple[Feedback, ...]:
        """Everybody's feedback, oldest first."""
        rows = self._file.rows(
            "SELECT owner, answer_id, question, answer, rating, comment, given_at FROM feedback ORDER BY id"
        )
        return tuple(Feedback(*row) for row in rows)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
