"""Our whole way of a reminder: due plan, occurrence, claim, message, recorded end.

``python -m benchmarks.reminding_ours ROOT TOKEN DATABASE KEY ISO IN_FLIGHT`` delivers all that is due
before that moment, uncounted, and then all that is due at it. Prints microseconds a reminder.
"""

import asyncio
import json
import sys
import time
from datetime import datetime
from pathlib import Path

import uvloop

from benchmarks.parts import EARLIER, Moment, delivery, unhurried_bot
from bot.commands.run import SWITCH_SECONDS
from bot.core.plans import State
from bot.store.opening import open_store


async def main(  # noqa: PLR0917 - words of the command line
    root: str, token: str, database: str, key: str, moment: str, in_flight: str
) -> str:
    """Deliver twice, and return the figures of the second time."""
    due = datetime.fromisoformat(moment)
    store = await open_store(f"sqlite:///{database}", Path(key))
    bot, clock = unhurried_bot(token, root), Moment(due - EARLIER)
    deliver = delivery(store, bot, clock, int(in_flight))
    deliver.health.probed(works=True)

    async def sent() -> int:
        return (await store.figures(clock.now())).ended[State.SENT]

    async with bot:
        await deliver.work()
        before, clock.at = await sent(), due
        cpu, wall = time.process_time(), time.perf_counter()
        await deliver.work()
        used = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
        count = await sent() - before
    await store.close()
    return json.dumps({name: seconds / count * 1e6 for name, seconds in used.items()})


if __name__ == "__main__":
    sys.setswitchinterval(SWITCH_SECONDS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as in bot/commands/run.py
        print(runner.run(main(*sys.argv[1:])))
