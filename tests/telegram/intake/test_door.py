import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.core.plans import Kind, Subscriber
from bot.core.screens import Screen
from bot.core.text import joined
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Verdict
from bot.flows.refer import Refer
from bot.flows.visit import Visit
from bot.flows.voice import Voice
from bot.telegram.intake.door import Door
from bot.telegram.intake.flood import TEXTS, Floods
from bot.telegram.intake.passage import Passage
from bot.telegram.intake.raw import MalformedUpdateError
from tests.chaos.virtual.loop import VirtualLoop, drained
from tests.fakes import MORNING, MemoryChange, MemoryStore, TurnedClock

ACUTE = "my legs went numb and I cannot pee"
DISTRESS = "I want to die"
CANARY = "canary-words"


HASTE = (0.0, 0.0, 0.0)


class BrokenStore(MemoryStore):
    """A database that fails in a way of its own."""

    async def look(self, chat: int) -> Subscriber | None:
        raise RuntimeError("no error that anybody foresaw")

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        await self.look(chat)
        yield MemoryChange(self, chat, fresh=True, subscriber=None)


class FailingScreener(Screener):
    def screen(self, text: str) -> Verdict:
        raise RuntimeError(text)


def spawn(coroutine: Coroutine[Any, Any, None], name: str) -> "asyncio.Task[None]":
    return asyncio.get_running_loop().create_task(coroutine, name=name)


def message(text: str, chat: int = 7, number: int = 1, **more: object) -> dict[str, Any]:
    told = {"chat": {"id": chat, "type": "private"}, "text": text, **more}
    return {"update_id": number, "message": told}


@dataclass
class Hall:
    """What lies behind the door: notes in which order things happen."""

    happened: list[str] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    abandoned: list[int] = field(default_factory=list)
    telegram: asyncio.Event = field(default_factory=asyncio.Event)
    busy: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, chat: int, screen: Screen) -> bool:
        await self.telegram.wait()
        self.happened.append(f"referral {chat}")
        self.screens.append(screen)
        return True

    async def __call__(self, raw: Mapping[str, Any], came: Passage) -> None:
        await self.busy.wait()
        if self.faults:
            raise self.faults.pop(0)
        self.happened.append(f"handled {raw['update_id']} {came.referred}")
        self.crowded += [raw["update_id"]] * came.crowded

    async def abandon(self, raw: Mapping[str, Any]) -> None:
        self.abandoned.append(raw["update_id"])

    async def slow_down(self, raw: Mapping[str, Any]) -> None:
        self.happened.append(f"slow down {raw['update_id']}")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.telegram.set()
    hall.busy.set()
    return hall


@pytest.fixture
def door(hall: Hall, voice: Voice, screener: Screener) -> Door:
    refer = Refer(voice, MemoryStore())
    return Door(screener, refer, hall.send, hall, TurnedClock(), spawn)


async def test_the_referral_goes_out_before_the_message_takes_its_normal_way(
    door: Door, hall: Hall
) -> None:
    await door.receive(message(ACUTE))

    assert hall.happened == ["referral 7", "handled 1 True"]


async def test_an_ordinary_message_is_handled_without_a_referral(door: Door, hall: Hall) -> None:
    await door.receive(message("my back is stiff"))

    assert hall.happened == ["handled 1 False"]


async def test_the_referral_does_not_wait_in_its_chats_queue(door: Door, hall: Hall) -> None:
    hall.busy.clear()
    slow = door.receive(message("hello"))
    acute = door.receive(message(ACUTE, number=2))
    await asyncio.wait({acute}, timeout=0.05)
    assert hall.happened == ["referral 7"]

    hall.busy.set()
    await slow
    await acute
    assert hall.happened[1:] == ["handled 1 False", "handled 2 True"]


async def test_an_acute_edit_and_an_acute_caption_are_referred_too(door: Door, hall: Hall) -> None:
    edit = {"update_id": 2, "edited_message": message(ACUTE, chat=8)["message"]}
    photo = message("", chat=9, caption=ACUTE)
    await asyncio.gather(door.receive(edit), door.receive(photo))

    assert {"referral 8", "referral 9"} <= set(hall.happened)


