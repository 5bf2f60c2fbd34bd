"""What little is known of languages without a lexicon: enough to read their documents and to name them."""

CODES = frozenset({
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ka", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv",
    "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi",
})  # fmt: skip
"""Languages that documents are likely to be in; with all 130 that py3langid knows, short texts become Kabyle or
Frisian."""

NAMES = {
    "french": "fr", "fra": "fr", "german": "de", "deu": "de", "spanish": "es", "spa": "es", "japanese": "ja",
    "jpn": "ja", "korean": "ko", "kor": "ko", "russian": "ru", "rus": "ru", "italian": "it",
    "portuguese": "pt", "arabic": "ar",
}  # fmt: skip
"""Names and ISO 639-2 codes of languages that documents are in; those with a lexicon have theirs there."""

PAGE = "seite|страница"
"""As ``Pages.page``: before a page's number in German and Russian."""

OF_PAGES = "von|de|sur|из"
"""As ``Pages.of_pages``: German, Spanish and Portuguese, French, Russian."""
