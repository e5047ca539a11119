"""What every store promises about breaks, rests and what suits people."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.advance import advance
from bot.core.breaks import Rhythm, Window
from bot.core.plans import Answer, Kind, Pause, Plan, Rung, Settled, State, Subscriber, Taken
from bot.core.preferences import Preferences
from bot.core.streaks import Day
from bot.ports import Store
from tests.store.contract import CHAT, DAY, EIGHT, balanced, daily, keep, take, take_one
from tests.store.contract import person as morning_person

HOUR = timedelta(hours=1)
TEN = EIGHT + 2 * HOUR
DAY_ONE = date(2026, 3, 2)
BREAKS = Plan(Kind.BREAK, time(0), next_due=TEN, rhythm=Rhythm())


def person(plan: Plan = BREAKS) -> Subscriber:
    return Subscriber(CHAT, "ru", "UTC", EIGHT - DAY, plans={plan.kind: plan})


async def plan_of(store: Store, kind: Kind = Kind.BREAK) -> Plan:
    seen = await store.look(CHAT)
    assert seen is not None
    return seen.plans[kind]


async def ring(store: Store) -> Taken:
    """Let the next break ring and be sent; its message has its own number."""
    due = (await plan_of(store)).next_due
    assert due is not None
    await store.materialise(due, advance)
    (taken,) = await take(store, now=due)
    await take(store, sent(taken), now=due, limit=0)
    return taken


def sent(taken: Taken) -> Settled:
    return Settled(taken.id, taken.attempt, State.SENT, message_id=1000 + taken.id)


class KeepsBreaks:
    async def test_a_rhythm_with_pause_and_quiet_is_seen_again_as_it_was(
        self, store: Store
    ) -> None:
        shifts = ((2, Window(time(6), time(14))), (7, Window(time(13, 30), time(23, 59))))
        plan = replace(
            BREAKS,
            rhythm=Rhythm(shifts, 45, Window(time(12), time(12, 30))),
            pause=Pause(date(2026, 3, 1), date(2026, 3, 9)),
            quiet_until=TEN,
            silent=True,
        )
        await keep(store, person(plan))

        assert await plan_of(store) == plan

    async def test_a_pause_without_an_end_is_seen_again(self, store: Store) -> None:
        await keep(store, person(replace(BREAKS, pause=Pause(date(2026, 3, 1)))))

        assert (await plan_of(store)).pause == Pause(date(2026, 3, 1))

    async def test_what_suits_a_person_is_seen_again(self, store: Store) -> None:
        suits = Preferences(20, True, True, True, True, True, (date(2026, 3, 1),))
        await keep(store, replace(person(), preferences=suits))

        seen = await store.look(CHAT)
        assert seen is not None
        assert seen.preferences == suits

    async def test_each_break_has_the_next_turn_and_line(self, store: Store) -> None:
        await keep(store, person())

        rung = [await ring(store) for _ in range(3)]
        assert [(one.slot, one.turn, one.line) for one in rung] == [
            ("10:00", 0, 0),
            ("11:00", 1, 1),
            ("12:00", 2, 2),
        ]
        assert (await plan_of(store)).turn == 2

    async def test_what_materialising_keeps_is_not_for_others_to_write(self, store: Store) -> None:
        await keep(store, person())
        await ring(store)
        kept = await plan_of(store)
        await keep(store, person(replace(kept, turn=9, line=9, unanswered=9, rang_on=None)))

        assert await plan_of(store) == kept

    async def test_a_date_and_label_that_had_its_break_gets_no_second_and_no_line(
        self, store: Store
    ) -> None:
        await keep(store, person())
        await ring(store)
        await keep(store, person())
        await store.materialise(TEN, advance)

        assert await take(store, now=TEN) == []
        assert (await plan_of(store)).line == 1
        assert (await balanced(store))["all"] == 1

    async def test_a_label_that_rang_is_left_out_of_what_comes_next(self, store: Store) -> None:
        await keep(store, person())
        await ring(store)
        await keep(store, person(replace(BREAKS, next_due=TEN + 2 * HOUR)))
        await ring(store)
        await keep(store, replace(person(), zone="Atlantic/Azores"))
        rung = [await ring(store) for _ in range(2)]

        assert [one.slot for one in rung] == ["09:00", "11:00"]
        assert (await plan_of(store)).next_due == TEN + 4 * HOUR

    async def test_a_plan_may_have_no_next_moment(self, store: Store) -> None:
        await keep(store, person())
        await store.materialise(TEN, lambda due: replace(advance(due), next_due=None))

        assert (await plan_of(store)).next_due is None
        assert await store.materialise(TEN + DAY, advance) == 0

    async def test_what_is_taken_carries_what_suits_its_person(self, store: Store) -> None:
        suits = Preferences(5, no_floor=True)
        someone = replace(person(replace(BREAKS, silent=True)), preferences=suits)
        await keep(store, someone)
        await store.materialise(TEN, advance)

        (taken,) = await take(store, now=TEN)
        assert (taken.silent, taken.preferences, taken.open_message) == (True, suits, None)

    @pytest.mark.parametrize(
        "rest",
        [
            {"pause": Pause(date(2026, 3, 2))},
            {"pause": Pause(date(2026, 3, 2), date(2026, 3, 3))},
            {"quiet_until": TEN + HOUR},
        ],
    )
    async def test_a_retry_of_what_rests_by_now_is_cancelled(
        self, store: Store, rest: dict[str, Pause]
    ) -> None:
        await keep(store, person())
        await store.materialise(TEN, advance)
        (taken,) = await take(store, now=TEN)
        await keep(store, person(replace(BREAKS, next_due=None, **rest)))  # type: ignore[arg-type]  # either field

        assert await take(store, Settled(taken.id, taken.attempt, State.DUE, TEN), now=TEN) == []
        assert await balanced(store) == {"all": 1, "cancelled": 1}

    async def test_on_the_day_that_ends_a_pause_it_rings(self, store: Store) -> None:
        pause = Pause(date(2026, 3, 1), date(2026, 3, 2))
        await keep(store, person(replace(BREAKS, pause=pause, quiet_until=TEN)))
        await store.materialise(TEN, advance)

        assert len(await take(store, now=TEN)) == 1


class HeedsPeople:
    async def test_breaks_sent_and_not_answered_are_counted_for_their_date(
        self, store: Store
    ) -> None:
        await keep(store, person())
        for count in (1, 2, 3):
            await ring(store)
            assert (await plan_of(store)).unanswered == count

    async def test_after_three_in_a_row_it_asks_and_is_quiet_till_the_next_day(
        self, store: Store
    ) -> None:
        await keep(store, person())
        rung = [await ring(store) for _ in range(4)]

        assert [one.asks for one in rung] == [False, False, False, True]
        assert (await plan_of(store)).next_due == TEN + DAY
        assert not (await ring(store)).asks
        assert (await plan_of(store)).unanswered == 1

    async def test_nothing_is_asked_in_a_rest_and_no_quiet_begins(self, store: Store) -> None:
        await keep(store, person())
        for _ in range(3):
            await ring(store)
        await keep(store, replace(person(await plan_of(store)), hold=DAY_ONE))
        await store.materialise(TEN + 3 * HOUR, advance)

        kept = await plan_of(store)
        assert (kept.next_due, kept.quiet_until, kept.unanswered) == (TEN + 4 * HOUR, None, 3)

    async def test_the_quiet_that_comes_with_the_question_is_kept_with_it(
        self, store: Store
    ) -> None:
        await keep(store, person())
        for _ in range(4):
            await ring(store)
        kept = await plan_of(store)

        assert kept.quiet_until == TEN + timedelta(hours=14)
        assert kept.asks_from == DAY_ONE + 7 * DAY

    async def test_a_run_goes_on_over_days_and_begins_anew_after_the_question(
        self, store: Store
    ) -> None:
        hour = Rhythm(tuple((day, Window(time(9), time(10, 30))) for day in range(1, 8)))
        await keep(store, person(replace(BREAKS, rhythm=hour)))
        counts = []
        for _ in range(5):
            asks = (await ring(store)).asks
            counts.append((asks, (await plan_of(store)).unanswered))

        assert counts == [(False, 1), (False, 2), (False, 3), (True, 0), (False, 1)]

    @pytest.mark.parametrize(("turned_to", "days"), [(0, 1), (3, 7)])
    async def test_turning_to_a_break_lets_it_ask_from_the_next_day_on_but_an_answer_does_not(
        self, store: Store, turned_to: int, days: int
    ) -> None:
        await keep(store, person())
        rung = [await ring(store) for _ in range(4)]
        async with store.change(CHAT, 1, TEN) as change:
            await change.heed(rung[turned_to].id)

        assert (await plan_of(store)).asks_from == DAY_ONE + days * DAY

    async def test_a_longer_quiet_outlasts_the_one_of_the_question(self, store: Store) -> None:
        await keep(store, person())
        for _ in range(3):
            await ring(store)
        longer = replace(await plan_of(store), quiet_until=TEN + 3 * DAY)
        await keep(store, person(longer))
        await store.materialise(TEN + 3 * HOUR, advance)

        assert (await plan_of(store)).quiet_until == TEN + 3 * DAY

    async def test_turning_to_one_ends_the_run(self, store: Store) -> None:
        await keep(store, person())
        await ring(store)
        taken = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            rung = await change.heed(taken.id)

        assert rung == Rung(Kind.BREAK, 1, date(2026, 3, 2), None, 0, line=1)
        assert (await plan_of(store)).unanswered == 0

    async def test_who_taps_before_the_send_is_recorded_has_turned_to_it(
        self, store: Store
    ) -> None:
        await keep(store, person())
        await store.materialise(TEN, advance)
        (taken,) = await take(store, now=TEN)
        async with store.change(CHAT, 1, TEN) as change:
            await change.heed(taken.id)
        await take(store, sent(taken), now=TEN)

        assert (await plan_of(store)).unanswered == 0
        assert (await ring(store)).open_message is None

    async def test_an_answer_turns_to_it_too(self, store: Store) -> None:
        await keep(store, person())
        taken = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.answer(taken.id, Answer.SKIPPED)

        assert (await plan_of(store)).unanswered == 0
        assert (await ring(store)).open_message is None

    async def test_saving_may_end_a_run_but_never_lengthen_it(self, store: Store) -> None:
        await keep(store, person())
        await ring(store)
        for said in (7, 0):
            await keep(store, person(replace(await plan_of(store), unanswered=said)))
            assert (await plan_of(store)).unanswered == min(said, 1)

    async def test_a_morning_is_not_counted_as_unanswered(self, store: Store) -> None:
        taken = await take_one(store)
        await take(store, sent(taken))

        assert (await plan_of(store, Kind.MORNING)).unanswered == 0

    async def test_what_came_before_and_still_has_its_buttons_is_known(self, store: Store) -> None:
        await keep(store, person())
        first, second, third = [await ring(store) for _ in range(3)]

        assert [first.open_message, second.open_message] == [None, 1000 + first.id]
        assert third.open_message == 1000 + second.id

    async def test_of_two_at_one_moment_the_second_waits_and_then_knows_the_first(
        self, store: Store
    ) -> None:
        morning = Plan(Kind.MORNING, time(10), next_due=TEN)
        both = replace(person(), plans={Kind.BREAK: BREAKS, Kind.MORNING: morning})
        await keep(store, both)
        await store.materialise(TEN, advance)
        (first,) = await take(store, now=TEN)
        assert await take(store, now=TEN) == []

        (second,) = await take(store, sent(first), now=TEN)
        assert second.open_message == 1000 + first.id

    async def test_turning_to_an_older_one_leaves_the_newest_open(self, store: Store) -> None:
        await keep(store, person())
        first, second = [await ring(store) for _ in range(2)]
        async with store.change(CHAT, 1, TEN) as change:
            await change.heed(first.id)

        assert (await ring(store)).open_message == 1000 + second.id

    async def test_turning_to_the_first_closes_its_copys_message(self, store: Store) -> None:
        await keep(store, person())
        first = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(first.id, TEN + HOUR / 6)
        (copy,) = await take(store, now=TEN + HOUR / 6)
        await take(store, sent(copy), limit=0)
        async with store.change(CHAT, 2, TEN) as change:
            rung = await change.heed(first.id)

        assert rung is not None
        assert rung.copies == 1
        assert (await ring(store)).open_message is None

    async def test_a_copy_proposes_the_same_with_another_line(self, store: Store) -> None:
        await keep(store, person())
        await ring(store)
        second = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(second.id, TEN + HOUR)
            await change.again(second.id, TEN + HOUR)
        (copy,) = await take(store, now=TEN + HOUR)

        assert (copy.turn, copy.line, copy.asks) == (second.turn, second.line + 1, False)
        assert (await plan_of(store)).line == copy.line + 1

    @pytest.mark.parametrize("apart", [-300, -59, 0, 1, 59, 300])
    async def test_a_break_within_five_minutes_of_what_was_put_off_is_left_out(
        self, store: Store, apart: int
    ) -> None:
        await keep(store, person())
        first = await ring(store)
        at = TEN + HOUR + timedelta(seconds=apart)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(first.id, at)
        await store.materialise(max(at, TEN + HOUR), advance)
        (copy,) = [*await take(store, now=TEN + HOUR), *await take(store, now=at)]
        await take(store, sent(copy), now=at, limit=0)

        assert copy.slot == "10:00+1"
        assert (await ring(store)).slot == "12:00"
        assert await store.days(CHAT, DAY_ONE) == [Day(DAY_ONE, 0, 0, 0, 2)]

    async def test_a_break_just_after_a_copy_was_sent_is_left_out(self, store: Store) -> None:
        await keep(store, person())
        first = await ring(store)
        at = TEN + HOUR - timedelta(minutes=4)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(first.id, at)
        (copy,) = await take(store, now=at)
        await take(store, sent(copy), now=at, limit=0)
        await store.materialise(TEN + HOUR, advance)

        assert await take(store, now=TEN + HOUR) == []

    async def test_a_break_comes_after_all_where_the_copy_is_done_before_or_further_away(
        self, store: Store
    ) -> None:
        await keep(store, person())
        first = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(first.id, TEN + HOUR)
            await change.answer(first.id, Answer.DONE)
        second = await ring(store)
        assert second.slot == "11:00"
        async with store.change(CHAT, 2, TEN) as change:
            await change.again(second.id, TEN + 2 * HOUR + timedelta(minutes=6))

        assert (await ring(store)).slot == "12:00"

    async def test_the_question_gives_way_to_nothing_or_its_quiet_would_go_unexplained(
        self, store: Store
    ) -> None:
        await keep(store, person())
        first = await ring(store)
        for _ in range(2):
            await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(first.id, TEN + 3 * HOUR)
        at = TEN + 3 * HOUR
        await store.materialise(at, advance)
        (copy,) = await take(store, now=at)
        (question,) = await take(store, sent(copy), now=at)

        assert (copy.slot, question.slot, question.asks) == ("10:00+1", "13:00", True)

    async def test_copies_do_not_count_as_unanswered(self, store: Store) -> None:
        await keep(store, person())
        first = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(first.id, TEN)
            await change.answer(first.id, Answer.LATER)
        (copy,) = await take(store, now=TEN)
        await take(store, sent(copy), limit=0)

        assert (await plan_of(store)).unanswered == 0

    async def test_nobody_turns_to_what_is_not_theirs(self, store: Store) -> None:
        await keep(store, person())
        taken = await ring(store)
        await keep(store, morning_person(2, EIGHT + DAY))
        for chat in (2, 3):
            async with store.change(chat, 1, TEN) as change:
                assert await change.heed(taken.id) is None
                assert change.fresh

        assert (await plan_of(store)).unanswered == 1

    async def test_a_repeated_update_only_sees_what_it_turned_to(self, store: Store) -> None:
        await keep(store, person())
        taken = await ring(store)
        async with store.change(CHAT, 9, TEN) as change:
            await change.save(person(await plan_of(store)))
        async with store.change(CHAT, 9, TEN) as change:
            assert await change.heed(taken.id) is not None

        assert (await plan_of(store)).unanswered == 1


class LooksBack:
    async def test_a_day_tells_what_became_of_each_of_its_reminders(self, store: Store) -> None:
        await keep(store, person())
        answers = [Answer.DONE, Answer.DONE, Answer.SKIPPED, Answer.LATER, None, None]
        for answer in answers:
            taken = await ring(store)
            if answer is not None:
                async with store.change(CHAT, None, TEN) as change:
                    await change.answer(taken.id, answer)

        assert await store.days(CHAT, date(2026, 3, 2)) == [
            Day(date(2026, 3, 2), done=2, later=1, skipped=1, unanswered=2)
        ]

    async def test_days_come_in_order_from_the_date_on_without_empty_ones(
        self, store: Store
    ) -> None:
        for days, end in ((0, State.SENT), (1, State.STALE), (3, State.SENT)):
            moment = EIGHT + days * DAY
            await keep(store, morning_person(due=moment))
            await store.materialise(moment, daily)
            (taken,) = await take(store, now=moment)
            await take(store, Settled(taken.id, taken.attempt, end), now=moment, limit=0)

        found = await store.days(CHAT, EIGHT.date())
        assert [day.date.day for day in found] == [2, 5]
        assert await store.days(CHAT, date(2026, 3, 3)) == found[1:]

    async def test_done_after_later_counts_once_as_done(self, store: Store) -> None:
        await keep(store, person())
        taken = await ring(store)
        async with store.change(CHAT, 1, TEN) as change:
            await change.again(taken.id, TEN)
            await change.answer(taken.id, Answer.LATER)
        (copy,) = await take(store, now=TEN)
        await take(store, sent(copy), limit=0)
        async with store.change(CHAT, 2, TEN) as change:
            await change.answer(copy.id, Answer.DONE)

        assert await store.days(CHAT, date(2026, 3, 2)) == [Day(date(2026, 3, 2), done=1)]

    async def test_the_question_about_fewer_is_no_break_let_go(self, store: Store) -> None:
        await keep(store, person())
        for _ in range(4):
            await ring(store)

        assert await store.days(CHAT, date(2026, 3, 2)) == [Day(date(2026, 3, 2), unanswered=3)]

    async def test_a_strange_chat_has_no_days(self, store: Store) -> None:
        assert await store.days(CHAT, date.min) == []
