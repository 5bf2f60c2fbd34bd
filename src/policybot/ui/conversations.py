"""What each click on the list of conversations does."""

from __future__ import annotations

import gradio as gr

from policybot.errors import UnknownConversation
from policybot.rendering import Language, say
from policybot.ui import views
from policybot.ui.chat_events import ChatEvents
from policybot.ui.drawing import Changes, Drawing, told
from policybot.ui.keeping import Keeping
from policybot.ui.session import Session
from policybot.ui.visitors import Who


class Conversations:
    """The handlers.

    Args:
        chat: What runs in a conversation that is left.
        keeping: Keeps them.
        who: Tells whose conversations to show.
    """

    def __init__(self, chat: ChatEvents, drawing: Drawing, keeping: Keeping, who: Who) -> None:
        self._chat = chat
        self._drawing = drawing
        self._pieces = drawing.pieces
        self._keeping = keeping
        self._who = who

    async def clear(self, request: gr.Request, session: Session, language: Language) -> Changes:
        """Begin a new conversation; the old one stays in the list, or is forgotten when nothing keeps it."""
        await self._chat.stop(session)
        left = session.clear()
        if left and not self._keeping:
            await self._chat.forget(left)
        history = await self._keeping.listed(self._who(request), session, language)
        return self._drawing.anew(session, language) | {self._pieces.history: history}

    async def arrive(self, request: gr.Request, session: Session, language: Language, event: gr.EventData) -> Changes:
        """What the page's address asks for: a conversation to open, a question to put into the box."""
        changes: Changes = {self._pieces.box: gr.skip()}
        conversation, question = str(getattr(event, "c", "")), str(getattr(event, "q", ""))
        if conversation:
            changes |= await self._opened(request, conversation, session, language)
        if question:
            changes[self._pieces.box] = question[:4000]
        return changes

    async def open_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Show a conversation of the list."""
        return await self._opened(request, str(getattr(event, "conversation", "")), session, language)

    async def _opened(self, request: gr.Request, conversation: str, session: Session, language: Language) -> Changes:
        visitor = self._who(request)
        await self._chat.stop(session)
        try:
            await self._keeping.reopen(session, visitor, conversation)
        except UnknownConversation:
            note = say(language, "conversation_unknown")
            return {self._pieces.current: views.notice_html(note, self._drawing.examples, language)}
        history = await self._keeping.listed(visitor, session, language)
        return self._drawing.anew(session, language) | {self._pieces.history: history}

    async def rename_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Give a conversation another title."""
        visitor, title = self._who(request), " ".join(str(getattr(event, "title", "")).split())
        with told(language):
            await self._keeping.rename(visitor, str(getattr(event, "conversation", "")), title)
        return {self._pieces.history: await self._keeping.listed(visitor, session, language)}

    async def delete_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Delete a conversation with what is remembered of it."""
        visitor, conversation = self._who(request), str(getattr(event, "conversation", ""))
        with told(language):
            await self._keeping.forget(visitor, conversation)
        changes: Changes = {}
        if conversation == session.conversation:
            await self._chat.stop(session)
            session.clear()
            changes = self._drawing.anew(session, language)
        await self._chat.forget(conversation)
        return changes | {self._pieces.history: await self._keeping.listed(visitor, session, language)}

    async def search_history(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """List only the conversations that hold some words."""
        search = " ".join(str(getattr(event, "search", ""))[:200].split())
        return {self._pieces.history: await self._keeping.listed(self._who(request), session, language, search=search)}

    async def history(self, request: gr.Request, session: Session, language: Language) -> str:
        """The list of conversations."""
        return await self._keeping.listed(self._who(request), session, language)
