"""Cut off, stopped, locked, refused: what the bot is told, and that nothing is half done."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.core.plans import Kind, Settled, State
from bot.errors import BotError, SettingsError, StoreBrokenError, StoreUnavailableError
from bot.flows.glance import glance
from bot.store.opening import open_store
from bot.store.postgres import database as database_module
from bot.store.postgres import driver, presence
from bot.store.postgres.database import READ_SECONDS, PostgresDatabase, PostgresTransaction
from bot.store.postgres.failures import translated
from bot.store.postgres.store import PostgresStore
from bot.store.urls import postgres_address
from tests.cut_line import Line, line_to
from tests.postgres_server import GUARDED, PASSWORD, PostgresServer
from tests.store.contract import CHAT, EIGHT, balanced, daily, keep, person, take
from tests.store.postgres_databases import admin, opened

RECONNECTED_WITHIN_SECONDS = 5


@pytest.fixture
async def store(url: str, key_file: Path) -> AsyncIterator[PostgresStore]:
    made = await opened(url, key_file)
    yield made
    await made.close()


@pytest.fixture
async def line(server: PostgresServer) -> AsyncIterator[Line]:
    async with line_to(server.port) as made:
        yield made


@pytest.fixture
async def far_store(
    url: str, key_file: Path, server: PostgresServer, line: Line
) -> AsyncIterator[PostgresStore]:
    """A store at the other end of the line."""
    made = await opened(url.replace(str(server.port), str(line.port)), key_file)
    yield made
    line.last_words, line.silent = b"", False
    await made.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same waits, some twenty times shorter; asked for before a store."""
    monkeypatch.setattr(database_module, "READ_SECONDS", 0.1)
    monkeypatch.setattr(database_module, "WRITE_SECONDS", 0.3)
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(driver, "SPARE_SECONDS", 0.1)
    monkeypatch.setattr(driver, "CONNECT_SECONDS", 0.2)
    monkeypatch.setitem(driver.EVERY_SESSION, "lock_timeout", "100ms")


async def again(work: Callable[[], Awaitable[Any]]) -> float:
    """Do it until the database lets us; return after how many seconds."""
    began = time.monotonic()
    async with asyncio.timeout(RECONNECTED_WITHIN_SECONDS):
        while True:
            try:
                await work()
            except StoreUnavailableError:
                await asyncio.sleep(0.01)
            else:
                return time.monotonic() - began


async def cut_all(url: str) -> None:
    """End every session of a bot, as an administrator would."""
    async with admin(url) as session:
        await session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'unknot'"
        )


async def test_after_all_sessions_were_cut_work_goes_on_within_five_seconds(
    store: PostgresStore, url: str
) -> None:
    await keep(store, person())
    await store.look(CHAT)
    await cut_all(url)

    await again(lambda: store.materialise(EIGHT, daily))
    await again(lambda: store.look(CHAT))
    assert len(await take(store)) == 1


async def test_a_session_that_is_cut_inside_a_change_leaves_nothing_of_it(
    store: PostgresStore, url: str
) -> None:
    async def cut_off() -> None:
        async with store.change(CHAT, 7, EIGHT) as change:
            await change.save(person())
            await cut_all(url)
            await change.cancel_pending(Kind.MORNING)

    with pytest.raises(StoreUnavailableError, match="nothing was changed"):
        await cut_off()

    await again(lambda: store.look(CHAT))
    assert await store.look(CHAT) is None
    async with store.change(CHAT, 7, EIGHT) as change:
        assert change.fresh


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_a_server_that_stops_and_starts_again_is_found_again_within_five_seconds(
    store: PostgresStore, server: PostgresServer, mode: str
) -> None:
    await keep(store, person())
    await store.materialise(EIGHT, daily)
    (taken,) = await take(store)
    await asyncio.to_thread(server.stop, mode)
    try:
        with pytest.raises(StoreUnavailableError) as caught:
            await keep(store, person())
        with pytest.raises(StoreUnavailableError, match="cannot be reached"):
            await store.look(CHAT)
        with pytest.raises(StoreUnavailableError):
            await take(store)
    finally:
        await asyncio.to_thread(server.start)

    await again(lambda: take(store, Settled(taken.id, taken.attempt, State.SENT)))
    assert await balanced(store) == {"all": 1, "sent": 1}
    assert PASSWORD not in str(caught.value)


@pytest.mark.usefixtures("impatient")
async def test_who_looks_into_a_silent_database_is_told_in_time_and_so_is_who_gives_up_before(
    far_store: PostgresStore, line: Line
) -> None:
    await far_store.look(CHAT)
    line.silent = True
    began = time.monotonic()
    assert await glance(far_store, CHAT, 0.02) is None
    with pytest.raises(StoreUnavailableError, match="is silent"):
        await far_store.look(CHAT)

    assert time.monotonic() - began < READ_SECONDS
    line.silent = False
    await again(lambda: far_store.look(CHAT))


