"""Whether an update has in it what the library's types promise; it builds objects from anything."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeGuard

from telegram import CallbackQuery, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update

LARGEST_ID = 2**53  # Telegram's have 52 significant bits at most


def is_sound(update: Update) -> bool:
    """Return whether all that handlers read of an update has its right type.

    The library would also write an update whose chat or user has no number as id into its log.
    """
    return all(_checks(update))


def _checks(update: Update) -> Iterator[bool]:
    yield is_id(update.update_id)
    chat, user = update.effective_chat, update.effective_user
    if chat is not None:
        yield is_id(chat.id)
        yield isinstance(chat.type, str)
    if user is not None:
        yield is_id(user.id)
        yield isinstance(user.language_code, str | None)
    if update.effective_message is not None:
        yield from _of_message(update.effective_message)
    if update.callback_query is not None:
        yield from _of_tap(update.callback_query)
    if update.my_chat_member is not None:
        yield from _of_membership(update.my_chat_member)


def is_id(value: object) -> TypeGuard[int]:
    """Return whether a value can be a number that Telegram gives."""
    return type(value) is int and abs(value) < LARGEST_ID


def is_query_id(value: object) -> TypeGuard[str]:
    """Return whether a value can name a tap: all do with digits, and we have to write it back."""
    return isinstance(value, str) and value != "" and value.isascii()


def _of_message(message: MaybeInaccessibleMessage) -> Iterator[bool]:
    yield is_id(message.message_id)
    yield message.chat is not None
    if isinstance(message, Message):
        yield isinstance(message.text, str | None)
        yield isinstance(message.date, datetime)


def _of_tap(query: CallbackQuery) -> Iterator[bool]:
    yield is_query_id(query.id)
    yield isinstance(query.data, str | None)
    yield query.from_user is not None


def _of_membership(change: ChatMemberUpdated) -> Iterator[bool]:
    yield change.chat is not None
    yield change.new_chat_member is not None
