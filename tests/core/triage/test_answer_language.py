import pytest

from bot.core.triage.screener import Screener


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("болит спина и температура 38,5", "ru"),
        ("у меня 38,5", "ru"),
        ("38.5 and back pain", "en"),
        ("my legs went numb and I cannot pee", "en"),
        ("онемели обе ноги after the gym", "ru"),
    ],
)
def test_the_referral_answers_in_the_language_of_the_letters_around_a_number(
    screener: Screener, text: str, language: str
) -> None:
    assert screener.screen(text).language == language
