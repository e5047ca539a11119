"""Made-up taps and messages, as Telegram hands them out."""

from typing import Any

CHATS = 5000
FLOODER = 7_000_000
TAP = "1:en:entry:heat-or-cold"
WORDS = "how long does a warm shower have to last"
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}

Json = dict[str, Any]


def message(number: int, chat: int | None = None) -> Json:
    """Return an update with a question in it; without a chat, each of many in turn asks."""
    chat = chat or 1 + number % CHATS
    return {"update_id": number, "message": {**bubble(number, chat), "from": _person(chat)}}


def tap(number: int) -> Json:
    """Return an update in which a button under message ``number`` was tapped."""
    chat = 1 + number % CHATS
    shown = {**bubble(number, chat), "from": ME}
    query = {"id": str(number), "from": _person(chat), "message": shown, "data": TAP}
    return {"update_id": number, "callback_query": {**query, "chat_instance": "1"}}


def bubble(number: int, chat: int) -> Json:
    """Return a message without its sender."""
    place = {"id": chat, "type": "private", "first_name": "Ann"}
    return {"message_id": number, "date": 1_790_000_000, "chat": place, "text": WORDS}


def _person(chat: int) -> Json:
    return {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
