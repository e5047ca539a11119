"""Breaks on working days, as a person lives with them: in Berlin, from Monday evening on."""

import contextlib
import sqlite3
from datetime import UTC, datetime

from bot.simulator.chats import Message
from tests.journeys.conftest import Person, World, until
from tests.journeys.test_first_evening import settle_in

HOUR_OF_BERLIN = 1


async def clock(world: World, day: int, hour: int, minute: int = 0) -> None:
    """Turn the clock to a local time in Berlin, in November 2026."""
    world.controls.turn_to(datetime(2026, 11, day, hour - HOUR_OF_BERLIN, minute, tzinfo=UTC))
    await world.handled()


async def rings(world: World, person: Person, day: int, hour: int, minute: int = 0) -> Message:
    """Turn the clock and wait for the reminder that comes then."""
    before = len(person.replies)
    await clock(world, day, hour, minute)
    await until(lambda: len(person.replies) > before, f"a reminder at {hour}:{minute:02}")
    await until(lambda: not under_way(world), "the reminder is on record")
    return person.last


def under_way(world: World) -> int:
    """Return how many reminders the database has that have not come to their end."""
    return _how_many(world, "state IN ('due', 'sending')")


def put_off(world: World) -> int:
    """Return how many reminders were found due, and wait for a later moment."""
    return _how_many(world, "state = 'due' AND not_before > due_at")


def _how_many(world: World, which: str) -> int:
    with contextlib.closing(sqlite3.connect(world.folder / "data" / "unknot.db")) as database:
        (count,) = database.execute(f"SELECT count(*) FROM occurrence WHERE {which}").fetchone()  # noqa: S608 - words of these tests
    return int(count)


async def keeps_quiet(world: World, person: Person, day: int, hour: int, minute: int = 0) -> None:
    """Turn the clock; whatever was due has been seen to once the next command is answered."""
    await clock(world, day, hour, minute)
    before = len(person.replies)
    await person.writes("/menu")
    assert len(person.replies) == before + 1


def keyboard(person: Person, message: Message) -> object:
    """Return the buttons that a message has now."""
    return next(one for one in person.replies if one.message_id == message.message_id).keyboard


async def with_breaks(world: World) -> Person:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn break reminders on")
    return person


async def test_breaks_come_between_the_hours_that_were_chosen_and_leave_lunch_alone(
    world: World,
) -> None:
    person = await with_breaks(world)
    await person.taps("Hours: 09:00–18:00")
    await person.writes("10 to 14")
    await person.taps("Lunch")
    await person.writes("12-13")
    await person.taps("Every 60 min")
    await person.taps("Every 30 min")
    assert "10:30, 11:00, 11:30, 13:00, 13:30" in person.last.text

    await rings(world, person, 24, 10, 30)
    await person.taps("Done")
    assert person.last.text.startswith("Well done.")
    await rings(world, person, 24, 11, 30)
    await keeps_quiet(world, person, 24, 12, 59)
    await rings(world, person, 24, 13)
    await keeps_quiet(world, person, 24, 23)


async def test_who_just_moved_or_is_in_a_meeting_is_left_alone_and_the_times_stay(
    world: World,
) -> None:
    person = await with_breaks(world)
    await clock(world, 24, 9, 30)
    await person.writes("/pause")
    await person.taps("I just moved")
    await keeps_quiet(world, person, 24, 10, 5)
    await rings(world, person, 24, 11)

    await person.writes("/pause")
    await person.taps("In a meeting, until 12:00")
    await rings(world, person, 24, 12)
    await person.writes("/pause")
    await person.taps("No more breaks today")
    await keeps_quiet(world, person, 24, 20)
    await rings(world, person, 25, 10)


async def test_a_pause_until_friday_is_seen_everywhere_and_friday_rings_again(
    world: World,
) -> None:
    person = await with_breaks(world)
    await person.writes("/pause")
    await person.taps("Until another date")
    await person.writes("20.11.2026")
    assert "Fri 20 Nov 2026. That is not in the future" in person.last.text
    await person.writes("on Friday")
    assert "27 Nov" in person.last.text
    await person.writes("/reminders")
    assert "Paused until Fri 27 Nov." in person.last.text

    await keeps_quiet(world, person, 26, 20)
    await rings(world, person, 27, 10)
    await person.writes("/reminders")
    assert "Paused" not in person.last.text


async def test_three_breaks_without_an_answer_are_one_question_and_then_quiet(
    world: World,
) -> None:
    person = await with_breaks(world)
    for hour in (10, 11, 12):
        await rings(world, person, 24, hour)
    asked = await rings(world, person, 24, 13)
    assert asked.text.startswith("Three breaks in a row came at a bad time")
    await keeps_quiet(world, person, 24, 18)

    await person.writes("/reminders")
    await person.taps("Fewer breaks")
    await rings(world, person, 25, 10, 30)


async def test_a_reminder_can_be_put_off_and_only_the_newest_keeps_its_buttons(
    world: World,
) -> None:
    person = await with_breaks(world)
    await rings(world, person, 24, 10)
    assert person.labels[:7] == [
        "Start",
        "Done",
        "30 seconds",
        "Later: 10 min",
        "Later: 30 min",
        "Can't get up now",
        "Skip",
    ]
    await person.taps("Later: 10 min")
    assert "I will ring again at 10:10" in person.last.text
    again = await rings(world, person, 24, 10, 10)

    await rings(world, person, 24, 11)
    await until(lambda: not keyboard(person, again), "the older message without buttons")
    await person.taps("Can't get up now")
    await person.taps("I have read this")
    assert "\n\n1 of" in person.last.text


async def test_a_quiet_reminder_comes_without_a_sound_when_chosen(world: World) -> None:
    person = await with_breaks(world)
    await person.taps("Sound: on")
    assert (await rings(world, person, 24, 10)).silent
