"""What every store promises after a downtime: one message a person, not a heap of them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.core.advance import advance
from bot.core.breaks import Rhythm
from bot.core.plans import Answer, Kind, Plan, Settled, State, Subscriber, Taken
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, balanced, keep, take

MINUTE = timedelta(minutes=1)


def person(morning: datetime, breaks: datetime, chat: int = CHAT) -> Subscriber:
    at = time(morning.hour, morning.minute)
    plans = {
        Kind.MORNING: Plan(Kind.MORNING, at, next_due=morning),
        Kind.BREAK: Plan(Kind.BREAK, time(0), next_due=breaks, rhythm=Rhythm()),
    }
    return Subscriber(chat, "ru", "UTC", EIGHT - DAY, plans=plans)


async def gone(store: Store, now: datetime) -> list[Taken]:
    """Return all that goes at this moment, one after the other, each sent."""
    await store.materialise(now, advance)
    went: list[Taken] = []
    settled: list[Settled] = []
    while taken := await take(store, *settled, now=now):
        went += taken
        settled = [Settled(one.id, one.attempt, State.SENT, message_id=one.id) for one in taken]
    return went


class CatchesUp:
    @pytest.mark.parametrize(
        ("morning", "breaks", "now"),
        [
            (30, 120, 125),  # the morning reminder is the older one
            (121, 120, 125),  # the break is
            (120, 120, 125),  # both are of one minute, but late
            (30, 120, 120),  # the break would be on time
        ],
    )
    async def test_of_a_morning_reminder_and_a_break_after_a_downtime_only_the_first_goes(
        self, store: Store, morning: int, breaks: int, now: int
    ) -> None:
        await keep(store, person(EIGHT + morning * MINUTE, EIGHT + breaks * MINUTE))

        went = await gone(store, EIGHT + now * MINUTE)
        assert [one.kind for one in went] == [Kind.MORNING]
        assert await balanced(store) == {"all": 2, "sent": 1, "cancelled": 1}

    async def test_a_morning_reminder_and_a_break_of_one_minute_both_go_on_time(
        self, store: Store
    ) -> None:
        await keep(store, person(EIGHT, EIGHT))

        assert len(await gone(store, EIGHT + MINUTE)) == 2

    async def test_a_morning_reminder_that_nobody_can_use_any_more_holds_back_no_break(
        self, store: Store
    ) -> None:
        await keep(store, person(EIGHT - MINUTE, EIGHT + 120 * MINUTE))
        now = EIGHT + 121 * MINUTE
        await store.materialise(now, advance)
        (late,) = await take(store, now=now)
        stale = Settled(late.id, late.attempt, State.STALE)

        assert [one.kind for one in await take(store, stale, now=now)] == [Kind.BREAK]

    async def test_a_break_gives_way_to_a_morning_reminder_that_waits_for_its_second_try(
        self, store: Store
    ) -> None:
        await keep(store, person(EIGHT, EIGHT + 120 * MINUTE))
        await store.materialise(EIGHT, advance)
        (first,) = await take(store)
        now = EIGHT + 120 * MINUTE
        waits = Settled(first.id, first.attempt, State.DUE, now, doubts=1, needs_proof=True)
        await take(store, waits, now=now, limit=0)
        await store.materialise(now, advance)

        assert await take(store, now=now, healthy=False) == []
        assert await balanced(store) == {"all": 2, "due": 1, "cancelled": 1}

    async def test_a_break_gives_way_to_a_morning_reminder_that_may_have_arrived(
        self, store: Store
    ) -> None:
        await keep(store, person(EIGHT, EIGHT + 120 * MINUTE))
        await store.materialise(EIGHT, advance)
        (first,) = await take(store)
        now = EIGHT + 121 * MINUTE
        unknown = Settled(first.id, first.attempt, State.UNKNOWN, doubts=2)
        await take(store, unknown, now=now, limit=0)
        await store.materialise(now, advance)

        assert await take(store, now=now + MINUTE) == []
        assert await balanced(store) == {"all": 2, "unknown": 1, "cancelled": 1}

    async def test_the_next_break_after_a_catch_up_rings_as_ever(self, store: Store) -> None:
        await keep(store, person(EIGHT + 30 * MINUTE, EIGHT + 120 * MINUTE))
        await gone(store, EIGHT + 125 * MINUTE)

        assert [one.slot for one in await gone(store, EIGHT + 180 * MINUTE)] == ["11:00"]

    async def test_other_people_are_not_held_back_by_ones_catch_up(self, store: Store) -> None:
        await keep(store, person(EIGHT + 30 * MINUTE, EIGHT + DAY, chat=1))
        await keep(store, person(EIGHT + DAY, EIGHT + 120 * MINUTE, chat=2))

        went = await gone(store, EIGHT + 125 * MINUTE)
        assert [(one.chat, one.kind) for one in went] == [(1, Kind.MORNING), (2, Kind.BREAK)]

    @pytest.mark.parametrize("minutes", [7, 125])
    async def test_a_break_gives_way_to_what_was_put_off_into_the_downtime(
        self, store: Store, minutes: int
    ) -> None:
        await keep(store, person(EIGHT, EIGHT + 120 * MINUTE))
        (first,) = await gone(store, EIGHT)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(first.id, EIGHT + minutes * MINUTE)
            await change.answer(first.id, Answer.LATER)

        went = await gone(store, EIGHT + 127 * MINUTE)
        assert [one.slot for one in went] == ["morning+1"]

    async def test_of_two_breaks_that_were_put_off_into_the_downtime_the_later_one_goes(
        self, store: Store
    ) -> None:
        plans = person(EIGHT + DAY, EIGHT + 120 * MINUTE).plans
        half_hours = replace(plans[Kind.BREAK], rhythm=Rhythm(every=30))
        await keep(store, replace(person(EIGHT, EIGHT), plans={Kind.BREAK: half_hours}))
        for minutes, again in ((120, 171), (150, 177)):
            (rung,) = await gone(store, EIGHT + minutes * MINUTE)
            async with store.change(CHAT, minutes, EIGHT) as change:
                await change.again(rung.id, EIGHT + again * MINUTE)

        went = await gone(store, EIGHT + 178 * MINUTE)
        assert [one.slot for one in went] == ["10:30+1"]
