"""Which reminders are paid for, so that they pass beside the free limit. Pure.

Source: Bot API, ``allow_paid_broadcast`` of sendMessage: up to 1,000 messages a second, 0.1 Stars
each. Telegram's FAQ for bots charges only what is above the free limit; so what we count is never
less than what is charged.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from bot.core.delivery import ON_TIME

MOST_A_SECOND = 1000.0
"""Of a token, free and paid together."""
STARS_EACH = 0.1


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due at one moment, and what was paid before.

    Attributes:
        taken: Those that are about to be sent.
        waiting: All that may go now, the taken ones among them; counted no further than asked.
        late: How long ago the newest taken one was due; an old one that is tried again counts for
            itself alone.
        spent: Messages paid for on this UTC date so far.
    """

    taken: int
    waiting: int
    late: timedelta
    spent: int


def excess(backlog: Backlog, rate: float) -> int:
    """Return how many of those that wait would not be sent in time at ``rate`` a second.

    The newest taken one's moment stands for all: within a peak they share it.
    """
    left = max((ON_TIME - backlog.late).total_seconds(), 0.0)
    return max(0, math.ceil(backlog.waiting - rate * left))


def wanted(backlog: Backlog, rate: float, room: int) -> int:
    """Return how many of the taken ones would have to be paid for, whatever the budget.

    Args:
        backlog: What is due.
        rate: Free messages a second.
        room: How many pass free this very moment.
    """
    return max(0, min(backlog.taken, excess(backlog, rate)) - room)


def affordable(backlog: Backlog, budget: int) -> int:
    """Return how many more may be paid for when ``budget`` is the most of one UTC date."""
    return max(0, budget - backlog.spent)


def enough(rate: float, most: int) -> int:
    """Return how far waiting ones need to be counted when ``most`` are taken at once."""
    return math.ceil(rate * ON_TIME.total_seconds()) + most
