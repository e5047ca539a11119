"""What doctor says of a database on a PostgreSQL server."""

from pathlib import Path

import pytest

from bot.commands.checkup import served
from bot.store.postgres.examine import PostgresExamination
from bot.store.postgres.prepare import migrate, migrations
from bot.store.urls import postgres_address
from tests.commands.patient import Patient, little_content, patient
from tests.postgres_server import GUARDED, PASSWORD, PostgresServer
from tests.store.contract import keep, person
from tests.store.postgres_databases import admin, new_schema, opened

__all__ = ["little_content", "patient"]

NEWEST = max(migrations())


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
    found = PostgresExamination("18.6", "UTF8", durable=True, tables=frozenset())

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


async def test_a_database_of_another_encoding_is_a_warning(
    server: PostgresServer, patient: Patient
) -> None:
    async with admin(server.url()) as session:
        await session.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    patient.sets(BOT_DATABASE_URL=server.url("latin"))

    assert "warning  database: its encoding is LATIN1" in await patient.about("database")
    async with admin(server.url()) as session:
        await session.execute("DROP DATABASE latin")
