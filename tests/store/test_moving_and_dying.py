"""SIGKILL in the middle of a move: run again, it brings everybody over, and nobody twice."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.store.moving.move import move
from bot.store.sqlite import SqliteStore
from bot.store.urls import postgres_address
from tests.conftest import ROOT
from tests.store import rich
from tests.store.contract import EIGHT
from tests.store.postgres_databases import opened

BEFORE = ("writing daily_count", "writing plan", "writing occurrence", "table ", "before the mark")
BETWEEN = ("before the commit", "after the commit")


@pytest.mark.parametrize("moment", [*BEFORE, *BETWEEN])
async def test_after_a_kill_at_any_moment_the_next_run_moves_everybody_once(
    database: Path, key_file: Path, url: str, moment: str
) -> None:
    await rich.fill(database, key_file)
    store = await SqliteStore.open(database, key_file)
    seen = await rich.seen(store)
    await store.close()
    command = [sys.executable, "-m", "tests.store.dying_move", database, url, key_file, moment]
    words = [str(word) for word in command]
    died = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL

    if moment in BEFORE:  # the bot may go on with the file
        await (await SqliteStore.open(database, key_file)).close()
    else:
        with pytest.raises(SettingsError, match="was not finished"):
            await SqliteStore.open(database, key_file)
    lines: list[str] = []
    await move(database, postgres_address(url), key_file, EIGHT, lines.append)
    assert any("already" in line for line in lines) == (moment == "after the commit")
    with pytest.raises(SettingsError, match="was moved to"):
        await SqliteStore.open(database, key_file)
    moved = await opened(url, key_file)
    assert await rich.seen(moved) == seen
    await moved.close()
