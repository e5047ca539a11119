"""Locked, full, damaged, vanished: what the bot is told, and that nothing is half done."""

import asyncio
import resource
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store import database as database_module
from bot.store.database import Database
from bot.store.dialect import Transaction
from bot.store.failures import translated
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from bot.store.statements import COUNT
from tests.store.contract import CHAT, EIGHT, balanced, daily, keep, person, take
from tests.store.damage import damage


@contextmanager
def locked(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def move(database: Path) -> None:
    database.rename(database.with_name("elsewhere.db"))


def make_empty(database: Path) -> None:
    database.touch()


async def keep_many(store: SqliteStore, people: int) -> None:
    for chat in range(people):
        await keep(store, person(chat))


async def workers_ended() -> None:
    """Wait for the threads of connections that failed; they end a moment after the error."""
    for thread in threading.enumerate():
        if "connection_worker" in thread.name:
            await asyncio.to_thread(thread.join)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same waits, a hundred times shorter."""
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.06)
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.09)


def test_the_waits_outlast_a_lock_of_5_s_and_end_within_10_s() -> None:
    assert 5 < database_module.BUSY_SECONDS < database_module.PATIENCE_SECONDS < 10


async def test_a_short_lock_only_delays(store: SqliteStore, database: Path) -> None:
    async with asyncio.TaskGroup() as group:
        with locked(database):
            saving = group.create_task(keep(store, person()))
            await store.look(CHAT)
            assert not saving.done()

    assert await store.look(CHAT) == person()


@pytest.mark.usefixtures("impatient")
async def test_a_long_lock_is_told_and_changes_nothing(store: SqliteStore, database: Path) -> None:
    with locked(database), pytest.raises(StoreUnavailableError, match="locked"):
        await keep(store, person())

    assert await store.look(CHAT) is None
    await keep(store, person())


@pytest.mark.usefixtures("impatient")
async def test_all_who_queue_behind_a_lock_hear_of_it_in_time(
    store: SqliteStore, database: Path
) -> None:
    began = asyncio.get_running_loop().time()
    with locked(database):
        ends = await asyncio.gather(
            *(keep(store, person(chat)) for chat in range(9)), return_exceptions=True
        )

    assert {type(end) for end in ends} == {StoreUnavailableError}
    assert asyncio.get_running_loop().time() - began < 1


async def test_in_a_hurry_nobody_waits_for_a_lock_as_long_as_else(
    store: SqliteStore, database: Path
) -> None:
    began = asyncio.get_running_loop().time()
    store.hurry(0.1)
    with locked(database):
        ends = await asyncio.gather(
            *(keep(store, person(chat)) for chat in range(3)), return_exceptions=True
        )

    assert {type(end) for end in ends} == {StoreUnavailableError}
    assert asyncio.get_running_loop().time() - began < 2
    await keep(store, person())


async def test_looking_never_waits_for_a_blocked_write(store: SqliteStore, database: Path) -> None:
    await keep(store, person())
    async with asyncio.TaskGroup() as group:
        with locked(database):
            blocked = group.create_task(keep(store, person()))
            async with asyncio.timeout(2):
                assert await store.look(CHAT) == person()
            assert not blocked.done()


async def test_a_cancelled_change_leaves_no_transaction_open(
    store: SqliteStore, database: Path
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
    with locked(database):
        assert await store.look(CHAT) is None


async def test_one_cancelled_while_it_waits_for_a_lock_leaves_none_behind(
    store: SqliteStore, database: Path
) -> None:
    async with asyncio.TaskGroup() as group:
        with locked(database):
            task = group.create_task(keep(store, person()))
            for _ in range(2):  # the second reaches it while it cleans up
                await store.look(CHAT)
                task.cancel()
            await store.look(CHAT)

    await keep(store, person(2))
    with locked(database):
        assert await store.look(CHAT) is None


async def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(
    database: Path, key_file: Path
) -> None:
    store = await SqliteStore.open(database, key_file)
    writer = store._database._writer
    ((pages,),) = await writer.execute_fetchall("PRAGMA page_count")
    await writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailableError, match="disk is full"):
        await keep_many(store, 1000)

    kept = [chat for chat in range(1000) if await store.look(chat)]
    await writer.execute("PRAGMA max_page_count = 100000")
    await keep(store, person(2000))
    assert await store.materialise(EIGHT, daily) == len(kept) + 1
    await store.close()


async def test_nothing_is_handed_out_that_could_not_be_recorded(
    store: SqliteStore, database: Path
) -> None:
    await keep(store, person())
    await store.materialise(EIGHT, daily)
    await store._database._writer.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailableError, match="cannot be written"):
        await take(store)

    assert await balanced(store) == {"all": 1, "due": 1}


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file of this process grow, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


async def test_after_a_write_that_failed_work_with_nothing_to_write_tells_the_truth_too(
    store: SqliteStore,
) -> None:
    with no_room():
        assert await store.materialise(EIGHT, daily) == 0
        with pytest.raises(StoreUnavailableError):
            await keep(store, person())
        with pytest.raises(StoreUnavailableError):
            await store.materialise(EIGHT, daily)

    assert await store.materialise(EIGHT, daily) == 0
    await keep(store, person())


@pytest.fixture
def missed_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time to wait for a disk that comes back."""
    monkeypatch.setattr(database_module, "AWAY_SECONDS", 0)


async def test_a_folder_that_is_gone_for_a_moment_is_only_out_of_reach(
    store: SqliteStore, database: Path
) -> None:
    folder = database.parent.rename(database.parent.with_name("unmounted"))
    with pytest.raises(StoreUnavailableError, match="gone"):
        await keep(store, person())
    with pytest.raises(StoreUnavailableError, match="gone"):
        await store.look(CHAT)
    folder.rename(database.parent)

    await keep(store, person())
    assert await store.look(CHAT) == person()


async def test_another_file_in_the_databases_place_is_never_taken_for_it(
    store: SqliteStore, database: Path
) -> None:
    move(database)
    make_empty(database)

    with pytest.raises(StoreBrokenError, match="moved, deleted or replaced"):
        await store.look(CHAT)


@pytest.mark.usefixtures("missed_long_ago")
async def test_a_database_deleted_under_the_bot_is_noticed(
    store: SqliteStore, database: Path
) -> None:
    move(database)

    with pytest.raises(StoreBrokenError, match="moved, deleted or replaced"):
        await keep(store, person())
    with pytest.raises(StoreBrokenError):
        await store.look(CHAT)


async def test_an_error_of_our_own_making_rises_as_it_is(store: SqliteStore) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await store._database.read("SELECT * FROM nowhere", {})


def test_sqlites_own_word_for_a_moved_file_is_understood(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY_DBMOVED

    with pytest.raises(StoreBrokenError, match="moved"), translated(tmp_path / "x"):
        raise error


def test_a_file_that_is_no_database_is_refused_with_the_way_back(
    database: Path, key_file: Path
) -> None:
    content = b"no database at all, but rather long" * 100
    database.parent.mkdir()
    database.write_bytes(content)

    with pytest.raises(StoreBrokenError, match="bot restore FILE"):
        prepare(database, key_file)
    assert database.read_bytes() == content


@pytest.mark.parametrize("table", ["subscriber", "plan", "media_file"])
async def test_a_damaged_page_is_found_after_the_start_wherever_it_is(
    database: Path, key_file: Path, table: str
) -> None:
    prepare(database, key_file)
    damage(database, table)

    store = await SqliteStore.open(database, key_file)
    with pytest.raises(StoreBrokenError, match="damaged"):
        await store.examine()
    await store.close()


def test_a_damaged_page_that_every_start_reads_ends_it_at_once(
    database: Path, key_file: Path
) -> None:
    prepare(database, key_file)
    damage(database, "schema_version")

    with pytest.raises(StoreBrokenError, match="damaged"):
        prepare(database, key_file)


async def test_a_database_locked_at_start_is_only_out_of_reach(
    database: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(database, key_file)
    monkeypatch.setattr("bot.store.prepare.BUSY_SECONDS", 0.05)
    with locked(database), pytest.raises(StoreUnavailableError):
        await SqliteStore.open(database, key_file)

    await (await SqliteStore.open(database, key_file)).close()


async def test_a_path_below_a_file_is_a_wrong_setting(tmp_path: Path, key_file: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="BOT_DATABASE_URL"):
        await SqliteStore.open(tmp_path / "file" / "unknot.db", key_file)
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL"):
        prepare(tmp_path / "file" / "unknot.db", key_file)


def test_a_folder_in_the_databases_place_is_a_wrong_setting(database: Path, key_file: Path) -> None:
    database.mkdir(parents=True)

    with pytest.raises(SettingsError, match="cannot be opened"):
        prepare(database, key_file)


async def test_a_second_process_on_the_database_is_refused(
    store: SqliteStore, database: Path, key_file: Path
) -> None:
    with pytest.raises(SettingsError, match="Another process runs on this database"):
        await SqliteStore.open(database, key_file)

    prepare(database, key_file)  # looking at it beside the bot is fine


async def test_a_file_that_vanished_before_connecting_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        await Database.open(tmp_path / "gone.db")
    await workers_ended()
    assert not files_in(tmp_path)


async def test_a_reader_that_cannot_connect_takes_the_writer_with_it(
    database: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(database, key_file)
    monkeypatch.setattr(database_module, "EACH", "SELECT * FROM nowhere;")

    with pytest.raises(sqlite3.OperationalError):
        await Database.open(database)
    await workers_ended()


async def test_work_whose_caller_was_cancelled_is_undone(
    store: SqliteStore, database: Path
) -> None:
    began, cancelled = threading.Event(), threading.Event()

    async def work(transaction: Transaction) -> None:
        await transaction.each(COUNT, [{"day": "2030-03-04", "name": "all", "n": 1}])
        began.set()
        cancelled.wait(5)

    opened = await Database.open(database)
    try:
        task = asyncio.ensure_future(opened.at_once(work))  # noqa: TID251 - a test's own
        await asyncio.to_thread(began.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        cancelled.set()
        await keep(store, person())  # waits until the file is free again
        assert await opened.read("SELECT n FROM daily_count WHERE name = 'all'", {}) == []
    finally:
        await opened.close()


async def test_work_in_one_visit_may_wait_for_nothing_but_its_statements(
    store: SqliteStore, database: Path
) -> None:
    opened = await Database.open(database)
    try:
        with pytest.raises(RuntimeError, match="its own statements alone"):
            await opened.at_once(lambda _transaction: asyncio.sleep(0))
        await keep(store, person())
    finally:
        await opened.close()
