"""One of many bots on a PostgreSQL, without Telegram: each reminder arrives the moment it is taken.

``python -m benchmarks.crew_of URL KEY ISO`` opens the store, prints a line, waits for one, then
materialises, takes and confirms until nothing is due, and prints how many it took.
"""

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot.catalog.zones import use_packaged_zones
from bot.core.advance import advance
from bot.core.plans import Settled, State, Taken
from bot.flows.claim import LEASE
from bot.flows.deliver import BATCH
from bot.ports import Store
from bot.store.opening import open_store

IN_FLIGHT = 4
LOOK_AGAIN_SECONDS = 0.01  # what is left may be in another's hands for a moment
DONE_AFTER = 20  # looks in vain


async def work(store: Store, now: datetime) -> int:
    """Do what the delivery does, for as long as anything is due; return how many were taken."""
    taken: list[Taken] = []
    made, number, idle = BATCH, 0, 0
    while idle < DONE_AFTER:
        if made:
            made = await store.materialise(now, advance, BATCH)
        settled = [Settled(one.id, one.attempt, State.SENT, message_id=1) for one in taken]
        taken = await store.turn(settled, now, IN_FLIGHT, lease=LEASE, healthy=True)
        number += len(taken)
        idle = 0 if taken or made else idle + 1
        if idle:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
    return number


async def main(url: str, key: Path, due: datetime) -> None:
    """Be one bot."""
    use_packaged_zones()
    store = await open_store(url, key)
    await store.next_moment()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(await work(store, due + timedelta(seconds=1)), flush=True)
    await store.close()


if __name__ == "__main__":
    address, key_path, moment = sys.argv[1:]
    asyncio.run(main(address, Path(key_path), datetime.fromisoformat(moment)))
