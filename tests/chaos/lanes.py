"""Many runs, a few side by side: while one bot reads its content, another sends."""

import asyncio
import random  # noqa: TID251 - the seed is an argument; the runs share one process, not one chance
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

LANES = 8  # most of a run is waiting: a second try pauses for two seconds
TOLD_EACH = 50
Result = TypeVar("Result")


async def in_lanes(
    number: int,
    seed: int,
    run: Callable[[int, random.Random], Awaitable[Result]],
    lanes: int = LANES,
) -> list[Result]:
    """Return the results of runs 0 to ``number`` - 1; each draws from a chance of its own.

    What a run draws depends on the seed and its place alone, not on its neighbours.
    """
    waiting = iter(range(number))
    results: dict[int, Result] = {}

    async def lane() -> None:
        for place in waiting:
            chance = random.Random(f"{seed}-{place}")  # noqa: S311 - no secret is made of it
            results[place] = await run(place, chance)
            if not len(results) % TOLD_EACH:
                sys.stderr.write(f"{len(results)} of {number}\n")

    async with asyncio.TaskGroup() as group:
        for _ in range(min(lanes, number)):
            group.create_task(lane())
    return [results[place] for place in sorted(results)]
