"""Ten thousand others chose the same minute: the whole bot, with its database."""

from datetime import timedelta

from benchmarks.seed import seed
from bot.core.plans import Kind
from tests.journeys.conftest import EVENING, Person, World
from tests.journeys.test_first_evening import settle_in

OTHERS = 10_000
EIGHT_IN_BERLIN = EVENING.replace(hour=7) + timedelta(days=1)


async def beside_others(world: World) -> Person:
    """Return a person who has settled in where ten thousand others are reminded at eight."""
    person = world.person()
    assert person.chat > OTHERS
    await world.stop_bot()
    data = world.folder / "data"
    seed(data / "unknot.db", world.settings().key, OTHERS, EIGHT_IN_BERLIN, Kind.MORNING)
    await world.start_bot()
    await settle_in(person)
    return person


async def test_who_chooses_the_minute_of_ten_thousand_others_is_shown_free_ones(
    world: World,
) -> None:
    person = await beside_others(world)
    await person.taps("Turn the morning reminder on")

    assert "Next: Tue 08:00." in person.last.text
    assert "Many people chose 08:00; yours may come about 6 min later." in person.last.text
    assert "07:59 and 08:05 are free." in person.last.text
    await person.taps("08:05")
    assert "Time: 08:05" in person.labels
    assert "Many people" not in person.last.text


async def test_who_stays_in_a_full_minute_stays_there(world: World) -> None:
    person = await beside_others(world)
    await person.taps("Turn the morning reminder on")
    await person.writes("/reminders")

    assert "Morning: 08:00" in person.labels
