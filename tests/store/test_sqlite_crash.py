"""SIGKILL between taking and confirming: what was on its way is known exactly."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.plans import Settled, State
from bot.store.sqlite import SqliteStore
from tests.store.contract import EIGHT, balanced, take

ROOT = Path(__file__).resolve().parents[2]


def killed_while_sending(database: Path, key_file: Path, people: int, confirmed: int) -> None:
    command = [sys.executable, "-m", "tests.store.dying", database, key_file, people, confirmed]
    with subprocess.Popen(
        [str(word) for word in command], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.kill()


@pytest.mark.parametrize(("people", "confirmed"), [(1, 0), (5, 2), (4, 4)])
async def test_after_a_kill_exactly_the_unconfirmed_are_in_doubt(
    database: Path, key_file: Path, people: int, confirmed: int
) -> None:
    killed_while_sending(database, key_file, people, confirmed)
    store = await SqliteStore.open(database, key_file)

    doubtful = await store.orphans(EIGHT)
    assert [one.chat for one in doubtful] == list(range(confirmed + 1, people + 1))
    assert {one.attempt for one in doubtful} <= {1}
    await take(store, *(Settled(one.id, one.attempt, State.UNKNOWN, doubts=1) for one in doubtful))
    counts = await balanced(store)
    assert (counts.get("sent", 0), counts.get("unknown", 0)) == (confirmed, people - confirmed)
    await store.close()


async def test_a_kill_inside_a_change_leaves_nothing_of_it(database: Path, key_file: Path) -> None:
    killed_while_sending(database, key_file, 1, 0)
    store = await SqliteStore.open(database, key_file)

    await store.examine()

    assert await store.look(99) is None
    async with store.change(99, 99, EIGHT) as change:
        assert change.fresh
    await store.close()
