"""Wishes in words: a whole short message leads to a screen; a question about backs never does."""

from datetime import date, time
from pathlib import Path

import pytest

from benchmarks.questions import Question, read
from bot.core.content import Content
from bot.core.wishes import AROUND, WISHES, Wish, wish_of

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(path.name for path in DATA.glob("questions-*.tsv"))
TODAY = date(2026, 11, 26)
UNDERSTOOD = {
    "menu": "menu|Menu!|open the menu please|меню|Покажи меню",
    "reminders": "my reminders|reminders|напоминания|включи напоминания",
    "breaks": "remind me every hour|напоминай каждый час|Напоминай мне каждый час",
    "time": "change time|I want to change time|изменить время",
    "pause": "pause|Pause.|пауза|поставь на паузу",
    "exercises": "exercises|show me exercises|упражнения|хочу сделать зарядку",
    "settings": "settings|change language|настройки|сменить город",
    "help": "help|Help me!|помощь|что ты умеешь?",
    "stop": "stop|turn off reminders|Please turn off my reminders|стоп|выключи напоминания",
    "delete": "delete my data|удали мои данные",
    "greeting": "hello|Hi 🙂|good morning|привет|Добрый день!",
    "thanks": "thanks|Thank you!|спасибо|большое спасибо",
}
NO_WISHES = """|🙂|please|the|back|stop hurting|help my back|pause pain|exercises for the neck|112|911
    hello my neck hurts|спасибо шея болит|болит|stop the pain in my neck now please|in two weeks|friday
    не могу остановить боль|упражнения для шеи|помоги спина болит|7:30 pain"""


def wish(text: str, content: Content) -> Wish | None:
    return wish_of(text, content.word_lists.values(), TODAY)


@pytest.mark.parametrize(
    ("text", "name"), [(one, name) for name, said in UNDERSTOOD.items() for one in said.split("|")]
)
def test_a_wish_is_known_however_it_is_said(text: str, name: str, content: Content) -> None:
    assert wish(text, content) == Wish(name)


def test_every_wish_has_an_example() -> None:
    assert UNDERSTOOD.keys() == set(WISHES)


@pytest.mark.parametrize("text", ["7:30", "remind me at 7:30", "напоминай в 7:30", "полвосьмого"])
def test_a_time_alone_is_a_wish_for_that_time(text: str, content: Content) -> None:
    assert wish(text, content) == Wish("time", at=time(7, 30))


def test_midnight_is_a_time_like_others(content: Content) -> None:
    assert wish("0:00", content) == Wish("time", at=time(0))


@pytest.mark.parametrize(
    "text",
    ["pause until monday", "pause to 30.11", "пауза до понедельника", "поставь паузу до 30.11"],
)
def test_a_pause_with_a_day_keeps_the_day(text: str, content: Content) -> None:
    assert wish(text, content) == Wish("pause", day=date(2026, 11, 30))


@pytest.mark.parametrize("text", [one.strip() for one in NO_WISHES.replace("\n", "|").split("|")])
def test_one_word_more_than_the_wish_and_it_is_none(text: str, content: Content) -> None:
    assert wish(text, content) is None


@pytest.mark.parametrize("file", FILES)
def test_no_question_that_has_an_answer_is_a_wish(file: str, content: Content) -> None:
    asked: list[Question] = [question for question in read(DATA / file) if question.answers]
    assert len(asked) >= 100
    assert [question.text for question in asked if wish(question.text, content)] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_words_wish_two_things(language: str, content: Content) -> None:
    wishes = content.word_lists[language].wishes
    for name in WISHES:
        for words in wishes[name]:
            assert wish(words, content) == Wish(name), words
    assert not set(wishes[AROUND]) & {words for name in WISHES for words in wishes[name]}
