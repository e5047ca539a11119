import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.core.advance import advance
from bot.core.breaks import Rhythm
from bot.core.paid import Backlog
from bot.core.plans import Advance, DuePlan, Fate, Kind, Outcome, Plan, State, Subscriber, Taken
from bot.core.screens import Screen
from bot.core.text import joined
from bot.errors import StoreUnavailableError
from bot.flows.claim import Claim
from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.reminder import reminder
from bot.flows.visit import Visit
from bot.flows.voice import Voice
from tests.fakes import MORNING, MemoryStore, SeenTries, ToldCourier, TurnedClock
from tests.journeys.conftest import until

DUE = MORNING + timedelta(minutes=30)
DAY = timedelta(days=1)
Spawn = Callable[[Coroutine[Any, Any, Any], str], "asyncio.Task[Any]"]


def spawn(coroutine: Coroutine[Any, Any, Any], name: str) -> "asyncio.Task[Any]":
    return asyncio.get_running_loop().create_task(coroutine, name=name)


@pytest.fixture
def deliver(voice: Voice) -> Deliver:
    store = MemoryStore()
    clock = TurnedClock(DUE)
    made = Deliver(store, ToldCourier(), voice, Hold(store), clock, spawn, 4, SeenTries())
    made.health.probed(works=True)
    return made


def subscribe(deliver: Deliver, *chats: int) -> None:
    for chat in chats:
        plan = Plan(Kind.MORNING, time(7), next_due=DUE)
        person = Subscriber(chat, "en", "UTC", MORNING, plans={Kind.MORNING: plan})
        _store(deliver).subscribers[chat] = person


def _store(deliver: Deliver) -> MemoryStore:
    assert isinstance(deliver.store, MemoryStore)
    return deliver.store


def courier(deliver: Deliver) -> ToldCourier:
    assert isinstance(deliver.courier, ToldCourier)
    return deliver.courier


def tries(deliver: Deliver) -> list[tuple[Kind, Fate, timedelta]]:
    assert isinstance(deliver.onlooker, SeenTries)
    return deliver.onlooker.tries


def states(deliver: Deliver) -> list[State]:
    return [row.state for row in _store(deliver).rows.values()]


async def work_again(deliver: Deliver) -> None:
    """Let the pause before a second try pass, and work."""
    assert isinstance(deliver.clock, TurnedClock)
    deliver.clock.turn(seconds=30)
    await deliver.work()


async def test_a_due_reminder_is_sent_once_and_the_next_one_is_tomorrow(deliver: Deliver) -> None:
    subscribe(deliver, 1)

    following = await deliver.work()

    assert [chat for chat, _ in courier(deliver).carried] == [1]
    assert states(deliver) == [State.SENT]
    assert following == DUE + timedelta(days=1)


async def test_many_reminders_all_go_out_a_few_at_a_time(deliver: Deliver) -> None:
    subscribe(deliver, *range(1, 31))

    await deliver.work()

    assert sorted(chat for chat, _ in courier(deliver).carried) == list(range(1, 31))
    assert states(deliver) == [State.SENT] * 30


class Crowd(ToldCourier):
    """Sees how many are on their way at once; some take longer than others."""

    under_way = 0
    most = 0

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        for _ in range(chat % 5):
            await asyncio.sleep(0)
        self.under_way -= 1
        return await super().remind(
            chat,
            screen,
            occurrence=occurrence,
            silent=silent,
            paid=paid,
            wanted=wanted,
            stands=stands,
        )


async def test_no_more_are_on_their_way_at_once_than_may_be(deliver: Deliver) -> None:
    crowd = deliver.courier = Crowd()
    subscribe(deliver, *range(1, 51))
    await deliver.work()

    assert (crowd.most, len(crowd.carried)) == (4, 50)


async def test_a_send_in_doubt_is_repeated_once_after_the_path_is_proven(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]

    await deliver.work()
    await work_again(deliver)

    assert len(courier(deliver).carried) == 2
    assert courier(deliver).probes == 1
    assert states(deliver) == [State.SENT]


