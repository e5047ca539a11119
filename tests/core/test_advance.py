"""What a due plan becomes: its occurrence, its turn, and the moment after it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone
from bot.core.advance import ASKS_AFTER, advance
from bot.core.breaks import Rhythm, Window
from bot.core.plans import EVERY_DAY, Advance, DuePlan, Kind, Pause, Plan
from bot.core.rings import next_ring
from tests.core.rhythms import rhythms
from tests.core.zones import compatible, moments, zones

TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MORNING = Plan(Kind.MORNING, time(10), next_due=TEN)
BREAKS = Plan(Kind.BREAK, time(0), next_due=TEN, rhythm=Rhythm())


def made(plan: Plan, name: str = "UTC") -> Advance:
    return advance(DuePlan(7, name, plan))


def daily(breaks: int) -> Rhythm:
    """Return a rhythm with so many breaks on each day."""
    window = Window(time(8), time(9 + breaks - 1, 30))
    return Rhythm(tuple((day, window) for day in sorted(EVERY_DAY)))


def days_of(plan: Plan, name: str = "UTC", *, answers: bool = True) -> Iterator[Advance]:
    """Let a plan ring on and on, as the store moves it; each is sent, and answered or not."""
    while plan.next_due is not None:
        one = made(plan, name)
        yield one
        plan = replace(
            plan,
            next_due=one.next_due,
            rang_on=one.local_date,
            turn=one.turn,
            unanswered=0 if answers or one.asks else plan.unanswered + 1,
            quiet_until=one.quiet_until or plan.quiet_until,
            asks_from=one.asks_from or plan.asks_from,
        )


def test_a_morning_is_named_after_its_date_and_followed_by_the_next() -> None:
    assert made(MORNING) == Advance(7, date(2026, 3, 2), "morning", TEN, TEN + DAY, turn=0)


def test_a_break_is_named_after_its_label_and_followed_by_the_next() -> None:
    assert made(BREAKS) == Advance(7, date(2026, 3, 2), "10:00", TEN, TEN + HOUR, turn=0)


@pytest.mark.parametrize("plan", [MORNING, BREAKS])
def test_each_has_the_next_turn(plan: Plan) -> None:
    assert [one.turn for one in islice(days_of(plan), 6)] == [0, 1, 2, 3, 4, 5]


@given(data=st.data(), name=zones, rhythm=rhythms)
def test_no_date_and_label_comes_twice_and_none_is_left_out(
    data: st.DataObject, name: str, rhythm: Rhythm
) -> None:
    plan = replace(BREAKS, rhythm=rhythm)
    first = next_ring(plan, data.draw(moments(name)), zone(name))
    found = list(islice(days_of(replace(plan, next_due=first), name), 40))

    slots = [(one.local_date, one.slot) for one in found]
    assert len(set(slots)) == len(slots)
    assert all(one.next_due is None or one.next_due > one.due for one in found)
    promised = {
        compatible(one.local_date, label, name)
        for one in found
        for label in rhythm.labels(one.local_date.isoweekday())
    }
    between = {ring for ring in promised if found[0].due <= ring <= found[-1].due}
    assert between == {one.due for one in found}


@given(data=st.data(), name=zones, weekdays=st.frozensets(st.integers(1, 7), min_size=1))
def test_no_date_has_two_mornings(data: st.DataObject, name: str, weekdays: frozenset[int]) -> None:
    at = data.draw(st.times()).replace(second=0, microsecond=0)
    plan = Plan(Kind.MORNING, at, weekdays)
    first = next_ring(plan, data.draw(moments(name)), zone(name))
    dates = [one.local_date for one in islice(days_of(replace(plan, next_due=first), name), 10)]

    assert dates == sorted(set(dates))
    assert {day.isoweekday() for day in dates} <= weekdays


def test_three_breaks_without_an_answer_bring_one_question_and_then_quiet_till_the_next_day() -> (
    None
):
    found = list(islice(days_of(BREAKS, answers=False), 9))

    assert [(one.slot, one.asks) for one in found[:5]] == [
        ("10:00", False),
        ("11:00", False),
        ("12:00", False),
        ("13:00", True),
        ("10:00", False),
    ]
    assert found[4].local_date == date(2026, 3, 3)


@pytest.mark.parametrize(("breaks", "slot"), [(1, "09:00"), (2, "10:00"), (3, "09:00")])
def test_three_in_a_row_ask_also_where_a_day_has_no_more_than_three(breaks: int, slot: str) -> None:
    plan = replace(BREAKS, rhythm=daily(breaks), next_due=TEN - HOUR)
    found = list(islice(days_of(plan, answers=False), 4))

    assert [one.asks for one in found] == [False, False, False, True]
    assert found[3].slot == slot


@pytest.mark.parametrize("breaks", [1, 2, 3, 4, 10])
def test_who_never_answers_is_asked_once_in_seven_days(breaks: int) -> None:
    plan = replace(BREAKS, rhythm=daily(breaks), next_due=TEN - HOUR)
    asked = [one.local_date for one in islice(days_of(plan, answers=False), 200) if one.asks]

    assert len(asked) > 2
    assert {after - before for before, after in pairwise(asked)} == {7 * DAY}


def test_the_question_takes_no_turn() -> None:
    assert [one.turn for one in islice(days_of(BREAKS, answers=False), 6)] == [0, 1, 2, 2, 3, 4]


def test_on_friday_the_quiet_lasts_until_monday() -> None:
    friday = replace(
        BREAKS, next_due=TEN + 4 * DAY, rang_on=date(2026, 3, 6), unanswered=ASKS_AFTER
    )

    assert made(friday).asks
    assert made(friday).next_due == TEN + 7 * DAY


@pytest.mark.parametrize(
    ("held", "late", "asks"),
    [(False, 0, True), (False, 60, True), (False, 61, False), (True, 0, False)],
)
def test_in_a_rest_or_late_after_a_downtime_it_does_not_ask_yet(
    held: bool, late: int, asks: bool
) -> None:
    asking = replace(BREAKS, rang_on=date(2026, 3, 2), unanswered=ASKS_AFTER)
    one = advance(DuePlan(7, "UTC", asking, held=held, now=TEN + timedelta(seconds=late)))

    assert (one.asks, one.quiet_until is not None) == (asks, asks)


def test_it_asks_only_after_three_in_a_row() -> None:
    asked = [made(replace(BREAKS, unanswered=count)).asks for count in range(5)]

    assert asked == [False, False, False, True, True]


def test_the_question_brings_quiet_until_the_local_date_ends() -> None:
    asking = replace(BREAKS, rang_on=date(2026, 3, 2), unanswered=ASKS_AFTER)
    one = made(asking, "Europe/Berlin")

    assert one.quiet_until == datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert made(BREAKS).quiet_until is None


def test_it_asks_at_most_once_a_date() -> None:
    asked = replace(BREAKS, rang_on=date(2026, 3, 2), unanswered=9, asks_from=date(2026, 3, 3))

    assert not made(asked).asks
    assert made(replace(asked, asks_from=date(2026, 3, 2))).asks


def test_mornings_never_ask() -> None:
    unanswered = replace(MORNING, rang_on=date(2026, 3, 2), unanswered=9)

    assert not made(unanswered).asks


@pytest.mark.parametrize("breaks", range(1, 11))
@pytest.mark.parametrize("routines", [7, 14])
def test_no_break_of_the_rotation_stays_at_one_hour_for_ever(breaks: int, routines: int) -> None:
    rhythm = daily(breaks)
    first = datetime(2026, 3, 2, 9, tzinfo=UTC)
    plan = replace(BREAKS, rhythm=rhythm, next_due=first)
    at_nine = [
        one.turn % routines for one in islice(days_of(plan), 15 * breaks) if one.slot == "09:00"
    ]

    assert rhythm.labels(1)[0] == time(9)
    assert len(rhythm.labels(1)) == breaks
    assert len(set(at_nine)) > 1
    assert all(one != other for one, other in pairwise(at_nine))


def test_with_seven_a_day_the_rotation_takes_one_step_more_on_a_new_day() -> None:
    plan = replace(BREAKS, rhythm=daily(7), next_due=datetime(2026, 3, 2, 9, tzinfo=UTC))
    turns = [one.turn for one in islice(days_of(plan), 9)]

    assert turns == [0, 1, 2, 3, 4, 5, 6, 8, 9]


@pytest.mark.parametrize("plan", [MORNING, BREAKS])
def test_a_pause_that_began_while_it_was_due_covers_the_next(plan: Plan) -> None:
    until_friday = Pause(date(2026, 3, 2), date(2026, 3, 6))

    assert made(replace(plan, pause=until_friday)).next_due == TEN + 4 * DAY
    assert made(replace(plan, pause=Pause(date(2026, 3, 2)))).next_due is None


@pytest.mark.parametrize("plan", [MORNING, BREAKS])
def test_a_quiet_spell_that_began_while_it_was_due_covers_the_next(plan: Plan) -> None:
    quiet = replace(plan, quiet_until=TEN + DAY + 2.5 * HOUR)

    assert made(quiet).next_due == next_ring(plan, TEN + DAY + 2 * HOUR, zone("UTC"))


@pytest.mark.parametrize("plan", [MORNING, BREAKS])
def test_a_pause_and_a_quiet_spell_that_are_over_change_nothing(plan: Plan) -> None:
    over = replace(plan, pause=Pause(date(2026, 2, 2), date(2026, 3, 2)), quiet_until=TEN - HOUR)

    assert made(over) == made(plan)


def test_a_rhythm_that_lost_all_its_days_meanwhile_has_no_next_moment() -> None:
    free = replace(BREAKS, rhythm=Rhythm(()), pause=Pause(date(2026, 3, 2)))

    assert made(free).next_due is None


def test_a_break_whose_rhythm_cannot_be_read_goes_on_as_the_usual_one() -> None:
    assert made(replace(BREAKS, rhythm=None)) == made(BREAKS)


@pytest.mark.parametrize("plan", [MORNING, BREAKS])
def test_in_a_zone_that_the_data_lost_its_clock_goes_on_as_utc(plan: Plan) -> None:
    assert made(plan, "Mars/Olympus") == made(plan, "UTC")


def test_a_plan_without_a_next_moment_is_not_due() -> None:
    with pytest.raises(ValueError, match="plan 7 is not due"):
        made(replace(BREAKS, next_due=None))
