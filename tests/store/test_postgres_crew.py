"""Bots on one PostgreSQL share its token's rate, hear of each other's 429, and one of them polls."""

import asyncio
import math
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.shares import Need, Report, Standing
from bot.errors import StoreUnavailableError
from bot.store.postgres import presence, turn
from bot.store.postgres.store import PostgresStore
from tests.cut_line import line_to
from tests.postgres_server import GUARDED, PostgresServer
from tests.store.contract import EIGHT, take_one
from tests.store.postgres_databases import admin, guest, opened

RATE = 29.0
NEW = Report(0.0, need=Need.NOTHING, polls=False)
Bots = list[PostgresStore]


@pytest.fixture
async def bots(url: str, key_file: Path) -> AsyncIterator[Bots]:
    made = [await opened(url, key_file, owner) for owner in ("a", "b", "c")]
    yield made
    for bot in made:
        await bot.close()


async def settled(*bots: PostgresStore, rounds: int = 4) -> list[Standing]:
    """Let all beat a few times, each keeping to what it was told; return how they stand."""
    reports = [NEW] * len(bots)
    standings: list[Standing] = []
    for _ in range(rounds):
        standings = []
        for place, bot in enumerate(bots):
            standing = await bot.beat(reports[place], RATE)
            reports[place] = replace(NEW, share=standing.share, polls=standing.polls)
            standings.append(standing)
    return standings


async def unseen_for(url: str, owner: str, seconds: int) -> None:
    async with admin(url) as session:
        await session.execute(
            "UPDATE worker SET seen_at = seen_at - $2 WHERE id = $1", owner, seconds
        )


async def cut_off_the_one_that_polls(url: str) -> None:
    async with admin(url) as session:
        await session.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND objsubid = 2 AND mode = 'ExclusiveLock'"
        )


async def test_a_bot_that_is_alone_has_the_whole_rate_at_once_and_polls(bots: Bots) -> None:
    assert await bots[0].beat(NEW, RATE) == Standing(RATE, 1, polls=True)


async def test_a_newcomer_gets_its_share_when_the_others_have_told_that_they_gave_it_up(
    bots: Bots,
) -> None:
    first, second, _ = bots
    await first.beat(NEW, RATE)
    assert (await second.beat(NEW, RATE)).share == 0
    lower = await first.beat(replace(NEW, share=RATE), RATE)
    assert (lower.share, lower.members) == (15, 2)
    assert (await second.beat(NEW, RATE)).share == 0

    await first.beat(replace(NEW, share=15), RATE)
    assert (await second.beat(NEW, RATE)).share == 14


async def test_three_bots_share_the_rate_and_one_of_them_polls(bots: Bots) -> None:
    standings = await settled(*bots)

    assert [one.share for one in standings] == [10, 10, 9]
    assert [one.polls for one in standings] == [True, False, False]


async def test_one_that_has_more_to_send_gets_what_the_idle_ones_leave(bots: Bots) -> None:
    first, second, _ = bots
    await settled(first, second)
    await second.beat(replace(NEW, share=14, need=Need.SOMETHING), RATE)
    lower = await first.beat(replace(NEW, share=15), RATE)
    await first.beat(replace(NEW, share=lower.share), RATE)

    assert lower.share == 2
    assert (await second.beat(replace(NEW, share=14, need=Need.SOMETHING), RATE)).share == 27


async def test_who_left_leaves_its_share_and_its_turn_at_once(
    bots: Bots, url: str, key_file: Path
) -> None:
    first = await opened(url, key_file, "0")
    await settled(first, bots[0])
    await first.close()

    assert await bots[0].beat(replace(NEW, share=14), RATE) == Standing(RATE, 1, polls=True)


async def test_the_share_of_one_that_died_is_free_when_it_must_have_lapsed(
    bots: Bots, url: str
) -> None:
    await settled(*bots[:2])
    await unseen_for(url, "a", 5)
    assert (await bots[1].beat(replace(NEW, share=14), RATE)).share == 14
    await unseen_for(url, "a", 3)
    assert (await bots[1].beat(replace(NEW, share=14), RATE)).share == RATE


async def test_what_nobody_has_seen_for_minutes_is_forgotten(bots: Bots, url: str) -> None:
    await settled(*bots[:2])
    await unseen_for(url, "a", 200)
    await bots[1].beat(NEW, RATE)
    async with admin(url) as session:
        assert [row[0] for row in await session.fetch("SELECT id FROM worker")] == ["b"]


async def test_a_bot_whose_session_was_cut_stops_polling_before_another_begins(
    bots: Bots, url: str
) -> None:
    first, second, _ = bots
    await settled(first, second)
    await cut_off_the_one_that_polls(url)
    assert not (await second.beat(replace(NEW, polls=False), RATE)).polls
    assert not (await first.beat(replace(NEW, polls=True), RATE)).polls
    assert not (await second.beat(replace(NEW, polls=False), RATE)).polls

    await first.beat(replace(NEW, polls=False), RATE)
    assert (await second.beat(replace(NEW, polls=False), RATE)).polls


async def test_after_a_death_another_polls_once_the_dead_must_have_stopped(
    bots: Bots, url: str
) -> None:
    first, second, _ = bots
    await settled(first, second)
    await cut_off_the_one_that_polls(url)
    assert await second._presence.turn.ours()
    assert not (await second.beat(NEW, RATE)).polls
    await unseen_for(url, "a", 6)

    assert (await second.beat(NEW, RATE)).polls


