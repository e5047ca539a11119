"""A process that takes reminders and waits to be killed; run by test_sqlite_crash."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from bot.core.plans import Settled, State
from bot.store.sqlite import SqliteStore
from tests.store.contract import EIGHT, daily, keep, person, take


async def main(database: Path, key_file: Path, people: int, confirmed: int) -> None:
    store = await SqliteStore.open(database, key_file)
    for chat in range(1, people + 1):
        await keep(store, person(chat))
    await store.materialise(EIGHT, daily)
    first = await take(store, limit=people)
    sent = [
        Settled(one.id, one.attempt, State.SENT, message_id=one.id) for one in first[:confirmed]
    ]
    await take(store, *sent, limit=0)
    async with store.change(99, 99, EIGHT) as change:
        await change.save(person(99, EIGHT + timedelta(days=1)))
        print("ready", flush=True)  # noqa: T201 - the parent waits for this line
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
