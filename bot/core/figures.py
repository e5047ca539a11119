"""What the database says of the whole at one moment: numbers of things, nothing of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.plans import Kind, State

LEAST_TOLD = 5  # a smaller number of people could point at one of them


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers that survive restarts and deletions.

    Attributes:
        made: Occurrences ever made.
        ended: Occurrences by the end they came to.
        pending: Occurrences that are due or on their way.
        oldest_due: Moment of the oldest plan or occurrence that is due and not taken; None: none.
        subscribers: People who agreed that something is kept.
        plans: Reminders that are turned on, by kind.
        referrals: Referrals sent for a message, by complete UTC day; also those that are too few
            to be told.
        size: Bytes of the database.
        paid: Reminders ever counted as paid for.
        paid_today: Those of them of the running UTC date.
    """

    made: int
    ended: Mapping[State, int]
    pending: Mapping[State, int]
    oldest_due: datetime | None
    subscribers: int
    plans: Mapping[Kind, int]
    referrals: Mapping[date, int]
    size: int
    paid: int = 0
    paid_today: int = 0

    @property
    def difference(self) -> int:
        """How many occurrences are missing, or counted twice (below 0); always 0."""
        return self.made - sum(self.ended.values()) - sum(self.pending.values())
