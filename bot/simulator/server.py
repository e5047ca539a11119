"""The simulator's web server: the Bot API and the chat page on one address of this machine."""

import asyncio
import errno
import logging
import time
from pathlib import Path

from aiohttp import web

from bot.errors import SettingsError
from bot.simulator.api import Api
from bot.simulator.bell import Bell
from bot.simulator.bot_routes import BotRoutes
from bot.simulator.controls import Controls
from bot.simulator.deliveries import Deliveries
from bot.simulator.door import Door
from bot.simulator.doors import check_loopback, guard, put_headers
from bot.simulator.fault_routes import FaultRoutes
from bot.simulator.faults import Faults
from bot.simulator.line import Line
from bot.simulator.notice import Notice
from bot.simulator.page_routes import PageRoutes
from bot.simulator.statefile import save_state
from bot.simulator.trail import Trail
from bot.simulator.tryout_routes import TryoutRoutes

LOG = logging.getLogger(__name__)
MOST_BYTES = 52_428_800


class Simulator:
    """Serves one simulated Telegram.

    Attributes:
        api: The simulated Telegram; its methods may be called beside the server.
        line: The bot's way to us, which can be cut.
        trail: The newest calls of the bot.
        notice: A line for whoever edits the content.
        deliveries: What is posted to the bot's webhook.
    """

    def __init__(
        self,
        api: Api,
        controls: Controls,
        *,
        host: str = "127.0.0.1",
        port: int = 8080,
        state_file: Path | None = None,
        save_after: float = 1.0,
    ) -> None:
        """Prepare; nothing listens yet.

        Args:
            api: The simulated Telegram.
            controls: What the page's clock and restart buttons do.
            host: An address of this machine that nobody else can reach.
            port: Port; 0 takes a free one.
            state_file: Where the state is kept, written ``save_after`` seconds after a change and at
                the end.
            save_after: Seconds; changes within them are written together.

        Raises:
            SettingsError: others could reach this address.
        """
        check_loopback(host)
        self.api = api
        self.line = Line(api.world.tell)
        self.trail = Trail()
        self.notice = Notice(api.world.tell)
        self._controls = controls
        self._host, self._port = host, port
        self._state_file = state_file
        self._save_after = save_after
        self._bell = Bell()
        self._runner: web.AppRunner | None = None
        self._door = Door(host, self.faults)
        self._saving: asyncio.TimerHandle | None = None
        self.deliveries = Deliveries(api.world, self.faults, self.line, self._bell, time.monotonic)
        self._delivering: asyncio.Task[None] | None = None

    @property
    def faults(self) -> Faults:
        """The faults on order."""
        return self.api.faults

    @property
    def port(self) -> int:
        """The port; the one that was taken, once started."""
        return self._port

    @property
    def url(self) -> str:
        """The address of the chat page; the Bot API's root, too."""
        return self._address(self._port)

    @property
    def bot_url(self) -> str:
        """The Bot API's root on a port of its own, which faults can shut; only once started."""
        return self._address(self._door.port)

    def _address(self, port: int) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{port}"

    async def start(self) -> None:
        """Listen.

        Raises:
            SettingsError: the port is busy or not allowed.
        """
        runner = web.AppRunner(
            self._application(), access_log=None, handler_cancellation=True, shutdown_timeout=1
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except (OSError, OverflowError) as error:
            await runner.cleanup()
            raise _busy(self._port, error) from error
        self._runner = runner
        self._port = int(runner.addresses[0][1])
        await self._door.start(runner)
        self.api.world.changed = self._changed
        self.trail.added = self._bell.ring
        # the simulator has no owner of tasks beside it: this one ends with it, in ``stop``
        self._delivering = asyncio.get_running_loop().create_task(self.deliveries.run())

    async def stop(self) -> None:
        """Hang up on all, and write the state; a second call does nothing."""
        if self._runner is None:
            return
        runner, self._runner = self._runner, None
        self._door.forget()
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.wait({self._delivering})
        self.line.release()
        self._bell.ring()
        await runner.cleanup()
        self.api.world.changed = self.trail.added = lambda: None
        self._save()

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[guard(self._ports)], client_max_size=MOST_BYTES)
        app.on_response_prepare.append(put_headers)
        bot = BotRoutes(self.api, self.line, self.trail, bell=self._bell, running=self._running)
        tryout = TryoutRoutes(self.api, self._controls, self.line, self.trail, notice=self.notice)
        page = PageRoutes(self.api, tryout.view, self.trail, self._bell, self._running)
        faults = FaultRoutes(self.api, self._controls, self._door.look)
        app.add_routes([*bot.routes(), *tryout.routes(), *faults.routes(), *page.routes()])
        return app

    def _ports(self) -> tuple[int, ...]:
        return self._port, self._door.port

    def _running(self) -> bool:
        return self._runner is not None

    def _changed(self) -> None:
        self._bell.ring()
        if self._saving is None and self._state_file is not None:
            self._saving = asyncio.get_running_loop().call_later(self._save_after, self._save)

    def _save(self) -> None:
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
        if self._state_file is None:
            return
        try:
            save_state(self._state_file, self.api.to_json(), self._controls.offset)
        except OSError as error:
            LOG.warning(
                "state not saved",
                extra={"event": "simulator.state_not_saved", "cause": error.strerror},
            )


def _busy(port: int, error: Exception) -> SettingsError:
    in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    reason = "is in use" if in_use else "cannot be used"
    return SettingsError(f"Port {port} {reason}.", f"PORT={port + 1} make demo")
