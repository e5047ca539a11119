"""The pacer between the library and Telegram, on a clock that tests turn."""

import asyncio
import math
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.core.shares import Need
from bot.ports import NotWantedError
from bot.telegram.limiter import Errand, Pacer
from bot.telegram.outcome import wait_of
from bot.telegram.pacing import Lane
from tests.telegram.turned_time import Time, settle


@dataclass
class Telegram:
    """Takes calls; refuses the next ones with the given seconds."""

    time: Time
    refusals: list[float] = field(default_factory=list)
    taken: list[tuple[float, object]] = field(default_factory=list)
    calls: int = 0

    async def post(self, _endpoint: str, data: dict[str, Any]) -> bool:
        self.calls += 1
        if self.refusals:
            raise RetryAfter(timedelta(seconds=self.refusals.pop(0)))
        self.taken.append((round(self.time.now, 3), data.get("chat_id")))
        return True


@dataclass
class Street:
    time: Time
    telegram: Telegram
    pacer: Pacer
    waits: list[tuple[Lane, float]]

    def call(
        self, chat: int | None, lane: Lane | Errand | None, endpoint: str = "sendMessage"
    ) -> Coroutine[Any, Any, object]:
        data = {"chat_id": chat}
        post, args = self.telegram.post, (endpoint, data)
        return self.pacer.process_request(post, args, {}, endpoint, data, lane)

    async def spawn(self, *calls: Coroutine[Any, Any, object]) -> list[asyncio.Task[object]]:
        loop = asyncio.get_running_loop()
        tasks = [loop.create_task(call) for call in calls]
        await settle()
        return tasks


@pytest.fixture
def street() -> Street:
    time = Time()
    waits: list[tuple[Lane, float]] = []
    pacer = Pacer(
        29.0,
        waited=lambda lane, seconds: waits.append((lane, round(seconds, 3))),
        clock=time.clock,
        alarm=time.alarm,
    )
    return Street(time, Telegram(time), pacer, waits)


async def test_six_hundred_reminders_do_not_delay_an_answer_or_a_referral(street: Street) -> None:
    await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(600)))
    await street.time.turn(1.0)
    await street.spawn(street.call(1001, None), street.call(1002, Lane.REFERRAL))
    await street.time.turn(0.1)

    late = [chat for _, chat in street.telegram.taken[-4:]]
    assert {1001, 1002} <= set(late)
    assert late.index(1002) < late.index(1001)
    await street.time.turn(30.0)


async def test_who_had_to_wait_looks_a_last_time_when_its_turn_has_come_and_nobody_else_does(
    street: Street,
) -> None:
    looked: list[int] = []

    async def stands(chat: int) -> bool:
        looked.append(chat)
        return chat != 6

    errands = {
        chat: Errand(Lane.REMINDER, stands=lambda chat=chat: stands(chat))  # type: ignore[misc]  # bound now
        for chat in range(8)
    }
    calls = await street.spawn(*(street.call(chat, errands[chat]) for chat in errands))
    await street.time.turn(1.0)

    assert looked == [5, 6, 7]
    assert [chat for _, chat in street.telegram.taken] == [0, 1, 2, 3, 4, 5, 7]
    with pytest.raises(NotWantedError):
        await calls[6]


async def test_what_is_no_longer_wanted_when_its_turn_comes_is_not_sent(street: Street) -> None:
    wanted = [True] * 101
    queue = [
        street.call(chat, Errand(Lane.REMINDER, lambda chat=chat: wanted[chat]))  # type: ignore[misc]  # bound now
        for chat in range(101)
    ]
    tasks = await street.spawn(*queue)
    wanted[100] = False
    await street.time.turn(30.0)

    with pytest.raises(NotWantedError):
        await tasks[100]
    assert [chat for _, chat in street.telegram.taken] == list(range(100))
    assert street.pacer.traffic().waiting[Lane.REMINDER] == 0


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "setMyCommands", "leaveChat"])
async def test_what_is_no_message_passes_at_once_even_when_all_is_closed(
    street: Street, endpoint: str
) -> None:
    street.telegram.refusals = [60.0, 60.0]
    for chat in (1, 2):
        with pytest.raises(RetryAfter):
            await street.call(chat, Lane.REMINDER)

    assert await street.call(3, None, endpoint) is True


