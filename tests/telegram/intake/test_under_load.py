"""The real bot on a real socket, while one chat or one fault tries to spoil it for all."""

from bot.app import App
from bot.simulator.faults import Fault
from bot.telegram.intake.one_poller import OnePoller
from tests.journeys.conftest import Person, World, until

ACUTE = "my legs went numb and I cannot pee"
REFERRAL = "This may need urgent help."


async def settle_in(person: Person) -> None:
    await person.writes("/start")
    for label in ("English", "I agree", "Berlin"):
        await person.taps(label)


def is_referred(person: Person) -> bool:
    return any(REFERRAL in message.text for message in person.replies)


async def restarted(world: World) -> App:
    await world.stop_bot()
    return await world.start_bot()


async def test_a_flood_of_one_chat_does_not_hold_up_another_chat(world: World) -> None:
    flooder, other = world.person("Flooder"), world.person("Other")
    for _ in range(300):
        world.api.say(flooder.chat, "hello")
    world.api.say(other.chat, ACUTE)

    await until(lambda: is_referred(other), "the referral behind 300 messages of somebody else")


async def test_a_tap_behind_many_texts_of_its_chat_still_takes_effect(world: World) -> None:
    person = world.person()
    await settle_in(person)
    offer = person.last
    data = next(b["callback_data"] for b in (offer.keyboard or [])[0])
    for _ in range(12):
        world.api.say(person.chat, "hello")
    query = world.api.tap(person.chat, offer.message_id, data)
    for _ in range(12):
        world.api.say(person.chat, "hello")
    await world.handled()

    assert query not in world.api.world.queries
    await person.writes("/reminders")
    assert "Morning: 08:00" in person.labels


async def test_a_referral_that_cannot_be_sent_does_not_make_the_bot_deaf(world: World) -> None:
    app = await restarted(world)
    assert isinstance(app.way_in, OnePoller)
    app.way_in.poller.stuck_seconds = 0.5
    stuck, other = world.person("Stuck"), world.person("Other")
    world.simulator.faults.order(Fault("sendMessage", "502", times=99, chat=stuck.chat))
    world.api.say(stuck.chat, ACUTE)
    for number in range(110):
        world.api.say(world.person(f"P{number}").chat, "/menu")
    world.api.say(other.chat, ACUTE)
    await until(lambda: is_referred(other), "the referral behind 110 updates of others")
    assert not is_referred(stuck)

    world.simulator.faults.clear()
    await until(lambda: is_referred(stuck), "the referral that was passed")


async def test_an_acute_message_is_referred_when_the_database_file_is_gone(world: World) -> None:
    person = world.person()
    await settle_in(person)
    database = world.folder / "data" / "unknot.db"
    away = database.rename(database.with_name("elsewhere.db"))
    world.api.say(person.chat, ACUTE)
    await until(lambda: is_referred(person), "the referral")
    away.rename(database)


async def test_a_group_where_it_may_not_write_is_left_all_the_same(world: World) -> None:
    world.simulator.faults.order(Fault("sendMessage", "broken-json", times=99))
    world.api.add_group("Quiet office")

    await until(lambda: world.api.log.by_method["leaveChat"], "the bot leaving")


async def test_a_service_message_needs_no_answer(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    before = len(person.replies)
    world.api.inject(
        {
            "message": {
                "message_id": 9,
                "date": 1,
                "chat": {"id": person.chat, "type": "private"},
                "write_access_allowed": {},
            }
        }
    )
    await world.handled()

    assert len(person.replies) == before


async def test_at_the_end_what_was_answered_is_confirmed_and_not_answered_again(
    world: World,
) -> None:
    person = world.person()
    world.api.say(person.chat, "/start")
    await until(lambda: person.replies, "the answer")
    await world.stop_bot()

    assert not len(world.api.world.updates)
    await world.start_bot()
    assert len(person.replies) == 1
