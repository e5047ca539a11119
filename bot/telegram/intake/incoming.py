"""Taps and texts, read from raw JSON: nearly all of a day's updates, and the first to be quick."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.telegram.intake.raw import MalformedUpdateError
from bot.telegram.intake.sound import is_id, is_query_id
from bot.telegram.place import Tapped

Raw = Mapping[str, Any]
PICTURED = ("animation", "photo")


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button.

    Attributes:
        hint: Telegram's ``language_code``; None where there is none.
        data: What the button carried; None: nothing that we could have written.
        shown: The message under which it stood; None where Telegram no longer says.
    """

    update_id: int
    chat: int
    hint: str | None
    query_id: str
    data: str | None
    shown: Tapped | None


@dataclass(frozen=True, slots=True)
class Words:
    """A text in a private chat.

    Attributes:
        hint: Telegram's ``language_code``; None where there is none.
        sent: Whole seconds since 1970, UTC.
        is_command: It begins with a command, as Telegram says.
    """

    update_id: int
    chat: int
    hint: str | None
    text: str
    sent: int
    is_command: bool


def incoming(raw: Raw) -> Tap | Words | None:
    """Return the tap or the words of an update; None: it is for the library to read.

    Raises:
        MalformedUpdateError: It is a tap that lacks what every tap has.
    """
    number = raw.get("update_id")
    if not is_id(number):
        return None
    if "callback_query" in raw:
        return _tap(number, raw["callback_query"])
    return _words(number, _part(raw, "message"))


def _tap(number: int, query: object) -> Tap:
    if not isinstance(query, Mapping):
        raise MalformedUpdateError("callback_query")
    person, message = _part(query, "from"), _part(query, "message")
    query_id, data = query.get("id"), query.get("data")
    chat = _part(message, "chat").get("id") if message else person.get("id")
    if not is_query_id(query_id) or not is_id(chat):
        raise MalformedUpdateError("callback_query")
    data = data if isinstance(data, str) else None
    return Tap(number, chat, _hint(person), query_id, data, _shown(message))


def _words(number: int, message: Raw) -> Words | None:
    text, chat, sent = message.get("text"), _part(message, "chat"), message.get("date")
    if not isinstance(text, str) or not is_id(sent):
        return None
    place = chat.get("id")
    if chat.get("type") != "private" or not is_id(place):
        return None
    hint = _hint(_part(message, "from"))
    return Words(number, place, hint, text, sent, _is_command(message.get("entities")))


def _part(whole: Raw, name: str) -> Raw:
    part = whole.get(name)
    return part if isinstance(part, Mapping) else {}


def _hint(person: Raw) -> str | None:
    hint = person.get("language_code")
    return hint if isinstance(hint, str) else None


def _shown(message: Raw) -> Tapped | None:
    number = message.get("message_id")
    if not is_id(number):
        return None
    return Tapped(number, any(message.get(kind) for kind in PICTURED))


def _is_command(entities: object) -> bool:
    first = entities[0] if isinstance(entities, list) and entities else None
    if not isinstance(first, Mapping):
        return False
    return first.get("type") == "bot_command" and first.get("offset") == 0
