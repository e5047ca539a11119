"""Health over HTTP: whether the process lives, whether it can do its work, how it fares."""

import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.errors import SettingsError
from bot.ops.exposition import CONTENT_TYPE

SHUTDOWN_SECONDS = 1.0


@dataclass(slots=True)
class Health:
    """Serves /healthz, /readyz and /metrics.

    Attributes:
        ready: Names each thing that must work, and whether it does now.
        metrics: Returns the metrics as Prometheus reads them.
    """

    ready: Callable[[], Mapping[str, bool]]
    metrics: Callable[[], Awaitable[str]]
    _runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen.

        Raises:
            SettingsError: the address is taken or not ours.
        """
        app = web.Application()
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except (OSError, UnicodeError) as error:
            await self.stop()
            raise unusable(f"{host}:{port}", error) from None

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        checks = self.ready()
        lines = "".join(f"{name}: {'ok' if good else 'FAILED'}\n" for name, good in checks.items())
        return web.Response(text=lines, status=200 if all(checks.values()) else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        text = await self.metrics()
        return web.Response(text=text, headers={"Content-Type": CONTENT_TYPE})


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
