"""Doors for what others add: entry points of installed packages, each in the group of its kind.

What policybot itself brings is declared in the same form, ``name = module:attribute``, and is loaded and checked alike.
What other distributions declare is loaded only when the setting ``POLICYBOT_PLUGINS`` names it: installing a package
must not be enough to run its code on every document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from policybot.errors import SettingsError

READERS = "policybot.readers"
LANGUAGES = "policybot.languages"
COMPOSERS = "policybot.composers"
VETTERS = "policybot.vetters"
EVALUATIONS = "policybot.evaluations"

GROUPS = (READERS, LANGUAGES, COMPOSERS, VETTERS, EVALUATIONS)
"""Groups of entry points that policybot looks into."""

OWN = "policybot"
"""The distribution of what policybot itself brings."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something of a kind, not loaded yet.

    Attributes:
        group: One of ``GROUPS``.
        name: Unique in its distribution and group.
        place: ``module:attribute``.
        distribution: The package that brings it.
    """

    group: str
    name: str
    place: str
    distribution: str = OWN

    @property
    def is_own(self) -> bool:
        """Whether policybot itself brings it."""
        return self.distribution == OWN

    def load(self, kind: Any) -> Any:
        """What is at its place.

        Args:
            kind: What it must be an instance of: a class, a protocol that is checked at run time, or ``Callable``.

        Raises:
            SettingsError: It cannot be imported, or is of another kind.
        """
        try:
            found = imported(self.place)
        except Exception as exc:  # whatever a foreign module raises when it is imported
            raise SettingsError(
                f"The plugin {self} cannot be loaded from {self.place} ({type(exc).__name__}: {str(exc)[:200]}). "
                f"Install {self.distribution} again, or take it out of POLICYBOT_PLUGINS."
            ) from exc
        if not isinstance(found, kind):
            raise SettingsError(
                f"The plugin {self} is no {kind.__name__}: {self.place} is of the type {type(found).__name__}. "
                f"Tell the authors of {self.distribution}, or take it out of POLICYBOT_PLUGINS."
            )
        return found

    def __str__(self) -> str:
        return f"{self.name} of {self.distribution}"


def imported(place: str) -> Any:
    """What is at ``module:attribute``, or the module of ``module``; raises what importing raises."""
    module, _, attribute = place.partition(":")
    found: Any = import_module(module)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def allowed_in(setting: str) -> tuple[str, ...]:
    """The names in the setting ``POLICYBOT_PLUGINS``, each once."""
    return tuple(dict.fromkeys(name.strip() for name in setting.split(",") if name.strip()))


def registered(group: str, own: Mapping[str, str], allowed: Collection[str] = ()) -> tuple[Plugin, ...]:
    """The plugins of a group: policybot's own in their order, then those allowed, by distribution and name.

    Args:
        group: One of ``GROUPS``.
        own: What policybot itself brings: places by name.
        allowed: Names of other distributions, all of whose plugins are allowed, or of single entry points.

    Raises:
        SettingsError: Nothing installed has one of the allowed names.
    """
    plugins = [Plugin(group, name, place) for name, place in own.items()]
    if allowed:
        foreign = list(_foreign())
        _check(allowed, foreign)
        names = {_normal(name) for name in allowed}
        wanted = [each for each in foreign if names & {_normal(each.name), _normal(each.distribution)}]
        wanted.sort(key=lambda each: (each.distribution, each.name))
        plugins += [each for each in wanted if each.group == group]
    return tuple(plugins)


def by_name(found: Iterable[Plugin]) -> dict[str, Plugin]:
    """The plugins of a group by name, in their order, where a name is how they are chosen.

    Raises:
        SettingsError: Two have the same name.
    """
    names: dict[str, Plugin] = {}
    for plugin in found:
        before = names.setdefault(plugin.name, plugin)
        if before is not plugin:
            raise SettingsError(
                f"{before.distribution} and {plugin.distribution} both bring a plugin called {plugin.name!r} in the "
                f"group {plugin.group}. Take one of them out of POLICYBOT_PLUGINS."
            )
    return names


def _foreign() -> Iterable[Plugin]:
    """Every plugin that another distribution brings."""
    for group in GROUPS:
        for point in entry_points(group=group):
            yield Plugin(group, point.name, point.value, _distribution_of(point))


def _distribution_of(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"


def _check(allowed: Iterable[str], foreign: Collection[Plugin]) -> None:
    names = sorted({each.name for each in foreign} | {each.distribution for each in foreign})
    known = {_normal(name) for name in names}
    for name in allowed:
        if _normal(name) not in known:
            meant = get_close_matches(name, names, n=1)
            hint = f"Did you mean {meant[0]}?" if meant else f"Installed are {', '.join(names)}." if names else ""
            raise SettingsError(
                f"POLICYBOT_PLUGINS names {name!r}, but no installed package of this name, and no entry point of any, "
                f"is a plugin for policybot. {hint or 'No plugin is installed.'} Install it, or take the name out."
            )


def _normal(name: str) -> str:
    """A name as packages are compared: ``My_Reader`` is ``my-reader``."""
    return name.lower().replace("_", "-").replace(".", "-")
