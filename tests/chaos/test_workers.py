"""Many real bots on one PostgreSQL: nothing twice without a fault, little with one, one that polls."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from signal import Signals

import pytest

from bot.core.plans import Kind
from tests.chaos import workers
from tests.chaos.city import RATE, City, WatchedOffice, city
from tests.chaos.house import KILLS
from tests.chaos.nurse import Bot, nursery
from tests.chaos.test_reminders_survive_kills import GOOD, QUIET, SEED
from tests.chaos.workers import Shift, summed
from tests.journeys.conftest import until
from tests.postgres_server import PostgresServer

RUNS = KILLS // 2 or 1
TAKEN_OVER_SECONDS = 10
FROZEN_SECONDS = 20
ACUTE = "my legs went numb and I cannot pee"
CALM = Shift(Kind.MORNING, 2, replace(GOOD, extra=0, most=1), too_many=0, conflicts=0)
STORMY = Shift(Kind.BREAK, 3, replace(QUIET, missed=3, unknown=3), too_many=0, conflicts=1)


@pytest.mark.parametrize("series", ["workers", "worker-kills", "worker-freezes", "postgres"])
async def test_a_crew_keeps_its_promises_in_calm_and_in_trouble(
    server: PostgresServer, series: str
) -> None:
    figures = await workers.on_servers([server], RUNS, SEED, series)

    assert figures.broken == [], figures.table()
    assert figures.values["runs"] == RUNS


def said(bot: Bot) -> str:
    return bot.output.read_text() if bot.output.exists() else ""


@pytest.fixture
async def pair(server: PostgresServer) -> AsyncIterator[City]:
    """Two bots on one database, the second of which stands by."""
    async with nursery() as nurse, city(nurse, server, 2, Kind.MORNING) as place:
        first = await place.start_bot()
        await until(lambda: place.office.api.world.updates.poller, "a long poll", 20)
        second = await place.start_bot()
        await until(lambda: "polling.standby" in said(second), "a standby", 20)
        assert "polling.standby" not in said(first)
        yield place


async def answered(place: City, seconds: float) -> float:
    """Write something acute; return after how many seconds the referral came."""
    began = asyncio.get_running_loop().time()
    before = len(place.office.api.log.sent(1))
    place.office.api.say(1, ACUTE)
    await until(lambda: len(place.office.api.log.sent(1)) > before, "the referral", seconds)
    return asyncio.get_running_loop().time() - began


def advised(place: City, chat: int) -> bool:
    messages = place.office.api.world.chats[chat].messages.values()
    return any(message.text.startswith("Stiff or painful neck") for message in messages)


async def stopped(bot: Bot) -> int:
    bot.send(Signals.SIGTERM)
    return await bot.ended(10)


async def test_when_the_one_that_polls_is_killed_the_other_answers_within_ten_seconds(
    pair: City,
) -> None:
    first, second = pair.bots
    await answered(pair, 5)
    first.send(Signals.SIGKILL)
    await first.ended()

    assert await answered(pair, TAKEN_OVER_SECONDS) < TAKEN_OVER_SECONDS
    assert "polling.taken_over" in said(second)
    assert pair.watched.polls[409] == 0


async def test_when_the_one_that_polls_is_stopped_the_other_takes_over_and_none_are_lost(
    pair: City,
) -> None:
    first, second = pair.bots
    assert await stopped(first) == 0
    await answered(pair, TAKEN_OVER_SECONDS)

    assert await stopped(second) == 0
    assert pair.watched.polls[409] == 0


async def test_when_the_one_that_polls_stands_still_another_takes_over_and_it_stands_by_afterwards(
    pair: City,
) -> None:
    first, second = pair.bots
    first.send(Signals.SIGSTOP)
    try:
        await answered(pair, FROZEN_SECONDS)
    finally:
        first.send(Signals.SIGCONT)
    assert "polling.taken_over" in said(second)

    await until(lambda: "polling.standby" in said(first), "a standby", FROZEN_SECONDS)
    await answered(pair, TAKEN_OVER_SECONDS)


async def test_while_the_database_is_away_the_one_that_polled_answers_acute_words_and_questions(
    pair: City, server: PostgresServer
) -> None:
    await asyncio.to_thread(server.stop)
    try:
        assert await answered(pair, TAKEN_OVER_SECONDS) < TAKEN_OVER_SECONDS
        pair.office.api.say(2, "my neck is stiff")
        await until(lambda: advised(pair, 2), "an answer", TAKEN_OVER_SECONDS)
    finally:
        await asyncio.to_thread(server.start)


async def test_an_office_sees_when_more_comes_than_the_rate_allows() -> None:
    office = WatchedOffice([1])
    office.came = [number / RATE for number in range(10 * RATE)]
    assert office.too_many(RATE, 2) <= 0
    office.came = [number / (2 * RATE) for number in range(10 * RATE)]

    assert office.too_many(RATE, 2) > 0


@pytest.mark.parametrize(
    ("series", "shift"),
    [
        ("workers", replace(CALM, run=replace(CALM.run, lost=1))),
        ("workers", replace(CALM, run=replace(CALM.run, missed=1))),
        ("workers", replace(CALM, run=replace(CALM.run, extra=1, most=2))),
        ("workers", replace(CALM, conflicts=1)),
        ("workers", replace(CALM, too_many=1)),
        ("workers", replace(CALM, run=replace(CALM.run, balanced=False))),
        ("worker-kills", replace(CALM, run=replace(CALM.run, most=3))),
        ("worker-kills", replace(STORMY, run=replace(STORMY.run, most=2))),
        ("worker-freezes", replace(CALM, run=replace(CALM.run, extra=5))),
        ("postgres", replace(CALM, run=replace(CALM.run, extra=9))),
        ("postgres", replace(CALM, back=5.1)),
    ],
)
def test_a_crew_that_breaks_a_promise_is_told_among_good_ones(series: str, shift: Shift) -> None:
    good = [CALM] if series == "workers" else [CALM, STORMY]

    assert summed(series, 1, good).broken == []
    assert len(summed(series, 1, [*good, shift]).broken) == 1
