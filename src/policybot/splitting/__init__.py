"""Document -> passages that follow headings, lists, tables and sentences."""

from policybot.splitting.passages import SPLITTER_VERSION, split
from policybot.splitting.sentences import sentence_spans

__all__ = ["SPLITTER_VERSION", "sentence_spans", "split"]
