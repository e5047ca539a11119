"""What doctor says of a database on a PostgreSQL server."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.checkup import served
from bot.store.postgres.examine import PostgresExamination
from bot.store.postgres.prepare import migrate, migrations
from bot.store.postgres.rights import Rights
from bot.store.urls import postgres_address
from tests.commands.patient import Patient, little_content, patient
from tests.postgres_server import GUARDED, PASSWORD, PostgresServer
from tests.store.contract import keep, person
from tests.store.postgres_databases import admin, guest, new_schema, opened

__all__ = ["little_content", "patient"]

NEWEST = max(migrations())
ALL = Rights("public", creates=True, writes=True, owns=True, read_only=False, standby=False)


@pytest.fixture
async def url(server: PostgresServer, patient: Patient) -> str:
    made = await new_schema(server)
    patient.sets(BOT_DATABASE_URL=made)
    return made


async def inhabit(url: str, key_file: Path) -> None:
    store = await opened(url, key_file)
    await keep(store, person())
    await store.close()


async def test_a_database_in_use_is_told_with_server_schema_and_key(
    patient: Patient, url: str
) -> None:
    await inhabit(url, patient.key)
    report = await patient.examined()

    assert "/postgres answers (PostgreSQL 18" in report.about("database")
    assert "at a power cut" in report.about("database")  # so are the tests' servers set
    assert report.about("schema") == f"ok       schema: version {NEWEST}, the newest"
    assert "ok       key: it is the one" in report.about("key")
    assert "no reminder is planned in the next 24 hours" in report.about("rate")
    assert PASSWORD not in "\n".join(report.lines)


async def test_an_empty_database_is_well_and_gets_its_tables_at_the_first_start(
    patient: Patient, url: str
) -> None:
    report = await patient.examined()

    assert "the first start makes its tables" in report.about("database")
    assert "carry 1,740 reminders a minute" in report.about("rate")
    async with admin(url) as session:
        assert (
            await session.fetch("SELECT 1 FROM pg_tables WHERE schemaname = current_schema()") == []
        )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM schema_version WHERE version > 5", "the next start brings it to"),
        ("INSERT INTO schema_version VALUES (9999)", "PROBLEM  schema: version 9999"),
        ("DROP TABLE schema_version", "belong to another program"),
    ],
)
async def test_another_version_and_another_program_are_told(
    patient: Patient, url: str, change: str, said: str
) -> None:
    async with admin(url) as session:
        await migrate(session, migrations())
        await session.execute(change)

    report = await patient.examined()
    assert said in report.about("schema")


def test_a_server_that_keeps_what_it_committed_is_well(patient: Patient) -> None:
    address = postgres_address("postgresql://db.example/unknot")
    found = PostgresExamination("18.6", "UTF8", durable=True, rights=ALL, tables=frozenset())

    said = [str(one) for one in served.judged(patient.case(), address, found)]
    assert all(line.startswith("ok") for line in said)


async def test_a_key_that_is_another_or_missing_is_a_problem(patient: Patient, url: str) -> None:
    await inhabit(url, patient.folder / "first.key")
    assert "is not there" in await patient.about("key")

    patient.key.write_text("ab" * 32)
    patient.key.chmod(0o600)
    assert "is another than the database was made with" in await patient.about("key")


async def test_what_cannot_be_reached_or_entered_is_a_problem_with_its_cause(
    server: PostgresServer, patient: Patient
) -> None:
    for address, said in (
        (f"postgresql://u:{PASSWORD}@127.0.0.1:9/x", "cannot be reached"),
        (server.url(user=GUARDED, password="canary"), "refuses its user or password"),
        (server.url(database="nowhere"), "is not there"),
        (f"postgresql://u:{PASSWORD}@host", "names no PostgreSQL database"),
    ):
        patient.sets(BOT_DATABASE_URL=address)
        found = await patient.about("database")
        assert found.startswith("PROBLEM")
        assert said in found


async def test_a_user_that_may_not_write_its_tables_is_a_problem(
    patient: Patient, url: str
) -> None:
    await inhabit(url, patient.key)
    for rights in (("SELECT",), ()):
        patient.sets(BOT_DATABASE_URL=await guest(url, *rights))
        found = await patient.about("database")
        assert "PROBLEM  database: The database does not let its user write its tables" in found
        assert "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA test_" in found


async def test_an_empty_database_in_which_no_table_may_be_made_is_a_problem(
    patient: Patient, url: str
) -> None:
    patient.sets(BOT_DATABASE_URL=await guest(url))
    found = await patient.about("database")

    assert "PROBLEM  database: The database does not let its user create tables" in found
    assert "the first start makes" not in found


async def test_tables_that_the_next_start_may_not_change_are_a_problem(
    patient: Patient, url: str
) -> None:
    async with admin(url) as session:
        await migrate(session, migrations())
        await session.execute("DELETE FROM schema_version WHERE version = $1", NEWEST)
    patient.sets(BOT_DATABASE_URL=await guest(url, "SELECT", "INSERT", "UPDATE", "DELETE"))

    assert "PROBLEM  database: The database has to be" in await patient.about("database")


async def test_a_schema_that_is_not_there_is_a_problem(
    server: PostgresServer, patient: Patient
) -> None:
    patient.sets(BOT_DATABASE_URL=server.url("postgres?search_path=nowhere"))

    assert "PROBLEM  database: The database has no such schema" in await patient.about("database")


async def test_transactions_that_only_read_are_a_problem(
    server: PostgresServer, patient: Patient, url: str
) -> None:
    await inhabit(url, patient.key)
    patient.sets(BOT_DATABASE_URL=await guest(url, "SELECT", "INSERT", "UPDATE", "DELETE"))
    server.sql(f"ALTER ROLE {GUARDED} SET default_transaction_read_only = on")
    try:
        report = await patient.examined()
    finally:
        server.sql(f"ALTER ROLE {GUARDED} RESET default_transaction_read_only")

    assert "PROBLEM  database: nothing can be written" in report.about("database")
    assert "default_transaction_read_only" in report.about("database")
    assert "ok       key" in report.about("key")


def test_a_standby_is_a_problem(patient: Patient) -> None:
    address = postgres_address("postgresql://db.example/unknot")
    rights = replace(ALL, read_only=True, standby=True)
    found = PostgresExamination("18.6", "UTF8", durable=True, rights=rights, tables=frozenset())

    said = [str(one) for one in served.judged(patient.case(), address, found)]
    assert any("is a standby" in line and "primary" in line for line in said)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
async def test_a_database_of_another_encoding_is_a_warning(
    server: PostgresServer, patient: Patient, encoding: str
) -> None:
    name = encoding.lower()
    made = f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LOCALE 'C'"
    server.sql(made)
    patient.sets(BOT_DATABASE_URL=server.url(name))

    assert f"warning  database: its encoding is {encoding}" in await patient.about("database")
    server.sql(f"DROP DATABASE {name}")
