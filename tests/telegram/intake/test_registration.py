import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import TokenRefusedError
from bot.telegram.intake.registration import Registration

URL = "https://bot.example.org/telegram"
OURS = {"url": URL, "pending_update_count": 0}


class EnoughError(Exception):
    """The test has seen what it wanted."""


@dataclass
class Telegram:
    """Answers as told, then with ours; ends the test after so many sleeps."""

    answers: list[object] = field(default_factory=list)
    sleeps: int = 1
    called: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    contacts: int = 0

    async def call(self, method: str, _params: dict[str, Any]) -> object:
        self.called.append(method)
        answer = self.answers.pop(0) if self.answers else OURS
        if isinstance(answer, TelegramError):
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        if len(self.slept) == self.sleeps:
            raise EnoughError
        self.slept.append(seconds)
        await asyncio.sleep(0)

    def touch(self) -> None:
        self.contacts += 1

    async def keep(self) -> None:
        registration = Registration(URL, "heron-heron", self.call, self.touch, self.sleep)
        assert "heron" not in repr(registration)
        with pytest.raises(EnoughError):
            await registration.keep()


async def test_once_it_is_set_it_is_only_looked_at() -> None:
    telegram = Telegram(sleeps=3)
    await telegram.keep()

    assert telegram.called == ["setWebhook", *["getWebhookInfo"] * 3]
    assert telegram.contacts == 4


@pytest.mark.parametrize("info", [{"url": ""}, {"url": "https://other.example.org/x"}, True])
async def test_a_webhook_that_somebody_changed_is_set_again(
    info: object, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Telegram([True, info])
    await telegram.keep()

    assert telegram.called == ["setWebhook", "getWebhookInfo", "setWebhook"]
    assert "webhook was changed" in caplog.text
    assert "other.example.org" not in caplog.text


async def test_a_telegram_that_does_not_take_it_is_asked_again_with_growing_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fails = [NetworkError("down"), BadRequest("bad webhook"), *[NetworkError("down")] * 6]
    telegram = Telegram(list(fails), sleeps=8)
    await telegram.keep()

    assert telegram.slept == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert telegram.contacts == 1
    assert caplog.records[1].__dict__["cause"] == "bad webhook"


async def test_a_flood_wait_is_kept_to_the_second() -> None:
    telegram = Telegram([RetryAfter(timedelta(seconds=7))])
    await telegram.keep()

    assert telegram.slept == [7]


async def test_a_refused_token_ends_with_one_line_that_says_what_to_do() -> None:
    telegram = Telegram([InvalidToken()])
    registration = Registration(URL, "x", telegram.call, telegram.touch, telegram.sleep)

    with pytest.raises(TokenRefusedError, match="BotFather"):
        await registration.keep()


async def test_a_token_whose_refusal_is_not_certain_yet_is_tried_again() -> None:
    telegram, refusals = Telegram([InvalidToken(), InvalidToken()], sleeps=2), []
    registration = Registration(URL, "x", telegram.call, telegram.touch, telegram.sleep)
    registration.refused = lambda: refusals.append(len(telegram.called))
    with pytest.raises(EnoughError):
        await registration.keep()

    assert (refusals, telegram.slept, telegram.contacts) == ([1, 2], [0.5, 1], 1)


async def test_a_failed_delivery_is_told_once_each_and_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failed(at: int) -> dict[str, object]:
        return {**OURS, "last_error_date": at, "last_error_message": "canary"}

    telegram = Telegram([True, failed(5), failed(5), failed(9), OURS], sleeps=4)
    await telegram.keep()

    assert caplog.text.count("could not deliver") == 2
    assert "canary" not in caplog.text
