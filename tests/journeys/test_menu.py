"""Through the menus and back again, as a person does it, in both languages."""

from datetime import timedelta

from tests.journeys.conftest import Person, World, until
from tests.journeys.test_first_evening import REFERRAL, settle_in


async def test_a_person_reads_on_from_answer_to_answer_and_finds_the_way_back(
    world: World,
) -> None:
    person = world.person()
    await person.writes("/menu")
    await person.taps("Questions and answers")
    assert len(person.labels) == 9
    await person.taps("Help at home")
    shelf = person.labels
    await person.taps("Heat or cold?")
    await person.taps("After a fall or a strain")
    await person.taps("Get help now: danger signs")
    assert person.last.text.startswith(REFERRAL)

    await person.taps("‹ Back")
    assert person.last.text.startswith("After a fall or a strain")
    await person.taps("‹ Back")
    assert person.last.text.startswith("Heat or cold?")
    await person.taps("‹ Back")
    assert person.labels == shelf
    await person.taps("‹ Back")
    await person.taps("☰ Menu")
    assert "My reminders" in person.labels
    assert len(person.replies) == 1


async def test_danger_signs_lead_back_into_the_middle_of_the_settings(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn break reminders on")
    await person.taps("Hours: 09:00–18:00")
    await person.taps("Different hours by day")
    before = person.labels
    await person.taps("Danger signs")
    assert person.last.text.startswith(REFERRAL)
    await person.taps("When to see a doctor")
    await person.taps("‹ Back")
    await person.taps("‹ Back")

    assert person.labels == before


async def test_danger_signs_under_an_exercise_come_apart_and_the_exercise_stays(
    world: World,
) -> None:
    person = world.person()
    await person.writes("/exercises")
    await person.taps("Nobody will notice")
    await person.taps("I have read this")
    card = person.last
    await person.taps("Danger signs")
    assert person.last.text.startswith(REFERRAL)
    assert person.replies[-2].text == card.text
    assert person.replies[-2].keyboard == card.keyboard


async def test_danger_signs_under_a_reminder_come_apart_and_the_reminder_can_be_answered(
    world: World,
) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    before = len(person.replies)
    world.controls.turn_to(world.controls.now() + timedelta(hours=11))
    await until(lambda: len(person.replies) > before, "the morning reminder")
    await person.taps("Danger signs")
    assert person.last.text.startswith(REFERRAL)

    await person.taps("Done")
    assert person.replies[-2].text.startswith("Well done.")


async def test_a_russian_reader_opens_the_sources_and_comes_back_to_the_answer(
    world: World,
) -> None:
    person = world.person(language="ru")
    await person.writes("/menu")
    await person.taps("Вопросы и ответы")
    await person.taps("Где болит")
    await person.taps("Шея болит или не поворачивается")
    answer = person.last.text
    await person.taps("Источники")
    assert "ещё не проверял" in person.last.text
    assert "https://www.nhs.uk/conditions/neck-pain-and-stiff-neck" in addresses(person)

    await person.taps("‹ Назад")
    assert person.last.text == answer


async def test_the_menu_shows_that_reminders_are_paused(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await person.writes("/pause")
    await person.taps("Until I say so")
    await person.writes("/menu")
    await person.taps("My reminders: paused")
    await person.taps("End the pause")
    await person.writes("/menu")

    assert "My reminders" in person.labels


def addresses(person: Person) -> set[str]:
    return {entity["url"] for entity in person.last.entities if entity["type"] == "text_link"}
