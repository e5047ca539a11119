"""Typed days: what is surely one day is taken, everything else is asked again."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.spoken_date import parse_date

MONDAY = date(2026, 3, 2)
UNDERSTOOD = {
    "2026-03-02": "today|сегодня|02.03|2 March",
    "2026-03-01": "yesterday|вчера|1.3|March 1st",
    "2026-03-03": """tomorrow|Tomorrow!|until tomorrow please|завтра|до завтра|tuesday|in a day|через день
        через один день""",
    "2026-03-04": "day after tomorrow|the day after tomorrow|послезавтра|Wed|в среду|до среды|in two days",
    "2026-03-05": "in 3 days|for three days|3 days|через 3 дня|на три дня|через трёх дней|thurs.|до четверга",
    "2026-03-06": "friday|on Friday|next friday|till fri|в пятницу|до пятницы|к пт|в следующую пятницу",
    "2026-03-07": "saturday|this sat|суббота|сб.|в субботу",
    "2026-03-08": "sunday|sun|воскресенье|до воскресенья|вс|8 марта|in six days",
    "2026-03-09": """monday|mon|понедельник|до понедельника|in a week|next week|one week|for a week|через неделю
        на неделю|неделя|через одну неделю|7 days|7 дней""",
    "2026-03-16": "in two weeks|for 2 weeks|через две недели|на 2 недели|14 дней",
    "2026-05-05": "5 May|May 5|may 5th|the 5th of May|5th May|5 мая|5-го мая|5-е мая|до 5 мая|5май|5/5|05.05.",
    "2026-11-30": """30.11|30.11.|30/11|30-11|30.11.2026|30/11/26|30-11-2026|2026-11-30|2026.11.30|11/30|11/30/2026
        30 Nov|Nov 30|nov. 30|30. Nov|Nov 30, 2026|nov. 30 2026|30 nov 2026|November 30th, 2026|30-Nov-2026
        30 ноября|до 30 ноября|30 нояб.|30 нояб. 2026|30 ноября 2026 года|30.11.2026 г.|поставь паузу до 30.11
        ３０.１１|🙏 30.11""",
    "2026-04-03": "03/04|3/4|3.4|03.04.2026|3 апр|Apr. 3",
    "2026-04-15": "15/4|4/15|04/15/2026",
    "2026-12-25": "25/12|12/25|25 дек|Dec 25",
    "2027-02-28": "28.02.2027|28 Feb 2027",
    "2026-02-28": "28.02|28 февраля",
}
LATER = {
    "2026-04-02": "a month|in a month|через месяц|на месяц|for one month",
    "2026-05-02": "in two months|2 months|через 2 месяца|на два месяца",
    "2027-03-02": "in 12 months|через 12 месяцев",
    "2026-04-01": "end of month|until the end of the month|до конца месяца|1st|первого числа",
    "2026-03-09": "end of the week|till end of week|до конца недели|Monday next week|next week on Monday",
    "2026-03-13": "Friday next week|в пятницу на следующей неделе|до пятницы следующей недели",
    "2026-12-01": "первого декабря|до первого декабря|1 декабря|first of December|the first of december",
    "2026-03-15": "15th|the 15th|on the 15th|15-го|15го числа|15 числа|до пятнадцатого|fifteenth",
    "2026-12-21": "двадцать первого декабря|twenty first of december|twenty-first of December",
    "2026-12-30": "тридцатого декабря|the thirtieth of December",
    "2026-12-31": "тридцать первого декабря|31-го декабря",
    "2026-03-31": "31st",
}
SPELLINGS = [
    (spelling.strip(), day)
    for day, spellings in (*UNDERSTOOD.items(), *LATER.items())
    for spelling in spellings.replace("\n", "|").split("|")
]
REFUSED = """hello||  |numb|30|2026|may|may may|m|d|d.m|dm|md|d.d|d.d.d|mdd|dmd|.|/|30.|.11|30.11.2026.5|30..11
    30.02|31.04|32.1|0.5|5.0|13/13|29.02|29 Feb 2027|1.1.99999|1.1.99999999999999999999|9999999999999.3
    3 5|7:30|30.11 7:30|at 7|not on friday|after friday|friday or saturday|friday friday|с 5 мая|не в пятницу
    in|in 0 days|0 дней|-3 days|367 days|3 days ago|few days|13 months|через|0 месяцев|32nd|end|end of day|th|15th 16th|first second|числа|через неделю и день
    30 Nov Dec|30 30 Nov|Nov|5 may pain|my back hurts since 30.11|завтра болит|in in 3 days|every day"""
FORMS = [
    "{d}.{m}.{y}",
    "{d:02}.{m:02}.{y}",
    "{d}/{m}/{y}",
    "{y}-{m:02}-{d:02}",
    "{d} {english} {y}",
    "{english} {d}, {y}",
    "the {d} of {english} {y}",
    "до {d} {russian} {y} года",
    "{d}-го {russian} {y}",
]
ENGLISH = "January February March April May June July August September October November December"
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
NEAR_FORMS = ["{d}.{m}", "{d:02}/{m:02}", "{d} {english}", "{english} {d}", "до {d} {russian}"]
WEEKDAYS = {
    "monday": "понедельник",
    "tuesday": "вторник",
    "wednesday": "среду",
    "thursday": "четверг",
    "friday": "пятницу",
    "saturday": "субботу",
    "sunday": "воскресенье",
}
days = st.dates(date(2001, 1, 1), date(2099, 12, 31))


def said(form: str, day: date) -> str:
    return form.format(
        d=day.day,
        m=day.month,
        y=day.year,
        english=ENGLISH.split()[day.month - 1],
        russian=RUSSIAN.split()[day.month - 1],
    )


@pytest.mark.parametrize(("spelling", "day"), SPELLINGS)
def test_people_write_days_in_many_ways(spelling: str, day: str) -> None:
    assert parse_date(spelling, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", [text.strip() for text in REFUSED.replace("\n", "|").split("|")])
def test_what_is_not_surely_one_day_is_asked_again(text: str) -> None:
    assert parse_date(text, MONDAY) is None


@given(day=days, today=days, form=st.sampled_from(FORMS))
def test_any_day_with_its_year_is_read_back_whenever_it_is_said(
    day: date, today: date, form: str
) -> None:
    assert parse_date(said(form, day), today) == day


@given(today=days, ahead=st.integers(-182, 182), form=st.sampled_from(NEAR_FORMS))
def test_any_day_within_half_a_year_is_read_back_without_its_year(
    today: date, ahead: int, form: str
) -> None:
    day = today + timedelta(days=ahead)
    # one of last year is past this year, too, so it comes round again
    expected = day if day.year >= today.year else day.replace(year=today.year)
    assert parse_date(said(form, day), today) == expected


@given(today=days, ahead=st.integers(1, 366))
def test_so_many_days_ahead_are_counted_from_today(today: date, ahead: int) -> None:
    for text in (f"in {ahead} days", f"через {ahead} дней"):
        assert parse_date(text, today) == today + timedelta(days=ahead)


@given(today=days, names=st.sampled_from(list(WEEKDAYS.items())))
def test_a_weekday_is_the_next_of_its_name_and_never_today(
    today: date, names: tuple[str, str]
) -> None:
    english, russian = names
    found = parse_date(english, today)
    assert found is not None
    assert found.strftime("%A").lower() == english
    assert 1 <= (found - today).days <= 7
    assert parse_date(f"в {russian}", today) == found


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2026-10-20", "5 Jan", "2027-01-05"),
        ("2026-10-20", "1 May", "2026-05-01"),
        ("2026-11-01", "3 May", "2026-05-03"),
        ("2026-11-01", "2 May", "2027-05-02"),
        ("2026-01-05", "30.12", "2026-12-30"),
        ("2027-11-10", "29.02", "2028-02-29"),
        ("2028-02-20", "29 февраля", "2028-02-29"),
    ],
)
def test_a_day_long_past_is_the_one_of_next_year(today: str, text: str, day: str) -> None:
    assert parse_date(text, date.fromisoformat(today)) == date.fromisoformat(day)


def test_the_29th_of_february_is_no_day_where_neither_year_has_one() -> None:
    assert parse_date("29.02", date(2028, 10, 1)) is None


@given(day=days, noise=st.sampled_from(["not", "numb", "pain", "7", "не", "боль", "раза"]))
def test_one_word_too_many_and_it_is_no_day(day: date, noise: str) -> None:
    assert parse_date(f"{noise} {day.day}.{day.month}.{day.year}", MONDAY) is None


def test_a_long_story_is_no_day() -> None:
    assert parse_date("please " * 7 + "30.11", MONDAY) == date(2026, 11, 30)
    assert parse_date("please " * 9 + "30.11", MONDAY) is None


@given(text=st.text() | st.text(alphabet="0123456789dm.-/ ", max_size=12))
@example("d.m")
@example("1.1.99999999999999999999")
def test_no_text_makes_it_fail(text: str) -> None:
    parse_date(text, MONDAY)


def test_a_month_on_is_the_last_day_of_a_shorter_month() -> None:
    assert parse_date("in a month", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_date("через 2 месяца", date(2026, 12, 31)) == date(2027, 2, 28)


def test_a_day_of_the_month_is_the_next_one_that_there_is() -> None:
    assert parse_date("31st", date(2026, 3, 31)) == date(2026, 5, 31)
    assert parse_date("2nd", MONDAY) == date(2026, 4, 2)


def test_the_end_of_a_week_or_month_is_the_day_after_it() -> None:
    assert parse_date("end of the week", date(2026, 3, 8)) == date(2026, 3, 9)
    assert parse_date("до конца месяца", date(2026, 12, 31)) == date(2027, 1, 1)
