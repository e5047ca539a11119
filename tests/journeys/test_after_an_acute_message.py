"""What comes after an acute message: rest, one question the next day, silence, and the way back."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from bot.simulator.faults import Fault
from tests.journeys.conftest import Person, World, until
from tests.journeys.test_a_working_week import clock, keeps_quiet, put_off, rings, under_way
from tests.journeys.test_first_evening import ACUTE, REFERRAL, settle_in

REST = "Your reminders rest until you say that you are all right."
CHECK_IN = "Hello. How are you today?"
ALL_RIGHT = "I am all right, go on"
SHORT = "The other steps are the same as above."
DISTRESS = "я больше не хочу жить"


def said(person: Person, words: str) -> int:
    """Return how many of the bot's messages have these words."""
    return sum(words in message.text for message in person.replies)


async def with_reminders(world: World) -> Person:
    person = world.person()
    await settle_in(person)
    await person.taps("Turn the morning reminder on")
    await person.writes("/reminders")
    await person.taps("Turn break reminders on")
    await person.writes("/menu")
    return person


async def test_after_an_acute_message_reminders_rest_one_question_comes_and_all_right_brings_them_back(
    world: World,
) -> None:
    person = await with_reminders(world)
    await rings(world, person, 24, 8)
    await clock(world, 24, 9, 30)
    await person.writes(ACUTE)
    assert person.last.text.startswith(REFERRAL)
    assert REST in person.last.text
    await person.taps("Continue")
    assert person.last.text.startswith(REST)
    assert person.labels[0] == ALL_RIGHT
    assert said(person, REFERRAL) == 1

    for hour in (10, 17):
        await keeps_quiet(world, person, 24, hour)
    await keeps_quiet(world, person, 25, 7, 59)
    asked = await rings(world, person, 25, 8)
    assert asked.text.startswith(CHECK_IN)
    assert person.labels == [ALL_RIGHT, "I am not well", "Danger signs", "Find a doctor"]

    await keeps_quiet(world, person, 25, 18)
    for day in range(26, 31):
        await keeps_quiet(world, person, day, 8, 1)
        await keeps_quiet(world, person, day, 21)
    assert said(person, CHECK_IN) == 1

    await person.taps(ALL_RIGHT)
    assert "Good to hear" in asked_now(person, asked.message_id)
    before = len(person.replies)
    world.controls.turn_to(world.controls.now() + timedelta(hours=11))
    await until(lambda: len(person.replies) > before, "the morning reminder")
    assert "Start" in person.labels
    await until(lambda: not under_way(world), "it is on record")
    world.controls.turn_to(world.controls.now() + timedelta(hours=2))
    await until(lambda: len(person.replies) > before + 1, "the break reminder")
    assert said(person, CHECK_IN) == 0


def asked_now(person: Person, number: int) -> str:
    """Return what a message says now."""
    return next(one.text for one in person.replies if one.message_id == number)


async def test_in_russian_words_of_despair_name_whom_to_talk_to_and_the_day_after_asks_kindly(
    world: World,
) -> None:
    person = world.person("Аня", "ru")
    for label in ("Русский", "Согласен", "Москва"):
        if label == "Русский":
            await person.writes("/start")
        await person.taps(label)
    await person.taps("Включить перерывы")
    await person.writes(DISTRESS)
    assert person.last.text.startswith("Спасибо, что написали об этом.")
    assert "Поговорите с кем-нибудь сейчас" in person.last.text
    assert "112" in person.last.text
    assert person.labels == [
        *("Подробнее: звонок и ожидание", "Опасные знаки", "К какому врачу"),
        "Продолжить",
    ]
    await person.taps("Подробнее")
    assert person.last.text.startswith("Спасибо, что написали об этом.")
    assert "Что сказать по телефону" in person.last.text

    # 10:00 in Moscow is 08:00 in Berlin, whose hours these are
    await keeps_quiet(world, person, 24, 7, 59)
    asked = await rings(world, person, 24, 8)
    assert asked.text.startswith("Здравствуйте. Как вы сегодня?")
    await keeps_quiet(world, person, 24, 15)
    await person.taps("Мне нехорошо")
    assert asked_now(person, asked.message_id).startswith("Возможно, нужна срочная помощь.")

    again = await rings(world, person, 25, 8)
    assert again.text.startswith("Здравствуйте. Как вы сегодня?")
    await keeps_quiet(world, person, 26, 12)
    await person.taps("Со мной всё в порядке")
    break_reminder = await rings(world, person, 26, 13)
    assert "Здравствуйте" not in break_reminder.text
    assert "Начать" in person.labels