async def test_an_acute_message_is_open_until_telegram_took_the_referral(
    door: Door, hall: Hall
) -> None:
    hall.telegram.clear()
    acute = door.receive(message(ACUTE))
    await asyncio.wait({acute}, timeout=0.05)
    assert not acute.done()

    hall.telegram.set()
    await acute
    assert "referral 7" in hall.happened


async def test_acute_texts_that_wait_together_get_one_referral(door: Door, hall: Hall) -> None:
    hall.telegram.clear()
    waiting = [door.receive(message(ACUTE, number=number)) for number in range(1, 6)]
    await asyncio.sleep(0)
    hall.telegram.set()
    await asyncio.gather(*waiting)

    assert hall.happened.count("referral 7") == 1


async def test_words_of_despair_get_their_own_referral_beside_another(
    door: Door, hall: Hall
) -> None:
    hall.telegram.clear()
    waiting = [door.receive(message(ACUTE)), door.receive(message(DISTRESS, number=2))]
    await asyncio.sleep(0)
    hall.telegram.set()
    await asyncio.gather(*waiting)

    assert hall.happened.count("referral 7") == 2


async def test_a_second_acute_message_later_is_referred_again(door: Door, hall: Hall) -> None:
    await door.receive(message(ACUTE))
    await door.receive(message(ACUTE, number=2))

    assert hall.happened.count("referral 7") == 2


async def test_reminders_rest_from_the_moment_the_words_are_read(door: Door, hall: Hall) -> None:
    hall.telegram.clear()
    waiting = door.receive(message(ACUTE))
    await asyncio.sleep(0)

    assert door.refer.hold.stops(Kind.MORNING, 7, 0)
    hall.telegram.set()
    await waiting


