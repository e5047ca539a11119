"""Updates posted to the bot's webhook over HTTP, again and again until the bot says 200."""

import asyncio
import json
from collections.abc import Callable
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.bell import Bell
from bot.simulator.faults import Faults
from bot.simulator.line import Line
from bot.simulator.outbox import Outbox, key_of
from bot.simulator.updates import Update
from bot.simulator.world import World

HEADER = "X-Telegram-Bot-Api-Secret-Token"
TIMEOUT_SECONDS = 60.0
IDLE_SECONDS = 60.0
HANDLED = 200
METHOD = "webhook"  # what faults on order call a delivery


class Deliveries:
    """Stands for Telegram and for the reverse proxy, which takes TLS off and passes on.

    Attributes:
        root: Where the proxy passes everything on to, such as http://127.0.0.1:9090; "": nowhere.
        timeout: Seconds after which a bot that does not answer counts as failed.
        outbox: What is under way and what has to wait.
    """

    def __init__(
        self, world: World, faults: Faults, line: Line, bell: Bell, tick: Callable[[], float]
    ) -> None:
        self.root = ""
        self.timeout = TIMEOUT_SECONDS
        self.outbox = Outbox()
        self._world = world
        self._faults = faults
        self._line = line
        self._bell = bell
        self._tick = tick

    async def run(self) -> None:
        """Deliver until cancelled."""
        limits = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=limits) as http, asyncio.TaskGroup() as posts:
            while True:
                while (update := self._next()) is not None:
                    posts.create_task(self._post(http, update))
                await self._bell.wait(self._patience())

    def _next(self) -> Update | None:
        hook = self._world.hook
        if not hook.url or len(self.outbox) >= hook.max_connections:
            return None
        return self.outbox.next(self._world.updates, self._tick())

    def _patience(self) -> float:
        moment = self.outbox.next_moment()
        if moment is None:
            return IDLE_SECONDS
        return min(max(moment - self._tick(), 0.01), IDLE_SECONDS)

    async def _post(self, http: aiohttp.ClientSession, update: Update) -> None:
        problem = await self._problem(http, update)
        if problem:
            self._world.hook.fail(problem, self._world.stamp())
            self.outbox.failed(update, self._tick())
        else:
            self._world.updates.drop(update)
            self.outbox.arrived(update)
            self._world.changed()
        self._bell.ring()

    async def _problem(self, http: aiohttp.ClientSession, update: Update) -> str:
        """Deliver once; return what went wrong, in the words of getWebhookInfo, or ""."""
        kind, chat = key_of(update)
        fault = self._faults.take(METHOD, chat if kind == "chat" else 0)
        if self._line.is_cut or not self.root or (fault and fault.kind != "drop-after"):
            return "Connection refused"
        hook = self._world.hook
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[HEADER] = hook.secret
        url = self.root + urlsplit(hook.url).path
        try:
            async with asyncio.timeout(self.timeout):
                body = json.dumps(update)
                post = http.post(url, data=body, headers=headers, allow_redirects=False)
                async with post as answer:
                    status = answer.status
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"
        if fault:
            return "Connection closed"
        self._line.heard()
        return "" if status == HANDLED else f"Wrong response from the webhook: {status}"