async def test_an_answer_waits_out_a_short_429_and_is_sent(street: Street) -> None:
    street.telegram.refusals = [3.0]
    (task,) = await street.spawn(street.call(7, Lane.ANSWER))
    await street.time.turn(3.0)

    assert await task is True
    assert street.telegram.taken == [(3.0, 7)]


async def test_an_answer_gives_up_a_long_429_at_once_with_its_time(street: Street) -> None:
    street.telegram.refusals = [1000.0]
    with pytest.raises(RetryAfter) as caught:
        await street.call(7, Lane.ANSWER)

    assert wait_of(caught.value) == timedelta(seconds=1000)
    assert street.telegram.calls == 1


async def test_an_answer_waits_no_longer_than_5_seconds_in_all(street: Street) -> None:
    tasks = await street.spawn(*(street.call(7, Lane.ANSWER) for _ in range(8)))
    await street.time.turn(5.0)

    given_up = [task for task in tasks if task.done() and task.exception()]
    assert len(street.telegram.taken) + len(given_up) == 8
    assert len(given_up) >= 2
    assert isinstance(given_up[0].exception(), RetryAfter)


async def test_a_reminder_hands_a_429_back_and_the_next_one_does_not_even_call(
    street: Street,
) -> None:
    street.telegram.refusals = [30.0]
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await street.call(7, Lane.REMINDER)

    assert street.telegram.calls == 1
    assert wait_of(caught.value) == timedelta(seconds=30)


async def test_reminders_are_sent_away_unsent_once_they_are_to_stop(street: Street) -> None:
    waiting = await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(20)))
    sent = len(street.telegram.taken)
    street.pacer.stop_reminders()
    await settle()
    with pytest.raises(RetryAfter):
        await street.call(20, Lane.REMINDER)

    assert all(task.done() for task in waiting)
    assert len(street.telegram.taken) == sent < 20


async def test_after_the_stop_no_reminder_goes_even_where_nobody_waits(street: Street) -> None:
    street.pacer.stop_reminders()
    with pytest.raises(RetryAfter):
        await street.call(7, Lane.REMINDER)

    assert street.telegram.taken == []


async def test_answers_still_get_their_turn_after_reminders_were_stopped(street: Street) -> None:
    street.pacer.stop_reminders()
    (task,) = await street.spawn(street.call(7, Lane.ANSWER))

    assert await task is True


async def test_reminders_that_wait_are_sent_away_the_moment_all_is_closed(street: Street) -> None:
    street.telegram.refusals = [60.0, 60.0]
    tasks = await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(20)))

    assert all(task.done() for task in tasks)
    assert sum(task.exception() is not None for task in tasks) == 20 - len(street.telegram.taken)


async def test_edits_share_the_rate_but_are_not_held_to_one_a_second(street: Street) -> None:
    edits = (street.call(7, Lane.ANSWER, "editMessageText") for _ in range(7))
    await street.spawn(*edits)
    at_once = len(street.telegram.taken)
    await street.time.turn(0.2)

    assert (at_once, len(street.telegram.taken)) == (5, 7)


async def test_that_all_is_closed_and_that_a_referral_waits_is_told_once_each(
    street: Street, caplog: pytest.LogCaptureFixture
) -> None:
    street.telegram.refusals = [3.0, 4.0, 5.0]
    for chat in (7, 8):
        with pytest.raises(RetryAfter):
            await street.call(chat, Lane.REMINDER)
    await street.spawn(street.call(9, Lane.REFERRAL))

    told = [(record.event, record.seconds) for record in caplog.records]  # type: ignore[attr-defined]  # ours have
    assert told == [("chats.closed", 4.0), ("referral.waits", 5.0)]


