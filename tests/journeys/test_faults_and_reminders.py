"""Reminders of the real bot while Telegram fails in each of its ways, counted on Telegram's side."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.core.plans import Kind
from bot.errors import RivalError, TokenRefusedError
from bot.simulator.calls import Call
from bot.simulator.courses import Kind as FaultKind
from bot.simulator.faults import Fault
from bot.simulator.rates import RateLimits
from bot.telegram.intake import polling
from tests.journeys.conftest import until
from tests.journeys.crowd import Crowd, crowd

RATE = 10  # slow enough to be kept to on a busy machine
BURST = 5
IN_FLIGHT = 4


def rate_of(calls: Sequence[Call]) -> float:
    """Return the calls a second; those that a full bucket lets go at once are left out."""
    steady = calls[BURST:]
    return (len(steady) - 1) / (steady[-1].at - steady[0].at)


def has_sent(world: Crowd, number: int) -> bool:
    return world.ends()["sent"] == number


def given_up(world: Crowd) -> bool:
    return world.running is not None and world.running.done()


async def test_a_closed_chat_is_left_alone_and_the_others_go_on(tmp_path: Path) -> None:
    async with crowd(tmp_path, 45) as world:
        world.sends_per_second = RATE
        world.simulator.faults.order(Fault("", "429", chat=5, seconds=3))
        await world.start_bot()
        assert await world.over() == {"sent": 45}

        first, second = world.sends(5)
        assert (first.code, second.code) == (429, 200)
        assert second.at - first.at >= 3
        meanwhile = [call for call in world.sends() if first.at < call.at < first.at + 3]
        assert len(meanwhile) >= RATE  # a third of what is possible: none if all had to wait
        assert (world.api.windows.given, world.api.windows.violations) == (1, 0)
        assert set(world.copies().values()) == {1}


async def test_when_all_is_closed_nothing_goes_and_then_half_the_rate(tmp_path: Path) -> None:
    async with crowd(tmp_path, 40) as world:
        world.sends_per_second = RATE
        world.simulator.faults.order(Fault("", "429-all", skip=10, seconds=2))
        await world.start_bot()
        assert await world.over() == {"sent": 40}

        refused = [call for call in world.sends() if call.code == 429]
        # the first is taken for its chat's alone; with the second all stop but what is on its way
        assert 2 <= len(refused) <= 2 + IN_FLIGHT
        assert refused[-1].at - refused[0].at < 0.5
        later = [call for call in world.sends() if call.at > refused[-1].at]
        assert later[0].at - refused[0].at >= 2
        halved = rate_of(later)
        assert 0.45 * RATE <= halved <= 0.65 * RATE
        assert set(world.copies().values()) == {1}


async def test_an_hours_wait_holds_no_slot_and_ends_stale_and_the_next_day_is_as_ever(
    tmp_path: Path,
) -> None:
    async with crowd(tmp_path, 12) as world:
        world.in_flight = 1
        world.simulator.faults.order(Fault("", "429", chat=3, seconds=3 * 3600))
        await world.start_bot()
        await until(lambda: world.ends()["sent"] == 11, "all the others")
        assert world.ends()["due"] == 1

        world.controls.turn_to(world.controls.now() + timedelta(hours=3, seconds=5))
        await until(lambda: world.ends()["stale"] == 1, "the end of the grace")
        assert len(world.sends(3)) == 1
        await world.stop_bot()
        world.api.windows.open()
        await world.start_bot()
        world.controls.turn_to(world.controls.now() + timedelta(hours=21))
        await until(lambda: world.ends()["sent"] == 23, "the next morning")
        assert world.copies()[3] == 1


@pytest.mark.parametrize(("kind", "most"), [(Kind.MORNING, 2), (Kind.BREAK, 1)])
async def test_lines_that_break_lose_nothing_silently_and_repeat_within_the_promise(
    tmp_path: Path, kind: Kind, most: int
) -> None:
    async with crowd(tmp_path, 60, kind) as world:
        world.sends_per_second = 200
        world.simulator.faults.sow(11)
        for fault in ("drop-after", "drop-before"):
            world.simulator.faults.order(Fault("sendMessage", fault, times=None, share=0.05))
        await world.start_bot()
        ends = await world.over()

        assert world.api.log.by_fault["drop-after"] > 0
        assert world.api.log.by_fault["drop-before"] > 0
        assert max(world.copies().values()) <= most
        assert ends["sent"] <= len(world.copies()) <= 60
        assert 60 - len(world.copies()) <= ends["unknown"]
        assert ends["sent"] + ends["unknown"] == 60


@pytest.mark.parametrize(
    "fault", ["500", "502", "broken-json", "no-json", "no-object", "drop-after", "delay-before"]
)
async def test_a_morning_reminder_comes_once_or_twice_whatever_one_answer_was(
    tmp_path: Path, fault: FaultKind
) -> None:
    async with crowd(tmp_path, 3) as world:
        world.simulator.faults.order(Fault("sendMessage", fault, chat=2, seconds=0.5))
        await world.start_bot()

        assert await world.over() == {"sent": 3}
        assert world.copies()[1] == world.copies()[3] == 1
        assert 1 <= world.copies()[2] <= 2


async def test_no_connection_is_a_delay_and_never_a_doubt(tmp_path: Path) -> None:
    async with crowd(tmp_path, 20) as world:
        world.by_the_door = True
        await world.orders(kind="refused", **{"for": 5.0})  # a busy machine starts it in three
        await world.start_bot()

        assert await world.over() == {"sent": 20}
        assert world.attempts() > 20
        assert set(world.copies().values()) == {1}
        assert world.doubts() == 0


@pytest.mark.parametrize("fault", ["403", "403-gone", "400-chat"])
async def test_who_is_gone_is_called_once_and_then_never_again(
    tmp_path: Path, fault: FaultKind
) -> None:
    async with crowd(tmp_path, 3) as world:
        world.simulator.faults.order(Fault("", fault, times=None, chat=2))
        await world.start_bot()
        assert await world.over() == {"sent": 2, "undeliverable": 1}
        for day in range(2, 5):
            world.controls.turn_to(world.controls.now() + timedelta(days=1))
            await until(partial(has_sent, world, 2 * day), "the next day")

        assert len(world.sends(2)) == 1


async def test_a_chat_that_moved_gets_its_reminder_there_after_one_more_try(tmp_path: Path) -> None:
    async with crowd(tmp_path, 3) as world:
        world.simulator.faults.order(Fault("", "migrated", chat=2, to=-1002))
        await world.start_bot()
        assert await world.over() == {"sent": 3}
        assert (len(world.sends(2)), len(world.sends(-1002))) == (1, 1)

        world.controls.turn_to(world.controls.now() + timedelta(days=1))
        await until(lambda: world.ends()["sent"] == 6, "the next day")
        assert (len(world.sends(2)), len(world.sends(-1002))) == (1, 2)


async def test_formatting_that_is_refused_leaves_the_bare_words_sent_once(tmp_path: Path) -> None:
    async with crowd(tmp_path, 3) as world:
        world.simulator.faults.order(Fault("", "400-entities", times=None))
        await world.start_bot()

        assert await world.over() == {"sent": 3}
        assert set(world.copies().values()) == {1}
        assert all(len(world.sends(chat)) <= 2 for chat in (1, 2, 3))


async def test_a_token_that_is_refused_for_a_moment_makes_the_bot_red_and_does_not_end_it(
    tmp_path: Path,
) -> None:
    async with crowd(tmp_path, 10) as world:
        app = await world.start_bot()
        assert await world.over() == {"sent": 10}
        asked = world.api.log.by_method["getUpdates"]
        world.simulator.faults.order(Fault("", "401", times=2))
        world.api.say(1, "hello")  # ends the long poll
        await until(lambda: not app.ready()["telegram"], "a red light")
        await until(lambda: app.ready()["telegram"], "a green light")

        assert world.api.log.by_method["getUpdates"] > asked
        await until(lambda: not len(world.api.world.updates), "all updates confirmed")


async def test_a_refused_token_ends_the_bot_and_marks_no_reminder(tmp_path: Path) -> None:
    async with crowd(tmp_path, 10) as world:
        world.simulator.faults.order(Fault("sendMessage", "401", times=None))
        app = await world.start_bot()
        app.telegram.refused_seconds = 1.0
        await until(lambda: len(world.sends()) >= IN_FLIGHT, "some tries")
        world.simulator.faults.order(Fault("", "401", times=None))
        world.api.say(1, "hello")  # ends the long poll
        await until(lambda: given_up(world), "the end", 30)
        assert world.running is not None
        with pytest.raises(TokenRefusedError, match="copy it again from @BotFather"):
            await world.running

        assert set(world.ends()) <= {"due", "sending"}
        world.running = None
        world.simulator.faults.clear()
        world.controls.turn_to(world.controls.now() + timedelta(minutes=2))
        await world.start_bot()
        assert await world.over() == {"sent": 10}
        assert set(world.copies().values()) <= {1, 2}


async def test_a_second_bot_on_the_token_makes_the_first_give_way_within_30_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert polling.CONFLICT_SECONDS * (polling.CONFLICT_TRIES - 1) < 30
    monkeypatch.setattr(polling, "CONFLICT_SECONDS", 0.1)
    async with crowd(tmp_path, 10) as world:
        world.simulator.faults.order(Fault("", "409", times=None, skip=1))
        await world.start_bot()
        world.api.say(world.person().chat, "hello")  # ends the long poll, and may be answered
        await until(lambda: given_up(world), "the end")
        assert world.running is not None
        with pytest.raises(RivalError, match="stop the other one") as caught:
            await world.running

        world.running = None
        assert len(str(caught.value).splitlines()) <= 2  # what is wrong, and what to do
        assert {world.copies()[chat] for chat in range(1, 11)} <= {0, 1}


async def test_at_the_default_rate_a_telegram_that_keeps_its_limits_refuses_nothing(
    tmp_path: Path,
) -> None:
    async with crowd(tmp_path, 120) as world:
        world.api.limits = RateLimits(world.api.steady)
        await world.start_bot()
        assert await world.over() == {"sent": 120}

        assert world.api.windows.given == 0
        assert rate_of(world.sends()) < 30  # make bench measures how near it comes
