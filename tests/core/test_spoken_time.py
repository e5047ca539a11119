"""Typed times: what is surely one time is taken, everything else is asked again."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.spoken_time import parse_time

UNDERSTOOD = {
    "07:00": """7|07|at 7|7.|7am|7 am|7 a.m.|7 a. m.|seven o'clock|seven o’clock|7 in the morning|every morning at 7
        в 7|лучше в 7|к семи|в 7 часов утра|7 утра|семь утра|7 часов|утром в 7|7 am please|I'd like 7""",
    "07:30": """7:30|07:30|07.30|7,30|7-30|730|0730|7 30|7 30 am|7:30AM|half past seven|half 7|half past 7 am|seven thirty
        set it to 7:30|7:30 please!|７：３０|👍 7:30|7h30|полвосьмого|пол восьмого|пол-восьмого|пол 8
        в половине восьмого|половина восьмого утра|семь тридцать|7 ч 30 мин|в 7 ч. 30 мин.|30 минут восьмого""",
    "08:00": "8|в восемь|восемь утра|в 8 утра|давай в 8|Окей, давай в 8.|каждое утро в 8|в 8:00 утра, пожалуйста",
    "07:45": "quarter to 8|a quarter to eight|quarter to 8 in the morning|без четверти восемь|без 15 8|15 minutes to 8",
    "07:55": "five to eight|5 minutes to 8|без пяти восемь|без пяти минут восемь",
    "07:15": "quarter past seven|a quarter after 7|четверть восьмого|seven fifteen|пятнадцать минут восьмого",
    "06:50": "ten to seven|10 to 7|без десяти семь|без 10 минут 7",
    "06:40": "twenty to seven|без двадцати семь",
    "06:35": "без двадцати пяти семь|twenty-five to seven",
    "06:25": "twenty-five past six|двадцать пять минут седьмого|six twenty five",
    "07:05": "seven oh five|семь ноль пять|7 ч 5 мин|five past seven",
    "06:00": "шесть ноль ноль|six am|6 утра",
    "19:00": "7pm|7 p.m.|в 7 вечера|в 19|19ч|7 in the evening|вечером в 7|19:00 вечера",
    "19:30": "half past seven in the evening|полвосьмого вечера|7:30 pm",
    "19:45": "quarter to 8 pm|без четверти восемь вечера",
    "12:00": "noon|12 noon|midday|полдень|в полдень|12 pm|12 дня|twelve",
    "00:00": "midnight|полночь|12 am|12 at night|12 ночи|0:00|0 часов",
    "13:00": "в час дня|1 pm|13 часов|one in the afternoon",
    "12:30": "half past twelve|полпервого|полпервого дня",
    "12:45": "quarter to one|без четверти час",
    "00:30": "полпервого ночи|half past 12 am|00:30",
    "23:45": "quarter to 12 am|23:45",
    "11:30": "полдвенадцатого утра|полдвенадцатого",
    "21:00": "в 9 ночи|9 at night|двадцать один час",
    "04:00": "4 ночи|4 утра|four at night",
    "20:30": "twenty thirty|двадцать тридцать",
}
SPELLINGS = [
    (spelling.strip(), clock)
    for clock, spellings in UNDERSTOOD.items()
    for spelling in spellings.replace("\n", "|").split("|")
]
REFUSED = """my legs went numb|ноги онемели|hello|tomorrow||   |25:00|7:75|24:00|7:3|7:30:00|12345|99|0|00|7:30 or 8|8 9
    2026|1945|112|911|103|111|+7|-7|7%|37°|7/10|боль 7 из 10|10 восьмого|7.5|I am 45|am 7|one|I want one
    every 2 hours|in 2 hours|через 2 часа|через 30 минут|30 минут|7 days|for 7 days|7 times
    not before 9|not at 7|не в 8|до 8|после 8|before 7|after 8|from 7 to 9|с 7 до 9|5 to 8|7-10|7 to 8|8 – 9
    13 am|12 утра|12 вечера|5 ночи|3 вечера|7 pm am|в час|half|quarter|half past|half 25|noon am|quarter to 0
    в половине|полчаса|пол|без 7|без 0 семь|pol|o8|h|7 noon|двадцать пять|полтринадцатого|8 8 8|0 minutes to 8 am|60 minutes to 8|99 minutes to 8 am|it was 7"""
digits_only = st.sampled_from(
    [
        "{h}:{m:02}",
        "{h:02}:{m:02}",
        "{h}.{m:02}",
        "{h} {m:02}",
        "at {h}:{m:02}",
        "в {h} ч {m:02} мин",
        "{h}h{m:02}",
    ]
)


@pytest.mark.parametrize(("spelling", "clock"), SPELLINGS)
def test_people_write_times_in_many_ways(spelling: str, clock: str) -> None:
    assert parse_time(spelling) == time.fromisoformat(clock)


@pytest.mark.parametrize("text", [text.strip() for text in REFUSED.replace("\n", "|").split("|")])
def test_what_is_not_surely_one_time_is_asked_again(text: str) -> None:
    assert parse_time(text) is None


@given(at=st.times(), form=digits_only)
def test_every_minute_of_the_day_comes_back_from_digits(at: time, form: str) -> None:
    said = form.format(h=at.hour, m=at.minute)
    assert parse_time(said) == time(at.hour, at.minute)


@given(at=st.times())
def test_every_minute_of_the_day_comes_back_from_am_and_pm(at: time) -> None:
    said = f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"
    assert parse_time(said) == time(at.hour, at.minute)


@given(hour=st.integers(1, 12), minutes=st.integers(1, 59))
def test_past_and_to_meet_on_every_minute(hour: int, minutes: int) -> None:
    past = parse_time(f"{minutes} minutes past {hour}")
    to = parse_time(f"{60 - minutes} minutes to {hour % 12 + 1}")
    assert past == time(hour, minutes)
    assert to == past


@given(text=st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    parse_time(text)


@given(text=st.text(alphabet=st.characters(categories=["Ll", "Lu", "Zs", "Po"]), max_size=40))
def test_letters_that_are_no_time_words_are_no_time(text: str) -> None:
    words = "".join(f"x{char}" if char.isalpha() else char for char in text)
    assert parse_time(words) is None


@given(at=st.times(), noise=st.sampled_from(["not", "numb", "pain", "2", "не", "боль", "раза"]))
def test_one_word_too_many_and_it_is_no_time(at: time, noise: str) -> None:
    assert parse_time(f"{noise} {at.hour}:{at.minute:02}") is None


def test_a_long_story_is_no_time() -> None:
    assert parse_time("please " * 20 + "7:30") is None


@pytest.mark.parametrize("text", ["²", "²:³⁰", "⑦"])
def test_a_raised_or_circled_digit_is_no_time(text: str) -> None:
    assert parse_time(text) is None
