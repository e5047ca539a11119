"""Seeding makes a database that the bot takes for its own."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from benchmarks.seed import main, rhythm_around
from bot.catalog.zones import zones_version
from bot.core.advance import advance
from bot.core.plans import EVERY_DAY, DuePlan, Kind
from bot.store.opening import open_store
from tests.store.contract import EIGHT, balanced, daily, take
from tests.store.postgres_databases import new_schema

DUE = "2026-03-02T08:00:00Z"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_KEY_FILE", str(tmp_path / "seed.key"))
    return tmp_path


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(place: Path, request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{place}/data/seed.db"
    return await new_schema(request.getfixturevalue("server"))


def command(url: str, people: str = "3", due: str = DUE, kind: str = "morning") -> int:
    return main(["--database", url, "--subscribers", people, "--due", due, "--kind", kind])


async def seeded(url: str, people: str = "3", due: str = DUE, kind: str = "morning") -> int:
    return await asyncio.to_thread(command, url, people, due, kind)


async def test_each_seeded_person_gets_one_reminder_at_that_moment(
    url: str, tmp_path: Path
) -> None:
    assert await seeded(url) == 0
    store = await open_store(url, tmp_path / "seed.key")

    assert await store.next_moment() == EIGHT
    assert await store.materialise(EIGHT, daily) == 3
    assert [one.chat for one in await take(store)] == [1, 2, 3]
    await store.close()


async def test_what_is_seeded_is_not_worked_out_anew_at_the_first_start(
    url: str, tmp_path: Path
) -> None:
    def never(_due: DuePlan) -> datetime:
        raise AssertionError

    await seeded(url)
    store = await open_store(url, tmp_path / "seed.key")
    assert await store.retime(zones_version(), never) is None
    await store.close()


async def test_a_break_is_seeded_with_its_own_time_of_day(url: str, tmp_path: Path) -> None:
    await seeded(url, "1", "2026-03-02T23:30:05+02:00", "break")
    store = await open_store(url, tmp_path / "seed.key")
    person = await store.look(1)
    await store.close()

    assert person is not None
    plan = person.plans[Kind.BREAK]
    assert plan.next_due == datetime(2026, 3, 2, 21, 30, 5, tzinfo=UTC)
    assert plan.rhythm is not None
    assert time(21, 30) in plan.rhythm.labels(1)


async def test_a_seeded_break_rings_for_its_label_and_then_for_the_next(
    url: str, tmp_path: Path
) -> None:
    await seeded(url, "1", kind="break")
    store = await open_store(url, tmp_path / "seed.key")

    assert await store.materialise(EIGHT, advance) == 1
    (taken,) = await take(store)
    assert (taken.kind, taken.slot) == (Kind.BREAK, "08:00")
    assert await store.next_moment() == EIGHT + timedelta(hours=1)
    await store.close()


def test_each_minute_of_the_day_but_its_first_and_last_can_be_a_break() -> None:
    for minute in range(24 * 60):
        at = time(minute // 60, minute % 60)
        rhythm = rhythm_around(at)

        assert not rhythm.flaw()
        assert all((at in rhythm.labels(day)) is (0 < minute < 1439) for day in EVERY_DAY)


async def test_seeding_again_makes_all_due_again_and_adds_the_new(url: str, tmp_path: Path) -> None:
    await seeded(url, "2")
    store = await open_store(url, tmp_path / "seed.key")
    await store.stop_chat(1)
    await store.close()
    await seeded(url, "4")
    store = await open_store(url, tmp_path / "seed.key")

    assert await store.materialise(EIGHT, daily) == 4
    assert len(await take(store, limit=9)) == 4
    assert await balanced(store) == {"all": 4, "sending": 4}
    await store.close()


async def test_a_relative_address_is_below_the_working_folder(place: Path) -> None:
    assert command("sqlite:///here/x.db", due="2026-03-02 08:00") == 0
    assert (place / "here" / "x.db").is_file()
    assert (place / "seed.key").is_file()


@pytest.mark.parametrize(
    "wrong",
    [{"people": "0"}, {"people": "many"}, {"people": "²"}, {"due": "noon"}, {"kind": "nap"}],
)
def test_a_wrong_word_on_the_command_line_ends_in_one_line(
    place: Path, wrong: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command("sqlite:///x.db", **wrong)

    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "address", ["nowhere", "postgresql://127.0.0.1:9/x", "sqlite:////dev/null/x.db"]
)
def test_an_address_of_no_use_ends_in_one_line(
    place: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(address) == 78
    assert capsys.readouterr().err.count("\n") == 1
