"""Which models embed, as the setting ``embedding_model`` chooses them."""

from __future__ import annotations

import logging
from difflib import get_close_matches
from functools import cached_property

from policybot.errors import ModelError, SettingsError
from policybot.indexing.embedding import EmbeddingModels
from policybot.models.embedding import BgeSmall, E5Small
from policybot.models.hosted_embedding import hosted_embedder
from policybot.settings import BGE_SMALL, E5_SMALL, Settings
from policybot.store.catalogue import Catalogue

_LOG = logging.getLogger(__name__)

CHOICE = "embedding_model"
"""Under which a catalogue notes the choice that its index was made with."""

_ENGLISH = "en"


class ModelChoices:
    """The models that a choice stands for, each loaded once, when it is first wanted.

    Every passage is embedded by multilingual-e5-small: by it questions find passages in another language, and what
    tells whether documents answer a question was measured with its cosines. What is chosen is the model that embeds
    English passages before it, and ranks them.

    Raises:
        SettingsError: The settings choose no model that is known.
    """

    def __init__(self, settings: Settings) -> None:
        check_choice(settings.embedding_model)
        self._settings = settings
        self._hosted: dict[str, EmbeddingModels] = {}

    @cached_property
    def multilingual(self) -> E5Small:
        """The model of every language."""
        return E5Small(self._settings.cache_dir)

    @cached_property
    def _english(self) -> BgeSmall:
        return BgeSmall(self._settings.cache_dir)

    def wanted(self) -> EmbeddingModels:
        """The models that the settings choose.

        Raises:
            ModelError: A model cannot be loaded.
        """
        return self._of(self._settings.embedding_model)

    def serving(self, catalogue: Catalogue) -> EmbeddingModels:
        """The models that an index was made with, so that it serves until another has replaced it.

        Raises:
            ModelError: A model that the settings choose cannot be loaded.
        """
        about = catalogue.about()
        # An index of an earlier policybot notes no choice, as there was none.
        made_with = about.get(CHOICE, BGE_SMALL) if about else ""
        if not made_with or made_with == self._settings.embedding_model:
            return self.wanted()
        try:
            return self._of(made_with)
        except (ModelError, SettingsError) as exc:
            _LOG.warning("The index finds by keywords only until it is made anew with `policybot index`: %s", exc)
            return self.wanted()

    def _of(self, choice: str) -> EmbeddingModels:
        check_choice(choice)
        if choice == E5_SMALL:
            return EmbeddingModels(self.multilingual, {}, choice)
        if choice == BGE_SMALL:
            return EmbeddingModels(self.multilingual, {_ENGLISH: self._english}, choice)
        if choice not in self._hosted:
            english = hosted_embedder(choice, base_url=self._settings.embedding_base_url)
            self._hosted[choice] = EmbeddingModels(self.multilingual, {_ENGLISH: english}, choice)
        return self._hosted[choice]


def check_choice(choice: str) -> None:
    """Refuse a choice that names no model.

    Raises:
        SettingsError: It is neither a bundled model nor ``provider:model``.
    """
    provider, _, model = choice.partition(":")
    if choice in (BGE_SMALL, E5_SMALL) or (provider and model):
        return
    meant = get_close_matches(choice, (BGE_SMALL, E5_SMALL), n=1)
    hint = f" Did you mean {meant[0]}?" if meant else ""
    raise SettingsError(
        f"POLICYBOT_EMBEDDING_MODEL={choice!r} is neither {BGE_SMALL} nor {E5_SMALL} nor `provider:model`.{hint} "
        "docs/settings.md says what each does."
    )
