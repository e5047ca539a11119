from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.breaks import INTERVALS
from bot.core.delivery import GRACE, is_stale, settle, waits_until
from bot.core.plans import Fate, Kind, Outcome, State, Taken

DUE = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def taken(
    kind: Kind = Kind.MORNING,
    *,
    attempt: int = 1,
    doubts: int = 0,
    due: datetime = DUE,
    zone: str = "UTC",
) -> Taken:
    return Taken(
        id=1,
        kind=kind,
        chat=7,
        language="en",
        local_date=date(2026, 11, 24),
        slot=kind.value,
        due=due,
        attempt=attempt,
        doubts=doubts,
        zone=zone,
    )


def test_a_reminder_that_telegram_took_is_sent_and_keeps_its_message() -> None:
    settled = settle(taken(), Outcome(Fate.SENT, message_id=5), DUE)

    assert (settled.state, settled.message_id) == (State.SENT, 5)


def test_a_morning_reminder_in_doubt_gets_one_more_try_once_the_path_is_proven() -> None:
    settled = settle(taken(), Outcome(Fate.IN_DOUBT), DUE)

    assert (settled.state, settled.doubts, settled.needs_proof) == (State.DUE, 1, True)


def test_the_second_try_of_a_doubt_takes_no_place_before_its_chat_takes_a_message() -> None:
    settled = settle(taken(), Outcome(Fate.IN_DOUBT), DUE)

    assert settled.not_before == DUE + timedelta(seconds=2)


def test_a_morning_reminder_in_doubt_twice_is_never_sent_a_third_time() -> None:
    settled = settle(taken(doubts=1, attempt=2), Outcome(Fate.IN_DOUBT), DUE)

    assert (settled.state, settled.doubts) == (State.UNKNOWN, 2)


def test_a_break_reminder_in_doubt_is_never_sent_again() -> None:
    assert settle(taken(Kind.BREAK), Outcome(Fate.IN_DOUBT), DUE).state is State.UNKNOWN


def test_a_blocked_chat_ends_the_reminder_and_stops_the_chat() -> None:
    settled = settle(taken(), Outcome(Fate.STOPPED), DUE)

    assert (settled.state, settled.stop_chat) == (State.UNDELIVERABLE, True)


@pytest.mark.parametrize("fate", [Fate.REFUSED, Fate.PLAIN])
def test_what_telegram_will_never_take_ends_as_undeliverable(fate: Fate) -> None:
    settled = settle(taken(), Outcome(fate), DUE)

    assert (settled.state, settled.stop_chat) == (State.UNDELIVERABLE, False)


def test_a_flood_wait_puts_the_reminder_back_for_exactly_that_time() -> None:
    settled = settle(taken(), Outcome(Fate.PAUSED, wait=timedelta(hours=1)), DUE)

    assert (settled.state, settled.not_before) == (State.DUE, DUE + timedelta(hours=1))


def test_what_was_certainly_not_sent_is_tried_again_with_growing_pauses_and_no_doubt() -> None:
    pauses = []
    for attempt in range(1, 12):
        settled = settle(taken(attempt=attempt), Outcome(Fate.NOT_SENT), DUE)
        assert (settled.state, settled.doubts, settled.needs_proof) == (State.DUE, 0, False)
        assert settled.not_before is not None
        pauses.append(settled.not_before - DUE)

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=2), timedelta(minutes=5))


def test_a_second_try_that_was_not_sent_still_waits_for_proof_of_the_path() -> None:
    assert settle(taken(doubts=1), Outcome(Fate.NOT_SENT), DUE).needs_proof


def test_a_chat_that_moved_is_tried_at_once_under_its_new_id() -> None:
    settled = settle(taken(), Outcome(Fate.MIGRATED, new_chat=-100), DUE)

    assert (settled.state, settled.new_chat, settled.not_before) == (State.DUE, -100, DUE)


def test_a_chat_that_moves_for_the_third_time_ends_the_reminder_and_is_followed() -> None:
    settled = settle(taken(attempt=3), Outcome(Fate.MIGRATED, new_chat=-100), DUE)

    assert (settled.state, settled.new_chat) == (State.UNDELIVERABLE, -100)


