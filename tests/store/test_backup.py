"""The drill: a copy made beside the running bot brings everybody back, and nothing is written over."""

import asyncio
import resource
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.plans import Subscriber
from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.backup import back_up, restore
from bot.store.sqlite import SqliteStore
from tests.store.contract import CHAT, EIGHT, daily, keep, person, take


@dataclass(frozen=True)
class Drill:
    """A machine with a database, its key, a place for the copy, and another machine."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "unknot.db"

    @property
    def key(self) -> Path:
        return self.folder / "unknot.key"

    @property
    def copy(self) -> Path:
        return self.folder / "copy.db"

    @property
    def elsewhere(self) -> Path:
        return self.folder / "elsewhere" / "unknot.db"

    def keeps(self, people: int) -> None:
        async def work() -> None:
            store = await SqliteStore.open(self.database, self.key)
            for chat in range(people):
                await keep(store, person(CHAT + chat))
            await store.materialise(EIGHT, daily)
            await store.close()

        asyncio.run(work())

    def brings_back(self) -> tuple[Subscriber | None, int]:
        """Return a subscriber, and how many reminders are due, on the other machine."""

        async def work() -> tuple[Subscriber | None, int]:
            store = await SqliteStore.open(self.elsewhere, self.key)
            found = await store.look(CHAT), len(await take(store))
            await store.close()
            return found

        return asyncio.run(work())


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    return Drill(tmp_path)


def test_a_copy_brings_everybody_and_what_is_due_back_on_another_machine(drill: Drill) -> None:
    drill.keeps(3)
    assert back_up(drill.database, drill.copy) == 3
    assert restore(drill.copy, drill.elsewhere, drill.key) == 3

    found, due = drill.brings_back()
    assert found is not None
    assert found.plans.keys() == person().plans.keys()
    assert due == 3


async def test_a_copy_is_whole_though_the_bot_writes_all_the_time(
    store: SqliteStore, database: Path, tmp_path: Path
) -> None:
    await keep(store, person())
    written = 0
    async with asyncio.TaskGroup() as group:
        copying = group.create_task(asyncio.to_thread(back_up, database, tmp_path / "copy.db"))
        while not copying.done():
            written += 1
            await keep(store, person(CHAT + written))

    assert 1 <= copying.result() <= written + 1


async def test_a_copy_is_not_brought_back_under_a_running_bot(
    store: SqliteStore, database: Path, key_file: Path, tmp_path: Path
) -> None:
    await keep(store, person())
    back_up(database, tmp_path / "copy.db")
    with pytest.raises(SettingsError, match="Another process runs"):
        restore(tmp_path / "copy.db", database, key_file)


def test_only_its_owner_may_read_a_copy_and_no_half_of_one_is_left(drill: Drill) -> None:
    drill.keeps(1)
    back_up(drill.database, drill.copy)

    assert stat.S_IMODE(drill.copy.stat().st_mode) == 0o600
    assert [file.name for file in drill.folder.glob("copy*")] == ["copy.db"]


def test_a_copy_names_no_one(drill: Drill) -> None:
    drill.keeps(1)
    back_up(drill.database, drill.copy)

    assert str(CHAT).encode() not in drill.copy.read_bytes()


def test_no_copy_is_written_over(drill: Drill) -> None:
    drill.keeps(1)
    drill.copy.write_text("an older copy")
    with pytest.raises(SettingsError, match="is there already"):
        back_up(drill.database, drill.copy)

    assert drill.copy.read_text() == "an older copy"


def test_a_copy_is_not_brought_back_over_people(drill: Drill) -> None:
    drill.keeps(2)
    back_up(drill.database, drill.copy)
    before = drill.database.read_bytes()
    with pytest.raises(SettingsError, match="holds 2 subscribers, and is not written over"):
        restore(drill.copy, drill.database, drill.key)

    assert drill.database.read_bytes() == before


def test_a_damaged_database_is_not_written_over_either(drill: Drill) -> None:
    drill.keeps(1)
    back_up(drill.database, drill.copy)
    drill.elsewhere.parent.mkdir()
    drill.elsewhere.write_bytes(b"not a database, but perhaps somebody's")
    with pytest.raises(SettingsError, match="cannot be read, and is not written over"):
        restore(drill.copy, drill.elsewhere, drill.key)


def test_an_empty_database_makes_room_for_a_copy(drill: Drill) -> None:
    drill.keeps(1)
    back_up(drill.database, drill.copy)
    Drill(drill.elsewhere.parent).keeps(0)

    assert restore(drill.copy, drill.elsewhere, drill.key) == 1
    assert drill.brings_back()[0] is not None


def test_without_its_key_or_with_another_a_copy_stays_where_it_is(drill: Drill) -> None:
    drill.keeps(1)
    back_up(drill.database, drill.copy)
    with pytest.raises(SettingsError, match="the copy needs its key"):
        restore(drill.copy, drill.elsewhere, drill.folder / "none.key")
    other = drill.folder / "other.key"
    other.write_text("ab" * 32)
    other.chmod(0o600)
    with pytest.raises(SettingsError, match="another key than the copy was made with"):
        restore(drill.copy, drill.elsewhere, other)

    assert not drill.elsewhere.exists()


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("INSERT INTO schema_version (version) VALUES (9999)")
        db.commit()


def torn(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:5000])


def foreign(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as db:
        db.execute("CREATE TABLE songs (title TEXT)")


def of_no_version(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("DELETE FROM schema_version")
        db.commit()


def numbered_in_words(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as db:
        db.execute("CREATE TABLE schema_version (version TEXT)")
        db.execute("INSERT INTO schema_version VALUES ('newest')")
        db.execute("CREATE TABLE subscriber (name TEXT)")
        db.execute("CREATE TABLE seal_key (fingerprint TEXT)")
        db.commit()


def without_a_key_of_ours(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("DROP TABLE seal_key")
        db.commit()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (newer, "schema version 9999"),
        (torn, "copy.db is damaged. Fix: use another copy."),
        (foreign, "no copy of ours"),
        (of_no_version, "no copy of ours"),
        (numbered_in_words, "no copy of ours"),
        (without_a_key_of_ours, "no copy of ours"),
    ],
)
def test_a_copy_that_cannot_be_used_is_refused_in_one_line(
    drill: Drill, harm: Callable[[Path], None], says: str
) -> None:
    drill.keeps(1)
    back_up(drill.database, drill.copy)
    harm(drill.copy)
    with pytest.raises(StoreBrokenError, match=says) as refused:
        restore(drill.copy, drill.elsewhere, drill.key)

    assert "\n" not in str(refused.value)
    assert not drill.elsewhere.exists()


# a small journal beside the database is needed even to read it; then comes the copy
@pytest.mark.parametrize(("room", "named"), [(1, "database"), (40_000, "copy")])
def test_whichever_disk_is_full_is_named_and_no_half_of_a_copy_is_left(
    drill: Drill, room: int, named: str
) -> None:
    drill.keeps(1)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(StoreUnavailableError, match=f"{getattr(drill, named)} cannot be"):
            back_up(drill.database, drill.copy)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert not list(drill.folder.glob("copy*"))


def test_a_database_that_is_not_there_is_named(drill: Drill) -> None:
    with pytest.raises(SettingsError, match=str(drill.database)):
        back_up(drill.database, drill.copy)


def test_a_copy_that_is_not_there_is_named(drill: Drill) -> None:
    with pytest.raises(SettingsError, match=str(drill.copy)):
        restore(drill.copy, drill.elsewhere, drill.key)


def test_a_name_that_the_system_does_not_take_is_refused_in_one_line(drill: Drill) -> None:
    with pytest.raises(SettingsError, match="File name too long"):
        restore(Path("x" * 300), drill.elsewhere, drill.key)
