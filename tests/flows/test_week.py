"""My week: what was done, put off, let go and left unanswered stand apart, and nobody is blamed."""

import re
from datetime import timedelta

import pytest

from bot.core import actions as act
from bot.core.plans import Taken
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in, next_ring

A_LONG_ROW = 75  # longer than the 60 days that were kept once
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
BLAME = re.compile(
    r"\b(?:miss(?:ed|ing)?|fail\w*|lazy|should|must|sham\w+|sorry|forg[eo]t\w*|bad|broken?|lost|zero"
    r"|guilt\w*|ignor\w*|пропустили|провал\w*|лень|ленив\w*|забыл\w*|стыд\w*|плохо|должн\w*|надо"
    r"|вин[аы]|жаль|сорвал\w*|упусти\w*|игнор\w*)\b"
)
"""Words with which a week could be reproached."""


async def mornings_on(talk: Talk, language: str = "en") -> None:
    await joins_in(talk, language)
    await talk.wants(act.SetMorning(on=True))


async def answered(talk: Talk, *keys: str) -> list[Taken]:
    """Let one morning come for each key, and say that to it; "" says nothing."""
    taken = []
    for key in keys:
        taken.append(await next_ring(talk))
        if key:
            language = talk.shown.language
            await talk.taps(talk.voice.say(language, f"reminder.{key}", minutes="10"))
    return taken


async def put_off(talk: Talk) -> None:
    """Put one morning off, and leave its second ringing without an answer."""
    await answered(talk, "later")
    await next_ring(talk)


def lines(talk: Talk) -> list[str]:
    return talk.said.splitlines()


@pytest.mark.parametrize(
    ("language", "invitation"),
    [
        ("en", "Nothing yet. Any day is a good one to begin."),
        ("ru", "Пока пусто. Начать можно в любой день."),
    ],
)
async def test_a_week_without_anything_is_an_invitation(
    talk: Talk, language: str, invitation: str
) -> None:
    await mornings_on(talk, language)
    await talk.wants(act.ShowWeek())

    assert lines(talk)[-1] == invitation


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["✓ Done: 2", "Put off: 1", "Skipped: 1", "Without an answer: 2"]),
        ("ru", ["✓ Сделано: 2", "Отложено: 1", "Пропущено: 1", "Без ответа: 2"]),
    ],
)
async def test_done_put_off_let_go_and_unanswered_are_counted_apart(
    talk: Talk, language: str, expected: list[str]
) -> None:
    await mornings_on(talk, language)
    await answered(talk, "done", "skip", "", "")
    await put_off(talk)
    await answered(talk, "done")
    await talk.wants(act.ShowWeek())

    assert [line for line in lines(talk) if ":" in line] == expected


async def test_put_off_and_then_done_is_done(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, "later", "done")
    await talk.wants(act.ShowWeek())

    assert "✓ Done: 1" in lines(talk)
    assert "Put off" not in talk.said


async def test_what_is_not_there_is_not_mentioned(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, "done")
    await talk.wants(act.ShowWeek())

    assert "0" not in talk.said
    assert "Let go" not in talk.said
    assert "Without an answer" not in talk.said


async def test_only_the_last_seven_days_are_counted(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, *["done"] * 9)
    await talk.wants(act.ShowWeek())

    assert "✓ Done: 7" in lines(talk)


async def test_routines_without_a_reminder_are_days_on_ones_own(talk: Talk) -> None:
    await joins_in(talk, "en")
    for _ in range(9):
        talk.clock.turn(days=1)
        await talk.wants(act.Finished())
    await talk.wants(act.ShowWeek())

    assert "On your own: 7 days" in lines(talk)


@pytest.mark.parametrize(
    ("language", "days", "row"),
    [
        ("en", 2, "2 days in a row."),
        ("en", 5, "5 days in a row."),
        ("ru", 2, "2 дня подряд."),
        ("ru", 5, "5 дней подряд."),
        ("ru", 21, "21 день подряд."),
    ],
)
async def test_days_in_a_row_are_told_after_done_and_in_the_week(
    talk: Talk, language: str, days: int, row: str
) -> None:
    await mornings_on(talk, language)
    await answered(talk, *["done"] * days)
    assert row in lines(talk)

    await talk.wants(act.ShowWeek())
    assert row in lines(talk)


async def test_one_day_is_no_row_yet(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, "done")

    assert "in a row" not in talk.said


async def test_two_free_days_of_a_week_break_no_row(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, "done", "skip", "", "done")

    assert "2 days in a row." in talk.said


async def test_after_three_days_without_the_row_begins_anew_without_a_word(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, "done", "done", "skip", "skip", "skip", "done")

    assert talk.said == "Well done. Every bit counts."


async def test_a_pause_breaks_no_row(talk: Talk) -> None:
    await mornings_on(talk)
    await answered(talk, "done", "done")
    resumes = (talk.clock.now() + timedelta(days=10)).date()
    await talk.wants(act.PauseUntil(resumes))
    await answered(talk, "done")

    assert talk.clock.now().date() == resumes
    assert "3 days in a row." in talk.said


@LANGUAGES
async def test_hidden_days_in_a_row_are_mentioned_nowhere_until_shown_again(
    talk: Talk, language: str
) -> None:
    await mornings_on(talk, language)
    await answered(talk, "done", "done")
    await talk.wants(act.ShowWeek())
    await talk.taps(talk.voice.say(language, "week.hide-streaks"))
    said = [talk.said]
    await answered(talk, "done")
    said.append(talk.said)
    await talk.wants(act.Finished())
    said.append(talk.said)
    assert not [text for text in said if "in a row" in text or "подряд" in text]

    await talk.wants(act.ShowWeek())
    await talk.taps(talk.voice.say(language, "week.show-streaks"))
    assert talk.voice.count(language, "week.streak", 3) in talk.said


@LANGUAGES
@pytest.mark.parametrize("key", ["", "skip"])
async def test_a_week_in_which_nothing_was_done_gets_no_word_of_blame(
    talk: Talk, language: str, key: str
) -> None:
    await mornings_on(talk, language)
    said = []
    for _ in range(7):
        await answered(talk, key)
        said.append(talk.said)
    await talk.wants(act.ShowWeek())
    said.append(talk.said)

    assert BLAME.findall(" ".join(said).casefold()) == []
    assert "!" not in "".join(said)


@LANGUAGES
async def test_no_line_that_opens_a_reminder_blames_anybody(talk: Talk, language: str) -> None:
    for kind in ("morning", "break"):
        for line in talk.voice.content.reminders[kind, language]:
            assert BLAME.findall(line.casefold()) == []


async def test_the_week_of_somebody_of_whom_nothing_is_kept_asks_first_whether_it_may_be(
    talk: Talk,
) -> None:
    await talk.wants(act.ShowWeek())

    assert "To send reminders, I need to keep a few things." in talk.said
    assert CHAT not in talk.store.subscribers


async def test_a_long_row_of_days_without_reminders_is_counted_to_its_end(talk: Talk) -> None:
    await joins_in(talk, "en")
    for _ in range(A_LONG_ROW):
        await talk.wants(act.Finished())
        talk.clock.turn(days=1)
    await talk.wants(act.ShowWeek())

    assert f"{A_LONG_ROW} days in a row" in talk.said
