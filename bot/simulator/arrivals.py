"""What of the reminders arrived, counted on Telegram's side: each by the name in its buttons. Pure."""

from collections.abc import Callable
from typing import Any

KEPT = 2000


class Arrivals:
    """Counts reminders and their copies.

    A copy comes by itself. What comes first after a tap answers the tap, and is none.

    Attributes:
        reminders: How many different reminders arrived; ``messages``: with their copies.
        most: Copies of the one of which most arrived.
    """

    def __init__(self, name_of: Callable[[str], int | None] = lambda _data: None) -> None:
        """``name_of`` returns the reminder that a button's data belongs to; None: to none."""
        self._name_of = name_of
        self._copies: dict[int, int] = {}
        self._tapped: set[int] = set()
        self.reminders = self.messages = self.most = 0

    def tap(self, chat: int) -> None:
        """Note that a person waits for the answer to a tap."""
        self._tapped.add(chat)

    def edit(self, chat: int) -> None:
        """Note that the bot changed a message."""
        self._tapped.discard(chat)

    def message(self, chat: int, keyboard: list[list[dict[str, Any]]] | None) -> None:
        """Note a new message of the bot."""
        if chat in self._tapped:
            self._tapped.discard(chat)
            return
        data = [button.get("callback_data", "") for row in keyboard or [] for button in row]
        name = next((name for name in map(self._name_of, data) if name is not None), None)
        if name is not None:
            self._count(name)

    def to_json(self) -> dict[str, Any]:
        """Return what was counted as plain data."""
        return {**self.figures(), "copies": list(self._copies.items())}

    def figures(self) -> dict[str, int]:
        """Return the three numbers."""
        return {"reminders": self.reminders, "messages": self.messages, "most": self.most}

    def restore(self, data: dict[str, Any]) -> None:
        """Go on from what ``to_json`` returned."""
        self.reminders, self.messages = int(data["reminders"]), int(data["messages"])
        self.most = int(data["most"])
        self._copies = {int(name): int(count) for name, count in data["copies"]}

    def _count(self, name: int) -> None:
        copies = self._copies.pop(name, 0) + 1
        self._copies[name] = copies
        self.messages += 1
        self.reminders += copies == 1
        self.most = max(self.most, copies)
        if len(self._copies) > KEPT:
            del self._copies[next(iter(self._copies))]
