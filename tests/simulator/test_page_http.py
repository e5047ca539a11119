"""What the chat page asks of the server."""

import json
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from bot.simulator import page_events
from bot.simulator.api import Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from tests.simulator.conftest import START, Client, Clock, buttons


class Demo(ServerOnlyControls):
    """Controls as the whole demo has them."""

    can_next = True
    can_restart = True
    restarts = kills = 0
    reminder = START.replace(hour=9)

    async def next_reminder(self) -> datetime | None:
        return self.reminder if self.reminder > self.now() else None

    async def restart(self) -> None:
        self.restarts += 1

    async def kill(self) -> None:
        self.kills += 1

    async def promise(self) -> dict[str, int] | None:
        return {"due": 3, "sent": 2, "pending": 1, "difference": 0}


async def events(response: aiohttp.ClientResponse, count: int) -> list[dict[str, Any]]:
    """Read so many events from the stream; comments are left out."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        line = (await response.content.readline()).decode()
        if line.startswith("data: "):
            found.append(json.loads(line.removeprefix("data: ")))
    return found


async def test_the_state_holds_all_that_the_page_draws(client: Client) -> None:
    ann = client.api.add_person("Ann", "ru", started=True)
    client.api.add_group("not shown")
    await client.bot("sendMessage", chat_id=ann, text="hi")
    await client.bot("setMyDescription", description="A quiet bot")
    state = await client.get("/sim/state")

    assert state["seq"] == client.api.world.events.seq
    assert state["bot"]["descriptions"] == {"": "A quiet bot"}
    assert (state["bot"]["commands"], state["bot"]["menu"]) == ({}, {})
    assert state["clock"] == {"now": START.isoformat(), "offset_seconds": 0}
    assert state["controls"] == {"turn": True, "next_reminder": False, "restart": False}
    assert (state["network"], state["running"]) == ({"seconds_left": 0}, "away")
    assert [call["method"] for call in state["calls"]] == ["sendMessage", "setMyDescription"]
    [chat] = state["chats"]
    assert (chat["id"], chat["first_name"], chat["language_code"]) == (ann, "Ann", "ru")
    assert [message["text"] for message in chat["messages"]] == ["hi"]


async def test_a_person_lives_through_the_page(client: Client) -> None:
    ann = (await client.page("chats", first_name="Ann", language_code="en"))["id"]
    said = (await client.page(f"chats/{ann}/text", text="/start"))["message_id"]
    await client.page(f"chats/{ann}/edit", message_id=said, text="/help")
    sent = await client.bot("sendMessage", chat_id=ann, text="hi", reply_markup=buttons("a"))
    number = sent["result"]["message_id"]
    assert (await client.page(f"chats/{ann}/tap", message_id=number, data="a"))["query_id"]
    assert (await client.page(f"chats/{ann}/media", kind="voice"))["message_id"]
    await client.page(f"chats/{ann}/language", language_code="ru")
    await client.page(f"chats/{ann}/block", blocked=True)
    await client.page(f"chats/{ann}/block", blocked=False)

    updates = (await client.bot("getUpdates"))["result"]
    assert [sorted(update.keys() - {"update_id"}) for update in updates] == [
        ["message"], ["edited_message"], ["callback_query"], ["message"], ["my_chat_member"],
        ["my_chat_member"],
    ]  # fmt: skip
    assert updates[-1]["my_chat_member"]["from"]["language_code"] == "ru"


async def test_chosen_chat_numbers_and_forced_taps_serve_other_processes(client: Client) -> None:
    assert (await client.page("chats", id=1, first_name="One", started=True))["id"] == 1
    assert (await client.bot("sendMessage", chat_id=1, text="hi"))["ok"] is True
    assert (await client.page("chats/1/tap", message_id=9, data="old", force=True))["query_id"]


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("chats", {}, "first_name is missing"),
        ("chats/1/text", {}, "text is missing"),
        ("chats/1/text", {"text": " "}, "the text is empty"),
        ("chats/9/text", {"text": "hi"}, "there is no chat 9"),
        ("chats/1/edit", {"message_id": "x", "text": "a"}, "invalid literal"),
        ("chats/1/tap", {"message_id": 1, "data": "a"}, "there is no message 1"),
        ("chats/1/media", {"kind": "film"}, "a person cannot send a film here"),
        ("clock", {"turn": "back"}, "the clock knows no turn 'back'"),
        ("clock", {"turn": "0m"}, "the clock only turns forwards"),
        ("clock", {"turn": "next"}, "no reminder is planned"),
        ("clock", {"to": "9999-12-31T23:59:59-12:00"}, "date value out of range"),
        ("restart", {}, "there is no bot to restart here"),
        ("network", {"lost_for": 601}, "the network can be lost for 0 to 600 seconds"),
        ("network", {"lost_for": -1}, "the network can be lost for 0 to 600 seconds"),
        ("network", {}, "lost_for is missing"),
        ("faults", {"kind": "earthquake"}, "kind must be one of 429"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_reason(
    client: Client, path: str, body: dict[str, object], reason: str
) -> None:
    client.api.add_person("Ann", chat=1)

    assert reason in (await client.page(path, **body))["error"]


@pytest.mark.parametrize("body", ["{", "7", "null", "[1]"])
async def test_a_body_that_is_no_object_is_refused(client: Client, body: str) -> None:
    async with client.http.post(f"{client.simulator.url}/sim/chats", data=body) as response:
        assert response.status == 400
        assert (await response.json())["ok"] is False


async def test_the_page_turns_the_clock_and_hears_of_it(client: Client) -> None:
    order = {"turn": "morning-07:55", "zone": "Europe/Berlin"}
    reply = await client.page("clock", **order)

    assert reply == {"ok": True, "now": "2026-11-24T06:55:00+00:00", "offset_seconds": 3300}
    event = client.api.world.events.after(0)[-1]
    assert (event["type"], event["now"]) == ("clock", reply["now"])


async def test_the_whole_demo_jumps_to_reminders_and_restarts_the_bot(clock: Clock) -> None:
    demo = Demo(clock.now)
    simulator = Simulator(Api(demo.now), demo, port=0)
    await simulator.start()
    async with aiohttp.ClientSession() as http:
        client = Client(http, simulator)
        assert (await client.page("clock", turn="next"))["now"] == demo.reminder.isoformat()
        assert (await client.page("clock", turn="next"))["ok"] is False
        await client.page("restart")
        await client.bot("getUpdates")
    await simulator.stop()

    assert (demo.restarts, demo.kills) == (1, 0)
    news = simulator.api.world.events.after(0)
    states = [event["state"] for event in news if event["type"] == "bot"]
    assert states == ["leaving", "coming", "here"]


async def test_the_page_kills_the_bot_only_where_there_is_one(client: Client, clock: Clock) -> None:
    assert (await client.page("kill"))["error"] == "there is no bot to restart here"
    demo = Demo(clock.now)
    simulator = Simulator(Api(demo.now), demo, port=0)
    await simulator.start()
    whole = Client(client.http, simulator)
    assert (await whole.page("kill"))["ok"]
    looked = await whole.get("/sim/faults")
    await simulator.stop()

    assert (demo.restarts, demo.kills) == (0, 1)
    assert looked["promise"] == {"due": 3, "sent": 2, "pending": 1, "difference": 0}


async def test_faults_are_ordered_and_calls_counted_over_http(client: Client) -> None:
    client.api.add_person("Ann", chat=1, started=True)
    client.api.add_person("Ben", chat=2, started=True)
    await client.page("faults", method="sendMessage", kind="429", times=1, chat=1, seconds=3)
    reply = await client.bot("sendMessage", chat_id=1, text="hi")
    assert reply["parameters"] == {"retry_after": 3}
    await client.bot("sendMessage", chat_id=2, text="hi", typo=1)

    log = await client.get("/sim/log")
    assert log["methods"] == {"sendMessage": 2}
    assert log["codes"] == {"429": 1, "200": 1}
    assert log["chats"] == {"1": {"sendMessage": 1}, "2": {"sendMessage": 1}}
    assert [sent["chat"] for sent in log["sent"]] == [2]
    assert log["warnings"] == ["sendMessage has no parameter typo"]


async def test_a_fault_without_a_chat_hits_every_chat(client: Client) -> None:
    await client.page("faults", kind="403")

    assert (await client.bot("getMe"))["error_code"] == 403


async def test_the_stream_tells_old_events_and_then_new_ones(client: Client) -> None:
    ann = client.api.add_person("Ann")
    async with client.http.get(f"{client.simulator.url}/sim/events?after=0") as response:
        assert response.content_type == "text/event-stream"
        [old] = await events(response, 1)
        client.api.say(ann, "one")
        client.api.say(ann, "two")
        new = await events(response, 2)

    assert old["type"] == "chat"
    assert [event["message"]["text"] for event in new] == ["one", "two"]


async def test_a_page_that_reconnects_goes_on_where_it_was(client: Client) -> None:
    ann = client.api.add_person("Ann")
    client.api.say(ann, "missed")
    url = f"{client.simulator.url}/sim/events?after=0"
    async with client.http.get(url, headers={"Last-Event-ID": "1"}) as response:
        [event] = await events(response, 1)

    assert event["message"]["text"] == "missed"


async def test_a_page_of_another_run_is_told_to_reload(client: Client) -> None:
    async with client.http.get(f"{client.simulator.url}/sim/events?after=999") as response:
        assert [event["type"] for event in await events(response, 1)] == ["reload"]


async def test_a_quiet_stream_is_kept_alive(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_events, "KEEP_ALIVE", 0)
    async with client.http.get(f"{client.simulator.url}/sim/events?after=x") as response:
        assert await response.content.readline() == b": still here\n"
