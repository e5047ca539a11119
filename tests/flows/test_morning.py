from datetime import UTC, datetime, time
from itertools import count

import pytest

from bot.core import actions as act
from bot.core.advance import advance
from bot.core.plans import Kind, Plan, State
from tests.flows.conftest import CHAT, Talk


def plan(talk: Talk) -> Plan:
    return talk.store.subscribers[CHAT].plans[Kind.MORNING]


async def test_the_morning_reminder_is_off_until_it_is_turned_on(talk: Talk) -> None:
    await talk.joins()

    assert "Morning exercise: off." in talk.said
    assert not talk.store.subscribers[CHAT].plans


async def test_one_tap_turns_it_on_at_eight_on_every_day(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")

    assert (plan(talk).at, plan(talk).on) == (time(8), True)
    assert plan(talk).next_due == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert "Days: every day" in talk.labels


async def test_the_screen_names_the_next_moment_in_the_persons_own_time(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")

    assert "Next: Tue 08:00." in talk.said
    moment = next(s for block in talk.shown.blocks for s in block.spans if s.kind == "moment")
    assert moment.value == str(int(datetime(2026, 11, 24, 7, tzinfo=UTC).timestamp()))


async def test_one_tap_turns_it_off_and_cancels_what_is_due(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    waiting = talk.reminded()
    talk.store.rows[waiting].state = State.DUE
    await talk.taps("Turn the morning reminder off")

    assert plan(talk).next_due is None
    assert talk.store.rows[waiting].state is State.CANCELLED


async def test_a_tapped_time_is_taken_and_turns_the_reminder_on(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.taps("Time: 08:00")
    await talk.taps("06:30")

    assert (plan(talk).at, plan(talk).on) == (time(6, 30), True)


@pytest.mark.parametrize(
    ("typed", "at"),
    [("7:30", time(7, 30)), ("half past seven", time(7, 30)), ("в 8 утра", time(8))],
)
async def test_a_typed_time_is_understood_in_both_languages(
    talk: Talk, typed: str, at: time
) -> None:
    await talk.joins()
    await talk.wants(act.ShowTimes())
    await talk.writes(typed)

    assert plan(talk).at == at
    assert talk.store.subscribers[CHAT].awaiting is None


async def test_a_time_that_cannot_be_read_is_asked_for_again(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ShowTimes())
    await talk.writes("25:00")
    assert talk.button("08:00")

    await talk.writes("7:30")
    assert plan(talk).at == time(7, 30)


async def test_a_time_typed_a_quarter_of_an_hour_later_is_not_taken(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ShowTimes())
    talk.clock.turn(minutes=16)
    await talk.writes("7:30")

    assert Kind.MORNING not in talk.store.subscribers[CHAT].plans


async def test_days_are_chosen_one_by_one_and_shown_as_chosen(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.taps("Days")
    await talk.taps("✓ Sat")
    await talk.taps("✓ Sun")

    assert plan(talk).weekdays == frozenset(range(1, 6))
    await talk.taps("‹ Back")
    assert "Days: Monday to Friday" in talk.labels


async def test_some_days_are_named_in_the_order_of_the_week(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.wants(act.SetDays(frozenset({5, 1})))
    await talk.taps("‹ Back")

    assert "Days: Mon, Fri" in talk.labels


async def test_the_last_day_cannot_be_taken_away(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.wants(act.SetDays(frozenset({3})))
    await talk.taps("✓ Wed")

    assert plan(talk).weekdays == frozenset({3})


async def test_a_new_time_after_todays_reminder_rings_from_tomorrow_on(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    talk.clock.turn(hours=1)
    await talk.store.materialise(talk.clock.now(), advance)
    await talk.wants(act.SetTime(time(10)))

    assert plan(talk).next_due == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


async def test_a_repeated_update_changes_nothing_and_shows_what_is_so(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetTime(time(7)))
    old = talk.caller
    talk.screen = await talk.desk.tap(old, ("en", act.SetTime(time(9))))
    await talk.wants(act.SetTime(time(6, 30)))
    talk.screen = await talk.desk.tap(old, ("en", act.SetTime(time(9))))

    assert plan(talk).at == time(6, 30)
    assert "Time: 06:30" in talk.labels


async def test_who_sets_a_reminder_after_a_block_is_reminded_again(talk: Talk) -> None:
    await talk.joins()
    await talk.store.stop_chat(CHAT)
    await talk.wants(act.SetTime(time(9)))

    assert not talk.store.subscribers[CHAT].stopped


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_the_last_day_stays_and_says_so(talk: Talk, language: str) -> None:
    await talk.joins()
    sunday = act.SetDays(frozenset({7}))
    await talk.wants(sunday, language)
    assert not talk.shown.toast

    await talk.wants(sunday, language)
    assert talk.shown.toast == talk.voice.say(language, "days.one-stays")
    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].weekdays == frozenset({7})


async def test_of_two_taps_that_are_handled_in_the_wrong_order_the_later_one_stands_and_is_shown(
    talk: Talk,
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    talk.numbers = count(100)
    await talk.wants(act.SetMorning(on=True))
    talk.numbers = count(99)
    await talk.wants(act.SetMorning(on=False))

    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].on
    assert "Morning exercise: on" in talk.said
