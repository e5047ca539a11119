"""Telegram updates in, replies out: unpack, ask the reception, draw what it returns."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram import Chat, Message, Update
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
from bot.telegram.send import Sender

SLOW_SECONDS = 0.15  # a flow that takes longer gets its query answered first
MEDIA = ("photo", "sticker", "voice")
GONE = ("kicked", "left")
Spawn = Callable[[Coroutine[Any, Any, Screen], str], "asyncio.Task[Screen]"]

# intake sets this for the update in work: its referral went out before the handler ran
referred: ContextVar[bool] = ContextVar("referred", default=False)


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
        query = update.callback_query
        if query is None:
            return
        chat = query.message.chat if query.message else None
        caller = self._caller(update, chat.id if chat else query.from_user.id)
        flow = self.spawn(self.reception.tap(caller, decode(query.data)), "tap")
        await asyncio.wait({flow}, timeout=SLOW_SECONDS)
        if not flow.done() or flow.exception() is not None:
            # the button must not go on spinning, whatever becomes of the flow
            await self.sender.answer_early(query.id)
        message_id = query.message.message_id if query.message else None
        await self.sender.show(
            await flow, chat=caller.chat, message_id=message_id, query_id=query.id
        )

    async def command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a command."""
        message = _message(update)
        word = next(iter((message.text or "").split()), "")
        name = word.lstrip("/").partition("@")[0].lower()
        await self._reply(message, self.reception.command(self._from(update, message), name))

    async def text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a text; intake has screened it for acute symptoms before."""
        message = _message(update)
        caller = self._from(update, message)
        answer = self.reception.text(caller, message.text or "", referred=referred.get())
        await self._reply(message, answer)

    async def media(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a photo, sticker, voice message or anything else without text for us."""
        message = _message(update)
        kind = next((kind for kind in MEDIA if getattr(message, kind)), "other")
        if message.caption and referred.get():
            return
        await self._reply(message, self.reception.media(self._from(update, message), kind))

    async def group(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say once that this bot is for private chats, and leave."""
        chat = update.effective_chat
        if chat is not None:
            await self._leave(update, chat)

    async def membership(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop reminders of a person who blocked the bot; leave a group it was added to."""
        change = update.my_chat_member
        if change is None:
            return
        gone = change.new_chat_member.status in GONE
        if change.chat.type == Chat.PRIVATE:
            if gone:
                await self.store.stop_chat(change.chat.id)
        elif not gone:
            await self._leave(update, change.chat)

    async def _leave(self, update: Update, chat: Chat) -> None:
        screen = self.reception.group(self._caller(update, chat.id))
        try:
            if chat.type != Chat.CHANNEL:
                await self.sender.show(screen, chat=chat.id)
        finally:
            await self.sender.leave(chat.id)  # also where we may not write

    async def _reply(self, message: Message, answer: Awaitable[Screen | None]) -> None:
        screen = await answer
        if screen is not None:
            await self.sender.show(screen, chat=message.chat_id)

    def _from(self, update: Update, message: Message) -> Caller:
        return self._caller(update, message.chat_id)

    def _caller(self, update: Update, chat: int) -> Caller:
        user = update.effective_user
        hint = user.language_code if user else None
        return Caller(chat, hint, update.update_id, self.clock.now())


def _message(update: Update) -> Message:
    if update.message is None:
        raise ValueError("a message handler got an update without a message")
    return update.message
