"""What the shell offers behind Tab; ``policybot --install-completion`` sets it up."""

from __future__ import annotations

import policybot
from policybot.errors import PolicybotError


def document_names(incomplete: str) -> list[str]:
    """Names of indexed documents that begin so; none when there is no index, for a shell can show no error."""
    from policybot.indexing.places import current
    from policybot.store.catalogue import Catalogue

    try:
        folder = current(policybot.load_settings().data_dir)
        if not (folder / "catalogue.sqlite3").exists():
            return []
        with Catalogue(folder) as catalogue:
            return [summary.name for summary in catalogue.summaries() if summary.name.startswith(incomplete)]
    except PolicybotError:
        return []
