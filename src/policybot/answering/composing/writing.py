"""Evidence -> sentences that the chat model writes, each checked before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.answering.citing import without_markers
from policybot.answering.composing.quoting import quoted_text
from policybot.answering.composing.streaming import stream_sentences
from policybot.answering.composing.translating import Translator
from policybot.answering.drafting import Draft
from policybot.answering.vetting.echo import in_two_languages
from policybot.answering.vetting.vet import MIXED, UNSAID, Vetter, Written, rejection
from policybot.calibration import LAST_ANSWER_CHARACTERS
from policybot.checking import Checker
from policybot.domain import Delta, Evidence, Hit, Turn
from policybot.errors import ChatModelError, PolicybotError
from policybot.language import lexicon, phrases
from policybot.models.chat import translated as as_chat_error
from policybot.models.judging import tells_likelihoods, yes_odds
from policybot.models.prompting import Prompt
from policybot.searching import Query
from policybot.searching.glossing import LANGUAGES
from policybot.searching.listing import render_row, table_caption
from policybot.searching.sentences import sentences_of

_FOUND_NOTHING = phrases(lambda lexicon: lexicon.statements.found_nothing)


class Writer:
    """Has the chat model judge and answer from evidence; sentences that the evidence does not support are rejected.

    Both prompts begin alike, so that the model reads the evidence once: llama.cpp caches the common prefix.

    Args:
        name: The chat model's name, for errors.
        prompts: The prompts ``answer-en``, ``answer-zh``, ``judge-en`` and ``judge-zh`` by name.
        answer_tokens: Longest answer of the chat model.
        translator: Translates quotes into the answer's language.
        writes_across: Whether the model writes well in one language from sentences in another. The embedded one mixes
            both or misreads them: of the policy set's Chinese questions over English documents 0.62 were right with it,
            0.88 by quotes; one sentence it translates.
        vetters: The demands on each written sentence, in order.
    """

    def __init__(
        self,
        chat_model: BaseChatModel,
        *,
        name: str,
        checker: Checker,
        prompts: Mapping[str, Prompt],
        answer_tokens: int,
        translator: Translator,
        writes_across: bool,
        vetters: Sequence[Vetter],
    ) -> None:
        self._chat_model = chat_model
        self._name = name
        self._checker = checker
        self._prompts = prompts
        self._answer_tokens = answer_tokens
        self._translator = translator
        self._vetters = vetters
        self.writes_across = writes_across

    def judged(self, query: Query, evidence: Sequence[Evidence], last: Sequence[Turn]) -> float | None:
        """The chat model's log-odds that the evidence states the answer; None for a model that returns no likelihoods.

        Raises:
            ChatModelError: The chat model failed.
        """
        if not tells_likelihoods(self._chat_model):
            return None
        return yes_odds(self._chat_model, self._messages(query, evidence, last, task="judge"), name=self._name)

    def write(
        self,
        draft: Draft,
        evidence: Sequence[Evidence],
        read: Sequence[Hit],
        last: Sequence[Turn],
        stopped: Callable[[], bool],
    ) -> Iterator[Delta]:
        """The chat model's sentences that the evidence supports; the others are recorded as rejected.

        Args:
            read: The hits, all of whose sentences may support what is written.
            last: The last question and answer, for a follow-up.
            stopped: Called between two words; True ends the writing.

        Raises:
            ChatModelError: The chat model failed before or while answering.
        """
        language = draft.query.answer_language
        seen = {e.text for e in evidence}
        # Sentences that the model did not read may support its own too; in another language they only match by chance.
        around = [e for hit in read for e in sentences_of(hit) if e.text not in seen]
        candidates = [*evidence, *(e for e in around if e.hit.passage.language == language)]
        messages = self._messages(draft.query, evidence, last, task="answer")
        for lead, written in stream_sentences(self._words(messages, stopped)):
            text, markers = without_markers(written)
            if not text:
                continue
            sentence = Written(text, draft.query, evidence, candidates, self._checker)
            if reason := rejection(sentence, self._vetters):
                draft.reject(text, reason, markers)
                if reason.startswith(UNSAID):
                    draft.resembled += sentence.check.evidence
                continue
            check = sentence.check
            yield draft.add(text, check.verdict, check.evidence, lead=lead, reason=check.reason, markers=markers)

    def translated(self, draft: Draft, evidence: Evidence, *, lead: str) -> Delta | None:
        """An evidence sentence translated into the answer's language; None when the translation fails its check."""
        own, wanted = evidence.hit.passage.language, draft.query.answer_language
        if own == wanted or not {own, wanted} <= set(LANGUAGES):
            return None
        row = render_row(evidence)
        original = quoted_text(evidence) if row is None else row[0]
        try:
            said = self._translator.quote(original, language=own, into=wanted)
        except ChatModelError as exc:
            draft.reject(original, str(exc))
            return None
        # The embedded chat model gave "未来产业" for a sentence of 130 characters, which no check of it can fault.
        if len(said) < lexicon(wanted).messages.shortest_translation * len(original):
            draft.reject(said, "it is cut short")
            return None
        if in_two_languages(said, draft.query, least=1):
            draft.reject(said, MIXED)
            return None
        check = self._checker.check(said, wanted, [evidence])
        if check.verdict != "supported":
            # The sentence itself is there to be quoted.
            draft.reject(said, check.reason)
            return None
        return draft.add(said, check.verdict, check.evidence, lead=lead, reason=f"translated; {check.reason}")

    def _words(self, messages: list[SystemMessage | HumanMessage], stopped: Callable[[], bool]) -> Iterator[str]:
        try:
            for chunk in self._chat_model.stream(messages, max_tokens=self._answer_tokens):
                if stopped():
                    return
                yield str(chunk.text)
        except PolicybotError:
            raise
        except Exception as exc:
            # Every provider has its own exceptions; callers know one.
            raise as_chat_error(exc, model=self._name) from exc

    def _messages(
        self, query: Query, evidence: Sequence[Evidence], last: Sequence[Turn], *, task: str
    ) -> list[SystemMessage | HumanMessage]:
        words = lexicon(query.answer_language)
        conversation = ""
        if query.follow_up and last:
            said = last[-1].text[:LAST_ANSWER_CHARACTERS]
            conversation = f"{words.messages.asked}: {last[0].text}\n{words.messages.answered}: {said}\n\n"
        system, user = self._prompts[f"{task}-{words.code}"].fill(
            sentences=_listed(evidence), conversation=conversation, question=query.text
        )
        return [SystemMessage(system), HumanMessage(user)]


