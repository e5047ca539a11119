"""A small simulated day: every promise kept, and the same log from the same seed.

`make day USERS=10000` is the long one.
"""

import asyncio
import os
import sys

USERS, HOURS, RESTARTS = 30, 4, 3


async def day(seed: int, hash_seed: int) -> tuple[int, str]:
    """Simulate it in a process of its own; return exit status and what it prints."""
    options = {"users": USERS, "hours": HOURS, "restarts": RESTARTS, "seed": seed}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.chaos.virtual",
        *words,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


def log_of(said: str) -> str:
    return said.partition("hash: ")[2].strip()


async def test_a_hard_day_keeps_every_promise_and_its_log_follows_from_its_seed() -> None:
    first, again, other = await asyncio.gather(day(1, 11), day(1, 22), day(2, 11))

    for status, said in (first, again, other):
        assert status == 0, said
    assert log_of(first[1]) == log_of(again[1]) != log_of(other[1])