async def test_while_the_path_does_not_work_the_second_try_waits(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]
    courier(deliver).works = False

    await deliver.work()
    await work_again(deliver)
    assert states(deliver) == [State.DUE]

    courier(deliver).works = True
    await work_again(deliver)
    assert states(deliver) == [State.SENT]


async def test_two_doubts_end_as_unknown_and_are_never_sent_again(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)] * 3

    await deliver.work()
    await work_again(deliver)
    await work_again(deliver)

    assert len(courier(deliver).carried) == 2
    assert states(deliver) == [State.UNKNOWN]


async def test_a_second_try_waits_though_a_probe_succeeds_until_the_doubt_may_have_passed(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]
    await deliver.work()

    clock(deliver).turn(seconds=29)
    assert await deliver.work() == DUE + timedelta(seconds=30)
    assert len(courier(deliver).carried) == 1

    clock(deliver).turn(seconds=1)
    await deliver.work()
    assert len(courier(deliver).carried) == 2


async def test_a_second_try_whose_time_ends_within_a_second_waits_for_the_whole_second(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]
    clock(deliver).turn(seconds=0.4)
    await deliver.work()

    clock(deliver).turn(seconds=10)
    assert await deliver.work() == DUE + timedelta(seconds=31)


async def test_no_question_is_put_to_telegram_where_nothing_is_left_to_send(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    await deliver.store.materialise(DUE, advance)
    await deliver.store.stop_chat(1)
    deliver.health.probed(works=False)
    await deliver.work()

    assert (states(deliver), courier(deliver).probes) == ([State.UNDELIVERABLE], 0)


async def test_a_second_try_goes_as_soon_as_another_message_arrived(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]
    await deliver.work()
    subscribe(deliver, 2)

    clock(deliver).turn(seconds=2)
    await deliver.work()
    assert [chat for chat, _ in courier(deliver).carried] == [1, 2, 1]


async def test_many_doubts_stop_everything_until_a_probe_succeeds(deliver: Deliver) -> None:
    subscribe(deliver, *range(1, 21))
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)] * 40
    courier(deliver).works = False

    await deliver.work()

    assert len(courier(deliver).carried) < 12
    assert State.UNKNOWN not in states(deliver)


