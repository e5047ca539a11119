"""All reminders due at one instant, delivered while a probe looks how long the event loop is held.

``python -m benchmarks.burst_ours ROOT TOKEN DATABASE KEY ISO IN_FLIGHT`` prints {"dropped": n, "held": ms}.
"""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

import uvloop

from benchmarks.parts import Moment, delivery, unhurried_bot
from benchmarks.peers.probe import Probe
from bot.core.plans import State
from bot.store.opening import open_store


async def main(  # noqa: PLR0917 - words of the command line
    root: str, token: str, database: str, key: str, moment: str, in_flight: str
) -> str:
    """Deliver all that is due, and return what was dropped and the longest time that all waited."""
    clock = Moment(datetime.fromisoformat(moment))
    store = await open_store(f"sqlite:///{database}", Path(key))
    bot = unhurried_bot(token, root)
    deliver = delivery(store, bot, clock, int(in_flight))
    deliver.health.probed(works=True)
    async with bot, Probe() as probe:
        await deliver.work()
        figures = await store.figures(clock.now())
    await store.close()
    lost = figures.made - figures.ended[State.SENT]
    return json.dumps({"dropped": lost, "held": probe.longest * 1000})


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as in bot/commands/run.py
        print(runner.run(main(*sys.argv[1:])))
