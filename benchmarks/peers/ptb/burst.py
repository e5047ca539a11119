"""python-telegram-bot's JobQueue as it comes: how many jobs due at one instant are dropped.

``python -m benchmarks.peers.ptb.burst JOBS`` prints {"dropped": n, "held": ms}. The callback does nothing;
the grace is the default of 1 s.
"""

import asyncio
import json
import logging
import sys
from datetime import timedelta

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from telegram.ext import Application, JobQueue

from benchmarks.peers.probe import Probe
from benchmarks.peers.ptb.jobs import ADDING_SECONDS_A_JOB, MARGIN_SECONDS, now


async def _nothing(_context: object) -> None:
    """The callback of every job."""


async def measure(jobs: int) -> dict[str, float]:
    """Add the jobs, let them fire, return how many did not and how long the loop was held."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a line for each that is dropped
    application = Application.builder().token("1:jobs").updater(None).build()
    queue, over, ends = application.job_queue, asyncio.Event(), [0, 0]
    assert isinstance(queue, JobQueue)

    def note(event: object) -> None:
        missed = getattr(event, "code", 0) == EVENT_JOB_MISSED
        ends[missed] += 1
        if sum(ends) == jobs:
            over.set()

    queue.scheduler.add_listener(note, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    await queue.start()
    due = now() + timedelta(seconds=MARGIN_SECONDS + jobs * ADDING_SECONDS_A_JOB)
    for _ in range(jobs):
        queue.run_once(_nothing, due)
    async with Probe() as probe:
        await over.wait()
    await queue.stop()
    return {"dropped": ends[True], "held": probe.longest * 1000}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(int(sys.argv[1])))))
