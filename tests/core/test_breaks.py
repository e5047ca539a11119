"""When breaks ring: labels on the wall clock, inside a window, each date's once."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone
from bot.core.breaks import (
    INTERVALS,
    MOST_A_DAY,
    OFFICE,
    Flaw,
    Rhythm,
    Window,
    next_break,
    next_full_hour,
    slot_at,
)
from bot.core.schedule import ring_on
from tests.core.rhythms import rhythms
from tests.core.zones import DAY, changes, compatible, distinct_zones, moments, zones

NIGHT_AND_DAY = Rhythm(tuple((day, Window(time(0), time(23, 59))) for day in range(1, 8)), 60)
HALF_HOURS = Rhythm(NIGHT_AND_DAY.windows, 30)
MONDAY = date(2026, 3, 2)


def office(every: int = 60, lunch: Window | None = None, window: Window = OFFICE) -> Rhythm:
    return Rhythm(((1, window),), every, lunch)


def shown(labels: tuple[time, ...]) -> str:
    return " ".join(f"{label:%H:%M}" for label in labels)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def chain(rhythm: Rhythm, name: str, after: datetime, until: datetime) -> list[datetime]:
    """Return all rings from ``after`` to ``until``, one after the other."""
    rings: list[datetime] = []
    ring = next_break(after, rhythm, zone(name))
    while ring is not None and ring <= until:
        rings.append(ring)
        ring = next_break(ring, rhythm, zone(name))
    return rings


@pytest.mark.parametrize(
    ("rhythm", "labels"),
    [
        (office(), "10:00 11:00 12:00 13:00 14:00 15:00 16:00 17:00"),
        (office(90), "10:30 12:00 13:30 15:00 16:30"),
        (office(120), "11:00 13:00 15:00 17:00"),
        (office(45, window=Window(time(9), time(12))), "09:45 10:30 11:15"),
        (office(lunch=Window(time(12), time(13))), "10:00 11:00 13:00 14:00 15:00 16:00 17:00"),
        (
            office(lunch=Window(time(12, 30), time(13, 30))),
            "10:00 11:00 12:00 14:00 15:00 16:00 17:00",
        ),
        (office(window=Window(time(9), time(10))), ""),
        (office(window=Window(time(9), time(10, 1))), "10:00"),
        (office(30, window=Window(time(9), time(9, 20))), ""),
        (office(window=Window(time(22), time(23, 59))), "23:00"),
        (office(window=Window(time(0), time(1, 30))), "01:00"),
    ],
)
def test_a_day_has_its_labels_strictly_inside_the_window(rhythm: Rhythm, labels: str) -> None:
    assert shown(rhythm.labels(1)) == labels
    assert rhythm.labels(2) == ()


@given(rhythm=rhythms, weekday=st.integers(1, 7))
def test_no_label_lies_at_an_edge_or_in_the_lunch_break(rhythm: Rhythm, weekday: int) -> None:
    window = rhythm.window(weekday)
    for label in rhythm.labels(weekday):
        assert window is not None
        assert window.start < label < window.end
        assert rhythm.lunch is None or not rhythm.lunch.start <= label < rhythm.lunch.end


@pytest.mark.parametrize(
    ("rhythm", "flaw"),
    [
        (office(), ""),
        (office(30, window=Window(time(9), time(9, 20))), "none"),
        (office(30, window=Window(time(9), time(9, 30))), "none"),
        (office(30, window=Window(time(9), time(9, 31))), ""),
        (office(30), "many"),
        (office(45), "many"),
        (office(30, window=Window(time(9), time(14, 30))), ""),
        (office(30, window=Window(time(9), time(14, 31))), "many"),
        (office(120, Window(time(10), time(18))), "lunch"),
        (office(60, Window(time(9), time(18))), "lunch"),
        (office(60, Window(time(10), time(17, 1))), "lunch"),
        (office(60, Window(time(10), time(17))), ""),
        (office(120, Window(time(9), time(12)), window=Window(time(9), time(10))), "none"),
        (Rhythm(()), ""),
    ],
)
def test_a_rhythm_with_no_break_or_more_than_ten_says_so_and_whether_lunch_is_why(
    rhythm: Rhythm, flaw: Flaw
) -> None:
    assert rhythm.flaw() == flaw


@pytest.mark.parametrize(
    ("rhythm", "fitting"),
    [
        (office(30), (60, 90, 120)),
        (office(30, Window(time(12), time(13))), (45, 60, 90, 120)),
        (office(30, window=Window(time(9), time(9, 20))), ()),
        (office(120, window=Window(time(9), time(10))), (30, 45)),
        (office(window=Window(time(0), time(23, 59))), ()),
    ],
)
def test_the_intervals_that_fit_are_offered_shortest_first(
    rhythm: Rhythm, fitting: tuple[int, ...]
) -> None:
    assert rhythm.fitting() == fitting


@given(rhythm=rhythms)
def test_a_fitting_interval_gives_each_day_one_to_ten_breaks(rhythm: Rhythm) -> None:
    for every in rhythm.fitting():
        fits = Rhythm(rhythm.windows, every, rhythm.lunch)
        assert all(1 <= len(fits.labels(day)) <= MOST_A_DAY for day, _ in fits.windows)
    assert set(rhythm.fitting()) <= set(INTERVALS)


def test_the_usual_week_is_five_office_days_and_can_be_changed_day_by_day() -> None:
    shorter = Window(time(9), time(14))
    week = Rhythm().with_window(frozenset({5}), shorter).with_window(frozenset({1, 7}), None)

    assert week.windows == ((2, OFFICE), (3, OFFICE), (4, OFFICE), (5, shorter))
    assert [len(week.labels(day)) for day in range(1, 8)] == [0, 8, 8, 8, 4, 0, 0]


@pytest.mark.parametrize("end", [time(9), time(8)])
def test_a_window_that_ends_before_it_begins_is_refused(end: time) -> None:
    with pytest.raises(ValueError, match="no length"):
        Window(time(9), end)


@given(data=st.data(), name=zones, rhythm=rhythms)
def test_the_next_break_is_the_first_one_that_another_library_finds(
    data: st.DataObject, name: str, rhythm: Rhythm
) -> None:
    after = data.draw(moments(name))
    start = after.astimezone(zone(name)).date() - 2 * DAY
    expected = [
        compatible(day, label, name)
        for day in (start + n * DAY for n in range(11))
        for label in rhythm.labels(day.isoweekday())
    ]
    ring = next_break(after, rhythm, zone(name))

    assert ring == min((one for one in expected if one > after), default=None)
    assert ring is None or ring > after


@given(data=st.data(), name=zones, rhythm=rhythms)
def test_a_break_has_the_name_of_a_label_that_rings_then(
    data: st.DataObject, name: str, rhythm: Rhythm
) -> None:
    ring = next_break(data.draw(moments(name)), rhythm, zone(name))
    if ring is None:
        return
    day, label = slot_at(ring, rhythm, zone(name))
    local = ring.astimezone(zone(name)).replace(tzinfo=None)

    assert label in rhythm.labels(day.isoweekday())
    assert compatible(day, label, name) == ring
    skipped = ring_on(day, label, zone(name)) != datetime.combine(day, label, zone(name))
    assert skipped or local == datetime.combine(day, label)


@given(data=st.data(), name=zones, rhythm=rhythms)
def test_all_labels_of_some_days_ring_once_each_in_order(
    data: st.DataObject, name: str, rhythm: Rhythm
) -> None:
    first = data.draw(moments(name)).date()
    days = [first + n * DAY for n in range(3)]
    expected = {
        compatible(day, label, name) for day in days for label in rhythm.labels(day.isoweekday())
    }
    begin = compatible(first, time(0), name) - timedelta(seconds=1)
    rings = chain(rhythm, name, begin, max(expected, default=begin))

    assert expected <= set(rings)
    assert all(one < other for one, other in pairwise(rings))
    slots = [slot_at(ring, rhythm, zone(name)) for ring in rings]
    assert len(set(slots)) == len(slots)


@pytest.mark.parametrize("name", distinct_zones())
def test_around_each_change_of_2026_an_hourly_day_rings_hour_by_hour(name: str) -> None:
    for change in changes(zone(name)):
        if change.year != 2026:
            continue
        days = [change + n * DAY for n in (-1, 0)]
        labels = NIGHT_AND_DAY.labels(1)
        moments_of = {compatible(day, label, name) for day in days for label in labels}
        begin = compatible(days[0], time(0), name)

        rings = chain(NIGHT_AND_DAY, name, begin, max(moments_of))
        assert rings == sorted(moments_of)


def test_a_skipped_label_rings_as_much_later_as_the_clock_skips() -> None:
    berlin = zone("Europe/Berlin")  # 29 March 2026: 02:00 becomes 03:00
    early = Rhythm(((7, Window(time(1, 45), time(4, 20))),), 45)
    rings = chain(early, "Europe/Berlin", utc("2026-03-29 00:00"), utc("2026-03-29 03:00"))

    assert shown(early.labels(7)) == "02:30 03:15 04:00"
    assert rings == [utc(f"2026-03-29 {at}") for at in ("01:15", "01:30", "02:00")]
    assert [slot_at(ring, early, berlin)[1] for ring in rings] == [
        time(3, 15),
        time(2, 30),
        time(4),
    ]


def test_two_labels_that_a_skipped_hour_brings_together_ring_once_under_the_shown_name() -> None:
    rings = chain(HALF_HOURS, "Europe/Berlin", utc("2026-03-29 00:30"), utc("2026-03-29 02:00"))

    assert rings == [utc(f"2026-03-29 {at}") for at in ("01:00", "01:30", "02:00")]
    names = [slot_at(ring, HALF_HOURS, zone("Europe/Berlin")) for ring in rings]
    assert names == [(date(2026, 3, 29), at) for at in (time(3), time(3, 30), time(4))]


def test_a_repeated_label_rings_the_first_time_only() -> None:
    # 25 October 2026, Berlin: 03:00 becomes 02:00 again at 01:00 UTC
    rings = chain(NIGHT_AND_DAY, "Europe/Berlin", utc("2026-10-24 22:30"), utc("2026-10-25 02:00"))

    assert rings == [utc(f"2026-10-{at}") for at in ("24 23:00", "25 00:00", "25 02:00")]


def test_a_label_late_in_the_evening_may_ring_on_the_next_date_and_keeps_its_own() -> None:
    nuuk = zone("America/Nuuk")  # 28 March 2026: 23:00 becomes 00:00 of the 29th
    late = Rhythm(((6, Window(time(22), time(23, 59))), (7, Window(time(0), time(2)))), 90)
    rings = chain(late, "America/Nuuk", utc("2026-03-28 12:00"), utc("2026-03-29 12:00"))

    assert [slot_at(ring, late, nuuk) for ring in rings] == [
        (date(2026, 3, 28), time(23, 30)),
        (date(2026, 3, 29), time(1, 30)),
    ]
    assert rings[0].astimezone(nuuk).date() == date(2026, 3, 29)


def test_the_date_that_samoa_left_out_has_no_break() -> None:
    rings = chain(NIGHT_AND_DAY, "Pacific/Apia", utc("2011-12-29 10:00"), utc("2011-12-31 09:59"))
    dates = {slot_at(ring, NIGHT_AND_DAY, zone("Pacific/Apia"))[0] for ring in rings}

    assert dates == {date(2011, 12, 29), date(2011, 12, 31)}


def test_after_friday_evening_the_next_break_is_on_monday() -> None:
    friday = utc("2026-03-06 17:00")

    assert next_break(friday, Rhythm(), zone("UTC")) == utc("2026-03-09 10:00")


def test_a_week_without_windows_has_no_next_break() -> None:
    assert next_break(utc("2026-03-02 09:00"), Rhythm(()), zone("UTC")) is None


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        next_break(datetime(2026, 3, 2, 9), Rhythm(), zone("UTC"))  # noqa: DTZ001


def test_a_moment_that_is_no_label_is_named_after_the_clock() -> None:
    at = utc("2026-03-02 09:17").replace(second=30)

    assert slot_at(at, Rhythm(), zone("Europe/Berlin")) == (MONDAY, time(10, 17))


@pytest.mark.parametrize(
    ("now", "name", "full"),
    [
        ("2026-03-02 14:20", "UTC", "2026-03-02 15:00"),
        ("2026-03-02 14:00", "UTC", "2026-03-02 15:00"),
        ("2026-03-02 14:20", "Asia/Kolkata", "2026-03-02 14:30"),
        ("2026-03-02 23:59", "UTC", "2026-03-03 00:00"),
    ],
)
def test_a_meeting_ends_at_the_next_full_hour_of_the_local_clock(
    now: str, name: str, full: str
) -> None:
    assert next_full_hour(utc(now), zone(name)) == utc(full)


@given(data=st.data(), name=zones)
def test_the_next_full_hour_is_at_most_an_hour_away(data: st.DataObject, name: str) -> None:
    now = data.draw(moments(name))

    assert timedelta(0) < next_full_hour(now, zone(name)) - now <= timedelta(hours=1)