async def test_a_change_that_is_given_up_while_the_database_is_silent_ends_at_once(
    far_store: PostgresStore, line: Line
) -> None:
    await keep(far_store, person())
    line.silent = True
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await keep(far_store, person())

    assert time.monotonic() - began < 1
    line.silent = False
    await again(lambda: keep(far_store, person()))


@pytest.mark.usefixtures("impatient")
async def test_a_change_that_the_database_leaves_without_an_answer_ends_when_its_time_is_up(
    far_store: PostgresStore, line: Line
) -> None:
    await keep(far_store, person())
    line.silent = True
    began = time.monotonic()
    with pytest.raises(StoreUnavailableError):
        await keep(far_store, person())

    assert time.monotonic() - began < 2
    line.silent = False
    await again(lambda: keep(far_store, person()))


async def test_a_take_whose_commit_is_in_doubt_is_not_handed_out_but_found_past_its_lease(
    far_store: PostgresStore, line: Line, url: str
) -> None:
    await keep(far_store, person())
    await far_store.materialise(EIGHT, daily)
    line.last_words = b"COMMIT"
    with pytest.raises(StoreUnavailableError, match="is not known"):
        await take(far_store)

    line.last_words = b""
    assert await balanced(far_store) == {"all": 1, "sending": 1}
    assert await take(far_store) == []
    assert await far_store.orphans(EIGHT) == []
    async with admin(url) as session:
        await session.execute("UPDATE occurrence SET lease_until = 0")
    (orphan,) = await far_store.orphans(EIGHT)
    await take(far_store, Settled(orphan.id, orphan.attempt, State.UNKNOWN, doubts=1))
    assert await balanced(far_store) == {"all": 1, "unknown": 1}


async def test_an_end_whose_commit_is_in_doubt_is_written_again_and_counted_once(
    far_store: PostgresStore, line: Line
) -> None:
    await keep(far_store, person())
    await far_store.materialise(EIGHT, daily)
    (taken,) = await take(far_store)
    line.last_words = b"COMMIT"
    with pytest.raises(StoreUnavailableError, match="is not known"):
        await take(far_store, Settled(taken.id, taken.attempt, State.SENT))

    line.last_words = b""
    await take(far_store, Settled(taken.id, taken.attempt, State.SENT))
    assert await balanced(far_store) == {"all": 1, "sent": 1}


async def test_an_update_whose_commit_is_in_doubt_has_its_effect_once(
    far_store: PostgresStore, line: Line
) -> None:
    line.last_words = b"COMMIT"
    with pytest.raises(StoreUnavailableError, match="is not known"):
        async with far_store.change(CHAT, 7, EIGHT) as change:
            await change.save(person())

    line.last_words = b""
    async with far_store.change(CHAT, 7, EIGHT) as change:
        assert not change.fresh
        assert change.subscriber == person()


@pytest.mark.usefixtures("impatient")
async def test_a_line_that_falls_silent_holds_nobody_up_for_long(
    far_store: PostgresStore, line: Line
) -> None:
    await keep(far_store, person())
    await far_store.look(CHAT)
    line.silent = True
    for work in (far_store.look(CHAT), keep(far_store, person()), far_store.next_moment()):
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError):
            await work
        assert time.monotonic() - began < 2

    line.silent = False
    await again(lambda: keep(far_store, person()))


@pytest.mark.usefixtures("impatient")
async def test_a_line_that_is_silent_at_the_end_holds_up_no_stop(
    far_store: PostgresStore, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "GOODBYE_SECONDS", 0.1)
    monkeypatch.setattr(presence, "GOODBYE_SECONDS", 0.1)

    async def stopped_while_somebody_changes() -> None:
        async with asyncio.timeout(2), far_store.change(CHAT, None, EIGHT):
            line.silent = True
            await far_store.close()

    with pytest.raises(StoreUnavailableError):
        await stopped_while_somebody_changes()


@pytest.mark.usefixtures("impatient")
async def test_a_row_that_another_program_locks_is_told_and_nothing_is_changed(
    url: str, key_file: Path
) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    async with admin(url) as session, session.transaction():
        await session.execute("SELECT * FROM subscriber FOR UPDATE")
        with pytest.raises(StoreUnavailableError, match="is locked"):
            await keep(store, person(due=None))
        assert await store.look(CHAT) == person()
        assert await take(store) == []

    await keep(store, person(due=None))
    await store.close()


