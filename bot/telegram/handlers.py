"""Telegram updates in, replies out: unpack, ask the reception, draw what it returns.

Taps and texts come as intake read them, rarer kinds as python-telegram-bot's objects.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram import Chat, Update
from telegram.ext import Application, ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.core.screens import Screen
from bot.flows.reception import Caller, Reception
from bot.ports import Clock, Spawn, Store
from bot.telegram.callbacks import decode
from bot.telegram.intake.incoming import Tap, Words
from bot.telegram.intake.passage import Passage, passage
from bot.telegram.send import Sender

SLOW_SECONDS = 0.15  # a flow that takes longer gets its query answered first
MEDIA = ("photo", "sticker", "voice")
GONE = ("kicked", "left")
LATE_SECONDS = 120  # after this an answer says that it comes late
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Handlers:
    """One handler a kind of update; each unpacks, calls one flow, shows its screen."""

    reception: Reception
    sender: Sender
    store: Store
    clock: Clock
    spawn: Spawn

    def register(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        """Add the handlers of rarer kinds; an update that nobody takes needs no answer."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
        add = application.add_handler
        add(ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER))
        add(MessageHandler(private, self.media))
        add(MessageHandler(~filters.ChatType.PRIVATE, self.group))

    async def tap(self, tap: Tap, came: Passage) -> None:
        """Answer a tap on a button, in place."""
        caller = Caller(tap.chat, tap.hint, tap.update_id, self.clock.now())
        # the button must not go on spinning, whatever becomes of the flow
        slow = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._slow, tap.query_id)
        try:
            screen = await self.reception.tap(caller, decode(tap.data))
        except Exception:
            await self.sender.answer_early(tap.query_id)
            raise
        finally:
            slow.cancel()
        if came.crowded:
            await self.sender.answer_early(tap.query_id)
            return
        shown = None if screen.fresh else tap.shown
        await self.sender.show(screen, chat=tap.chat, tapped=shown, query_id=tap.query_id)

    async def words(self, said: Words, came: Passage) -> None:
        """Answer a text or a command; intake has screened it for acute symptoms before."""
        now = self.clock.now()
        late = now.timestamp() - said.sent > LATE_SECONDS
        caller = Caller(said.chat, said.hint, said.update_id, now, late=late)
        if said.is_command:
            answer: Awaitable[Screen | None] = self.reception.command(caller, *_command(said.text))
        else:
            answer = self.reception.text(caller, said.text, referred=came.referred)
        await self._reply(said.chat, answer, came)

    async def media(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a photo, sticker, voice message or anything else without text for us."""
        message = _there(update.message)
        kind = next((kind for kind in MEDIA if getattr(message, kind)), "other")
        came = passage.get()
        if came.referred:
            return
        caller = self._caller(update, message.chat_id)
        await self._reply(message.chat_id, self.reception.media(caller, kind), came)

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

    async def _reply(self, chat: int, answer: Awaitable[Screen | None], came: Passage) -> None:
        screen = await answer
        if screen is not None and not came.crowded:
            await self.sender.show(screen, chat=chat)

    def _slow(self, query_id: str) -> None:
        self.spawn(self.sender.answer_early(query_id), "answer-early")

    def _caller(self, update: Update, chat: int) -> Caller:
        user = update.effective_user
        hint = user.language_code if user else None
        return Caller(chat, hint, update.update_id, self.clock.now())


def _command(text: str) -> tuple[str, str]:
    """Return the name of the command that a text begins with, and what follows it."""
    word = next(iter(text.split()), "")
    return word.lstrip("/").partition("@")[0].lower(), text[len(word) :].strip()


def _there(part: Part | None) -> Part:
    """Return the part of an update for which its handler was registered."""
    if part is None:
        raise ValueError("a handler got an update of another kind")
    return part