def says_nothing(text: str) -> bool:
    """Whether a sentence only states that the documents do not answer."""
    return bool(_FOUND_NOTHING.search(text))


def _listed(evidence: Sequence[Evidence]) -> str:
    """The evidence in the prompt: a list of sentences below their document and section.

    A document's title, publisher and date are written once: above each section they were 0.44 of all tokens of the
    evidence (policy set), and two cores read 65 tokens a second.
    """
    listed: list[str] = []
    document = section = ""
    for e in evidence:
        passage, metadata = e.hit.passage, e.hit.metadata
        source = ", ".join(part for part in (passage.title, metadata.publisher, metadata.published) if part)
        if source != document:
            listed.append(source)
            document, section = source, ""
        if (below := " > ".join(passage.section)) != section:
            listed.append(f"> {below}" if below else "")
            section = below
        row = render_row(e)
        above = _above_table(row[1]) if row is not None else ""
        if above and above not in listed and above not in (quoted_text(each) for each in evidence):
            listed.append(above)
        listed.append("- " + (quoted_text(e) if row is None else row[0]))
    return "\n".join(filter(None, listed))


def _above_table(header: Evidence) -> str:
    """The table's caption; empty where it is hidden or instructs an assistant, like any such sentence."""
    lead = table_caption(header)
    stated = lead is not None and any(each.start == lead.start for each in sentences_of(header.hit))
    return quoted_text(lead) if lead is not None and stated else ""
