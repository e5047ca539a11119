"""What doctor says of folders, rights, disk, database and key."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.checkup.disk import permissions, space
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from tests.commands.patient import Patient, little_content, never_as_root, open_folder, patient
from tests.store.contract import EIGHT, daily, keep, person

__all__ = ["little_content", "open_folder", "patient"]


async def test_a_data_folder_below_a_file_is_a_problem(patient: Patient) -> None:
    (patient.folder / "file").write_text("")
    patient.sets(BOT_DATA_DIR=str(patient.folder / "file" / "data"))
    report = await patient.examined()

    assert report.about("data folder").startswith("PROBLEM")
    assert report.about("database").startswith("PROBLEM")
    assert report.about("token").startswith("ok")


async def test_a_folder_that_is_closed_to_us_is_a_problem_and_no_crash(
    patient: Patient, open_folder: Path
) -> None:
    patient.sets(BOT_DATA_DIR=str(open_folder / "data"))
    prepare(open_folder / "data" / "unknot.db", open_folder / "data.key")
    (open_folder / "data").chmod(0)
    with never_as_root():
        report = await patient.examined()

    assert "cannot be written by this user" in report.about("data folder")
    assert "Permission denied" in report.about("database")
    assert report.about("settings")


async def test_a_database_that_is_read_only_is_a_problem(
    patient: Patient, open_folder: Path
) -> None:
    patient.sets(BOT_DATA_DIR=str(open_folder / "data"))
    database = open_folder / "data" / "unknot.db"
    prepare(database, open_folder / "data.key")
    for path, mode in ((database.parent, 0o777), (database, 0o444)):
        path.chmod(mode)
    with never_as_root():
        report = await patient.examined()

    assert f"{database} cannot be written" in report.about("database")


async def test_a_disk_that_runs_full_is_told_ahead(patient: Patient) -> None:
    assert [str(line)[:7] for line in space(patient.case(), least=2**80)] == ["warning"]
    assert [str(line)[:3] for line in space(patient.case(), least=0)] == ["ok "]


async def test_files_that_others_may_read_are_named_with_the_command_to_close_them(
    patient: Patient,
) -> None:
    prepare(patient.database, patient.key)
    assert "only its owner may read" in await patient.about("database")
    patient.database.chmod(0o644)
    patient.key.chmod(0o640)
    report = await patient.examined()

    assert f"Fix: chmod 600 {patient.database}" in report.about("database")
    assert "PROBLEM  key: other users" in report.about("key")


async def test_files_of_another_user_are_told(patient: Patient) -> None:
    prepare(patient.database, patient.key)
    owner = patient.key.stat().st_uid
    said = [str(line) for line in permissions(patient.case(user=owner + 1))]

    assert [f"another user (uid {owner})" in line for line in said] == [True, True]


async def test_a_key_inside_the_data_folder_is_told(patient: Patient) -> None:
    patient.sets(BOT_KEY_FILE=str(patient.folder / "data" / "unknot.key"))

    assert "inside the data folder" in await patient.about("key")


async def test_a_database_address_that_is_none_of_ours_is_a_problem_without_it(
    patient: Patient,
) -> None:
    patient.sets(BOT_DATABASE_URL="mysql://canary")

    assert (await patient.about("database")).startswith("PROBLEM")


def garbage(database: Path) -> None:
    database.write_bytes(b"no database at all, but rather long" * 100)


def torn(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'plan'").fetchall()
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def foreign(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as db:
        db.execute("CREATE TABLE songs (title TEXT)")


def newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("INSERT INTO schema_version (version) VALUES (9999)")
        db.commit()


def older(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("DELETE FROM schema_version WHERE version > 2")
        db.commit()


@pytest.mark.parametrize(
    ("harm", "subject", "says"),
    [
        (garbage, "database", "PROBLEM"),
        (torn, "database", "PROBLEM"),
        (foreign, "schema", "PROBLEM"),
        (newer, "schema", "PROBLEM"),
        (older, "schema", "warning"),
    ],
)
async def test_what_is_wrong_with_the_database_is_named(
    patient: Patient, harm: Callable[[Path], None], subject: str, says: str
) -> None:
    await patient.inhabit()
    harm(patient.database)

    assert says in await patient.about(subject)


async def test_an_empty_file_is_a_database_that_nobody_began(patient: Patient) -> None:
    patient.database.parent.mkdir()
    patient.database.touch(0o600)

    assert "is whole" in await patient.about("database")


async def test_a_locked_database_is_a_warning_for_it_may_pass(patient: Patient) -> None:
    await patient.inhabit()
    with closing(sqlite3.connect(patient.database)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("UPDATE subscriber SET stopped = 0")
        report = await patient.examined()

    assert "locked" in report.about("database")
    assert report.status == 0


@pytest.mark.parametrize("key", [None, "ab" * 32, "canary"])
async def test_a_key_that_does_not_fit_is_a_problem_once_people_are_in_the_database(
    patient: Patient, key: str | None
) -> None:
    await patient.inhabit()
    patient.key.unlink()
    if key is not None:
        patient.sets(BOT_KEY_FILE=str(patient.folder / "other.key"))
        (patient.folder / "other.key").touch(0o600)
        (patient.folder / "other.key").write_text(key)

    assert "PROBLEM" in await patient.about("key")


async def test_without_people_no_key_is_needed_yet(patient: Patient) -> None:
    prepare(patient.database, patient.key)
    patient.key.unlink()

    assert "none is needed yet" in await patient.about("key")


async def test_a_write_ahead_log_that_grew_is_told(patient: Patient) -> None:
    store = await SqliteStore.open(patient.database, patient.key)
    await keep(store, person())
    log = patient.database.with_name("unknot.db-wal")
    with log.open("r+b") as file:
        file.truncate(200 * 2**20)
    line = await patient.about("write-ahead log")
    await store.close()

    assert line.startswith("warning")


@pytest.mark.astray
@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("SELECT 1", "ok"),
        ("DELETE FROM occurrence", "PROBLEM"),
        ("UPDATE daily_count SET n = 0", "PROBLEM"),
    ],
)
async def test_a_reminder_that_is_lost_or_counted_twice_is_a_problem(
    patient: Patient, harm: str, says: str
) -> None:
    await patient.inhabit()
    store = await SqliteStore.open(patient.database, patient.key)
    await store.materialise(EIGHT, daily)
    await store.close()
    with closing(sqlite3.connect(patient.database)) as db:
        db.execute(harm)
        db.commit()

    assert (await patient.about("reminders")).startswith(says)
