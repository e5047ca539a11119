"""The next moment of a plan of any kind, through pauses and quiet spells."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone
from bot.core.breaks import Rhythm, slot_at
from bot.core.plans import Kind, Pause, Plan, Subscriber
from bot.core.rings import next_ring, replanned, returned, start_of
from bot.core.schedule import nominal_date
from tests.core.rhythms import rhythms
from tests.core.zones import DAY, moments, zones

TUESDAY = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
MORNING = Plan(Kind.MORNING, time(8))
BREAKS = Plan(Kind.BREAK, time(0), rhythm=Rhythm())
BOTH = (MORNING, BREAKS)

plans = st.one_of(
    st.builds(
        Plan,
        st.just(Kind.MORNING),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.frozensets(st.integers(1, 7), min_size=1),
    ),
    st.builds(Plan, st.just(Kind.BREAK), st.just(time(0)), rhythm=rhythms),
)


def someone(*plans: Plan, name: str | None = "UTC") -> Subscriber:
    return Subscriber(1, "en", name, TUESDAY, plans={plan.kind: plan for plan in plans})


def due(plan: Plan, now: datetime = TUESDAY, name: str = "UTC") -> datetime | None:
    return next_ring(plan, now, zone(name))


@given(data=st.data(), name=zones, plan=plans)
def test_every_ring_is_strictly_later(data: st.DataObject, name: str, plan: Plan) -> None:
    after = data.draw(moments(name))
    ring = due(plan, after, name)

    assert ring is None or ring > after


@given(data=st.data(), name=zones, plan=plans, days=st.integers(0, 40))
def test_a_pause_lets_nothing_ring_before_its_date_and_hides_nothing_on_it(
    data: st.DataObject, name: str, plan: Plan, days: int
) -> None:
    now = data.draw(moments(name))
    since = now.astimezone(zone(name)).date()
    until = since + days * DAY
    ring = due(replace(plan, pause=Pause(since, until)), now, name)
    before_its_date = max(now, start_of(until, zone(name)) - timedelta(seconds=1))

    assert ring == due(plan, before_its_date, name)
    assert ring is None or ring.astimezone(zone(name)).date() >= until


@given(data=st.data(), name=zones, plan=plans, minutes=st.integers(0, 3000))
def test_in_a_quiet_spell_nothing_rings_until_its_end(
    data: st.DataObject, name: str, plan: Plan, minutes: int
) -> None:
    now = data.draw(moments(name))
    end = now + timedelta(minutes=minutes)
    ring = due(replace(plan, quiet_until=end), now, name)

    assert ring is None or ring >= end
    assert ring == due(plan, max(now, end - timedelta(seconds=1)), name)


@pytest.mark.parametrize("plan", BOTH)
def test_what_is_off_or_paused_without_end_has_no_next_moment(plan: Plan) -> None:
    assert due(replace(plan, on=False)) is None
    assert due(replace(plan, pause=Pause(date(2026, 3, 3)))) is None


def test_a_break_plan_without_rhythm_has_no_next_moment() -> None:
    assert due(replace(BREAKS, rhythm=None)) is None


@pytest.mark.parametrize(("plan", "first"), [(MORNING, "08:00"), (BREAKS, "10:00")])
def test_on_the_date_that_ends_a_pause_it_rings_as_usual(plan: Plan, first: str) -> None:
    ring = due(replace(plan, pause=Pause(date(2026, 3, 3), date(2026, 3, 9))))

    assert ring == datetime.fromisoformat(f"2026-03-09 {first}+00:00")


def test_a_reminder_at_midnight_rings_at_the_very_start_of_the_date() -> None:
    midnight = replace(MORNING, at=time(0), pause=Pause(date(2026, 3, 3), date(2026, 3, 9)))

    assert due(midnight) == datetime(2026, 3, 9, tzinfo=UTC)


def test_a_date_may_begin_at_one_where_the_clocks_skip_midnight() -> None:
    cairo = zone("Africa/Cairo")  # 24 April 2026: 00:00 becomes 01:00

    assert start_of(date(2026, 4, 24), cairo).astimezone(cairo).hour == 1


def test_after_a_meeting_until_three_the_break_at_three_rings() -> None:
    assert due(replace(BREAKS, quiet_until=TUESDAY + 5.5 * HOUR)) == TUESDAY + 5.5 * HOUR


def test_a_pause_that_is_over_and_a_quiet_spell_long_past_change_nothing() -> None:
    over = Pause(date(2026, 2, 1), date(2026, 2, 9))
    plan = replace(BREAKS, pause=over, quiet_until=TUESDAY - DAY)

    assert due(plan) == due(BREAKS)


def test_no_morning_rings_on_a_date_that_had_its_own() -> None:
    assert due(replace(MORNING, at=time(10), rang_on=date(2026, 3, 3))) == TUESDAY + DAY + HOUR / 2


def test_replanning_works_out_each_plans_next_moment_in_the_persons_zone() -> None:
    planned = replanned(someone(*BOTH, name="Asia/Tokyo"), TUESDAY).plans

    assert planned[Kind.MORNING].next_due == TUESDAY + 13.5 * HOUR
    assert planned[Kind.BREAK].next_due == TUESDAY + 15.5 * HOUR


@given(data=st.data(), name=zones, plan=plans, minutes=st.integers(0, 600))
def test_what_is_due_stays_due_when_plans_change(
    data: st.DataObject, name: str, plan: Plan, minutes: int
) -> None:
    now = data.draw(moments(name))
    waits = replace(plan, next_due=now - timedelta(minutes=minutes))

    assert replanned(someone(waits, name=name), now).plans[plan.kind] == waits


@given(data=st.data(), name=zones, plan=plans, minutes=st.integers(1, 600))
def test_what_is_not_due_yet_is_worked_out_anew(
    data: st.DataObject, name: str, plan: Plan, minutes: int
) -> None:
    now = data.draw(moments(name))
    old = replace(plan, next_due=now + timedelta(minutes=minutes))
    once = replanned(someone(old, name=name), now)

    assert once.plans[plan.kind].next_due == due(plan, now, name)
    assert replanned(once, now) == once


@pytest.mark.parametrize("plan", BOTH)
def test_what_is_due_but_turned_off_is_forgotten(plan: Plan) -> None:
    off = replace(plan, on=False, next_due=TUESDAY - HOUR)

    assert replanned(someone(off), TUESDAY).plans[plan.kind].next_due is None


def test_without_a_zone_nothing_is_planned() -> None:
    assert replanned(someone(*BOTH, name=None), TUESDAY) == someone(*BOTH, name=None)


def test_who_comes_back_is_not_sent_what_was_due_meanwhile() -> None:
    waits = [replace(plan, next_due=TUESDAY - DAY) for plan in BOTH]
    back = returned(replace(someone(*waits), stopped=True))

    assert not back.stopped
    assert {plan.next_due for plan in back.plans.values()} == {None}
    assert replanned(back, TUESDAY).plans[Kind.BREAK].next_due == TUESDAY + HOUR / 2


def test_who_was_never_away_keeps_what_is_due() -> None:
    waits = someone(replace(BREAKS, next_due=TUESDAY - HOUR))

    assert returned(waits) == waits


@given(data=st.data(), name=zones, other=zones, plan=plans)
def test_a_move_to_another_zone_rings_no_morning_date_twice(
    data: st.DataObject, name: str, other: str, plan: Plan
) -> None:
    ring = due(plan, data.draw(moments(name)), name)
    if ring is None or plan.kind is Kind.BREAK:
        return
    day = nominal_date(ring, plan.at, zone(name))
    following = due(replace(plan, rang_on=day), ring, other)

    assert following is not None
    assert nominal_date(following, plan.at, zone(other)) > day


@given(data=st.data(), name=zones, rhythm=rhythms)
def test_a_plan_of_breaks_rings_at_its_rhythms_labels(
    data: st.DataObject, name: str, rhythm: Rhythm
) -> None:
    ring = due(replace(BREAKS, rhythm=rhythm), data.draw(moments(name)), name)
    if ring is not None:
        day, label = slot_at(ring, rhythm, zone(name))
        assert label in rhythm.labels(day.isoweekday())
