"""One bot among others: what it may send, and whether it polls, as its beats are heard or not."""

import asyncio
import math
from dataclasses import dataclass, field

import pytest

from bot.core.shares import LAPSE_SECONDS, Need, Report, Standing
from bot.errors import StoreUnavailableError
from bot.ops.membership import PATIENCE_SECONDS, Membership
from tests.ops.scraped import value
from tests.ops.shown import shown

RATE = 29.0


@dataclass
class House:
    """The database, the pacer and the time around one bot.

    Attributes:
        answers: What the database says to each beat; None: it is away, as when none is left.
    """

    answers: list[Standing | None] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    heard: list[Report] = field(default_factory=list)
    heard_at: list[float] = field(default_factory=list)
    lent: list[tuple[float, float]] = field(default_factory=list)
    closed: list[float] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float = 100.0

    async def beat(self, report: Report, rate: float) -> Standing:
        assert rate == RATE
        self.heard.append(report)
        self.heard_at.append(self.now)
        answer = self.answers.pop(0) if self.answers else None
        if answer is None:
            raise StoreUnavailableError("It is away.", "wait.")
        return answer

    def lend(self, share: float, until: float) -> None:
        self.lent.append((share, until))

    def need(self) -> Need:
        return self.needs.pop(0) if self.needs else Need.NOTHING

    def closed_for(self) -> float:
        return -math.inf

    def heed(self, closed: float) -> None:
        self.closed.append(closed)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        if self.now > 101.9:
            raise asyncio.CancelledError

    def monotonic(self) -> float:
        return self.now

    def member(self, *, may_poll: bool = True, alone: bool = False) -> Membership:
        return Membership(
            self, self, RATE, may_poll, alone, sleep=self.sleep, monotonic=self.monotonic
        )


async def test_a_bot_that_can_have_no_neighbour_has_all_and_tells_nobody() -> None:
    house = House()
    member = house.member(alone=True)
    await member.run()

    assert member.ours is True
    assert not member.gives_way()
    assert (house.heard, house.lent) == ([], [])


async def test_until_it_is_told_its_share_it_sends_nothing_and_then_a_little() -> None:
    house = House()
    member = house.member()
    with pytest.raises(asyncio.CancelledError):
        await member.run()

    assert house.lent == [(0.0, 100.0 + PATIENCE_SECONDS)]
    assert member.ours is None


async def test_it_asks_often_until_the_database_is_open_and_then_once_a_second() -> None:
    house = House([None, None, Standing(15, 2, polls=False)])
    with pytest.raises(asyncio.CancelledError):
        await house.member().run()

    assert house.slept[:2] == [0.1, 0.1]
    assert house.heard_at == pytest.approx([100.0, 100.1, 100.2, 101.2])


async def test_it_keeps_to_what_it_is_told_and_tells_what_it_keeps_to() -> None:
    house = House([Standing(15, 2, polls=True, closed=3.0), Standing(27, 2, polls=True)])
    house.needs = [Need.NOTHING, Need.ANSWERS]
    member = house.member()
    await member.beat()
    await member.beat()

    assert house.lent == [(15, 100 + LAPSE_SECONDS), (27, 100 + LAPSE_SECONDS)]
    assert house.closed == [3.0, -math.inf]
    assert house.heard == [
        Report(0.0, Need.NOTHING, polls=False),
        Report(15, Need.ANSWERS, polls=True),
    ]


async def test_a_referral_that_waits_is_told_at_once_and_again_until_it_waits_no_more() -> None:
    house = House([*[Standing(15, 2)] * 9])
    house.needs = [Need.NOTHING, Need.SOMETHING, Need.REFERRALS, Need.REFERRALS, Need.REFERRALS]
    with pytest.raises(asyncio.CancelledError):
        await house.member().run()

    assert house.heard_at[:3] == pytest.approx([100.0, 100.4, 100.6])
    assert [report.need for report in house.heard[:3]] == [
        Need.NOTHING,
        Need.REFERRALS,
        Need.NOTHING,
    ]


async def test_what_it_has_to_give_up_is_told_at_once_that_others_need_not_wait_for_it() -> None:
    house = House([Standing(15, 2), *[Standing(2, 2)] * 9])
    with pytest.raises(asyncio.CancelledError):
        await house.member().run()

    assert house.heard_at == pytest.approx([100.0, 101.0, 101.2])
    assert [report.share for report in house.heard] == [0.0, 15, 2]


async def test_what_lapsed_while_nobody_heard_it_is_no_longer_its_own() -> None:
    house = House([Standing(15, 2), None, Standing(0, 2)])
    member = house.member()
    await member.beat()
    house.now += LAPSE_SECONDS
    await member.beat()

    assert house.heard[-1].share == 0
    assert house.lent[-1] == (15, 100 + LAPSE_SECONDS)


async def test_where_telegram_posts_updates_nobody_polls() -> None:
    house = House([Standing(RATE)])
    member = house.member(may_poll=False)
    await member.beat()

    assert house.heard[0].polls is None
    assert value(shown(member.samples()), "unknot_polls") == 0


async def test_a_database_that_is_away_at_the_start_keeps_it_from_polling_for_seconds_only() -> (
    None
):
    house = House()
    member = house.member()
    await member.beat()
    assert member.ours is None
    house.now += PATIENCE_SECONDS
    await member.beat()

    assert member.ours is True


async def test_a_database_that_goes_away_leaves_the_one_that_polls_polling() -> None:
    house = House([Standing(15, 2, polls=True)])
    member = house.member()
    await member.beat()
    await member.beat()

    assert member.ours is True


async def test_a_rival_is_one_of_us_only_while_the_database_cannot_be_asked() -> None:
    house = House([Standing(15, 2, polls=True)])
    member = house.member()
    await member.beat()
    assert not member.gives_way()
    assert member.ours is True
    await member.beat()

    assert member.gives_way()
    assert member.ours is False


async def test_a_change_of_the_turn_is_told_to_whoever_waits_for_it() -> None:
    house = House(
        [Standing(15, 2, polls=True), Standing(15, 2, polls=True), Standing(14, 2, False)]
    )
    member = house.member()
    for _ in range(2):
        waiting = asyncio.get_running_loop().create_task(member.changes())
        await asyncio.sleep(0)
        while not waiting.done():
            await member.beat()
            await asyncio.sleep(0)

    assert house.answers == []
    assert member.ours is False


async def test_the_metrics_say_how_many_bots_there_are_and_whether_this_one_polls() -> None:
    house = House([Standing(10, 3, polls=True)])
    member = house.member()
    await member.beat()

    text = shown(member.samples())
    assert (value(text, "unknot_workers"), value(text, "unknot_polls")) == (3, 1)
