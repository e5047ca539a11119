"""Pays for reminders that would be late, within the operator's budget of a day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.load import Capacity
from bot.core.paid import Backlog, affordable, enough, wanted

log = logging.getLogger(__name__)

RESTS = timedelta(hours=1)
"""After Telegram refused one that was to be paid for: no Stars, or not turned on."""


@dataclass(slots=True)
class Paid:
    """Keeps bot.ports.Payer.

    Attributes:
        budget: Messages that may be paid for on one UTC date; 0: none.
        rate: Free messages a second.
        room: Returns how many messages pass free this very moment.
    """

    budget: int
    rate: float
    room: Callable[[], int]
    _used_up: date | None = None
    _rests_until: datetime | None = None

    def enough(self, most: int) -> int:
        """See bot.ports.Payer."""
        return enough(self.rate, most)

    def share(self, backlog: Backlog, now: datetime) -> int:
        """See bot.ports.Payer."""
        if self._rests_until is not None and now < self._rests_until:
            return 0
        needed = wanted(backlog, self.rate, self.room())
        left = affordable(backlog, self.budget)
        if needed > left:
            self._tell(now.date())
        return min(needed, left)

    def refused(self, now: datetime) -> None:
        """See bot.ports.Payer."""
        self._rests_until = now + RESTS
        log.warning("Telegram takes no paid message", extra={"event": "paid.refused"})

    def _tell(self, day: date) -> None:
        if self._used_up != day:
            self._used_up = day
            fields = {"event": "paid.used_up", "budget": self.budget}
            log.warning("the day's paid messages are used up", extra=fields)


def payer_of(capacity: Capacity, room: Callable[[], int]) -> Paid | None:
    """Return who pays; None: nothing is to be paid for."""
    return Paid(capacity.paid, capacity.rate, room) if capacity.paid else None
