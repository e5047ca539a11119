"""What every store promises when the zone data change."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.plans import DuePlan, Kind
from bot.ports import Store
from tests.store.contract import (
    CHAT,
    DAY,
    EIGHT,
    OpenStore,
    balanced,
    daily,
    keep,
    person,
    reopened,
    take,
)

HOUR = timedelta(hours=1)


def an_hour_earlier(due: DuePlan) -> datetime | None:
    assert due.plan.next_due is not None
    return due.plan.next_due - HOUR


def unchanged(due: DuePlan) -> datetime | None:
    return due.plan.next_due


async def moments(store: Store, *chats: int) -> list[datetime | None]:
    seen = [await store.look(chat) for chat in chats]
    return [one.plans[Kind.MORNING].next_due if one else None for one in seen]


class Retimes:
    async def test_each_plan_that_rings_gets_its_new_moment_once_a_version(
        self, store: Store
    ) -> None:
        await keep(store, person(1))
        await keep(store, person(2, EIGHT + DAY))

        for _ in range(2):
            assert await store.retime("2026f", an_hour_earlier) is None
        assert await moments(store, 1, 2) == [EIGHT - HOUR, EIGHT + DAY - HOUR]

        await store.retime("2026g", an_hour_earlier)
        assert await moments(store, 1, 2) == [EIGHT - 2 * HOUR, EIGHT + DAY - 2 * HOUR]

    async def test_those_that_ring_soonest_come_first_a_few_at_a_time(self, store: Store) -> None:
        for chat, hours in ((1, 3), (2, 1), (3, 2), (4, 1)):
            await keep(store, person(chat, EIGHT + hours * HOUR))
        seen: list[datetime | None] = []

        def noted(due: DuePlan) -> datetime | None:
            seen.append(due.plan.next_due)
            return due.plan.next_due

        done = [await store.retime("2026f", noted, 2) for _ in range(3)]
        assert done == [EIGHT + HOUR, EIGHT + 3 * HOUR, None]
        assert seen == [EIGHT + HOUR, EIGHT + HOUR, EIGHT + 2 * HOUR, EIGHT + 3 * HOUR]

    async def test_another_version_begins_anew_where_one_was_half_done(self, store: Store) -> None:
        for chat in (1, 2):
            await keep(store, person(chat, EIGHT + chat * HOUR))
        await store.retime("2026f", unchanged, 1)
        assert await store.retime("2026g", an_hour_earlier) is None

        assert await moments(store, 1, 2) == [EIGHT, EIGHT + HOUR]

    async def test_the_plan_is_shown_with_its_zone_and_may_have_no_next_moment(
        self, store: Store
    ) -> None:
        seen: list[DuePlan] = []

        def gone(due: DuePlan) -> None:
            seen.append(due)

        await keep(store, replace(person(), zone="Asia/Tokyo"))
        await store.retime("2026f", gone)
        assert [(due.zone, due.plan) for due in seen] == [
            ("Asia/Tokyo", person().plans[Kind.MORNING])
        ]
        assert await moments(store, CHAT) == [None]

    @pytest.mark.parametrize("rests", [{"stopped": True}, {"plans": {}}])
    async def test_plans_that_do_not_ring_are_left_alone(
        self, store: Store, rests: dict[str, bool]
    ) -> None:
        def never(_due: DuePlan) -> datetime:
            raise AssertionError

        off = replace(person().plans[Kind.MORNING], on=False)
        await keep(store, replace(person(1), **rests))  # type: ignore[arg-type]  # either field
        await keep(store, replace(person(2), plans={Kind.MORNING: off}))

        assert await store.retime("2026f", never) is None

    async def test_what_was_made_already_stays_and_is_not_made_again(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)
        await store.retime("2026f", lambda _due: EIGHT)

        assert await store.materialise(EIGHT, daily) == 1
        assert [one.due for one in await take(store)] == [EIGHT]
        assert (await balanced(store))["all"] == 1

    async def test_a_moment_that_cannot_be_worked_out_leaves_all_as_it_was(
        self, store: Store
    ) -> None:
        def fails(_due: DuePlan) -> datetime:
            raise LookupError

        await keep(store, person())
        with pytest.raises(LookupError):
            await store.retime("2026f", fails)
        assert await store.retime("2026f", an_hour_earlier) is None
        assert await moments(store, CHAT) == [EIGHT - HOUR]


class RetimesAcrossStarts:
    async def test_another_start_goes_on_where_the_first_one_ended(
        self, open_store: OpenStore
    ) -> None:
        async with reopened(open_store, "first") as store:
            for chat in (1, 2, 3):
                await keep(store, person(chat, EIGHT + chat * HOUR))
            await store.retime("2026f", an_hour_earlier, 2)
        async with reopened(open_store, "second") as store:
            assert await store.retime("2026f", an_hour_earlier, 2) is None
            assert await moments(store, 1, 2, 3) == [EIGHT, EIGHT + HOUR, EIGHT + 2 * HOUR]