async def test_what_a_dead_process_was_sending_is_in_doubt_and_sent_once_more(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    await deliver.store.materialise(DUE, advance)
    await deliver.store.turn([], DUE, 4, lease=timedelta(seconds=60), healthy=True)

    await deliver.recover()
    await work_again(deliver)

    row = _store(deliver).rows[1]
    assert (row.state, row.taken.doubts, row.taken.attempt) == (State.SENT, 1, 2)


class Counting(ToldCourier):
    """Counts at each reminder how many are on their way."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__()
        self.store = store
        self.together: list[tuple[int, int]] = []

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        states = [row.state for row in self.store.rows.values()]
        self.together.append((chat, states.count(State.SENDING)))
        return await super().remind(
            chat,
            screen,
            occurrence=occurrence,
            silent=silent,
            paid=paid,
            wanted=wanted,
            stands=stands,
        )


async def test_after_a_death_so_many_as_it_may_have_come_of_go_one_at_a_time(
    deliver: Deliver,
) -> None:
    subscribe(deliver, *range(1, 11))
    await deliver.store.materialise(DUE, advance)
    await deliver.store.turn([], DUE, 4, lease=timedelta(seconds=60), healthy=True)
    await deliver.recover()
    deliver.courier = counting = Counting(_store(deliver))
    await deliver.work()

    assert counting.together[:4] == [(chat, 1) for chat in range(1, 5)]
    assert [sending for _, sending in counting.together[4:8]] == [4] * 4
    assert set(states(deliver)) == {State.SENT}


async def test_after_a_long_sleep_stale_reminders_are_counted_and_not_sent(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    assert isinstance(deliver.clock, TurnedClock)
    deliver.clock.turn(days=3, hours=1)

    while (following := await deliver.work()) and following <= deliver.clock.now():
        pass

    assert states(deliver) == [State.STALE, State.STALE, State.STALE, State.SENT]
    assert len(courier(deliver).carried) == 1


async def test_no_reminder_goes_to_a_person_whose_rest_could_not_be_written(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    deliver.hold.hush(1, DUE)
    _store(deliver).away = True
    with pytest.raises(StoreUnavailableError):
        await deliver.work()

    assert courier(deliver).carried == []


async def test_a_rest_that_begins_while_a_reminder_is_taken_still_cancels_it(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    await deliver.store.materialise(DUE, advance)
    (taken,) = await deliver.store.turn([], DUE, 1, lease=timedelta(seconds=60), healthy=True)
    deliver.hold.hush(1, DUE)

    settled = await deliver._send(taken, Claim(DUE, deliver.steady()))

    assert settled.state is State.CANCELLED
    assert courier(deliver).carried == []


async def test_when_closing_nothing_new_is_taken(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    deliver.closing = True

    await deliver.work()

    assert courier(deliver).carried == []
    assert states(deliver) == [State.DUE]


async def test_the_line_of_the_reminder_changes_for_three_weeks(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    await deliver.store.materialise(DUE, advance)
    (taken,) = await deliver.store.turn([], DUE, 1, lease=timedelta(seconds=60), healthy=True)
    lines = [
        joined(reminder(deliver.voice, replace(taken, line=n), DUE).blocks).plain for n in range(22)
    ]

    assert len(set(lines)) == 22


async def test_the_same_reminder_of_many_people_is_drawn_once(deliver: Deliver) -> None:
    subscribe(deliver, 1, 2)
    await deliver.store.materialise(DUE, advance)
    taken = await deliver.store.turn([], DUE, 2, lease=timedelta(seconds=60), healthy=True)

    first, second = (reminder(deliver.voice, one, DUE) for one in taken)
    assert first is second
    assert reminder(deliver.voice, taken[0], DUE + timedelta(hours=1)) is not first


async def test_what_was_certainly_not_sent_waits_a_little_without_probing(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.NOT_SENT)]

    assert await deliver.work() == DUE + timedelta(seconds=2)

    assert states(deliver) == [State.DUE]
    assert courier(deliver).probes == 0


async def test_more_due_plans_than_fit_one_batch_are_all_served(deliver: Deliver) -> None:
    subscribe(deliver, *range(1, 501))

    await deliver.work()

    assert states(deliver) == [State.SENT] * 500


@dataclass
class Clumsy(ToldCourier):
    """Fails over one chat in a way that nobody thought of."""

    error: type[Exception] = OverflowError

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        if chat == 1:
            raise self.error("a value that nobody thought of")
        return await super().remind(
            chat,
            screen,
            occurrence=occurrence,
            silent=silent,
            paid=paid,
            wanted=wanted,
            stands=stands,
        )


@pytest.mark.parametrize("error", [OverflowError, AttributeError, KeyError, TypeError, ValueError])
async def test_a_reminder_with_a_value_nobody_thought_of_ends_and_stops_no_other(
    deliver: Deliver, caplog: pytest.LogCaptureFixture, error: type[Exception]
) -> None:
    subscribe(deliver, 1, 2)
    deliver.courier = Clumsy(error=error)
    await deliver.work()
    await work_again(deliver)

    assert states(deliver) == [State.UNKNOWN, State.SENT]
    assert tries(deliver).count((Kind.MORNING, Fate.IN_DOUBT, timedelta())) == 1
    assert [(record.event, record.cause) for record in caplog.records] == [  # type: ignore[attr-defined]  # ours have them
        ("reminder.failed", error.__name__)
    ] * 2


async def test_a_fault_that_is_not_of_one_reminder_ends_the_process_and_what_arrived_is_recorded(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1, 2)
    deliver.courier = Clumsy(error=RuntimeError)
    with pytest.raises(RuntimeError):
        await deliver.work()

    assert states(deliver) == [
        State.SENDING,
        State.SENT,
    ]  # the next process finds the first in doubt


async def test_a_reminder_that_hangs_keeps_nobody_from_what_falls_due_meanwhile(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flows.deliver.LOOK_SECONDS", 0.01)
    subscribe(deliver, 1)
    courier(deliver).turn = turn = asyncio.Event()
    working = spawn(deliver.work(), "work")
    await courier(deliver).queued.wait()
    subscribe(deliver, 2)
    clock(deliver).turn(seconds=1)

    await until(lambda: states(deliver) == [State.SENDING] * 2, "the second is taken")
    turn.set()
    await working
    assert states(deliver) == [State.SENT] * 2


async def test_a_language_that_the_content_lost_stops_no_other_reminder(deliver: Deliver) -> None:
    subscribe(deliver, 1, 2)
    _store(deliver).subscribers[1] = replace(_store(deliver).subscribers[1], language="de")

    await deliver.work()

    assert states(deliver) == [State.UNDELIVERABLE, State.SENT]


async def rings_again(deliver: Deliver, *chats: int) -> None:
    """Let everybody's first reminder have come, and turn the clock to the second."""
    subscribe(deliver, *chats)
    await deliver.work()
    assert isinstance(deliver.clock, TurnedClock)
    deliver.clock.turn(days=1)


async def test_only_the_newest_reminder_keeps_its_buttons(deliver: Deliver) -> None:
    await rings_again(deliver, 1)
    assert courier(deliver).stripped == []

    await deliver.work()
    assert courier(deliver).stripped == [(1, 1)]


async def test_of_two_reminders_at_one_minute_the_newer_keeps_its_buttons(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    person = _store(deliver).subscribers[1]
    breaks = Plan(Kind.BREAK, time(0), next_due=DUE, rhythm=Rhythm())
    _store(deliver).subscribers[1] = replace(person, plans={**person.plans, Kind.BREAK: breaks})

    await deliver.work()
    assert len(courier(deliver).carried) == 2
    assert courier(deliver).stripped == [(1, 1)]


async def test_a_reminder_that_its_person_turned_to_keeps_what_it_shows(deliver: Deliver) -> None:
    await rings_again(deliver, 1)
    async with deliver.store.change(1, None, DUE) as change:
        await change.heed(1)

    await deliver.work()
    assert courier(deliver).stripped == []


async def test_old_buttons_go_only_after_every_reminder_that_is_due(deliver: Deliver) -> None:
    carried = len(courier(deliver).carried)
    await rings_again(deliver, *range(1, 21))
    seen: list[int] = []
    strip = courier(deliver).strip

    async def noted(chat: int, message_id: int) -> None:
        seen.append(len(courier(deliver).carried) - carried)
        await strip(chat, message_id)

    courier(deliver).strip = noted  # type: ignore[method-assign]  # looks over its shoulder
    await deliver.work()

    assert seen == [40] * 20
    assert len(set(courier(deliver).stripped)) == 20


async def test_old_buttons_wait_while_the_next_reminder_is_near(deliver: Deliver) -> None:
    await rings_again(deliver, 1)
    near = Plan(Kind.MORNING, time(7), next_due=DUE + DAY + timedelta(seconds=4))
    person = Subscriber(2, "en", "UTC", MORNING, plans={Kind.MORNING: near})
    _store(deliver).subscribers[2] = person

    assert await deliver.work() == near.next_due
    assert courier(deliver).stripped == []

    assert isinstance(deliver.clock, TurnedClock)
    deliver.clock.turn(seconds=4)
    await deliver.work()
    assert courier(deliver).stripped == [(1, 1)]


async def test_a_closing_bot_takes_off_no_more_buttons(deliver: Deliver) -> None:
    await rings_again(deliver, 1)
    deliver._old._waiting.append((1, 1))
    deliver.closing = True
    _store(deliver).subscribers.clear()

    assert await deliver.work() is None
    assert courier(deliver).stripped == []


async def test_a_reminder_that_was_not_sent_takes_no_buttons_off_the_one_before(
    deliver: Deliver,
) -> None:
    await rings_again(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.REFUSED)]

    await deliver.work()
    assert courier(deliver).stripped == []


@pytest.mark.parametrize("silent", [True, False])
async def test_a_silent_plan_reminds_without_a_sound(deliver: Deliver, silent: bool) -> None:
    subscribe(deliver, 1)
    person = _store(deliver).subscribers[1]
    plan = replace(person.plans[Kind.MORNING], silent=silent)
    _store(deliver).subscribers[1] = replace(person, plans={Kind.MORNING: plan})

    await deliver.work()
    assert courier(deliver).silent == [silent]


async def test_each_try_is_told_with_its_fate_and_how_late_it_was(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT), Outcome(Fate.SENT, message_id=1)]
    assert isinstance(deliver.clock, TurnedClock)
    deliver.clock.turn(seconds=90)

    await deliver.work()
    await work_again(deliver)
    late = timedelta(seconds=90)
    assert tries(deliver) == [
        (Kind.MORNING, Fate.IN_DOUBT, late),
        (Kind.MORNING, Fate.SENT, late + timedelta(seconds=30)),
    ]


