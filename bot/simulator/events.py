"""What the chat page is told, numbered, so that it can ask for all that came after a number."""

from collections import deque
from typing import Any

Event = dict[str, Any]
KEPT = 1000


class Events:
    """The newest events; an asker who missed older ones is told to load everything anew."""

    def __init__(self, kept: int = KEPT) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self.seq = 0

    def add(self, kind: str, **content: object) -> None:
        """Append one event under the next number."""
        self.seq += 1
        self._events.append({"seq": self.seq, "type": kind, **content})

    def after(self, seq: int) -> list[Event]:
        """Return the events later than ``seq``, oldest first, or one "reload" when some are gone.

        A number from the future belongs to an earlier run: that asker reloads too.
        """
        oldest = self._events[0]["seq"] if self._events else self.seq + 1
        if seq > self.seq or seq < oldest - 1:
            return [{"seq": self.seq, "type": "reload"}]
        return [event for event in self._events if event["seq"] > seq]
