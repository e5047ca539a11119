"""When the one question after a referral comes, and when it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone
from bot.core.advance import advance
from bot.core.breaks import Rhythm
from bot.core.check_in import held, released, with_check_in
from bot.core.plans import Advance, DuePlan, Kind, Pause, Plan, Subscriber
from bot.core.rings import replanned, returned
from bot.core.schedule import in_quiet_hours
from tests.core.zones import moments, zones

TUESDAY = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
WEDNESDAY = date(2026, 3, 4)
DAY = timedelta(days=1)
MORNING = Plan(Kind.MORNING, time(8))
BREAKS = Plan(Kind.BREAK, time(0), rhythm=Rhythm())


def someone(*plans: Plan, name: str | None = "Europe/Berlin") -> Subscriber:
    return Subscriber(1, "en", name, TUESDAY, plans={plan.kind: plan for plan in plans})


def check_in(person: Subscriber) -> Plan:
    return person.plans[Kind.CHECK_IN]


def asked(person: Subscriber, name: str = "Europe/Berlin") -> Subscriber:
    """Let the check-in be sent, as the store moves its plan on."""
    made = advance(DuePlan(1, name, check_in(person)))
    plan = replace(check_in(person), next_due=made.next_due, rang_on=made.local_date)
    return replace(person, plans={**person.plans, Kind.CHECK_IN: plan})


@pytest.mark.parametrize(
    ("plans", "at"),
    [
        ((MORNING,), "07:00"),
        ((replace(MORNING, at=time(7)),), "06:00"),
        ((replace(MORNING, at=time(21, 59)),), "20:59"),
        ((replace(MORNING, at=time(6, 59)),), "09:00"),
        ((replace(MORNING, at=time(22)),), "09:00"),
        ((replace(MORNING, on=False), BREAKS), "09:00"),
        ((replace(MORNING, weekdays=frozenset({7})),), "07:00"),
        ((BREAKS,), "09:00"),
    ],
)
def test_it_comes_the_next_day_at_the_morning_reminder_or_else_at_ten(
    plans: tuple[Plan, ...], at: str
) -> None:
    person = held(someone(*plans), TUESDAY)

    assert person.hold == WEDNESDAY
    assert check_in(person).next_due == datetime.fromisoformat(f"2026-03-04T{at}+00:00")


@given(st.data())
def test_in_every_zone_it_is_due_within_civil_hours_on_the_next_local_date(
    data: st.DataObject,
) -> None:
    name = data.draw(zones)
    since = data.draw(moments(name))
    person = held(someone(BREAKS, name=name), since)
    due = check_in(person).next_due

    assert due is not None
    assert since < due <= since + 3 * DAY
    local = due.astimezone(zone(name))
    assert not in_quiet_hours(local.time())
    assert local.date() > since.astimezone(zone(name)).date()
    assert made(person, name) == Advance(1, local.date(), "check-in", due, None, -1)


def made(person: Subscriber, name: str = "Europe/Berlin") -> Advance:
    return advance(DuePlan(1, name, check_in(person)))


@pytest.mark.parametrize(
    "person",
    [someone(), someone(replace(MORNING, on=False)), someone(MORNING, name=None)],
)
def test_where_nothing_rests_there_is_a_hold_and_no_question(person: Subscriber) -> None:
    rests = held(person, TUESDAY)

    assert rests.hold == WEDNESDAY
    assert Kind.CHECK_IN not in rests.plans


def test_a_zone_that_the_data_lost_keeps_nobodys_reminders_from_resting() -> None:
    rests = held(someone(MORNING, name="Europe/Atlantis"), TUESDAY)

    assert rests.hold == WEDNESDAY
    assert check_in(rests).next_due == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_a_pause_does_not_silence_it() -> None:
    paused = replace(MORNING, pause=Pause(TUESDAY.date()), next_due=None)

    assert check_in(held(someone(paused), TUESDAY)).next_due is not None


def test_a_new_message_moves_it_to_the_day_after_that_message() -> None:
    first = held(someone(MORNING), TUESDAY)
    again = held(first, TUESDAY + DAY - timedelta(hours=5))

    assert again.hold == date(2026, 3, 5)
    assert check_in(again).next_due == datetime(2026, 3, 5, 7, tzinfo=UTC)


def test_a_second_message_on_the_same_day_changes_nothing() -> None:
    first = held(someone(MORNING), TUESDAY)

    assert held(first, TUESDAY + timedelta(hours=1)) == first


def test_also_after_it_was_sent_a_new_message_brings_another() -> None:
    sent = asked(held(someone(MORNING), TUESDAY))
    again = held(sent, TUESDAY + DAY)

    assert again.hold == date(2026, 3, 5)
    assert check_in(again).next_due == datetime(2026, 3, 5, 7, tzinfo=UTC)


def test_what_was_due_and_not_sent_moves_with_a_new_message() -> None:
    late = held(held(someone(MORNING), TUESDAY), TUESDAY + DAY)

    assert check_in(late).next_due == datetime(2026, 3, 5, 7, tzinfo=UTC)


def test_a_date_that_a_move_west_brings_back_gets_no_second_one() -> None:
    sent = asked(held(someone(MORNING, name="Asia/Tokyo"), TUESDAY), "Asia/Tokyo")
    moved = replace(sent, zone="Pacific/Honolulu")
    again = held(moved, datetime(2026, 3, 4, 1, tzinfo=UTC))  # Tuesday, there

    assert again.hold == date(2026, 3, 5)


def test_after_it_was_sent_nothing_that_is_set_brings_it_back() -> None:
    sent = asked(held(someone(MORNING, BREAKS), TUESDAY))
    later = replace(sent, plans={**sent.plans, Kind.MORNING: replace(MORNING, at=time(21))})

    assert check_in(with_check_in(later, TUESDAY + DAY)).next_due is None


def test_a_changed_time_or_zone_before_the_day_moves_it_along() -> None:
    person = held(someone(MORNING), TUESDAY)
    later = {**person.plans, Kind.MORNING: replace(MORNING, at=time(9, 30))}

    assert check_in(replanned(replace(person, plans=later), TUESDAY)).next_due == datetime(
        2026, 3, 4, 8, 30, tzinfo=UTC
    )
    moved = replanned(replace(person, zone="Asia/Tokyo"), TUESDAY)
    assert check_in(moved).next_due == datetime(2026, 3, 3, 23, tzinfo=UTC)


def test_a_time_that_moves_before_now_on_the_day_itself_does_not_lose_it() -> None:
    person = held(someone(replace(MORNING, at=time(12))), TUESDAY)
    earlier = {**person.plans, Kind.MORNING: MORNING}
    now = datetime(2026, 3, 4, 9, tzinfo=UTC)

    due = check_in(with_check_in(replace(person, plans=earlier), now)).next_due
    assert due == datetime(2026, 3, 4, 7, tzinfo=UTC)


def test_what_is_due_stays_due_whatever_is_saved() -> None:
    person = held(someone(MORNING), TUESDAY)
    later = {**person.plans, Kind.MORNING: replace(MORNING, at=time(21))}
    now = TUESDAY + DAY

    kept = check_in(with_check_in(replace(person, plans=later), now)).next_due
    assert kept == check_in(person).next_due


def test_who_turns_the_last_reminder_off_is_not_asked_and_who_turns_one_on_in_time_is() -> None:
    person = held(someone(MORNING), TUESDAY)
    off = {**person.plans, Kind.MORNING: replace(MORNING, on=False)}
    quiet = with_check_in(replace(person, plans=off), TUESDAY)
    assert not check_in(quiet).on
    assert check_in(quiet).next_due is None

    back = with_check_in(replace(quiet, plans={**quiet.plans, Kind.BREAK: BREAKS}), TUESDAY)
    assert check_in(back).next_due == datetime(2026, 3, 4, 9, tzinfo=UTC)


def test_a_reminder_turned_on_long_after_the_day_brings_no_question_at_that_moment() -> None:
    person = held(someone(), TUESDAY)
    late = with_check_in(replace(person, plans={Kind.BREAK: BREAKS}), TUESDAY + 9 * DAY)

    assert check_in(late).next_due is None


def test_who_comes_back_from_a_block_in_time_is_asked_and_later_is_not() -> None:
    gone = replace(held(someone(MORNING), TUESDAY), stopped=True)

    assert check_in(replanned(returned(gone), TUESDAY)).next_due is not None
    assert check_in(replanned(returned(gone), TUESDAY + 2 * DAY)).next_due is None


def test_whoever_is_all_right_is_asked_nothing_more() -> None:
    well = released(held(someone(MORNING), TUESDAY))

    assert well.hold is None
    assert not check_in(well).on
    assert check_in(replanned(well, TUESDAY)).next_due is None
    assert well.plans[Kind.MORNING] == MORNING


def test_who_never_rested_has_no_check_in_at_all() -> None:
    assert released(someone(MORNING)) == someone(MORNING)
    assert with_check_in(someone(MORNING), TUESDAY) == someone(MORNING)


def test_a_plan_of_an_older_version_becomes_the_one_of_its_date() -> None:
    early = Plan(
        Kind.CHECK_IN,
        time(10),
        next_due=datetime(2026, 3, 3, 10, tzinfo=UTC),
        rang_on=date(2026, 3, 3),
    )

    one = advance(DuePlan(1, "Pacific/Honolulu", early))
    assert (one.local_date, one.due) == (WEDNESDAY, datetime(2026, 3, 4, 20, tzinfo=UTC))


@given(st.integers(0, 30), zones)
def test_it_rings_once_however_late_it_is_looked_at(days: int, name: str) -> None:
    sent = asked(held(someone(MORNING, name=name), TUESDAY), name)

    assert check_in(replanned(sent, TUESDAY + days * DAY)).next_due is None
