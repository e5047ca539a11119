"""Clocks that step, machines that sleep, a Telegram that is away: the whole bot, in virtual time."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos.virtual.day import Day, Wishes
from tests.chaos.virtual.verdict import judge
from tests.chaos.virtual.witness import Arrival

USERS = 36
HOUR = 3600.0
MORNING_GRACE, BREAK_GRACE = 2 * HOUR, HOUR / 4
GRACES = {"morning": MORNING_GRACE, "break": BREAK_GRACE}
SETTLES = 65.0  # after a step all is worked out anew in about a minute
AWAKE = 4 * HOUR  # by then some mornings and breaks came
Town = Callable[[], Day]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Day]:
    """People in 12 zones who only listen, four hours into their day; at the end all is judged."""
    calm = Wishes(USERS, faults=False, restarts=0, asleep=0, steps=False, deeds=0)
    day = Day(tmp_path, calm)
    day.people.answering = 0
    day.settle_in()
    day.universe.run(AWAKE + 60)
    yield day
    day.universe.shut_down()
    day.witness.close()
    assert judge(day).wrong == []


def since(day: Day, before: int) -> list[Arrival]:
    """Return what has come since to those who lived here from the start."""
    return [one for one in day.witness.arrivals[before:] if one.chat <= USERS]


def reminded(came: list[Arrival]) -> set[int]:
    return {one.chat for one in came}


def step(day: Day, hours: float) -> None:
    day.universe.error += timedelta(hours=hours)


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_set_back_brings_no_reminder_again(town: Day, hours: float) -> None:
    town.universe.run(hours * HOUR)  # those that come again
    seen = len(town.witness.arrivals)
    step(town, -hours)
    town.universe.run(hours * HOUR - 120)

    assert seen > USERS
    assert since(town, seen) == []
    town.universe.run(2 * HOUR)
    assert since(town, seen) != [], "nothing rings any more"


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_jumps_ahead_and_back_brings_each_person_one_message_at_most(
    town: Day, hours: float
) -> None:
    seen = len(town.witness.arrivals)
    step(town, hours)
    town.universe.run(300)
    ahead = Counter(one.chat for one in since(town, seen))
    step(town, -hours)
    town.universe.run(300)

    assert ahead
    assert max(ahead.values()) == 1
    assert len(since(town, seen)) == ahead.total(), "the way back brought more"


@pytest.mark.parametrize("days", [1, 30])
def test_a_clock_that_was_days_ahead_for_minutes_leaves_nobody_without_reminders(
    town: Day, days: int
) -> None:
    step(town, 24.0 * days)
    town.universe.run(120)
    step(town, -24.0 * days)
    seen = len(town.witness.arrivals)
    town.universe.run(26 * HOUR)

    assert reminded(since(town, seen)) == set(range(1, USERS + 1))
    assert all(one.late <= SETTLES for one in since(town, seen))


def test_a_bot_that_started_while_its_clock_was_ahead_reminds_everybody_after_the_next_start(
    town: Day,
) -> None:
    step(town, 30 * 24.0)
    town.universe.kill()
    town.universe.boot()
    town.universe.run(120)
    town.universe.kill()
    step(town, -30 * 24.0)
    town.universe.boot()
    seen = len(town.witness.arrivals)
    town.universe.run(26 * HOUR)

    assert reminded(since(town, seen)) == set(range(1, USERS + 1))
    assert all(one.late <= SETTLES for one in since(town, seen))


def test_after_eight_hours_asleep_nothing_stale_comes_and_nobody_gets_two(town: Day) -> None:
    seen = len(town.witness.arrivals)
    began = town.universe.seconds()
    town.universe.sleep(8 * HOUR)
    town.downs.append((began, town.universe.seconds()))
    town.universe.run(240)
    caught_up = since(town, seen)

    assert caught_up
    assert max(Counter(one.chat for one in caught_up).values()) == 1
    assert all(one.late <= GRACES[one.kind] for one in caught_up)


def test_after_six_hours_without_telegram_only_what_is_in_grace_comes_at_the_rate(
    town: Day,
) -> None:
    seen = len(town.witness.arrivals)
    life, began = town.universe.life, town.universe.seconds()
    assert life is not None
    life.net.down = True
    town.universe.run(6 * HOUR)
    life.net.down = False
    back = town.universe.seconds()
    town.downs.append((began, back))
    town.universe.run(2 * HOUR)
    late = [one for one in since(town, seen) if one.at - one.late < back]

    assert late
    assert all(one.late <= GRACES[one.kind] for one in late)
    assert max(Counter(one.chat for one in late).values()) == 1
    seconds = sorted(one.at for one in since(town, seen))
    most = max(sum(at <= other < at + 1 for other in seconds) for at in seconds)
    assert most <= town.universe.rate + 1
