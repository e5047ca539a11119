"""Only the newest reminder keeps its buttons; those of older ones go when there is time for it."""

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.plans import REMINDERS, Fate, Outcome, Taken
from bot.ports import Courier

KEPT = 10_000  # old reminders that still show their buttons; beyond a peak, some keep them
ROOM = timedelta(seconds=5)  # before the next reminder; a slow one must not hold it up


@dataclass(slots=True)
class OldButtons:
    """The earlier reminders whose buttons are to go."""

    courier: Courier
    _waiting: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def note(self, taken: Taken, outcome: Outcome) -> None:
        """Note what became of a try: one that arrived makes the message before it an old one."""
        is_newest = outcome.fate is Fate.SENT and taken.kind in REMINDERS
        if is_newest and taken.open_message is not None:
            self._waiting.append((taken.chat, taken.open_message))

    def may_go(self, until: timedelta | None) -> bool:
        """Return whether any wait, with so long until the next reminder (None: none comes)."""
        return bool(self._waiting) and (until is None or until > ROOM)

    async def strip(self) -> None:
        """Take the buttons off the one that has waited longest."""
        await self.courier.strip(*self._waiting.popleft())
