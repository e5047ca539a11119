"""From a real SQLite file to a real PostgreSQL: all of it arrives, seen on both sides, or nothing."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.plans import Settled, State
from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.examine import examining
from bot.store.instance import InstanceLock
from bot.store.moved import Mark, read_mark
from bot.store.moving import move as moving
from bot.store.moving import target as receiving
from bot.store.moving.digest import Digest
from bot.store.moving.move import move
from bot.store.moving.source import Source
from bot.store.moving.tables import Table, quoted, tables_of
from bot.store.moving.target import Target
from bot.store.postgres.driver import EVERY_SESSION, Handle
from bot.store.postgres.prepare import migrate, migrations
from bot.store.sqlite import SqliteStore
from bot.store.urls import postgres_address
from tests.commands.patient import never_as_root, open_folder
from tests.cut_line import Line, line_to
from tests.postgres_server import PostgresServer
from tests.store import rich
from tests.store.contract import CHAT, EIGHT, balanced, keep, person, take
from tests.store.postgres_databases import admin, opened

__all__ = ["open_folder"]

Move = Callable[[], Awaitable[list[str]]]
STRUCTURE = """
    SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name <> 'schema_version'
"""


@pytest.fixture
async def old(database: Path, key_file: Path) -> Path:
    await rich.fill(database, key_file)
    return database


@pytest.fixture
def moves(old: Path, url: str, key_file: Path) -> Move:
    async def run() -> list[str]:
        return await moved(old, url, key_file)

    return run


async def moved(old: Path, url: str, key_file: Path) -> list[str]:
    lines: list[str] = []
    await move(old, postgres_address(url), key_file, EIGHT, lines.append)
    return lines


def changed(old: Path, script: str) -> None:
    with closing(sqlite3.connect(old)) as db:
        db.executescript(script)


def mark_of(old: Path) -> Mark | None:
    with closing(sqlite3.connect(old)) as db:
        return read_mark(db)


def values(db: sqlite3.Connection, table: Table, column: str) -> list[object]:
    query = f"SELECT {quoted(column)} FROM {table.name}"  # noqa: S608 - names of our own
    return [value for (value,) in db.execute(query)]


async def rows_in(url: str, table: str) -> list[tuple[object, ...]]:
    async with admin(url) as session:
        return [tuple(row) for row in await session.fetch(f"TABLE {table}")]


async def test_a_move_knows_every_table_and_column_of_both_databases(old: Path, url: str) -> None:
    with closing(sqlite3.connect(old)) as db:
        tables = tables_of(db)
    known = {(table.name, column) for table in tables for column in table.columns}
    async with admin(url) as session:
        await migrate(session, migrations())
        there = {(table, column) for table, column in await session.fetch(STRUCTURE)}

    assert known == there


def test_these_tests_move_a_value_in_every_column_of_every_table(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db:
        empty = [
            (table.name, column)
            for table in tables_of(db)
            for column in table.columns
            if all(value is None for value in values(db, table, column))
        ]

    assert not empty, "let tests/store/rich.py fill what a new step of the schema has added"


async def test_after_a_move_a_bot_sees_the_same_people_days_and_figures(
    old: Path, url: str, key_file: Path
) -> None:
    before = await SqliteStore.open(old, key_file)
    seen = await rich.seen(before)
    await before.close()
    await moved(old, url, key_file)
    after = await opened(url, key_file)

    assert await rich.seen(after) == seen
    assert None not in seen[0]
    async with after.change(CHAT, rich.KNOWN_UPDATE, EIGHT) as change:
        assert not change.fresh
    await balanced(after)
    await after.close()


async def test_what_a_killed_bot_was_sending_is_found_by_the_first_bot_on_the_other_side(
    moves: Move, url: str, key_file: Path
) -> None:
    await moves()
    store = await opened(url, key_file)

    (orphan,) = await store.orphans(rich.later())
    assert orphan.chat == rich.SENDING
    await take(store, Settled(orphan.id, orphan.attempt, State.UNKNOWN, doubts=1), limit=0)
    await balanced(store)
    await store.close()


async def test_new_rows_follow_the_largest_ids_that_were_moved(
    moves: Move, url: str, key_file: Path
) -> None:
    await moves()
    largest = max(int(str(row[0])) for row in await rows_in(url, "subscriber"))
    store = await opened(url, key_file)
    await keep(store, person(99))
    await store.close()

    assert max(int(str(row[0])) for row in await rows_in(url, "subscriber")) == largest + 1


async def test_each_table_is_told_with_its_rows_and_that_its_checksum_is_right(
    moves: Move, old: Path
) -> None:
    lines = await moves()

    with closing(sqlite3.connect(old)) as db:
        for table in tables_of(db):
            rows = len(values(db, table, table.key[0]))
            (line,) = (one for one in lines if one.startswith(f"{table.name} "))
            assert line.split()[1:3] == [str(rows), "ok"]
    assert lines[-1] == "reminders without a recorded state: 0, on both sides"


async def test_many_rows_are_told_while_they_are_written(
    moves: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PROGRESS_ROWS", 1)

    assert "plan: 7 rows written" in await moves()


async def test_a_table_of_many_batches_arrives_whole_and_in_order(
    moves: Move, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.moving.source.BATCH", 2)
    monkeypatch.setattr(receiving, "BATCH", 3)
    await moves()

    assert len(await rows_in(url, "subscriber")) == 6


async def test_few_referrals_that_a_trigger_would_forget_arrive_all_the_same(
    moves: Move, old: Path, url: str
) -> None:
    changed(old, "INSERT INTO daily_count (day, name, n) VALUES ('2026-03-09', 'sent', 0)")
    changed(old, "INSERT INTO daily_count (day, name, n) VALUES ('2026-03-08', 'referral', 2)")
    await moves()

    assert ("2026-03-08", "referral", 2, 0) in await rows_in(url, "daily_count")
    async with admin(url) as session:
        await session.execute(
            "INSERT INTO daily_count (day, name, n) VALUES ('2026-03-10', 'referral', 1)"
        )
    assert ("2026-03-08", "referral", 2, 0) not in await rows_in(url, "daily_count")


async def test_after_a_move_no_bot_starts_on_the_old_file(
    moves: Move, old: Path, key_file: Path, url: str
) -> None:
    await moves()

    assert mark_of(old) == Mark(postgres_address(url).name, finished=True)
    with pytest.raises(
        SettingsError, match=r"was moved to 127\.0\.0\.1.*Fix: set BOT_DATABASE_URL"
    ):
        await SqliteStore.open(old, key_file)


async def test_a_move_that_is_done_can_be_asked_for_again_and_changes_nothing(
    moves: Move, old: Path, url: str, key_file: Path
) -> None:
    await moves()
    store = await opened(url, key_file)
    await keep(store, person(99))
    await store.close()

    (line,) = await moves()
    assert "was moved" in line
    assert len(await rows_in(url, "subscriber")) == 7


async def test_a_file_that_was_moved_goes_to_no_second_place(
    moves: Move, old: Path, key_file: Path
) -> None:
    await moves()

    with pytest.raises(SettingsError, match="was moved to 127"):
        await moved(old, "postgresql://other.example/unknot", key_file)


async def test_a_database_on_which_a_bot_was_only_started_takes_the_data(
    moves: Move, url: str, old: Path, tmp_path: Path
) -> None:
    tried = await opened(url, tmp_path / "tried.key")
    await tried.retime("2026b", lambda due: due.plan.next_due)
    await tried.close()
    await moves()

    assert len(await rows_in(url, "zone_data")) == 1
    assert len(await rows_in(url, "seal_key")) == 1
    assert mark_of(old) is not None


@pytest.mark.parametrize("key", ["unknot.key", "other.key"])
async def test_a_database_that_holds_others_is_neither_mixed_nor_written_over(
    moves: Move, old: Path, url: str, tmp_path: Path, key: str
) -> None:
    store = await opened(url, tmp_path / key)
    await keep(store, person(99))
    await store.close()

    with pytest.raises(SettingsError, match="holds data already"):
        await moves()
    assert len(await rows_in(url, "subscriber")) == 1
    assert mark_of(old) is None


async def test_a_database_that_holds_only_counts_is_not_written_over(
    moves: Move, url: str, tmp_path: Path
) -> None:
    store = await opened(url, tmp_path / "unknot.key")
    await store.count_referral(EIGHT)
    await store.close()

    with pytest.raises(SettingsError, match="holds data already"):
        await moves()


async def test_a_database_that_a_bot_runs_on_takes_nothing(
    moves: Move, url: str, tmp_path: Path
) -> None:
    running = await opened(url, tmp_path / "running.key")

    with pytest.raises(SettingsError, match=r"A bot runs on the database .*Fix: stop it first"):
        await moves()
    await running.close()
    await moves()


async def test_a_file_that_a_bot_runs_on_is_not_moved(
    moves: Move, old: Path, key_file: Path
) -> None:
    running = await SqliteStore.open(old, key_file)

    with pytest.raises(SettingsError, match="stop the bot first"):
        await moves()
    await running.close()


async def test_a_file_that_another_program_writes_to_is_told_as_locked(
    moves: Move, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.moving.source.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError, match=r"locked.*run the command again"):
            await moves()


async def test_two_moves_at_once_into_one_database_do_not_meet(
    moves: Move, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EVERY_SESSION, "lock_timeout", "50ms")
    await rich.fill(tmp_path / "second.db", tmp_path / "second.key")
    seconds: list[BaseException] = []

    async def second() -> None:
        try:
            await moved(tmp_path / "second.db", url, tmp_path / "second.key")
        except SettingsError as error:
            seconds.append(error)

    async with receiving.opened_target(postgres_address(url)):
        await second()
    assert "Another `move` into" in str(seconds[0])
    await moves()


async def test_a_bot_that_starts_meanwhile_waits_and_is_not_told_of_a_wrong_key(
    old: Path, url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EVERY_SESSION, "lock_timeout", "50ms")
    with closing(sqlite3.connect(old)) as db:
        tables = tables_of(db)
    async with receiving.opened_target(postgres_address(url)) as target, target.writing(tables):
        with pytest.raises(StoreUnavailableError, match="is locked by another process"):
            await opened(url, key_file)


async def test_an_older_file_is_to_be_started_on_once(moves: Move, old: Path) -> None:
    changed(old, "DELETE FROM schema_version WHERE version > 4")

    with pytest.raises(SettingsError, match=r"schema version 4.*start this version of the bot"):
        await moves()


async def test_a_newer_file_is_for_a_newer_bot(moves: Move, old: Path) -> None:
    changed(old, "INSERT INTO schema_version VALUES (9999)")

    with pytest.raises(StoreBrokenError, match=r"9999.*newer one"):
        await moves()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("DROP TABLE schema_version", "belongs to another program"),
        ("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)", "does not know: theirs.x"),
        ("ALTER TABLE plan ADD COLUMN note TEXT", "does not know: plan.note"),
        ("UPDATE plan SET subscriber = 99 WHERE id = 1", "is damaged"),
        ("UPDATE plan SET windows = CAST(x'ff' AS TEXT)", "is damaged"),
        ("DROP TABLE seal_key", "is damaged"),
        ("UPDATE plan SET weekdays = 99999", "refuses what the table plan holds"),
        ("UPDATE plan SET weekdays = 'x'", "refuses what the table plan holds"),
        ("UPDATE media_file SET file_id = 'a' || char(0)", "refuses what the table media_file"),
        ("UPDATE zone_data SET done_id = 1.5", "rows of zone_data are not the same"),
    ],
)
async def test_a_file_that_is_not_as_a_bot_leaves_it_moves_nothing(
    moves: Move, old: Path, url: str, script: str, said: str
) -> None:
    changed(old, script)

    with pytest.raises(StoreBrokenError, match=said):
        await moves()
    assert mark_of(old) is None
    async with admin(url) as session:
        if await session.fetchval("SELECT to_regclass('subscriber') IS NOT NULL"):
            assert await rows_in(url, "subscriber") == []


async def test_a_file_with_damaged_pages_moves_nothing(moves: Move, old: Path) -> None:
    changed(old, "PRAGMA wal_checkpoint(TRUNCATE)")
    with old.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)

    with pytest.raises(StoreBrokenError, match=r"is damaged.*restore FILE"):
        await moves()


async def test_an_empty_file_and_none_at_all_are_named(url: str, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(SettingsError, match="is empty"):
        await moved(tmp_path / "empty", url, tmp_path / "key")
    with pytest.raises(SettingsError, match="There is no database at"):
        await moved(tmp_path / "none", url, tmp_path / "key")


async def test_without_the_right_key_nobody_is_moved(old: Path, url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        await moved(old, url, tmp_path / "none.key")
    (tmp_path / "other.key").write_text("ab" * 32)
    with pytest.raises(SettingsError, match="another key"):
        await moved(old, url, tmp_path / "other.key")


async def test_a_file_that_holds_nobody_is_moved_without_its_key(
    database: Path, key_file: Path, url: str, tmp_path: Path
) -> None:
    await (await SqliteStore.open(database, key_file)).close()
    await moved(database, url, tmp_path / "none.key")

    assert mark_of(database) == Mark(postgres_address(url).name, finished=True)


async def test_older_tables_that_hold_somebody_are_left_as_they_are(moves: Move, url: str) -> None:
    async with admin(url) as session:
        await migrate(session, {5: migrations()[5]})
        await session.execute(
            "INSERT INTO subscriber (chat_lookup, chat_sealed, language, consent)"
            " VALUES ('a', 'b', 'en', 1)"
        )
        with pytest.raises(SettingsError, match="holds data of an older bot"):
            await moves()
        assert await session.fetchval("SELECT max(version) FROM schema_version") == 5


async def test_rows_that_arrive_changed_undo_the_whole_move(
    moves: Move, old: Path, url: str
) -> None:
    async with admin(url) as session:
        await migrate(session, migrations())
        await session.execute(
            'ALTER TABLE plan ALTER windows TYPE text COLLATE "C" USING windows,'
            " ALTER windows SET DEFAULT ''"
        )
        # a type that keeps less than it was given
        await session.execute("ALTER TABLE plan ALTER windows TYPE varchar(5000)")
        await session.execute("ALTER TABLE media_file ALTER file_id TYPE char(40)")

    with pytest.raises(StoreBrokenError, match="rows of media_file are not the same"):
        await moves()
    assert await rows_in(url, "subscriber") == []
    assert mark_of(old) is None


async def test_sums_that_differ_undo_the_whole_move(
    moves: Move, old: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Source, "difference", lambda _source, _now: 1)

    with pytest.raises(StoreBrokenError, match="sums are not the same"):
        await moves()
    assert await rows_in(url, "subscriber") == []
    assert mark_of(old) is None


async def test_a_line_that_is_cut_while_rows_are_written_moves_nothing_and_the_next_try_all(
    old: Path, url: str, key_file: Path, server: PostgresServer
) -> None:
    async with line_to(server.port) as line:
        line.last_words = b"Asia/Tokyo"
        with pytest.raises(
            StoreUnavailableError, match=r"cannot be reached.*run the command again"
        ):
            await moved(old, far(url, server, line), key_file)
    assert mark_of(old) is None

    await moved(old, url, key_file)
    assert len(await rows_in(url, "subscriber")) == 6


async def test_a_commit_that_nobody_knows_of_leaves_a_file_that_no_bot_starts_on(
    old: Path, url: str, key_file: Path, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line_to(server.port) as line:
        target, commit = far(url, server, line), Target.commit

        async def last(self: Target, handle: Handle) -> None:
            line.last_words = b"COMMIT"
            await commit(self, handle)

        with monkeypatch.context() as patch:
            patch.setattr(Target, "commit", last)
            with pytest.raises(StoreUnavailableError, match="holds the data is not known"):
                await moved(old, target, key_file)
        with pytest.raises(SettingsError, match=r"was not finished.*run it again"):
            await SqliteStore.open(old, key_file)
        with pytest.raises(SettingsError, match="was not finished"):
            await moved(old, url, key_file)  # by another name
        line.last_words = b""
        lines = await moved(old, target, key_file)

    assert "holds all of it already" in lines[-1]
    assert len(await rows_in(url, "subscriber")) == 6


def far(url: str, server: PostgresServer, line: Line) -> str:
    return url.replace(str(server.port), str(line.port))


async def test_a_file_that_cannot_be_marked_at_the_end_says_where_the_data_are(
    moves: Move, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_mark = Source.keep_mark

    def full(source: Source, mark: Mark) -> None:
        if mark.finished:
            raise StoreUnavailableError("The disk is full.", "")
        keep_mark(source, mark)

    with monkeypatch.context() as patch:
        patch.setattr(Source, "keep_mark", full)
        with pytest.raises(StoreUnavailableError, match=r"All data are in .*run the command again"):
            await moves()
    await moves()
    assert (mark := mark_of(old)) is not None
    assert mark.finished


async def test_a_move_that_was_begun_and_a_bot_that_ran_since_are_not_mixed(
    moves: Move, old: Path, url: str, key_file: Path
) -> None:
    await moves()
    changed(old, "UPDATE moved SET finished = 0")
    store = await opened(url, key_file)
    await keep(store, replace(person(CHAT), language="en"))
    await store.close()

    with pytest.raises(SettingsError, match=r"holds data already.*a bot ran there since"):
        await moves()
    assert (mark := mark_of(old)) is not None
    assert not mark.finished


async def test_a_file_that_may_not_be_written_is_refused_before_anything_is_moved(
    open_folder: Path, url: str
) -> None:
    old, key_file = open_folder / "unknot.db", open_folder / "unknot.key"
    await rich.fill(old, key_file)
    for path, mode in ((open_folder, 0o777), (old, 0o444), (key_file, 0o444)):
        path.chmod(mode)
    InstanceLock(old).release()
    old.with_name("unknot.db.lock").chmod(0o666)
    with never_as_root(), pytest.raises(SettingsError, match="cannot be written"):
        await moved(old, url, key_file)
    async with admin(url) as session:
        assert not await session.fetchval("SELECT to_regclass('subscriber') IS NOT NULL")


def test_the_mark_is_seen_by_who_only_looks(old: Path) -> None:
    with examining(old) as found:
        assert found.moved_away() is None


def test_digests_are_equal_for_equal_rows_in_the_same_order_only() -> None:
    def digest(*rows: tuple[object, ...]) -> Digest:
        made = Digest()
        made.add(rows)
        return made

    assert digest((1, "a", None, b"x")) == digest((1, "a", None, b"x"))
    for other in [(1, "a", None, "x")], [("1", "a", None, b"x")], [(1, "a", b"x")], []:
        assert digest((1, "a", None, b"x")) != digest(*other)
    assert digest((1,), (2,)) != digest((2,), (1,))
    assert digest((1,)) != 1


def test_tables_come_after_those_that_they_refer_to(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db:
        names = [table.name for table in tables_of(db)]

    assert names.index("subscriber") < names.index("plan") < names.index("occurrence")
    assert "schema_version" not in names


def test_names_are_quoted_whatever_they_are() -> None:
    assert quoted('a"b', "at") == '"a""b", "at"'
    assert Table("t", ("a",), ("a",)).name == "t"
