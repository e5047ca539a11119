"""Shares of the rate: never more than the whole together, whoever joins, sleeps or dies when."""

import math
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.shares import DEAD_SECONDS, LAPSE_SECONDS, Member, granted, target

RATE = 29.0
NEAR = 1e-9
Beat = tuple[str, int, float]


def targets(rate: float, pressed: list[bool]) -> list[float]:
    return [target(rate, pressed, place) for place in range(len(pressed))]


@pytest.mark.parametrize(
    ("pressed", "shares"),
    [
        ([False], [29]),
        ([True, True], [15, 14]),
        ([False, False], [15, 14]),
        ([True, False], [27, 2]),
        ([False, True, True], [2, 14, 13]),
        ([True] * 4, [8, 7, 7, 7]),
    ],
)
def test_bots_that_are_pressed_share_what_the_idle_ones_leave(
    pressed: list[bool], shares: list[float]
) -> None:
    assert targets(RATE, pressed) == shares


def test_a_rate_too_small_for_whole_calls_is_shared_in_parts() -> None:
    assert targets(3.0, [True, False]) == [1.5, 1.5]
    assert targets(0.5, [True]) == [0.5]


@given(st.floats(0.1, 2000), st.lists(st.booleans(), min_size=1, max_size=30))
def test_targets_use_up_the_whole_rate_and_leave_nobody_without(
    rate: float, pressed: list[bool]
) -> None:
    shares = targets(rate, pressed)

    assert sum(shares) == pytest.approx(rate)
    assert min(shares) > 0


def test_a_newcomer_waits_until_the_others_have_told_what_they_gave_up() -> None:
    first, newcomer = Member(29, pressed=True), Member(0, pressed=True)
    assert granted(RATE, [first, newcomer], 1) == 0
    assert granted(RATE, [first, newcomer], 0) == 15

    assert granted(RATE, [Member(15, pressed=True), newcomer], 1) == 14


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

    def beat(self, name: int, *, pressed: bool, lost: bool) -> None:
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
            Member(holds, pressed) if other == name else Member(living[other].told or 0, True)
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
            st.sampled_from(["beat", "pressed", "lost", "die", "leave"]),
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
            house.beat(name, pressed=what == "pressed", lost=what == "lost")
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
            house.beat(name, pressed=True, lost=False)
        if 5 < second < 20 or second > 20 + DEAD_SECONDS + 3:
            assert house.sending() == pytest.approx(RATE)
