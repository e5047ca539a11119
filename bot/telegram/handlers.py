"""Telegram updates in, replies out: unpack, ask the reception, draw what it returns."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Chat, MaybeInaccessibleMessage, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.core.screens import Screen
from bot.flows.reception import Caller, Reception
from bot.ports import Clock, Store
from bot.telegram.callbacks import decode
from bot.telegram.intake.passage import passage
from bot.telegram.place import Tapped
from bot.telegram.send import Sender

SLOW_SECONDS = 0.15  # a flow that takes longer gets its query answered first
MEDIA = ("photo", "sticker", "voice")
GONE = ("kicked", "left")
LATE = timedelta(minutes=2)  # after this an answer says that it comes late
Part = TypeVar("Part")
Spawn = Callable[[Coroutine[Any, Any, Screen], str], "asyncio.Task[Screen]"]


@dataclass(frozen=True, slots=True)
class Handlers:
    """One handler a kind of update; each unpacks, calls one flow, shows its screen."""

    reception: Reception
    sender: Sender
    store: Store
    clock: Clock
    spawn: Spawn

    def register(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        """Add the handlers; an update that none of them takes needs no answer."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
        add = application.add_handler
        add(CallbackQueryHandler(self.tap))
        add(ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER))
        add(MessageHandler(private & filters.COMMAND, self.command))
        add(MessageHandler(private & filters.TEXT, self.text))
        add(MessageHandler(private, self.media))
        add(MessageHandler(~filters.ChatType.PRIVATE, self.group))

    async def tap(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a tap on a button, in place."""
        query = _there(update.callback_query)
        chat = query.message.chat if query.message else None
        caller = self._caller(update, chat.id if chat else query.from_user.id)
        flow = self.spawn(self.reception.tap(caller, decode(query.data)), "tap")
        try:
            await asyncio.wait({flow}, timeout=SLOW_SECONDS)
            if passage.get().crowded or not flow.done() or flow.exception() is not None:
                # the button must not go on spinning, whatever becomes of the flow
                await self.sender.answer_early(query.id)
            screen = await flow
        finally:
            flow.cancel()  # an update that was given up must not have its effect later
        if not passage.get().crowded:
            tapped = None if screen.fresh else _tapped(query.message)
            await self.sender.show(screen, chat=caller.chat, tapped=tapped, query_id=query.id)

    async def command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a command."""
        message = _there(update.message)
        word = next(iter((message.text or "").split()), "")
        name = word.lstrip("/").partition("@")[0].lower()
        payload = (message.text or "")[len(word) :].strip()
        answer = self.reception.command(self._from(update, message), name, payload)
        await self._reply(message, answer)

    async def text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a text; intake has screened it for acute symptoms before."""
        message = _there(update.message)
        caller = self._from(update, message)
        answer = self.reception.text(caller, message.text or "", referred=passage.get().referred)
        await self._reply(message, answer)

    async def media(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a photo, sticker, voice message or anything else without text for us."""
        message = _there(update.message)
        kind = next((kind for kind in MEDIA if getattr(message, kind)), "other")
        if passage.get().referred:
            return
        await self._reply(message, self.reception.media(self._from(update, message), kind))

    async def group(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say once that this bot is for private chats, and leave."""
        await self._leave(update, _there(update.effective_chat))

    async def membership(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop reminders of a person who blocked the bot; leave a group it was added to."""
        change = _there(update.my_chat_member)
        gone = change.new_chat_member.status in GONE
        if change.chat.type == Chat.PRIVATE:
            if gone:
                await self.store.stop_chat(change.chat.id)
            else:
                await self.reception.returned(self._caller(update, change.chat.id))
        elif not gone:
            await self._leave(update, change.chat)

    async def too_fast(self, update: Update) -> None:
        """Say once to somebody who sends far too much that it is."""
        chat = update.effective_chat
        if chat is not None:
            screen = self.reception.slow_down(self._caller(update, chat.id))
            await self.sender.show(screen, chat=chat.id)

    async def _leave(self, update: Update, chat: Chat) -> None:
        screen = self.reception.group(self._caller(update, chat.id))
        try:
            if chat.type != Chat.CHANNEL:
                await self.sender.show(screen, chat=chat.id)
        finally:
            await self.sender.leave(chat.id)  # also where we may not write

    async def _reply(self, message: Message, answer: Awaitable[Screen | None]) -> None:
        screen = await answer
        if screen is not None and not passage.get().crowded:
            await self.sender.show(screen, chat=message.chat_id)

    def _from(self, update: Update, message: Message) -> Caller:
        caller = self._caller(update, message.chat_id)
        return replace(caller, late=caller.now - message.date > LATE)

    def _caller(self, update: Update, chat: int) -> Caller:
        user = update.effective_user
        hint = user.language_code if user else None
        return Caller(chat, hint, update.update_id, self.clock.now())


def _tapped(message: MaybeInaccessibleMessage | None) -> Tapped | None:
    if message is None:
        return None
    has_media = isinstance(message, Message) and bool(message.animation or message.photo)
    return Tapped(message.message_id, has_media)


def _there(part: Part | None) -> Part:
    """Return the part of an update for which its handler was registered."""
    if part is None:
        raise ValueError("a handler got an update of another kind")
    return part
