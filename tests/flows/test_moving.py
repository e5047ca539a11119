"""Whoever changes the time or the zone has each date's reminder once, at the new time."""

import os
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from random import Random  # noqa: TID251  # seeded: the same changes each time
from zoneinfo import ZoneInfo

import pytest

from bot.catalog.zones import use_packaged_zones
from bot.core import actions as act
from bot.core.plans import Kind, State, Taken
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in, ring

use_packaged_zones()
CHANGES = int(os.environ.get("CHANGES", "400"))
A_LIFE = 100
ZONES = (
    "Pacific/Kiritimati",
    "Pacific/Auckland",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "UTC",
    "America/New_York",
    "America/Vancouver",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
)
WINTER = datetime(2026, 12, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def wakes_at_eight(talk: Talk, zone: str) -> None:
    talk.clock.moment = WINTER - DAY
    await joins_in(talk, "en")
    await talk.wants(act.SetZone(zone))
    await talk.wants(act.SetTime(time(8)))


async def rung(talk: Talk, until: datetime) -> list[str]:
    """Return what is sent until that moment, looking each minute, on the local clock."""
    sent = []
    while talk.clock.moment < until:
        for one in await ring(talk):
            zone = ZoneInfo(one.zone)
            sent.append(f"{one.local_date} at {talk.clock.moment.astimezone(zone):%d. %H:%M}")
        talk.clock.turn(minutes=1)
    return sent


def local(zone: str, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def test_who_flies_west_after_the_reminder_has_no_second_one_that_date(talk: Talk) -> None:
    await wakes_at_eight(talk, "Europe/Berlin")
    before = await rung(talk, local("Europe/Berlin", 1, 9))
    await talk.wants(act.SetZone("America/New_York"))

    assert before == ["2026-11-30 at 30. 08:00", "2026-12-01 at 01. 08:00"]
    assert await rung(talk, local("America/New_York", 3, 9)) == [
        "2026-12-02 at 02. 08:00",
        "2026-12-03 at 03. 08:00",
    ]


async def test_who_flies_over_the_date_line_has_one_reminder_a_local_date(talk: Talk) -> None:
    await wakes_at_eight(talk, "Pacific/Auckland")
    await rung(talk, local("Pacific/Auckland", 2, 9))
    await talk.wants(act.SetZone("Pacific/Honolulu"))
    assert talk.clock.now().astimezone(ZoneInfo("Pacific/Honolulu")).day == 1

    assert await rung(talk, local("Pacific/Honolulu", 4, 9)) == [
        "2026-12-03 at 03. 08:00",
        "2026-12-04 at 04. 08:00",
    ]


async def materialised(talk: Talk, zone: str) -> None:
    """Let today's reminder be due, and still be here two minutes later."""
    await wakes_at_eight(talk, zone)
    await rung(talk, local(zone, 1, 7, 59))
    talk.clock.moment = local(zone, 1, 8)
    taken, talk.store.turn = talk.store.turn, _nothing  # type: ignore[assignment,method-assign]  # a queue
    await ring(talk)
    talk.store.turn = taken  # type: ignore[method-assign]  # it moves again
    talk.clock.turn(minutes=2)


async def _nothing(*_args: object, **_kwargs: object) -> list[object]:
    return []


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (act.SetTime(time(8, 30)), "2026-12-01 at 01. 08:30"),
        (act.SetTime(time(7)), "2026-12-01 at 01. 08:02"),  # too late for that today
        (act.SetZone("America/New_York"), "2026-12-01 at 01. 08:00"),
        (act.SetZone("Asia/Tokyo"), "2026-12-01 at 01. 16:02"),
    ],
)
async def test_a_reminder_that_waits_in_the_queue_follows_the_new_time_or_zone(
    talk: Talk, wish: act.Action, first: str
) -> None:
    await materialised(talk, "Europe/Berlin")
    await talk.wants(wish)
    sent = await rung(talk, talk.clock.moment + DAY)

    assert sent[0] == first
    assert [line[:10] for line in sent].count("2026-12-01") == 1


@pytest.mark.parametrize("seed", range(CHANGES // A_LIFE))
async def test_any_number_of_changes_brings_one_reminder_a_date_and_none_at_another_time(
    talk: Talk, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - repeatable
    await wakes_at_eight(talk, "UTC")
    await talk.wants(act.SetBreaks(on=True))
    at = time(8)
    for _ in range(A_LIFE):
        talk.clock.turn(minutes=chance.randrange(1, 400))
        while went := await ring(talk):
            assert [at] * len(went) == [_asked_for(one, at) for one in went]
        if chance.random() < 0.5:
            at = time(chance.randrange(24), chance.randrange(60))
            await talk.wants(act.SetTime(at))
        else:
            await talk.wants(act.SetZone(chance.choice(ZONES)))

    rows = [row for row in talk.store.rows_of(CHAT) if row.state is State.SENT]
    names = Counter((row.taken.kind, row.taken.local_date, row.taken.slot) for row in rows)
    told = (
        f"seed {seed}: {A_LIFE} changes, {len(rows)} sent, at most {max(names.values())} of a name"
    )
    print(told)  # noqa: T201 - with -s: what was counted
    assert max(names.values()) == 1


def _asked_for(one: Taken, at: time) -> time:
    return one.due.astimezone(ZoneInfo(one.zone)).time() if one.kind is Kind.MORNING else at
