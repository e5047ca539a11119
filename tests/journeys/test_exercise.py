"""Exercise in the chat, what suits a person, and the week that comes of it."""

from bot.simulator.chats import Message
from tests.journeys.conftest import Person, World
from tests.journeys.test_a_working_week import rings, with_breaks
from tests.journeys.test_first_evening import ACUTE, REFERRAL, settle_in


async def test_a_routine_is_done_card_by_card_in_one_message(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.writes("/exercises")
    await person.taps("By time")
    await person.taps("1–2 min")
    routine = person.labels[0]
    await person.taps(routine)
    assert person.last.text.startswith("Please read this once")
    await person.taps("I have read this")
    before = len(person.replies)
    assert "\n\n1 of" in person.last.text
    assert "Stop at once and call" in person.last.text
    assert film(person) is not None
    usual = person.last.text
    await person.taps("Easier")
    assert person.last.text != usual
    await person.taps("As usual")
    assert person.last.text == usual

    seen = {film(person)}
    while "Next ›" in person.labels:
        await person.taps("Next ›")
        seen.add(film(person))
    assert len(seen) > 1
    assert len(person.replies) == before
    assert "Stop at once and call" in person.last.text
    await person.taps("Done ✓")
    card, praise = person.replies[-2:]
    assert praise.text.startswith("Well done.")
    assert (film(person), card.keyboard) == (None, None)


async def test_the_safety_check_is_asked_once(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.writes("/exercises")
    await person.taps("By time")
    await person.taps("5 min")
    await person.taps(person.labels[0])
    await person.taps("I have read this")
    await person.writes("/exercises")
    await person.taps("By time")
    await person.taps("5 min")
    await person.taps(person.labels[1])

    assert "\n\n1 of" in person.last.text


async def test_who_feels_unwell_in_the_middle_gets_the_referral_and_reminders_rest(
    world: World,
) -> None:
    person = await with_breaks(world)
    await rings(world, person, 24, 10)
    await person.taps("Start")
    await person.taps("I have read this")
    await person.taps("Stop")
    assert person.last.text.startswith("Stopping is fine, at any time.")
    await person.taps("I feel unwell")
    assert REFERRAL in person.last.text

    await person.writes("/reminders")
    assert "rest for now" in person.last.text


async def test_what_suits_a_person_is_kept_and_changes_the_exercises(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.writes("/exercises")
    await person.taps("By time")
    await person.taps("10 min")
    usual = person.labels
    await person.taps("‹ Back")
    await person.taps("‹ Back")
    await person.taps("What suits me")
    await person.taps("Nothing on the floor")
    await person.taps("Nothing standing up")
    assert "✓ Nothing on the floor" in person.labels

    await person.writes("/exercises")
    await person.taps("By time")
    await person.taps("10 min")
    assert len(person.labels) < len(usual)


async def test_a_week_shows_what_was_done_and_hides_days_in_a_row_when_asked(
    world: World,
) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    for day in (24, 25, 26):
        await rings(world, person, day, 8)
        await person.taps("Done")
    assert "3 days in a row" in person.last.text
    await rings(world, person, 27, 8)
    await person.taps("Skip")
    await person.taps("My week")
    assert "Done: 3" in person.last.text
    assert "in a row" in person.last.text

    await person.taps("Hide days in a row")
    assert "in a row" not in person.last.text
    await rings(world, person, 28, 8)
    await person.taps("Done")
    assert "in a row" not in person.last.text


async def test_two_days_off_do_not_end_days_in_a_row(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    for day in (24, 25):
        await rings(world, person, day, 8)
        await person.taps("Done")
    for day in (26, 27):
        await rings(world, person, day, 8)
    await rings(world, person, 28, 8)
    await person.taps("Done")

    assert "3 days in a row" in person.last.text


async def test_after_a_referral_an_old_reminder_opens_no_exercise_and_promises_no_ring(
    world: World,
) -> None:
    person = await with_breaks(world)
    reminded = await rings(world, person, 24, 10)
    old = {b["text"]: b["callback_data"] for row in reminded.keyboard or [] for b in row}
    await person.writes(ACUTE)
    for label in ("Start", "30 seconds", "Later: 10 min", "Can't get up now"):
        world.api.tap(person.chat, reminded.message_id, old[label], force=True)
        await world.handled()
        assert "Exercises and reminders rest" in shown(person, reminded)

    await person.taps("I am all right")
    await person.writes("/exercises")
    assert "By time" in person.labels


async def test_a_film_is_uploaded_once_and_outlives_a_restart(world: World) -> None:
    first, second = world.person(), world.person()
    for person in (first, second):
        await settle_in(person)
        await person.writes("/exercises")
        await person.taps("Nobody will notice")
        await person.taps("I have read this")
    shown_first = film(first)
    await world.stop_bot()
    await world.start_bot()
    await second.taps("Easier")

    assert shown_first == film(second)


def film(person: Person) -> object:
    """Return where the file of the last message lies; None: it is words alone."""
    return person.last.media["url"] if person.last.media else None


def shown(person: Person, message: Message) -> str:
    """Return what a message says now."""
    return next(one for one in person.replies if one.message_id == message.message_id).text
