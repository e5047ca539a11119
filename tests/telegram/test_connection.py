"""Whether Telegram is there, and whether it knows the token, over time."""

from dataclasses import dataclass

import pytest

from bot.errors import TokenRefusedError
from bot.telegram.connection import REFUSED_SECONDS, SILENT_SECONDS, Connection
from bot.telegram.limiter import Pacer


@dataclass
class Seconds:
    moment: float = 1000.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def telegram(seconds: Seconds) -> Connection:
    return Connection("1:a", "https://api.example.org", Pacer(29), steady=seconds)


def test_we_are_in_touch_from_an_answer_on_until_there_was_none_for_long(
    telegram: Connection, seconds: Seconds
) -> None:
    assert not telegram.in_touch()
    telegram.note_answer()
    assert telegram.in_touch()

    seconds.moment += SILENT_SECONDS
    assert not telegram.in_touch()


def test_one_refusal_of_the_token_is_seen_at_once_and_forgotten_with_the_next_answer(
    telegram: Connection, seconds: Seconds
) -> None:
    for _ in range(3):
        telegram.note_answer()
        assert telegram.in_touch()
        telegram.note_refusal()
        assert not telegram.in_touch()
        seconds.moment += REFUSED_SECONDS


def test_a_token_that_is_refused_for_minutes_is_wrong_and_the_text_says_what_to_do(
    telegram: Connection, seconds: Seconds
) -> None:
    telegram.note_answer()
    telegram.note_refusal()
    seconds.moment += REFUSED_SECONDS - 1
    telegram.note_refusal()

    seconds.moment += 1
    with pytest.raises(TokenRefusedError, match="BotFather"):
        telegram.note_refusal()
