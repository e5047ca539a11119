"""The calls of the bot, as the page shows them."""

import json
from contextlib import suppress

import aiohttp
import pytest

from bot.simulator.api import DEMO_ACCESS
from bot.simulator.fields import Upload
from bot.simulator.trail import KEPT, Trail, short_arguments
from tests.simulator.conftest import Client, buttons
from tests.simulator.test_page_http import events


async def test_each_call_leaves_its_method_arguments_answer_and_time(client: Client) -> None:
    ann = client.api.add_person("Ann", started=True)
    await client.bot("sendmessage", chat_id=ann, text="hi", reply_markup=buttons("a", "b"))
    await client.bot("sendMessage", chat_id=404, text="hi")

    good, bad = (await client.get("/sim/state"))["calls"]
    assert (good["method"], good["code"], good["problem"]) == ("sendMessage", 200, "")
    assert good["args"] == [["chat_id", str(ann)], ["text", "hi"], ["reply_markup", "[2]"]]
    assert good["ms"] >= 0
    assert (bad["code"], bad["problem"]) == (400, "Bad Request: chat not found")


@pytest.mark.parametrize(("kind", "code"), [("drop-before", 0), ("drop-after", 0), ("502", 502)])
async def test_a_call_that_fails_on_its_way_is_shown_as_failed(
    client: Client, kind: str, code: int
) -> None:
    await client.page("faults", method="getMe", kind=kind)
    with suppress(aiohttp.ServerDisconnectedError, aiohttp.ContentTypeError):
        await client.bot("getMe")

    assert [call["code"] for call in client.simulator.trail.after(0)] == [code]


async def test_the_page_hears_of_new_calls_and_only_of_those(client: Client) -> None:
    await client.bot("getMe")
    async with client.http.get(f"{client.simulator.url}/sim/events?after=0&calls=1") as response:
        await client.bot("getMyCommands")
        [told] = await events(response, 1)

    assert (told["type"], told["call"]["method"]) == ("call", "getMyCommands")


async def test_cleared_calls_are_gone_and_the_page_hears_of_it(client: Client) -> None:
    await client.bot("getMe")
    await client.page("calls/clear")

    assert (await client.get("/sim/state"))["calls"] == []
    assert client.api.world.events.after(0)[-1]["type"] == "calls_cleared"


async def test_who_knows_no_token_leaves_no_trail(client: Client) -> None:
    async with client.http.post(client.bot_url("getMe", access="1:wrong")) as response:
        assert response.status == 401

    assert client.simulator.trail.number == 0


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("text", "a  b\nc", "a b c"),
        ("text", "x" * 61, "x" * 60 + "…"),
        ("text", f"my token is {DEMO_ACCESS}!", "my token is …!"),
        ("text", "[not json", "[not json"),
        ("secret_token", "a1", "…"),
        ("commands", json.dumps([{"command": "a"}] * 8), "[8]"),
        ("reply_markup", json.dumps(buttons("a", "b")), "[2]"),
        ("reply_markup", '{"remove_keyboard": true}', '{"remove_keyboard": true}'),
        ("reply_markup", '{"inline_keyboard": 7}', '{"inline_keyboard": 7}'),
        ("menu_button", {"type": "commands"}, '{"type": "commands"}'),
        ("photo", Upload(b"x" * 5000, "image/png"), "image/png 4 KB"),
        ("limit", 100, "100"),
    ],
)
def test_an_argument_is_shown_short_and_without_secrets(
    name: str, value: object, shown: str
) -> None:
    assert short_arguments({name: value}) == [[name, shown]]


def test_only_the_newest_calls_are_kept() -> None:
    trail = Trail()
    for _ in range(KEPT + 5):
        trail.add("getMe", {}, at=0, code=200, milliseconds=0.4)

    assert [entry["number"] for entry in trail.after(0)] == list(range(6, KEPT + 6))
    assert trail.after(KEPT + 5) == []
