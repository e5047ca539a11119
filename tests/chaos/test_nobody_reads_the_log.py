"""Standard error is a full pipe that nobody reads: the bot goes on, and ends as it should."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.house import environment, telegram
from tests.chaos.test_stops import MOST_SECONDS
from tests.journeys.conftest import until
from tests.journeys.test_hard_days import MALFORMED

ACUTE = "my legs went numb and I cannot pee"
REFERRAL = "This may need urgent help."


@pytest.fixture
def full() -> Iterator[int]:
    """The end of a pipe into which no byte more goes."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    for piece in (b"x" * 4096, b"x"):
        while True:
            try:
                os.write(writer, piece)
            except BlockingIOError:
                break
    os.set_blocking(writer, True)
    yield writer
    os.close(writer)
    os.close(reader)


async def started(env: dict[str, str], errors: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stderr=errors
    )


async def status_of(bot: asyncio.subprocess.Process, seconds: float) -> int:
    """Wait for the end, for so long at most; what does not end is killed."""
    try:
        async with asyncio.timeout(seconds):
            return await bot.wait()
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()


async def test_while_nobody_reads_the_log_a_referral_comes_and_a_stop_ends_in_time(
    tmp_path: Path, full: int
) -> None:
    async with telegram([1]) as (api, simulator):
        bot = await started(environment(tmp_path, simulator.url), full)
        try:
            await until(lambda: api.world.updates.poller, "a long poll", 40)
            for update in MALFORMED:  # each makes a line
                api.inject(dict(update))
            api.say(1, ACUTE)
            await until(lambda: REFERRAL in str(api.world.chats[1].messages), "the referral")
            await until(lambda: not len(api.world.updates), "all updates confirmed")
        finally:
            bot.terminate()
            status = await status_of(bot, MOST_SECONDS)

    assert status == 0


async def test_while_nobody_reads_the_log_a_wrong_setting_ends_the_start_all_the_same(
    tmp_path: Path, full: int
) -> None:
    env = environment(tmp_path, "http://127.0.0.1:9", BOT_TOKEN="wrong")
    bot = await started(env, full)

    assert await status_of(bot, 20) == 78
