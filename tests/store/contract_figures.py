"""What every store tells of the whole."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.core.plans import Kind, Plan, Settled, State
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, ENDS, daily, keep, person, take, take_one

SOON = timedelta(minutes=10)


class TellsFigures:
    async def test_an_empty_database_has_nothing_to_tell(self, store: Store) -> None:
        figures = await store.figures(EIGHT)

        assert (figures.made, figures.difference, figures.oldest_due) == (0, 0, None)
        assert figures.ended == dict.fromkeys(ENDS, 0)
        assert figures.pending == {State.DUE: 0, State.SENDING: 0}
        assert (figures.subscribers, figures.referrals) == (0, {})

    @pytest.mark.parametrize("end", ENDS)
    async def test_every_end_is_counted_and_nothing_is_missing(
        self, store: Store, end: State
    ) -> None:
        taken = await take_one(store)
        await take(store, Settled(taken.id, taken.attempt, end))
        figures = await store.figures(EIGHT)

        assert (figures.made, figures.ended[end], figures.difference) == (1, 1, 0)

    @pytest.mark.parametrize("end", [None, *ENDS])
    async def test_nothing_is_missing_when_a_person_deletes_all(
        self, store: Store, end: State | None
    ) -> None:
        taken = await take_one(store)
        if end is not None:
            await take(store, Settled(taken.id, taken.attempt, end))
        async with store.change(CHAT, None, EIGHT) as change:
            await change.forget()
        await take(store, Settled(taken.id, taken.attempt, State.SENT))
        figures = await store.figures(EIGHT)

        assert (figures.made, figures.subscribers, figures.difference) == (1, 0, 0)
        assert figures.ended[end or State.CANCELLED] == 1

    async def test_the_oldest_due_is_what_nobody_took_also_before_it_is_made(
        self, store: Store
    ) -> None:
        await keep(store, person())
        assert (await store.figures(EIGHT - SOON)).oldest_due is None
        assert (await store.figures(EIGHT + SOON)).oldest_due == EIGHT

        await store.materialise(EIGHT, daily)
        assert (await store.figures(EIGHT + SOON)).oldest_due == EIGHT
        await take(store)
        assert (await store.figures(EIGHT + SOON)).oldest_due is None

    async def test_plans_are_counted_by_kind_while_they_ring(self, store: Store) -> None:
        both = {**person().plans, Kind.BREAK: Plan(Kind.BREAK, time(9), next_due=EIGHT)}
        await keep(store, replace(person(1), plans=both))
        await keep(store, person(2))
        off = replace(person().plans[Kind.MORNING], on=False)
        await keep(store, replace(person(3), plans={Kind.MORNING: off}))
        await keep(store, person(4))
        await store.stop_chat(4)
        figures = await store.figures(EIGHT)

        assert figures.subscribers == 4
        assert figures.plans == {Kind.MORNING: 2, Kind.BREAK: 1}

    async def test_referrals_are_told_by_day_when_the_day_is_over(self, store: Store) -> None:
        for _ in range(6):
            await store.count_referral(EIGHT)
        assert (await store.figures(EIGHT)).referrals == {}

        assert (await store.figures(EIGHT + DAY)).referrals == {EIGHT.date(): 6}
        assert (await store.figures(EIGHT)).difference == 0
