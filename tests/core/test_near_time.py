"""What is no time of day, but near one: a few likely times, or none at all."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.near_time import near_times
from bot.core.spoken_time import parse_time

OFFERED = {
    "25:00": "01:00",
    "24:00": "00:00",
    "7:75": "08:15",
    "99:99": "04:39",
    "25 75": "02:15",
    "7.30 or so, not later": "07:30",
    "not before 9": "09:00",
    "at 7 or 8": "07:00 08:00",
    "с 7 до 9": "07:00 09:00",
    "7:30 или 8:00": "07:30 08:00",
    "боль 7 из 10": "07:00 10:00",
    "8, no, 8:00!": "08:00",
    "1 2 3 4 5 6": "01:00 02:00 03:00 04:00",
    "7 or 8 pm": "19:00 20:00",
    "7 or 8pm, not sure": "19:00 20:00",
    "7 or 8 p.m.": "19:00 20:00",
    "7 or 7:30 in the evening": "19:00 19:30",
    "в 7 или 8 вечера": "19:00 20:00",
    "вечером, в 7 или 8": "19:00 20:00",
    "в 7 или 8 утра": "07:00 08:00",
    "7 am or 8 pm": "07:00 20:00",
    "в 2 или 3 дня": "14:00 15:00",
    "11 or 12 at night": "23:00 00:00",
    "7 or 19 pm": "19:00",
    "7:75 pm": "20:15",
    "25:00 am": "01:00",
    "in the morning": "07:00 07:30 08:00 08:30",
    "утром": "07:00 07:30 08:00 08:30",
    "Утро!": "07:00 07:30 08:00 08:30",
    "утром или вечером": "07:00 07:30 08:00 08:30",
    "днём": "12:00 13:00 14:00 15:00",
    "in the afternoon": "12:00 13:00 14:00 15:00",
    "вечером, после работы": "18:00 19:00 20:00 21:00",
    "evening": "18:00 19:00 20:00 21:00",
    "ночью": "21:00 21:30 22:00 23:00",
    "late at night": "21:00 21:30 22:00 23:00",
}
NOTHING = "|hello|my legs went numb|2026|12345|am|pm|half|половина|🙂|7777777|²⁵:⁰⁰"
SURE = {
    "7.30pm": "19:30",
    "half eight": "08:30",
    "половина восьмого": "07:30",
    "7 in the morning": "07:00",
    "утром в 7": "07:00",
}
words = st.sampled_from(["morning", "вечер", "днём", "7", "25", ":", "75", "not", "боль", " ", "-"])


def shown(times: tuple[time, ...]) -> str:
    return " ".join(f"{at:%H:%M}" for at in times)


@pytest.mark.parametrize(("text", "times"), OFFERED.items())
def test_a_time_that_is_none_offers_what_may_have_been_meant(text: str, times: str) -> None:
    assert parse_time(text) is None
    assert shown(near_times(text)) == times


@pytest.mark.parametrize("text", NOTHING.split("|"))
def test_what_speaks_of_no_time_offers_none(text: str) -> None:
    assert near_times(text) == ()


@pytest.mark.parametrize(("text", "at"), SURE.items())
def test_a_sure_time_is_taken_and_never_comes_here(text: str, at: str) -> None:
    assert parse_time(text) == time.fromisoformat(at)


@given(hour=st.integers(0, 99), minute=st.integers(0, 99), mark=st.sampled_from([":", ".", " : "]))
def test_a_clock_that_runs_over_is_turned_back_by_whole_days(
    hour: int, minute: int, mark: str
) -> None:
    (at,) = near_times(f"{hour}{mark}{minute:02}")
    assert at.hour * 60 + at.minute == (hour * 60 + minute) % (24 * 60)


@given(text=st.text() | st.lists(words).map(" ".join))
def test_at_most_four_different_times_are_offered_for_any_text(text: str) -> None:
    times = near_times(text)
    assert len(times) == len(set(times)) <= 4
    assert times == near_times(text)
