"""How a document becomes passages, and the name of this recipe by which a change of it is noticed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import policybot.splitting as splitting
from policybot.domain import Document, Passage
from policybot.settings import Settings
from policybot.text.detecting import detect_language
from policybot.text.glossary import GLOSSARY_VERSION


def split(
    document: Document, settings: Settings, languages: Mapping[str, str] = MappingProxyType({})
) -> tuple[Passage, ...]:
    """The document's passages, of the size that the settings say.

    Args:
        languages: Languages of texts that are known, by text: to detect them all takes a second in 300 pages.
    """
    return splitting.split(
        document,
        target_tokens=settings.passage_tokens,
        detect_language=lambda text: languages.get(text) or detect_language(text),
    )


def recipe(settings: Settings) -> str:
    """How documents are split: another recipe means that all must be split again."""
    return f"{splitting.SPLITTER_VERSION}:{settings.passage_tokens}:{GLOSSARY_VERSION}"
