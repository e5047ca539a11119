"""How it behaves in Telegram: few taps, old buttons, late messages, and what people really type."""

from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from tests.journeys.conftest import World, until
from tests.journeys.test_a_working_week import rings
from tests.journeys.test_first_evening import settle_in

DATA = Path(__file__).parents[1] / "data"
BUTTONS = [
    button
    for name in ("callbacks.txt", "callbacks-made.txt")
    for button in (DATA / name).read_text("utf-8").split()
]
SETTLED, OTHERS = 20, 180
ALL_TAPS_SECONDS = 120


async def test_seven_taps_lead_from_start_to_the_first_reminder(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    for label in ("English", "I agree", "Berlin", "Turn the morning reminder on"):
        await person.taps(label)
    taps = world.api.log.by_method["answerCallbackQuery"]

    assert (await rings(world, person, 24, 8)).text
    assert taps <= 7


async def test_every_button_ever_given_out_is_answered_after_a_restart(world: World) -> None:
    people = [world.person(f"Person {number}") for number in range(SETTLED + OTHERS)]
    for person in people[:SETTLED]:
        await settle_in(person)
    for person in people[SETTLED:]:
        world.api.say(person.chat, "/start")
    await world.handled()
    await world.stop_bot()
    world.sends_per_second = 1000
    await world.start_bot()
    answered = world.api.log.by_method["answerCallbackQuery"]
    for button, person in zip(BUTTONS, cycle(people), strict=False):
        world.api.tap(person.chat, 1, button, force=True)
    await until(lambda: not len(world.api.world.updates), "all taps confirmed", ALL_TAPS_SECONDS)

    assert world.api.log.by_method["answerCallbackQuery"] == answered + len(BUTTONS)
    assert {call.code for call in world.api.log.calls if call.code != 200} <= {400}


async def test_a_morning_message_that_comes_late_says_so(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await world.stop_bot()
    world.controls.turn_to(world.controls.now() + timedelta(hours=11, minutes=40))
    await world.start_bot()
    await until(lambda: "A little late" in person.last.text, "the late reminder")

    assert "this was for 08:00" in person.last.text


@pytest.mark.parametrize(("said", "at"), [("7.30pm", "19:30"), ("половина восьмого", "07:30")])
async def test_a_time_that_is_understood_is_taken(world: World, said: str, at: str) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await person.taps("Time: 08:00")
    await person.writes(said)

    assert f"Time: {at}" in person.labels


@pytest.mark.parametrize("said", ["25:00", "in the morning"])
async def test_a_time_that_is_not_understood_gets_times_to_choose(world: World, said: str) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await person.taps("Time: 08:00")
    await person.writes(said)
    await person.taps(next(label for label in person.labels if label[0].isdigit()))

    assert any(label.startswith("Time: ") for label in person.labels)


async def test_a_city_of_many_countries_is_asked_back_with_its_countries(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    await person.taps("English")
    await person.taps("I agree")
    await person.writes("Springfield")
    offered = [label for label in person.labels if "Springfield" in label]
    assert len(offered) > 1
    await person.taps(offered[0])

    await person.writes("/reminders")
    assert any(label.startswith("Time zone:") for label in person.labels)


async def test_two_quick_taps_on_done_count_once(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    message = await rings(world, person, 24, 8)
    done = next(
        button["callback_data"]
        for row in message.keyboard or []
        for button in row
        if button["text"] == "Done"
    )
    for _ in range(2):
        world.api.tap(person.chat, message.message_id, done)
    await world.handled()
    await person.taps("My week")

    assert "Done: 1" in person.last.text


async def test_start_in_the_middle_of_anything_shows_the_menu_and_keeps_everything(
    world: World,
) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await person.taps("Time: 08:00")
    await person.writes("/start")
    assert "My reminders" in person.labels
    await person.writes("/reminders")

    assert "Morning: 08:00" in person.labels


async def test_a_tap_on_a_plan_that_was_deleted_says_what_to_do(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    settings = person.last
    await person.writes("/delete")
    await person.taps("Yes, delete everything")
    world.api.tap(person.chat, settings.message_id, "1:en:time:0930", force=True)
    await world.handled()
    await person.writes("/reminders")

    assert "I agree: set up reminders" in person.labels
