"""What every store promises when a clock was ahead and came back."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.core.breaks import Rhythm
from bot.core.plans import DuePlan, Kind, Plan, Settled, State, Subscriber, Taken
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, balanced, daily, keep, person, take

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
AHEAD = EIGHT + 30 * DAY
NOW = EIGHT - HOUR


def unchanged(due: DuePlan) -> Plan:
    return due.plan


def at_eight(due: DuePlan) -> Plan:
    return replace(due.plan, next_due=EIGHT)


async def pulled_back(store: Store, now: datetime = NOW) -> None:
    assert await store.pull_back(now, at_eight) is None


async def one_ends_ahead(store: Store, state: State, **end: object) -> Taken:
    """Let the reminder of today be made by a clock that is ahead, and end so."""
    await keep(store, person())
    await store.materialise(AHEAD, daily)
    (taken,) = await take(store, now=AHEAD)
    settled = Settled(taken.id, taken.attempt, state, **end)  # type: ignore[arg-type]  # any fields
    await take(store, settled, now=AHEAD, limit=0)
    return taken


async def morning_of(store: Store, chat: int = CHAT) -> Plan:
    seen = await store.look(chat)
    assert seen is not None
    return seen.plans[Kind.MORNING]


class PullsBack:
    @pytest.mark.parametrize("end", [State.STALE, State.UNDELIVERABLE, State.CANCELLED])
    async def test_what_was_not_sent_ahead_of_its_moment_is_made_again_then(
        self, store: Store, end: State
    ) -> None:
        await one_ends_ahead(store, end)
        await pulled_back(store)
        assert (await morning_of(store)).rang_on is None

        assert await store.materialise(EIGHT, daily) == 1
        assert [one.local_date for one in await take(store)] == [EIGHT.date()]
        assert await balanced(store) == {"all": 2, end.value: 1, "sending": 1}

    async def test_what_still_waits_is_cancelled_and_made_again(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(AHEAD, daily)
        await pulled_back(store)
        assert await balanced(store) == {"all": 1, "cancelled": 1}

        await store.materialise(EIGHT, daily)
        assert len(await take(store)) == 1

    async def test_what_was_sent_too_early_does_not_come_again(self, store: Store) -> None:
        await one_ends_ahead(store, State.SENT)
        await pulled_back(store)

        await store.materialise(EIGHT, daily)
        assert await take(store) == []
        assert await balanced(store) == {"all": 1, "sent": 1}

    async def test_what_may_have_been_sent_does_not_come_again_either(self, store: Store) -> None:
        await one_ends_ahead(store, State.DUE, doubts=1)
        await pulled_back(store)

        await store.materialise(EIGHT, daily)
        assert await take(store) == []
        assert await balanced(store) == {"all": 1, "unknown": 1}

    async def test_what_was_given_up_after_a_doubt_does_not_come_again(self, store: Store) -> None:
        await one_ends_ahead(store, State.STALE, doubts=1)
        await pulled_back(store)

        await store.materialise(EIGHT, daily)
        assert await take(store) == []

    async def test_what_is_on_its_way_stays_so(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(AHEAD, daily)
        (taken,) = await take(store, now=AHEAD)
        await pulled_back(store)
        await take(store, Settled(taken.id, taken.attempt, State.SENT), limit=0)

        assert await balanced(store) == {"all": 1, "sent": 1}

    async def test_what_ended_after_its_moment_stays_as_it_ended(self, store: Store) -> None:
        await one_ends_ahead(store, State.STALE)
        await pulled_back(store, EIGHT + HOUR)

        await store.materialise(EIGHT + HOUR, daily)
        assert await take(store, now=EIGHT + HOUR) == []
        assert (await morning_of(store)).rang_on == EIGHT.date()

    async def test_the_date_of_the_last_ring_is_one_that_has_come(self, store: Store) -> None:
        await one_ends_ahead(store, State.SENT)
        for _ in range(6):
            await store.materialise(AHEAD, daily)
        (sent,) = await take(store, now=AHEAD, limit=1)
        ends = Settled(sent.id, sent.attempt, State.SENT)
        while taken := await take(store, ends, now=AHEAD, limit=1):
            ends = Settled(taken[0].id, taken[0].attempt, State.SENT)
        assert (await morning_of(store)).rang_on == (EIGHT + 6 * DAY).date()

        await pulled_back(store, EIGHT + HOUR)
        assert (await morning_of(store)).rang_on == EIGHT.date()

    async def test_a_plan_gets_what_it_is_told_and_a_last_ring_of_long_ago_stays(
        self, store: Store
    ) -> None:
        await one_ends_ahead(store, State.SENT)
        seen: list[DuePlan] = []

        def told(due: DuePlan) -> Plan:
            seen.append(due)
            quiet, asks = EIGHT + 9 * DAY, date(2026, 3, 20)
            return replace(due.plan, next_due=None, quiet_until=quiet, asks_from=asks)

        later = EIGHT + 5 * DAY
        await store.pull_back(later, told)
        plan = await morning_of(store)
        assert [(due.zone, due.plan.rang_on) for due in seen] == [("UTC", EIGHT.date())]
        assert (plan.next_due, plan.quiet_until) == (None, EIGHT + 9 * DAY)
        assert (plan.asks_from, plan.rang_on) == (date(2026, 3, 20), EIGHT.date())

    async def test_a_break_gives_way_no_longer_to_what_went_too_early(self, store: Store) -> None:
        await one_ends_ahead(store, State.SENT)
        breaks = Plan(Kind.BREAK, time(0), next_due=EIGHT + HOUR, rhythm=Rhythm())
        await keep(store, replace(person(due=AHEAD + DAY), plans={Kind.BREAK: breaks}))
        assert await store.pull_back(NOW, unchanged) is None

        await store.materialise(EIGHT + HOUR, daily)
        assert [one.kind for one in await take(store, now=EIGHT + HOUR)] == [Kind.BREAK]

    @pytest.mark.parametrize(
        ("put_off", "left"), [(HOUR, {"due": 1}), (30 * DAY, {"cancelled": 1})]
    )
    async def test_what_was_put_off_rings_unless_that_is_far_off(
        self, store: Store, put_off: timedelta, left: dict[str, int]
    ) -> None:
        taken = await one_ends_ahead(store, State.SENT)
        async with store.change(CHAT, None, NOW) as change:
            assert await change.again(taken.id, NOW + put_off)
        await pulled_back(store)

        assert await balanced(store) == {"all": 2, "sent": 1, **left}

    async def test_a_retry_waits_for_no_false_moment(self, store: Store) -> None:
        await one_ends_ahead(store, State.DUE, not_before=AHEAD + HOUR)
        await pulled_back(store, EIGHT + MINUTE)

        assert len(await take(store, now=EIGHT + MINUTE)) == 1

    async def test_a_retry_of_the_next_minutes_stays(self, store: Store) -> None:
        await one_ends_ahead(store, State.DUE, not_before=EIGHT + 4 * MINUTE)
        await pulled_back(store, EIGHT + MINUTE)

        assert await take(store, now=EIGHT + 3 * MINUTE) == []
        assert len(await take(store, now=EIGHT + 4 * MINUTE)) == 1

    @pytest.mark.parametrize(
        ("due", "comes"), [(EIGHT, EIGHT), (AHEAD, NOW + DAY)], ids=["made before", "made ahead"]
    )
    async def test_a_check_in_comes_at_its_moment_or_tomorrow(
        self, store: Store, due: datetime, comes: datetime
    ) -> None:
        await keep(store, resting(due))
        await store.materialise(AHEAD, daily)
        (taken,) = await take(store, now=AHEAD)
        waits = Settled(taken.id, taken.attempt, State.DUE, AHEAD + 8 * HOUR)
        await take(store, waits, now=AHEAD, limit=0)
        assert await store.pull_back(NOW, unchanged) is None

        assert await take(store, now=comes - MINUTE) == []
        assert [one.due for one in await take(store, now=comes)] == [comes]

    async def test_a_rest_ends_with_a_question_tomorrow(self, store: Store) -> None:
        await keep(store, resting(AHEAD))
        await store.pull_back(NOW, unchanged)

        seen = await store.look(CHAT)
        assert seen is not None
        assert seen.hold == (NOW + DAY).date()

    async def test_a_few_people_go_at_a_time(self, store: Store) -> None:
        for chat in range(1, 6):
            await keep(store, person(chat, AHEAD))
        place, calls = 0, 0
        while (done := await store.pull_back(NOW, at_eight, place, 2)) is not None:
            assert done > place
            place, calls = done, calls + 1

        assert calls == 2
        assert [(await morning_of(store, chat)).next_due for chat in range(1, 6)] == [EIGHT] * 5

    async def test_a_plan_that_cannot_be_worked_out_leaves_all_as_it_was(
        self, store: Store
    ) -> None:
        def fails(_due: DuePlan) -> Plan:
            raise LookupError

        await one_ends_ahead(store, State.STALE)
        with pytest.raises(LookupError):
            await store.pull_back(NOW, fails)
        assert await balanced(store) == {"all": 1, "stale": 1}

    async def test_nobody_was_ahead_where_nothing_is_of_later(self, store: Store) -> None:
        assert not await store.was_ahead(EIGHT)
        await one_ends_ahead_of_nobody(store)
        assert not await store.was_ahead(EIGHT)

    async def test_what_was_heard_ahead_shows_it_until_all_is_pulled_back(
        self, store: Store
    ) -> None:
        async with store.change(CHAT, 7, AHEAD) as change:
            await change.save(person(due=AHEAD))
        assert await store.was_ahead(NOW)
        await pulled_back(store)
        assert not await store.was_ahead(NOW)

        async with store.change(CHAT, 7, NOW) as change:
            assert not change.fresh

    async def test_what_was_counted_ahead_shows_it_and_counts_on(self, store: Store) -> None:
        await one_ends_ahead(store, State.STALE)
        await store.count_referral(AHEAD)
        assert await store.was_ahead(EIGHT + HOUR)
        await pulled_back(store, EIGHT + HOUR)

        assert not await store.was_ahead(EIGHT + HOUR)
        assert await balanced(store) == {"all": 1, "stale": 1}

    async def test_what_was_made_ahead_the_same_day_shows_it(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(EIGHT, daily)

        assert await store.was_ahead(NOW)
        assert not await store.was_ahead(EIGHT - 5 * MINUTE)


def resting(due: datetime) -> Subscriber:
    check_in = Plan(Kind.CHECK_IN, time(8), next_due=due)
    return replace(person(), hold=due.date(), plans={Kind.CHECK_IN: check_in})


async def one_ends_ahead_of_nobody(store: Store) -> None:
    await keep(store, person())
    async with store.change(2, 7, EIGHT) as change:
        await change.save(person(2, EIGHT + DAY))
    await store.materialise(EIGHT, daily)
    (taken,) = await take(store)
    await take(store, Settled(taken.id, taken.attempt, State.SENT), limit=0)
    await store.count_referral(EIGHT)
