"""Who may use policybot over a network: users with passwords, API keys, signed-in sessions; one SQLite file."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Self, cast, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from policybot.errors import AccountError
from policybot.store.sqlite import SqliteFile

Role = Literal["reader", "editor"]
"""A reader asks; an editor also changes which documents are indexed."""

KEY_PREFIX = "pb_"
"""How an API key begins, so that one that leaked is recognised as such."""

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
"""Characters of a password. NIST SP 800-63B asks for 8 at least; the upper bound keeps hashing cheap."""

_NAME = re.compile(r"[\w.@-]{1,64}")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL,
    created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE, expires_at TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A user or an API key, without its secret."""

    name: str
    role: Role
    created_at: str


class Accounts:
    """The SQLite file ``accounts.sqlite3`` in the data folder, readable by its owner alone.

    Passwords are kept as argon2id hashes with the library's own parameters (RFC 9106, low memory); keys and session
    tokens, which are random and long, as SHA-256. Other processes may write beside: ``policybot users add`` takes
    effect while a server runs.

    Raises:
        StoreError: The file cannot be created, opened, read or written.
    """

    def __init__(self, data_dir: Path) -> None:
        self._file = SqliteFile(
            data_dir / "accounts.sqlite3", holds="accounts", schema=_SCHEMA, wal=False, private=True
        )
        self._hasher = PasswordHasher()
        # Compared with when no such user exists, so that the time of a refusal does not tell which names do.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    # Users

    def add_user(self, name: str, password: str, *, role: Role = "reader") -> None:
        """Add a user.

        Raises:
            AccountError: The name is taken or has other characters than letters, digits and ``. _ @ -``, the
                password is too short or too long, or there is no such role.
        """
        _check(name, role)
        self._add("users", name, (role, self._hash(password)))

    def set_password(self, name: str, password: str) -> None:
        """Change a user's password and sign the user out everywhere.

        Raises:
            AccountError: There is no such user, or the password is too short or too long.
        """
        if not self._file.execute("UPDATE users SET password = ? WHERE name = ?", (self._hash(password), name)):
            raise _unknown("user", name)
        self._file.execute("DELETE FROM sessions WHERE user = ?", (name,))

    def remove_user(self, name: str) -> None:
        """Remove a user and sign the user out.

        Raises:
            AccountError: There is no such user.
        """
        if not self._file.execute("DELETE FROM users WHERE name = ?", (name,)):
            raise _unknown("user", name)

    def users(self) -> tuple[Account, ...]:
        """Every user, by name."""
        return tuple(Account(*row) for row in self._file.rows("SELECT name, role, created_at FROM users ORDER BY name"))

    def any_users(self) -> bool:
        """Whether there is a user, so that everybody must sign in."""
        return bool(self._file.rows("SELECT 1 FROM users LIMIT 1"))

    def user_with_password(self, name: str, password: str) -> Account | None:
        """The user of this name when the password is right; takes about 50 ms whether it is or not."""
        rows = self._file.rows("SELECT name, role, created_at, password FROM users WHERE name = ?", (name,))
        known = rows[0][3] if rows else self._nobody
        try:
            self._hasher.verify(known, password[: LONGEST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return None
        if not rows:
            return None
        if self._hasher.check_needs_rehash(known):
            self._file.execute("UPDATE users SET password = ? WHERE name = ?", (self._hasher.hash(password), name))
        return Account(*rows[0][:3])

    def _hash(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise AccountError(
                f"The password has {len(password)} characters. Choose one of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD}."
            )
        return self._hasher.hash(password)

    # Sessions

    def open_session(self, user: str, *, hours: float) -> str:
        """Sign a user in; returns the token that ``user_of_session`` knows until the hours are over."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        self._file.execute("DELETE FROM sessions WHERE expires_at <= ?", (now.isoformat(),))
        expires = (now + timedelta(hours=hours)).isoformat()
        self._file.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_digest(token), user, expires))
        return token

    def user_of_session(self, token: str) -> Account | None:
        """The user who signed in with this session, unless it has expired or was closed."""
        rows = self._file.rows(
            "SELECT u.name, u.role, u.created_at FROM sessions s JOIN users u ON u.name = s.user "
            "WHERE s.hash = ? AND s.expires_at > ?",
            (_digest(token), datetime.now(UTC).isoformat()),
        )
        return Account(*rows[0]) if rows else None

    def close_session(self, token: str) -> None:
        """Sign out; an unknown session is as good as closed."""
        self._file.execute("DELETE FROM sessions WHERE hash = ?", (_digest(token),))

    # Keys

    def add_key(self, name: str, *, role: Role = "reader") -> str:
        """Make an API key and return it; it is shown this once, only its hash is kept.

        Raises:
            AccountError: The name is taken or not allowed, or there is no such role.
        """
        _check(name, role)
        key = KEY_PREFIX + secrets.token_urlsafe(32)
        self._add("keys", name, (role, _digest(key)))
        return key

    def remove_key(self, name: str) -> None:
        """Revoke an API key.

        Raises:
            AccountError: There is no such key.
        """
        if not self._file.execute("DELETE FROM keys WHERE name = ?", (name,)):
            raise _unknown("key", name)

    def keys(self) -> tuple[Account, ...]:
        """Every API key, by name."""
        return tuple(Account(*row) for row in self._file.rows("SELECT name, role, created_at FROM keys ORDER BY name"))

    def key(self, key: str) -> Account | None:
        """What an API key stands for; None when it is unknown."""
        rows = self._file.rows("SELECT name, role, created_at FROM keys WHERE hash = ?", (_digest(key),))
        return Account(*rows[0]) if rows else None

    def _add(self, table: str, name: str, values: tuple[str, str]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        added = self._file.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)", (name, *values, now))
        if not added:
            kind = table.removesuffix("s")
            raise AccountError(
                f"There is a {kind} called {name!r} already. Choose another name, or remove it first with "
                f"`policybot {table} remove {name}`."
            )

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check(name: str, role: str) -> None:
    if not _NAME.fullmatch(name):
        raise AccountError(f"{name!r} cannot be a name. Use 1 to 64 letters, digits and . _ @ -")
    if role not in get_args(Role):
        raise AccountError(
            f"There is no role {role!r}. Choose one of {', '.join(cast(tuple[str, ...], get_args(Role)))}."
        )


def _unknown(kind: str, name: str) -> AccountError:
    return AccountError(f"There is no {kind} called {name!r}. `policybot {kind}s list` shows all.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
