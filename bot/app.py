"""The composition root: connects what the first poll needs; house.py adds what speaks the content."""

import time
from asyncio import Event
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.account import Account
from bot.catalog import zones
from bot.clock import SystemClock
from bot.core.path_health import PathHealth
from bot.flows.retiming import Retiming
from bot.flows.set_back import SetBack
from bot.ground import Ground
from bot.ops import told
from bot.ops.delivery_watch import DeliveryWatch
from bot.ops.health import Health
from bot.ops.ledger import Ledger
from bot.ops.membership import Membership
from bot.ops.metrics import Metrics
from bot.ops.pulse import Pulse
from bot.ports import Clock, Store
from bot.service import Service
from bot.settings import Settings
from bot.store.late import LateStore
from bot.store.opening import open_store
from bot.tasks import Tasks
from bot.telegram.connection import Connection, Transport
from bot.telegram.intake.porch import Porch
from bot.telegram.intake.ways_in import way_in
from bot.telegram.limiter import Pacer
from bot.telegram.transport import AiohttpRequest

if TYPE_CHECKING:  # what the first poll does not need is imported beside it, by ``build``
    from bot.house import House


class App:
    """The whole bot, put together; ``run`` starts it and returns when it was asked to stop."""

    def __init__(
        self,
        settings: Settings,
        token: str,
        clock: Clock,
        *,
        steady: Callable[[], float] = time.monotonic,
        transport: Transport = AiohttpRequest,
        open_store: Callable[[str, Path], Awaitable[Store]] = open_store,
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        """Connect what the first poll needs; reads no content and opens no connection yet.

        Args:
            settings: What the operator has set.
            token: The bot's.
            clock: Wall clock.
            steady: Seconds that only grow; a simulated day has its own.
            transport: Makes what carries requests to Telegram.
            open_store: Opens the database of an address, with a key file.
            settled: Called once all is made that stays.
        """
        zones.use_packaged_zones()
        self._house: House | None = None
        self._settled, started = settled, SystemClock().now()
        tasks, pulse = Tasks(), Pulse(clock, zones.zones_year(), monotonic=steady)
        waits, watch = told.LaneWaits(), DeliveryWatch()
        pacer = Pacer(settings.sends_per_second, waited=waits.note, clock=steady)
        self.telegram = telegram = Connection(token, settings.api_url, pacer, transport, steady)
        self.store = store = LateStore(partial(open_store, settings.database, settings.key))

        rate, hook = settings.capacity.rate, settings.read_webhook()
        self._porch, path = Porch(), PathHealth()
        crew = Membership(store, pacer, rate, hook is None, settings.is_alone)
        self.way_in = way_in(hook, telegram, self._porch, crew, tasks.spawn, steady=steady)
        self._retiming = retiming = Retiming(
            store, clock, zones.zones_on_disk, zones.renew_zones, zones.zones_version()
        )
        self._ground = Ground(
            settings=settings,
            number=token.partition(":")[0],
            clock=clock,
            steady=steady,
            store=store,
            telegram=telegram,
            pacer=pacer,
            tasks=tasks,
            watch=watch,
            path=path,
            before_reminders=self._before_reminders,
        )

        self._account = account = Account(
            store, telegram, pulse, pacer, path, self._porch, self.way_in, retiming, started
        )
        sources = (account.samples, waits.samples, watch.samples, pulse.samples, crew.samples)
        metrics = Metrics(store.figures, lambda: store.works, sources, clock)
        beside = {"zones": retiming.run, "ledger": Ledger(store.figures, clock).run}
        set_back = SetBack(store, clock, lambda: pulse.steady)
        pulse.stepped = set_back.stepped
        beside |= {"pulse": pulse.run, "crew": crew.run, "set-back": set_back.run}
        self._service = Service(
            tasks,
            Health(account.ready, metrics, self.way_in.served),
            settings.address,
            beside,
            store,
            telegram,
            path,
            self.way_in,
            self._porch,
            self.build,
            self._prepare,
        )

    async def run(self, stop: Event) -> None:
        """Run until ``stop`` is set.

        Raises:
            BotError: it cannot start or go on; the text says what to do.
        """
        await self._service.run(stop)

    def build(self) -> "House":
        """Read the content and make what speaks its words, if that was not done yet.

        Raises:
            ContentError: a content file cannot be used.
            SettingsError: the content lacks the default language.
        """
        from bot.house import build_house  # noqa: PLC0415 - kept out of the first poll

        if self._house is None:
            self._house = build_house(self._ground)
            self._account.statuses = self._house.statuses()
        return self._house

    def ready(self) -> Mapping[str, bool]:
        """Return what must work, and whether it does now."""
        return self._account.ready()

    def _prepare(self) -> None:
        self._account.content = self.build().prepare()
        self._settled()

    async def _before_reminders(self) -> None:
        await self.store.examine()
        await self._retiming.begin()
