"""Telegram and a forger at one webhook: real taps with the secret, and requests that do not know it.

``python -m benchmarks.posting URL SECRET SECONDS TAPS FORGED``, the last two a second
"""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from statistics import quantiles
from urllib.parse import urlsplit

import aiohttp
import uvloop

from benchmarks.updates_made import message, tap
from bot.telegram.intake.secret import HEADER
from bot.telegram.intake.webhook import HANDLED, NOT_OURS

FORGED = json.dumps(message(1)).encode()
NOTHING_CAME = 0  # where an HTTP status would stand


async def main(url: str, secret: str, seconds: str, taps: str, forged: str) -> str:
    """Post both kinds evenly; return JSON.

    "half" and "hundredth": median and 99th of 100 of the milliseconds from posting a tap to the 200
    that says it is handled. "refused": requests a second that were answered with 401.

    Raises:
        RuntimeError: a tap was not handled, or a request without the secret not refused.
    """
    waits: list[float] = []
    answers: Counter[int] = Counter()
    numbers = itertools.count(1)

    async with aiohttp.ClientSession(headers={HEADER: secret}) as telegram:

        async def real() -> None:
            begun = time.perf_counter()
            async with telegram.post(url, json=tap(next(numbers))) as said:
                if said.status != HANDLED:
                    raise RuntimeError(f"a tap was answered with {said.status}")
            waits.append(time.perf_counter() - begun)

        async def forge() -> None:
            answers[await _forge(url, "x" * len(secret))] += 1

        begun = time.perf_counter()
        await asyncio.gather(
            _evenly(real, float(seconds), float(taps)),
            _evenly(forge, float(seconds), float(forged)),
        )
        took = time.perf_counter() - begun
    if answers.keys() - {NOT_OURS}:
        raise RuntimeError(f"requests without the secret were answered so: {dict(answers)}")
    hundredths = quantiles(waits, n=100, method="inclusive")
    return json.dumps(
        {
            "half": hundredths[49] * 1000,
            "hundredth": hundredths[98] * 1000,
            "refused": answers[NOT_OURS] / took,
        }
    )


async def _evenly(
    once: Callable[[], Coroutine[None, None, None]], seconds: float, rate: float
) -> None:
    """Begin one after the other at this rate, whether or not earlier ones have ended."""
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as under_way:
        for place in range(int(seconds * rate)):
            await asyncio.sleep(max(begun + place / rate - time.perf_counter(), 0))
            under_way.create_task(once())


async def _forge(url: str, secret: str) -> int:
    """Post an update without knowing the secret, on a line of its own; return the HTTP status."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{HEADER}: {secret}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(FORGED)}\r\n\r\n"
    )
    writer.write(head.encode() + FORGED)
    try:
        line = await reader.readline()
    finally:
        writer.close()
    return int(line.split()[1]) if line else NOTHING_CAME


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(runner.run(main(*sys.argv[1:])))
