"""Rest from reminders: it ends when it was said to end, and is to be seen meanwhile."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core import actions as act
from bot.core.plans import Kind, Pause, Plan
from bot.core.preferences import Aspect
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in, next_ring, ring, rung_until

TUESDAY = date(2026, 11, 24)
WEDNESDAY = datetime(2026, 11, 24, 23, tzinfo=UTC)
"""Its midnight in Berlin."""
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])


def plan(talk: Talk, kind: Kind = Kind.BREAK) -> Plan:
    return talk.store.subscribers[CHAT].plans[kind]


async def all_on(talk: Talk, language: str = "en") -> None:
    """Have a morning reminder at 08:00 and hourly breaks; it is 07:30 on Tuesday."""
    await joins_in(talk, language)
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.SetBreaks(on=True))


async def at(talk: Talk, clock: str) -> None:
    """Live until this time of Tuesday in Berlin."""
    hour, minute = map(int, clock.split(":"))
    await rung_until(talk, datetime(2026, 11, 24, hour - 1, minute, tzinfo=UTC))


async def test_a_pause_until_tomorrow_ends_at_midnight_for_all_reminders(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPause())
    await talk.taps("All quiet until tomorrow")

    assert plan(talk, Kind.MORNING).next_due == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert plan(talk).next_due == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert "Paused until Wed 25 Nov." in talk.said


@pytest.mark.parametrize(("days", "monday"), [(0, 30), (4, 30), (5, 30)])
async def test_a_pause_until_monday_ends_on_the_next_monday(
    talk: Talk, days: int, monday: int
) -> None:
    await all_on(talk)
    talk.clock.turn(days=days)
    await talk.wants(act.ShowPause())
    await talk.taps(f"All quiet until Mon {monday} Nov")

    assert plan(talk, Kind.MORNING).next_due == datetime(2026, 11, monday, 7, tzinfo=UTC)


async def test_on_a_monday_until_monday_means_the_next_one(talk: Talk) -> None:
    await all_on(talk)
    talk.clock.moment = datetime(2026, 11, 30, 5, tzinfo=UTC)
    await talk.wants(act.ShowPause())

    assert "All quiet until Mon 7 Dec" in talk.labels


async def test_during_a_pause_nothing_rings_and_then_everything_at_its_usual_time(
    talk: Talk,
) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 11, 26)))

    assert await rung_until(talk, WEDNESDAY + timedelta(days=1)) == []
    slots = await rung_until(talk, WEDNESDAY + timedelta(days=2))
    assert slots[:3] == ["morning", "10:00", "11:00"]


async def test_a_pause_until_i_say_so_has_no_end_and_says_so(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPause())
    await talk.taps("Until I say so")

    assert plan(talk).pause == Pause(TUESDAY)
    assert "Paused until you say so." in talk.said
    assert await talk.store.next_moment() is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("5 December", date(2026, 12, 5)),
        ("on Friday", date(2026, 11, 27)),
        ("in two weeks", date(2026, 12, 8)),
        ("5 декабря", date(2026, 12, 5)),
        ("до пятницы", date(2026, 11, 27)),
        ("через неделю", date(2026, 12, 1)),
        ("30.11", date(2026, 11, 30)),
        ("1 Jan", date(2027, 1, 1)),
    ],
)
async def test_a_written_date_ends_the_pause(talk: Talk, said: str, day: date) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPauseDates())
    await talk.writes(said)

    assert plan(talk).pause == plan(talk, Kind.MORNING).pause == Pause(TUESDAY, day)
    assert "Paused until" in talk.said


@pytest.mark.parametrize(
    ("said", "understood"),
    [("yesterday", "Mon 23 Nov 2026"), ("20.11", "Fri 20 Nov 2026"), ("today", "Tue 24 Nov")],
)
async def test_a_past_date_is_named_as_understood_and_later_ones_are_offered(
    talk: Talk, said: str, understood: str
) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPauseDates())
    await talk.writes(said)
    assert f"I understood {understood}." in talk.said
    assert plan(talk).pause is None

    await talk.taps("Thu 26 Nov")
    assert plan(talk).pause == Pause(TUESDAY, date(2026, 11, 26))


async def test_a_past_date_is_named_in_russian_too(talk: Talk) -> None:
    await all_on(talk, "ru")
    await talk.wants(act.ShowPauseDates())
    await talk.writes("вчера")

    assert "23 ноября 2026 года, Пн" in talk.said


async def test_a_date_over_a_year_away_is_not_taken(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPauseDates())
    await talk.writes("1.1.2030")

    assert "over a year away" in talk.said
    assert plan(talk).pause is None


@pytest.mark.parametrize(
    "said",
    ["31.02", "32 November", "99.99.9999", "soon", "когда-нибудь", "0", "🙂", "Friday 13:00"],
)
async def test_nonsense_is_no_date_and_the_next_answer_is_still_awaited(
    talk: Talk, said: str
) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPauseDates())
    await talk.writes(said)
    assert "I could not read a date in that." in talk.said
    assert plan(talk).pause is None

    await talk.writes("tomorrow")
    assert plan(talk).pause == Pause(TUESDAY, date(2026, 11, 25))


async def test_an_old_button_with_a_date_that_has_passed_starts_no_pause(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPause())
    old = talk.button("All quiet until tomorrow").action
    talk.clock.turn(days=1)
    await talk.wants(old)

    assert "not in the future" in talk.said
    assert plan(talk).pause is None


SCREENS = [
    act.ShowReminders(),
    act.ShowMorning(),
    act.ShowTimes(),
    act.SetTime(time(9)),
    act.ShowDays(),
    act.SetDays(frozenset({1})),
    act.SetLength(5),
    act.ShowBreaks(),
    act.ShowIntervals(),
    act.SetInterval(90),
    act.ShowHours(),
    act.ShowEachDay(),
    act.ShowDayHours(3),
    act.SetHours(frozenset({2}), time(9), time(15)),
    act.SetHours(frozenset({2}), time(9), time(9, 40)),
    act.SetFree(2),
    act.ShowLunch(),
    act.SetLunch(time(9), time(18)),
    act.SetSilent(Kind.BREAK, on=True),
    act.SetSilent(Kind.MORNING, on=True),
    act.ShowPause(),
    act.ShowPauseDates(),
    act.ShowWeek(),
    act.SetStreaks(on=False),
    act.ShowSuits(),
    act.SetSuits(Aspect.FLOOR, on=True),
]
PAUSED = {"en": "Paused until Sat 5 Dec.", "ru": "Пауза до 5 декабря, Сб."}


@LANGUAGES
@pytest.mark.parametrize("screen", SCREENS, ids=repr)
async def test_a_pause_is_to_be_seen_once_on_every_screen_of_reminders(
    talk: Talk, screen: act.Action, language: str
) -> None:
    await all_on(talk, language)
    await talk.wants(act.PauseUntil(date(2026, 12, 5)))
    await talk.wants(screen)

    assert talk.said.count(PAUSED[language]) == 1


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (act.ShowTimes(), "7:45"),
        (act.ShowTimes(), "25:00"),
        (act.ShowHours(), "9-15"),
        (act.ShowHours(), "18-9"),
        (act.ShowDayHours(2), "9"),
        (act.ShowLunch(), "12-13"),
        (act.ShowLunch(), "lunch"),
        (act.ShowPauseDates(), "blue"),
    ],
)
async def test_a_pause_is_to_be_seen_after_a_written_answer_too(
    talk: Talk, question: act.Action, said: str
) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 12, 5)))
    await talk.wants(question)
    await talk.writes(said)

    assert talk.said.count(PAUSED["en"]) == 1


async def test_the_screens_of_breaks_that_ring_again_are_not_called_paused(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 12, 5)))
    await talk.wants(act.SetBreaks(on=True))
    for screen in (act.ShowBreaks(), act.ShowHours(), act.ShowLunch(), act.ShowIntervals()):
        await talk.wants(screen)
        assert "Paused" not in talk.said


async def test_ring_again_now_ends_the_pause_and_what_was_due_meanwhile_is_not_made_up_for(
    talk: Talk,
) -> None:
    await all_on(talk)
    await talk.wants(act.PauseForever())
    talk.clock.moment = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
    await talk.taps("End the pause")

    assert await ring(talk) == []
    assert plan(talk).next_due == datetime(2026, 11, 25, 11, tzinfo=UTC)
    assert "Paused" not in talk.said


async def test_in_a_meeting_is_quiet_until_the_next_full_hour_which_rings(talk: Talk) -> None:
    await all_on(talk)
    await at(talk, "09:50")
    await talk.wants(act.ShowPause())
    await talk.taps("In a meeting, until 10:00")

    assert "No breaks before 10:00." in talk.said
    assert (await next_ring(talk)).slot == "10:00"


async def test_a_meeting_that_was_to_end_at_a_past_hour_brings_no_other_quiet_but_an_offer(
    talk: Talk,
) -> None:
    await all_on(talk)
    await at(talk, "09:50")
    await talk.wants(act.ShowPause())
    old = talk.button("In a meeting, until 10:00").action
    await at(talk, "11:20")
    await talk.wants(old)

    assert "It is past 10:00 already." in talk.said
    assert plan(talk).quiet_until is None
    await talk.taps("In a meeting, until 12:00")
    assert "No breaks before 12:00." in talk.said


async def test_an_older_meeting_button_without_an_hour_means_the_next_one(talk: Talk) -> None:
    await all_on(talk)
    await at(talk, "11:20")
    await talk.wants(act.InMeeting())

    assert plan(talk).quiet_until == datetime(2026, 11, 24, 11, tzinfo=UTC)


async def test_in_a_meeting_leaves_out_only_what_falls_into_it(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.SetInterval(90))
    await at(talk, "11:40")
    await talk.wants(act.InMeeting())

    assert plan(talk).quiet_until == datetime(2026, 11, 24, 11, tzinfo=UTC)
    assert await rung_until(talk, WEDNESDAY) == ["12:00", "13:30", "15:00", "16:30"]


async def test_today_off_leaves_the_rest_of_the_day_without_breaks(talk: Talk) -> None:
    await all_on(talk)
    await at(talk, "10:30")
    await talk.wants(act.ShowPause())
    await talk.taps("No more breaks today")

    assert "Tomorrow they come as usual." in talk.said
    assert await rung_until(talk, WEDNESDAY) == []
    assert [(await next_ring(talk)).slot for _ in range(2)] == ["morning", "10:00"]


async def test_today_off_leaves_the_morning_reminder_alone(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.TodayOff())

    assert await rung_until(talk, WEDNESDAY) == ["morning"]


@pytest.mark.parametrize(
    ("clock", "following"), [("10:30", "12:00"), ("10:59", "12:00"), ("11:00", "12:00")]
)
async def test_i_just_moved_leaves_out_what_is_less_than_one_interval_away(
    talk: Talk, clock: str, following: str
) -> None:
    await all_on(talk)
    await at(talk, clock)
    await ring(talk)
    await talk.wants(act.ShowPause())
    await talk.taps("I just moved")

    assert (await next_ring(talk)).slot == following


async def test_i_just_moved_never_shifts_the_times_of_day(talk: Talk) -> None:
    await all_on(talk)
    before = plan(talk).rhythm
    for clock in ("09:40", "11:17", "13:55"):
        await at(talk, clock)
        await talk.wants(act.Moved())
    slots = await rung_until(talk, WEDNESDAY)

    assert slots == ["15:00", "16:00", "17:00"]
    assert plan(talk).rhythm == before
    assert (await rung_until(talk, WEDNESDAY + timedelta(days=1)))[1:3] == ["10:00", "11:00"]


@pytest.mark.parametrize("spell", [act.Moved(), act.InMeeting(), act.TodayOff()])
async def test_a_quiet_spell_is_shown_and_can_be_ended(talk: Talk, spell: act.Action) -> None:
    await all_on(talk)
    await at(talk, "09:45")
    await talk.wants(spell)
    assert "No breaks before" in talk.said or "No more breaks today" in talk.said

    await talk.taps("End the pause")
    assert plan(talk).next_due == datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("shorter", [act.Moved(), act.InMeeting()])
async def test_a_shorter_rest_does_not_cut_a_longer_one_short(
    talk: Talk, shorter: act.Action
) -> None:
    await all_on(talk)
    await at(talk, "10:30")
    await talk.wants(act.TodayOff())
    await talk.wants(shorter)

    assert "No more breaks today." in talk.said
    assert "Fine" not in talk.said
    assert await rung_until(talk, WEDNESDAY) == []


async def test_a_longer_rest_follows_a_shorter_one(talk: Talk) -> None:
    await all_on(talk)
    await at(talk, "10:30")
    await talk.wants(act.InMeeting())
    await talk.wants(act.TodayOff())

    assert plan(talk).quiet_until == WEDNESDAY


async def test_the_short_rests_are_offered_only_to_who_has_breaks(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ShowPause())

    assert "I just moved" not in talk.labels
    assert "All quiet until tomorrow" in talk.labels


async def test_the_same_tap_on_a_pause_twice_is_one_pause(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.ShowPause())
    asked = talk.shown
    await talk.taps("All quiet until tomorrow")
    once, talk.screen = talk.store.subscribers[CHAT], asked
    await talk.taps("All quiet until tomorrow")

    assert talk.store.subscribers[CHAT] == once


@pytest.mark.parametrize(
    ("said", "repeated"),
    [
        ("30.11.2028", "Thu 30 Nov 2028."),
        ("1.11.2026", "Sun 1 Nov 2026."),
        ("25.11.2027", "Thu 25 Nov 2027."),
    ],
)
async def test_a_date_that_is_past_or_over_a_year_ahead_is_said_with_its_year(
    talk: Talk, said: str, repeated: str
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ShowPauseDates())
    await talk.writes(said)

    assert any(f"{before} {repeated}" in talk.said for before in ("I understood", "until"))


async def test_a_date_within_a_year_needs_no_year(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ShowPauseDates())
    await talk.writes("1 May")

    assert "Paused until Sat 1 May." in talk.said


@pytest.mark.parametrize(
    ("said", "moment"),
    [("Monday", "Next: Mon 08:00."), ("8 December", "Next: Tue 8 Dec 08:00.")],
)
async def test_a_reminder_more_than_six_days_off_is_named_by_its_date(
    talk: Talk, said: str, moment: str
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ShowPauseDates())
    await talk.writes(said)
    assert moment in talk.said

    await talk.wants(act.ShowMorning())
    assert moment in talk.said


async def test_the_same_weekday_a_week_off_is_named_by_its_date(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.PauseUntil(TUESDAY + timedelta(days=7)))

    assert "Next: Tue 1 Dec 08:00." in talk.said


@pytest.mark.parametrize(
    ("wakes", "line", "label"),
    [
        (act.SetBreaks(on=True), "Morning exercise: paused until Sat 5 Dec.", "morning paused"),
        (act.SetMorning(on=True), "Breaks: paused until Sat 5 Dec.", "breaks paused"),
    ],
)
async def test_where_only_one_kind_is_paused_it_is_named(
    talk: Talk, wakes: act.Action, line: str, label: str
) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 12, 5)))
    await talk.wants(wakes)
    await talk.wants(act.ShowReminders())
    assert line in talk.said
    assert "Paused until" not in talk.said

    await talk.wants(act.Home())
    assert talk.button(f"My reminders: {label}")


async def test_a_quiet_spell_of_the_breaks_is_seen_beside_a_paused_morning(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.PauseForever())
    await talk.wants(act.SetBreaks(on=True))
    await talk.wants(act.TodayOff())

    assert "Morning exercise: paused until you say so." in talk.said
    assert "No more breaks today." in talk.said
