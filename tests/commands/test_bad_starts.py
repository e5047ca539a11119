"""Every wrong start ends in one readable line, exit status 78, no traceback, no token."""

import asyncio
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from tests.chaos.house import ended, environment, python, telegram
from tests.chaos.test_starts import ACUTE
from tests.conftest import ROOT
from tests.journeys.conftest import until
from tests.ops.test_health import asked
from tests.store.contract import keep, person
from tests.store.damage import damage

ROOM = 2**30
TOKEN = "123456:canary-token-canary-token"


def start(
    folder: Path, *arguments: str, module: str = "bot", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the bot in ``folder`` with only these settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    settings = {"BOT_DATA_DIR": str(folder / "data"), "BOT_LISTEN": "127.0.0.1:0"}
    return subprocess.run(
        [sys.executable, "-m", module, *(arguments or ("run",))],
        env={**own, "PYTHONPATH": str(ROOT), **settings, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line on standard error, after holding it to the promise."""
    assert result.returncode == 78, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("unknot:")]
    assert len(lines) == 1, result.stderr
    assert " Fix: " in lines[0]
    assert "Traceback" not in result.stderr
    assert "canary" not in result.stderr + result.stdout
    return lines[0]


def made_database(folder: Path) -> Path:
    database = folder / "data" / "unknot.db"
    prepare(database, folder / "data.key")
    return database


def of_a_newer_version(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("INSERT INTO schema_version (version) VALUES (9999)")
        db.commit()


async def settle(database: Path, key: Path) -> None:
    store = await SqliteStore.open(database, key)
    await keep(store, person())
    await store.close()


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_without_a_token_it_says_how_to_get_one_and_names_the_demo(tmp_path: Path) -> None:
    line = refused(start(tmp_path))

    assert "@BotFather" in line
    assert "make demo" in line


@pytest.mark.parametrize("token", ["canary", "canary:", "12:", "canary:1 2"])
def test_what_is_no_token_is_refused_and_not_shown(tmp_path: Path, token: str) -> None:
    assert "form of a token" in refused(start(tmp_path, BOT_TOKEN=token))


def test_a_token_file_that_cannot_be_read_is_named_by_its_setting(tmp_path: Path) -> None:
    assert "BOT_TOKEN_FILE" in refused(start(tmp_path, BOT_TOKEN_FILE="/nowhere/canary"))


def test_a_token_and_a_token_file_are_one_too_many(tmp_path: Path) -> None:
    assert "not both" in refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_TOKEN_FILE="x"))


def test_a_misspelt_setting_is_refused_with_a_hint(tmp_path: Path) -> None:
    assert "BOT_TOKEN" in refused(start(tmp_path, BOT_TOKNE=TOKEN))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_SENDS_PER_SECOND", "canary"),
        ("BOT_IN_FLIGHT", "0"),
        ("BOT_LISTEN", "canary"),
        ("BOT_API_URL", "ftp://canary"),
        ("BOT_LOG_LEVEL", "canary"),
        ("BOT_DATABASE_URL", "mysql://canary"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    tmp_path: Path, name: str, value: str
) -> None:
    assert name in refused(start(tmp_path, BOT_TOKEN=TOKEN, **{name: value}))


def test_a_data_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    below = str(tmp_path / "file" / "data")

    refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_DATA_DIR=below))


def test_a_corrupt_database_is_not_started_on(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "unknot.db").write_bytes(b"this is no database" * 100)

    assert "unknot.db" in refused(start(tmp_path, BOT_TOKEN=TOKEN))


def test_a_database_with_one_damaged_page_is_left_though_telegram_is_away(tmp_path: Path) -> None:
    damage(made_database(tmp_path), "media_file")
    line = refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1"))

    assert "unknot.db is damaged" in line
    assert "bot restore FILE" in line


def test_a_broken_content_file_is_named_with_its_line(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    (content / "faq" / "stiff-neck" / "entry.toml").write_text("topic = = 1\n")
    line = refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_CONTENT_DIR=str(content)))

    assert "entry.toml:1" in line


@pytest.mark.parametrize("lost", ["triage", "texts/referral", "ui"])
def test_content_without_its_safety_texts_is_not_started_with(tmp_path: Path, lost: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    shutil.rmtree(content / lost)

    refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_CONTENT_DIR=str(content)))


def test_a_taken_port_is_named_with_a_free_one_to_try(tmp_path: Path, port: int) -> None:
    listen = f"127.0.0.1:{port}"

    assert "BOT_LISTEN" in refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_LISTEN=listen))


def test_a_taken_port_of_the_demo_names_another(tmp_path: Path, port: int) -> None:
    assert "PORT=" in refused(start(tmp_path, "demo", PORT=str(port)))


@pytest.mark.parametrize("wanted", ["canary", "99999", "-1"])
def test_what_is_no_port_is_refused(tmp_path: Path, wanted: str) -> None:
    assert "PORT" in refused(start(tmp_path, "demo", PORT=wanted))


def test_a_damaged_state_of_the_demo_says_how_to_start_anew(tmp_path: Path) -> None:
    (tmp_path / "data" / "demo").mkdir(parents=True)
    (tmp_path / "data" / "demo" / "telegram.json").write_text("{")

    assert "FRESH=1" in refused(start(tmp_path, "demo", PORT="0"))


def test_an_env_file_with_a_wrong_entry_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKNE=canary\n")

    assert "BOT_TOKNE" in refused(start(tmp_path))


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (b"", "holds nothing"),
        (b" \n", "holds nothing"),
        (b"1:canary-one\n2:canary-two\n", "more than one line"),
        (b"1:canary\xff", "cannot be read"),
        (b"canary", "form of a token"),
    ],
)
def test_a_token_file_that_does_not_hold_one_token_is_refused(
    tmp_path: Path, held: bytes, says: str
) -> None:
    (tmp_path / "token").write_bytes(held)

    assert says in refused(start(tmp_path, BOT_TOKEN_FILE=str(tmp_path / "token")))


def test_a_folder_in_the_place_of_the_token_file_is_refused(tmp_path: Path) -> None:
    assert "BOT_TOKEN_FILE" in refused(start(tmp_path, BOT_TOKEN_FILE=str(tmp_path)))


@pytest.mark.parametrize("held", ["", "canary", "ab" * 31, "ab" * 33])
def test_a_key_file_that_holds_no_key_is_refused_and_kept(tmp_path: Path, held: str) -> None:
    (tmp_path / "data.key").write_text(held)

    assert "BOT_KEY_FILE" in refused(start(tmp_path, BOT_TOKEN=TOKEN))
    assert (tmp_path / "data.key").read_text() == held


def test_a_folder_in_the_place_of_the_key_or_above_a_file_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, ROOT / "README.md" / "unknot.key"):
        line = refused(start(tmp_path, BOT_TOKEN=TOKEN, BOT_KEY_FILE=str(place)))
        assert "BOT_KEY_FILE" in line


def test_a_database_of_a_newer_version_is_refused_and_kept(tmp_path: Path) -> None:
    database = made_database(tmp_path)
    of_a_newer_version(database)
    before = database.read_bytes()

    assert "schema version 9999" in refused(start(tmp_path, BOT_TOKEN=TOKEN))
    assert database.read_bytes() == before


def test_a_copy_of_a_newer_version_is_not_brought_back(tmp_path: Path) -> None:
    database = made_database(tmp_path)
    copy = tmp_path / "copy.db"
    assert start(tmp_path, "backup", str(copy)).returncode == 0
    of_a_newer_version(copy)
    before = database.read_bytes()

    assert "schema version 9999" in refused(start(tmp_path, "restore", str(copy)))
    assert database.read_bytes() == before


def test_a_copy_is_not_brought_back_over_people(tmp_path: Path) -> None:
    database = made_database(tmp_path)
    asyncio.run(settle(database, tmp_path / "data.key"))
    copy = tmp_path / "copy.db"
    assert start(tmp_path, "backup", str(copy)).returncode == 0
    before = database.read_bytes()

    assert "holds 1 subscribers" in refused(start(tmp_path, "restore", str(copy)))
    assert database.read_bytes() == before


def test_a_copy_is_not_written_over_another_or_from_nothing(tmp_path: Path) -> None:
    assert "There is no database" in refused(start(tmp_path, "backup", str(tmp_path / "copy.db")))
    made_database(tmp_path)
    (tmp_path / "copy.db").write_text("older")

    assert "there already" in refused(start(tmp_path, "backup", str(tmp_path / "copy.db")))
    assert (tmp_path / "copy.db").read_text() == "older"


@dataclass
class Guest:
    """A folder of files that belong to us, used by somebody without our rights.

    Attributes:
        folder: Anybody may look into it.
    """

    folder: Path

    def starts(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        content = {"BOT_CONTENT_DIR": str(self.folder / "content"), "BOT_TOKEN": TOKEN}
        module = "tests.commands.unprivileged"
        return start(self.folder, *arguments, module=module, **{**content, **environment})

    def closes(self, path: Path, mode: int) -> None:
        """Take rights away; the owner, who is the guest unless tests run as root, has them least."""
        path.chmod(mode if os.geteuid() == 0 else mode & 0o077 | (mode & 0o007) << 6)


@pytest.fixture
def guest() -> Iterator[Guest]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(ROOT / "content", folder / "content")
        yield Guest(folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


@pytest.mark.parametrize("command", [("run",), ("backup", "copy.db")])
@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_a_data_folder_that_the_bot_may_not_write_is_refused(
    guest: Guest, command: tuple[str, ...], mode: int
) -> None:
    database = made_database(guest.folder)
    guest.closes(database.parent, mode)
    line = refused(guest.starts(*command))

    assert str(database.parent) in line or "copy.db" in line
    assert "chown" in line


def test_a_database_that_is_read_only_is_refused_and_kept(guest: Guest) -> None:
    database = made_database(guest.folder)
    database.parent.chmod(0o777)
    (guest.folder / "data.key").chmod(0o644)
    guest.closes(database, 0o444)
    before = database.read_bytes()

    assert "cannot be written" in refused(guest.starts())
    assert database.read_bytes() == before


def test_a_folder_of_the_key_that_may_not_be_written_is_refused(guest: Guest) -> None:
    (guest.folder / "data").mkdir()
    (guest.folder / "data").chmod(0o777)
    (guest.folder / "keys").mkdir()
    guest.closes(guest.folder / "keys", 0o555)
    key = str(guest.folder / "keys" / "unknot.key")

    assert "BOT_KEY_FILE" in refused(guest.starts(BOT_KEY_FILE=key))


@pytest.mark.parametrize("setting", ["BOT_TOKEN_FILE", "BOT_KEY_FILE"])
def test_a_secret_that_may_not_be_read_is_named_by_its_setting(guest: Guest, setting: str) -> None:
    (guest.folder / "data").mkdir()
    (guest.folder / "data").chmod(0o777)
    secret = guest.folder / "secret"
    secret.write_text("ab" * 32)
    guest.closes(secret, 0)
    token = {} if setting == "BOT_KEY_FILE" else {"BOT_TOKEN": ""}

    assert setting in refused(guest.starts(**token, **{setting: str(secret)}))


def test_a_copy_that_may_not_be_seen_is_named(guest: Guest) -> None:
    closed = guest.folder / "closed"
    closed.mkdir()
    guest.closes(closed, 0)

    assert "Permission denied" in refused(guest.starts("restore", str(closed / "copy.db")))


def test_an_env_file_or_content_that_is_closed_to_the_bot_is_refused(guest: Guest) -> None:
    closed = guest.folder / "closed"
    shutil.copytree(guest.folder / "content", closed)
    guest.closes(closed, 0)
    (guest.folder / "data").mkdir()
    (guest.folder / "data").chmod(0o777)
    key = str(guest.folder / "data" / "key")
    line = refused(guest.starts(BOT_CONTENT_DIR=str(closed), BOT_KEY_FILE=key))

    assert "cannot be read" in line


async def test_with_a_full_disk_at_the_start_referrals_go_out_and_room_heals_it(
    tmp_path: Path,
) -> None:
    port = free_port()
    async with telegram([1]) as (api, simulator):
        env = environment(tmp_path, simulator.url, BOT_LISTEN=f"127.0.0.1:{port}")
        bot = await python(env, "tests.commands.no_room", "bot", "run")
        api.say(1, ACUTE)
        await until(lambda: api.log.sent(1), "the referral")
        status, lines = await asked(f"http://127.0.0.1:{port}/readyz")
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (ROOM, ROOM))
        api.say(1, "/reminders")
        await until(lambda: len(api.log.sent(1)) > 1, "an answer with room again")
        bot.terminate()

        assert (await ended(bot))[0] == 0
    assert status == 503
    assert "database: FAILED" in lines
