"""Every wrong start ends in one readable line, exit status 78, no traceback, no token."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOKEN = "123456:canary-token-canary-token"


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the bot in ``folder`` with only these settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    settings = {"BOT_DATA_DIR": str(folder / "data"), "BOT_LISTEN": "127.0.0.1:0"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *(arguments or ("run",))],
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
