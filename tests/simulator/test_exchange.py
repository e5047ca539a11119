"""What is done of a call that meets a fault, what goes back, and what the ledger says. Without HTTP."""

import json

import pytest

from bot.simulator.api import Api
from bot.simulator.calls import Call, CallLog
from bot.simulator.courses import Kind, Reply, course_of
from bot.simulator.exchange import Answer, answer, meet
from bot.simulator.faults import Fault
from bot.simulator.refusals import ApiError
from tests.simulator.conftest import Clock, Ticks, refusal


def told(api: Api, chat: int, method: str = "sendMessage", text: str = "hi") -> Answer:
    """Make a call as a bot does, and return what goes back."""
    raw = {"chat_id": chat, "text": text}
    return answer(api, method, raw, fault=meet(api, method, raw))


def texts(api: Api, chat: int) -> list[str]:
    return [message.text for message in api.world.chats[chat].messages.values()]


@pytest.mark.parametrize(
    ("kind", "reply", "status", "copies"),
    [
        ("500", Reply.HTML, 500, 0),
        ("502", Reply.HTML, 502, 0),
        ("drop-before", Reply.HANG_UP, 0, 0),
        ("refused", Reply.HANG_UP, 0, 0),
        ("drop-after", Reply.HANG_UP, 0, 1),
        ("lost-reply", Reply.SILENCE, 0, 1),
        ("broken-json", Reply.TORN, 200, 1),
        ("no-json", Reply.NO_JSON, 200, 1),
        ("no-object", Reply.NO_OBJECT, 200, 1),
        ("delay", Reply.WHOLE, 200, 1),
        ("delay-before", Reply.WHOLE, 200, 1),
        ("403-gone", Reply.REFUSAL, 403, 0),
        ("400-same", Reply.REFUSAL, 400, 0),
    ],
)
def test_each_kind_does_the_deed_or_not_and_the_ledger_says_so(
    kind: Kind, reply: Reply, status: int, copies: int, *, api: Api, ann: int
) -> None:
    api.faults.order(Fault("sendMessage", kind))
    said = told(api, ann)

    assert (said.reply, said.status) == (reply, status)
    assert len(texts(api, ann)) == copies == api.log.copies[ann]
    [call] = api.log.calls
    assert (call.fault, call.delivered) == (kind, copies == 1)
    assert call.code == (200 if copies else status)


def test_what_goes_back_is_whole_torn_or_no_answer_of_telegrams(api: Api, ann: int) -> None:
    bodies = [told(api, ann).body]
    for kind in ("broken-json", "no-json", "no-object"):
        api.faults.order(Fault("sendMessage", kind))
        bodies.append(told(api, ann).body)

    whole, torn, words, other = bodies
    assert json.loads(whole)["result"]["text"] == "hi"
    assert json.loads(other) == []
    for body in (torn, words):
        with pytest.raises(json.JSONDecodeError):
            json.loads(body)


def test_a_wait_comes_before_or_after_the_deed() -> None:
    before, after = course_of("delay-before"), course_of("delay")

    assert (before.early, before.late) == (True, False)
    assert (after.early, after.late) == (False, True)


def test_a_refused_formatting_lets_the_same_words_pass_without_it(api: Api, ann: int) -> None:
    api.faults.order(Fault("sendMessage", "400-entities", times=None))
    bold = {"chat_id": ann, "text": "hi", "entities": [{"type": "bold", "offset": 0, "length": 2}]}
    said = answer(api, "sendMessage", bold, fault=meet(api, "sendMessage", bold))

    assert said.problem.startswith("Bad Request: can't parse entities")
    assert told(api, ann).status == 200


def test_a_refused_call_goes_back_in_telegrams_words(api: Api) -> None:
    said = told(api, 5)

    assert (said.status, said.problem) == (400, "Bad Request: chat not found")
    assert json.loads(said.body)["error_code"] == 400


