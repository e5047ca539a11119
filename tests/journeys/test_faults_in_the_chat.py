"""Answers and referrals of the real bot while Telegram fails in each of its ways."""

import pytest

from bot.simulator.courses import KINDS
from bot.simulator.courses import Kind as FaultKind
from bot.simulator.faults import Fault
from bot.simulator.rates import RateLimits
from tests.journeys.conftest import World, until
from tests.journeys.test_first_evening import ACUTE, settle_in
from tests.journeys.test_hard_days import referrals

# a referral has no receiver, or the bot has no token any more
HOPELESS = {"403", "403-gone", "400-chat", "migrated", "401", "404"}
SOON_SECONDS = 6.0


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in HOPELESS | {"lost-reply"}])
async def test_the_referral_comes_whatever_fault_its_first_try_meets(
    world: World, kind: FaultKind
) -> None:
    person = world.person()
    await person.writes("/start")
    method = "getUpdates" if kind == "409" else "sendMessage"
    world.simulator.faults.order(Fault(method, kind, seconds=0.5))
    world.api.say(person.chat, ACUTE)

    await until(lambda: referrals(person), "the referral", SOON_SECONDS)
    await world.handled()
    assert 1 <= referrals(person) <= 2


async def test_the_referral_of_one_whose_chat_moved_goes_to_the_new_chat(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    world.simulator.faults.order(Fault("sendMessage", "migrated", to=4_000_000_001))
    world.api.say(person.chat, ACUTE)
    await until(lambda: 4_000_000_001 in world.api.world.chats, "the move")
    person.chat = 4_000_000_001

    await until(lambda: referrals(person), "the referral", SOON_SECONDS)
    assert referrals(person) == 1


async def test_a_referral_knocks_once_at_a_closed_door_and_again_when_it_opens(
    world: World,
) -> None:
    person, other = world.person(), world.person("Other")
    for each in (person, other):
        await each.writes("/start")
    world.simulator.faults.order(Fault("", "429-all", seconds=2))
    world.api.say(other.chat, "/help")
    await until(lambda: world.api.windows.given, "the closing")
    world.api.say(person.chat, ACUTE)

    await until(lambda: referrals(person), "the referral", SOON_SECONDS)
    await world.handled()
    assert referrals(person) == 1
    assert world.api.windows.violations <= 2


async def test_a_screen_that_is_the_same_already_is_no_error_and_its_tap_is_answered(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    person = world.person()
    await settle_in(person)
    world.simulator.faults.order(Fault("editMessageText", "400-same", times=None))
    before = world.api.log.by_method["answerCallbackQuery"]
    for _ in range(3):
        await person.taps("Turn the morning reminder on")

    assert world.api.log.by_method["answerCallbackQuery"] == before + 3
    assert "update.failed" not in caplog.text
    assert world.api.log.by_fault["400-same"] == 3


async def test_an_answer_whose_formatting_is_refused_comes_as_bare_words_once(
    world: World,
) -> None:
    person = world.person()
    world.simulator.faults.order(Fault("sendMessage", "400-entities", times=None))
    await person.writes("/privacy")

    assert len(person.replies) == 1
    assert not person.last.entities
    assert person.labels
    assert world.api.log.by_fault["400-entities"] == 1


@pytest.mark.parametrize("kind", ["no-json", "no-object", "broken-json", "drop-after", "502"])
async def test_updates_that_come_in_no_readable_form_are_asked_for_again_and_applied_once(
    world: World, kind: FaultKind
) -> None:
    person = world.person()
    await person.writes("/start")
    replies = len(person.replies)
    world.simulator.faults.order(Fault("getUpdates", kind, times=2))
    world.api.say(person.chat, "/help")  # the poll that waits takes this one whole
    world.api.say(person.chat, "/privacy")
    await world.handled()

    assert len(person.replies) == replies + 2
    assert world.api.log.by_fault[kind] == 2


async def test_a_slow_telegram_makes_an_answer_late_and_sends_it_once(world: World) -> None:
    person = world.person()
    world.simulator.faults.order(Fault("", "delay", times=None, seconds=0.3))
    await person.writes("/start")

    assert len(person.replies) == 1


async def test_one_person_who_floods_is_kept_within_telegrams_limits(world: World) -> None:
    world.api.limits = RateLimits(world.api.steady)
    flood, other = world.person("Flood"), world.person("Other")
    for _ in range(20):
        world.api.say(flood.chat, "/help")
    await other.writes("/start")
    await world.handled()

    assert other.labels
    assert world.api.windows.given == 0
