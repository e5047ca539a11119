"""Telegram's sending limits, and what is closed after they were overstepped."""

import pytest

from bot.simulator.api import Api
from bot.simulator.rates import MOST_CHATS, RateLimits
from bot.simulator.refusals import ApiError
from bot.simulator.windows import MOST_CHATS as MOST_WINDOWS
from bot.simulator.windows import Windows
from tests.simulator.conftest import START, Clock, Ticks, refusal


def wait(limits: RateLimits, chat: int) -> int:
    """Send one message; return the whole seconds to wait for it."""
    found = limits.ask(chat)
    return found.seconds if found else 0


def test_a_chat_takes_a_small_burst_and_then_one_message_a_second(ticks: Ticks) -> None:
    limits = RateLimits(ticks)
    assert [wait(limits, 1) for _ in range(4)] == [0, 0, 0, 1]

    ticks.now += 1
    assert [wait(limits, 1) for _ in range(2)] == [0, 1]
    assert limits.ask(2) is None


def test_all_chats_together_take_30_messages_a_second(ticks: Ticks) -> None:
    limits = RateLimits(ticks)
    assert [wait(limits, chat) for chat in range(1, 32)] == [0] * 30 + [1]

    ticks.now += 1
    assert [wait(limits, chat) for chat in range(1, 32)] == [0] * 30 + [1]


def test_a_group_takes_20_messages_a_minute(ticks: Ticks) -> None:
    limits = RateLimits(ticks)
    assert [wait(limits, -7) for _ in range(21)] == [0] * 20 + [3]

    ticks.now += 60
    assert [wait(limits, -7) for _ in range(21)] == [0] * 20 + [3]


def test_a_message_that_comes_too_fast_names_whose_limit_it_met(ticks: Ticks) -> None:
    limits = RateLimits(ticks, chat_burst=1, burst=3)
    met = [limits.ask(chat) for chat in (1, 1, 2, 3, 4)]

    assert [found.everyone if found else None for found in met] == [None, False, None, None, True]


def test_a_refused_message_is_not_counted(ticks: Ticks) -> None:
    limits = RateLimits(ticks, chat_burst=1)
    assert [wait(limits, 1) for _ in range(50)] == [0] + [1] * 49

    ticks.now += 1
    assert limits.ask(1) is None


def test_quiet_chats_are_forgotten(ticks: Ticks) -> None:
    limits = RateLimits(ticks, rate=1e6, burst=10**6)
    for chat in range(MOST_CHATS):
        limits.ask(chat)
    ticks.now += 5
    limits.ask(-1)

    assert list(limits._chats) == [-1]


def test_the_limits_hit_sends_and_edits_and_name_the_wait(clock: Clock, ticks: Ticks) -> None:
    api = Api(clock.now, limits=RateLimits(ticks, chat_burst=1), tick=ticks)
    ann = api.add_person("Ann", started=True)
    api.call("sendMessage", {"chat_id": ann, "text": "one"})
    with pytest.raises(ApiError) as caught:
        api.call("sendMessage", {"chat_id": ann, "text": "two"})

    assert caught.value.reply() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert refusal(api, "editMessageText", chat_id=ann, message_id=1, text="x").startswith("429")
    assert api.call("sendChatAction", {"chat_id": ann, "action": "typing"})
    assert [call.at for call in api.log.calls] == [100.0] * 4


def test_who_goes_on_in_a_closed_chat_is_refused_and_counted(clock: Clock, ticks: Ticks) -> None:
    api = Api(clock.now, limits=RateLimits(ticks, chat_burst=1, chat_rate=0.2), steady=ticks)
    ann, ben = (api.add_person(name, started=True) for name in ("Ann", "Ben"))
    text = {"chat_id": ann, "text": "hi"}
    api.call("sendMessage", text)
    assert refusal(api, "sendMessage", **text).endswith("retry after 5")
    ticks.now += 2
    assert refusal(api, "sendMessage", **text).endswith("retry after 3")
    assert api.call("sendMessage", text | {"chat_id": ben})
    assert api.call("sendChatAction", {"chat_id": ann, "action": "typing"})
    ticks.now += 3
    assert api.call("sendMessage", text)

    assert (api.windows.given, api.windows.violations) == (2, 1)


def test_too_much_in_all_chats_closes_all_of_them(clock: Clock, ticks: Ticks) -> None:
    api = Api(clock.now, limits=RateLimits(ticks, burst=1, rate=0.5), steady=ticks)
    ann, ben = (api.add_person(name, started=True) for name in ("Ann", "Ben"))
    api.call("sendMessage", {"chat_id": ann, "text": "hi"})
    assert refusal(api, "sendMessage", chat_id=ben, text="hi").endswith("retry after 2")

    assert api.windows.left(ann) == api.windows.all_left() == 2
    ticks.now += 2
    assert api.windows.left(ann) == api.windows.all_left() == 0
    assert api.call("sendMessage", {"chat_id": ben, "text": "hi"})


def test_a_longer_wait_stays_and_chats_that_are_open_again_are_forgotten(ticks: Ticks) -> None:
    windows = Windows(ticks)
    windows.close(9, 1)
    windows.close(2, 1)
    windows.close(5)
    assert (windows.left(1), windows.left(2)) == (9, 5)

    ticks.now += 9
    for chat in range(2, MOST_WINDOWS + 3):
        windows.close(0, chat)
    assert len(windows._chats) < MOST_WINDOWS


def test_without_limits_a_burst_goes_through(api: Api, ann: int) -> None:
    for _ in range(100):
        api.call("sendMessage", {"chat_id": ann, "text": "hi"})


def test_the_log_keeps_time_by_the_wall_clock_unless_told_otherwise(api: Api) -> None:
    api.call("getMe", {})

    assert api.log.calls[0].at == START.timestamp()
