"""What the server saw of the bot: every call, counted on this side, so that a crash hides none."""

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice
from typing import Any

MOST_CALLS = 200_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    Attributes:
        at: When it came, in seconds of the log's clock.
        method: Its documented spelling.
        chat: The chat it names; 0 for none.
        message: Id of the message that it made or changed; 0 for none.
        code: 200 where it was done, else the error code; 0 when the connection was closed instead.
        fault: Kind of the fault that it met; "" for none. Of a call that was done it says what
            became of the reply.
    """

    at: float
    method: str
    chat: int
    message: int
    code: int
    fault: str = ""

    @property
    def delivered(self) -> bool:
        """Whether it put a new message into its chat."""
        return self.method.startswith("send") and self.message > 0


class CallLog:
    """The newest calls in order; the counts are of all calls ever.

    Attributes:
        copies: New messages by chat.
    """

    def __init__(self, kept: int = MOST_CALLS) -> None:
        self.calls: deque[Call] = deque(maxlen=kept)
        self.by_method: Counter[str] = Counter()
        self.by_code: Counter[int] = Counter()
        self.by_fault: Counter[str] = Counter()
        self.copies: Counter[int] = Counter()

    def add(self, call: Call) -> None:
        """Note one call."""
        self.calls.append(call)
        self.by_method[call.method] += 1
        self.by_code[call.code] += 1
        if call.fault:
            self.by_fault[call.fault] += 1
        if call.delivered:
            self.copies[call.chat] += 1

    def sent(self, chat: int | None = None) -> list[Call]:
        """Return the calls that put a new message into this chat (None: into any)."""
        return [call for call in self.calls if call.delivered and chat in {None, call.chat}]

    def newest(self, number: int) -> list[dict[str, Any]]:
        """Return at most so many of the newest calls as plain data, oldest first."""
        first = max(0, len(self.calls) - number)
        return [
            {
                "at": call.at,
                "method": call.method,
                "chat": call.chat,
                "message_id": call.message,
                "code": call.code,
                "fault": call.fault,
                "delivered": call.delivered,
            }
            for call in islice(self.calls, first, None)
        ]

    def to_json(self) -> dict[str, Any]:
        """Return counts by method, by chat and method, by code and by fault; copies; what was sent."""
        chats: dict[int, Counter[str]] = {}
        for call in self.calls:
            if call.chat:
                chats.setdefault(call.chat, Counter())[call.method] += 1
        return {
            "methods": self.by_method,
            "chats": chats,
            "codes": self.by_code,
            "faults": self.by_fault,
            "copies": self.copies,
            "sent": [
                {"at": c.at, "method": c.method, "chat": c.chat, "message_id": c.message}
                for c in self.sent()
            ],
        }
