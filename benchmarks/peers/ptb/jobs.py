"""python-telegram-bot's JobQueue: what a job costs when all are due at one instant.

``python -m benchmarks.peers.ptb.jobs JOBS`` prints {"add": us, "fire": us, "bytes": held} per job.
The callback does nothing, and the grace is switched off: with the default of 1 s it would drop most
of the jobs.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from benchmarks.memory_of import resident

Context = CallbackContext[
    ExtBot[None], dict[object, object], dict[object, object], dict[object, object]
]
ADDING_SECONDS_A_JOB = 0.001
MARGIN_SECONDS = 2.0


class Done:
    """Counts the jobs that fired."""

    def __init__(self, jobs: int) -> None:
        self._left = jobs
        self.all = asyncio.Event()

    async def one(self, _context: object) -> None:
        """The callback of every job."""
        self._left -= 1
        if not self._left:
            self.all.set()


def now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)  # noqa: TID251 - a program of its own, which has no app with a clock


async def measure(jobs: int) -> dict[str, float]:
    """Add the jobs, let them fire, return microseconds and bytes per job."""
    application = Application.builder().token("1:jobs").updater(None).build()
    queue = application.job_queue
    assert isinstance(queue, JobQueue)
    done = Done(jobs)
    await queue.start()
    empty, start = resident(), time.process_time()
    due = now() + timedelta(seconds=MARGIN_SECONDS + jobs * ADDING_SECONDS_A_JOB)
    for _ in range(jobs):
        queue.run_once(done.one, due, job_kwargs={"misfire_grace_time": None})
    if now() >= due:
        raise RuntimeError("adding took longer than planned; some jobs fired early")
    added, held = time.process_time(), resident() - empty
    await done.all.wait()
    fired = time.process_time()
    await queue.stop()
    us = 1e6 / jobs
    return {"add": (added - start) * us, "fire": (fired - added) * us, "bytes": held / jobs}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(int(sys.argv[1])))))
