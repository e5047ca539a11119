"""Zone data have changed under stored plans: how long their next moments take, and who waits.

``python -m benchmarks.retiming DATABASE KEY`` works out anew what ``python -m benchmarks.seed`` put
there, and prints {"plans": n, "seconds": wall time, "us": processor time a plan, "lag_ms": the
longest that all else in the process waited}.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.catalog.zones import use_packaged_zones, zones_year
from bot.clock import SystemClock
from bot.core.plans import DuePlan
from bot.core.retimed import retimed
from bot.core.schedule import zone_or_utc
from bot.ops.pulse import Pulse
from bot.store.opening import open_store

OTHER = "other than any"
"""The version of the zone data, as the database hears it: all is to be worked out."""


@dataclass(slots=True)
class Counted:
    """Works out moments and counts them."""

    clock: SystemClock
    plans: int = 0

    def __call__(self, due: DuePlan) -> datetime | None:
        """Return the plan's next moment."""
        self.plans += 1
        return retimed(due, self.clock.now(), zone_or_utc)


async def measure(database: Path, key: Path) -> dict[str, float]:
    """Work out all next moments, 500 in a transaction, beside a pulse that sees who waits."""
    use_packaged_zones()
    store, clock = await open_store(f"sqlite:///{database}", key), SystemClock()
    pulse, counted = Pulse(clock, zones_year()), Counted(clock)
    beating = asyncio.get_running_loop().create_task(pulse.run())
    began, worked, lag = time.monotonic(), time.process_time(), 0.0
    while await store.retime(OTHER, counted) is not None:
        await asyncio.sleep(0)
        lag = max(lag, pulse.lag)
    took, used = time.monotonic() - began, time.process_time() - worked
    beating.cancel()
    await store.close()
    plans = counted.plans
    return {"plans": plans, "seconds": took, "us": used / plans * 1e6, "lag_ms": lag * 1e3}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(*map(Path, sys.argv[1:])))))