def test_no_pause_lasts_longer_than_a_week_whatever_a_server_says() -> None:
    settled = settle(taken(), Outcome(Fate.PAUSED, wait=timedelta(days=99_999_999)), DUE)

    assert settled.not_before == DUE + timedelta(days=7)


@pytest.mark.parametrize("fate", [Fate.UNAUTHORISED, Fate.CONFLICT])
def test_a_refused_token_marks_no_reminder(fate: Fate) -> None:
    settled = settle(taken(), Outcome(fate), DUE)

    assert (settled.state, settled.doubts) == (State.DUE, 0)
    assert settled.not_before == DUE + timedelta(seconds=30)


def test_a_flood_wait_without_a_time_pauses_a_little() -> None:
    settled = settle(taken(), Outcome(Fate.PAUSED), DUE)

    assert settled.not_before == DUE + timedelta(seconds=2)


@pytest.mark.parametrize(
    ("kind", "grace"),
    [(Kind.MORNING, timedelta(hours=2)), (Kind.BREAK, timedelta(minutes=15))],
)
def test_a_reminder_is_stale_after_its_grace_and_not_before(kind: Kind, grace: timedelta) -> None:
    assert not is_stale(taken(kind), DUE + grace)
    assert is_stale(taken(kind), DUE + grace + timedelta(seconds=1))


def test_the_grace_of_a_break_is_at_most_half_of_every_interval_that_is_offered() -> None:
    halves = [timedelta(minutes=every) / 2 for every in INTERVALS]

    assert {min(timedelta(minutes=15), half) for half in halves} == {GRACE[Kind.BREAK]}


def test_a_late_evening_reminder_does_not_come_in_the_night() -> None:
    evening = taken(due=datetime(2026, 11, 24, 20, 30, tzinfo=UTC), zone="Europe/Berlin")

    assert not is_stale(evening, evening.due + timedelta(minutes=20))
    assert is_stale(evening, evening.due + timedelta(minutes=31))


def test_a_time_that_the_person_chose_in_the_night_rings_also_when_late() -> None:
    night = taken(due=datetime(2026, 11, 24, 4, 0, tzinfo=UTC))

    assert not is_stale(night, night.due + timedelta(minutes=30))


def test_a_reminder_that_is_on_time_at_the_edge_of_the_night_is_sent() -> None:
    edge = taken(due=datetime(2026, 11, 24, 21, 59, 30, tzinfo=UTC))

    assert not is_stale(edge, edge.due + timedelta(seconds=45))


def test_a_zone_that_the_data_no_longer_knows_is_judged_as_utc() -> None:
    assert not is_stale(taken(zone="Mars/Olympus"), DUE + timedelta(minutes=5))


def test_a_check_in_is_never_stale_and_comes_at_once_by_day() -> None:
    late = DUE + timedelta(days=9, hours=3)

    assert not is_stale(taken(Kind.CHECK_IN), late)
    assert waits_until(taken(Kind.CHECK_IN), late) is None


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24T22:00", "2026-11-25T07:00"),
        ("2026-11-25T02:30", "2026-11-25T07:00"),
        ("2026-11-24T21:59", None),
        ("2026-11-25T07:00", None),
    ],
)
def test_a_check_in_that_is_late_at_night_waits_for_its_hour(now: str, until: str | None) -> None:
    found = waits_until(taken(Kind.CHECK_IN), datetime.fromisoformat(now + "+00:00"))

    assert found == (datetime.fromisoformat(until + "+00:00") if until else None)


def test_where_its_hour_has_become_night_in_a_new_zone_it_waits_until_ten() -> None:
    there = taken(Kind.CHECK_IN, zone="America/New_York")  # 07:00 UTC is 02:00 there

    assert waits_until(there, DUE) == DUE + timedelta(hours=8)


def test_no_other_reminder_waits_for_the_day() -> None:
    assert waits_until(taken(), datetime(2026, 11, 24, 23, tzinfo=UTC)) is None


def test_a_check_in_in_doubt_is_sent_once_more_and_never_a_third_time() -> None:
    first = settle(taken(Kind.CHECK_IN), Outcome(Fate.IN_DOUBT), DUE)
    assert (first.state, first.needs_proof) == (State.DUE, True)

    second = settle(taken(Kind.CHECK_IN, doubts=1), Outcome(Fate.IN_DOUBT), DUE)
    assert second.state is State.UNKNOWN
