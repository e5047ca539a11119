"""What every store tells of full minutes, and how it keeps to a budget."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest

from bot.core.paid import Backlog
from bot.core.plans import Kind, Plan, Settled, State, Taken
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, LEASE, OpenStore, daily, keep, person

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Generous:
    """Keeps bot.ports.Payer: pays for ``most`` a day; remembers what it was told."""

    most: int
    seen: list[Backlog] = field(default_factory=list)
    counted: int = 1000

    def enough(self, most: int) -> int:
        return self.counted + most

    def share(self, backlog: Backlog, _now: datetime) -> int:
        self.seen.append(backlog)
        return min(backlog.taken, max(0, self.most - backlog.spent))

    def refused(self, now: datetime) -> None:
        raise AssertionError(now)


async def queue(store: Store, people: int, due: datetime = EIGHT) -> None:
    for chat in range(1, people + 1):
        await keep(store, person(chat, due))
    await store.materialise(due, daily)


async def pay(
    store: Store, payer: Generous, limit: int, *settled: Settled, now: datetime = EIGHT
) -> list[Taken]:
    return await store.turn(settled, now, limit, lease=LEASE, healthy=True, payer=payer)


class KnowsLoad:
    async def test_plans_are_counted_by_the_minute_of_their_next_moment(self, store: Store) -> None:
        for chat, seconds in enumerate((0, 59, 60, 3600), start=1):
            await keep(store, person(chat, EIGHT + timedelta(seconds=seconds)))

        assert dict(await store.load(EIGHT, EIGHT + HOUR)) == {EIGHT: 2, EIGHT + MINUTE: 1}
        assert dict(await store.load(EIGHT - HOUR, EIGHT)) == {}

    async def test_each_kind_of_plan_counts(self, store: Store) -> None:
        plans = {kind: Plan(kind, time(8), next_due=EIGHT) for kind in Kind}
        await keep(store, replace(person(), plans=plans))

        assert dict(await store.load(EIGHT, EIGHT + MINUTE)) == {EIGHT: 3}

    @pytest.mark.parametrize(
        "change",
        [lambda plan: replace(plan, on=False), lambda plan: replace(plan, next_due=None)],
    )
    async def test_a_plan_that_does_not_ring_does_not_count(
        self, store: Store, change: Callable[[Plan], Plan]
    ) -> None:
        plans = {Kind.MORNING: change(person().plans[Kind.MORNING])}
        await keep(store, replace(person(), plans=plans))

        assert dict(await store.load(EIGHT, EIGHT + HOUR)) == {}

    async def test_who_blocked_the_bot_does_not_count(self, store: Store) -> None:
        await keep(store, person())
        await store.stop_chat(CHAT)

        assert dict(await store.load(EIGHT, EIGHT + HOUR)) == {}

    async def test_what_has_rung_counts_where_it_rings_next(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)

        assert dict(await store.load(EIGHT, EIGHT + HOUR)) == {}
        assert dict(await store.load(EIGHT + DAY, EIGHT + DAY + HOUR)) == {EIGHT + DAY: 1}


class PaysWithinABudget:
    async def test_without_a_payer_nothing_is_paid_for(self, store: Store) -> None:
        await queue(store, 2)
        taken = await store.turn([], EIGHT, 2, lease=LEASE, healthy=True)

        assert [one.paid for one in taken] == [False, False]
        assert (await store.figures(EIGHT)).paid == 0

    async def test_the_newest_taken_ones_are_paid_for_and_counted_in_the_same_commit(
        self, store: Store
    ) -> None:
        await queue(store, 3)
        taken = await pay(store, Generous(2), 3)

        assert [one.paid for one in taken] == [False, True, True]
        figures = await store.figures(EIGHT)
        assert (figures.paid, figures.paid_today, figures.difference) == (2, 2, 0)

    async def test_the_payer_hears_what_waits_how_late_it_is_and_what_was_spent(
        self, store: Store
    ) -> None:
        await queue(store, 5)
        payer, later = Generous(3), EIGHT + timedelta(seconds=30)
        await pay(store, payer, 2, now=later)
        await pay(store, payer, 2, now=later)

        late = timedelta(seconds=30)
        assert payer.seen == [Backlog(2, 5, late, 0), Backlog(2, 3, late, 2)]

    async def test_what_waits_is_counted_no_further_than_asked(self, store: Store) -> None:
        await queue(store, 9)
        payer = Generous(0, counted=3)
        await pay(store, payer, 2)

        assert payer.seen[0].waiting == 5

    async def test_an_old_one_that_is_tried_again_does_not_make_all_late(
        self, store: Store
    ) -> None:
        await queue(store, 1, EIGHT - HOUR)
        await queue(store, 3, EIGHT)
        payer = Generous(0)
        await pay(store, payer, 4)

        assert payer.seen[0].late == timedelta()

    async def test_what_may_not_go_yet_does_not_wait_for_its_turn(self, store: Store) -> None:
        await queue(store, 3)
        payer = Generous(0)
        first = await pay(store, payer, 1)
        await pay(store, payer, 1, Settled(first[0].id, first[0].attempt, State.DUE, EIGHT + HOUR))

        assert [backlog.waiting for backlog in payer.seen] == [3, 2]

    async def test_the_budget_is_spent_to_the_last_message_and_no_further(
        self, store: Store
    ) -> None:
        await queue(store, 9)
        payer = Generous(5)
        taken = [one for _ in range(5) for one in await pay(store, payer, 2)]

        assert len(taken) == 9
        assert sum(one.paid for one in taken) == 5
        assert (await store.figures(EIGHT)).paid_today == 5

    async def test_each_try_counts_since_each_may_cost(self, store: Store) -> None:
        await queue(store, 1)
        payer = Generous(5)
        (first,) = await pay(store, payer, 1)
        again = await pay(store, payer, 1, Settled(first.id, first.attempt, State.DUE, EIGHT))

        assert [one.paid for one in again] == [True]
        assert (await store.figures(EIGHT)).paid_today == 2

    async def test_a_new_utc_date_begins_with_nothing_spent(self, store: Store) -> None:
        await queue(store, 1)
        payer = Generous(1)
        (first,) = await pay(store, payer, 1)
        await queue(store, 1, EIGHT + DAY)
        sent = Settled(first.id, first.attempt, State.SENT)
        (taken,) = await pay(store, payer, 1, sent, now=EIGHT + DAY)

        assert taken.paid
        figures = await store.figures(EIGHT + DAY)
        assert (figures.paid, figures.paid_today) == (2, 1)

    async def test_nothing_is_asked_where_nothing_was_taken(self, store: Store) -> None:
        payer = Generous(5)
        await pay(store, payer, 4)

        assert payer.seen == []


class KeepsItsBudgetAcrossProcesses:
    async def test_what_a_dead_process_counted_stays_counted(self, open_store: OpenStore) -> None:
        first = await open_store("first")
        await queue(first, 4)
        await pay(first, Generous(3), 2)
        await first.close()  # as if it died before it sent them

        second = await open_store("second")
        taken = await pay(second, Generous(3), 4)
        assert [one.paid for one in taken] == [False, True]
        assert (await second.figures(EIGHT)).paid_today == 3
        await second.close()
