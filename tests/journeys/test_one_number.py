"""One country, one emergency number, wherever a person meets it."""

from tests.journeys.conftest import Person, World
from tests.journeys.test_first_evening import ACUTE, REFERRAL, settle_in


def names_only_911(person: Person) -> bool:
    return "911" in person.last.text and "112" not in person.last.text


async def test_in_new_york_the_referral_and_all_that_it_leads_to_say_911(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.writes("/settings")
    await person.taps("Time zone")
    await person.writes("New York")
    await person.writes(ACUTE)
    assert REFERRAL in person.last.text
    assert names_only_911(person)

    await person.taps("More")
    assert "What to say on the phone" in person.last.text
    assert names_only_911(person)
    await person.taps("Find a doctor")
    assert names_only_911(person)
    await person.writes("/danger")
    assert names_only_911(person)
    await person.writes("/reminders")
    assert "rest for now" in person.last.text
    assert names_only_911(person)
