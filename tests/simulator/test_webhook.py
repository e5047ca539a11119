"""The simulator's side of a webhook: who is posted what, in which order, and how often."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from benchmarks.processes import free_port
from bot.simulator.api import Api
from bot.simulator.courses import Kind
from bot.simulator.faults import Fault
from bot.simulator.outbox import LONGEST_PAUSE_SECONDS, Outbox, key_of
from bot.simulator.updates import LIFE_SECONDS, Updates
from tests.journeys.conftest import until
from tests.simulator.conftest import Client, refusal

URL = "https://bot.example.org/hook"
SECRET = "wren_-" * 6


@dataclass
class Bot:
    """A bot that takes what is posted to it, and answers as told."""

    port: int = field(default_factory=free_port)
    got: list[int] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.got.append(update["update_id"])
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.open.wait()
        finally:
            self.at_once -= 1
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def bot(client: Client) -> AsyncIterator[Bot]:
    bot = Bot()
    bot.open.set()
    app = web.Application()
    app.router.add_post("/hook", bot.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", bot.port).start()
    client.simulator.deliveries.root = f"http://127.0.0.1:{bot.port}"
    client.simulator.deliveries.outbox.first_pause = 0.01
    yield bot
    bot.open.set()
    await runner.cleanup()


@pytest.fixture
def ann(client: Client) -> int:
    return client.api.add_person("Ann", started=True)


async def delivered(client: Client) -> None:
    await until(lambda: not len(client.api.world.updates), "all delivered")


async def test_what_waits_and_what_comes_is_posted_with_the_secret(
    client: Client, bot: Bot, ann: int
) -> None:
    client.api.say(ann, "before")
    await client.bot("setWebhook", url=URL, secret_token=SECRET)
    await delivered(client)
    client.api.say(ann, "after")
    await delivered(client)

    assert len(bot.got) == 2
    assert bot.secrets == [SECRET] * 2


async def test_without_a_secret_none_is_shown(client: Client, bot: Bot, ann: int) -> None:
    await client.bot("setWebhook", url=URL)
    client.api.say(ann, "hello")
    await delivered(client)

    assert bot.secrets == [None]


async def test_one_chats_updates_come_one_after_the_other_and_chats_side_by_side(
    client: Client, bot: Bot
) -> None:
    people = [client.api.add_person(f"P{n}", started=True) for n in range(5)]
    bot.open.clear()
    for person in people * 3:
        client.api.say(person, "hello")
    await client.bot("setWebhook", url=URL, max_connections=3)
    await until(lambda: bot.at_once == 3, "three at once")
    bot.open.set()
    await delivered(client)

    assert bot.most_at_once == 3
    assert len(bot.got) == len(set(bot.got)) == 15


async def test_whatever_is_not_answered_with_200_comes_again_before_what_is_newer(
    client: Client, bot: Bot, ann: int
) -> None:
    bot.statuses = [500, 401, 503]
    client.api.say(ann, "first")
    client.api.say(ann, "second")
    await client.bot("setWebhook", url=URL)
    await delivered(client)
    first, *_ = bot.got

    assert bot.got == [first] * 4 + [first + 1]
    info = (await client.bot("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503"
    assert (info["pending_update_count"], info["max_connections"]) == (0, 40)


async def test_a_bot_that_does_not_answer_in_time_is_posted_to_again(
    client: Client, bot: Bot, ann: int
) -> None:
    client.simulator.deliveries.timeout = 0.05
    bot.open.clear()
    client.api.say(ann, "hello")
    await client.bot("setWebhook", url=URL)
    await until(lambda: len(bot.got) > 1, "a second try")
    bot.open.set()
    await delivered(client)

    assert len(set(bot.got)) == 1


@pytest.mark.parametrize(("kind", "posts"), [("drop-before", 1), ("drop-after", 2), ("502", 1)])
async def test_a_delivery_can_fail_on_order(
    client: Client, bot: Bot, ann: int, kind: Kind, posts: int
) -> None:
    client.simulator.faults.order(Fault("webhook", kind))
    client.api.say(ann, "hello")
    await client.bot("setWebhook", url=URL)
    await delivered(client)

    assert len(bot.got) == posts
    assert client.api.world.hook.failure


async def test_with_the_line_cut_or_nobody_there_it_waits_and_goes_on_by_itself(
    client: Client, bot: Bot, ann: int
) -> None:
    root, client.simulator.deliveries.root = client.simulator.deliveries.root, "http://127.0.0.1:1"
    client.api.say(ann, "hello")
    await client.bot("setWebhook", url=URL)
    await until(lambda: client.api.world.hook.failure, "a first failure")
    client.simulator.line.cut(1)
    client.simulator.deliveries.root = root
    client.simulator.line.cut(0)
    await delivered(client)

    assert len(bot.got) == 1


async def test_a_webhook_that_is_taken_away_gets_nothing_more(
    client: Client, bot: Bot, ann: int
) -> None:
    await client.bot("setWebhook", url=URL, allowed_updates=["callback_query"])
    client.api.say(ann, "not wanted")
    await client.bot("deleteWebhook")
    client.api.tap(ann, 1, "x", force=True)

    assert len((await client.bot("getUpdates"))["result"]) == 1
    assert bot.got == []


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"url": "https://bot.example.org:9090/x"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": URL, "secret_token": "a b"}, "unallowed characters"),
    ],
)
def test_a_webhook_that_telegram_would_not_take_is_refused(
    api: Api, params: dict[str, str], says: str
) -> None:
    assert says in refusal(api, "setWebhook", **params)


def test_a_failed_chat_waits_twice_as_long_each_time_up_to_a_minute() -> None:
    outbox, updates, now, pauses = Outbox(), Updates(), 0.0, []
    updates.push("message", {"chat": {"id": 1}})
    for _ in range(8):
        update = outbox.next(updates, now)
        assert update is not None
        outbox.failed(update, now)
        moment = outbox.next_moment()
        assert moment is not None
        pauses.append(moment - now)
        now = moment

    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]


@pytest.mark.parametrize(
    "update", [{}, {"message": 5}, {"message": {"chat": {"id": "x"}}}, {"callback_query": {}}]
)
def test_an_update_without_a_chat_waits_for_no_other(update: dict[str, object]) -> None:
    assert key_of({"update_id": 1, **update}) != key_of({"update_id": 1, **update, "x": 1})


def test_what_is_a_day_old_is_forgotten() -> None:
    moment = 1_790_000_000
    updates = Updates(lambda: moment)
    updates.push("message", {})
    moment += LIFE_SECONDS - 1
    updates.push("message", {})
    assert len(updates) == 2

    moment += 2
    assert len(updates) == 1
    assert len(Updates.from_json(updates.to_json(), lambda: moment)) == 1
