"""The plain way to send to many: so many workers, each takes the next chat when it is done."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator

Send = Callable[[int], Awaitable[object]]


async def timed(send: Send, count: int, in_flight: int) -> str:
    """Send to chats 1 to ``count``, after a tenth as many others to warm up.

    Returns JSON: microseconds a message, "cpu" of the whole process and "wall".
    """
    await _send_all(send, iter(range(count + 1, count + warm_up(count) + 1)), in_flight)
    cpu, wall = time.process_time(), time.perf_counter()
    await _send_all(send, iter(range(1, count + 1)), in_flight)
    used = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    return json.dumps({name: seconds / count * 1e6 for name, seconds in used.items()})


def warm_up(count: int) -> int:
    """Return how many messages go ahead that nobody counts."""
    return count // 10


async def _send_all(send: Send, chats: Iterator[int], in_flight: int) -> None:
    async def worker() -> None:
        for chat in chats:
            await send(chat)

    await asyncio.gather(*(worker() for _ in range(in_flight)))
