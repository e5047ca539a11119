"""The store's side: processor time per due plan that becomes an occurrence.

``python -m benchmarks.materialise DATABASE KEY ISO`` prints {"rows": n, "us": per row, "held": bytes
that the whole process holds when it is done}.
"""

import asyncio
import json
import sys
import time
from datetime import datetime
from pathlib import Path

from benchmarks.memory_of import resident
from bot.catalog.zones import use_packaged_zones
from bot.core.advance import advance
from bot.flows.deliver import BATCH
from bot.store.opening import open_store


async def measure(database: Path, key: Path, now: datetime) -> dict[str, float]:
    """Materialise all that is due, as the bot does, 500 in a transaction."""
    use_packaged_zones()
    store = await open_store(f"sqlite:///{database}", key)
    rows, start = 0, time.process_time()
    while made := await store.materialise(now, advance, BATCH):
        rows += made
    used, held = time.process_time() - start, resident()
    await store.close()
    if not rows:
        raise RuntimeError("nothing is due")
    return {"rows": rows, "us": used / rows * 1e6, "held": held}


if __name__ == "__main__":
    path, key_path, moment = sys.argv[1:]
    measured = measure(Path(path), Path(key_path), datetime.fromisoformat(moment))
    print(json.dumps(asyncio.run(measured)))
