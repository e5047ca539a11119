"""What intake reads from an update before it is parsed; a malformed one yields nothing."""

from collections.abc import Mapping
from typing import Any

from bot.telegram.intake.prose import prose
from bot.telegram.intake.sound import is_id, is_query_id

SCREENED = ("message", "edited_message")
WORDED = ("poll", "checklist", "rich_message")
"""What a message can be made of instead of text."""
CHAT_BEARERS = (*SCREENED, "callback_query", "my_chat_member")


class MalformedUpdateError(Exception):
    """An update that cannot be parsed; it is counted and skipped."""


def update_id(raw: object) -> int | None:
    """Return the id of an update; None where there is none."""
    value = raw.get("update_id") if isinstance(raw, Mapping) else None
    return value if is_id(value) else None


def words(raw: Mapping[str, Any]) -> str:
    """Return what the person wrote or passed on, in a message or in its edit.

    That is a text or caption, also of a forwarded message; the words of a poll, a checklist or a
    rich message; and what they quote of words that are not ours (see `_quoted`). It is not the
    message that they reply to: the bot's own name every sign, and one of theirs was read when it
    came. Nor is it the name on a contact card or of a place, which says nothing of the person:
    many a clinic is called after what it treats.
    """
    for kind in SCREENED:
        message = raw.get(kind)
        if isinstance(message, Mapping):
            parts = [message.get("text"), message.get("caption"), _quoted(message)]
            parts += [prose(message.get(name)) for name in WORDED]
            return "\n".join(part for part in parts if isinstance(part, str) and part)
    return ""


def _quoted(message: Mapping[str, Any]) -> object:
    """Return a quote that the person brings up, of their own words or from another chat.

    Own words that are quoted anew are said anew; those of another chat are passed on like a
    forwarded message. The bot's own are its answers, not the person's words.
    """
    quote, reply = message.get("quote"), message.get("reply_to_message")
    if not isinstance(quote, Mapping):
        return None
    if isinstance(reply, Mapping) and _author(reply) != _author(message):
        return None
    return quote.get("text")


def _author(message: Mapping[str, Any]) -> int | None:
    author = message.get("from")
    value = author.get("id") if isinstance(author, Mapping) else None
    return value if is_id(value) else None


def chat_id(raw: Mapping[str, Any]) -> int | None:
    """Return the chat that an update belongs to; None where it names none."""
    for kind in CHAT_BEARERS:
        bearer = raw.get(kind)
        if not isinstance(bearer, Mapping):
            continue
        if kind == "callback_query" and isinstance(bearer.get("message"), Mapping):
            bearer = bearer["message"]
        chat = bearer.get("chat")
        value = chat.get("id") if isinstance(chat, Mapping) else None
        if is_id(value):
            return value
    return None


def query_id(raw: Mapping[str, Any]) -> str | None:
    """Return the id of the callback query that a tap made; None for other updates."""
    query = raw.get("callback_query")
    value = query.get("id") if isinstance(query, Mapping) else None
    return value if is_query_id(value) else None


def is_persons(raw: Mapping[str, Any]) -> bool:
    """Return whether a person wrote, edited or tapped."""
    return any(kind in raw for kind in (*SCREENED, "callback_query"))


def is_private(raw: Mapping[str, Any]) -> bool:
    """Return whether a message was written in a private chat."""
    for kind in SCREENED:
        message = raw.get(kind)
        chat = message.get("chat") if isinstance(message, Mapping) else None
        if isinstance(chat, Mapping):
            return bool(chat.get("type", "private") == "private")
    return False


def sent_at(raw: Mapping[str, Any]) -> int | None:
    """Return when a message was sent or edited, whole seconds since 1970 UTC."""
    for kind in SCREENED:
        message = raw.get(kind)
        if isinstance(message, Mapping):
            moment = message.get("edit_date") or message.get("date")
            return moment if is_id(moment) else None  # no date has more digits than an id
    return None
