"""python-telegram-bot's JobQueue: processor time per job when all are due at one instant.

``python -m benchmarks.jobqueue JOBS`` prints {"add": us, "fire": us} per job. The callback does
nothing, and the grace is switched off: with the default of 1 s it would drop most of the jobs.
"""

import asyncio
import json
import sys
import time
from datetime import timedelta

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.app import SystemClock

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


async def measure(jobs: int) -> dict[str, float]:
    """Add the jobs, let them fire, return microseconds per job."""
    application = Application.builder().token("1:jobs").updater(None).build()
    queue = application.job_queue
    assert isinstance(queue, JobQueue)
    done = Done(jobs)
    await queue.start()
    start = time.process_time()
    due = SystemClock().now() + timedelta(seconds=MARGIN_SECONDS + jobs * ADDING_SECONDS_A_JOB)
    for _ in range(jobs):
        queue.run_once(done.one, due, job_kwargs={"misfire_grace_time": None})
    if SystemClock().now() >= due:
        raise RuntimeError("adding took longer than planned; some jobs fired early")
    added = time.process_time()
    await done.all.wait()
    fired = time.process_time()
    await queue.stop()
    return {"add": (added - start) / jobs * 1e6, "fire": (fired - added) / jobs * 1e6}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(int(sys.argv[1])))))
