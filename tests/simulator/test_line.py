"""The bot loses the network for real: its calls end without an answer, and nothing of them is done."""

import asyncio

import aiohttp
import pytest

from bot.simulator.line import Line
from tests.simulator.conftest import Client


async def test_while_the_line_is_cut_no_call_is_answered_and_nothing_is_done(
    client: Client,
) -> None:
    ann = client.api.add_person("Ann", started=True)
    await client.page("network", lost_for=30)

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.bot("sendMessage", chat_id=ann, text="hi")
    assert client.api.world.chats[ann].messages == {}
    assert client.api.log.calls[-1].code == 0
    assert 29 < (await client.get("/sim/state"))["network"]["seconds_left"] <= 30


async def test_the_cut_ends_a_call_that_waits_for_updates(client: Client) -> None:
    waiting = asyncio.ensure_future(client.bot("getUpdates", timeout=50))  # noqa: TID251
    while client.simulator.line.bot != "here":  # noqa: ASYNC110 - the call is on its way
        await asyncio.sleep(0.01)
    await client.page("network", lost_for=30)

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await waiting


async def test_the_line_mends_itself_and_what_was_said_meanwhile_arrives(client: Client) -> None:
    ann = client.api.add_person("Ann")
    await client.page("network", lost_for=0.05)
    await client.page(f"chats/{ann}/text", text="are you there?")
    while client.simulator.line.is_cut:  # noqa: ASYNC110 - real time, like the network's
        await asyncio.sleep(0.01)

    [update] = (await client.bot("getUpdates"))["result"]
    assert update["message"]["text"] == "are you there?"
    told = [e["seconds_left"] for e in client.api.world.events.after(0) if e["type"] == "network"]
    assert told == [0.05, 0]


async def test_the_line_can_be_mended_before_its_time(client: Client) -> None:
    await client.page("network", lost_for=30)
    await client.page("network", lost_for=0)

    assert (await client.bot("getMe"))["ok"]
    assert client.simulator.line.seconds_left == 0


async def test_a_bot_that_is_leaving_does_not_count_as_come_back() -> None:
    told: list[object] = []
    line = Line(lambda _kind, **content: told.append(content["state"]))
    line.heard()
    line.bot_leaves()
    line.heard()
    line.bot_comes()
    line.heard()
    line.heard()

    assert told == ["here", "leaving", "coming", "here"]


async def test_a_bot_that_ended_by_itself_says_why_until_one_is_there_again() -> None:
    told: list[object] = []
    line = Line(lambda _kind, **content: told.append((content["state"], content["why"])))
    line.heard()
    line.bot_ends("the token is refused")
    assert line.why == "the token is refused"
    line.heard()

    assert told == [("here", ""), ("away", "the token is refused"), ("here", "")]
