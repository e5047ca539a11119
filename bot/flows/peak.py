"""Tells whether a chosen time is one that too many people chose; it moves nobody by itself."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.load import Capacity, Crowd, crowd, window
from bot.core.plans import Plan
from bot.core.schedule import DAY
from bot.errors import StoreUnavailableError
from bot.flows.visit import Visit
from bot.ports import Store

LOOK_SECONDS = 0.3  # the answer does not wait longer for this
DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Peak:
    """Knows what the minutes carry."""

    store: Store
    capacity: Capacity

    async def crowd(self, visit: Visit, plan: Plan, zone: ZoneInfo) -> Crowd | None:
        """Return the crowd in which a plan rings next; None: it comes on time, or nobody knows."""
        if not plan.on or plan.next_due is None:
            return None
        with suppress(StoreUnavailableError, TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                plans = await self._plans(plan.next_due, visit.now)
            return crowd(plans, plan.next_due, zone, self.capacity)
        return None

    async def _plans(self, due: datetime, now: datetime) -> Mapping[datetime, int]:
        """Return how many plans ring around ``due``, by minute.

        A plan is known by its next moment alone. What rings sooner, at this time of an earlier
        day, will ring on this one again: on a Saturday that is how Monday's everyday plans show.
        """
        plans: Counter[datetime] = Counter()
        since, until = window(due)
        for days in range(DAYS_AHEAD):
            back = days * DAY
            if until - back <= now:
                break
            sooner = await self.store.load(since - back, until - back)
            plans.update({at + back: n for at, n in sooner.items()})
        return plans
