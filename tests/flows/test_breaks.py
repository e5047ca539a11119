"""Break reminders: on, off, how often and when; what rings is what the screen promised."""

from datetime import UTC, datetime, time

import pytest

from bot.core import actions as act
from bot.core.breaks import INTERVALS, Rhythm, Window
from bot.core.plans import Kind, Plan, State
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import apart, next_ring, ring, rung_until

WEDNESDAY = datetime(2026, 11, 25, tzinfo=UTC)


def plan(talk: Talk) -> Plan:
    return talk.store.subscribers[CHAT].plans[Kind.BREAK]


def rhythm(talk: Talk) -> Rhythm:
    found = plan(talk).rhythm
    assert found is not None
    return found


async def breaks_on(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn break reminders on")


async def test_breaks_are_off_until_they_are_turned_on(talk: Talk) -> None:
    await talk.joins()

    assert "Break reminders: off." in talk.said
    assert Kind.BREAK not in talk.store.subscribers[CHAT].plans


async def test_one_tap_turns_breaks_on_for_office_days_and_names_their_times(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn break reminders on")

    assert plan(talk).next_due == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert "Next: Tue 10:00." in talk.said
    assert "10:00, 11:00, 12:00, 13:00, 14:00, 15:00, 16:00, 17:00." in talk.said


async def test_the_times_on_the_screen_are_the_times_that_ring(talk: Talk) -> None:
    await breaks_on(talk)
    promised = talk.said.partition("On a day with breaks: ")[2].rstrip(".").split(", ")

    assert await rung_until(talk, WEDNESDAY) == promised


async def test_one_tap_turns_breaks_off_and_nothing_rings_any_more(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.taps("Turn break reminders off")

    assert "Break reminders: off." in talk.said
    assert await talk.store.next_moment() is None


async def test_a_break_that_is_due_when_breaks_are_turned_off_is_not_sent(talk: Talk) -> None:
    await breaks_on(talk)
    talk.clock.moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    await talk.taps("Turn break reminders off")

    assert await ring(talk) == []


async def test_breaks_turned_off_and_on_again_keep_their_rhythm(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetInterval(90))
    before = rhythm(talk)
    await talk.taps("Turn break reminders off")
    await talk.taps("Turn break reminders on")

    assert rhythm(talk) == before


@pytest.mark.parametrize("minutes", INTERVALS)
async def test_each_interval_rings_that_far_apart_from_the_start_of_the_hours(
    talk: Talk, minutes: int
) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(9), time(14)))
    await talk.taps("Every")
    await talk.taps("✓ Every" if minutes == 60 else f"Every {minutes} min")
    assert f"Every {minutes} min" in talk.labels

    slots = await rung_until(talk, WEDNESDAY)
    assert set(apart(["09:00", *slots])) == {minutes}
    assert slots[-1] < "14:00"


@pytest.mark.parametrize(("minutes", "shortest"), [(30, 60), (45, 60)])
async def test_an_interval_with_more_than_ten_breaks_is_refused_with_the_nearest_that_fits(
    talk: Talk, minutes: int, shortest: int
) -> None:
    await breaks_on(talk)
    await talk.taps("Every")
    await talk.taps(f"Every {minutes} min")
    assert f"Every {minutes} minutes would be" in talk.said
    assert rhythm(talk).every == 60

    assert talk.labels[0] == f"Every {shortest} min"
    await talk.taps(f"Every {shortest} min")
    assert rhythm(talk).every == shortest


async def test_hours_are_set_for_one_weekday_by_itself(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.taps("Hours: 09:00–18:00")
    await talk.taps("Different hours by day")
    await talk.taps("Wed 09:00–18:00")
    await talk.writes("10-14")

    assert rhythm(talk).window(3) == Window(time(10), time(14))
    assert {rhythm(talk).window(day) for day in (1, 2, 4, 5)} == {Window(time(9), time(18))}
    assert "Hours: different by day" in talk.labels


async def test_after_a_move_west_the_next_break_is_the_true_next_one(talk: Talk) -> None:
    await breaks_on(talk)
    await rung_until(talk, datetime(2026, 11, 24, 12, 30, tzinfo=UTC))
    await talk.wants(act.SetZone("America/New_York"))
    await talk.wants(act.ShowBreaks())
    shown = plan(talk).next_due
    assert "Next: Tue 14:00." in talk.said

    rung = await next_ring(talk)
    assert (rung.due, rung.slot) == (shown, "14:00")


async def test_a_weekday_can_be_free_and_nothing_rings_then(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.wants(act.ShowEachDay())
    await talk.taps("Tue 09:00–18:00")
    await talk.taps("No breaks that day")

    assert "Tue free" in talk.labels
    assert await rung_until(talk, WEDNESDAY) == []
    assert plan(talk).next_due == datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize("order", [range(1, 6), range(5, 0, -1)])
async def test_the_last_day_with_breaks_cannot_be_free_but_they_can_be_turned_off(
    talk: Talk, order: range
) -> None:
    await breaks_on(talk)
    for day in order:
        await talk.wants(act.SetFree(day))
    assert "no day with breaks, so nothing was changed" in talk.said
    assert [day for day, _ in rhythm(talk).windows] == [order[-1]]

    await talk.taps("Turn break reminders off")
    assert not plan(talk).on


async def test_lunch_leaves_its_breaks_out_and_the_others_stay_at_their_times(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.taps("Lunch: not set")
    await talk.writes("с 12 до 13:30")

    assert "Lunch: 12:00–13:30" in talk.labels
    slots = await rung_until(talk, WEDNESDAY)
    assert slots == ["10:00", "11:00", "14:00", "15:00", "16:00", "17:00"]


async def test_a_lunch_that_leaves_no_break_is_refused(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetLunch(time(9), time(18)))

    assert "Nothing was changed" in talk.said
    assert rhythm(talk).lunch is None


async def test_the_gap_for_lunch_can_be_taken_back(talk: Talk) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetLunch(time(12), time(13)))
    await talk.taps("Lunch: 12:00–13:00")
    await talk.taps("No lunch break")

    assert rhythm(talk).lunch is None


async def test_three_breaks_without_an_answer_bring_one_question_and_a_quiet_day(
    talk: Talk,
) -> None:
    await breaks_on(talk)
    slots = [(await next_ring(talk)).slot for _ in range(4)]
    assert slots == ["10:00", "11:00", "12:00", "13:00"]
    assert "Would fewer be better?" in talk.said

    await talk.taps("Keep as it is")
    assert plan(talk).next_due == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert rhythm(talk).every == 60


@pytest.mark.parametrize(
    "tap",
    [
        act.SetSilent(Kind.BREAK, on=True),
        act.SetInterval(90),
        act.SetMorning(on=True),
        act.SetZone("Europe/Moscow"),
        act.ShowWeek(),
    ],
    ids=repr,
)
async def test_the_quiet_after_the_question_outlasts_whatever_is_tapped(
    talk: Talk, tap: act.Action
) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    await talk.wants(tap)
    await talk.wants(act.ShowReminders())

    assert "No more breaks today." in talk.said
    assert await rung_until(talk, WEDNESDAY) == []


async def test_who_ends_the_quiet_is_not_asked_twice_on_one_day(talk: Talk) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    await talk.wants(act.Resume())
    rung = [await next_ring(talk) for _ in range(4)]

    assert [one.slot for one in rung] == ["14:00", "15:00", "16:00", "17:00"]
    assert not any(one.asks for one in rung)


@pytest.mark.parametrize(
    "label", ["Fewer breaks", "Keep as it is", "Turn break reminders off", "Pause"]
)
async def test_what_a_tap_on_the_question_opens_keeps_its_buttons(talk: Talk, label: str) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    await talk.taps(label)

    assert talk.store.open_messages == {}


async def test_back_from_the_pause_under_the_question_is_the_question(talk: Talk) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    question = talk.screen
    await talk.taps("Pause")
    await talk.taps("‹ Back")

    assert talk.screen == question


async def test_fewer_breaks_takes_the_next_longer_interval(talk: Talk) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    await talk.taps("Fewer breaks")

    assert rhythm(talk).every == 90
    assert "Every 90 min" in talk.labels


async def test_fewer_breaks_begin_on_the_next_day_as_the_question_promised(talk: Talk) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    assert "I am quiet until the next day." in talk.said

    await talk.taps("Fewer breaks")
    assert "No more breaks today." in talk.said
    assert plan(talk).next_due == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


async def test_fewer_breaks_tapped_on_a_later_day_lets_that_day_ring(talk: Talk) -> None:
    await breaks_on(talk)
    for _ in range(4):
        await next_ring(talk)
    talk.clock.moment = datetime(2026, 11, 25, 7, tzinfo=UTC)
    await talk.taps("Fewer breaks")

    assert (await next_ring(talk)).slot == "10:30"
    assert talk.clock.now().day == 25


async def test_the_same_tap_twice_changes_nothing_more(talk: Talk) -> None:
    await breaks_on(talk)
    caller = talk.caller
    screens = [await talk.desk.tap(caller, ("en", act.SetInterval(90))) for _ in range(2)]
    after = talk.store.subscribers[CHAT]
    await talk.wants(act.SetInterval(90))

    assert screens[0] == screens[1] == talk.shown
    assert talk.store.subscribers[CHAT] == after


@pytest.mark.parametrize(
    "action",
    [
        act.SetInterval(60),
        act.FewerBreaks(),
        act.KeepBreaks(),
        act.SetBreaks(on=True),
        act.NoLunch(),
    ],
    ids=lambda action: type(action).__name__,
)
async def test_an_old_button_after_everything_was_deleted_keeps_nothing_new(
    talk: Talk, action: act.Action
) -> None:
    await breaks_on(talk)
    await talk.wants(act.Delete())
    await talk.wants(action)

    assert "To send reminders, I need to keep a few things." in talk.said
    assert CHAT not in talk.store.subscribers


async def test_an_answer_to_a_break_of_a_plan_turned_off_still_counts(talk: Talk) -> None:
    await breaks_on(talk)
    rung = await next_ring(talk)
    reminded = talk.shown
    await talk.wants(act.SetBreaks(on=False))
    talk.screen = reminded
    await talk.taps("Done")

    assert "Well done" in talk.said
    assert talk.store.rows[rung.id].state is State.SENT
    assert await talk.store.next_moment() is None
