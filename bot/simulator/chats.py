"""What the simulated Telegram remembers: chats, their messages and files, as plain data."""

import base64
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from bot.simulator.fields import Upload
from bot.simulator.keyboards import Rows

MOST_MESSAGES = 500


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        sender: Id of the person or bot that wrote it.
        date: Seconds since 1970, as are ``edited`` (0: never edited).
        text: The text; with ``media`` its caption.
        entities: Formatting in Telegram's own shape, offsets in UTF-16 units.
        media: ``kind`` and the fields that Telegram gives for it; None for a text.
        keyboard: Rows of inline buttons; None for none.
        silent: It came without a sound.
    """

    message_id: int
    sender: int
    date: int
    text: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    media: dict[str, Any] | None = None
    keyboard: Rows | None = None
    edited: int = 0
    silent: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the message as plain data."""
        data = {part.name: getattr(self, part.name) for part in fields(self)}
        return data | {"entities": list(self.entities)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Message":
        """Return the message that ``to_json`` described."""
        return cls(**data | {"entities": tuple(data["entities"])})


@dataclass(slots=True)
class Chat:
    """One chat with the bot; the only thing here that changes in place.

    Attributes:
        name: First name of the person, or title of the group.
        language_code: Language of the person's Telegram; "" when it tells none.
        started: The person has written at least once; before, the bot may not write.
        blocked: The person blocked the bot, or the bot left the group.
        deactivated: The person's account is gone.
    """

    id: int
    name: str
    language_code: str = ""
    kind: Literal["private", "group"] = "private"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    def keep(self, message: Message) -> None:
        """Add a message or put it in place of its older version; the oldest fall out."""
        self.messages[message.message_id] = message
        if len(self.messages) > MOST_MESSAGES:
            del self.messages[next(iter(self.messages))]

    def move(self, number: int) -> None:
        """Take another id; what its person wrote is theirs as before."""
        old, self.id = self.id, number
        for message in [found for found in self.messages.values() if found.sender == old]:
            self.messages[message.message_id] = replace(message, sender=number)

    def to_json(self) -> dict[str, Any]:
        """Return the chat as plain data."""
        data = {part.name: getattr(self, part.name) for part in fields(self)}
        return data | {"messages": [message.to_json() for message in self.messages.values()]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Chat":
        """Return the chat that ``to_json`` described."""
        messages = [Message.from_json(message) for message in data["messages"]]
        return cls(**data | {"messages": {m.message_id: m for m in messages}})


def file_to_json(upload: Upload) -> dict[str, str]:
    """Return an uploaded file as plain data."""
    return {"type": upload.content_type, "content": base64.b64encode(upload.content).decode()}


def file_from_json(data: dict[str, str]) -> Upload:
    """Return the file that ``file_to_json`` described."""
    return Upload(base64.b64decode(data["content"]), data["type"])
