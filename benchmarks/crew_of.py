"""One of many bots on a PostgreSQL, with a stand-in for Telegram, until nothing is due.

``python -m benchmarks.crew_of URL KEY ISO IN_HAND MS`` opens the store, prints a line and waits for
one. Where MS is "none" each reminder has arrived the moment it is taken: the work of the database
alone. Else the whole delivery runs, and a message is so many milliseconds on its way. Prints how many
reminders it took, and the system's monotonic second at which the last of them was confirmed.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvloop

from benchmarks.parts import Moment, delivery_by
from bot.catalog.zones import use_packaged_zones
from bot.core.advance import advance
from bot.core.plans import Fate, Outcome, Settled, State, Taken
from bot.core.screens import Screen
from bot.flows.claim import LEASE
from bot.flows.deliver import BATCH
from bot.ports import NotWantedError, Store
from bot.store.opening import open_store

NO_TELEGRAM = "none"
LOOK_AGAIN_SECONDS = 0.01  # what is left may be in another's hands for a moment
DONE_AFTER = 20  # looks in vain


@dataclass(slots=True)
class Far:
    """Carries a reminder to nobody, in the time that a round trip takes."""

    seconds: float
    arrived: int = 0
    latest: float = 0.0

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        """Let it arrive."""
        if not wanted():
            raise NotWantedError
        await asyncio.sleep(self.seconds)
        self.arrived += 1
        return Outcome(Fate.SENT, message_id=self.arrived)

    async def strip(self, chat: int, message_id: int) -> None:
        """Nothing has buttons."""

    async def probe(self) -> bool:
        """It is always there."""
        return True


async def database_alone(store: Store, now: datetime, in_hand: int) -> tuple[int, float]:
    """Do what the delivery asks of the store, for as long as anything is due."""
    taken: list[Taken] = []
    made, number, idle, latest = BATCH, 0, 0, time.monotonic()
    while idle < DONE_AFTER:
        if made:
            made = await store.materialise(now, advance, BATCH)
        settled = [Settled(one.id, one.attempt, State.SENT, message_id=1) for one in taken]
        taken = await store.turn(settled, now, in_hand, lease=LEASE, healthy=True)
        number += len(taken)
        idle = 0 if taken or made else idle + 1
        if settled:
            latest = time.monotonic()
        if idle:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
    return number, latest


async def whole(store: Store, now: datetime, in_hand: int, trip: float) -> tuple[int, float]:
    """Deliver as the bot does, for as long as anything is due."""
    courier = Far(trip)
    deliver = delivery_by(courier, store, Moment(now), in_hand)
    deliver.health.probed(works=True)
    number, idle, latest = 0, 0, time.monotonic()
    while idle < DONE_AFTER:
        await deliver.work()
        idle = idle + 1 if courier.arrived == number else 0
        if courier.arrived > number:
            number, latest = courier.arrived, time.monotonic()
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
    return number, latest


async def main(url: str, key: str, moment: str, in_hand: str, trip: str) -> None:
    """Be one bot."""
    use_packaged_zones()
    store = await open_store(url, Path(key))
    now = datetime.fromisoformat(moment) + timedelta(seconds=1)
    await store.next_moment()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    if trip == NO_TELEGRAM:
        number, latest = await database_alone(store, now, int(in_hand))
    else:
        number, latest = await whole(store, now, int(in_hand), int(trip) / 1000)
    print(number, latest, flush=True)
    await store.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as in bot/commands/run.py
        runner.run(main(*sys.argv[1:]))
