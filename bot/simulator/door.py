"""The bot's own way in, on a port of its own, so that it can be shut while the page goes on."""

import asyncio
import math

from aiohttp import web

from bot.simulator.faults import Faults, Standing

LAST_ANSWER_SECONDS = 0.2


class Door:
    """Listens for the bot; shut in the time of each order of the kind "refused"."""

    def __init__(self, host: str, faults: Faults) -> None:
        self._runner: web.AppRunner
        self._host = host
        self._faults = faults
        self._site: web.TCPSite | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        self._turning = asyncio.Lock()
        self.port = 0

    async def start(self, runner: web.AppRunner) -> None:
        """Be open, or shut as ordered; ``runner`` is set up and ends what is open at the end."""
        self._runner = runner
        await self.look()

    async def open(self) -> None:
        """Listen, the first time on a free port, then on the same."""
        site = web.TCPSite(self._runner, self._host, self.port, reuse_address=True)
        await site.start()
        self._site = site
        self.port = self.port or int(self._runner.addresses[-1][1])

    async def shut(self) -> None:
        """Listen no more, and end the connections; only what is answered at once is still answered."""
        if self._site is None:
            return
        site, self._site = self._site, None
        await site.stop()
        server = self._runner.server
        own = [each for each in server.connections if self._is_ours(each)] if server else []
        await asyncio.gather(*(each.shutdown(LAST_ANSWER_SECONDS) for each in own))

    def _is_ours(self, connection: web.RequestHandler) -> bool:
        transport = connection.transport
        return transport is not None and transport.get_extra_info("sockname")[1] == self.port

    async def look(self) -> None:
        """Be open or shut as the orders say now, and look again when one begins or ends."""
        async with self._turning:
            orders = [order for order in self._faults.standing() if is_shutting(order)]
            now = self._faults.now()
            shut = any(order.since <= now for order in orders)
            if shut:
                await self.shut()
            elif self._site is None:
                await self.open()
            self._look_at(min((_next(order, now) for order in orders), default=math.inf) - now)

    def forget(self) -> None:
        """Look no more by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_at(self, delay: float) -> None:
        self.forget()
        if delay < math.inf:
            self._timer = asyncio.get_running_loop().call_later(delay, self._wake)

    def _wake(self) -> None:
        self._looking = asyncio.get_running_loop().create_task(self.look())


def is_shutting(order: Standing) -> bool:
    """Return whether an order shuts the door; one that names calls only hangs up on them."""
    fault = order.fault
    whole = (fault.method, fault.chat, fault.share, fault.times) == ("", None, 1.0, None)
    return fault.kind == "refused" and whole


def _next(order: Standing, now: float) -> float:
    return order.since if order.since > now else order.until
