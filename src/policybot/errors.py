"""Every error that policybot raises on purpose.

Each message says what happened, with which value, and what to do next.

PolicybotError
├── SettingsError            a setting has a value that cannot be used
├── ReadingError             a file cannot be read as a document
│   ├── UnsupportedFormat    no reader for this kind of file
│   ├── EmptyDocument        the file holds no text
│   ├── BrokenFile           the file is damaged, protected or not what its name says
│   ├── ScannedDocument      the file holds pictures of pages, and no text recognition is installed
│   ├── ReadingLimit         reading takes more time or memory than a document may
│   ├── FrontMatterError     the YAML at the top of the file is wrong
│   └── FetchError           an address does not deliver what can be read
│       └── AddressRefused   the address leads into a network that is not to be read, or robots.txt forbids it
├── ModelError               a model cannot be loaded or does not answer
│   ├── WeightsError         a weight file is missing or is not the file it must be
│   ├── MissingExtra         a package or key that the chosen model or baseline needs is missing
│   ├── ChatModelError       the chat model failed or timed out
│   └── EmbeddingModelError  an embedding model of another provider failed
├── StoreError               the catalogue or the vectors cannot be opened, read or written
├── IndexingError            nothing could be indexed
├── BackupError              a backup cannot be written, is damaged, or cannot be put back
├── NothingIndexed           a question was asked before any document was indexed
├── UnknownDocument          no indexed document has this name
│   └── PrunedVersion        the version was kept for a while and then removed
├── OriginalGone             the file that a document was read from is no longer the one that was read
├── UnknownPassage           no indexed passage has this id
├── UnknownConversation      nobody, or somebody else, had this conversation
├── UnknownJob               no indexing was started under this id
├── AccountError             a user or an API key cannot be added, or there is none of this name
├── QuestionError            the question cannot be asked: empty, too long, or its filter lets nothing pass
├── PromptError              a prompt file and its variables do not match
├── EvaluationError          an evaluation set or an earlier run cannot be used
├── RequestRefused           the server does not do what a request asks
│   ├── NotSignedIn          the request shows neither a session nor an API key that is known
│   ├── NotAllowed           the role does not allow it, or the request comes from a foreign site
│   ├── TooLarge             the request's body is larger than anything that is served
│   ├── TooManyRequests      more requests than are allowed in a minute
│   └── Busy                 as many questions wait as the server takes, or this conversation is answering one
└── ServerError              the server cannot start, for example because the port is taken
"""


class PolicybotError(Exception):
    """Base of every error that policybot raises on purpose; never raised itself.

    Attributes:
        case: Which of the cases that its class stands for, where readers of the page are told it in their own
            language (``rendering.failures``); empty otherwise.
        values: What the message names, for the same purpose.
    """

    def __init__(self, message: str = "", *, case: str = "", **values: object) -> None:
        super().__init__(message)
        self.case = case
        self.values = values


class SettingsError(PolicybotError):
    """A setting has a value that cannot be used."""


class ReadingError(PolicybotError):
    """A file cannot be read as a document."""


class UnsupportedFormat(ReadingError):
    """No reader exists for this kind of file."""


class EmptyDocument(ReadingError):
    """The file holds no text."""


class BrokenFile(ReadingError):
    """The file is damaged, protected, too large, or not what its name says."""


class ScannedDocument(EmptyDocument):
    """The file holds pictures of pages, and no text recognition is installed or it found nothing."""


class ReadingLimit(ReadingError):
    """Reading takes more time or memory than a document may."""


class FrontMatterError(ReadingError):
    """The YAML front matter of the file is wrong."""


class FetchError(ReadingError):
    """An address does not deliver what can be read."""


class AddressRefused(FetchError):
    """The address leads into a network that is not to be read, or its robots.txt forbids it."""


class ModelError(PolicybotError):
    """A model cannot be loaded or does not answer."""


class WeightsError(ModelError):
    """A weight file is missing or is not the file it must be."""


class MissingExtra(ModelError):
    """A package or key that the chosen model or baseline needs is missing."""


class ChatModelError(ModelError):
    """The chat model failed or timed out while answering."""


class EmbeddingModelError(ModelError):
    """An embedding model of another provider failed, or sent something else than vectors."""


class StoreError(PolicybotError):
    """The catalogue or the vectors cannot be opened, read or written."""


class IndexingError(PolicybotError):
    """Nothing could be indexed."""


class BackupError(PolicybotError):
    """A backup cannot be written, is damaged, or cannot be put back."""


class NothingIndexed(PolicybotError):
    """A question was asked before any document was indexed."""


class UnknownDocument(PolicybotError):
    """No indexed document has this name."""


class OriginalGone(PolicybotError):
    """The file that a document was read from is missing, or is no longer the one that was read."""


class PrunedVersion(UnknownDocument):
    """The document's version is known, but its text was removed because it was too old or one of too many."""


class UnknownPassage(PolicybotError):
    """No indexed passage has this id."""


class UnknownConversation(PolicybotError):
    """There is no conversation of this id, or it belongs to somebody else."""


class UnknownJob(PolicybotError):
    """No indexing was started under this id."""


class AccountError(PolicybotError):
    """A user or an API key cannot be added, or there is none of this name."""


class QuestionError(PolicybotError):
    """The question cannot be asked: it is empty or too long, or its filter is wrong or lets no document pass."""


class PromptError(PolicybotError):
    """A prompt file and its variables do not match."""


class EvaluationError(PolicybotError):
    """An evaluation set or an earlier run cannot be used."""


class RequestRefused(PolicybotError):
    """The server does not do what a request asks.

    Attributes:
        retry_after_s: Seconds after which the same request may be tried again; 0 when trying again is no use.
    """

    def __init__(self, message: str, *, retry_after_s: float = 0, case: str = "", **values: object) -> None:
        super().__init__(message, case=case, **values)
        self.retry_after_s = retry_after_s


class NotSignedIn(RequestRefused):
    """The request shows neither a session nor an API key that is known."""


class NotAllowed(RequestRefused):
    """The role does not allow it, or the request comes from a foreign site."""


class TooLarge(RequestRefused):
    """The request's body is larger than anything that is served."""


class TooManyRequests(RequestRefused):
    """More requests than are allowed in a minute."""


class Busy(RequestRefused):
    """As many questions wait as the server takes, or this conversation is answering one already."""


class ServerError(PolicybotError):
    """The server cannot start."""
