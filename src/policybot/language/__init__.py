"""What is known of each language, as data: words, patterns and messages; nothing here decides or computes.

``en`` and ``zh`` each fill one ``Lexicon``, whose fields are documented in the modules beside this one by topic. The
rest of policybot asks all languages at once, through ``phrases``, ``each`` and ``vocabulary``, or one by its code,
through ``lexicon``.
Another language is another folder: docs/extending/add-a-language.md.
"""

from policybot.language.lexicon import Lexicon
from policybot.language.registry import codes, lexicon, lexicons, register, register_plugins
from policybot.language.union import ByLanguage, Phrases, Vocabulary, each, phrases, vocabulary

__all__ = [
    "ByLanguage",
    "Lexicon",
    "Phrases",
    "Vocabulary",
    "codes",
    "each",
    "lexicon",
    "lexicons",
    "phrases",
    "register",
    "register_plugins",
    "vocabulary",
]
