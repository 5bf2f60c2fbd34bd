"""Every setting, read once from ``POLICYBOT_*`` in the environment or a ``.env`` file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from policybot.errors import SettingsError

LOCAL_CHAT_MODEL = "local"
"""Value of ``chat_model`` for the embedded model."""

NO_CHAT_MODEL = "none"
"""Value of ``chat_model`` for answers made of quoted sentences."""

BGE_SMALL, E5_SMALL = "bge-small-en-v1.5", "multilingual-e5-small"
"""Values of ``embedding_model`` for the bundled models."""

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    """Folder that ships with the project: inside an installed wheel, else at the top of the checkout."""
    installed = _PACKAGE / folder
    return installed if installed.is_dir() else _PACKAGE.parent.parent / folder


Ingredient = Literal[
    "dense",
    "keywords",
    "reranking",
    "context",
    "glossary",
    "glossing",
    "figures",
    "phrases",
    "editions",
    "duplicates",
]
"""A part of the search that can be left out, to save time or to measure what it brings."""


class Settings(BaseSettings):
    """All settings with their defaults; docs/settings.md explains each.

    Raises:
        pydantic.ValidationError: When a value is out of range or a name is unknown; ``load_settings`` turns it
            into a SettingsError.
    """

    model_config = SettingsConfigDict(
        env_prefix="POLICYBOT_", env_file=".env", extra="forbid", frozen=True, env_ignore_empty=True
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("policybot")),
        description="Folder of the catalogue, the vectors and the conversations.",
    )
    cache_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("policybot")),
        description="Folder of the joined chat model and of the record of verified weights.",
    )
    documents_dir: Path = Field(
        default_factory=lambda: _shipped("documents"),
        description="Folder that `policybot index` and `policybot serve` read when none is named.",
    )
    prompts_dir: Path = Field(default_factory=lambda: _shipped("prompts"), description="Folder of the prompt files.")

    chat_model: str = Field(
        default="",
        description="`local`, `none`, or LangChain's `provider:model`. Empty: `local` when it is installed, "
        "else `none`.",
    )
    chat_base_url: str = Field(
        default="", description="Address of an OpenAI-compatible or Ollama server for a `provider:model`."
    )
    chat_timeout_s: Annotated[float, Field(gt=0)] = Field(
        default=120.0, description="Longest wait for the chat model's next word."
    )
    chat_parallel: Annotated[int, Field(ge=1, le=16)] = Field(
        default=2, description="How many answers the embedded chat model writes at once."
    )
    chat_threads: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Processor threads of the embedded chat model; 0: all."
    )
    translate_questions: Literal["auto", "always", "never"] = Field(
        default="auto",
        description="Whether the chat model puts a question into the language of the documents that may answer it, "
        "where that is another: `always`, `never`, or `auto`, any but the embedded one, which takes seconds.",
    )
    answer_tokens: Annotated[int, Field(ge=16, le=4096)] = Field(
        default=220, description="Longest answer of the chat model, in tokens."
    )

    embedding_model: str = Field(
        default=BGE_SMALL,
        description=f"Model that embeds English passages: `{BGE_SMALL}`; `{E5_SMALL}`, which embeds every language "
        "in any case and is then the only one; or LangChain's `provider:model`. Another one takes effect with the "
        "next `policybot index`.",
    )
    embedding_base_url: str = Field(
        default="", description="Address of an OpenAI-compatible or Ollama server for such a `provider:model`."
    )

    passage_tokens: Annotated[int, Field(ge=40, le=400)] = Field(
        default=340,
        description="Target size of a passage, in tokens (about 0.75 English words or one Chinese character each).",
    )
    max_file_mb: Annotated[int, Field(ge=1)] = Field(
        default=200, description="Files larger than this are refused, in megabytes."
    )

    keep_versions: Annotated[int, Field(ge=0)] = Field(
        default=10, description="How many old versions of a document are kept for the citations that name them."
    )
    keep_versions_days: Annotated[float, Field(ge=0)] = Field(
        default=365.0, description="How many days an old version is kept; 0: however old."
    )

    watch_polling: Literal["auto", "always", "never"] = Field(
        default="auto",
        description="Whether a watched folder is looked through again and again instead of waiting for the system to "
        "report changes: `always`, `never`, or `auto` for network folders only.",
    )
    watch_poll_s: Annotated[float, Field(ge=0.1)] = Field(
        default=2.0, description="How often such a folder is looked through, in seconds."
    )
    upload_mb: Annotated[int, Field(ge=0, le=2000)] = Field(
        default=50, description="Largest file that editors may add over the page or the API, in megabytes; 0: none."
    )

    fetch_networks: tuple[str, ...] = Field(
        default=(),
        description='Private networks that web pages may be read from, as a JSON list: `["10.1.0.0/16"]`. Empty: the '
        "public internet only.",
    )
    fetch_timeout_s: Annotated[float, Field(gt=0)] = Field(
        default=60.0, description="Longest exchange with a web server, in seconds."
    )
    fetch_max_mb: Annotated[int, Field(ge=1)] = Field(
        default=50, description="Web pages and files larger than this are refused, in megabytes."
    )
    fetch_delay_s: Annotated[float, Field(ge=0)] = Field(
        default=1.0, description="Shortest pause between two requests to a web server, in seconds."
    )
    fetch_robots: bool = Field(default=True, description="Whether to keep to the robots.txt of web sites.")

    search_without: frozenset[Ingredient] = Field(
        default=frozenset(),
        description="Parts of the search to leave out, as a JSON list of `dense`, `keywords`, `reranking`, "
        "`context`, `glossary`, `glossing`, `figures`, `phrases`, `editions`, `duplicates`; "
        '`["reranking"]`, the reading of sentences, is for slow machines.',
    )

    plugins: str = Field(
        default="",
        description="Packages whose plugins are loaded, or single plugins, by name, separated by commas; empty: none. "
        "docs/extending says how to write one.",
    )

    host: str = Field(default="127.0.0.1", description="Address that the page listens on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=7860, description="Port of the page.")
    path_prefix: Annotated[str, Field(pattern=r"^(/[\w.~-]+)*$")] = Field(
        default="", description="Path that a reverse proxy puts in front, `/policybot` for example; empty: none."
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses of reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, "
        "separated by commas.",
    )
    session_hours: Annotated[float, Field(gt=0, le=8760)] = Field(
        default=12.0, description="How long a sign-in lasts, in hours."
    )
    questions_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=30, description="Most questions and searches of one user or API key in a minute, by the API."
    )
    requests_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=600, description="Most requests of one user or API key in a minute, page and API together."
    )


def load_settings(**values: object) -> Settings:
    """Read the settings; ``values`` win over the environment.

    Raises:
        SettingsError: A value is out of range or has the wrong type, or a variable ``POLICYBOT_…`` sets nothing; the
            message names the variable.
    """
    _refuse_unknown(os.environ)
    try:
        return Settings(**values)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as exc:
        wrong = "; ".join(
            f"POLICYBOT_{'_'.join(str(part) for part in error['loc']).upper()}={error['input']!r}: {error['msg']}"
            for error in exc.errors()
        )
        raise SettingsError(f"Wrong setting: {wrong}. docs/settings.md lists every setting.") from exc


def _refuse_unknown(variables: Iterable[str]) -> None:
    """A misspelt variable would be ignored in silence: pydantic-settings refuses one in ``.env`` only."""
    known = [f"POLICYBOT_{name.upper()}" for name in Settings.model_fields]
    for variable in sorted(variables):
        if variable.startswith("POLICYBOT_") and variable not in known:
            meant = get_close_matches(variable, known, n=1)
            hint = f"Did you mean {meant[0]}?" if meant else "Unset it."
            raise SettingsError(
                f"The environment variable {variable} sets nothing. {hint} docs/settings.md lists every setting."
            )
