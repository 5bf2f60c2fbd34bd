"""``policybot users`` and ``policybot keys``: who may use a server."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

import policybot
from policybot.cli.strings import say
from policybot.cli.terminal import ERR, OUT, escape, print_json, reported_errors

if TYPE_CHECKING:
    from policybot.store.accounts import Account, Accounts

USERS = typer.Typer(no_args_is_help=True, help="Add, list and remove the users who may sign in.")
KEYS = typer.Typer(no_args_is_help=True, help="Add, list and revoke the API keys of programs.")

_Name = Annotated[str, typer.Argument(help="Letters, digits and . _ @ -")]
_Role = Annotated[str, typer.Option(help="reader, or editor who may change what is indexed.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def _accounts() -> Accounts:
    from policybot.store.accounts import Accounts

    return Accounts(policybot.load_settings().data_dir)


@USERS.command("add")
def add_user(name: _Name, role: _Role = "reader", password_stdin: _Stdin = False) -> None:
    """Add a user; from the first one on, everybody must sign in."""
    with reported_errors(), _accounts() as accounts:
        accounts.add_user(name, _password(name, password_stdin), role=role)  # type: ignore[arg-type]  # checked there
        OUT.print(say("user_added", name=escape(name), role=escape(role)))


@USERS.command("password")
def change_password(name: _Name, password_stdin: _Stdin = False) -> None:
    """Change a user's password."""
    with reported_errors(), _accounts() as accounts:
        accounts.set_password(name, _password(name, password_stdin))
        OUT.print(say("password_changed", name=escape(name)))


@USERS.command("remove")
def remove_user(name: _Name) -> None:
    """Remove a user."""
    with reported_errors(), _accounts() as accounts:
        accounts.remove_user(name)
        OUT.print(say("user_removed", name=escape(name)))


@USERS.command("list")
def list_users(json: _Json = False) -> None:
    """List the users."""
    with reported_errors(), _accounts() as accounts:
        _list(accounts.users(), json=json)


@KEYS.command("add")
def add_key(name: _Name, role: _Role = "reader", json: _Json = False) -> None:
    """Make an API key and print it, this once."""
    with reported_errors(), _accounts() as accounts:
        key = accounts.add_key(name, role=role)  # type: ignore[arg-type]  # checked there
        if json:
            print_json({"name": name, "role": role, "key": key})
        else:
            ERR.print(say("key_added"))
            sys.stdout.write(key + "\n")


@KEYS.command("remove")
def remove_key(name: _Name) -> None:
    """Revoke an API key."""
    with reported_errors(), _accounts() as accounts:
        accounts.remove_key(name)
        OUT.print(say("key_removed", name=escape(name)))


@KEYS.command("list")
def list_keys(json: _Json = False) -> None:
    """List the API keys by name; the keys themselves are not kept."""
    with reported_errors(), _accounts() as accounts:
        _list(accounts.keys(), json=json)


def _password(name: str, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    password: str = typer.prompt(say("ask_password", name=name), hide_input=True, confirmation_prompt=True)
    return password


def _list(accounts: Sequence[Account], *, json: bool) -> None:
    if json:
        print_json([asdict(account) for account in accounts])
    elif not accounts:
        OUT.print(say("no_accounts"))
    else:
        table = Table(say("column_account"), say("column_role"), say("column_created_at"))
        for account in accounts:
            table.add_row(escape(account.name), account.role, account.created_at)
        OUT.print(table)