async def test_a_referral_tries_once_a_minute_at_least_until_telegram_takes_it(
    street: Street,
) -> None:
    street.telegram.refusals = [3.0, 1000.0, 2.0]
    (task,) = await street.spawn(street.call(7, Lane.REFERRAL))
    await street.time.turn(200.0)

    assert await task is True
    assert street.telegram.taken == [(123.0, 7)]


async def test_a_referral_tries_at_once_though_all_is_closed(street: Street) -> None:
    street.telegram.refusals = [60.0, 60.0]
    for chat in (1, 2):
        with pytest.raises(RetryAfter):
            await street.call(chat, Lane.REMINDER)

    assert await street.call(3, Lane.REFERRAL) is True


async def test_a_cancelled_wait_frees_its_place(street: Street) -> None:
    first, second, third = await street.spawn(*(street.call(7, Lane.ANSWER) for _ in range(3)))
    second.cancel()
    await street.time.turn(1.0)

    assert first.done()
    assert third.done()
    assert street.pacer.traffic().waiting[Lane.ANSWER] == 0


async def test_a_wait_cancelled_at_the_very_moment_of_its_turn_is_no_call(street: Street) -> None:
    _, second = await street.spawn(street.call(7, Lane.ANSWER), street.call(7, Lane.ANSWER))
    second.cancel()
    street.time.now = 1.0
    street.time.bells[-1][2].ring()
    await settle()

    assert second.cancelled()
    assert len(street.telegram.taken) == 1


async def test_a_failure_of_another_kind_is_passed_on_untouched(street: Street) -> None:
    async def fails(*_: object) -> bool:
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        await street.pacer.process_request(fails, (), {}, "sendMessage", {"chat_id": 7}, None)


async def test_traffic_counts_waiting_sent_and_refused(street: Street) -> None:
    street.telegram.refusals = [1.0]
    tasks = await street.spawn(street.call(7, Lane.ANSWER), street.call(8, Lane.REMINDER))
    traffic = street.pacer.traffic()

    assert {lane: n for lane, n in traffic.waiting.items() if n} == {Lane.ANSWER: 1}
    assert {lane: n for lane, n in traffic.sent.items() if n} == {Lane.REMINDER: 1}
    assert (traffic.refused, traffic.refused_all, traffic.rate) == (1, 0, 29.0)
    assert (traffic.closed, traffic.all_closed) == (1, False)
    await street.time.turn(1.0)
    assert all(task.done() for task in tasks)
    assert street.pacer.traffic().closed == 0


async def test_traffic_tells_when_telegram_closes_all_and_for_how_many(street: Street) -> None:
    street.telegram.refusals = [60.0, 60.0]
    for chat in (1, 2):
        with pytest.raises(RetryAfter):
            await street.call(chat, Lane.REMINDER)
    traffic = street.pacer.traffic()

    assert (traffic.refused, traffic.refused_all, traffic.rate) == (2, 1, 14.5)
    assert (traffic.closed, traffic.all_closed) == (2, True)


async def test_how_long_each_call_waited_is_told_once_its_turn_comes(street: Street) -> None:
    calls = [street.call(7, Lane.ANSWER), street.call(7, Lane.REMINDER)]
    await street.spawn(*calls)
    assert street.waits == [(Lane.ANSWER, 0.0)]
    await street.time.turn(1.0)

    assert street.waits[1:] == [(Lane.REMINDER, 1.0)]


async def test_who_gave_up_has_not_waited_for_a_turn(street: Street) -> None:
    street.telegram.refusals = [60.0]
    with pytest.raises(RetryAfter):
        await street.call(7, Lane.REMINDER)
    with pytest.raises(RetryAfter):
        await street.call(7, Lane.REMINDER)

    assert street.waits == [(Lane.REMINDER, 0.0)]


async def test_on_the_real_clock_a_chats_second_message_waits_about_a_second() -> None:
    loop, telegram = asyncio.get_running_loop(), Telegram(Time())
    pacer = Pacer()
    await pacer.initialize()
    data = {"chat_id": 7}
    began = loop.time()
    for _ in range(2):
        args = ("sendMessage", data)
        await pacer.process_request(telegram.post, args, {}, "sendMessage", data, None)
    await pacer.shutdown()

    assert loop.time() - began >= 0.99


