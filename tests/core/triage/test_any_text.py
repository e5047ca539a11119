"""Screening holds for whatever a chat can carry."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.screening import load_screener
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Verdict

CONTENT = Path(__file__).parents[3] / "content" / "triage"
ACUTE = (
    "my legs went numb and I cannot pee",
    "Suddenly both my legs are numb",
    "не чувствую ног и не могу пописать",
    "хочу умереть",
)
ANY_TEXT = st.text(st.characters(), max_size=300)
BENIGN_WORDS = st.lists(
    st.sampled_from(["we", "walk", "the", "dog", "at", "noon", "мы", "гуляем", "в", "парке"])
)


@cache
def screener() -> Screener:
    return load_screener(CONTENT)


@settings(deadline=None)  # the first call reads the lexicons
@given(ANY_TEXT)
def test_no_text_whatever_makes_the_screening_raise(text: str) -> None:
    screener().screen(text)


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "", " ", "_", "²", "٣", "a" * 100_000, "боль " * 20_000]
)
def test_odd_and_endless_texts_get_a_verdict(text: str) -> None:
    assert isinstance(screener().screen(text), Verdict)


@pytest.mark.parametrize("text", ACUTE)
@settings(deadline=None)  # the first call reads the lexicons
@given(before=BENIGN_WORDS, after=BENIGN_WORDS)
def test_an_acute_sentence_is_found_in_the_middle_of_a_story(
    text: str, before: list[str], after: list[str]
) -> None:
    story = f"{' '.join(before)}. {text}. {' '.join(after)}"

    assert screener().screen(story).referral


@pytest.mark.parametrize("text", ACUTE)
def test_an_acute_sentence_is_found_at_both_ends_of_a_hundred_thousand_characters(
    text: str,
) -> None:
    filler = "the weather is fine. " * 5_000

    assert screener().screen(text + ". " + filler).referral
    assert screener().screen(filler + text).referral


@pytest.mark.parametrize("text", ACUTE)
@settings(deadline=None)  # the first call reads the lexicons
@given(st.data())
def test_case_and_hidden_marks_change_nothing(text: str, data: st.DataObject) -> None:
    dressed = "".join(_dressed(data, letter) for letter in text)

    assert screener().screen(dressed).categories == screener().screen(text).categories


def _dressed(data: st.DataObject, letter: str) -> str:
    upper, hidden = data.draw(st.booleans()), data.draw(st.sampled_from(["", "\u200b", "\u2060"]))
    return (letter.upper() if upper else letter) + hidden


@pytest.mark.parametrize("text", ["my legs are nuuumb, can't peeee", "Ещё и не чувствую ноооог"])
def test_stretched_letters_are_read_as_meant(text: str) -> None:
    assert screener().screen(text).referral


@pytest.mark.parametrize(
    "text",
    [
        "7:30",
        "half past seven",
        "в 8 утра",
        "полвосьмого",
        "Berlin",
        "Набережные Челны",
        "stop",
        "I agree",
        "Согласен",
        "English",
        "Русский",
        "my back is stiff",
        "боли в спине",
        "Heat or cold",
        "Stiff neck",
        "Danger signs",
        "Morning exercise",
        "Тепло или холод",
        "/start",
        "Done",
        "Later",
    ],
)
def test_everyday_words_to_the_bot_stay_without_a_referral(text: str) -> None:
    assert not screener().screen(text).referral
