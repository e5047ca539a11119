"""What every store promises about people: their settings, their updates, their answers."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.plans import (
    EVERY_DAY,
    Answer,
    Awaiting,
    Kind,
    Plan,
    Question,
    Settled,
    State,
    Subscriber,
)
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, LEASE, balanced, keep, person, take, take_one


class RemembersPeople:
    async def test_an_unknown_chat_has_nothing_kept_about_it(self, store: Store) -> None:
        assert await store.look(CHAT) is None

    async def test_everything_saved_is_seen_again_as_it_was(self, store: Store) -> None:
        plans = {
            Kind.MORNING: Plan(Kind.MORNING, time(7, 30), frozenset({1, 7}), True, EIGHT),
            Kind.BREAK: Plan(Kind.BREAK, time(23, 59, 58), EVERY_DAY, False, None),
        }
        awaiting = Awaiting(Question.MORNING_TIME, EIGHT + DAY)
        whole = Subscriber(CHAT, "en", None, EIGHT, awaiting, date(2026, 3, 9), True, plans)
        await keep(store, whole)

        assert await store.look(CHAT) == whole

    async def test_a_second_save_replaces_the_first(self, store: Store) -> None:
        await keep(store, replace(person(), hold=date(2026, 3, 9)))
        await keep(store, replace(person(), language="en"))

        assert await store.look(CHAT) == replace(person(), language="en")

    async def test_what_a_newer_update_has_set_an_older_one_that_comes_late_does_not_change(
        self, store: Store
    ) -> None:
        await keep(store, person())
        async with store.change(CHAT, 12, EIGHT) as change:
            await change.save(replace(person(), zone="Asia/Tokyo"), ("zone",))
        async with store.change(CHAT, 11, EIGHT) as change:
            late = replace(person(), zone="Europe/Berlin", language="en")
            await change.save(late, ("zone", "language"))
            assert change.subscriber is not None
            shown = change.subscriber.zone, change.subscriber.language

        assert shown == ("Asia/Tokyo", "en")
        seen = await store.look(CHAT)
        assert seen is not None
        assert (seen.zone, seen.language) == ("Asia/Tokyo", "en")
        async with store.change(CHAT, 11, EIGHT) as change:
            assert not change.fresh

    async def test_a_change_shows_what_is_kept_and_what_it_saved(self, store: Store) -> None:
        await keep(store, person())

        async with store.change(CHAT, 1, EIGHT) as change:
            assert change.subscriber == person()
            await change.save(replace(person(), zone="Asia/Tokyo"))
            assert change.subscriber == replace(person(), zone="Asia/Tokyo")

    async def test_people_do_not_see_one_another(self, store: Store) -> None:
        await keep(store, person(1))
        await keep(store, replace(person(2), language="en"))

        assert await store.look(1) == person(1)
        assert await store.look(-1) is None

    async def test_an_error_inside_a_change_undoes_all_of_it(self, store: Store) -> None:
        async def fails_halfway() -> None:
            async with store.change(CHAT, 5, EIGHT) as change:
                await change.save(person())
                raise LookupError

        with pytest.raises(LookupError):
            await fails_halfway()
        async with store.change(CHAT, 5, EIGHT) as change:
            assert change.fresh
            assert change.subscriber is None

    async def test_forgetting_leaves_nothing_and_can_begin_anew(self, store: Store) -> None:
        await keep(store, person())
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.forget()
            assert change.subscriber is None
        assert await store.look(CHAT) is None
        await keep(store, person())
        assert await store.look(CHAT) == person()

    async def test_forgetting_an_unknown_chat_changes_nothing(self, store: Store) -> None:
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.forget()
        async with store.change(CHAT, 1, EIGHT) as change:
            assert change.fresh


class AppliesUpdatesOnce:
    async def test_a_repeated_update_writes_nothing(self, store: Store) -> None:
        for language in ("ru", "en"):
            async with store.change(CHAT, 9, EIGHT) as change:
                assert change.fresh is (language == "ru")
                await change.save(replace(person(), language=language))

        assert await store.look(CHAT) == person()

    async def test_a_repeated_update_shows_what_is_so_now(self, store: Store) -> None:
        async with store.change(CHAT, 9, EIGHT) as change:
            await change.save(person())
        async with store.change(CHAT, 9, EIGHT) as change:
            await change.save(replace(person(), language="en"))
            assert change.subscriber == person()

    async def test_an_update_without_effect_is_not_remembered(self, store: Store) -> None:
        async with store.change(CHAT, 9, EIGHT) as change:
            await change.cancel_pending(Kind.MORNING)
            assert not await change.answer(1, Answer.DONE)

        async with store.change(CHAT, 9, EIGHT) as change:
            assert change.fresh

    async def test_a_repeated_update_neither_answers_nor_cancels_nor_deletes(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 9, EIGHT) as change:
            await change.save(person(due=EIGHT + DAY))
            await change.again(taken.id, EIGHT)
        before = await balanced(store)
        async with store.change(CHAT, 9, EIGHT) as change:
            assert await change.cancel_pending(Kind.MORNING) == 0
            assert await change.answer(taken.id, Answer.DONE)
            assert await change.again(taken.id, EIGHT + DAY)
            await change.forget()

        assert await balanced(store) == before

    async def test_a_repeated_update_rings_nothing_again(self, store: Store) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 9, EIGHT) as change:
            await change.save(person(due=EIGHT + DAY))
        async with store.change(CHAT, 9, EIGHT) as change:
            assert await change.again(taken.id, EIGHT)

        assert await balanced(store) == {"all": 1, "sending": 1}

    async def test_deleting_keeps_the_update_that_asked_for_it(self, store: Store) -> None:
        await keep(store, person())
        async with store.change(CHAT, 9, EIGHT) as change:
            await change.forget()
        async with store.change(CHAT, 9, EIGHT) as change:
            assert not change.fresh

    async def test_update_ids_are_forgotten_after_two_days(self, store: Store) -> None:
        for update, moment in ((1, EIGHT), (2, EIGHT + 3 * DAY)):
            async with store.change(CHAT, update, moment) as change:
                await change.save(person())
        async with store.change(CHAT, 1, EIGHT + 3 * DAY) as change:
            assert change.fresh

    async def test_update_ids_are_remembered_for_two_days(self, store: Store) -> None:
        for update, moment in ((1, EIGHT), (2, EIGHT + 2 * DAY)):
            async with store.change(CHAT, update, moment) as change:
                await change.save(person())
        async with store.change(CHAT, 1, EIGHT + 2 * DAY) as change:
            assert not change.fresh

    async def test_an_id_that_comes_again_after_a_silent_week_has_its_effect_and_only_once(
        self, store: Store
    ) -> None:
        later = EIGHT + 9 * DAY
        for language, moment in (("en", EIGHT), ("ru", later), ("en", later + 2 * DAY)):
            async with store.change(CHAT, 777, moment) as change:
                await change.save(replace(person(), language=language))

        subscriber = await store.look(CHAT)
        assert subscriber is not None
        assert subscriber.language == "ru"


class HearsAnswers:
    async def test_an_answer_to_ones_own_reminder_is_taken(self, store: Store) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 1, EIGHT) as change:
            assert await change.answer(taken.id, Answer.DONE)
        async with store.change(CHAT, 1, EIGHT) as change:
            assert not change.fresh

    async def test_a_second_answer_changes_nothing(self, store: Store) -> None:
        taken = await take_one(store)
        for update, answer in ((1, Answer.DONE), (2, Answer.SKIPPED)):
            async with store.change(CHAT, update, EIGHT) as change:
                assert await change.answer(taken.id, answer)
        async with store.change(CHAT, 2, EIGHT) as change:
            assert change.fresh

    async def test_someone_elses_reminder_can_be_neither_answered_nor_repeated(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        await keep(store, person(2, EIGHT + DAY))
        async with store.change(2, 1, EIGHT) as change:
            assert not await change.answer(taken.id, Answer.DONE)
            assert not await change.again(taken.id, EIGHT)

    async def test_later_rings_once_more_at_its_moment(self, store: Store) -> None:
        taken = await take_one(store)
        later = EIGHT + timedelta(minutes=10)
        for update in (1, 2):
            async with store.change(CHAT, update, EIGHT) as change:
                assert await change.again(taken.id, later)

        assert await take(store, Settled(taken.id, taken.attempt, State.SENT)) == []
        (copy,) = await take(store, now=later)
        assert (copy.slot, copy.due, copy.attempt) == ("morning+1", later, 1)
        assert (await balanced(store))["all"] == 2

    async def test_a_second_later_moves_the_copy_once_and_makes_no_other(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        for update, minutes in ((1, 10), (2, 30), (2, 40)):
            async with store.change(CHAT, update, EIGHT) as change:
                assert await change.again(taken.id, EIGHT + timedelta(minutes=minutes))

        await take(store, Settled(taken.id, taken.attempt, State.SENT), limit=0)
        assert await store.next_moment() == EIGHT + timedelta(minutes=30)
        (copy,) = await take(store, now=EIGHT + timedelta(minutes=30))
        assert (copy.due, copy.line) == (EIGHT + timedelta(minutes=30), 1)
        assert (await balanced(store))["all"] == 2

    async def test_a_later_after_the_copy_rang_changes_nothing_and_says_so(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        for update, moment in ((1, EIGHT), (2, EIGHT + DAY / 2)):
            async with store.change(CHAT, update, EIGHT) as change:
                assert await change.again(taken.id, moment) is (update == 1)
            await take(store, Settled(taken.id, taken.attempt, State.SENT), now=EIGHT)

        async with store.change(CHAT, 2, EIGHT) as change:
            assert change.fresh
        assert await balanced(store) == {"all": 2, "sent": 1, "sending": 1}

    async def test_what_was_put_off_and_did_not_ring_can_be_put_off_again(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        sent = Settled(taken.id, taken.attempt, State.SENT)
        for update in (1, 2):
            async with store.change(CHAT, update, EIGHT) as change:
                assert await change.again(taken.id, EIGHT + update * LEASE)
                if update == 1:
                    assert await change.cancel_pending(Kind.MORNING) == 1

        assert await take(store, sent, now=EIGHT + LEASE) == []
        (copy,) = await take(store, now=EIGHT + 2 * LEASE)
        assert (copy.slot, copy.attempt) == ("morning+1", 1)
        await balanced(store)

    async def test_later_can_be_asked_for_three_times(self, store: Store) -> None:
        taken = await take_one(store)
        for _ in range(3):
            async with store.change(CHAT, None, EIGHT) as change:
                assert await change.again(taken.id, EIGHT)
            (taken,) = await take(store, Settled(taken.id, taken.attempt, State.SENT))
        async with store.change(CHAT, None, EIGHT) as change:
            assert not await change.again(taken.id, EIGHT)

    async def test_done_on_one_copy_counts_for_the_others(self, store: Store) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(taken.id, EIGHT)
            await change.answer(taken.id, Answer.LATER)
        (copy,) = await take(store, Settled(taken.id, taken.attempt, State.SENT))
        for update, number in ((2, copy.id), (3, taken.id)):
            async with store.change(CHAT, update, EIGHT) as change:
                assert await change.answer(number, Answer.DONE)

        async with store.change(CHAT, 3, EIGHT) as change:
            assert change.fresh

    async def test_done_before_the_copy_rings_silences_it(self, store: Store) -> None:
        taken = await take_one(store)
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.again(taken.id, EIGHT + LEASE)
            await change.answer(taken.id, Answer.DONE)

        assert (
            await take(store, Settled(taken.id, taken.attempt, State.SENT), now=EIGHT + DAY) == []
        )
        assert await balanced(store) == {"all": 2, "sent": 1, "cancelled": 1}

    async def test_an_answer_proves_delivery_so_a_doubtful_one_is_not_resent(
        self, store: Store
    ) -> None:
        taken = await take_one(store)
        await take(store, Settled(taken.id, taken.attempt, State.DUE, EIGHT + LEASE, doubts=1))
        async with store.change(CHAT, 1, EIGHT) as change:
            await change.answer(taken.id, Answer.DONE)

        assert await take(store, now=EIGHT + DAY) == []
        assert await balanced(store) == {"all": 1, "sent": 1}

    async def test_a_copy_rings_although_the_plan_is_off_by_now(self, store: Store) -> None:
        taken = await take_one(store)
        off = Plan(Kind.MORNING, time(8), on=False)
        await keep(store, replace(person(), plans={Kind.MORNING: off}))
        async with store.change(CHAT, None, EIGHT) as change:
            await change.again(taken.id, EIGHT)

        assert len(await take(store, Settled(taken.id, taken.attempt, State.SENT))) == 1
