"""Typed hours: what is surely a start and an end is taken, everything else is asked again."""

from datetime import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.spoken_window import parse_edge, parse_window

UNDERSTOOD = {
    "09:00 18:00": """9-18|9 - 18|9–18|9 — 18|from 9 to 18|FROM 9 TILL 18|9 until 18|between 9 and 18|09:00-18:00
        9.00-18.00|0900-1800|9am-6pm|9 am to 6 pm|9-6pm|9-18 please|9-18!|９-１８|9h-18h|nine am to six pm
        с 9 до 18|С 9 до 18|со 9 до 18|от 9 до 18|с 9 по 18|9 до 18 часов|с 9 утра до 6 вечера|с девяти до шести вечера""",
    "09:00 17:00": """9-5|9 to 5|nine to five|from nine to five|9 am - 5|9:00-5:00|9.00-5.00|９-５|с 9 до 5|с 9 утра до 5
        с девяти до пяти|девять - пять""",
    "08:30 17:30": "8:30-17:30|from half past eight to 5:30 pm|8:30-5:30|с полдевятого до 17:30",
    "13:00 14:00": "13-14|13:00–14:00|1pm-2pm|с 13 часов до 14 часов",
    "12:00 13:00": "12-13|12-1|12 to 1|noon to 1|12 to 1pm|12:00-1:00|полдень - час дня",
    "12:30 13:30": "12:30-13:30|12:30-1:30|12:30 to 1:30 pm",
    "09:00 12:00": """9-12|9 to noon|с 9 до 12|from nine until noon|from 9 till midday|с 9 до полудня
        с девяти утра до полудня""",
    "12:00 18:00": "с полудня до 18|from noon to 6 pm|от полудня до шести вечера",
    "08:00 23:59": "8 to midnight|8-0:00|8-00:00|8 am to 12 am|с 8 до полуночи|с восьми утра до полуночи",
    "18:00 23:59": "from 6 pm until midnight|с 18 до полуночи|18-0:00|18-24|с 18 до 24:00|18:00–24.00",
    "00:00 12:00": "midnight to noon|с полуночи до полудня",
    "09:00 21:00": "9-9|9 to 9",
    "07:00 10:00": "7-10|7 to 10",
    "00:00 23:59": "0:00-23:59",
}
BACKWARDS = {
    "12:00 12:00": "12-12|noon to noon",
    "22:00 06:00": "22-6|22:00-06:00|с 22 до 6",
    "13:00 02:00": "13-2",
    "18:00 09:00": "18-9|6pm to 9am",
    "09:00 05:00": "9-05:00|9:00-05:00|9am-5am|9 to 5 am|с 9 до 5 утра",
}
REFUSED = """9|9 18|9-|-18|-|to|9 to|to 18|9-18-20|9 to 12 and 13 to 18|9-25|25-26|24-9|8-0|10-10:75|from 9|between 9
    9 to 5 on weekdays|not 9-18|9-18 hurts|from morning to evening|с утра до вечера|весь день|9до18|hello||  |and
    from 8 to quarter to 5|2026-01-02|7²-9"""
# how a clock may be written that says which half of the day it means
HALVES = "{t} {half}"
CLOCKS = ["{h:02}:{m:02}", "{h:02}.{m:02}", HALVES]
AROUND = ["{}-{}", "{} – {}", "from {} to {}", "between {} and {}", "с {} до {}", "{} till {}"]
minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def split(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (spelling.strip(), window)
        for window, spellings in table.items()
        for spelling in spellings.replace("\n", "|").split("|")
    ]


def shown(window: tuple[time, time] | None) -> str:
    return "" if window is None else f"{window[0]:%H:%M} {window[1]:%H:%M}"


def clock(form: str, at: time) -> str:
    twelve = f"{at.hour % 12 or 12}:{at.minute:02}"
    return form.format(h=at.hour, m=at.minute, t=twelve, half="am" if at.hour < 12 else "pm")


@pytest.mark.parametrize(("spelling", "window"), split(UNDERSTOOD))
def test_people_write_hours_in_many_ways(spelling: str, window: str) -> None:
    assert shown(parse_window(spelling)) == window


@pytest.mark.parametrize(("spelling", "window"), split(BACKWARDS))
def test_an_end_that_is_surely_before_the_start_stays_as_it_was_said(
    spelling: str, window: str
) -> None:
    assert shown(parse_window(spelling)) == window


@pytest.mark.parametrize("text", [text.strip() for text in REFUSED.replace("\n", "|").split("|")])
def test_what_is_not_surely_two_times_is_asked_again(text: str) -> None:
    assert parse_window(text) is None


ONE_TIME = {
    "start 19:30": "7.30pm|19:30|from 7:30 pm|с 19:30|с половины восьмого вечера|at half past seven pm",
    "start 09:00": "9|9 to|not before 9|с девяти",
    "start 01:00": "25:00|from 25:00",
    "start 12:00": "noon|с полудня",
    "end 17:00": "until 5|до 17|to 5 pm|по 17:00|до пяти|till five",
    "end 23:59": "до полуночи|until midnight|до 24",
    "end 12:00": "до полудня|until noon",
}
NO_EDGE = "|9-25|9-18|7 or 8 pm|in the morning|ночью|hello|🙂|until|до|from|2026"


@pytest.mark.parametrize(("spelling", "edge"), split(ONE_TIME))
def test_one_time_alone_is_a_beginning_or_an_end(spelling: str, edge: str) -> None:
    found = parse_edge(spelling, time(9))
    assert found is not None
    assert f"{'end' if found.is_end else 'start'} {found.at:%H:%M}" == edge


@pytest.mark.parametrize("text", NO_EDGE.split("|"))
def test_what_is_not_surely_one_time_is_no_edge(text: str) -> None:
    assert parse_edge(text, time(9)) is None


@given(start=minutes, end=minutes, form=st.sampled_from(CLOCKS), around=st.sampled_from(AROUND))
def test_any_two_times_of_the_whole_day_come_back(
    start: time, end: time, form: str, around: str
) -> None:
    assume(end > time(0))  # as an end, midnight is the last minute of the day
    assume(form == HALVES or end.hour < 10 or end > start or start >= time(13))
    assert parse_window(around.format(clock(form, start), clock(form, end))) == (start, end)


@given(start=st.integers(1, 12), end=st.integers(1, 11))
def test_a_bare_end_never_lies_before_a_start_of_the_morning(start: int, end: int) -> None:
    for said in (f"{start}-{end}", f"{start}:00-{end}:00"):
        found = parse_window(said)
        assert found is not None
        assert found == (time(start), time(end if end > start else end + 12))


def test_a_long_story_is_no_window() -> None:
    assert shown(parse_window("9-18 " + "please " * 7)) == "09:00 18:00"
    assert parse_window("9-18 " + "please " * 8) is None


@given(text=st.text() | st.text(alphabet="0123456789:.- to", max_size=14))
def test_no_text_makes_it_fail(text: str) -> None:
    parse_window(text)
    parse_edge(text, time(9))
