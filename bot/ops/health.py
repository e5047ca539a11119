"""Health over HTTP: whether the process lives, whether it can do its work, how it fares."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import SettingsError
from bot.ops.exposition import CONTENT_TYPE
from bot.ops.gate import Gate

SHUTDOWN_SECONDS = 1.0
IDLE_SECONDS = 75.0  # a proxy keeps its connections for so long at most, as nginx does for us
LINGERING_SECONDS = 1.0  # for what a refused request still sends, so that it reads the refusal
MOST_HEADER_BYTES = 16_384


@dataclass(slots=True)
class Health:
    """Serves /healthz, /readyz and /metrics.

    Attributes:
        ready: Names each thing that must work, and whether it does now.
        metrics: Returns the metrics as Prometheus reads them.
        posted: What is posted to us besides, by path: the webhook.
    """

    ready: Callable[[], Mapping[str, bool]]
    metrics: Callable[[], Awaitable[str]]
    posted: Mapping[str, Handler] = field(default_factory=dict)
    _runner: web.AppRunner | None = None
    _server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen.

        Raises:
            SettingsError: the address is taken or not ours.
        """
        runner = self._runner = web.AppRunner(
            web.Application(),
            access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
            keepalive_timeout=IDLE_SECONDS,
            lingering_time=LINGERING_SECONDS,
            max_field_size=MOST_HEADER_BYTES,
            auto_decompress=False,  # a few packed bytes may be a gigabyte
        )
        gate = Gate(lambda: _served(runner))
        self._equip(runner.app, gate)
        await runner.setup()
        try:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(gate, host, port)
        except (OSError, UnicodeError) as error:
            await self.stop()
            raise unusable(f"{host}:{port}", error) from None

    async def stop(self) -> None:
        """Stop listening, and let those who wait for an answer have it."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _equip(self, app: web.Application, gate: Gate) -> None:
        app.middlewares.append(gate.attend)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        for path, handler in self.posted.items():
            app.router.add_post(path, handler)

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        checks = self.ready()
        lines = "".join(f"{name}: {'ok' if good else 'FAILED'}\n" for name, good in checks.items())
        return web.Response(text=lines, status=200 if all(checks.values()) else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        text = await self.metrics()
        return web.Response(text=text, headers={"Content-Type": CONTENT_TYPE})


def _served(runner: web.AppRunner) -> asyncio.Protocol:
    """Return aiohttp's protocol of one connection."""
    if runner.server is None:
        raise RuntimeError("the web application is not set up")
    return runner.server()


def unusable(address: str, error: OSError | UnicodeError) -> SettingsError:
    """Return our error for an address that we cannot listen on."""
    return SettingsError(
        f"BOT_LISTEN: {address} cannot be used ({_reason(error)}).",
        "choose a free one of this machine, such as BOT_LISTEN=127.0.0.1:9091.",
    )


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "no name of a machine"
    if isinstance(error, socket.gaierror) or error.errno is None:
        return error.strerror or "no such machine"
    return os.strerror(error.errno)
