"""What every store promises about the rest after a referral and the one question in it."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.core.advance import advance
from bot.core.check_in import held, released
from bot.core.plans import Answer, Kind, Plan, Settled, State, Subscriber, Taken
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, balanced, keep, take

NEXT_EIGHT = EIGHT + DAY


def resting() -> Subscriber:
    """Return who has a morning reminder at 08:00, and rests since 08:00."""
    plan = Plan(Kind.MORNING, time(8), next_due=NEXT_EIGHT)
    person = Subscriber(CHAT, "ru", "UTC", EIGHT - DAY, plans={Kind.MORNING: plan})
    return held(person, EIGHT)


async def check_in_taken(store: Store) -> Taken:
    await keep(store, resting())
    await store.materialise(NEXT_EIGHT, advance)
    (taken,) = await take(store, now=NEXT_EIGHT)
    return taken


class ChecksIn:
    async def test_under_a_hold_the_check_in_goes_and_nothing_else(self, store: Store) -> None:
        taken = await check_in_taken(store)

        assert (taken.kind, taken.local_date) == (Kind.CHECK_IN, date(2026, 3, 3))
        assert await balanced(store) == {"all": 2, "sending": 1, "cancelled": 1}

    async def test_its_plan_is_seen_again_and_rings_once(self, store: Store) -> None:
        taken = await check_in_taken(store)
        await take(
            store,
            Settled(taken.id, taken.attempt, State.SENT, message_id=5),
            now=NEXT_EIGHT,
            limit=0,
        )
        seen = await store.look(CHAT)
        assert seen is not None

        plan = seen.plans[Kind.CHECK_IN]
        assert (plan.on, plan.next_due, plan.rang_on) == (True, None, date(2026, 3, 3))
        for day in range(1, 9):
            await store.materialise(NEXT_EIGHT + day * DAY, advance)
        assert await take(store, now=NEXT_EIGHT + 8 * DAY) == []

    async def test_with_the_hold_ends_what_was_due_of_it(self, store: Store) -> None:
        await keep(store, resting())
        await store.materialise(NEXT_EIGHT, advance)
        await keep(store, released(resting()))

        (taken,) = await take(store, now=NEXT_EIGHT)
        assert taken.kind is Kind.MORNING
        assert await balanced(store) == {"all": 2, "sending": 1, "cancelled": 1}

    async def test_without_a_hold_it_is_not_sent_whatever_its_plan_says(self, store: Store) -> None:
        await keep(store, resting())
        await store.materialise(NEXT_EIGHT, advance)
        await keep(store, replace(resting(), hold=None))

        (morning,) = await take(store, now=NEXT_EIGHT)
        assert morning.kind is Kind.MORNING
        assert (
            await take(store, Settled(morning.id, morning.attempt, State.SENT), now=NEXT_EIGHT)
            == []
        )

    async def test_where_nothing_rests_any_more_it_is_not_sent(self, store: Store) -> None:
        await keep(store, resting())
        await store.materialise(NEXT_EIGHT, advance)
        person = resting()
        off = replace(person.plans[Kind.CHECK_IN], on=False, next_due=None)
        await keep(store, replace(person, plans={**person.plans, Kind.CHECK_IN: off}))

        assert await take(store, now=NEXT_EIGHT) == []

    async def test_a_chat_that_blocked_us_gets_none(self, store: Store) -> None:
        await keep(store, resting())
        await store.stop_chat(CHAT)

        assert await store.materialise(NEXT_EIGHT, advance) == 0

    async def test_it_cannot_be_done_put_off_or_turned_to_like_a_reminder(
        self, store: Store
    ) -> None:
        taken = await check_in_taken(store)
        async with store.change(CHAT, 1, NEXT_EIGHT) as change:
            assert await change.heed(taken.id) is None
            assert not await change.answer(taken.id, Answer.DONE)
            assert not await change.again(taken.id, NEXT_EIGHT)

    async def test_it_is_no_day_without_an_answer_and_no_message_to_clear_up(
        self, store: Store
    ) -> None:
        taken = await check_in_taken(store)
        await take(
            store,
            Settled(taken.id, taken.attempt, State.SENT, message_id=5),
            now=NEXT_EIGHT,
            limit=0,
        )
        assert await store.days(CHAT, date(2026, 3, 1)) == []

        await keep(store, released(resting()))
        while await store.materialise(NEXT_EIGHT + DAY, advance):
            pass
        (morning,) = await take(store, now=NEXT_EIGHT + DAY)
        assert (morning.kind, morning.open_message) == (Kind.MORNING, None)

    async def test_it_is_told_in_no_number_of_its_own(self, store: Store) -> None:
        await keep(store, resting())

        assert (await store.figures(EIGHT)).plans == {Kind.MORNING: 1, Kind.BREAK: 0}

    async def test_deleting_leaves_nothing_of_it(self, store: Store) -> None:
        await keep(store, resting())
        await store.materialise(NEXT_EIGHT, advance)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.forget()

        assert await take(store, now=NEXT_EIGHT) == []
        assert await store.next_moment() is None
        assert await balanced(store) == {"all": 2, "cancelled": 2}

    async def test_moved_by_a_new_message_it_comes_on_the_later_day_alone(
        self, store: Store
    ) -> None:
        await keep(store, resting())
        again = held(resting(), EIGHT + DAY - timedelta(hours=1))
        await keep(store, again)
        await store.materialise(NEXT_EIGHT, advance)
        assert await take(store, now=NEXT_EIGHT) == []

        await store.materialise(NEXT_EIGHT + DAY, advance)
        (taken,) = await take(store, now=NEXT_EIGHT + DAY)
        assert (taken.kind, taken.local_date) == (Kind.CHECK_IN, date(2026, 3, 4))

    async def test_while_it_waits_for_the_day_nothing_seems_to_stand_still(
        self, store: Store
    ) -> None:
        taken = await check_in_taken(store)
        night = NEXT_EIGHT + timedelta(hours=15)
        waits = Settled(taken.id, taken.attempt, State.DUE, NEXT_EIGHT + DAY)
        await take(store, waits, now=night, limit=0)
        assert (await store.figures(night)).oldest_due is None

        assert (await store.figures(NEXT_EIGHT + DAY)).oldest_due is not None
