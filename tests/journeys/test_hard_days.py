"""The real bot on a real socket while things go wrong around it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.simulator.courses import Kind
from bot.simulator.faults import Fault
from bot.telegram.transport import AiohttpRequest
from tests.journeys.conftest import Person, World, until
from tests.journeys.test_first_evening import ACUTE, REFERRAL, settle_in

CANARY = "canary-zebra-words"
MALFORMED: list[dict[str, object]] = [
    {"message": {"text": CANARY}},
    {"message": {"message_id": 1, "date": "x", "chat": {"id": 5}, "text": CANARY}},
    {"message": []},
    {"message": 5},
    {"callback_query": {"id": "1", "data": CANARY}},
    {"callback_query": {"from": None}},
    {"my_chat_member": {"chat": CANARY}},
    {"edited_message": {"edit_date": {}, "text": CANARY}},
    {"poll": {}},
    {
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": "x", "type": "private"},
            "text": CANARY,
        }
    },
    {
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 5, "type": "private"},
            "from": {"id": [], "is_bot": False, "first_name": CANARY},
            "text": CANARY,
        }
    },
    {"message": {"chat": {"id": 10**30, "type": "private"}, "date": 10**30, "text": CANARY}},
]


ODD = "odd-part"
ODD_PARTS = {
    "number": b"9" * 5000,
    "depth": b"[" * 3000 + b"]" * 3000,
    "bytes": b'"\xff\xfe"',
    "control": b'"\x00"',
}


def wire_with(part: bytes) -> type[AiohttpRequest]:
    """Return a transport over which an odd part comes in what Telegram sends."""

    class OddWire(AiohttpRequest):
        @staticmethod
        def parse_json_payload(payload: bytes) -> dict[str, Any]:
            odd = payload.replace(f'"{ODD}"'.encode(), part)
            return AiohttpRequest.parse_json_payload(odd)

    return OddWire


def referrals(person: Person) -> int:
    return sum(REFERRAL in message.text for message in person.replies)


async def test_malformed_updates_are_skipped_and_the_next_one_is_answered(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for update in MALFORMED:
        world.api.inject(dict(update))
    person = world.person()
    await person.writes("/start")

    assert person.labels[:2] == ["English", "Русский"]
    assert CANARY not in caplog.text


@pytest.mark.parametrize("part", ODD_PARTS.values(), ids=ODD_PARTS)
async def test_an_acute_message_in_one_batch_with_an_unreadable_update_is_answered(
    world: World, part: bytes
) -> None:
    first, second = world.person(), world.person("Kim")
    await world.stop_bot()
    world.transport = wire_with(part)
    world.api.inject({"message": {"text": ACUTE, "x": ODD, "date": ODD}})
    world.api.say(first.chat, ACUTE)
    world.api.inject({"message": ODD, "callback_query": ODD})
    world.api.say(second.chat, "/start")
    await world.start_bot()
    await world.handled()

    assert referrals(first) == 1
    assert second.labels[:2] == ["English", "Русский"]


async def test_with_the_database_locked_answers_and_referrals_still_come(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.writes("/menu")
    database = world.folder / "data" / "unknot.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await person.taps("Questions and answers")
        assert "Where it hurts" in person.labels
        world.api.say(person.chat, ACUTE)
        await until(lambda: referrals(person), "the referral")
        other.execute("ROLLBACK")
    await world.handled()
    await person.writes("/reminders")
    assert "rest for now" in person.last.text


@pytest.mark.parametrize("kind", ["429", "502", "drop-before", "broken-json"])
async def test_a_referral_gets_through_a_telegram_that_fails_at_first(
    world: World, kind: Kind
) -> None:
    person = world.person()
    await person.writes("/start")
    world.simulator.faults.order(Fault("sendMessage", kind, times=2, seconds=1))
    await person.writes(ACUTE)

    assert referrals(person) >= 1


async def test_an_acute_message_stays_unconfirmed_until_its_referral_is_out(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    world.simulator.faults.order(Fault("sendMessage", "502", times=3, chat=person.chat))
    world.api.say(person.chat, ACUTE)
    await until(lambda: world.api.log.by_method["sendMessage"] > 1, "a first try")
    assert len(world.api.world.updates) == 1

    await world.handled()
    assert referrals(person) == 1


async def test_a_person_who_blocked_the_bot_gets_no_more_reminders(world: World) -> None:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    world.api.block(person.chat)
    await world.handled()
    before = world.api.log.by_method["sendMessage"]
    world.controls.turn_to(world.controls.now() + timedelta(days=2))
    world.api.unblock(person.chat)
    await world.handled()
    await person.writes("/start")

    assert world.api.log.by_method["sendMessage"] == before + 1
    assert "My reminders" in person.labels


async def test_a_group_is_told_once_and_left(world: World) -> None:
    person = world.person()
    group = world.api.add_group("Office")
    await world.handled()

    assert world.api.log.by_method["leaveChat"] == 1
    said = list(world.api.world.chats[group].messages.values())
    assert len(said) == 1
    assert "112" in said[0].text
    await person.writes("/start")
    assert person.labels


async def test_an_edit_that_is_not_acute_gets_no_answer_and_an_acute_one_the_referral(
    world: World,
) -> None:
    person = world.person()
    await person.writes("my back is stiff")
    mine = person.messages[0].message_id
    before = len(person.replies)
    world.api.edit(person.chat, mine, "my back is very stiff")
    await world.handled()
    assert len(person.replies) == before

    world.api.edit(person.chat, mine, ACUTE)
    await world.handled()
    assert referrals(person) == 1


async def test_every_tap_is_answered_also_when_the_flow_behind_it_fails(world: World) -> None:
    person = world.person()
    await settle_in(person)
    world.simulator.faults.order(Fault("editMessageText", "broken-json", times=9))
    before = world.api.log.by_method["answerCallbackQuery"]
    await person.taps("Turn the morning reminder on")

    assert world.api.log.by_method["answerCallbackQuery"] > before


async def test_answers_keep_the_order_of_the_questions_in_every_chat(world: World) -> None:
    people = [world.person(f"P{n}") for n in range(8)]
    for person in people:
        world.api.say(person.chat, "/menu")
        world.api.say(person.chat, "/privacy")
    await world.handled()

    for person in people:
        first, second = person.replies
        assert "Questions and answers" in str(first.keyboard)
        assert "Delete my data" in str(second.keyboard)
