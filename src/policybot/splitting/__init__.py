"""Document -> passages that follow headings, lists, tables and sentences."""

from policybot.splitting.passages import SPLITTER_VERSION, split

__all__ = ["SPLITTER_VERSION", "split"]
