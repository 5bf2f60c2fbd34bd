"""The models of a process, independent of the index in use; each is loaded once, on first use."""

from __future__ import annotations

import threading

from langchain_core.language_models import BaseChatModel

from policybot.bot.once import Once
from policybot.domain import OnProgress
from policybot.indexing import EmbeddingModels, ModelChoices
from policybot.models.chat import chat_model, chat_model_name
from policybot.models.embedding import E5Small
from policybot.models.evidence_reader import EvidenceReader
from policybot.models.matching import ColbertSmall
from policybot.settings import Settings
from policybot.store.catalogue import Catalogue


class Models:
    """All models that policybot runs. Constructing it loads none. Thread-safe.

    Every method raises ModelError when a model cannot be loaded.

    Args:
        settings: They choose the models.
        chat_model: A chat model to use instead of the one that the settings choose.
        embedding_models: Models that embed passages and questions, instead of those that the settings choose.
        on_progress: Called while the embedded chat model's file is joined.

    Raises:
        SettingsError: The settings choose no embedding model that is known.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        chat_model: BaseChatModel | None = None,
        embedding_models: EmbeddingModels | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._settings = settings
        self._given_chat = chat_model
        self._given_embedders = embedding_models
        self._choices = ModelChoices(settings)
        self._choosing = threading.RLock()
        self.evidence_reader = Once(lambda: EvidenceReader(settings.cache_dir, self.multilingual()))
        self.matcher = Once(lambda: ColbertSmall(settings.cache_dir))
        self.chat = Once(lambda: _chat_model(settings, chat_model, on_progress))
        self._background = Once(lambda: embedding_models or ModelChoices(settings).wanted())

    @property
    def chat_name(self) -> str:
        """Name of the chat model; ``none`` without one. Loads nothing."""
        if self._given_chat is not None:
            return type(self._given_chat).__name__
        return chat_model_name(self._settings)

    def multilingual(self) -> E5Small:
        """The model that compares texts in different languages, whichever model passages are embedded with."""
        with self._choosing:
            return self._choices.multilingual

    def embedders(self, *, background: bool = False) -> EmbeddingModels:
        """The models to embed passages with.

        Args:
            background: Separate models, whose threads keep the priority of the thread that calls this first.
        """
        if background:
            return self._background()
        with self._choosing:
            return self._given_embedders or self._choices.wanted()

    def embedders_of(self, catalogue: Catalogue) -> EmbeddingModels:
        """The models that an index was made with, to search it."""
        with self._choosing:
            return self._given_embedders or self._choices.serving(catalogue)


def _chat_model(
    settings: Settings, given: BaseChatModel | None, on_progress: OnProgress | None
) -> BaseChatModel | None:
    return given if given is not None else chat_model(settings, progress=on_progress)
