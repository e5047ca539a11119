"""`move` as a command: each wrong call is one line, status 78, and changes nothing."""

import asyncio
import os
import subprocess
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.store.instance import InstanceLock
from bot.store.postgres.examine import examined
from bot.store.urls import postgres_address
from tests.commands.test_bad_starts import refused, start
from tests.commands.test_copies import contents
from tests.postgres_server import GUARDED, PASSWORD, PostgresServer
from tests.store import rich
from tests.store.contract import EIGHT
from tests.store.postgres_databases import new_schema

NOWHERE = "postgresql://me:canary@127.0.0.1:9/unknot"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a folder with a database that holds people, and its key."""
    asyncio.run(rich.fill(tmp_path / "data" / "unknot.db", tmp_path / "data.key"))
    return tmp_path


@pytest.fixture
def target(server: PostgresServer) -> str:
    return asyncio.run(new_schema(server))


@pytest.fixture
def here(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be on that machine ourselves, with no process in between."""
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(machine)
    monkeypatch.setenv("BOT_DATA_DIR", str(machine / "data"))
    return machine


def moved(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return start(folder, "move", *arguments, **settings)


def test_all_is_moved_and_the_settings_to_change_are_named(machine: Path, target: str) -> None:
    done = moved(machine, "--from", f"sqlite:///{machine}/data/unknot.db", "--to", target)

    assert done.returncode == 0, done.stderr
    assert "subscriber                6  ok " in done.stdout
    assert "Set BOT_DATABASE_URL to the address that you gave as --to" in done.stdout
    assert f"BOT_KEY_FILE stays {machine / 'data.key'}" in done.stdout
    assert PASSWORD not in done.stdout + done.stderr
    assert examined(postgres_address(target), EIGHT).difference(EIGHT) == 0


@pytest.mark.parametrize("source", ["sqlite:data/unknot.db", "sqlite:///data/unknot.db", None])
@pytest.mark.usefixtures("here")
def test_the_file_is_named_as_in_the_settings_or_is_that_of_the_settings(
    target: str, source: str | None
) -> None:
    words = ["--from", source] if source else []

    assert main(["move", *words, "--to", target]) == 0


def test_afterwards_run_copies_and_doctor_each_say_where_the_data_are(
    here: Path, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["move", "--to", target]) == 0
    copy = here / "taken-by-hand.db"
    copy.write_bytes((here / "data" / "unknot.db").read_bytes())
    capsys.readouterr()

    refused(start(here, BOT_TOKEN="123456:canary-token-canary-token"))
    for words in ["backup", "copy.db"], ["restore", str(copy)]:
        assert main(words) == 78
        said = capsys.readouterr().err
        assert "was moved to 127.0.0.1" in said
        assert "set BOT_DATABASE_URL to the address" in said
    main(["doctor"])
    assert "PROBLEM  database: The database" in (said := capsys.readouterr().out)
    assert "was moved to 127.0.0.1" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "postgresql://u:canary@h/x", "--to", NOWHERE), "--from names no SQLite file"),
        (("--from", "unknot.db", "--to", NOWHERE), "--from names no SQLite file"),
        (("--from", "sqlite:///none.db", "--to", NOWHERE), "There is no database at none.db"),
        (("--from", "sqlite:///data", "--to", NOWHERE), "There is no database at data"),
        (("--to", "sqlite:///other.db"), "--to names no PostgreSQL database"),
        (("--to", "mysql://u:canary@h/x"), "--to names no PostgreSQL database"),
        (("--to", "postgresql://u:canary@h"), "--to names no PostgreSQL database"),
        (("--to", NOWHERE), "127.0.0.1:9/unknot cannot be reached"),
    ],
)
def test_an_address_of_no_use_is_one_line_and_changes_nothing(
    here: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(here)

    assert main(["move", *words]) == 78
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "BOT_DATABASE_URL" not in line
    assert "canary" not in line
    assert contents(here) == before


@pytest.mark.usefixtures("here")
def test_a_setting_that_leads_to_postgresql_already_asks_for_the_old_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", NOWHERE)

    assert main(["move", "--to", NOWHERE]) == 78
    assert "name the SQLite file with --from" in capsys.readouterr().err


def test_a_wrong_password_is_refused_and_never_shown(machine: Path, server: PostgresServer) -> None:
    line = refused(moved(machine, "--to", server.url(user=GUARDED, password="canary")))

    assert "refuses its user or password. Fix: correct them in --to." in line


def test_a_user_who_may_not_make_tables_is_told_what_to_grant(
    machine: Path, server: PostgresServer
) -> None:
    assert "GRANT CREATE" in refused(moved(machine, "--to", server.url(user=GUARDED)))


def test_while_a_bot_runs_on_the_file_it_is_to_be_stopped_first(machine: Path, target: str) -> None:
    lock = InstanceLock(machine / "data" / "unknot.db")
    line = refused(moved(machine, "--to", target))
    lock.release()

    assert "Another process runs on this database" in line
    assert "stop the bot first" in line


def test_another_key_file_is_refused_with_what_to_put_back(machine: Path, target: str) -> None:
    (machine / "data.key").write_text("ab" * 32)

    assert "put back your copy of the right key file" in refused(moved(machine, "--to", target))


def test_without_a_target_the_command_line_is_wrong(machine: Path) -> None:
    assert moved(machine).returncode == 2
