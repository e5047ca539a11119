"""What its user may do: told at the start where it is too little, and again when it is taken away."""

from pathlib import Path

import pytest

from bot.errors import BotError, SettingsError, StoreUnavailableError
from bot.store.postgres.prepare import TABLES, migrate, migrations
from bot.store.postgres.rights import OUR_TABLES
from tests.postgres_server import GUARDED, PASSWORD, PostgresServer
from tests.store.contract import CHAT, EIGHT, balanced, daily, keep, person, take
from tests.store.postgres_databases import admin, guest, opened

READ = ("SELECT",)
WORK = ("SELECT", "INSERT", "UPDATE", "DELETE")


async def made(url: str, key_file: Path) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    await store.close()


async def refused(url: str, key_file: Path) -> BotError:
    with pytest.raises(SettingsError) as caught:
        await opened(url, key_file)
    assert PASSWORD not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("rights", [READ, WORK[1:], WORK[:1] + WORK[2:], WORK[:2], ()])
async def test_a_user_that_may_not_write_the_tables_is_refused_with_the_grant_to_make(
    url: str, key_file: Path, rights: tuple[str, ...]
) -> None:
    await made(url, key_file)
    error = await refused(await guest(url, *rights), key_file)

    assert error.problem == "The database does not let its user write its tables."
    schema = url.partition("search_path=")[2]
    grant = f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO"
    assert grant in error.fix


async def test_with_that_grant_a_user_that_owns_nothing_does_all_the_work(
    url: str, key_file: Path
) -> None:
    await made(url, key_file)
    store = await opened(await guest(url, *WORK), key_file)
    await keep(store, person(2))
    await store.materialise(EIGHT, daily)

    assert len(await take(store)) == 2
    assert await balanced(store) == {"all": 2, "sending": 2}
    await store.close()


async def test_what_others_keep_beside_our_tables_is_nothing_to_us(
    url: str, key_file: Path
) -> None:
    await made(url, key_file)
    theirs = await guest(url, *WORK)
    async with admin(url) as session:
        await session.execute("CREATE TABLE theirs (x integer)")

    await (await opened(theirs, key_file)).close()


async def test_a_right_that_is_taken_away_is_told_as_it_is_and_work_goes_on_when_it_is_back(
    url: str, key_file: Path
) -> None:
    await made(url, key_file)
    store = await opened(await guest(url, *WORK), key_file)
    async with admin(url) as session:
        await session.execute(f"REVOKE UPDATE ON subscriber FROM {GUARDED}")
        with pytest.raises(StoreUnavailableError, match="does not let its user read or write"):
            await keep(store, person(due=None))
        assert await store.look(CHAT) == person()
        await session.execute(f"GRANT UPDATE ON subscriber TO {GUARDED}")

    await keep(store, person(due=None))
    await store.close()


async def test_an_empty_schema_in_which_no_table_may_be_made_is_refused(
    url: str, key_file: Path
) -> None:
    error = await refused(await guest(url), key_file)

    assert "does not let its user create tables" in error.problem
    assert "GRANT CREATE ON SCHEMA test_" in error.fix
    await (await opened(await guest(url, "CREATE"), key_file)).close()


async def test_a_schema_that_is_closed_to_its_user_is_told_with_the_grant_to_make(
    url: str, key_file: Path
) -> None:
    await made(url, key_file)
    theirs = await guest(url, *WORK)
    async with admin(url) as session:
        schema = url.partition("search_path=")[2]
        await session.execute(f"REVOKE USAGE ON SCHEMA {schema} FROM {GUARDED}")

    assert "GRANT USAGE" in (await refused(theirs, key_file)).fix


async def test_tables_of_an_older_version_that_belong_to_another_are_refused_and_left_alone(
    url: str, key_file: Path
) -> None:
    steps = migrations()
    older = {number: step for number, step in steps.items() if number < max(steps)}
    async with admin(url) as session:
        await migrate(session, older)
        error = await refused(await guest(url, *WORK, "CREATE"), key_file)

        assert "does not own its tables" in error.problem
        assert "their owner" in error.fix
        assert await session.fetchval("SELECT max(version) FROM schema_version") == max(older)


async def test_a_user_that_may_not_connect_is_refused(
    server: PostgresServer, key_file: Path
) -> None:
    server.sql("CREATE DATABASE closed")
    server.sql("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
    error = await refused(server.url("closed", user=GUARDED), key_file)

    assert "refuses its user a right" in error.problem
    server.sql("DROP DATABASE closed")


async def test_each_of_our_tables_is_looked_at(url: str) -> None:
    async with admin(url) as session:
        await migrate(session, migrations())
        assert {name for (name,) in await session.fetch(TABLES)} == set(OUR_TABLES)
