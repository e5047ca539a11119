"""The main job, end to end, without a browser."""

from datetime import timedelta

import pytest

from tests.journeys.conftest import Person, World, until

ACUTE = "my legs went numb and I cannot pee"
REFERRAL = "This may need urgent help."


async def settle_in(person: Person) -> None:
    await person.writes("/start")
    await person.taps("Русский")
    await person.taps("English")
    await person.taps("I agree")
    await person.taps("Berlin")


async def test_a_person_gets_answers_one_reminder_and_a_referral_on_one_evening(
    world: World,
) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("☰ Menu")
    await person.taps("Questions and answers")
    await person.taps("Help at home")
    await person.taps("Heat or cold")
    assert person.last.text.startswith("Heat or cold?")
    await person.taps("‹ Back")
    assert "Rest or keep moving?" in person.labels

    await person.writes("/reminders")
    await person.taps("Turn the morning reminder on")
    await person.taps("Time: 08:00")
    await person.taps("08:00")
    before = len(person.replies)
    world.controls.turn_to(world.controls.now().replace(hour=7) + timedelta(days=1))
    await until(lambda: len(person.replies) > before, "the morning reminder")
    world.controls.turn_to(world.controls.now() + timedelta(minutes=100))
    await person.taps("Done")
    assert len(person.replies) == before + 1
    assert person.last.text.startswith("Well done.")

    await person.writes("/reminders")
    await person.taps("Time: 08:00")
    await person.writes(ACUTE)
    assert person.last.text.startswith(REFERRAL)
    await person.taps("Continue")
    assert "08:00" in person.labels
    await person.writes("half past seven")
    assert "Time: 07:30" in person.labels


async def test_a_referral_lets_reminders_rest_until_the_person_is_all_right(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await person.writes(ACUTE)
    referral = person.last.text
    world.controls.turn_to(world.controls.now() + timedelta(hours=11))
    await person.writes("/reminders")
    assert referral.startswith(REFERRAL)
    assert "rest for now" in person.last.text

    await person.taps("I am all right")
    before = len(person.replies)
    world.controls.turn_to(world.controls.now() + timedelta(days=1))
    await until(lambda: len(person.replies) > before, "the reminder after the rest")


@pytest.mark.parametrize(
    ("acute", "first"),
    [(ACUTE, REFERRAL), ("у меня онемели обе ноги", "Возможно, нужна срочная помощь")],
)
async def test_the_referral_speaks_the_language_of_the_words_that_were_found(
    world: World, acute: str, first: str
) -> None:
    person = world.person(language="de")
    await person.writes(acute)

    assert first.split(maxsplit=1)[0] in person.last.text
    assert len(person.replies) == 1


async def test_later_rings_once_more_after_that_time(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    before = len(person.replies)
    world.controls.turn_to(world.controls.now() + timedelta(hours=11))
    await until(lambda: len(person.replies) > before, "the morning reminder")
    await person.taps("Later: 10 min")
    assert "I will ring again at 08:10" in person.last.text

    world.controls.turn_to(world.controls.now() + timedelta(minutes=10))
    await until(lambda: len(person.replies) > before + 1, "the second ring")
    await person.taps("Done")
    assert person.last.text.startswith("Well done.")


async def test_settings_and_reminders_survive_a_restart_of_the_bot(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await world.stop_bot()
    before = len(person.replies)
    world.controls.turn_to(world.controls.now() + timedelta(hours=11))
    await world.start_bot()

    await until(lambda: len(person.replies) > before, "the reminder after the restart")
    await world.handled()
    assert len(person.replies) == before + 1


async def test_a_deleted_person_is_unknown_again(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.writes("/delete")
    await person.taps("Yes, delete everything")
    await person.writes("/reminders")

    assert "I agree: set up reminders" in person.labels


async def test_every_kind_of_message_is_answered_kindly_with_the_menu(world: World) -> None:
    person = world.person()
    for kind in ("photo", "sticker", "voice", "poll", "location", "document"):
        before = len(person.replies)
        world.api.send_media(person.chat, kind)
        await world.handled()
        assert len(person.replies) == before + 1, kind
        assert "Questions and answers" in person.labels, kind


async def test_a_button_that_nobody_gave_out_gets_a_fresh_menu(world: World) -> None:
    person = world.person()
    await person.writes("/menu")
    for data in ("1:en:entry:gone", "0:xx", "done", "1:en:done:999999", "9" * 64):
        world.api.tap(person.chat, person.last.message_id, data, force=True)
        await world.handled()
        assert person.labels, data