async def test_a_new_rate_holds_for_those_that_wait_already(street: Street) -> None:
    await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(200)))
    street.pacer.set_rate(100.0)
    await street.time.turn(1.0)

    assert 97 <= len(street.telegram.taken) <= 105
    assert street.pacer.traffic().rate == 100.0
    await street.time.turn(5.0)


async def test_a_paid_reminder_hands_a_429_back_and_takes_no_free_place(street: Street) -> None:
    street.telegram.refusals = [30.0]
    with pytest.raises(RetryAfter):
        await street.call(7, Lane.PAID)

    assert street.pacer.room() == 5


async def test_a_part_of_the_rate_lets_that_much_pass_and_a_part_of_the_burst(
    street: Street,
) -> None:
    street.pacer.lend(14.0, 1000.0)
    await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(400)))
    assert len(street.telegram.taken) == 2
    await street.time.turn(10.0)

    assert 0.97 * 140 <= len(street.telegram.taken) <= 142
    await street.time.turn(30.0)


async def test_who_has_no_share_sends_nothing_until_more_is_lent(street: Street) -> None:
    street.pacer.lend(0.0, 1000.0)
    calls = await street.spawn(street.call(7, Lane.REFERRAL), street.call(8, Lane.ANSWER))
    await street.time.turn(3.0)
    assert street.telegram.taken == []
    street.pacer.lend(10.0, 1000.0)
    await street.time.turn(0.3)

    assert [chat for _, chat in street.telegram.taken] == [7, 8]
    assert all(call.done() for call in calls)


async def test_a_share_that_nobody_lends_anew_lapses_to_a_tenth_of_the_rate(
    street: Street,
) -> None:
    street.pacer.lend(14.0, 5.0)
    await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(200)))
    await street.time.turn(5.0)
    before = len(street.telegram.taken)
    await street.time.turn(10.0)

    assert 19 <= len(street.telegram.taken) - before <= 30
    street.pacer.lend(29.0, 1000.0)
    await street.time.turn(30.0)


async def test_it_tells_that_something_waits_and_for_some_seconds_after(street: Street) -> None:
    assert street.pacer.need() is Need.NOTHING
    await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(5)))
    assert street.pacer.need() is Need.NOTHING
    await street.spawn(street.call(9, Lane.REMINDER))
    assert street.pacer.need() is Need.SOMETHING
    await street.time.turn(4.0)
    assert street.pacer.need() is Need.SOMETHING
    await street.time.turn(2.0)

    assert street.pacer.need() is Need.NOTHING


async def test_answers_that_wait_are_told_before_reminders_and_many_referrals_before_all(
    street: Street,
) -> None:
    await street.spawn(*(street.call(chat, Lane.REMINDER) for chat in range(9)))
    await street.spawn(street.call(20, Lane.ANSWER))
    assert street.pacer.need() is Need.ANSWERS
    await street.spawn(street.call(30, Lane.REFERRAL))
    assert street.pacer.need() is Need.ANSWERS  # its turn comes next
    await street.spawn(*(street.call(chat, Lane.REFERRAL) for chat in range(31, 50)))
    assert street.pacer.need() is Need.REFERRALS

    await street.time.turn(1.9)
    assert street.pacer.need() is Need.ANSWERS


async def test_what_another_process_was_told_is_heeded_and_not_told_on_as_our_own(
    street: Street,
) -> None:
    street.pacer.heed(10.0)
    await street.spawn(street.call(7, Lane.REFERRAL), street.call(8, Lane.ANSWER))

    assert street.pacer.traffic().all_closed
    assert street.pacer.closed_for() == -math.inf
    assert [chat for _, chat in street.telegram.taken] == [7]
    assert street.pacer.traffic().rate == 14.5
    await street.time.turn(30.0)
