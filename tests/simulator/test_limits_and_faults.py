"""Telegram's sending limits, and faults on order."""

import pytest

from bot.simulator.api import Api
from bot.simulator.faults import Fault, Faults, refusal_of
from bot.simulator.rates import MOST_CHATS, RateLimits
from bot.simulator.refusals import ApiError
from tests.simulator.conftest import START, Clock, refusal


class Ticks:
    """Steady seconds that stand until they are moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def test_a_chat_takes_a_small_burst_and_then_one_message_a_second(ticks: Ticks) -> None:
    limits = RateLimits(ticks)
    assert [limits.wait(1) for _ in range(4)] == [0, 0, 0, 1]

    ticks.now += 1
    assert [limits.wait(1) for _ in range(2)] == [0, 1]
    assert limits.wait(2) == 0


def test_all_chats_together_take_30_messages_a_second(ticks: Ticks) -> None:
    limits = RateLimits(ticks)
    assert [limits.wait(chat) for chat in range(1, 32)] == [0] * 30 + [1]

    ticks.now += 1
    assert [limits.wait(chat) for chat in range(1, 32)] == [0] * 30 + [1]


def test_a_refused_message_is_not_counted(ticks: Ticks) -> None:
    limits = RateLimits(ticks, chat_burst=1)
    assert [limits.wait(1) for _ in range(50)] == [0] + [1] * 49

    ticks.now += 1
    assert limits.wait(1) == 0


def test_quiet_chats_are_forgotten(ticks: Ticks) -> None:
    limits = RateLimits(ticks, rate=1e6, burst=10**6)
    for chat in range(MOST_CHATS):
        limits.wait(chat)
    ticks.now += 5
    limits.wait(-1)

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


def test_without_limits_a_burst_goes_through(api: Api, ann: int) -> None:
    for _ in range(100):
        api.call("sendMessage", {"chat_id": ann, "text": "hi"})


def test_a_fault_hits_its_method_and_chat_so_many_times() -> None:
    faults = Faults()
    faults.order(Fault("sendMessage", "502", times=2, chat=5))
    hits = [faults.take(*call) for call in [("getMe", 5), ("sendMessage", 6)]]
    assert hits == [None, None]

    hits = [faults.take("sendMessage", 5) for _ in range(3)]
    assert [hit is not None for hit in hits] == [True, True, False]


def test_a_fault_of_every_method_comes_after_older_ones_and_can_be_cleared() -> None:
    faults = Faults()
    faults.order(Fault("getMe", "403"))
    faults.order(Fault("", "502", times=9))

    kinds = [fault.kind for fault in (faults.take("getMe", 0) for _ in range(2)) if fault]
    assert kinds == ["403", "502"]
    faults.clear()
    assert faults.take("getMe", 0) is None


def test_faults_that_are_refusals_use_telegrams_words() -> None:
    retry = refusal_of(Fault("", "429", seconds=1000))
    assert retry is not None
    assert retry.retry_after == 1000
    assert str(refusal_of(Fault("", "403"))) == "Forbidden: bot was blocked by the user"
    assert str(refusal_of(Fault("", "401"))) == "Unauthorized"
    assert refusal_of(Fault("", "502")) is None


def test_the_log_keeps_time_by_the_wall_clock_unless_told_otherwise(api: Api) -> None:
    api.call("getMe", {})

    assert api.log.calls[0].at == START.timestamp()
