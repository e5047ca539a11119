"""Several bots on one database: nothing twice, nothing lost, one message at a time to a person."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.core.check_in import held
from bot.core.plans import Answer, Kind, Plan, Settled, State, Taken
from bot.core.shares import Need, Report
from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.dialect import Transaction
from bot.store.postgres import statements as sql
from bot.store.postgres.database import PostgresTransaction
from bot.store.postgres.driver import Session
from bot.store.postgres.locks import OWNERS
from bot.store.postgres.store import PostgresStore
from bot.store.urls import postgres_address
from tests.postgres_server import PostgresServer
from tests.store.contract import CHAT, DAY, EIGHT, balanced, daily, keep, person, take, take_one
from tests.store.postgres_databases import admin, opened

Bots = list[PostgresStore]
NOW = int(EIGHT.timestamp())
READY_NOW = {
    "now": NOW,
    "on_time_from": NOW,
    "useful_from": NOW,
    "limit": 4,
    "healthy": True,
    "tries": 1,
    "owner": "first",
    "lease": 60,
}


@pytest.fixture
async def bots(url: str, key_file: Path) -> AsyncIterator[Bots]:
    made = [await opened(url, key_file, owner) for owner in ("first", "second")]
    yield made
    for bot in made:
        await bot.close()


async def subscribe(store: PostgresStore, people: int) -> None:
    for chat in range(1, people + 1):
        await keep(store, person(chat))


async def emptied(store: PostgresStore, limit: int = 16) -> list[Taken]:
    """Take and settle until nothing is ready; what another has locked waits a round."""
    found: list[Taken] = []
    settled: list[Settled] = []
    while taken := await take(store, *settled, limit=limit):
        found += taken
        settled = [Settled(one.id, one.attempt, State.SENT, message_id=one.id) for one in taken]
    return found


async def test_two_bots_take_a_thousand_rows_and_none_of_them_twice(bots: Bots) -> None:
    first = bots[0]
    await subscribe(first, 1000)
    made = await asyncio.gather(*(bot.materialise(EIGHT, daily, 1000) for bot in bots))
    assert sum(made) + await first.materialise(EIGHT, daily, 1000) == 1000
    assert await first.materialise(EIGHT, daily) == 0

    taken = [one for some in await asyncio.gather(*map(emptied, bots)) for one in some]
    taken += await emptied(first)
    assert Counter(one.chat for one in taken) == Counter(range(1, 1001))
    assert await balanced(first) == {"all": 1000, "sent": 1000}


async def test_plans_that_two_bots_materialise_at_once_ring_once(bots: Bots) -> None:
    await subscribe(bots[0], 200)
    batches = [bot.materialise(EIGHT, daily, 20) for bot in bots for _ in range(12)]
    await asyncio.gather(*batches)
    while await bots[0].materialise(EIGHT, daily):
        pass

    assert await balanced(bots[0]) == {"all": 200, "due": 200}


async def test_two_reminders_of_one_person_never_go_to_two_bots_at_once(bots: Bots) -> None:
    both = {**person().plans, Kind.BREAK: Plan(Kind.BREAK, time(9), next_due=EIGHT)}
    for chat in range(1, 41):
        await keep(bots[0], replace(person(chat), plans=both))
    await bots[0].materialise(EIGHT, daily)

    taken = [
        one for some in await asyncio.gather(*(take(bot, limit=60) for bot in bots)) for one in some
    ]
    assert len({one.chat for one in taken}) == len(taken) > 20


async def claimed(transaction: Transaction) -> list[int]:
    """Claim four rows, as a turn does before it takes them; return their numbers."""
    return [number for (number,) in await transaction.rows(sql.LOCK_READY, READY_NOW)]


async def test_what_one_bot_has_claimed_and_not_yet_taken_goes_to_no_other(bots: Bots) -> None:
    await subscribe(bots[0], 10)
    await bots[0].materialise(EIGHT, daily)
    async with bots[0]._database.writing() as transaction:
        ours = await claimed(transaction)
        theirs = [one.id for one in await take(bots[1], limit=10)]

    assert (len(ours), len(theirs)) == (4, 6)
    assert not set(ours) & set(theirs)


async def test_while_one_reminder_of_a_person_is_claimed_the_other_goes_to_no_other_bot(
    bots: Bots,
) -> None:
    both = {**person().plans, Kind.BREAK: Plan(Kind.BREAK, time(9), next_due=EIGHT)}
    await keep(bots[0], replace(person(), plans=both))
    await bots[0].materialise(EIGHT, daily)
    async with bots[0]._database.writing() as transaction:
        await transaction.rows(sql.LOCK_READY, {**READY_NOW, "limit": 1})
        assert await take(bots[1]) == []


async def test_what_two_bots_claim_one_after_the_other_is_seen_as_the_first_left_it(
    bots: Bots,
) -> None:
    both = {**person().plans, Kind.BREAK: Plan(Kind.BREAK, time(9), next_due=EIGHT)}
    await keep(bots[0], replace(person(), plans=both))
    await bots[0].materialise(EIGHT, daily)
    async with bots[1]._database.writing() as transaction:
        ((first,), (second,)) = await transaction.rows("SELECT id FROM occurrence ORDER BY id", {})
        await take(bots[0], limit=1)
        rows = await transaction.rows(sql.READY, {**READY_NOW, "ids": [first, second]})

    assert rows == []


async def test_what_one_bot_sends_is_no_orphan_while_that_bot_lives(bots: Bots) -> None:
    taken = await take_one(bots[0])

    assert await bots[1].orphans(EIGHT + DAY) == []
    await take(bots[1], Settled(taken.id, taken.attempt, State.CANCELLED))
    await take(bots[0], Settled(taken.id, taken.attempt, State.SENT))
    assert await balanced(bots[0]) == {"all": 1, "sent": 1}


async def lease_ends(url: str) -> None:
    async with admin(url) as session:
        await session.execute("UPDATE occurrence SET lease_until = 0 WHERE state = 'sending'")


async def test_past_its_lease_another_bot_takes_over_and_what_the_first_says_counts_no_more(
    bots: Bots, url: str
) -> None:
    taken = await take_one(bots[0])
    await lease_ends(url)

    assert await bots[1].orphans(EIGHT) == [taken]
    await take(bots[0], Settled(taken.id, taken.attempt, State.SENT))
    await take(bots[1], Settled(taken.id, taken.attempt, State.UNKNOWN, doubts=1))
    assert await balanced(bots[0]) == {"all": 1, "unknown": 1}


async def test_what_a_bot_has_in_hand_is_no_orphan_of_its_own_even_past_the_lease(
    bots: Bots, url: str
) -> None:
    taken = await take_one(bots[0])
    await lease_ends(url)
    assert await bots[0].orphans(EIGHT) == []

    await take(bots[0], Settled(taken.id, taken.attempt, State.DUE, EIGHT), limit=0)
    (again,) = await take(bots[0])
    assert again.attempt == 2


async def cut_presence(url: str) -> None:
    """Cut the session of each bot that holds the lock by which others know it, and no other."""
    async with admin(url) as session:
        await session.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM"
            " (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory'"
            " AND classid = CAST($1::bigint AS oid)) held",
            OWNERS,
        )


async def test_a_bot_that_beats_is_not_dead_though_the_session_by_which_it_is_known_was_cut(
    bots: Bots, url: str
) -> None:
    first, second = bots
    await first.beat(Report(29.0, Need.NOTHING, polls=None), 29.0)
    taken = await take_one(first)
    await cut_presence(url)
    assert await second.orphans(EIGHT) == []

    async with admin(url) as session:
        await session.execute("UPDATE worker SET seen_at = seen_at - 8 WHERE id = 'first'")
    assert await second.orphans(EIGHT) == [taken]


async def test_a_bot_that_is_silent_is_not_dead_while_its_session_lives(
    bots: Bots, url: str
) -> None:
    first, second = bots
    await first.beat(Report(29.0, Need.NOTHING, polls=None), 29.0)
    await take_one(first)
    async with admin(url) as session:
        await session.execute("UPDATE worker SET seen_at = seen_at - 100")

    assert await second.orphans(EIGHT) == []


async def test_no_session_of_a_bot_is_cut_by_the_server_for_being_idle(
    url: str, key_file: Path
) -> None:
    async with admin(url) as session:
        await session.execute("ALTER ROLE CURRENT_USER SET idle_session_timeout = '50ms'")
    try:
        bot = await opened(url, key_file, "first")
        shown = await bot._presence._session.fetch("SHOW idle_session_timeout")
        pooled = await bot._database.read("SHOW idle_session_timeout", {})
        await bot.close()
    finally:
        async with admin(url) as session:
            await session.execute("ALTER ROLE CURRENT_USER RESET idle_session_timeout")

    assert [shown[0][0], pooled[0][0]] == ["0", "0"]


async def test_what_two_bots_rescue_at_once_goes_to_one_of_them(
    bots: Bots, url: str, key_file: Path
) -> None:
    third = await opened(url, key_file, "third")
    await subscribe(third, 50)
    await third.materialise(EIGHT, daily)
    await take(third, limit=50)
    await third.close()

    rescued = await asyncio.gather(*(bot.orphans(EIGHT) for bot in bots for _ in range(3)))
    assert sorted(one.chat for some in rescued for one in some) == list(range(1, 51))


@pytest.mark.parametrize("what", ["rests", "stops", "blocks us", "deletes it all"])
async def test_what_a_person_tells_one_bot_holds_for_what_the_other_has_taken(
    bots: Bots, what: str
) -> None:
    first, second = bots
    taken, other = await take_one(first, person(1)), await take_one(first, person(2))
    assert list(await asyncio.gather(first.stands(taken.id), first.stands(other.id))) == [
        True,
        True,
    ]
    if what == "blocks us":
        await second.stop_chat(1)
    async with second.change(1, None, EIGHT) as change:
        assert change.subscriber is not None
        off = {Kind.MORNING: replace(change.subscriber.plans[Kind.MORNING], on=False)}
        match what:
            case "rests":
                await change.save(held(change.subscriber, EIGHT))
            case "stops":
                await change.save(replace(change.subscriber, plans=off))
            case "deletes it all":
                await change.forget()

    assert list(await asyncio.gather(first.stands(taken.id), first.stands(other.id))) == [
        False,
        True,
    ]


async def test_what_another_bot_took_over_is_no_more_ours_to_send(bots: Bots, url: str) -> None:
    taken = await take_one(bots[0])
    await lease_ends(url)
    await bots[1].orphans(EIGHT)

    assert not await bots[0].stands(taken.id)
    assert await bots[1].stands(taken.id)


async def test_just_after_the_servers_start_nobody_is_called_dead(
    server: PostgresServer, url: str, key_file: Path
) -> None:
    address = postgres_address(url)
    first = await PostgresStore.open(address, key_file, "first")
    await take_one(first)
    await first.close()
    century = timedelta(days=36500)
    second = await PostgresStore.open(address, key_file, "second", grace=century)

    assert await second.orphans(EIGHT) == []
    await lease_ends(url)
    assert len(await second.orphans(EIGHT)) == 1
    await second.close()


async def test_who_has_just_come_back_calls_nobody_dead(url: str, key_file: Path) -> None:
    address, grace = postgres_address(url), timedelta(seconds=0.5)
    first = await PostgresStore.open(address, key_file, "first")
    await take_one(first)
    await first.close()
    second = await PostgresStore.open(address, key_file, "second", grace=grace)

    assert await second.orphans(EIGHT) == []
    await asyncio.sleep(grace.total_seconds())
    assert len(await second.orphans(EIGHT)) == 1
    await second.close()


async def test_one_update_that_reaches_two_bots_has_its_effect_once(bots: Bots) -> None:
    fresh: list[bool] = []

    async def applied(bot: PostgresStore) -> None:
        async with bot.change(CHAT, 7, EIGHT) as change:
            fresh.append(change.fresh)
            await change.save(person())

    await asyncio.gather(*(applied(bot) for bot in bots for _ in range(3)))
    assert sorted(fresh) == [False] * 5 + [True]


async def test_changes_of_one_chat_come_one_after_the_other_and_none_is_lost(bots: Bots) -> None:
    await keep(bots[0], person())

    async def one_more(bot: PostgresStore) -> None:
        async with bot.change(CHAT, None, EIGHT) as change:
            seen = change.subscriber
            assert seen is not None
            await asyncio.sleep(0)
            minutes = seen.preferences.minutes
            own = replace(
                seen.preferences,
                own_days=(
                    *seen.preferences.own_days,
                    EIGHT.date() + DAY * len(seen.preferences.own_days),
                ),
            )
            await change.save(replace(seen, preferences=replace(own, minutes=minutes)))

    await asyncio.gather(*(one_more(bot) for bot in bots for _ in range(5)))
    seen = await bots[1].look(CHAT)
    assert seen is not None
    assert len(seen.preferences.own_days) == 10


async def test_a_setting_saved_while_another_bot_makes_the_reminder_loses_neither(
    bots: Bots,
) -> None:
    await subscribe(bots[0], 30)

    async def renamed(chat: int) -> None:
        async with bots[1].change(chat, None, EIGHT) as change:
            assert change.subscriber is not None
            await change.save(replace(change.subscriber, language="en"))

    await asyncio.gather(
        *(bots[0].materialise(EIGHT, daily, 5) for _ in range(8)),
        *(renamed(chat) for chat in range(1, 31)),
    )
    while await bots[0].materialise(EIGHT, daily):
        pass

    assert await balanced(bots[0]) == {"all": 30, "due": 30}
    for chat in range(1, 31):
        seen = await bots[0].look(chat)
        assert seen is not None
        assert (seen.language, seen.plans[Kind.MORNING].next_due) == ("en", EIGHT + DAY)


async def test_taps_deletions_and_deliveries_of_two_bots_at_once_lose_nothing(bots: Bots) -> None:
    await subscribe(bots[0], 60)
    await bots[0].materialise(EIGHT, daily)

    async def taps(bot: PostgresStore, chat: int, number: int) -> None:
        async with bot.change(chat, None, EIGHT) as change:
            if number % 3 == 0:
                await change.forget()
            elif number % 3 == 1:
                await change.answer(number, Answer.DONE)
            else:
                await change.again(number, EIGHT)
                await change.answer(number, Answer.LATER)

    tapping = [taps(bots[chat % 2], chat, chat) for chat in range(1, 61)]
    stopping = [bots[0].stop_chat(chat) for chat in range(1, 61, 7)]
    await asyncio.gather(*map(emptied, bots), *tapping, *stopping)
    for bot in bots:
        await emptied(bot)

    counts = await balanced(bots[0])
    assert counts["all"] >= 60
    assert not {"due", "sending"} & set(counts)


async def test_whoever_holds_a_person_is_passed_over_and_not_waited_for(bots: Bots) -> None:
    await subscribe(bots[0], 2)
    await bots[0].materialise(EIGHT, daily)
    async with bots[0].change(1, None, EIGHT) as change:
        assert change.fresh
        assert [one.chat for one in await take(bots[1])] == [2]

    assert [one.chat for one in await take(bots[1])] == [1]


async def test_a_new_chat_id_that_is_being_written_is_left_for_the_next_time(bots: Bots) -> None:
    taken = await take_one(bots[0])
    async with bots[1].change(-99, None, EIGHT) as change:
        await change.save(person(-99, EIGHT + DAY))
        await take(
            bots[0], Settled(taken.id, taken.attempt, State.DUE, EIGHT, new_chat=-99), limit=0
        )

    (again,) = await take(bots[0])
    assert again.chat == CHAT


async def test_a_second_bot_with_another_key_is_refused_while_the_first_runs(
    bots: Bots, url: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="BOT_KEY_FILE"):
        await opened(url, tmp_path / "other.key")
    assert not (tmp_path / "other.key").exists()


async def test_two_bots_that_start_at_once_make_one_schema_and_one_key(
    url: str, tmp_path: Path
) -> None:
    made = await asyncio.gather(*(opened(url, tmp_path / "new.key") for _ in range(4)))
    await keep(made[0], person())

    assert [await bot.look(CHAT) for bot in made] == [person()] * 4
    for bot in made:
        await bot.close()


async def test_who_comes_back_to_another_key_takes_nothing(url: str, key_file: Path) -> None:
    store = await opened(url, key_file)
    store._presence._session.terminate()
    async with admin(url) as session:
        await session.execute("UPDATE seal_key SET fingerprint = 'other'")

    with pytest.raises(StoreBrokenError, match="another key"):
        await take(store)
    await store.close()


async def test_a_change_that_stands_still_is_ended_so_that_others_can_go_on(
    server: PostgresServer, bots: Bots, url: str
) -> None:
    await keep(bots[0], person())
    with suppress(StoreUnavailableError):
        async with bots[0].change(CHAT, None, EIGHT):
            async with admin(url) as session:
                ended = await session.fetch(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE state = 'idle in transaction'"
                )
            assert ended
            await keep(bots[1], replace(person(), language="en"))
    seen = await bots[0].look(CHAT)

    assert seen is not None
    assert seen.language == "en"


@pytest.fixture
async def counters(url: str) -> AsyncIterator[tuple[Session, Session]]:
    """Two sessions that count in different parts."""
    async with admin(url) as first, admin(url) as second, admin(url) as third:
        parts = [(await one.fetchval("SELECT pg_backend_pid() % 32")) for one in (first, second)]
        yield first, second if parts[0] != parts[1] else third


async def count_one(session: Session, name: str) -> None:
    values = {"day": "2026-03-02", "name": name, "n": 1}
    await PostgresTransaction("x", session).rows(sql.COUNT, values)


@pytest.mark.astray
async def test_who_counts_waits_for_nobody_who_has_counted_and_not_committed(
    bots: Bots, counters: tuple[Session, Session]
) -> None:
    first, second = counters
    handle = first.transaction()
    await handle.start()
    await count_one(first, "sent")
    await second.execute("SET lock_timeout = '1s'")
    await count_one(second, "sent")
    await handle.commit()

    assert (await bots[0].figures(EIGHT)).ended[State.SENT] == 2


@pytest.mark.parametrize("name", ["paid", "referral"])
async def test_what_is_decided_by_the_whole_number_is_counted_in_one_row(
    bots: Bots, counters: tuple[Session, Session], name: str
) -> None:
    for session in counters:
        await count_one(session, name)

    found = await counters[0].fetch("SELECT n, part FROM daily_count WHERE name = $1", name)
    assert list(map(tuple, found)) == [(2, 0)]
