"""Shares of the rate: never more than the whole together, whoever joins, sleeps or dies when."""

import math
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.shares import DEAD_SECONDS, LAPSE_SECONDS, Member, Need, granted, target

RATE = 29.0
NONE, SOME, ANSWERS, REFERRALS = Need
NEAR = 1e-9
Beat = tuple[str | Need, int, float]


def targets(rate: float, needs: list[Need]) -> list[float]:
    return [target(rate, needs, place) for place in range(len(needs))]


@pytest.mark.parametrize(
    ("needs", "shares"),
    [
        ([NONE], [29]),
        ([SOME, SOME], [15, 14]),
        ([NONE, NONE], [15, 14]),
        ([SOME, NONE], [27, 2]),
        ([NONE, SOME, ANSWERS], [2, 14, 13]),
        ([SOME] * 4, [8, 7, 7, 7]),
    ],
)
def test_bots_that_are_pressed_share_what_the_idle_ones_leave(
    needs: list[Need], shares: list[float]
) -> None:
    assert targets(RATE, needs) == shares


@pytest.mark.parametrize(
    ("needs", "shares"),
    [
        ([REFERRALS], [29]),
        ([REFERRALS, SOME], [27, 2]),
        ([SOME, REFERRALS, REFERRALS], [1, 14, 14]),
        ([REFERRALS, ANSWERS], [23, 6]),
        ([REFERRALS, ANSWERS, ANSWERS, SOME], [22, 3, 3, 1]),
    ],
)
def test_while_a_referral_waits_others_keep_a_fifth_for_answers_and_little_for_reminders(
    needs: list[Need], shares: list[float]
) -> None:
    assert targets(RATE, needs) == shares


def test_a_small_rate_goes_to_referrals_too_but_for_what_answers_need() -> None:
    assert targets(3.0, [REFERRALS, SOME]) == pytest.approx([2.85, 0.15])
    assert targets(3.0, [ANSWERS, REFERRALS]) == pytest.approx([0.6, 2.4])


def test_a_rate_too_small_for_whole_calls_is_shared_in_parts() -> None:
    assert targets(3.0, [SOME, NONE]) == [1.5, 1.5]
    assert targets(0.5, [SOME]) == [0.5]


@given(st.floats(0.1, 2000), st.lists(st.sampled_from(Need), min_size=1, max_size=30))
def test_targets_use_up_the_whole_rate_and_leave_nobody_without(
    rate: float, needs: list[Need]
) -> None:
    shares = targets(rate, needs)

    assert sum(shares) == pytest.approx(rate)
    assert min(shares) > 0


def test_a_newcomer_waits_until_the_others_have_told_what_they_gave_up() -> None:
    first, newcomer = Member(29, SOME), Member(0, SOME)
    assert granted(RATE, [first, newcomer], 1) == 0
    assert granted(RATE, [first, newcomer], 0) == 15

    assert granted(RATE, [Member(15, SOME), newcomer], 1) == 14


@dataclass
class Bot:
    """What a process holds, and when it lapses; ``told``: what the database has of it."""

    share: float = 0.0
    lapses_at: float = -math.inf
    told: float | None = None
    seen_at: float = -math.inf
    alive: bool = True


@dataclass
class House:
    """Bots by name on one database, with one clock."""

    now: float = 0.0
    bots: dict[int, Bot] = field(default_factory=dict)

    def beat(self, name: int, *, need: Need, lost: bool) -> None:
        """Beat as the database does; ``lost``: it is kept, and the bot never hears."""
        bot = self.bots.setdefault(name, Bot())
        if not bot.alive:
            return
        holds = bot.share if self.now < bot.lapses_at else 0.0
        living = {
            other: one
            for other, one in self.bots.items()
            if other != name and one.told is not None and self.now - one.seen_at < DEAD_SECONDS
        }
        names = sorted([*living, name])
        members = [
            Member(holds, need) if other == name else Member(living[other].told or 0, SOME)
            for other in names
        ]
        share = granted(RATE, members, names.index(name))
        bot.told, bot.seen_at = max(share, holds), self.now
        if not lost:
            bot.share, bot.lapses_at = share, self.now + LAPSE_SECONDS

    def sending(self) -> float:
        """Return what all may send together this moment."""
        return sum(
            bot.share for bot in self.bots.values() if bot.alive and self.now < bot.lapses_at
        )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["beat", *Need, "lost", "die", "leave"]),
            st.integers(0, 4),
            st.floats(0, 9),
        ),
        max_size=80,
    )
)
def test_in_whatever_order_bots_beat_and_die_they_never_hold_more_than_the_rate(
    steps: list[Beat],
) -> None:
    house = House()
    for number, (what, name, wait) in enumerate(steps):
        house.now += wait
        if what == "die" and name in house.bots:
            house.bots[name].alive = False
        elif what == "leave" and name in house.bots:
            house.bots[name] = Bot(alive=False)
            house.bots[100 + number] = house.bots.pop(name)  # its name may start anew
        else:
            house.beat(name, need=what if isinstance(what, Need) else NONE, lost=what == "lost")
        assert house.sending() <= RATE + NEAR


@given(st.integers(1, 6), st.floats(0, 0.9))
def test_after_a_few_beats_all_that_live_hold_the_whole_rate_again(dying: int, skew: float) -> None:
    house = House()
    for second in range(60):
        if second == 20:
            for name in range(dying):
                house.bots[name].alive = False
        for name in range(7):
            house.now = second + name * skew / 7
            house.beat(name, need=SOME, lost=False)
        if 5 < second < 20 or second > 20 + DEAD_SECONDS + 3:
            assert house.sending() == pytest.approx(RATE)
