"""What the chat page is shown: small shapes of its own, the same in the state and in events."""

from typing import Any

from bot.simulator.chats import Chat, Message
from bot.simulator.shapes import BOT_ID

View = dict[str, Any]
BUTTON_PARTS = ("text", "style", "callback_data", "url")


def message_view(message: Message) -> View:
    """Return one message for the page."""
    view = {
        "message_id": message.message_id,
        "from_bot": message.sender == BOT_ID,
        "date": message.date,
        "edited": message.edited > 0,
        "silent": message.silent,
        "text": "" if message.media else message.text,
        "entities": list(message.entities),
        "media": _media_view(message.media),
        "keyboard": _keyboard_view(message),
    }
    return view | ({"caption": message.text} if message.media else {})


def chat_view(chat: Chat) -> View:
    """Return one chat with its messages, oldest first, for the page."""
    return {
        "id": chat.id,
        "first_name": chat.name,
        "language_code": chat.language_code,
        "blocked": chat.blocked,
        "messages": [message_view(message) for message in chat.messages.values()],
    }


def _media_view(media: dict[str, Any] | None) -> View | None:
    if media is None:
        return None
    return {key: media[key] for key in ("kind", "url", "above") if media.get(key)}


def _keyboard_view(message: Message) -> list[list[View]] | None:
    if message.keyboard is None:
        return None
    return [[_button_view(button) for button in row] for row in message.keyboard]


def _button_view(button: dict[str, Any]) -> View:
    view = {part: button[part] for part in BUTTON_PARTS if part in button}
    return view | ({"copy_text": button["copy_text"]["text"]} if "copy_text" in button else {})