async def test_the_turn_of_a_bot_that_stands_still_is_another_ones_and_what_it_sends_stays_its_own(
    url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "FREE_WHEN_FROZEN", "SET idle_session_timeout = '100ms'")
    first, second = await opened(url, key_file, "a"), await opened(url, key_file, "b")
    taken = await take_one(first)
    assert (await first.beat(NEW, RATE)).polls
    await asyncio.sleep(0.3)
    await unseen_for(url, "a", 9)

    assert (await second.beat(NEW, RATE)).polls
    assert await second.orphans(EIGHT) == []
    assert await first.stands(taken.id)
    assert not (await first.beat(replace(NEW, polls=True), RATE)).polls
    await first.close()
    await second.close()


async def test_a_bot_that_cannot_write_leaves_the_turn_to_one_that_can(
    server: PostgresServer, bots: Bots, url: str, key_file: Path
) -> None:
    theirs = await guest(url, "SELECT", "INSERT", "UPDATE", "DELETE")
    server.sql(f"ALTER ROLE {GUARDED} SET default_transaction_read_only = on")
    try:
        reader = await opened(theirs, key_file, "0")
        with pytest.raises(StoreUnavailableError, match="read-only"):
            await reader.beat(NEW, RATE)
        assert (await bots[0].beat(NEW, RATE)).polls
        await reader.close()
    finally:
        server.sql(f"ALTER ROLE {GUARDED} RESET default_transaction_read_only")


async def test_a_bot_that_can_write_no_more_gives_its_turn_up_and_takes_it_when_it_can_again(
    bots: Bots,
) -> None:
    first, second = (bot._presence.turn for bot in bots[:2])
    assert await first.ours()
    assert first._session is not None
    await first._session.execute("SET default_transaction_read_only = on")
    assert not await first.ours()
    assert await second.ours()
    await second.close()
    assert not await first.ours()
    await first._session.execute("SET default_transaction_read_only = off")

    assert await first.ours()


async def test_with_a_webhook_nobody_asks_for_the_turn_to_poll(bots: Bots) -> None:
    posted = replace(NEW, polls=None)
    assert [(await bot.beat(posted, RATE)).polls for bot in bots] == [False] * 3
    assert (await bots[2].beat(NEW, RATE)).polls


async def test_what_telegram_closed_to_one_is_heard_by_all_with_their_next_beat(
    bots: Bots,
) -> None:
    first, second, third = bots
    await settled(*bots)
    await first.beat(replace(NEW, closed=30.0), RATE)
    heard = await second.beat(NEW, RATE)
    assert 28 <= heard.closed <= 31
    await first.beat(replace(NEW, closed=29.0), RATE)

    assert 28 <= (await third.beat(replace(NEW, closed=-20.0), RATE)).closed <= 31


async def test_what_was_closed_long_ago_is_heard_by_nobody(bots: Bots) -> None:
    await bots[0].beat(replace(NEW, closed=-500.0), RATE)

    assert (await bots[1].beat(NEW, RATE)).closed == -math.inf


async def test_without_a_word_of_the_server_whose_turn_it_is_cannot_be_known(
    server: PostgresServer, url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "LOOK_SECONDS", 0.1)
    async with line_to(server.port) as line:
        bot = await opened(url.replace(str(server.port), str(line.port)), key_file, "a")
        await settled(bot)
        line.silent = True
        with pytest.raises(StoreUnavailableError):
            await bot._presence.turn.ours()
        line.silent = False

        assert (await bot.beat(NEW, RATE)).polls
        await bot.close()


async def test_a_bot_whose_line_was_cut_in_silence_is_there_again_by_a_session_that_works(
    server: PostgresServer, url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "LOOK_SECONDS", 0.1)
    async with line_to(server.port) as line:
        bot = await opened(url.replace(str(server.port), str(line.port)), key_file, "a")
        await settled(bot)
        before = bot._presence._session
        line.silent = True
        with pytest.raises(StoreUnavailableError):
            await bot.beat(NEW, RATE)
        line.silent = False

        await bot.beat(NEW, RATE)
        assert bot._presence._session is not before
        await bot.close()


async def test_who_cannot_ask_for_the_turn_to_poll_is_seen_alive_all_the_same(
    bots: Bots, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    async def refused() -> bool:
        raise StoreUnavailableError("The database has no connection left.", "wait.")

    monkeypatch.setattr(bots[0]._presence.turn, "ours", refused)
    with pytest.raises(StoreUnavailableError):
        await bots[0].beat(NEW, RATE)

    async with admin(url) as session:
        assert [row[0] for row in await session.fetch("SELECT id FROM worker")] == ["a"]


async def test_who_cannot_say_that_it_leaves_is_gone_all_the_same(
    server: PostgresServer, url: str, key_file: Path
) -> None:
    async with line_to(server.port) as line:
        bot = await opened(url.replace(str(server.port), str(line.port)), key_file, "a")
        await settled(bot)
        line.silent = True
        await bot.close()

    async with admin(url) as session:
        assert [row[0] for row in await session.fetch("SELECT id FROM worker")] == ["a"]
