"""One Telegram, its people, and a bot that lives on one machine again and again, in virtual time."""

import asyncio
import heapq
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random  # noqa: TID251  # all chance of a universe comes from its seed

from bot.app import App
from bot.settings import BUILT_IN_CONTENT, Settings
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.rates import RateLimits
from tests.chaos.virtual.disk import Disk, Drive
from tests.chaos.virtual.loop import KilledError, VirtualLoop, drained
from tests.chaos.virtual.wire import Net, Wire

KEY = bytes(range(32))


class NoHealth:
    """Nobody asks a simulated machine how it is."""

    async def start(self, host: str, port: int) -> None:
        """Listen to nobody."""

    async def stop(self) -> None:
        """Nothing to stop."""


class Errors(logging.Handler):
    """Counts what the bot logs as an error, by event."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.events: Counter[str] = Counter()
        self.causes: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        event = getattr(record, "event", record.name)
        self.events[event] += 1
        cause = record.exc_info[1] if record.exc_info else getattr(record, "cause", "")
        self.causes[f"{event}: {cause!r}"] += 1


@dataclass(slots=True)
class Life:
    """One process of the bot, from its start to its end."""

    loop: VirtualLoop
    disk: Disk
    net: Net
    app: App
    stop: asyncio.Event
    running: "asyncio.Task[None]"


@dataclass(slots=True)
class Universe:
    """Time has three faces: ``seconds`` that passed for all, the loop's, and the bot's wall clock.

    Attributes:
        start: True moment of second 0.
        slept: Seconds that the machine slept: they passed, but not for the bot's loop.
        error: How wrong the bot's wall clock is.
    """

    folder: Path
    start: datetime
    seed: int = 1
    rate: float = 29
    in_flight: int = 4
    content: Path = BUILT_IN_CONTENT
    slept: float = 0.0
    error: timedelta = timedelta(0)
    errors: Errors = field(default_factory=Errors)
    unhandled: list[str] = field(default_factory=list)
    api: Api = field(init=False)
    chance: Random = field(init=False)
    life: Life | None = None
    lives: int = 0
    _looped: float = 0.0
    _frozen: float | None = None
    _events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(f"universe/{self.seed}")  # noqa: S311  # a play, no secret
        limits = RateLimits(self.seconds)
        self.api = Api(
            self.true_now, limits=limits, tick=self.seconds, steady=self.seconds, seed=self.seed
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings.key.write_text(KEY.hex())  # the same in each run: rows lie in its order
        self.settings.key.chmod(0o600)

    @property
    def settings(self) -> Settings:
        return Settings(
            _env_file=None,
            data_dir=self.folder / "data",
            content_dir=self.content,
            sends_per_second=self.rate,
            in_flight=self.in_flight,
            operator_name="Quiet Clinic",
            emergency_number="112",
        )

    @property
    def database(self) -> Path:
        return self.folder / "data" / "unknot.db"

    def seconds(self) -> float:
        """Return the seconds that passed."""
        if self._frozen is not None:
            return self._frozen
        looped = self.life.loop.time() if self.life else self._looped
        return looped + self.slept

    def true_now(self) -> datetime:
        """Return what a right clock shows."""
        return self.start + timedelta(seconds=self.seconds())

    def now(self) -> datetime:
        """Return what the bot's machine shows; a universe is its bot's bot.ports.Clock."""
        return self.true_now() + self.error

    def later(self, seconds: float, event: Callable[[], None]) -> None:
        """Let something happen in so many seconds, whatever becomes of the bot."""
        self._numbers += 1
        heapq.heappush(self._events, (self.seconds() + seconds, self._numbers, event))
        self._wake()

    def boot(self) -> App:
        """Start a bot."""
        loop = VirtualLoop(self._looped)
        disk = Disk()
        net = Net(self.api, Random(f"net/{self.seed}/{self.lives}"))  # noqa: S311
        app = App(
            self.settings,
            DEMO_ACCESS,
            self,
            steady=loop.time,
            transport=lambda: Wire(net),
            open_store=Drive(disk),
        )
        app._service = replace(app._service, health=NoHealth())  # type: ignore[arg-type]  # no port
        self.api.world.changed = net.changed
        stop = asyncio.Event()
        self.lives += 1
        self.life = Life(loop, disk, net, app, stop, loop.create_task(app.run(stop)))
        self._frozen = None
        self._wake()
        return app

    def run(self, seconds: float) -> None:
        """Let so much time pass for all."""
        self.run_until(self.seconds() + seconds)

    def run_until(self, second: float) -> None:
        """Let time pass until then."""
        if self.life is None:
            self._pass(second)
            return
        loop, running = self.life.loop, self.life.running
        loop.call_at(second - self.slept, loop.stop)
        loop.run_forever()
        if running.done():
            running.result()
            raise AssertionError("the bot ended by itself")

    def kill(self, rounds: int = 0, place: float = 0.0) -> None:
        """Kill the process, after so many rounds of the loop, between any two of its callbacks."""
        life = self._alive()
        life.loop.kill_after(rounds, place)
        try:
            life.loop.run_forever()
        except KilledError:
            self.bury()

    def bury(self) -> None:
        """Let go of a process that is dead; what it held in memory has no effect any more."""
        life = self._alive()
        self._frozen, self._looped = self.seconds(), life.loop.time()
        life.disk.gone = life.net.gone = True
        self.unhandled += life.loop.unhandled
        self.api.world.changed = lambda: None
        drained(life.loop)
        self.life = None

    def shut_down(self) -> None:
        """Stop the bot as SIGTERM does."""
        life = self._alive()
        life.stop.set()
        life.loop.run_until_complete(life.running)
        self.bury()

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: all goes on but the bot, whose steady clock stands still."""
        until = self.seconds() + seconds
        self._pass(until)
        self.slept += seconds
        self._frozen = None
        self._wake()

    def _alive(self) -> Life:
        assert self.life is not None, "no bot lives"
        return self.life

    def _pass(self, until: float) -> None:
        """Let time pass without the bot."""
        while self._events and self._events[0][0] <= until:
            self._frozen = max(self._events[0][0], self.seconds())
            heapq.heappop(self._events)[2]()
        if self.life is None:
            self._looped = until - self.slept
        self._frozen = until

    def _wake(self) -> None:
        """Let the loop come back to what happens next."""
        if self.life is not None and self._events and self._frozen is None:
            self.life.loop.call_at(self._events[0][0] - self.slept, self._happen)

    def _happen(self) -> None:
        now = self.seconds() + 1e-9
        while self._events and self._events[0][0] <= now:
            heapq.heappop(self._events)[2]()
        self._wake()