async def test_the_rest_is_written_while_the_referral_still_waits_for_telegram(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    store = MemoryStore({7: Subscriber(7, "en", "UTC", MORNING)})
    door = Door(screener, Refer(voice, store), hall.send, hall, TurnedClock(), spawn)
    hall.telegram.clear()
    waiting = door.receive(message(ACUTE))
    await asyncio.wait({waiting}, timeout=0.05)

    assert (hall.happened, store.subscribers[7].hold is not None) == ([], True)
    hall.telegram.set()
    await waiting


async def test_a_locked_database_holds_up_no_referral_whose_rest_it_keeps_waiting(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    store = SlowStore()
    hall.busy.clear()
    door = Door(screener, Refer(voice, store), hall.send, hall, TurnedClock(), spawn)
    waiting = [door.receive(message(ACUTE, number=number)) for number in range(1, 4)]
    await asyncio.wait(waiting, timeout=0.05)
    # one of them writes; the others have nothing to add to it
    assert (hall.happened[0], store.asked) == ("referral 7", 1)

    store.free.set()
    hall.busy.set()
    await asyncio.gather(*waiting)


async def test_reminders_rest_while_the_message_still_waits_in_its_chats_queue(
    door: Door, hall: Hall
) -> None:
    hall.busy.clear()
    slow = door.receive(message("hello"))
    acute = door.receive(message(ACUTE, number=2))

    assert 7 in door.refer.hold.resting
    hall.busy.set()
    await asyncio.gather(slow, acute)


async def test_a_denied_sign_is_referred_softly_and_lets_no_reminder_rest(
    door: Door, hall: Hall
) -> None:
    hall.telegram.clear()
    waiting = door.receive(message("no fever and no numbness at all"))
    await asyncio.sleep(0)
    assert not door.refer.hold.resting

    hall.telegram.set()
    await waiting
    assert hall.screens[0].blocks[0].plain.startswith("You wrote that you do not have this.")


async def test_a_message_that_waited_while_we_were_away_is_told_so(door: Door, hall: Hall) -> None:
    await door.receive(message(ACUTE, date=int(MORNING.timestamp()) - 3600))

    assert hall.screens[0].blocks[0].plain.startswith("Your message came a while ago")


async def test_a_group_is_no_place_for_a_referral(door: Door, hall: Hall) -> None:
    raw = message(ACUTE)
    raw["message"]["chat"] = {"id": -5, "type": "group"}
    await door.receive(raw)

    assert hall.happened == ["handled 1 False"]


@pytest.mark.parametrize("moment", [10**400, -(10**400), 2**70, True, 1e300, "soon"])
@pytest.mark.parametrize("name", ["date", "edit_date"])
async def test_an_acute_message_with_a_date_that_is_none_gets_its_referral(
    door: Door, hall: Hall, name: str, moment: object
) -> None:
    odd: dict[str, Any] = {name: moment}
    await door.receive(message(ACUTE, **odd))

    assert hall.happened == ["referral 7", "handled 1 True"]


@pytest.mark.parametrize("chat", [2**53, 2**63 + 5, 2**70, 10**400, -(2**63) - 1, True])
async def test_an_acute_message_from_a_chat_that_cannot_be_leaves_no_rest_behind(
    door: Door, hall: Hall, chat: int
) -> None:
    await door.receive(message(ACUTE, chat=chat))
    await door.refer.hold.write(MORNING)

    assert hall.happened == ["handled 1 False"]
    assert not door.refer.hold.resting


async def test_a_quote_between_authors_of_any_shape_is_screened_with_the_rest(
    door: Door, hall: Hall
) -> None:
    deep: list[object] = []
    for _ in range(3000):
        deep = [deep]
    odd: dict[str, Any] = {"from": {"id": deep}, "reply_to_message": {"from": {"id": [deep]}}}
    await door.receive(message(ACUTE, quote={"text": "x"}, **odd))

    assert hall.happened == ["referral 7", "handled 1 True"]


async def test_a_fault_before_the_door_is_through_costs_that_update_alone(
    door: Door, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    moments = iter((0.0,))
    door.floods = Floods(lambda: next(moments))
    await asyncio.gather(door.receive(message("hi")), door.receive(message("hi", number=2)))

    assert (hall.happened, hall.abandoned) == (["handled 1 False"], [2])
    assert door.counts["failed"] == 1
    assert caplog.records[0].__dict__["update_id"] == 2


async def test_a_malformed_update_is_counted_and_not_tried_again(door: Door, hall: Hall) -> None:
    hall.faults = [MalformedUpdateError("KeyError")]
    await door.receive(message("hello"))

    assert (door.counts["malformed"], hall.happened) == (1, [])
    assert (door.counts["dropped"], door.counts["handled"]) == (0, 0)


async def test_an_error_of_ours_is_tried_three_times_counted_and_skipped(
    door: Door, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    door.pauses = HASTE
    hall.faults = [RuntimeError("ours")] * 4
    await door.receive(message(CANARY))
    await asyncio.sleep(0)

    assert (door.counts["failed"], len(hall.faults), hall.abandoned) == (3, 1, [1])
    assert (door.counts["dropped"], door.counts["handled"], door.handled_ago()) == (1, 0, None)
    assert CANARY not in caplog.text


async def test_an_error_that_passes_is_no_loss(door: Door, hall: Hall) -> None:
    hall.faults = [RuntimeError("ours")]
    await door.receive(message("hello"))

    assert hall.happened == ["handled 1 False"]
    assert (door.counts["failed"], door.counts["dropped"], door.counts["handled"]) == (1, 0, 1)


async def test_a_network_that_fails_is_no_error_of_ours_and_is_tried_again(
    door: Door, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    door.away_pauses = HASTE
    hall.faults = [TimedOut(), NetworkError("reset")]
    await door.receive(message("hello"))

    assert hall.happened == ["handled 1 False"]
    assert door.counts["failed"] == 0
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


async def test_a_request_that_telegram_refuses_is_an_error_of_ours(door: Door, hall: Hall) -> None:
    hall.faults = [BadRequest("BUTTON_DATA_INVALID")]
    await door.receive(message("hello"))

    assert hall.happened == ["handled 1 False"]
    assert door.counts["failed"] == 1


async def test_what_was_handled_last_has_its_moment(door: Door) -> None:
    began = asyncio.get_running_loop().time()
    await door.receive(message("hello"))

    ago = door.handled_ago()
    assert ago is not None
    assert 0 <= ago <= asyncio.get_running_loop().time() - began


async def test_an_update_that_hangs_is_given_up_before_ten_seconds(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    hall.busy.clear()
    refer = Refer(voice, MemoryStore())
    door = Door(screener, refer, hall.send, hall, TurnedClock(), spawn, open_seconds=0.01)
    await door.receive(message("hello"))
    await asyncio.sleep(0)

    assert (door.counts["expired"], hall.abandoned) == (1, [1])


async def test_the_time_of_an_update_begins_with_its_turn_and_not_when_it_comes(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    hall.busy.clear()
    refer = Refer(voice, MemoryStore())
    door = Door(screener, refer, hall.send, hall, TurnedClock(), spawn, open_seconds=0.01)
    hanging, following = door.receive(message("hello")), door.receive(message("hello", number=2))
    await hanging
    hall.busy.set()
    await following

    assert (door.counts["expired"], hall.abandoned) == (1, [1])
    assert hall.happened == ["handled 2 False"]


async def test_an_acute_update_is_only_an_unsent_referral_when_all_else_of_it_is_done(
    door: Door, hall: Hall
) -> None:
    door.referral_seconds = 0.01
    hall.telegram.clear()
    hall.busy.clear()
    acute = door.receive(message(ACUTE))
    await asyncio.wait({acute}, timeout=0.05)
    assert not door.is_unsent_referral(acute)

    hall.busy.set()
    await asyncio.wait({acute}, timeout=0.05)
    assert door.is_unsent_referral(acute)

    hall.telegram.set()
    await acute
    assert not door.is_unsent_referral(acute)


async def test_a_referral_that_cannot_be_sent_does_not_hold_up_its_chat_for_ever(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    hall.telegram.clear()
    refer = Refer(voice, MemoryStore())
    door = Door(screener, refer, hall.send, hall, TurnedClock(), spawn, referral_seconds=0.01)
    acute = door.receive(message(ACUTE))
    await door.receive(message("hello", number=2))
    assert hall.happened == ["handled 1 True", "handled 2 False"]

    hall.telegram.set()
    await acute
    assert hall.happened[-1] == "referral 7"


async def test_no_answer_goes_ahead_of_a_referral_that_an_earlier_message_waits_for(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    hall.telegram.clear()
    refer = Refer(voice, MemoryStore())
    door = Door(screener, refer, hall.send, hall, TurnedClock(), spawn, referral_seconds=0.2)
    acute = door.receive(message(ACUTE))
    await asyncio.wait({acute}, timeout=0.3)
    later = door.receive(message("are you there?", number=2))
    await asyncio.wait({later}, timeout=0.05)
    hall.telegram.set()
    await asyncio.gather(acute, later)

    assert hall.happened == ["handled 1 True", "referral 7", "handled 2 False"]


def test_later_messages_wait_a_second_each_for_a_referral_that_telegram_does_not_take(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    loop = VirtualLoop()
    hall.telegram.clear()

    async def waits() -> float:
        door = Door(screener, Refer(voice, MemoryStore()), hall.send, hall, TurnedClock(), spawn)
        acute = door.receive(message(ACUTE))
        await asyncio.sleep(6)
        begun = loop.time()
        await door.receive(message("are you there?", number=2))
        took = loop.time() - begun
        hall.telegram.set()
        await acute
        return took

    assert loop.run_until_complete(waits()) == pytest.approx(1.0)
    drained(loop)


async def test_of_many_at_once_all_take_effect_in_order_and_the_newest_five_are_answered(
    door: Door, hall: Hall
) -> None:
    hall.busy.clear()
    flood = [door.receive(message("hello", number=number)) for number in range(TEXTS)]
    await asyncio.sleep(0)
    hall.busy.set()
    await asyncio.gather(*flood)

    assert hall.happened == [f"handled {number} False" for number in range(TEXTS)]
    assert hall.crowded == list(range(1, TEXTS - 5))
    assert door.counts["crowded"] == TEXTS - 6


async def test_a_graver_message_is_not_answered_by_a_milder_referral_that_waits(
    door: Door, hall: Hall
) -> None:
    hall.telegram.clear()
    mild = door.receive(message("no fever and no numbness at all"))
    grave = door.receive(message(ACUTE, number=2))
    await asyncio.sleep(0)
    milder = door.receive(message("no fever and no numbness at all", number=3))
    hall.telegram.set()
    await asyncio.gather(mild, grave, milder)

    first = [screen.blocks[0].plain[:8] for screen in hall.screens]
    assert sorted(first) == ["This may", "You wrot"]


async def test_a_referral_goes_out_also_when_the_database_is_broken(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    refer = Refer(voice, BrokenStore())
    door = Door(screener, refer, hall.send, hall, TurnedClock(), spawn)
    await door.receive(message(ACUTE))

    assert hall.happened == ["referral 7", "handled 1 True"]
    assert 7 in refer.hold.resting


async def test_an_error_of_ours_on_the_way_out_does_not_lose_the_referral(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    faults = [RuntimeError("ours"), RuntimeError("ours")]

    async def send(chat: int, screen: Screen) -> bool:
        if faults:
            raise faults.pop()
        return await hall.send(chat, screen)

    door = Door(
        screener, Refer(voice, MemoryStore()), send, hall, TurnedClock(), spawn, pauses=HASTE
    )
    await door.receive(message(ACUTE))

    assert "referral 7" in hall.happened


async def test_a_screener_that_fails_does_not_stop_the_message(hall: Hall, voice: Voice) -> None:
    refer = Refer(voice, MemoryStore())
    door = Door(FailingScreener({}, {}), refer, hall.send, hall, TurnedClock(), spawn)
    await door.receive(message(ACUTE))

    assert (hall.happened, door.counts["failed"]) == (["handled 1 False"], 1)


async def test_an_acute_message_in_a_flood_is_referred_all_the_same(door: Door, hall: Hall) -> None:
    hall.busy.clear()
    flood = [door.receive(message("hello", number=number)) for number in range(TEXTS - 1)]
    acute = door.receive(message(ACUTE, number=99))
    await asyncio.wait({acute}, timeout=0.05)
    assert hall.happened == ["referral 7"]

    hall.busy.set()
    await asyncio.gather(*flood, acute)


class SlowStore(MemoryStore):
    """A database that somebody else keeps locked until ``free`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Event()
        self.asked = 0

    async def count_referral(self, now: datetime) -> None:
        await self.free.wait()
        await super().count_referral(now)

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        self.asked += 1
        await self.free.wait()
        async with super().change(chat, update_id, now) as change:
            yield change


async def test_a_locked_database_holds_up_no_answer_behind_a_referral(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    store = SlowStore()
    door = Door(screener, Refer(voice, store), hall.send, hall, TurnedClock(), spawn)
    acute = door.receive(message(ACUTE))
    following = door.receive(message("/menu", number=2))
    await asyncio.wait({acute}, timeout=0.05)
    assert hall.happened == ["referral 7", "handled 1 True", "handled 2 False"]
    assert not acute.done()

    store.free.set()
    await asyncio.gather(acute, following)
    assert not door.refer.hold.resting


async def test_a_rest_that_cannot_be_written_in_time_stays_in_memory_and_ends_the_update(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    store = SlowStore()
    refer = Refer(voice, store)
    door = Door(screener, refer, hall.send, hall, TurnedClock(), spawn, open_seconds=0.01)
    await door.receive(message(ACUTE))

    assert 7 in door.refer.hold.resting
    assert (door.counts["failed"], door.counts["handled"]) == (2, 1)
    store.free.set()


async def test_a_referral_is_counted_when_telegram_took_it_and_not_before(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    store = MemoryStore()
    door = Door(screener, Refer(voice, store), hall.send, hall, TurnedClock(), spawn)
    hall.telegram.clear()
    acute = door.receive(message(ACUTE))
    await asyncio.wait({acute}, timeout=0.05)
    assert not store.referrals

    hall.telegram.set()
    await acute
    assert store.referrals == {MORNING.date(): 1}


async def test_a_referral_that_reaches_nobody_is_not_counted(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    async def blocked(_chat: int, _screen: Screen) -> bool:
        return False

    store = MemoryStore()
    door = Door(screener, Refer(voice, store), blocked, hall, TurnedClock(), spawn)
    await door.receive(message(ACUTE))

    assert not store.referrals
    assert "referred" not in door.counts


async def test_counting_a_referral_holds_up_nothing_while_the_database_is_locked(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    store = SlowStore()
    door = Door(screener, Refer(voice, store), hall.send, hall, TurnedClock(), spawn)
    denied = door.receive(message("no fever and no numbness at all"))
    await asyncio.wait({denied}, timeout=0.05)

    assert denied.done()
    assert hall.happened == ["referral 7", "handled 1 True"]
    assert not store.referrals
    store.free.set()


SHORT = "The other steps are the same as above."


def shows(screen: Screen) -> str:
    return "short" if SHORT in joined(screen.blocks).plain else "whole"


def turned(door: Door, **by: float) -> None:
    assert isinstance(door.clock, TurnedClock)
    door.clock.turn(**by)


async def test_within_ten_minutes_a_new_acute_message_gets_the_short_form(
    door: Door, hall: Hall
) -> None:
    await door.receive(message(ACUTE))
    turned(door, minutes=9)
    await door.receive(message(ACUTE, number=2))
    turned(door, minutes=2)
    await door.receive(message(ACUTE, number=3))

    assert [shows(screen) for screen in hall.screens] == ["whole", "short", "whole"]
    assert "112" in joined(hall.screens[1].blocks).plain


@pytest.mark.parametrize("second", [ACUTE, DISTRESS])
async def test_a_graver_message_and_one_of_distress_get_all_steps_at_once(
    door: Door, hall: Hall, second: str
) -> None:
    await door.receive(message("fever and back pain"))
    await door.receive(message(second, number=2))

    assert [shows(screen) for screen in hall.screens] == ["whole", "whole"]


async def test_another_chat_gets_all_steps(door: Door, hall: Hall) -> None:
    await door.receive(message(ACUTE))
    await door.receive(message(ACUTE, chat=8, number=2))

    assert [shows(screen) for screen in hall.screens] == ["whole", "whole"]


async def test_a_referral_that_did_not_arrive_spares_no_steps(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    async def blocked(_chat: int, screen: Screen) -> bool:
        hall.screens.append(screen)
        return False

    door = Door(screener, Refer(voice, MemoryStore()), blocked, hall, TurnedClock(), spawn)
    await door.receive(message(ACUTE))
    await door.receive(message(ACUTE, number=2))

    assert [shows(screen) for screen in hall.screens] == ["whole", "whole"]


async def test_the_short_form_needs_no_database_either(
    hall: Hall, voice: Voice, screener: Screener
) -> None:
    door = Door(screener, Refer(voice, BrokenStore()), hall.send, hall, TurnedClock(), spawn)
    await door.receive(message(ACUTE))
    await door.receive(message(ACUTE, number=2))

    assert [shows(screen) for screen in hall.screens] == ["whole", "short"]


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice", "animation"])
@pytest.mark.parametrize("update", ["message", "edited_message"])
async def test_a_caption_is_referred_whatever_it_stands_under(
    door: Door, hall: Hall, kind: str, update: str
) -> None:
    told = {"chat": {"id": 7, "type": "private"}, kind: {}, "caption": ACUTE}
    await door.receive({"update_id": 1, update: told})

    assert hall.happened[0] == "referral 7"
    assert 7 in door.refer.hold.switched


async def test_an_acute_poll_and_an_acute_forwarded_message_are_referred(
    door: Door, hall: Hall
) -> None:
    poll = {"chat": {"id": 7, "type": "private"}, "poll": {"question": ACUTE, "options": []}}
    await door.receive({"update_id": 1, "message": poll})
    await door.receive(message(ACUTE, chat=8, forward_origin={"type": "hidden_user"}))

    assert {"referral 7", "referral 8"} <= set(hall.happened)


async def test_a_reply_to_an_acute_message_is_not_acute_by_that(door: Door, hall: Hall) -> None:
    await door.receive(message("thanks", reply_to_message=message(ACUTE)["message"]))

    assert hall.happened == ["handled 1 False"]


async def test_all_right_before_an_acute_message_does_not_end_the_rest_after_it(
    door: Door, hall: Hall, voice: Voice
) -> None:
    store = door.refer.store
    assert isinstance(store, MemoryStore)
    store.subscribers[7] = Subscriber(7, "en", "UTC", MORNING)
    hall.busy.clear()
    tap = door.receive(message("/menu"))
    acute = door.receive(message(ACUTE, number=2))
    await asyncio.wait({acute}, timeout=0.05)
    await door.refer.hold.end(Visit(7, "en", 1, MORNING))  # what the tap had wanted all along
    hall.busy.set()
    await asyncio.gather(tap, acute)

    assert store.subscribers[7].hold is not None


async def test_a_denied_sign_after_a_rest_has_begun_neither_renews_nor_ends_it(
    door: Door,
) -> None:
    await door.receive(message(ACUTE))
    switches = door.refer.hold.switches
    await door.receive(message("no fever and no numbness at all", number=2))

    assert door.refer.hold.switches == switches
