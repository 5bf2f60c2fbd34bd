"""The lexicons in use: those of the folders here, and those that plug-ins register."""

from __future__ import annotations

from importlib import import_module

from policybot import plugins
from policybot.errors import SettingsError
from policybot.language.lexicon import Lexicon

_BUILT_IN = ("en", "zh")
"""In this order patterns of several languages are tried at one place of a text."""

_lexicons: dict[str, Lexicon] = {}
_used = False


def register(lexicon: Lexicon) -> None:
    """Add a language's lexicon; done before the first question, since patterns are compiled once.

    Raises:
        SettingsError: A lexicon of this code is there already, or the lexicons are in use.
    """
    _load_built_in()
    if _lexicons.get(lexicon.code) == lexicon:
        return
    if lexicon.code in _lexicons:
        raise SettingsError(f"Two lexicons have the code {lexicon.code!r}. Leave one out of POLICYBOT_PLUGINS.")
    if _used:
        raise SettingsError(
            f"The language {lexicon.code!r} comes too late: the lexicons are in use. Register it before the first bot."
        )
    _lexicons[lexicon.code] = lexicon


def lexicons() -> tuple[Lexicon, ...]:
    """All lexicons, those that come with policybot first; from now on none can be added."""
    global _used
    _load_built_in()
    _used = True
    return tuple(_lexicons.values())


def lexicon(code: str) -> Lexicon:
    """The lexicon of a language; English for a language without one."""
    known = {each.code: each for each in lexicons()}
    return known.get(code, known["en"])


def codes() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a lexicon."""
    return tuple(each.code for each in lexicons())


def _load_built_in() -> None:
    for code in _BUILT_IN:
        if code not in _lexicons:
            _lexicons[code] = import_module(f"policybot.language.{code}").LEXICON


def register_plugins(setting: str) -> None:
    """Add the languages of the packages that the setting names.

    Args:
        setting: Value of ``POLICYBOT_PLUGINS``.

    Raises:
        SettingsError: A package brings no plugin, or one that cannot be used, or the lexicons are in use already.
    """
    for plugin in plugins.registered(plugins.LANGUAGES, {}, plugins.allowed_in(setting)):
        register(plugin.load(Lexicon))
