"""What the server saw of the bot: every call, counted on this side, so that a crash hides none."""

from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

MOST_CALLS = 200_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    Attributes:
        at: When it came, seconds on the server's steady clock.
        method: Its documented spelling.
        chat: The chat it names; 0 for none.
        message: Id of the message that it made or changed; 0 for none.
        code: 200, or the error code of the reply; 0 when the connection was closed instead.
    """

    at: float
    method: str
    chat: int
    message: int
    code: int


class CallLog:
    """The newest calls in order, and the number of all of them."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=MOST_CALLS)
        self.by_method: Counter[str] = Counter()

    def add(self, call: Call) -> None:
        """Note one call."""
        self.calls.append(call)
        self.by_method[call.method] += 1

    def sent(self, chat: int | None = None) -> list[Call]:
        """Return the calls that put a new message into this chat (None: into any)."""
        return [
            call
            for call in self.calls
            if call.method.startswith("send") and call.message and chat in {None, call.chat}
        ]

    def to_json(self) -> dict[str, Any]:
        """Return counts by method, by chat and method, by error code, and what was sent."""
        chats: dict[int, Counter[str]] = {}
        for call in self.calls:
            if call.chat:
                chats.setdefault(call.chat, Counter())[call.method] += 1
        return {
            "methods": self.by_method,
            "chats": chats,
            "codes": Counter(call.code for call in self.calls),
            "sent": [
                {"at": c.at, "method": c.method, "chat": c.chat, "message_id": c.message}
                for c in self.sent()
            ],
        }
