"""What every peer's program shares: what it is told to answer, and the loop that sends."""

import asyncio
import json

import pytest

from benchmarks.peers.loop import timed, warm_up
from benchmarks.peers.work import read_work


async def test_each_chat_gets_one_message_and_the_warm_up_goes_to_others() -> None:
    chats = []

    async def send(chat: int) -> None:
        chats.append(chat)

    took = json.loads(await timed(send, 20, in_flight=3))

    assert sorted(chats) == list(range(1, 23))
    assert set(chats[: warm_up(20)]) == {21, 22}
    assert set(took) == {"cpu", "wall"}
    assert took["wall"] > 0


async def test_never_more_are_in_flight_than_was_said() -> None:
    running = most = 0

    async def send(_chat: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    await timed(send, 50, in_flight=4)

    assert most == 4


def test_a_peer_is_told_words_marks_and_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[{"text": "Go", "callback_data": "1", "style": "primary"}, {"text": "Map", "url": "x"}]]
    marks = [{"type": "bold", "offset": 0, "length": 2}]
    params = {
        "text": "Hi",
        "entities": json.dumps(marks),
        "reply_markup": json.dumps({"inline_keyboard": rows}),
    }
    monkeypatch.setenv("BENCH_WORK", json.dumps({"sendMessage": params}))
    work = read_work()["sendMessage"]

    assert (work.text, work.entities, work.keyboard) == ("Hi", marks, [[("Go", "1")]])


def test_a_peer_that_is_told_nothing_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BENCH_WORK", raising=False)

    assert read_work() == {}
