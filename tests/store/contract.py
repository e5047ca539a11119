"""What every store promises: each store's test module inherits these classes and
those of contract_people, and gives ``store``."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.plans import (
    Advance,
    DuePlan,
    Kind,
    Plan,
    Settled,
    State,
    Subscriber,
    Taken,
)
from bot.errors import StoreUnavailableError
from bot.ports import Store

EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
LEASE = timedelta(seconds=60)
CHAT = 4_200_000_017
ENDS = (State.SENT, State.STALE, State.UNDELIVERABLE, State.CANCELLED, State.UNKNOWN)

OpenStore = Callable[[str], Awaitable[Store]]


def person(chat: int = CHAT, due: datetime | None = EIGHT) -> Subscriber:
    plan = Plan(Kind.MORNING, time(8), next_due=due)
    return Subscriber(chat, "ru", "UTC", EIGHT - DAY, plans={Kind.MORNING: plan})


def daily(due: DuePlan) -> Advance:
    moment = due.plan.next_due
    assert moment is not None
    return Advance(due.id, moment.date(), due.plan.kind.value, moment, moment + DAY)


async def keep(store: Store, subscriber: Subscriber) -> None:
    async with store.change(subscriber.chat, None, EIGHT) as change:
        await change.save(subscriber)


async def take(
    store: Store, *settled: Settled, now: datetime = EIGHT, limit: int = 4, healthy: bool = True
) -> list[Taken]:
    return await store.turn(settled, now, limit, lease=LEASE, healthy=healthy)


async def take_one(store: Store, subscriber: Subscriber | None = None) -> Taken:
    await keep(store, subscriber or person())
    await store.materialise(EIGHT, daily)
    (taken,) = await take(store)
    return taken


async def balanced(store: Store) -> dict[str, int]:
    """Return the counts, having seen that all that was ever made is somewhere."""
    figures = await store.figures(EIGHT)
    assert figures.difference == 0
    states = {**figures.ended, **figures.pending}
    return {"all": figures.made, **{state.value: n for state, n in states.items() if n}}


class MakesOccurrences:
    async def test_a_due_plan_rings_once_and_moves_on(self, store: Store) -> None:
        await keep(store, person())

        assert await store.materialise(EIGHT, daily) == 1
        assert await store.materialise(EIGHT, daily) == 0
        seen = await store.look(CHAT)
        assert seen is not None
        assert seen.plans[Kind.MORNING].next_due == EIGHT + DAY
        assert seen.plans[Kind.MORNING].rang_on == EIGHT.date()

    @pytest.mark.parametrize("change", [{"on": False}, {"next_due": EIGHT + DAY}])
    async def test_a_plan_that_is_off_or_later_makes_nothing(
        self, store: Store, change: dict[str, bool]
    ) -> None:
        plan = replace(person().plans[Kind.MORNING], **change)  # type: ignore[arg-type]  # either field
        await keep(store, replace(person(), plans={Kind.MORNING: plan}))

        assert await store.materialise(EIGHT, daily) == 0

    async def test_no_more_plans_than_the_limit_go_in_one_transaction(self, store: Store) -> None:
        for chat in range(1, 6):
            await keep(store, person(chat))

        assert [await store.materialise(EIGHT, daily, 2) for _ in range(4)] == [2, 2, 1, 0]

    async def test_a_clock_that_steps_back_makes_no_second_one_on_a_date(
        self, store: Store
    ) -> None:
        for _ in range(2):
            await keep(store, person())
            assert await store.materialise(EIGHT, daily) == 1

        assert (await balanced(store))["all"] == 1

    async def test_a_plan_is_shown_to_the_schedule_with_its_zone(self, store: Store) -> None:
        seen: list[DuePlan] = []

        def noted(due: DuePlan) -> Advance:
            seen.append(due)
            return daily(due)

        await keep(store, replace(person(), zone="Asia/Tokyo"))
        await store.materialise(EIGHT, noted)
        assert [(due.zone, due.plan) for due in seen] == [
            ("Asia/Tokyo", person().plans[Kind.MORNING])
        ]

    async def test_an_error_in_the_schedule_leaves_every_plan_due(self, store: Store) -> None:
        def fails(_due: DuePlan) -> Advance:
            raise LookupError

        await keep(store, person())
        with pytest.raises(LookupError):
            await store.materialise(EIGHT, fails)
        assert await store.materialise(EIGHT, daily) == 1

    async def test_the_next_moment_is_the_earliest_of_plans_and_occurrences(
        self, store: Store
    ) -> None:
        assert await store.next_moment() is None
        await keep(store, person())
        await keep(store, person(2, EIGHT + DAY))
        assert await store.next_moment() == EIGHT
        taken = await take_one(store)
        assert await store.next_moment() == EIGHT + DAY
        later = EIGHT + timedelta(minutes=5)
        await take(store, Settled(taken.id, taken.attempt, State.DUE, later), limit=0)
        assert await store.next_moment() == later


class HandsOutAndRecords:
    async def test_what_is_taken_says_all_that_sending_needs(self, store: Store) -> None:
        taken = await take_one(store)

        assert taken == Taken(
            taken.id, Kind.MORNING, CHAT, "ru", EIGHT.date(), "morning", EIGHT, 1, 0
        )

    async def test_what_is_taken_is_not_handed_out_again(self, store: Store) -> None:
        await take_one(store)

        assert await take(store, now=EIGHT + DAY) == []
        assert await balanced(store) == {"all": 1, "sending": 1}

    async def test_work_goes_on_in_a_hurry(self, store: Store) -> None:
        store.hurry(0)
        taken = await take_one(store)

        await take(store, Settled(taken.id, taken.attempt, State.SENT, message_id=1), limit=0)
        assert await balanced(store) == {"all": 1, "sent": 1}

    async def test_the_oldest_go_first_and_no_more_than_asked_for(self, store: Store) -> None:
        for chat, minutes in ((1, 3), (2, 1), (3, 2)):
            await keep(store, person(chat, EIGHT + timedelta(minutes=minutes)))
        await store.materialise(EIGHT + DAY / 2, daily)

        taken = await take(store, now=EIGHT + DAY / 2, limit=2)
        assert [one.chat for one in taken] == [2, 3]

    @pytest.mark.parametrize("end", ENDS)
    async def test_every_end_is_counted_once(self, store: Store, end: State) -> None:
        taken = await take_one(store)
        for _ in range(2):
            await take(store, Settled(taken.id, taken.attempt, end))

        assert await balanced(store) == {"all": 1, end: 1}

    async def test_one_commit_settles_the_old_and_takes_the_new(self, store: Store) -> None:
        taken = await take_one(store)
        await keep(store, person(2))
        await store.materialise(EIGHT, daily)

        assert [
            one.chat for one in await take(store, Settled(taken.id, taken.attempt, State.SENT))
        ] == [2]
        assert await balanced(store) == {"all": 2, "sent": 1, "sending": 1}

    async def test_a_limit_of_zero_only_records(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)

        assert await take(store, limit=0) == []
        assert await balanced(store) == {"all": 1, "due": 1}

    async def test_another_try_waits_for_its_moment_and_counts_up(self, store: Store) -> None:
        taken = await take_one(store)
        later = EIGHT + timedelta(seconds=30)
        assert await take(store, Settled(taken.id, taken.attempt, State.DUE, later, doubts=1)) == []

        (again,) = await take(store, now=later)
        assert again == replace(taken, attempt=2, doubts=1)

    async def test_after_a_doubt_it_goes_only_when_the_path_is_proven(self, store: Store) -> None:
        taken = await take_one(store)
        doubt = Settled(taken.id, taken.attempt, State.DUE, EIGHT, doubts=1, needs_proof=True)

        assert await take(store, doubt, healthy=False) == []
        assert len(await take(store, healthy=True)) == 1

    async def test_what_was_never_taken_cannot_be_settled(self, store: Store) -> None:
        taken = await take_one(store)
        await take(store, Settled(taken.id, taken.attempt, State.DUE, EIGHT + DAY))

        await take(store, Settled(taken.id, taken.attempt, State.SENT), Settled(777, 1, State.SENT))
        assert await balanced(store) == {"all": 1, "due": 1}

    async def test_an_earlier_try_settles_nothing_of_what_was_taken_again(
        self, store: Store
    ) -> None:
        first = await take_one(store)
        (second,) = await take(store, Settled(first.id, first.attempt, State.DUE, EIGHT))
        await take(store, Settled(first.id, first.attempt, State.SENT), limit=0)
        assert await balanced(store) == {"all": 1, "sending": 1}

        await take(store, Settled(second.id, second.attempt, State.SENT), limit=0)
        assert await balanced(store) == {"all": 1, "sent": 1}

    async def test_what_is_not_ours_to_settle_stops_no_chat(self, store: Store) -> None:
        taken = await take_one(store)
        await take(store, Settled(taken.id, taken.attempt, State.SENT))
        await take(store, Settled(taken.id, taken.attempt, State.UNDELIVERABLE, stop_chat=True))

        seen = await store.look(CHAT)
        assert seen is not None
        assert not seen.stopped

    async def test_a_chat_with_a_new_id_goes_on_under_it(self, store: Store) -> None:
        taken = await take_one(store)
        (again,) = await take(
            store, Settled(taken.id, taken.attempt, State.DUE, EIGHT, new_chat=-99)
        )

        assert again.chat == -99
        assert await store.look(CHAT) is None

    async def test_a_new_id_that_is_someone_elses_is_not_taken_over(self, store: Store) -> None:
        taken = await take_one(store)
        await keep(store, replace(person(2, EIGHT + DAY), language="en"))
        moved = Settled(taken.id, taken.attempt, State.DUE, EIGHT, new_chat=2)

        assert await take(store, moved) == []
        assert await store.look(CHAT) is not None
        assert await balanced(store) == {"all": 1, "undeliverable": 1}


class LeavesPeopleAlone:
    async def test_a_chat_that_blocked_us_is_sent_nothing_more(self, store: Store) -> None:
        taken = await take_one(store)
        gone = Settled(taken.id, taken.attempt, State.UNDELIVERABLE, stop_chat=True)
        await take(store, gone)

        seen = await store.look(CHAT)
        assert seen is not None
        assert seen.stopped
        assert await store.materialise(EIGHT + DAY, daily) == 0
        assert await store.next_moment() is None

    async def test_what_waits_for_a_stopped_chat_ends_undeliverable(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)
        await store.stop_chat(CHAT)

        assert await take(store) == []
        assert await balanced(store) == {"all": 1, "undeliverable": 1}
        assert await store.materialise(EIGHT + DAY, daily) == 0

    async def test_a_chat_that_comes_back_rings_again(self, store: Store) -> None:
        await keep(store, person())
        await store.stop_chat(CHAT)
        await keep(store, person())

        assert await store.materialise(EIGHT, daily) == 1

    async def test_on_hold_reminders_end_cancelled_and_others_go(self, store: Store) -> None:
        await keep(store, replace(person(1), hold=date(2026, 3, 9)))
        await keep(store, person(2))
        await store.materialise(EIGHT, daily)

        assert [one.chat for one in await take(store, limit=1)] == [2]
        assert await balanced(store) == {"all": 2, "sending": 1, "cancelled": 1}

    async def test_a_retry_of_a_plan_turned_off_meanwhile_is_cancelled(self, store: Store) -> None:
        taken = await take_one(store)
        off = Plan(Kind.MORNING, time(8), on=False)
        await keep(store, replace(person(), plans={Kind.MORNING: off}))

        assert await take(store, Settled(taken.id, taken.attempt, State.DUE, EIGHT)) == []
        assert await balanced(store) == {"all": 1, "cancelled": 1}

    async def test_cancelling_reaches_what_is_due_but_not_what_is_on_its_way(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(taken.id, EIGHT + DAY)
            assert await change.cancel_pending(Kind.BREAK) == 0
            assert await change.cancel_pending(Kind.MORNING) == 1

        assert await balanced(store) == {"all": 2, "sending": 1, "cancelled": 1}

    async def test_cancelling_before_a_moment_leaves_what_is_due_from_then_on(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(taken.id, EIGHT + DAY)
            assert await change.cancel_pending(Kind.MORNING, EIGHT + DAY) == 0
            assert await change.cancel_pending(Kind.MORNING, EIGHT + DAY + LEASE) == 1

    async def test_moving_reaches_what_is_due_for_that_date_and_kind_alone(
        self, store: Store
    ) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)
        async with store.change(CHAT, 1, EIGHT) as change:
            assert await change.move_pending(Kind.BREAK, EIGHT.date(), EIGHT + DAY) == 0
            assert await change.move_pending(Kind.MORNING, (EIGHT + DAY).date(), EIGHT + DAY) == 0
            assert await change.move_pending(Kind.MORNING, EIGHT.date(), EIGHT + DAY / 2) == 1

        assert await take(store) == []
        assert [one.due for one in await take(store, now=EIGHT + DAY / 2)] == [EIGHT + DAY / 2]

    async def test_what_may_have_arrived_and_what_was_put_off_are_not_moved(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        doubt = Settled(taken.id, taken.attempt, State.DUE, EIGHT, doubts=1, needs_proof=True)
        await take(store, doubt, limit=0)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(taken.id, EIGHT + LEASE)
            assert await change.move_pending(Kind.MORNING, EIGHT.date(), EIGHT + DAY) == 0

    async def test_a_repeated_update_moves_nothing(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)
        for moved in (1, 0):
            async with store.change(CHAT, 1, EIGHT) as change:
                assert await change.move_pending(Kind.MORNING, EIGHT.date(), EIGHT) == moved

    async def test_deleting_cancels_all_that_was_pending(self, store: Store) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(taken.id, EIGHT)
            await change.forget()

        assert await take(store, Settled(taken.id, taken.attempt, State.SENT)) == []
        assert await balanced(store) == {"all": 2, "cancelled": 2}


class SurvivesItsProcess:
    async def test_what_another_process_left_is_found_whole(self, open_store: OpenStore) -> None:
        async with reopened(open_store, "first") as store:
            taken = await take_one(store)
        async with reopened(open_store, "second") as store:
            await store.examine()
            assert await store.orphans(EIGHT) == [taken]

    async def test_who_asks_while_it_closes_hears_at_worst_that_it_is_closed(
        self, open_store: OpenStore
    ) -> None:
        store = await open_store("first")
        closing = asyncio.get_running_loop().create_task(store.close())
        heard = []
        while not closing.done():
            heard += await asyncio.gather(
                *(store.figures(EIGHT) for _ in range(3)),
                store.next_moment(),
                return_exceptions=True,
            )
        await closing
        with pytest.raises(StoreUnavailableError):
            await store.figures(EIGHT)
        errors = {type(one) for one in heard if isinstance(one, BaseException)}
        assert errors <= {StoreUnavailableError}

    async def test_what_a_dead_process_was_sending_is_handed_over_once(
        self, open_store: OpenStore
    ) -> None:
        async with reopened(open_store, "first") as store:
            taken = await take_one(store)
        async with reopened(open_store, "second") as store:
            assert await store.orphans(EIGHT) == [taken]
            assert await store.orphans(EIGHT) == []
            await take(store, Settled(taken.id, taken.attempt, State.UNKNOWN, doubts=1))
            assert await balanced(store) == {"all": 1, "unknown": 1}

    async def test_what_another_process_was_sending_is_not_settled_before_it_is_taken_over(
        self, open_store: OpenStore
    ) -> None:
        async with reopened(open_store, "first") as store:
            taken = await take_one(store)
        end = Settled(taken.id, taken.attempt, State.SENT)
        async with reopened(open_store, "second") as store:
            await take(store, end, limit=0)
            assert await balanced(store) == {"all": 1, "sending": 1}
            await store.orphans(EIGHT)
            await take(store, end, limit=0)
            assert await balanced(store) == {"all": 1, "sent": 1}

    async def test_ones_own_sends_are_no_orphans(self, store: Store) -> None:
        await take_one(store)

        assert await store.orphans(EIGHT) == []

    async def test_everything_committed_is_there_after_a_restart(
        self, open_store: OpenStore
    ) -> None:
        async with reopened(open_store, "first") as store:
            await keep(store, person())
        async with reopened(open_store, "second") as store:
            assert await store.look(CHAT) == person()


@asynccontextmanager
async def reopened(open_store: OpenStore, owner: str) -> AsyncIterator[Store]:
    store = await open_store(owner)
    try:
        yield store
    finally:
        await store.close()
