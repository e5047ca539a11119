"""Rhythms and preferences as texts in the database: whole there and back, and never in the way."""

import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.breaks import OFFICE, Rhythm, Window
from bot.core.plans import EVERY_DAY
from bot.core.preferences import MORNING_MINUTES, Preferences
from bot.store.documents import (
    preferences_of,
    preferences_text,
    rhythm_of,
    rhythm_text,
    stamps_of,
    stamps_text,
)
from tests.core.rhythms import rhythms

preferences = st.builds(
    Preferences,
    st.sampled_from(MORNING_MINUTES),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.frozensets(st.dates(), max_size=60).map(lambda days: tuple(sorted(days))),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["every", "lunch", "days", "1", "minutes", "own_days", "no_floor"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=9,
)


@given(rhythms)
def test_a_rhythm_is_the_same_there_and_back(rhythm: Rhythm) -> None:
    assert rhythm_of(rhythm_text(rhythm)) == rhythm


def test_a_rhythm_is_written_in_words_that_can_be_read() -> None:
    lunch = Rhythm(((1, OFFICE), (5, OFFICE)), 45, OFFICE)

    assert json.loads(rhythm_text(lunch)) == {
        "every": 45,
        "lunch": ["09:00", "18:00"],
        "days": {"1": ["09:00", "18:00"], "5": ["09:00", "18:00"]},
    }


def test_no_rhythm_is_an_empty_list_as_it_always_was() -> None:
    assert rhythm_text(None) == "[]"
    assert rhythm_of("[]") is None


def test_an_older_list_is_that_window_on_every_day() -> None:
    every_day = tuple((day, OFFICE) for day in sorted(EVERY_DAY))

    assert rhythm_of('[["09:00", "18:00", 60]]') == Rhythm(every_day, 60)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "null",
        "7",
        "{}",
        '{"every":60,"days":{}}',
        '{"every":0,"lunch":null,"days":{}}',
        '{"every":true,"lunch":null,"days":{}}',
        '{"every":"60","lunch":null,"days":{}}',
        '{"every":60,"lunch":null,"days":{"8":["09:00","18:00"]}}',
        '{"every":60,"lunch":null,"days":{"1":["18:00","09:00"]}}',
        '{"every":60,"lunch":["12:00"],"days":{}}',
        '[["09:00","18:00"]]',
    ],
)
def test_what_is_no_rhythm_counts_as_none(text: str) -> None:
    assert rhythm_of(text) is None


def test_a_zone_in_a_time_of_day_is_ignored() -> None:
    odd = '{"every":60,"lunch":["12:00Z","13:00Z"],"days":{"1":["09:00","18:00+02:00"]}}'

    assert rhythm_of(odd) == Rhythm(((1, OFFICE),), 60, Window(time(12), time(13)))


@given(preferences)
def test_preferences_are_the_same_there_and_back(chosen: Preferences) -> None:
    assert preferences_of(preferences_text(chosen)) == chosen


def test_who_chose_nothing_has_nothing_written() -> None:
    assert preferences_text(Preferences()) == "{}"
    assert preferences_of("{}") == Preferences()


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "null", "7", '"minutes"'])
def test_what_are_no_preferences_count_as_nothing_said(text: str) -> None:
    assert preferences_of(text) == Preferences()


def test_each_wrong_preference_counts_as_not_said_and_the_rest_stands() -> None:
    text = (
        '{"minutes":7,"no_floor":1,"no_films":true,"checked":"yes","colour":"red",'
        '"own_days":["2026-03-02","someday",5,"2026-03-01","2026-03-02"]}'
    )
    kept = preferences_of(text)

    assert kept == Preferences(no_films=True, own_days=kept.own_days)
    assert [day.isoformat() for day in kept.own_days] == ["2026-03-01", "2026-03-02"]


@given(anything.map(json.dumps) | st.text())
def test_no_text_whatever_is_in_the_way(text: str) -> None:
    rhythm = rhythm_of(text)
    if rhythm is not None:
        assert [rhythm.labels(day) for day in EVERY_DAY]
    assert preferences_of(text).minutes in MORNING_MINUTES


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"zone": 7}', '{"zone": ["x", 1]}', '{"zone": [1]}']
)
def test_a_wrong_text_of_who_set_what_keeps_nobody_from_setting_it(text: str) -> None:
    assert stamps_of(text) == {}


def test_who_set_what_comes_back_whole() -> None:
    stamps = {"zone": (7, 1_700_000_000), "morning": (2**63 - 1, 0)}
    assert stamps_of(stamps_text(stamps)) == stamps
