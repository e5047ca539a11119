"""Faults over HTTP: ordered, seen, taken back; the bot's own door, shut and opened."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.simulator.fault_routes import set_limits
from bot.simulator.faults import Fault
from tests.simulator.conftest import Client
from tests.simulator.test_bot_http import texts


@pytest.fixture
def ann(client: Client) -> int:
    return client.api.add_person("Ann", started=True)


@pytest.fixture
async def by_the_door(client: Client) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(client.simulator.bot_url) as http:
        yield http


def path(client: Client, method: str = "getMe") -> str:
    return f"/bot{client.api.access}/{method}"


async def refuses(client: Client, http: aiohttp.ClientSession, *, wanted: bool) -> None:
    """Call until connections are refused, or no longer; never for longer than some seconds."""
    async with asyncio.timeout(5):
        while True:
            try:
                async with http.post(path(client)) as answer:
                    assert answer.status == 200
                    found = False
            except aiohttp.ClientConnectorError:
                found = True
            except aiohttp.ServerDisconnectedError:
                continue  # it was on its way while the door was being shut
            if found is wanted:
                return
            await client.simulator._bell.wait(0.01)


async def test_an_order_is_answered_with_all_that_stands(client: Client, ann: int) -> None:
    view = await client.page("faults", kind="502", method="send*", chat=ann, **{"for": 30})

    [order] = view["faults"]
    assert 29 < order.pop("seconds_left") <= 30
    assert order == {
        "number": 1,
        "kind": "502",
        "method": "send*",
        "chat": ann,
        "seconds": 1,
        "times": None,
        "share": 1,
        "hits": 0,
        "starts_in": 0,
        "lasts": 30,
    }
    await client.page("faults", kind="403")
    looked = await client.get("/sim/faults")
    assert [order["seconds_left"] is None for order in looked["faults"]] == [False, True]
    assert looked["promise"] is None


async def test_a_whole_script_can_be_posted_and_turns_the_limits_on(client: Client) -> None:
    script = {"seed": 5, "limits": True, "fault": [{"kind": "500"}, {"kind": "502", "at": 60}]}
    view = await client.page("faults", **script)

    assert view["limits"] is True
    assert [order["kind"] for order in view["faults"]] == ["500", "502"]
    assert 59 < view["faults"][1]["starts_in"] <= 60
    async with client.http.post(client.bot_url("getMe")) as answer:
        assert answer.status == 500


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"kind": "418"}, "the fault: kind must be one of 429,"),
        ({"method": "getMe"}, "the fault: kind must be one of 429,"),
        ({"kind": "500", "times": -1}, "the fault: times must be a whole number from 1"),
        ({"fault": [{"kind": "500"}, {"kind": "x"}]}, "fault 2: kind must be one of"),
        ({"fault": [], "colour": "red"}, "the script: there is no 'colour'"),
    ],
)
async def test_a_wrong_order_is_refused_with_a_reason_and_nothing_stands(
    client: Client, body: dict[str, object], problem: str
) -> None:
    assert (await client.page("faults", **body))["error"].startswith(problem)
    assert (await client.get("/sim/faults"))["faults"] == []


async def test_an_order_can_be_ended_and_all_can_be_cleared(client: Client, ann: int) -> None:
    for kind in ("500", "502", "403"):
        await client.page("faults", kind=kind)
    view = await client.page("faults/end", number=2)
    assert [order["kind"] for order in view["faults"]] == ["500", "403"]

    client.api.windows.close(60)
    view = await client.page("faults/clear")
    assert (view["faults"], view["closed"]) == ([], {"all": 0, "chats": {}})
    assert (await client.bot("sendMessage", chat_id=ann, text="hi"))["ok"]


async def test_what_a_429_closed_is_shown_and_can_be_opened(client: Client, ann: int) -> None:
    await client.page("faults", kind="429", seconds=60)
    await client.bot("sendMessage", chat_id=ann, text="hi")
    await client.bot("sendMessage", chat_id=ann, text="hi")
    view = await client.get("/sim/faults")
    assert 59 < view["closed"]["chats"][str(ann)] <= 60
    assert (view["given"], view["violations"]) == (2, 1)

    await client.page("faults/open", chat=ann)
    assert (await client.bot("sendMessage", chat_id=ann, text="hi"))["ok"]
    client.api.windows.close(60)
    assert (await client.page("faults/open"))["closed"]["all"] == 0


async def test_telegrams_limits_can_be_turned_on_and_off(client: Client, ann: int) -> None:
    await client.page("limits", on=True)
    limits = client.api.limits
    assert (await client.page("limits", on=True))["limits"] is True
    assert client.api.limits is limits
    said = [await client.bot("sendMessage", chat_id=ann, text="hi") for _ in range(4)]
    assert [answer.get("error_code") for answer in said] == [None, None, None, 429]

    assert (await client.page("limits", on=False))["limits"] is False
    set_limits(client.api, on=False)
    assert "on is missing" in (await client.page("limits"))["error"]


async def test_a_lost_reply_leaves_the_bot_waiting_for_a_message_that_arrived(
    client: Client, ann: int
) -> None:
    client.simulator.faults.order(Fault("sendMessage", "lost-reply"))
    call = asyncio.Task(client.bot("sendMessage", chat_id=ann, text="hi"))
    while not texts(client, ann):
        await client.simulator._bell.wait(1)
    done, _ = await asyncio.wait({call}, timeout=0.05)
    assert not done

    await client.simulator.stop()
    with pytest.raises(aiohttp.ClientError):
        await call


async def test_a_message_can_be_done_late(client: Client, ann: int) -> None:
    client.simulator.faults.order(Fault("sendMessage", "delay-before", seconds=0.2))
    call = asyncio.Task(client.bot("sendMessage", chat_id=ann, text="hi"))
    done, _ = await asyncio.wait({call}, timeout=0.05)
    assert not done
    assert texts(client, ann) == []

    assert (await call)["ok"]
    assert texts(client, ann) == ["hi"]


async def test_the_door_is_shut_for_its_time_and_the_page_goes_on(
    client: Client, by_the_door: aiohttp.ClientSession
) -> None:
    await refuses(client, by_the_door, wanted=False)
    await client.page("faults", kind="refused", at=0.1, **{"for": 0.3})
    await refuses(client, by_the_door, wanted=False)
    await refuses(client, by_the_door, wanted=True)
    assert (await client.get("/sim/faults"))["faults"]

    await refuses(client, by_the_door, wanted=False)


async def test_the_door_opens_once_the_order_is_taken_back(
    client: Client, by_the_door: aiohttp.ClientSession
) -> None:
    for _ in range(2):
        await client.page("faults", kind="refused", **{"for": 600})
        await refuses(client, by_the_door, wanted=True)
    await client.page("faults/clear")

    await refuses(client, by_the_door, wanted=False)


async def test_a_call_that_came_while_the_door_was_shut_is_hung_up_on(
    client: Client, ann: int
) -> None:
    await client.page("faults", kind="refused", chat=ann)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.bot("sendMessage", chat_id=ann, text="hi")

    assert texts(client, ann) == []
    async with client.http.post(client.simulator.bot_url + path(client)) as answer:
        assert answer.status == 200  # an order for one chat leaves the door open


async def test_a_simulator_that_stops_with_its_door_shut_leaves_no_timer(client: Client) -> None:
    await client.page("faults", kind="refused", **{"for": 600})
    await client.simulator.stop()

    assert client.simulator._door._timer is None


async def test_the_ledger_tells_what_became_of_each_call(client: Client, ann: int) -> None:
    client.simulator.faults.order(Fault("sendMessage", "no-json"))
    client.simulator.faults.order(Fault("sendMessage", "502"))
    for _ in range(2):
        async with client.http.post(
            client.bot_url("sendMessage"), json={"chat_id": ann, "text": "hi"}
        ):
            pass
    log = await client.get("/sim/log?calls=9")

    told = [(call["chat"], call["code"], call["fault"], call["delivered"]) for call in log["calls"]]
    assert told == [(ann, 200, "no-json", True), (ann, 502, "502", False)]
    assert log["copies"] == {str(ann): 1}
    assert log["faults"] == {"no-json": 1, "502": 1}
    assert (await client.get("/sim/log?calls=many"))["calls"] == []
