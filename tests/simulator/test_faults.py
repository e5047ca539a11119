"""Faults on order: which calls they hit, when, how often, and the same again for the same seed."""

import pytest

from bot.simulator import faults as module
from bot.simulator.courses import COURSES, KINDS, Kind
from bot.simulator.faults import Fault, Faults, refusal_of
from tests.simulator.conftest import Ticks


def hits(faults: Faults, *calls: tuple[str, int]) -> list[str]:
    """Return the kinds that these calls meet, "" for none."""
    found = [faults.take(*call) for call in calls]
    return [fault.kind if fault else "" for fault in found]


def test_a_fault_hits_its_method_and_chat_so_many_times() -> None:
    faults = Faults()
    faults.order(Fault("sendMessage", "502", times=2, chat=5))

    assert hits(faults, ("getMe", 5), ("sendMessage", 6)) == ["", ""]
    assert hits(faults, *[("sendMessage", 5)] * 3) == ["502", "502", ""]


def test_a_fault_of_every_method_comes_after_older_ones_and_can_be_cleared() -> None:
    faults = Faults()
    faults.order(Fault("getMe", "403"))
    faults.order(Fault("", "502", times=9))

    assert hits(faults, ("getMe", 0), ("getMe", 0)) == ["403", "502"]
    faults.clear()
    assert faults.take("getMe", 0) is None


def test_a_star_stands_for_the_rest_of_a_methods_name() -> None:
    faults = Faults()
    faults.order(Fault("send*", "502", times=None))

    assert hits(faults, ("sendPhoto", 1), ("editMessageText", 1)) == ["502", ""]


def test_a_429_for_every_method_leaves_those_that_telegram_does_not_limit() -> None:
    faults = Faults()
    faults.order(Fault("", "429", times=None))
    free = [("getUpdates", 0), ("answerCallbackQuery", 0), ("sendChatAction", 1)]

    assert hits(faults, *free) == ["", "", ""]
    assert hits(faults, ("sendMessage", 1), ("editMessageText", 1)) == ["429", "429"]


def test_another_poller_disturbs_only_who_asks_for_updates() -> None:
    faults = Faults()
    faults.order(Fault("", "409"))

    assert hits(faults, ("sendMessage", 1), ("getUpdates", 0)) == ["", "409"]


def test_a_fault_hits_only_in_its_time(ticks: Ticks) -> None:
    faults = Faults(ticks)
    faults.order(Fault("", "502", times=None, after=10, lasts=5))
    found = []
    for _ in range(5):
        found += hits(faults, ("getMe", 0))
        ticks.now += 4

    assert found == ["", "", "", "502", ""]
    assert faults.standing() == []


def test_a_fault_can_let_calls_pass_and_hit_the_nth() -> None:
    faults = Faults()
    faults.order(Fault("sendMessage", "502", skip=2, chat=1))

    calls = [("sendMessage", chat) for chat in (1, 2, 1, 1, 1)]
    assert hits(faults, *calls) == ["", "", "", "502", ""]


def test_a_share_of_calls_is_hit_and_the_same_ones_for_the_same_seed() -> None:
    def some(seed: int, *before: Fault) -> list[str]:
        faults = Faults(seed=seed)
        for fault in (*before, Fault("getMe", "502", times=None, share=0.1)):
            faults.order(fault)
        return hits(faults, *[("getMe", 0)] * 1000)

    assert 70 < some(7).count("502") < 130
    assert some(7) == some(7)
    assert some(7) != some(8)


def test_one_order_does_not_change_the_chances_of_another() -> None:
    alone, beside = Faults(seed=3), Faults(seed=3)
    for faults in (alone, beside):
        faults.order(Fault("getMe", "502", times=None, share=0.5))
    beside.order(Fault("getChat", "502", times=None, share=0.5))
    calls = [("getMe", 0)] * 50
    mixed = [call for _ in range(50) for call in (("getMe", 0), ("getChat", 0))]

    assert hits(alone, *calls) == hits(beside, *mixed)[::2]


def test_an_order_can_be_taken_back_by_its_number(ticks: Ticks) -> None:
    faults = Faults(ticks)
    first, second = (faults.order(Fault("getMe", kind)) for kind in ("500", "502"))
    faults.end(first)
    faults.end(first)

    assert [order.number for order in faults.standing()] == [second]
    assert hits(faults, ("getMe", 0)) == ["502"]


def test_more_orders_than_can_be_kept_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    faults = Faults()
    for _ in range(2):
        faults.order(Fault("getMe", "500"))
    with pytest.raises(ValueError, match="clear some first"):
        faults.order(Fault("getMe", "500"))
    faults.take("getMe", 0)

    assert faults.order(Fault("getMe", "500")) == 3


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("429", "Too Many Requests: retry after 1000"),
        ("429-all", "Too Many Requests: retry after 1000"),
        ("400-chat", "Bad Request: chat not found"),
        ("400-entities", "Bad Request: can't parse entities: unexpected end of the entity"),
        ("401", "Unauthorized"),
        ("403", "Forbidden: bot was blocked by the user"),
        ("403-gone", "Forbidden: user is deactivated"),
        ("404", "Not Found"),
    ],
)
def test_faults_that_are_refusals_use_telegrams_words(kind: Kind, words: str) -> None:
    error = refusal_of(Fault("", kind, seconds=999.5))

    assert str(error) == words
    assert error is not None
    assert error.retry_after == (1000 if error.code == 429 else 0)


def test_a_moved_chat_is_refused_with_its_new_id() -> None:
    error = refusal_of(Fault("", "migrated", to=-100))

    assert error is not None
    assert error.reply()["parameters"] == {"migrate_to_chat_id": -100}


def test_every_kind_is_either_a_refusal_or_has_a_course_of_its_own() -> None:
    for kind in KINDS:
        error = refusal_for_kind(kind)
        assert (error is None) == (kind in COURSES)


def refusal_for_kind(kind: str) -> object:
    return refusal_of(Fault("", kind))  # type: ignore[arg-type]  # each of KINDS is a Kind