@pytest.mark.usefixtures("impatient")
async def test_looking_never_waits_for_changes_that_are_stuck(url: str, key_file: Path) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    async with admin(url) as session, session.transaction():
        await session.execute("LOCK TABLE plan IN EXCLUSIVE MODE")
        stuck = [keep(store, person(chat)) for chat in range(9)]
        ends = asyncio.gather(*stuck, return_exceptions=True)
        assert await store.look(CHAT) == person()
        assert await store.file_id("none") is None
        assert {type(end) for end in await ends} == {StoreUnavailableError}
    await store.close()


def test_the_waits_for_a_lock_end_within_ten_seconds() -> None:
    assert driver.LOCK_SECONDS < database_module.WRITE_SECONDS
    assert database_module.WAIT_SECONDS + database_module.WRITE_SECONDS < 10


async def test_a_cancelled_change_leaves_no_lock_and_nothing_of_it(
    store: PostgresStore,
) -> None:
    saved = asyncio.Event()

    async def stuck() -> None:
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.save(person())
            saved.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(stuck())
        await saved.wait()
        task.cancel()
    assert await store.look(CHAT) is None
    await keep(store, person())


async def test_a_caller_that_was_cancelled_while_it_waited_for_a_lock_leaves_none_behind(
    store: PostgresStore, url: str
) -> None:
    await keep(store, person())
    async with admin(url) as session, session.transaction():
        await session.execute("SELECT * FROM subscriber FOR UPDATE")
        task = asyncio.get_running_loop().create_task(keep(store, person(due=None)))
        await store.figures(EIGHT)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()

    await keep(store, person(2))
    assert await store.look(CHAT) == person()


async def test_a_callers_own_timeout_is_not_taken_for_the_databases(store: PostgresStore) -> None:
    with pytest.raises(TimeoutError) as caught:
        async with store.change(CHAT, None, EIGHT):
            raise TimeoutError
    assert not isinstance(caught.value, BotError)


async def test_on_a_database_that_can_only_be_read_people_are_seen_and_changes_refused(
    server: PostgresServer, url: str, key_file: Path
) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    await store.close()
    server.sql("CREATE ROLE reader LOGIN SUPERUSER PASSWORD 'x'")
    server.sql("ALTER ROLE reader SET default_transaction_read_only = on")
    only_reading = await opened(url.replace(f"postgres:{PASSWORD}", "reader:x"), key_file)

    assert await only_reading.look(CHAT) == person()
    with pytest.raises(StoreUnavailableError, match="read-only"):
        await keep(only_reading, person())
    await only_reading.close()


async def refused(url: str, key_file: Path) -> BotError:
    with pytest.raises(BotError) as caught:
        await open_store(url, key_file)
    assert PASSWORD not in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"user": GUARDED, "password": "another"}, "refuses its user or password"),
        ({"user": "nobody-of-that-name"}, "refuses its user or password"),
        ({"database": "nowhere"}, "is not there"),
        ({"database": "postgres?search_path=nowhere"}, "has no such schema"),
        ({"user": GUARDED}, "does not let its user create tables"),
    ],
)
async def test_a_wrong_address_is_a_wrong_setting_and_says_what_to_do(
    server: PostgresServer, key_file: Path, wrong: dict[str, str], said: str
) -> None:
    error = await refused(server.url(**wrong), key_file)

    assert isinstance(error, SettingsError)
    assert said in error.problem
    assert "BOT_DATABASE_URL" in error.fix or "create" in error.fix.lower()


async def test_a_server_that_is_not_there_at_the_start_is_only_out_of_reach(
    server: PostgresServer, key_file: Path
) -> None:
    for url in (
        "postgresql://u:canary-of-a-password@127.0.0.1:9/x",
        "postgresql:///x?host=/nowhere",
    ):
        assert isinstance(await refused(url, key_file), StoreUnavailableError)


async def test_a_server_without_a_free_connection_at_the_start_is_only_out_of_reach(
    server: PostgresServer, key_file: Path
) -> None:
    server.sql(f"ALTER ROLE {GUARDED} CONNECTION LIMIT 0")
    try:
        error = await refused(server.url(user=GUARDED), key_file)
    finally:
        server.sql(f"ALTER ROLE {GUARDED} CONNECTION LIMIT -1")

    assert isinstance(error, StoreUnavailableError)
    assert "max_connections" in error.problem


async def test_tables_that_are_deleted_under_the_bot_are_noticed(
    store: PostgresStore, url: str
) -> None:
    async with admin(url) as session:
        await session.execute("DROP TABLE subscriber CASCADE")

    with pytest.raises(StoreBrokenError, match="pg_restore"):
        await store.look(CHAT)