async def test_what_a_dead_process_left_behind_is_told_as_a_doubt(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    await deliver.store.materialise(DUE, advance)
    await deliver.store.turn([], DUE, 4, lease=timedelta(seconds=60), healthy=True)

    await deliver.recover()
    assert tries(deliver) == [(Kind.MORNING, Fate.IN_DOUBT, timedelta())]


async def test_what_is_too_late_to_send_is_no_try(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    assert isinstance(deliver.clock, TurnedClock)
    deliver.clock.turn(hours=3)

    await deliver.work()
    assert (states(deliver), tries(deliver)) == ([State.STALE], [])


NEXT_DAY = DUE + DAY


def clock(deliver: Deliver) -> TurnedClock:
    assert isinstance(deliver.clock, TurnedClock)
    return deliver.clock


async def rests(deliver: Deliver, *chats: int) -> None:
    """Subscribe, and let the reminders rest since the day before the check-in at ``DUE`` + 1."""
    subscribe(deliver, *chats)
    for chat in chats:
        deliver.hold.hush(chat, DUE)
    await deliver.work()


async def test_under_a_hold_reminders_end_unsent_and_the_check_in_comes_once(
    deliver: Deliver,
) -> None:
    await rests(deliver, 1)
    for _ in range(8):
        clock(deliver).turn(days=1)
        await deliver.work()

    ((chat, screen),) = courier(deliver).carried
    assert chat == 1
    assert joined(screen.blocks).plain.startswith("Hello. How are you today?")
    assert [button.label for row in screen.buttons for button in row] == [
        "I am all right, go on",
        "I am not well",
        "Danger signs",
        "Find a doctor",
    ]
    by_kind = [(row.taken.kind, row.state) for row in _store(deliver).rows.values()]
    assert (Kind.CHECK_IN, State.SENT) in by_kind
    assert {state for kind, state in by_kind if kind is Kind.MORNING} == {State.CANCELLED}


async def test_the_plans_of_a_person_who_rests_are_caught_up_at_once_after_days_away(
    deliver: Deliver,
) -> None:
    await rests(deliver, 1)
    clock(deliver).turn(days=1)
    await deliver.work()
    clock(deliver).turn(days=5)

    following = await deliver.work()

    assert following is not None
    assert following > clock(deliver).now()
    assert states(deliver).count(State.CANCELLED) == 7


async def test_a_rest_is_written_as_soon_as_the_database_is_back_though_nothing_is_due(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    clock(deliver).moment = MORNING
    deliver.hold.hush(1, MORNING)
    _store(deliver).away = True
    with pytest.raises(StoreUnavailableError):
        await deliver.work()

    _store(deliver).away = False
    await deliver.work()
    assert _store(deliver).subscribers[1].hold == NEXT_DAY.date()
    assert not deliver.hold.resting


async def test_a_hold_that_was_written_between_the_take_and_the_send_still_stops_it(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    await deliver.store.materialise(DUE, advance)
    claim = Claim(DUE, deliver.steady(), deliver.hold.switches)
    (taken,) = await deliver.store.turn([], DUE, 1, lease=timedelta(seconds=60), healthy=True)
    deliver.hold.hush(1, DUE)
    await deliver.hold.rest(1, DUE)
    assert not deliver.hold.resting

    assert (await deliver._send(taken, claim)).state is State.CANCELLED
    assert courier(deliver).carried == []


@pytest.mark.parametrize("written", [True, False])
async def test_a_hold_reaches_a_reminder_that_waits_for_its_turn_at_the_pacer(
    deliver: Deliver, written: bool
) -> None:
    subscribe(deliver, 1, 2)
    turn = courier(deliver).turn = asyncio.Event()
    working = spawn(deliver.work(), "work")
    await courier(deliver).queued.wait()
    deliver.hold.hush(1, DUE)
    if written:
        await deliver.hold.rest(1, DUE)
    turn.set()
    await working

    assert [chat for chat, _ in courier(deliver).carried] == [2]
    assert sorted(states(deliver)) == [State.CANCELLED, State.SENT]
    assert len(tries(deliver)) == 1


async def test_what_another_process_ended_while_it_waited_for_its_turn_is_not_sent(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1, 2)
    turn = courier(deliver).turn = asyncio.Event()
    working = spawn(deliver.work(), "work")
    await courier(deliver).queued.wait()
    _store(deliver).fallen = {1}
    turn.set()
    await working

    assert [chat for chat, _ in courier(deliver).carried] == [2]
    assert states(deliver) == [State.CANCELLED, State.SENT]


async def test_a_break_that_falls_away_after_a_probe_leaves_its_try_to_the_others(
    deliver: Deliver,
) -> None:
    for chat in (1, 2, 3):
        _store(deliver).add(Taken(0, Kind.BREAK, chat, "en", DUE.date(), "10:00", DUE, 0, 0))
    turn = courier(deliver).turn = asyncio.Event()
    working = spawn(deliver.work(), "work")
    await courier(deliver).queued.wait()
    _store(deliver).fallen = {1}
    turn.set()
    async with asyncio.timeout(5):
        await working

    assert [chat for chat, _ in courier(deliver).carried] == [2, 3]
    assert states(deliver) == [State.CANCELLED, State.SENT, State.SENT]


class SharedStore(MemoryStore):
    """A database that other processes write to as well, and that cannot be asked once."""

    asked = 0

    async def stands(self, occurrence: int) -> bool:
        self.asked += 1
        if self.asked == 1:
            raise StoreUnavailableError("The database is silent.", "wait.")
        return await super().stands(occurrence)


async def test_what_the_database_cannot_say_at_its_turn_waits_until_it_is_taken_again(
    voice: Voice,
) -> None:
    store = SharedStore()
    made = Deliver(
        store, ToldCourier(), voice, Hold(store), TurnedClock(DUE), spawn, 4, SeenTries()
    )
    made.health.probed(works=True)
    subscribe(made, 1)
    turn = courier(made).turn = asyncio.Event()
    turn.set()
    await made.work()

    assert (states(made), store.asked) == ([State.SENT], 2)
    assert [row.taken.attempt for row in store.rows.values()] == [2]


async def at_check_in(deliver: Deliver) -> tuple["asyncio.Task[Any]", asyncio.Event]:
    """Let a check-in be taken and wait at the pacer; return who works, and what gives the turn."""
    await rests(deliver, 1)
    clock(deliver).moment = NEXT_DAY
    turn = courier(deliver).turn = asyncio.Event()
    working: asyncio.Task[Any] = spawn(deliver.work(), "work")
    await courier(deliver).queued.wait()
    return working, turn


async def test_all_right_reaches_a_check_in_that_waits_for_its_turn(deliver: Deliver) -> None:
    working, turn = await at_check_in(deliver)
    await deliver.hold.end(Visit(1, "en", 1, NEXT_DAY))
    turn.set()
    await working

    assert courier(deliver).carried == []


async def test_a_new_acute_message_takes_back_a_check_in_that_waits_for_its_turn(
    deliver: Deliver,
) -> None:
    working, turn = await at_check_in(deliver)
    deliver.hold.hush(1, NEXT_DAY)
    await deliver.hold.rest(1, NEXT_DAY)
    turn.set()
    await working
    assert courier(deliver).carried == []

    clock(deliver).turn(days=1)
    await deliver.work()
    assert len(courier(deliver).carried) == 1


async def test_a_hold_that_has_ended_stops_nothing_that_is_taken_after_it(
    deliver: Deliver,
) -> None:
    await rests(deliver, 1)
    await deliver.hold.end(Visit(1, "en", 1, DUE))
    clock(deliver).turn(days=1)
    await deliver.work()

    assert len(courier(deliver).carried) == 1
    assert not deliver.hold.switched


@pytest.mark.parametrize("lateness", [timedelta(hours=5), timedelta(days=3)])
async def test_a_check_in_comes_however_late_after_a_downtime(
    deliver: Deliver, lateness: timedelta
) -> None:
    await rests(deliver, 1)
    clock(deliver).moment = NEXT_DAY + lateness
    while (following := await deliver.work()) and following <= clock(deliver).now():
        pass

    assert len(courier(deliver).carried) == 1


async def test_a_check_in_that_is_late_at_night_comes_in_the_morning(deliver: Deliver) -> None:
    await rests(deliver, 1)
    clock(deliver).moment = NEXT_DAY.replace(hour=23)
    await deliver.work()
    assert courier(deliver).carried == []

    clock(deliver).moment = NEXT_DAY + DAY
    await deliver.work()
    assert len(courier(deliver).carried) == 1


async def test_a_check_in_in_doubt_that_meets_the_night_still_waits_for_proof(
    deliver: Deliver,
) -> None:
    await rests(deliver, 1)
    clock(deliver).moment = NEXT_DAY.replace(hour=21, minute=59)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]
    courier(deliver).works = False
    await deliver.work()
    clock(deliver).turn(minutes=10)
    courier(deliver).works = True
    await deliver.work()

    (row,) = [row for row in _store(deliver).rows.values() if row.taken.kind is Kind.CHECK_IN]
    assert (row.state, row.needs_proof, row.taken.doubts) == (State.DUE, True, 1)
    assert row.not_before == NEXT_DAY + DAY


async def test_a_blocked_chat_gets_no_check_in(deliver: Deliver) -> None:
    await rests(deliver, 1)
    await deliver.store.stop_chat(1)
    clock(deliver).turn(days=1)
    await deliver.work()

    assert courier(deliver).carried == []


async def test_a_check_in_leaves_the_buttons_of_the_last_reminder_and_keeps_its_own(
    deliver: Deliver,
) -> None:
    await rings_again(deliver, 1)
    await deliver.work()
    deliver.hold.hush(1, clock(deliver).now())
    await deliver.work()
    stripped = list(courier(deliver).stripped)
    clock(deliver).turn(days=1)
    await deliver.work()
    assert courier(deliver).stripped == stripped

    await deliver.hold.end(Visit(1, "en", 1, clock(deliver).now()))
    clock(deliver).turn(days=1)
    await deliver.work()
    assert courier(deliver).stripped == [*stripped, (1, 2)]


async def test_a_check_in_in_a_language_that_the_content_lost_stops_no_other(
    deliver: Deliver,
) -> None:
    await rests(deliver, 1, 2)
    _store(deliver).subscribers[1] = replace(_store(deliver).subscribers[1], language="de")
    clock(deliver).turn(days=1)
    await deliver.work()

    assert [chat for chat, _ in courier(deliver).carried] == [2]
    assert State.UNDELIVERABLE in states(deliver)


async def test_a_check_in_names_the_number_of_the_persons_country(deliver: Deliver) -> None:
    await rests(deliver, 1)
    _store(deliver).subscribers[1] = replace(
        _store(deliver).subscribers[1], zone="America/New_York"
    )
    clock(deliver).moment = NEXT_DAY.replace(hour=18)
    await deliver.work()

    ((_, screen),) = courier(deliver).carried
    assert "911" in joined(screen.blocks).plain


class HushingStore(MemoryStore):
    """A database during whose look for due plans somebody writes an acute message."""

    hush: Callable[[], object]

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        self.hush()
        return await super().materialise(now, advance, limit)


async def test_a_rest_that_begins_just_before_the_take_is_written_first(voice: Voice) -> None:
    store = HushingStore()
    hold = Hold(store)
    store.hush = lambda: hold.hush(1, DUE)
    made = Deliver(store, ToldCourier(), voice, hold, TurnedClock(DUE), spawn, 4, SeenTries())
    made.health.probed(works=True)
    subscribe(made, 1)
    await made.work()

    assert courier(made).carried == []
    assert states(made) == [State.CANCELLED]


async def dies_while_sending(deliver: Deliver, chat: int) -> None:
    """Let another process on the same database die."""
    subscribe(deliver, chat)
    await deliver.store.materialise(DUE, advance)
    await deliver.store.turn([], DUE, 4, lease=timedelta(seconds=60), healthy=True)


async def test_what_another_process_leaves_behind_is_seen_within_15_seconds(
    deliver: Deliver,
) -> None:
    assert isinstance(deliver.clock, TurnedClock)
    await deliver.recover()
    await dies_while_sending(deliver, 1)
    await deliver.work()
    assert states(deliver) == [State.SENDING]

    deliver.clock.turn(seconds=15)
    await deliver.work()
    assert states(deliver) == [State.SENT]
    assert _store(deliver).rows[1].taken.doubts == 1


async def test_while_sends_are_under_way_due_plans_are_looked_for_once_a_second(
    deliver: Deliver,
) -> None:
    subscribe(deliver, *range(1, 41))
    looks = 0
    materialise, remind = deliver.store.materialise, courier(deliver).remind
    clock = deliver.clock
    assert isinstance(clock, TurnedClock)

    async def counted(
        now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        nonlocal looks
        looks += now == clock.now()  # the others are for days that were missed
        return await materialise(now, advance, limit)

    async def slow(*args: Any, **options: Any) -> Outcome:  # noqa: ANN401 - passed on
        clock.turn(seconds=0.1)
        return await remind(*args, **options)

    deliver.store.materialise = counted  # type: ignore[method-assign]  # looks over its shoulder
    courier(deliver).remind = slow  # type: ignore[method-assign]  # takes its time
    await deliver.work()

    assert states(deliver) == [State.SENT] * 40
    assert looks == 4


@dataclass
class Purse:
    """Keeps bot.ports.Payer: pays for all, and remembers a refusal."""

    refusals: list[datetime] = field(default_factory=list)

    def enough(self, most: int) -> int:
        return most

    def share(self, backlog: Backlog, _now: datetime) -> int:
        return backlog.taken

    def refused(self, now: datetime) -> None:
        self.refusals.append(now)


async def test_what_the_store_says_is_paid_for_is_sent_so(deliver: Deliver) -> None:
    subscribe(deliver, 1, 2)
    deliver.payer = Purse()
    await deliver.work()

    assert courier(deliver).paid == [True, True]


@pytest.mark.parametrize("payer", [Purse(), None])
async def test_a_refusal_to_take_paid_messages_is_told_to_the_payer(
    deliver: Deliver, payer: Purse | None
) -> None:
    subscribe(deliver, 1)
    deliver.payer = payer
    courier(deliver).fates = [Outcome(Fate.SENT, 1, unpaid=True)]
    await deliver.work()

    assert states(deliver) == [State.SENT]
    assert payer is None or payer.refusals == [DUE]


async def test_switches_of_rests_are_not_kept_where_nothing_is_ever_due(deliver: Deliver) -> None:
    for chat in range(100, 110):
        deliver.hold.silence(chat)
    await deliver.work()

    assert not deliver.hold.switched
