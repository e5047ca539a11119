"""How full minutes are, and which near one is on time."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.load import MINUTE, Capacity, Minute, crowd, minutes, window

EIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
USUAL = Capacity(29.0)
ONE = Capacity(1 / 60)
"""A minute carries one."""
BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")


def day(plans: dict[datetime, int], capacity: Capacity = USUAL) -> dict[datetime, Minute]:
    return {one.at: one for one in minutes(plans, EIGHT - HOUR, EIGHT + HOUR, capacity)}


def at(minute: int) -> datetime:
    return EIGHT + minute * MINUTE


def free(
    plans: dict[datetime, int], capacity: Capacity = ONE, due: datetime = EIGHT, zone: str = "UTC"
) -> tuple[time, ...] | None:
    found = crowd(plans, due, ZoneInfo(zone), capacity)
    return None if found is None else found.free


def test_a_minute_that_carries_what_it_has_is_on_time() -> None:
    seen = day({EIGHT: 1740})

    assert seen[EIGHT].delay == MINUTE
    assert seen[EIGHT].later_than(MINUTE) == 0


def test_ten_thousand_in_one_minute_take_almost_six() -> None:
    seen = day({EIGHT: 10_000})

    assert seen[EIGHT].delay.total_seconds() == pytest.approx(10_000 / 29)
    assert seen[EIGHT].later_than(5 * MINUTE) == 10_000 - 5 * 1740


def test_those_of_a_full_minute_hold_up_the_next_ones() -> None:
    seen = day({EIGHT: 4 * 1740, at(2): 870})

    assert seen[at(2)].delay == timedelta(seconds=150)
    assert seen[at(2)].later_than(MINUTE) == 870
    assert seen[at(5)].delay == timedelta()


def test_what_is_paid_for_is_on_time_until_the_budget_is_used_up() -> None:
    paid = Capacity(29.0, paid=1000)
    seen = day({EIGHT: 2240, at(10): 2640}, paid)

    assert (seen[EIGHT].paid, seen[EIGHT].delay) == (500, MINUTE)
    assert (seen[at(10)].paid, seen[at(10)].queue) == (500, 2140)


def test_a_new_utc_date_has_a_new_budget() -> None:
    midnight = EIGHT.replace(hour=0)
    plans = {midnight - MINUTE: 2740, midnight + 10 * MINUTE: 2740}
    seen = minutes(plans, midnight - HOUR, midnight + HOUR, Capacity(29.0, paid=1000))

    assert [one.paid for one in seen if one.plans] == [1000, 1000]


def test_no_more_is_paid_for_in_a_minute_than_telegram_takes() -> None:
    seen = day({EIGHT: 100_000}, Capacity(29.0, paid=1_000_000))

    assert seen[EIGHT].paid == 971 * 60


@given(st.dictionaries(st.integers(-60, 40), st.integers(1, 9000), max_size=30), st.integers(0, 5))
def test_every_plan_is_sent_once_whatever_the_load(loads: dict[int, int], paid: int) -> None:
    plans = {at(n): count for n, count in loads.items()}
    capacity = Capacity(29.0, paid * 1000)
    seen = list(minutes(plans, EIGHT - HOUR, EIGHT + 4 * HOUR, capacity))

    served = sum(min(one.queue, capacity.a_minute) + one.paid for one in seen)
    assert served == pytest.approx(sum(plans.values()))


@pytest.mark.parametrize(
    ("capacity", "needed"),
    [(Capacity(29.0), 3), (Capacity(200.0), 20), (Capacity(29.0, paid=1), 100)],
)
def test_how_many_are_under_way_follows_from_rate_and_round_trip(
    capacity: Capacity, needed: int
) -> None:
    assert capacity.in_flight == needed


def test_a_chosen_time_that_is_on_time_is_no_crowd() -> None:
    assert free({EIGHT: 1740}, USUAL) is None
    assert free({EIGHT: 1741}, USUAL) == (time(7, 59), time(8, 1))


def test_the_nearest_free_minutes_are_after_the_queue_and_before_its_start() -> None:
    busy = {at(-n): 1 for n in range(1, 6)}

    found = crowd({**busy, EIGHT: 6}, EIGHT, BERLIN, ONE)
    assert found is not None
    assert found.minutes == 6
    assert found.free == (time(8, 54), time(9, 6))


def test_a_queue_from_hours_ago_still_counts() -> None:
    assert free({at(-170): 200, EIGHT: 1}) == (time(8, 31),)


def test_a_minute_within_the_hour_is_offered_and_no_further_one() -> None:
    earlier = {at(-n): 1 for n in range(1, 61)}

    assert free({**earlier, EIGHT: 60}) == (time(9),)
    assert free({**earlier, EIGHT: 61}) == ()


@pytest.mark.parametrize(
    ("hour", "offered"),
    [(7, (time(7, 2),)), (6, (time(5, 59), time(6, 2))), (22, (time(21, 59), time(22, 2)))],
)
def test_at_night_only_who_chose_the_night_is_offered_a_time(
    hour: int, offered: tuple[time, ...]
) -> None:
    due = EIGHT.replace(hour=hour)

    assert free({due: 2}, due=due) == offered


def test_a_time_on_another_local_date_is_not_offered() -> None:
    due = EIGHT.replace(hour=0, minute=0)

    assert free({due: 2}, due=due) == (time(0, 2),)


def test_in_the_hour_that_clocks_repeat_no_second_showing_is_offered() -> None:
    due = datetime(2026, 10, 25, 0, 59, tzinfo=UTC)  # 01:59 in London, before the clocks go back

    found = crowd({due: 2}, due, LONDON, ONE)
    assert found is not None
    assert found.free == (time(1, 58),)


def test_the_window_reaches_back_as_far_as_a_queue_may() -> None:
    since, until = window(EIGHT + timedelta(seconds=30))

    assert since == EIGHT - 3 * HOUR
    assert until > EIGHT + HOUR


@given(
    st.dictionaries(st.integers(-90, 60), st.integers(1, 40), max_size=40),
    st.integers(2, 60),
)
def test_what_is_offered_would_really_be_on_time(loads: dict[int, int], here: int) -> None:
    plans = Counter({at(n): count for n, count in loads.items()})
    plans[EIGHT] += here
    for offer in free(dict(plans), Capacity(0.1)) or ():
        moment = EIGHT.replace(hour=offer.hour, minute=offer.minute)
        moved = plans - Counter({EIGHT: 1}) + Counter({moment: 1})
        assert crowd(moved, moment, ZoneInfo("UTC"), Capacity(0.1)) is None
