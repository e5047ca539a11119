"""The Bot API over HTTP: every way to call it, waiting for updates, faults."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.simulator.api import DEMO_ACCESS
from bot.simulator.courses import Kind
from bot.simulator.faults import Fault
from tests.simulator.conftest import Client

POLL = {"timeout": 30}


@pytest.fixture
def ann(client: Client) -> int:
    return client.api.add_person("Ann", started=True)


def texts(client: Client, chat: int) -> list[str]:
    return [message.text for message in client.api.world.chats[chat].messages.values()]


async def polling(client: Client, **params: object) -> "asyncio.Task[Any]":
    """Start a getUpdates call and return once the server has seen it."""
    seen = client.api.world.updates.poller
    task = asyncio.Task(client.bot("getUpdates", **(POLL | params)))
    while client.api.world.updates.poller == seen:
        await client.simulator._bell.wait(1)
    return task


async def test_a_call_is_taken_as_query_form_multipart_and_json(client: Client, ann: int) -> None:
    url = client.bot_url("sendMessage")
    multipart = aiohttp.FormData(
        {"chat_id": str(ann), "text": "multipart"}, default_to_multipart=True
    )
    ways: list[dict[str, Any]] = [
        {"method": "GET", "params": {"chat_id": ann, "text": "query"}},
        {"method": "POST", "data": {"chat_id": ann, "text": "form"}},
        {"method": "POST", "data": multipart},
        {"method": "POST", "json": {"chat_id": ann, "text": "json"}},
    ]
    for way in ways:
        async with client.http.request(url=url, **way) as response:
            assert (await response.json())["ok"] is True

    assert texts(client, ann) == ["query", "form", "multipart", "json"]


@pytest.mark.parametrize("body", ["{", "7", "[1]", "null", '"text"'])
async def test_a_body_that_cannot_be_read_is_refused(client: Client, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    url = client.bot_url("sendMessage")
    async with client.http.post(url, data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["description"].startswith("Bad Request: ")


async def test_an_uploaded_picture_is_kept_and_shown(client: Client, ann: int) -> None:
    form = aiohttp.FormData({"chat_id": str(ann), "photo": "attach://file"})
    form.add_field("file", b"picture", filename="a.png", content_type="image/png")
    async with client.http.post(client.bot_url("sendPhoto"), data=form) as response:
        file_id = (await response.json())["result"]["photo"][0]["file_id"]

    async with client.http.get(f"{client.simulator.url}/sim/files/{file_id}") as response:
        assert await response.read() == b"picture"
        assert response.content_type == "image/png"


async def test_only_pictures_and_films_are_shown(client: Client) -> None:
    form = aiohttp.FormData({"chat_id": str(client.api.add_person("Ann", started=True))})
    form.add_field("photo", b"<script>", filename="a.html", content_type="text/html")
    async with client.http.post(client.bot_url("sendPhoto"), data=form) as response:
        file_id = (await response.json())["result"]["photo"][0]["file_id"]

    assert await client.status("GET", f"/sim/files/{file_id}") == 404
    assert await client.status("GET", "/sim/files/none") == 404


@pytest.mark.parametrize(
    ("access", "code", "sentence"),
    [
        ("5000000000:wrong-wrong-wrong-wrong-wrong-00000", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("", 404, "Not Found"),
    ],
)
async def test_only_the_one_token_is_let_in(
    client: Client, access: str, code: int, sentence: str
) -> None:
    async with client.http.post(client.bot_url("getMe", access)) as response:
        assert response.status == code
        assert await response.json() == {"ok": False, "error_code": code, "description": sentence}


async def test_an_unknown_method_is_not_found_with_status_404(client: Client) -> None:
    assert await client.bot("flyToTheMoon") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


async def test_a_waiting_poll_wakes_up_at_once(client: Client, ann: int) -> None:
    poll = await polling(client)
    client.api.say(ann, "wake up")

    async with asyncio.timeout(1):
        [update] = (await poll)["result"]
    assert update["message"]["text"] == "wake up"
    assert client.api.log.by_method["getUpdates"] == 1


async def test_a_poll_does_not_wait_when_something_is_there(client: Client, ann: int) -> None:
    client.api.say(ann, "hello")

    async with asyncio.timeout(1):
        assert len((await client.bot("getUpdates", **POLL))["result"]) == 1


async def test_a_poll_ends_empty_after_its_time(client: Client) -> None:
    assert await client.bot("getUpdates") == {"ok": True, "result": []}
    assert await client.bot("getUpdates", timeout="1") == {"ok": True, "result": []}


async def test_what_the_bot_does_not_want_does_not_end_the_wait(client: Client, ann: int) -> None:
    poll = await polling(client, allowed_updates=["callback_query"])
    client.api.say(ann, "not wanted")
    client.api.tap(ann, 1, "wanted", force=True)

    [update] = (await poll)["result"]
    assert "callback_query" in update


async def test_of_two_pollers_the_older_one_gets_a_conflict(client: Client, ann: int) -> None:
    older = await polling(client)
    newer = await polling(client)
    assert await older == {
        "ok": False,
        "error_code": 409,
        "description": (
            "Conflict: terminated by other getUpdates request; make sure that only one bot"
            " instance is running"
        ),
    }

    client.api.say(ann, "for the newer one")
    assert len((await newer)["result"]) == 1


async def test_setting_a_webhook_ends_a_waiting_poll(client: Client) -> None:
    poll = await polling(client)
    await client.bot("setWebhook", url="https://bot.example.org/")

    assert (await poll)["error_code"] == 409


async def test_a_poller_that_hangs_up_is_forgotten(client: Client, ann: int) -> None:
    poll = await polling(client)
    poll.cancel()
    client.api.say(ann, "hello")

    assert len((await client.bot("getUpdates"))["result"]) == 1


async def test_a_stopping_server_lets_a_waiting_poll_go(client: Client) -> None:
    poll = await polling(client)
    await client.simulator.stop()

    assert await poll == {"ok": True, "result": []}
    await client.simulator.stop()


@pytest.mark.parametrize(("kind", "delivered"), [("drop-before", 0), ("drop-after", 1)])
async def test_a_dropped_call_ends_without_a_reply(
    client: Client, ann: int, kind: Kind, delivered: int
) -> None:
    client.simulator.faults.order(Fault("sendMessage", kind))
    # a GET would be repeated by the client itself
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.bot("sendMessage", chat_id=ann, text="hi")

    assert len(texts(client, ann)) == delivered
    assert [call.code for call in client.api.log.calls] == [200 * delivered]


@pytest.mark.parametrize(("kind", "code"), [("429", 429), ("401", 401), ("403", 403), ("404", 404)])
async def test_a_refusal_on_order_delivers_nothing(
    client: Client, ann: int, kind: Kind, code: int
) -> None:
    client.simulator.faults.order(Fault("sendMessage", kind, seconds=7))
    reply = await client.bot("sendMessage", chat_id=ann, text="hi")

    assert reply["error_code"] == code
    assert reply.get("parameters") == ({"retry_after": 7} if code == 429 else None)
    assert texts(client, ann) == []
    assert client.api.log.to_json()["codes"] == {code: 1}


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_a_server_error_on_order_is_html(client: Client, ann: int, kind: Kind) -> None:
    client.simulator.faults.order(Fault("sendMessage", kind))
    body = {"chat_id": ann, "text": "hi"}
    async with client.http.post(client.bot_url("sendMessage"), json=body) as response:
        assert response.status == int(kind)
        assert response.content_type == "text/html"

    assert texts(client, ann) == []


async def test_broken_json_on_order_comes_after_delivery(client: Client, ann: int) -> None:
    client.simulator.faults.order(Fault("sendMessage", "broken-json"))
    body = {"chat_id": ann, "text": "hi"}
    async with client.http.post(client.bot_url("sendMessage"), json=body) as response:
        assert response.status == 200
        with pytest.raises(json.JSONDecodeError):
            await response.json()

    assert texts(client, ann) == ["hi"]


async def test_a_late_reply_on_order_comes_long_after_delivery(client: Client, ann: int) -> None:
    client.simulator.faults.order(Fault("sendMessage", "delay", seconds=60))
    call = asyncio.Task(client.bot("sendMessage", chat_id=ann, text="hi"))
    while not texts(client, ann):
        await client.simulator._bell.wait(1)

    assert not call.done()
    call.cancel()


async def test_a_short_delay_ends_with_the_usual_reply(client: Client, ann: int) -> None:
    client.simulator.faults.order(Fault("", "delay", seconds=0))

    assert (await client.bot("sendMessage", chat_id=ann, text="hi"))["ok"] is True
    assert DEMO_ACCESS not in repr(client.api.log.to_json())
