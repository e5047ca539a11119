"""The daily copy: one a day, only the newest kept, and nothing else deleted, ever."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from deploy.daily_backup import older_copies
from tests.conftest import ROOT

OTHERS = (
    "notes.txt",
    "unknot.db",
    "before-update.db",
    "unknot-2020-01-01.db.part",
    "unknot-20-1-1.db",
)


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Return a folder with three copies, what is none of them, and a folder named like one."""
    folder = tmp_path / "copies"
    (folder / "unknot-2019-01-01.db").mkdir(parents=True)
    for name in (*OTHERS, *(f"unknot-2020-01-0{day}.db" for day in (1, 2, 3))):
        (folder / name).write_text(name)
    return folder


def daily(folder: Path, *arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "daily_backup.py"), str(folder), *arguments],
        env={**own, "BOT_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


def database(folder: Path) -> Path:
    """Make an empty database; return its folder."""

    async def work() -> None:
        store = await SqliteStore.open(folder / "data" / "unknot.db", folder / "data.key")
        await store.close()

    asyncio.run(work())
    return folder / "data"


@pytest.mark.parametrize(("keep", "gone"), [(1, 2), (2, 1), (3, 0), (14, 0)])
def test_only_copies_beyond_the_newest_are_old(copies: Path, keep: int, gone: int) -> None:
    names = [path.name for path in older_copies(copies, keep)]

    assert names == [f"unknot-2020-01-0{day}.db" for day in range(gone, 0, -1)]


def test_the_newest_copies_are_kept_and_nothing_else_is_touched(
    copies: Path, tmp_path: Path
) -> None:
    done = daily(copies, "--keep", "2", data=database(tmp_path))

    assert done.returncode == 0, done.stderr
    left = {path.name for path in copies.iterdir()} - {*OTHERS, "unknot-2019-01-01.db"}
    assert len(left) == 2
    assert "unknot-2020-01-03.db" in left
    assert all((copies / name).exists() for name in OTHERS)
    assert "0 subscribers, verified" in done.stdout


def test_a_second_copy_on_one_day_is_not_made_and_no_fault(copies: Path, tmp_path: Path) -> None:
    data = database(tmp_path)
    daily(copies, data=data)
    again = daily(copies, data=data)

    assert again.returncode == 0
    assert "there already" in again.stdout


def test_where_no_copy_can_be_made_none_is_deleted(copies: Path, tmp_path: Path) -> None:
    before = sorted(copies.iterdir())
    done = daily(copies, "--keep", "1", data=tmp_path / "nowhere")

    assert done.returncode == 78
    assert sorted(copies.iterdir()) == before


@pytest.mark.parametrize("keep", ["0", "-1", "many", "²"])
def test_to_keep_no_copy_at_all_is_refused(copies: Path, tmp_path: Path, keep: str) -> None:
    done = daily(copies, f"--keep={keep}", data=database(tmp_path))

    assert done.returncode == 2
    assert "not a whole number from 1" in done.stderr
    assert len(list(copies.iterdir())) == len(OTHERS) + 4


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = daily(tmp_path / "nowhere", data=database(tmp_path))

    assert done.returncode == 78
    assert done.stderr.count("unknot: ") == 1
    assert "Traceback" not in done.stderr
