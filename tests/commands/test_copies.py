"""`backup` and `restore` as commands: each wrong call is one line, status 78, and changes nothing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from tests.commands.test_bad_starts import refused, start
from tests.store.contract import CHAT, keep, person


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a folder with a database that holds somebody, its key, and a copy."""

    async def work() -> None:
        store = await SqliteStore.open(tmp_path / "data" / "unknot.db", tmp_path / "data.key")
        await keep(store, person(CHAT))
        await store.close()

    asyncio.run(work())
    assert start(tmp_path, "backup", "copy.db").returncode == 0
    return tmp_path


def contents(folder: Path) -> dict[Path, bytes]:
    """Return all that the folder holds; empty files are locks."""
    return {
        path: text for path in folder.rglob("*") if path.is_file() and (text := path.read_bytes())
    }


def test_a_copy_and_its_key_bring_people_back_on_another_machine(
    machine: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "data.key").write_bytes((machine / "data.key").read_bytes())
    done = start(other, "restore", str(machine / "copy.db"))

    assert done.returncode == 0
    assert "1 subscribers are back" in done.stdout


def test_restore_over_people_is_one_line_and_changes_nothing(machine: Path) -> None:
    before = contents(machine)

    assert "is not written over" in refused(start(machine, "restore", "copy.db"))
    assert contents(machine) == before


def test_a_copy_over_an_older_copy_is_one_line_and_changes_nothing(machine: Path) -> None:
    before = contents(machine)

    assert "is there already" in refused(start(machine, "backup", "copy.db"))
    assert contents(machine) == before


def test_a_copy_of_a_later_version_is_one_line_and_changes_nothing(machine: Path) -> None:
    with closing(sqlite3.connect(machine / "copy.db")) as db:
        db.execute("INSERT INTO schema_version (version) VALUES (9999)")
        db.commit()
    before = contents(machine)

    assert "schema version 9999" in refused(start(machine, "restore", "copy.db"))
    assert contents(machine) == before


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_copy_in_a_folder_that_is_not_there_is_one_line(machine: Path, command: str) -> None:
    refused(start(machine, command, "nowhere/copy.db"))


def test_a_key_that_cannot_be_written_is_named_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    below = str(tmp_path / "file" / "unknot.key")
    token = {"BOT_TOKEN": "123456:canary-token-canary-token"}

    assert "BOT_KEY_FILE" in refused(start(tmp_path, BOT_KEY_FILE=below, **token))


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_with_postgresql_copies_are_made_by_its_own_tools_and_the_key_is_named(
    tmp_path: Path, command: str, tool: str
) -> None:
    url = "postgresql://me:canary@127.0.0.1:9/unknot"
    line = refused(start(tmp_path, command, "copy.db", BOT_DATABASE_URL=url))

    assert tool in line
    assert f"{tmp_path / 'data.key'}" in line