async def test_a_fault_in_our_own_statements_rises_as_it_is(store: PostgresStore) -> None:
    with pytest.raises(asyncpg.UndefinedColumnError):
        await store._database.read("SELECT nothing", {})
    with pytest.raises(asyncpg.DataError):
        await store._database.read("SELECT CAST(:n AS bigint)", {"n": "one"})


KEPT_BACK = [
    (asyncpg.DiskFullError, StoreUnavailableError, "disk is full"),
    (asyncpg.OutOfMemoryError, StoreUnavailableError, "lacks what it needs"),
    (asyncpg.DeadlockDetectedError, StoreUnavailableError, "two at once"),
    (asyncpg.UniqueViolationError, StoreUnavailableError, "two at once"),
    (asyncpg.CannotConnectNowError, StoreUnavailableError, "stopping or starting"),
    (asyncpg.PostgresIOError, StoreUnavailableError, "read or written"),
    (asyncpg.InvalidPasswordError, StoreUnavailableError, "refuses its user"),
    (asyncpg.DataCorruptedError, StoreBrokenError, "is damaged"),
    (asyncpg.InvalidCatalogNameError, StoreBrokenError, "was deleted"),
    (asyncpg.TargetServerAttributeNotMatched, StoreUnavailableError, "cannot be reached"),
]


@pytest.mark.parametrize(("error", "ours", "said"), KEPT_BACK, ids=lambda one: str(one)[-30:])
def test_each_kind_of_failure_is_told_in_words_of_its_own_and_not_in_the_servers(
    error: type[Exception], ours: type[BotError], said: str
) -> None:
    with pytest.raises(ours, match=said) as caught, translated("here/x"):
        raise error("the words of a server, which may quote anything")
    assert "quote" not in str(caught.value)


def test_a_certificate_nobody_trusts_is_a_wrong_setting_at_the_start() -> None:
    with pytest.raises(SettingsError, match="sslrootcert"), translated("here/x", starting=True):
        raise ssl.SSLCertVerificationError
    with pytest.raises(StoreUnavailableError), translated("here/x"):
        raise ssl.SSLCertVerificationError


async def test_a_server_that_speaks_no_tls_was_reached_and_is_a_wrong_setting(
    server: PostgresServer, key_file: Path
) -> None:
    error = await refused(f"{server.url()}?sslmode=require", key_file)

    assert isinstance(error, SettingsError)
    assert error.problem.endswith("can be reached, but its server speaks no TLS.")
    assert "ssl = on" in error.fix


async def test_a_server_that_speaks_no_tls_any_more_is_told_as_what_it_is(
    server: PostgresServer,
) -> None:
    address = postgres_address(f"{server.url()}?sslmode=require")
    store = await PostgresDatabase.open(address)
    with pytest.raises(StoreUnavailableError, match="speaks no TLS"):
        await store.read("SELECT 1", {})
    await store.close()


async def test_a_server_that_is_to_be_verified_by_nothing_is_a_wrong_setting(
    server: PostgresServer, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/nowhere")
    error = await refused(f"{server.url()}?sslmode=verify-full", key_file)

    assert isinstance(error, SettingsError)
    assert "sslrootcert=FILE" in error.fix


def test_an_option_that_the_library_cannot_use_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL"), translated("x", starting=True):
        raise asyncpg.ClientConfigurationError("the words of a library")


def test_the_address_is_never_shown_with_its_password() -> None:
    address = postgres_address(f"postgresql://me:{PASSWORD}@db.example:5432/unknot")

    assert (PASSWORD in repr(address), address.name) == (False, "db.example:5432/unknot")


async def test_a_store_that_cannot_be_opened_whole_leaves_no_session(
    server: PostgresServer, url: str, key_file: Path
) -> None:
    async with admin(url) as session:
        await session.execute("CREATE TABLE theirs (x integer)")
        with pytest.raises(StoreBrokenError, match="another program"):
            await opened(url, key_file)
        left = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'unknot'"
        async with asyncio.timeout(5):
            while await session.fetchval(left):
                await session.execute("SELECT pg_sleep(0.01)")


async def test_many_rows_at_once_are_counted_as_often_as_they_changed(
    store: PostgresStore,
) -> None:
    async with store._database.writing() as transaction:
        assert isinstance(transaction, PostgresTransaction)
        keep_id = "INSERT INTO media_file VALUES (:digest, 'x', 1) ON CONFLICT DO NOTHING"
        values = [{"digest": one} for one in ("a", "b", "a")]
        assert await transaction.each(keep_id, values) == 2
        assert await transaction.each(keep_id, []) == 0
