"""The embedded chat model: llama.cpp in this process, shared by every conversation."""

from __future__ import annotations

import atexit
import logging
import queue
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policybot.errors import ChatModelError, MissingExtra
from policybot.models._threads import processors, wait_with_little_spinning

_log = logging.getLogger(__name__)

SLOT_TOKENS = 4096
"""Tokens of one conversation, prompt and answer together: 28 kB of key-value cache each, 115 MB for a slot."""

_BATCH_TOKENS = 256
"""Prompt tokens read between two looks at whether the consumer has gone: 3 to 5 s on two cores."""

_SPECULATED_FROM, _SPECULATED = 3, 12
"""After three tokens that stand in the prompt, the twelve that follow there are tried at once. An answer repeats
much of its evidence: 21 tokens/s instead of 12 on four answers over documents/, the same words
(docs/architecture.md)."""

_GRACE_S = 10.0
"""Longest wait for the model to notice that nobody listens any more: the time of two batches on two cores."""

_SEED = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer.

    Attributes:
        text: May be empty in the last piece.
        finish: Empty, but in the last piece ``stop``, or ``length`` when the answer was cut.
        prompt_tokens: Tokens of the prompt; 0 but in the last piece.
        answer_tokens: Tokens of the answer; 0 but in the last piece.
        alternatives: The natural logarithm of the probability of each word that could have stood at the piece's
            beginning, the likeliest ones only; empty unless asked for.
    """

    text: str
    finish: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    alternatives: Mapping[str, float] = field(default_factory=dict)


class ChatEngine:
    """One loaded model that writes several answers at once. Thread-safe.

    llama.cpp's server class insists on listening. It listens on a socket file in a private folder, which is removed
    as soon as the server runs, and asks for a key that nobody knows: no port is opened and nothing can connect.

    Raises:
        MissingExtra: llama.cpp's Python package is not installed or cannot be loaded.
        ChatModelError: llama.cpp cannot load the file.
    """

    def __init__(self, model: Path, *, parallel: int, threads: int = 0) -> None:
        self._server = _server(model, parallel=parallel, threads=threads or processors())
        self._parallel = parallel
        self._slots = threading.BoundedSemaphore(parallel)
        self._running: set[_Request] = set()
        # A thread inside llama.cpp must not outlive the interpreter that its callback needs.
        atexit.register(self.stop)

    def stream(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        max_tokens: int,
        stop: Sequence[str],
        timeout_s: float,
        alternatives: int = 0,
    ) -> Iterator[Piece]:
        """The answer in pieces as the model writes them, the most probable token each time.

        Closing the iterator stops the model.

        Args:
            messages: ``role`` (``system``, ``user``, ``assistant``) and ``content`` of each.
            max_tokens: The answer is cut after so many tokens.
            stop: The answer ends before the first of these texts.
            timeout_s: Longest wait for the next piece.
            alternatives: How many words each piece tells the probabilities of.

        Raises:
            ChatModelError: The messages are too long, the model failed, or the next piece did not come in time.
        """
        if not self._slots.acquire(timeout=timeout_s):
            raise ChatModelError(
                f"The chat model was busy with {self._parallel} other answers for {timeout_s:g} s. Ask again, or "
                "raise POLICYBOT_CHAT_PARALLEL.",
                case="chat_busy",
                seconds=f"{timeout_s:g}",
            )
        body = {
            "messages": [dict(message) for message in messages],
            "max_tokens": max_tokens,
            "stop": list(stop),
            "temperature": 0,
            "seed": _SEED,
            "stream": True,
            "stream_options": {"include_usage": True},
            # Chunks while the prompt is read, so that the model can be stopped then, too.
            "return_progress": True,
        }
        if alternatives:
            body |= {"logprobs": True, "top_logprobs": alternatives}
        request = _Request(self._server.handle_chat_completions, body, self._ended)
        self._running.add(request)
        request.start()
        try:
            yield from _pieces(request, timeout_s)
        finally:
            request.cancel()

    def stop(self) -> None:
        """Stop every answer that is being written."""
        for request in list(self._running):
            request.cancel()

    def _ended(self, request: _Request) -> None:
        self._running.discard(request)
        self._slots.release()


class _Request(threading.Thread):
    """One call into llama.cpp, which blocks until the answer is written; what it says comes through a queue."""

    def __init__(self, call: Callable[..., object], body: dict[str, Any], ended: Callable[[_Request], None]) -> None:
        super().__init__(name="policybot-chat", daemon=True)
        self._call = call
        self._body = body
        self._ended = ended
        self._cancelled = threading.Event()
        self._said: queue.SimpleQueue[dict[str, Any] | Exception | None] = queue.SimpleQueue()

    def run(self) -> None:
        try:
            self._call(self._body, self._hear)
        except Exception as exc:  # noqa: BLE001  # llama.cpp raises what it likes; the consumer raises it as its own
            self._said.put(exc)
        finally:
            self._said.put(None)
            self._ended(self)

    def _hear(self, chunk: dict[str, Any]) -> bool:
        """Called by llama.cpp with each chunk; True stops it."""
        self._said.put(chunk)
        return self._cancelled.is_set()

    def next(self, timeout_s: float) -> dict[str, Any] | Exception | None:
        """The next chunk, an exception, or None at the end.

        Raises:
            queue.Empty: Nothing came in time.
        """
        return self._said.get(timeout=max(timeout_s, 0))

    def cancel(self) -> None:
        """Have the model stop at its next token, and wait until it has."""
        self._cancelled.set()
        self.join(_GRACE_S)
        if self.is_alive():
            _log.warning("The chat model has not stopped within %g s; its slot stays taken until it has.", _GRACE_S)


def _pieces(request: _Request, timeout_s: float) -> Iterator[Piece]:
    """What the request says, as pieces of the answer."""
    deadline = time.monotonic() + timeout_s
    finish = ""
    while True:
        try:
            said = request.next(deadline - time.monotonic())
        except queue.Empty:
            raise ChatModelError(
                f"The embedded chat model wrote nothing for {timeout_s:g} s. Raise POLICYBOT_CHAT_TIMEOUT_S, or "
                "set POLICYBOT_CHAT_MODEL=none for answers made of quoted sentences.",
                case="chat_silent",
                seconds=f"{timeout_s:g}",
            ) from None
        if said is None:
            return
        if isinstance(said, Exception):
            raise ChatModelError(f"The embedded chat model failed: {said}") from said
        if "error" in said:
            raise _failure(said["error"])
        for choice in said.get("choices", ()):
            finish = choice.get("finish_reason") or finish
            if text := choice.get("delta", {}).get("content"):
                deadline = time.monotonic() + timeout_s
                yield Piece(text, alternatives=_alternatives(choice))
        if usage := said.get("usage"):
            yield Piece("", finish or "stop", usage["prompt_tokens"], usage["completion_tokens"])


def _alternatives(choice: Mapping[str, Any]) -> dict[str, float]:
    tokens = (choice.get("logprobs") or {}).get("content") or ()
    return {each["token"]: each["logprob"] for each in tokens[0]["top_logprobs"]} if tokens else {}


def _failure(error: Mapping[str, Any]) -> ChatModelError:
    if error.get("type") == "exceed_context_size_error":
        return ChatModelError(
            f"The question and what it is answered from are {error.get('n_prompt_tokens')} tokens long, and the "
            f"embedded chat model reads {error.get('n_ctx')}. Ask a shorter question, or start a new conversation.",
            case="chat_too_long",
            tokens=error.get("n_prompt_tokens"),
            most=error.get("n_ctx"),
        )
    return ChatModelError(f"The embedded chat model failed: {error.get('message', error)}")


def _server(model: Path, *, parallel: int, threads: int) -> Any:
    """llama.cpp's server with the model loaded."""
    wait_with_little_spinning()
    try:
        import xllamacpp
    except ImportError as exc:
        raise MissingExtra(
            f"llama.cpp cannot be loaded: {exc}. Install it with: pip install 'policybot[local]' (and libgomp1, "
            "when libgomp.so.1 is missing), or set POLICYBOT_CHAT_MODEL=none."
        ) from exc
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_parallel = parallel
    params.n_ctx = SLOT_TOKENS * parallel
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.n_batch = params.n_ubatch = _BATCH_TOKENS
    # Read, not mapped: llama.cpp rearranges the weights for the processor, and with the mapped file beside them the
    # process is 2.0 GB instead of 1.4 GB.
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    speculative = params.speculative
    speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
    speculative.ngram_simple.size_n, speculative.ngram_simple.size_m = _SPECULATED_FROM, _SPECULATED
    speculative.ngram_simple.min_hits = 1
    params.cache_ram_mib = 0  # no second cache of prompts beside the slots' own: 8 GB by default
    params.fit_params = False  # no measuring of graphics memory
    params.warmup = False
    params.verbosity = -1  # nothing on the terminal
    params.ui = params.endpoint_slots = False
    params.api_keys = [secrets.token_urlsafe(32)]
    with tempfile.TemporaryDirectory(prefix="policybot-") as private:
        params.hostnames = [f"{private}/chat.sock"]
        try:
            return xllamacpp.Server(params)
        except Exception as exc:  # a foreign library at the border
            raise ChatModelError(
                f"llama.cpp cannot load {model}: {exc}. Delete the file so that it is made again."
            ) from exc


_engines: dict[Path, ChatEngine] = {}
_loading = threading.Lock()


def shared_engine(model: Path, *, parallel: int, threads: int = 0) -> ChatEngine:
    """The process's one engine for this file, loaded by the first call.

    Args:
        model: A GGUF file.
        parallel: How many answers are written at once; only the first call's counts.
        threads: Processor threads, 0 for all; only the first call's counts.

    Raises:
        MissingExtra: llama.cpp's Python package is not installed or cannot be loaded.
        ChatModelError: llama.cpp cannot load the file.
    """
    with _loading:
        if model not in _engines:
            _engines[model] = ChatEngine(model, parallel=parallel, threads=threads)
        return _engines[model]