async def test_neither_a_pause_that_ends_nor_a_later_nor_a_new_time_nor_start_ends_the_rest(
    world: World,
) -> None:
    person = await with_reminders(world)
    reminder = await rings(world, person, 24, 8)
    await person.writes("/pause")
    await person.taps("All quiet until tomorrow")
    await person.writes(ACUTE)
    later = next(
        button["callback_data"]
        for row in reminder.keyboard or []
        for button in row
        if button["text"].startswith("Later: 10")
    )
    world.api.tap(person.chat, reminder.message_id, later, force=True)
    await world.handled()
    await person.writes("/reminders")
    await person.taps("Morning: 08:00")
    await person.taps("Time: 08:00")
    await person.writes("9:15")
    await person.writes("/start")

    await keeps_quiet(world, person, 24, 8, 11)
    assert (await rings(world, person, 25, 9, 15)).text.startswith(CHECK_IN)
    await keeps_quiet(world, person, 25, 18)
    await keeps_quiet(world, person, 26, 18)


async def test_the_check_in_comes_after_a_downtime_and_not_in_the_night(world: World) -> None:
    person = await with_reminders(world)
    await person.writes(ACUTE)
    await world.stop_bot()
    await clock(world, 24, 23, 30)
    await world.start_bot()
    await until(lambda: put_off(world), "the check-in is found due, and put off")
    await keeps_quiet(world, person, 25, 7, 59)

    assert (await rings(world, person, 25, 8)).text.startswith(CHECK_IN)
    await world.stop_bot()
    await world.start_bot()
    await keeps_quiet(world, person, 26, 12)
    assert said(person, CHECK_IN) == 1


async def test_a_deleted_person_is_asked_nothing(world: World) -> None:
    person = await with_reminders(world)
    await person.writes(ACUTE)
    await person.writes("/delete")
    await person.taps("Yes, delete everything")

    await keeps_quiet(world, person, 25, 12)


async def test_writing_again_within_ten_minutes_brings_the_short_form_and_later_the_whole(
    world: World,
) -> None:
    person = world.person()
    await person.writes(ACUTE)
    world.controls.turn_to(world.controls.now() + timedelta(minutes=9))
    await person.writes(ACUTE)
    assert person.last.text.startswith(REFERRAL)
    assert SHORT in person.last.text
    assert "Call now: 112" in person.last.text

    await person.writes("I want to kill myself")
    assert person.last.text.startswith("Thank you for writing this.")
    assert SHORT not in person.last.text
    world.controls.turn_to(world.controls.now() + timedelta(minutes=2))
    await person.writes(ACUTE)
    assert SHORT not in person.last.text


async def test_while_other_chats_wait_out_a_429_a_referral_goes_out_at_once(world: World) -> None:
    person = world.person()
    others = [world.person(f"P{n}") for n in range(2)]
    await person.writes("/start")
    for other in others:
        world.simulator.faults.order(Fault("sendMessage", "429", chat=other.chat, seconds=4))
        world.api.say(other.chat, "/menu")
    await until(lambda: world.api.log.by_method["sendMessage"] >= 3, "two calls refused")
    world.api.say(person.chat, ACUTE)

    await until(lambda: said(person, REFERRAL), "the referral", seconds=2)
    assert not any(other.replies for other in others)
    await world.handled()


async def test_a_rest_that_began_with_the_database_locked_is_kept_as_soon_as_it_is_free(
    world: World,
) -> None:
    person = await with_reminders(world)
    database = world.folder / "data" / "unknot.db"

    def held() -> object:
        with closing(sqlite3.connect(database)) as look:
            return look.execute("SELECT hold FROM subscriber").fetchone()[0]

    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        world.api.say(person.chat, ACUTE)
        await until(lambda: said(person, REFERRAL), "the referral")
        other.execute("ROLLBACK")
    await until(held, "the hold is written")


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice", "animation"])
async def test_an_acute_caption_and_its_edit_are_referred_and_nothing_else_is_said(
    world: World, kind: str
) -> None:
    person = world.person()
    number = world.api.send_media(person.chat, kind, caption=ACUTE)
    await world.handled()
    assert len(person.replies) == 1
    assert person.last.text.startswith(REFERRAL)

    world.api.edit(person.chat, number, f"{ACUTE}, since this morning")
    await world.handled()
    assert len(person.replies) == 2
    assert SHORT in person.last.text


async def test_while_a_time_is_asked_for_an_acute_message_is_no_answer_to_it(
    world: World,
) -> None:
    person = await with_reminders(world)
    await person.writes("/reminders")
    await person.taps("Morning: 08:00")
    await person.taps("Time: 08:00")
    before = len(person.replies)
    await person.writes("at 7:30 my legs went numb and I cannot pee")
    assert len(person.replies) == before + 1
    assert person.last.text.startswith(REFERRAL)

    await person.writes("half past seven")
    assert "Time: 07:30" in person.labels


async def test_while_the_city_is_asked_for_an_acute_message_leaves_the_question_open(
    world: World,
) -> None:
    person = world.person()
    await person.writes("/start")
    await person.taps("English")
    await person.taps("I agree")
    await person.writes("Paris, and my legs went numb and I cannot pee")
    assert person.last.text.startswith(REFERRAL)
    await person.taps("Continue")
    assert REST not in person.last.text
    assert "Berlin" in person.labels
    await person.writes("Paris")
    assert "Turn the morning reminder on" in person.labels
