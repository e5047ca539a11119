import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import RivalError, TokenRefusedError
from bot.telegram.intake.polling import Poller

Answer = Sequence[Mapping[str, Any]] | TelegramError


def numbered(*ids: int) -> list[Mapping[str, Any]]:
    return [{"update_id": number} for number in ids]


@dataclass
class Line:
    """Telegram's end: answers as told, and notes what it was asked."""

    answers: list[Answer] = field(default_factory=list)
    offsets: list[int | None] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    dropped: int = 0
    moment: float = 0.0
    contacts: int = 0
    gates: dict[int, asyncio.Event] = field(default_factory=dict)
    only_referral_open: bool = True

    async def fetch(self, offset: int | None, _seconds: int) -> Sequence[Mapping[str, Any]]:
        self.offsets.append(offset)
        answer = self.answers.pop(0) if self.answers else []
        if isinstance(answer, TelegramError):
            raise answer
        return answer

    def receive(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        self.received.append(raw["update_id"])
        return asyncio.get_running_loop().create_task(self._handle(raw["update_id"]))

    async def _handle(self, number: int) -> None:
        if number in self.gates:
            await self.gates[number].wait()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += seconds

    def now(self) -> float:
        return self.moment

    async def drop_webhook(self) -> None:
        self.dropped += 1

    def touch(self) -> None:
        self.contacts += 1

    def poller(self) -> Poller:
        return Poller(
            self.fetch,
            self.receive,
            self.touch,
            self.drop_webhook,
            lambda _: self.only_referral_open,
            self.sleep,
            self.now,
        )


async def test_handled_updates_are_confirmed_with_the_next_question() -> None:
    line = Line([numbered(7, 8)])
    poller = line.poller()

    await poller.poll()
    await poller.poll()

    assert line.offsets == [None, 9]


async def test_the_offset_stops_before_the_oldest_update_that_is_open() -> None:
    line = Line([numbered(1, 2, 3), numbered(2, 3, 4)])
    line.gates[2] = asyncio.Event()
    poller = line.poller()

    await poller.poll()
    assert poller.offset == 2
    await poller.poll()
    assert line.received == [1, 2, 3, 4]

    line.gates[2].set()
    await poller.poll()
    assert poller.offset == 5


async def test_ids_that_begin_again_lower_are_handled_and_confirmed() -> None:
    line = Line([numbered(1000), numbered(5)])
    poller = line.poller()

    await poller.poll()
    await poller.poll()

    assert line.received == [1000, 5]
    assert poller.offset == 6


async def test_what_is_open_for_a_short_time_keeps_others_waiting_for_a_short_time_only() -> None:
    line = Line([numbered(1)])
    line.gates[1] = asyncio.Event()
    poller = line.poller()
    await poller.poll()
    waits = []
    for line.moment in (0.1, 2, 60):
        waits.append(poller._recheck())

    assert waits == [0.05, 0.2, 0.5]
    line.gates[1].set()
    await poller.drain(1.0)


async def test_an_update_without_an_id_is_counted_and_skipped() -> None:
    line = Line([[{"message": {}}, {"update_id": True}, *numbered(4)]])
    poller = line.poller()

    await poller.poll()

    assert (poller.skipped, line.received) == (2, [4])


async def test_a_network_that_fails_is_asked_again_with_growing_pauses() -> None:
    line = Line([NetworkError("down")] * 8)
    poller = line.poller()
    for _ in range(9):
        await poller.poll()

    assert line.slept == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert line.contacts == 1


async def test_a_flood_wait_is_kept_to_the_second_but_half_a_minute_at_most_and_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = Line([RetryAfter(timedelta(seconds=seconds)) for seconds in (7, 3, 3600)])
    poller = line.poller()
    for _ in range(3):
        await poller.poll()

    assert line.slept == [7, 3, 30]
    assert [record.event for record in caplog.records] == ["polling.failed"] * 3  # type: ignore[attr-defined]  # ours has one


async def test_a_refused_token_ends_with_one_line_that_says_what_to_do() -> None:
    with pytest.raises(TokenRefusedError, match="BotFather"):
        await Line([InvalidToken()]).poller().run()


async def test_a_token_whose_refusal_is_not_certain_yet_is_tried_again_and_what_came_is_heard() -> (
    None
):
    line = Line([InvalidToken(), InvalidToken(), numbered(3)])
    poller, refusals = line.poller(), []
    poller.refused = lambda: refusals.append(line.moment)
    for _ in range(3):
        await poller.poll()

    assert (refusals, line.slept, line.received) == ([0, 0.5], [0.5, 1], [3])


async def test_ids_that_begin_anew_after_a_silent_week_are_heard_by_who_takes_offsets_literally() -> (
    None
):
    waiting = [1000]
    line = Line()

    async def fetch(offset: int | None, _seconds: int) -> Sequence[Mapping[str, Any]]:
        line.offsets.append(offset)
        return numbered(*(one for one in waiting if offset is None or one >= offset))

    poller = line.poller()
    poller.fetch = fetch
    await poller.poll()
    line.moment += 7 * 86_400
    waiting[:] = [5]
    await poller.poll()
    await poller.poll()

    assert (line.offsets, line.received) == ([None, None, 6], [1000, 5])


async def test_the_offset_stays_for_a_day_and_as_long_as_anything_is_open() -> None:
    line = Line([numbered(1, 2)])
    line.gates[2] = asyncio.Event()
    poller = line.poller()
    await poller.poll()
    line.moment += 86_401
    await poller.poll()
    line.gates[2].set()
    await poller.drain(1.0, last_word=False)
    line.answers = [numbered(3)]
    await poller.poll()
    line.moment += 86_399
    await poller.poll()
    line.moment += 2
    await poller.poll()

    assert line.offsets == [None, 2, None, 4, None]


async def test_another_poller_makes_us_give_way_within_half_a_minute() -> None:
    line = Line([Conflict("terminated by other getUpdates request")] * 9)

    with pytest.raises(RivalError, match="Another process polls"):
        await line.poller().run()

    assert sum(line.slept) < 30


async def test_a_conflict_that_ended_a_minute_ago_is_forgotten() -> None:
    line = Line([*[Conflict("terminated")] * 4, [], *[Conflict("terminated")] * 4, []])
    poller = line.poller()
    for _ in range(5):
        await poller.poll()
    line.moment += 60
    for _ in range(5):
        await poller.poll()

    assert line.contacts == 2


async def test_answers_in_between_do_not_prolong_a_fight_for_the_updates() -> None:
    fight: list[Answer] = [Conflict("terminated"), numbered(1)]
    line = Line(fight * 9)

    with pytest.raises(RivalError, match="Another process polls"):
        await line.poller().run()

    assert sum(line.slept) < 30


async def open_line(
    seconds: float, waiting: int = 100, *, only_referral_open: bool = True
) -> tuple[Line, Poller]:
    """Let updates wait of which the first is open, and these seconds pass."""
    line = Line([numbered(*range(waiting))] * 2, only_referral_open=only_referral_open)
    line.gates[0] = asyncio.Event()
    poller = line.poller()
    await poller.poll()
    line.moment += seconds
    await poller.poll()
    return line, poller


async def test_an_update_that_is_stuck_does_not_make_us_deaf_to_those_behind_it() -> None:
    line, poller = await open_line(11)
    assert (poller.offset, poller.passed) == (100, 1)

    line.gates[0].set()
    await poller.drain(0.1)


@pytest.mark.parametrize(("seconds", "waiting"), [(9, 100), (3600, 99)])
async def test_an_open_update_is_passed_neither_early_nor_while_others_are_heard(
    seconds: float, waiting: int
) -> None:
    line, poller = await open_line(seconds, waiting)
    assert (poller.offset, poller.passed) == (None, 0)

    line.gates[0].set()
    await poller.drain(0.1)


async def test_an_update_that_waits_for_its_turn_is_never_passed_however_long() -> None:
    line, poller = await open_line(3600, only_referral_open=False)
    assert (poller.offset, poller.passed) == (None, 0)

    line.gates[0].set()
    await poller.drain(0.1)


async def test_updates_that_can_never_be_confirmed_are_not_asked_for_without_pause() -> None:
    line = Line([[{"message": {}}]])
    await line.poller().poll()

    assert line.slept == [0.5]


async def test_a_webhook_that_is_in_the_way_is_dropped_and_polling_goes_on() -> None:
    line = Line([Conflict("can't use getUpdates method while webhook is active"), numbered(3)])
    poller = line.poller()
    await poller.poll()
    await poller.poll()

    assert (line.dropped, line.slept, line.received) == (1, [], [3])


async def test_a_webhook_that_cannot_be_taken_away_is_tried_for_minutes_and_is_called_by_its_name() -> (
    None
):
    line = Line([Conflict("can't use getUpdates method while webhook is active")] * 99)

    with pytest.raises(RivalError, match="webhook, which cannot be taken away"):
        await line.poller().run()

    assert line.dropped == 10
    assert line.slept == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


async def test_a_webhook_that_was_taken_away_a_minute_ago_is_forgotten() -> None:
    line = Line([Conflict("webhook is active")] * 20)
    poller = line.poller()
    for _ in range(20):
        await poller.poll()
        line.moment += 60

    assert (line.dropped, line.slept) == (20, [])


async def test_at_the_end_what_is_under_way_is_waited_for_and_confirmed() -> None:
    line = Line([numbered(1)])
    line.gates[1] = asyncio.Event()
    poller = line.poller()
    await poller.poll()
    line.gates[1].set()
    await poller.drain(1.0)

    assert line.offsets[-1] == 2


async def test_a_last_confirmation_that_fails_is_only_logged() -> None:
    line = Line([numbered(1), NetworkError("down")])
    poller = line.poller()
    await poller.poll()
    await poller.drain(1.0)

    assert poller.offset == 2


async def test_nothing_is_confirmed_at_the_end_when_nothing_came() -> None:
    line = Line()
    await line.poller().drain(0.1)

    assert line.offsets == []


async def test_open_updates_have_an_age_until_they_are_handled() -> None:
    line = Line([numbered(1, 2, 3)])
    line.gates[1] = line.gates[3] = asyncio.Event()
    poller = line.poller()
    await poller.poll()
    line.moment += 12

    assert poller.open_for() == [12, 12]
    line.gates[1].set()
    await poller.drain(1.0)
    assert poller.open_for() == []
