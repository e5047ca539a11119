"""From an empty schema, or an older version, to ours; never back. And the key that belongs to it."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from bot.errors import SettingsError, StoreBrokenError
from bot.store import migrate as sqlite_steps
from bot.store.postgres.driver import Session, connect
from bot.store.postgres.prepare import OLDEST_SERVER, check_server, migrate, migrations
from bot.store.urls import postgres_address
from tests.store.contract import CHAT, keep, person
from tests.store.postgres_databases import admin, opened

STEPS = migrations()
NEXT = max(STEPS) + 1
ADDED = {**STEPS, NEXT: "CREATE TABLE added (x integer); INSERT INTO added VALUES (1)"}
SHAPE = """
    SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name <> 'schema_version'
"""


@pytest.fixture
async def session(url: str) -> AsyncIterator[Session]:
    made = await connect(postgres_address(url))
    yield made
    await made.close(timeout=1)


async def version(session: Session) -> int:
    ((number,),) = await session.fetch("SELECT max(version) FROM schema_version")
    return int(number)


async def shape(session: Session) -> set[tuple[str, str]]:
    return {(table, column) for table, column in await session.fetch(SHAPE)}


def test_both_databases_end_at_the_same_version_and_go_on_with_the_same_numbers() -> None:
    theirs = sqlite_steps.migrations()

    assert list(STEPS) == [number for number in theirs if number >= 5]


async def test_both_databases_have_the_same_tables_with_the_same_columns(
    session: Session, tmp_path: Path
) -> None:
    await migrate(session, STEPS)
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as db:
        sqlite_steps.migrate(db, sqlite_steps.migrations())
        columns = db.execute(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND m.name <> 'schema_version'"
        )
        assert await shape(session) == set(columns)


async def test_an_empty_schema_gets_every_step_and_then_none(session: Session) -> None:
    await migrate(session, STEPS)
    made = await shape(session)
    await migrate(session, STEPS)

    assert (await version(session), await shape(session)) == (max(STEPS), made)


async def test_an_older_database_gets_only_the_steps_it_lacks(session: Session) -> None:
    await migrate(session, STEPS)
    await migrate(session, ADDED)

    assert await version(session) == NEXT
    assert await session.fetch("SELECT x FROM added") == [(1,)]


async def test_a_step_that_fails_leaves_the_version_before_it_whole(session: Session) -> None:
    await migrate(session, STEPS)
    with pytest.raises(asyncpg.UndefinedTableError):
        await migrate(session, {**STEPS, NEXT: "CREATE TABLE added (x int); DELETE FROM nowhere"})

    assert await version(session) == max(STEPS)
    assert ("added", "x") not in await shape(session)


async def test_a_newer_database_is_refused_and_left_as_it_is(url: str, key_file: Path) -> None:
    async with admin(url) as session:
        await migrate(session, ADDED)
        with pytest.raises(StoreBrokenError, match=r"newer bot.*pg_restore"):
            await opened(url, key_file)

        assert await version(session) == NEXT


async def test_another_programs_tables_are_refused_and_left_as_they_are(
    url: str, key_file: Path
) -> None:
    async with admin(url) as session:
        await session.execute("CREATE TABLE theirs (x integer)")
        with pytest.raises(StoreBrokenError, match="another program"):
            await opened(url, key_file)

        assert await shape(session) == {("theirs", "x")}


def test_a_server_that_is_too_old_is_refused_with_what_is_needed() -> None:
    check_server(OLDEST_SERVER)
    with pytest.raises(SettingsError, match=f"needs {OLDEST_SERVER} or newer"):
        check_server(OLDEST_SERVER - 1)


async def test_the_first_start_makes_a_key_and_the_next_one_uses_it(
    url: str, key_file: Path
) -> None:
    first = await opened(url, key_file)
    await keep(first, person())
    await first.close()
    second = await opened(url, key_file)

    assert await second.look(CHAT) == person()
    await second.close()


async def test_without_its_key_a_database_that_holds_anybody_is_refused(
    url: str, key_file: Path, tmp_path: Path
) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    await store.close()

    with pytest.raises(SettingsError, match="there is no such file"):
        await opened(url, tmp_path / "gone.key")
    (tmp_path / "other.key").write_text("ab" * 32)
    with pytest.raises(SettingsError, match="another key"):
        await opened(url, tmp_path / "other.key")
    await (await opened(url, key_file)).close()


async def test_while_it_holds_nobody_a_database_takes_a_new_key(
    url: str, key_file: Path, tmp_path: Path
) -> None:
    await (await opened(url, key_file)).close()
    store = await opened(url, tmp_path / "new.key")
    await keep(store, person())
    await store.close()

    with pytest.raises(SettingsError, match="another key"):
        await opened(url, key_file)


async def test_a_database_names_no_one_to_whoever_reads_it(url: str, key_file: Path) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    await store.close()
    async with admin(url) as session:
        ((lookup, sealed),) = await session.fetch("SELECT chat_lookup, chat_sealed FROM subscriber")

    plain = CHAT.to_bytes(8, "big", signed=True)
    assert plain not in lookup + sealed