def test_a_429_closes_its_chat_alone_and_spends_no_fault_on_who_goes_on(
    clock: Clock, ticks: Ticks
) -> None:
    api = Api(clock.now, steady=ticks)
    ann, ben = (api.add_person(name, started=True) for name in ("Ann", "Ben"))
    api.faults.order(Fault("sendMessage", "429", chat=ann, seconds=3600))
    api.faults.order(Fault("sendMessage", "502", chat=ann))
    assert told(api, ann).status == 429
    assert told(api, ben).status == 200
    with pytest.raises(ApiError, match="retry after 3600"):
        told(api, ann)

    assert api.windows.violations == 1
    ticks.now += 3600
    assert told(api, ann).status == 502
    assert [call.code for call in api.log.calls] == [429, 200, 429, 502]


def test_a_429_for_all_closes_every_chat(clock: Clock, ticks: Ticks) -> None:
    api = Api(clock.now, steady=ticks)
    ann, ben = (api.add_person(name, started=True) for name in ("Ann", "Ben"))
    api.faults.order(Fault("", "429-all", seconds=4))
    assert told(api, ann).status == 429

    assert refusal(api, "sendMessage", chat_id=ben, text="hi").endswith("retry after 4")
    assert api.call("getMe", {})


def test_a_429_for_a_method_that_is_not_limited_closes_nothing(api: Api, ann: int) -> None:
    api.faults.order(Fault("sendChatAction", "429", chat=ann))
    raw = {"chat_id": ann, "action": "typing"}
    said = answer(api, "sendChatAction", raw, fault=meet(api, "sendChatAction", raw))

    assert said.status == 429
    assert told(api, ann).status == 200


def test_a_chat_that_moves_keeps_its_messages_and_answers_to_its_new_id(
    clock: Clock, api: Api, ann: int
) -> None:
    told(api, ann)
    said_before = api.say(ann, "hello")
    api.faults.order(Fault("sendMessage", "migrated", chat=ann, to=-1001))
    assert json.loads(told(api, ann).body)["parameters"] == {"migrate_to_chat_id": -1001}
    again = refusal(Api(clock.now, api.to_json()), "sendMessage", chat_id=ann, text="hi")
    assert again == "400 Bad Request: group chat was upgraded to a supergroup chat"

    assert told(api, -1001).status == 200
    assert texts(api, -1001) == ["hi", "hello", "hi"]
    assert api.world.chats[-1001].messages[said_before].sender == -1001
    api.edit(-1001, said_before, "hello again")


def test_a_chat_moves_to_a_new_id_where_none_is_named(api: Api, ann: int) -> None:
    api.faults.order(Fault("sendMessage", "migrated"))
    new = json.loads(told(api, ann).body)["parameters"]["migrate_to_chat_id"]

    assert list(api.world.chats) == [new] != [ann]


def test_a_chat_cannot_move_to_an_id_that_another_has(api: Api, ann: int) -> None:
    ben = api.add_person("Ben", started=True)
    with pytest.raises(ValueError, match="there is a chat"):
        api.migrate(ann, ben)
    api.faults.order(Fault("sendMessage", "migrated", to=ben))

    assert json.loads(told(api, ann).body)["parameters"] == {"migrate_to_chat_id": ben}
    assert set(api.world.chats) == {ann, ben}


def test_the_ledger_counts_all_copies_and_keeps_only_the_newest_calls() -> None:
    log = CallLog(kept=3)
    for number in range(1, 11):
        log.add(Call(float(number), "sendMessage", number % 2, number, 200))
    log.add(Call(11.0, "sendMessage", 1, 0, 502, "502"))

    told = log.to_json()
    assert told["copies"] == {0: 5, 1: 5}
    assert told["codes"] == {200: 10, 502: 1}
    assert told["faults"] == {"502": 1}
    assert [call["at"] for call in log.newest(2)] == [10.0, 11.0]
    assert [call["delivered"] for call in log.newest(9)] == [True, True, False]
