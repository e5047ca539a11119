"""The composition root: the only file that knows every part."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from bot import __version__, catalog
from bot.catalog import zones
from bot.catalog.fingerprint import fingerprint
from bot.catalog.screening import load_screener
from bot.catalog.stems import stemmers
from bot.clock import SystemClock
from bot.core.search.finder import Finder
from bot.flows.deliver import Deliver
from bot.flows.desk import open_desk
from bot.flows.paid import payer_of
from bot.flows.refer import Refer
from bot.flows.retiming import Retiming
from bot.flows.rounds import Rounds
from bot.flows.set_back import SetBack
from bot.flows.voice import Voice
from bot.ops import told
from bot.ops.delivery_watch import DeliveryWatch
from bot.ops.exposition import Samples
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
from bot.telegram.commands import publish_profile
from bot.telegram.connection import Connection, Transport
from bot.telegram.films import Films
from bot.telegram.handlers import Handlers
from bot.telegram.intake.door import Door
from bot.telegram.intake.normal import NormalWay
from bot.telegram.intake.ways_in import way_in
from bot.telegram.limiter import Pacer
from bot.telegram.place import Placer
from bot.telegram.send import Sender
from bot.telegram.transport import AiohttpRequest


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
    ) -> None:
        """Read the content and connect the parts; opens no connection yet.

        Args:
            settings: What the operator has set.
            token: The bot's.
            clock: Wall clock.
            steady: Seconds that only grow; a simulated day has its own.
            transport: Makes what carries requests to Telegram.
            open_store: Opens the database of an address, with a key file.

        Raises:
            ContentError: a content file cannot be used.
            SettingsError: the content lacks the default language.
        """
        zones.use_packaged_zones()
        self._folder = settings.content_dir
        self._voice = voice = Voice(catalog.load(settings.content_dir), settings.operator)
        language, capacity = settings.default_language, settings.capacity
        settings.check_language(voice.content.languages)
        self._finder = Finder(voice.content, stemmers())
        self._screener = load_screener(settings.content_dir / "triage")
        self._versions = {"bot": __version__, "content": ""}
        self._prepared, self._started = False, SystemClock().now()

        tasks, self._pulse = Tasks(), Pulse(clock, zones.zones_year(), monotonic=steady)
        waits, watch = told.LaneWaits(), DeliveryWatch()
        self._pacer = Pacer(settings.sends_per_second, waited=waits.note, clock=steady)
        self.telegram = Connection(token, settings.api_url, self._pacer, transport, steady)
        self.store = store = LateStore(partial(open_store, settings.database, settings.key))
        films = Films(voice.content.exercises.file_of, store, token.partition(":")[0])
        placer = Placer(self.telegram.bot, films, store.stop_chat)
        sender = Sender(self.telegram.bot, placer, store.stop_chat)
        refer = Refer(voice, store)
        reception = open_desk(voice, store, refer, self._finder, language, capacity=capacity)
        handlers = Handlers(reception, sender, store, clock, tasks.spawn)
        handlers.register(self.telegram.application)
        way = NormalWay(self.telegram.application, handlers)
        self.door = Door(self._screener, refer, sender.refer, way, clock, tasks.spawn)
        hook = settings.read_webhook()
        crew = Membership(store, self._pacer, capacity.rate, hook is None, settings.is_alone)
        self.way_in = way_in(
            hook, self.telegram, self.door, sender.drop_webhook, crew, steady=steady
        )
        payer, in_flight = payer_of(capacity, self._pacer.room), settings.in_flight
        self._deliver = Deliver(
            store, sender, voice, refer.hold, clock, tasks.spawn, in_flight, watch, payer, steady
        )

        self._retiming = Retiming(
            store, clock, zones.zones_on_disk, zones.renew_zones, zones.zones_version()
        )
        beside = {"zones": self._retiming.run, "ledger": Ledger(store.figures, clock).run}
        set_back = SetBack(store, clock, lambda: self._pulse.steady)
        self._pulse.stepped = set_back.stepped
        beside |= {"pulse": self._pulse.run, "crew": crew.run, "set-back": set_back.run}

        sources = (self._samples, waits.samples, watch.samples, self._pulse.samples, crew.samples)
        metrics = Metrics(store.figures, lambda: store.works, sources, clock)
        self._service = Service(
            tasks,
            Health(self.ready, metrics, self.way_in.served),
            settings.address,
            beside,
            store,
            self.telegram,
            self.way_in,
            Rounds(self._deliver, lambda: store.works, self._retiming.begin),
            self._read_ahead,
            partial(publish_profile, self.telegram.bot, voice, language),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Run until ``stop`` is set.

        Raises:
            BotError: it cannot start or go on; the text says what to do.
        """
        await self._service.run(stop)

    def ready(self) -> Mapping[str, bool]:
        """Return what must work, and whether it does now."""
        return {
            "database": self.store.works,
            "content": self._prepared,
            "telegram": self.telegram.in_touch(),
            "clock": self._pulse.steady,
            "zones": zones.zones_work(),
        }

    def _samples(self) -> Samples:
        """Return what the parts know that tell of themselves in plain values."""
        statuses = [entry.status for entry in self._voice.content.entries.values()]
        return {
            **told.of_readiness(self.ready()),
            **told.of_path(self._deliver.health),
            **told.of_traffic(self._pacer.traffic()),
            **told.of_updates(
                self.door.counts + self.way_in.counts,
                self.way_in.open_for(),
                self.door.handled_ago(),
                self.telegram.silent_for(),
            ),
            **told.of_webhook(self.way_in.answers),
            **told.of_build(
                self._versions | {"zones": self._retiming.version}, statuses, self._started
            ),
        }

    def _read_ahead(self) -> None:
        self._screener.prepare()
        self._finder.prepare()
        self._prepared = True
        self._versions |= {"content": fingerprint(self._folder)}
