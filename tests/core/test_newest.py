"""Two settings that are handled in the wrong order: the newer stands, all else of the older counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.core.newest import KEPT, LANGUAGE, PREFERENCES, ZONE, newest
from bot.core.plans import Kind, Plan, Subscriber
from bot.core.preferences import Preferences
from bot.core.rings import replanned

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
PLANS = {Kind.MORNING: Plan(Kind.MORNING, time(7)), Kind.BREAK: Plan(Kind.BREAK, time(0), on=False)}
PERSON = replanned(Subscriber(7, "en", "UTC", NOW, plans=PLANS), NOW)


def at_seven(person: Subscriber, *, on: bool) -> Subscriber:
    plans = {**person.plans, Kind.MORNING: replace(person.plans[Kind.MORNING], on=on)}
    return replanned(replace(person, plans=plans), NOW)


def test_an_older_update_that_comes_late_does_not_turn_off_what_a_newer_one_turned_on() -> None:
    newer = newest(PERSON, PERSON, (Kind.MORNING,), 12, NOW)  # it was on already
    late = newest(newer, at_seven(newer, on=False), (Kind.MORNING,), 11, NOW)

    assert late == PERSON
    assert newest(late, at_seven(late, on=False), (Kind.MORNING,), 13, NOW) != PERSON


def test_an_older_update_about_something_else_has_its_effect() -> None:
    newer = newest(PERSON, at_seven(PERSON, on=False), (Kind.MORNING,), 12, NOW)
    late = newest(newer, replace(newer, language="ru"), (LANGUAGE,), 11, NOW)

    assert (late.language, late.plans[Kind.MORNING].on) == ("ru", False)


def test_a_plan_that_only_the_older_update_would_make_is_not_made_of_it() -> None:
    bare = replace(PERSON, plans={})
    newer = newest(bare, bare, (Kind.MORNING,), 12, NOW)

    assert set(newest(newer, PERSON, (Kind.MORNING,), 11, NOW).plans) == {Kind.BREAK}


def test_an_older_zone_moves_no_plan_and_an_older_language_speaks_to_nobody() -> None:
    berlin = replanned(replace(PERSON, zone="Europe/Berlin", language="ru"), NOW)
    newer = newest(PERSON, berlin, (ZONE, LANGUAGE), 12, NOW)
    tokyo = replanned(replace(newer, zone="Asia/Tokyo", language="en"), NOW)

    assert newest(newer, tokyo, (ZONE, LANGUAGE), 11, NOW) == berlin


def test_a_day_of_exercise_counts_though_its_update_is_older_than_a_preference() -> None:
    suits, day = Preferences(no_floor=True), date(2026, 11, 24)
    newer = newest(PERSON, replace(PERSON, preferences=suits), (PREFERENCES,), 12, NOW)
    trained = replace(newer, preferences=Preferences(no_films=True, own_days=(day,)))

    late = newest(newer, trained, (PREFERENCES,), 11, NOW)
    assert late.preferences == replace(suits, own_days=(day,))


def test_who_comes_back_from_a_block_with_an_older_setting_is_made_up_for_nothing() -> None:
    missed = replace(PERSON.plans[Kind.MORNING], next_due=NOW - timedelta(days=1))
    stopped = replace(PERSON, stopped=True, plans={Kind.MORNING: missed})
    newer = newest(stopped, stopped, (Kind.MORNING,), 12, NOW)
    late = newest(newer, replace(newer, stopped=False), (Kind.MORNING,), 11, NOW)

    assert late.plans[Kind.MORNING].next_due == PERSON.plans[Kind.MORNING].next_due
    assert newest(newer, newer, (Kind.MORNING,), 11, NOW).plans[Kind.MORNING].next_due == (
        missed.next_due
    )


def test_after_two_days_a_lower_number_is_no_older_update() -> None:
    newer = newest(PERSON, PERSON, (Kind.MORNING,), 12, NOW)
    later = NOW + KEPT + timedelta(seconds=1)
    off = newest(newer, at_seven(newer, on=False), (Kind.MORNING,), 11, later)

    assert not off.plans[Kind.MORNING].on
    assert off.set_by == {Kind.MORNING: (11, int(later.timestamp()))}


def test_what_no_update_asked_for_has_no_number_and_always_its_effect() -> None:
    newer = newest(PERSON, PERSON, (Kind.MORNING,), 12, NOW)
    held = replace(newer, hold=date(2026, 11, 25))

    assert newest(newer, held, (), None, NOW) == held
    assert newest(None, PERSON, (Kind.MORNING,), 1, NOW) is PERSON
