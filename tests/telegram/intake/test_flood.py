import asyncio
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans import Kind
from bot.core.triage.screener import Screener
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from bot.telegram.intake.door import Door
from bot.telegram.intake.flood import TAPS, TEXTS, Floods, Load
from tests.fakes import MemoryStore, TurnedClock
from tests.telegram.intake.test_door import ACUTE, Hall, hall, message, spawn

__all__ = ["hall"]
CHAT = 7
FLOOD = [n / 50 for n in range(3000)]  # fifty a second, for a minute


@dataclass
class Watch:
    moment: float = 0.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def door(hall: Hall, voice: Voice, screener: Screener, watch: Watch) -> Door:
    refer = Refer(voice, MemoryStore())
    return Door(screener, refer, hall.send, hall, TurnedClock(), spawn, floods=Floods(watch))


def weighed(watch: Watch, floods: Floods, *, tap: bool) -> list[Load]:
    loads = []
    for watch.moment in FLOOD:
        loads.append(floods.weigh(CHAT, tap=tap))
    return loads


@pytest.mark.parametrize(("tap", "burst"), [(True, TAPS), (False, TEXTS)])
def test_of_fifty_a_second_one_a_second_has_an_effect_after_a_first_few(
    watch: Watch, tap: bool, burst: int
) -> None:
    loads = Counter(weighed(watch, Floods(watch), tap=tap))

    assert loads[Load.USUAL] <= burst + 1
    assert loads[Load.USUAL] + loads[Load.HOT] <= burst + 60
    assert loads[Load.FIRST_TOO_MUCH] == 1


def test_what_people_really_do_is_never_too_much(watch: Watch) -> None:
    floods = Floods(watch)
    for _ in range(20):
        assert {floods.weigh(CHAT, tap=True) for _ in range(8)} == {Load.USUAL}
        assert {floods.weigh(CHAT, tap=False) for _ in range(8)} == {Load.USUAL}
        watch.moment += 10


def test_whoever_has_stopped_for_a_while_is_answered_as_before(watch: Watch) -> None:
    floods = Floods(watch)
    weighed(watch, floods, tap=True)
    assert floods.is_hot(CHAT)
    watch.moment += 7

    assert floods.weigh(CHAT, tap=True) is Load.USUAL
    assert not floods.is_hot(CHAT)


def test_a_chat_that_was_quiet_for_half_a_minute_is_forgotten(watch: Watch) -> None:
    floods = Floods(watch)
    for chat in range(1000):
        floods.weigh(chat, tap=False)
    watch.moment += 34
    floods.weigh(1001, tap=False)

    assert len(floods) == 1
    assert not floods.is_hot(None)


@given(st.lists(st.tuples(st.floats(0, 40), st.booleans()), max_size=200))
def test_however_they_come_no_more_pass_than_the_first_few_and_one_a_second(
    steps: list[tuple[float, bool]],
) -> None:
    watch = Watch()
    floods = Floods(watch)
    passed = Counter[bool]()
    for pause, tap in steps:
        watch.moment += pause
        passed[tap] += floods.weigh(CHAT, tap=tap) in {Load.USUAL, Load.HOT}

    assert passed[True] <= TAPS + watch.moment + 1
    assert passed[False] <= TEXTS + watch.moment + 1


async def test_who_floods_is_told_once_and_the_rest_has_no_effect(door: Door, hall: Hall) -> None:
    for number in range(100):
        await door.receive(message("hello", number=number))
    await asyncio.sleep(0)

    assert sum(one.startswith("handled") for one in hall.happened) == TEXTS
    assert [one for one in hall.happened if one.startswith("slow")] == [f"slow down {TEXTS}"]
    assert door.counts["flooded"] == 100 - TEXTS


async def test_taps_that_are_too_much_still_stop_spinning(door: Door, hall: Hall) -> None:
    tap = {"id": "5", "message": {"chat": {"id": CHAT}}, "data": "x"}
    for number in range(20):
        await door.receive({"update_id": number, "callback_query": tap})
    await asyncio.sleep(0)

    assert hall.abandoned == list(range(TAPS, 20))


async def test_another_chat_is_handled_as_ever_beside_a_flood(door: Door, hall: Hall) -> None:
    for number in range(100):
        await door.receive(message("hello", number=number))
    await door.receive(message("hello", chat=8, number=1000))

    assert hall.happened[-1] == "handled 1000 False"
    assert hall.crowded == []


async def test_an_acute_message_in_a_flood_is_referred(door: Door, hall: Hall) -> None:
    for number in range(TEXTS + 1):
        await door.receive(message("hello", number=number))
    await door.receive(message(ACUTE, number=1000))

    assert "referral 7" in hall.happened
    assert door.refer.hold.stops(Kind.MORNING, CHAT, 0)


async def test_acute_messages_of_one_second_in_a_flood_share_their_next_referral(
    door: Door, hall: Hall
) -> None:
    for number in range(TEXTS + 1):
        await door.receive(message("hello", number=number))
    await door.receive(message(ACUTE, number=1000))
    first = hall.happened.count("referral 7")
    waiting = [door.receive(message(ACUTE, number=2000 + n)) for n in range(50)]
    await asyncio.gather(*waiting)

    assert (first, hall.happened.count("referral 7")) == (1, 2)


async def test_being_blocked_is_heard_also_in_a_flood(door: Door, hall: Hall) -> None:
    for number in range(TEXTS + 1):
        await door.receive(message("hello", number=number))
    await door.receive({"update_id": 1000, "my_chat_member": {"chat": {"id": CHAT}}})

    assert hall.happened[-1] == "handled 1000 False"


async def test_while_a_chat_is_told_to_slow_down_what_passes_has_its_effect_alone(
    door: Door, hall: Hall, watch: Watch
) -> None:
    for number in range(TEXTS + 1):
        await door.receive(message("hello", number=number))
    watch.moment += 2
    await door.receive(message("hello", number=1000))

    assert hall.crowded == [1000]
