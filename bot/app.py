"""The composition root: the only file that knows every part."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from functools import partial

from bot import __version__, catalog
from bot.catalog.fingerprint import fingerprint
from bot.catalog.screening import load_screener
from bot.catalog.stems import stemmers
from bot.catalog.zones import use_packaged_zones, zones_version, zones_work, zones_year
from bot.clock import SystemClock
from bot.core.search.finder import Finder
from bot.errors import SettingsError
from bot.flows.deliver import Deliver
from bot.flows.desk import open_desk
from bot.flows.refer import Refer
from bot.flows.rounds import Rounds
from bot.flows.voice import Voice
from bot.ops import told
from bot.ops.delivery_watch import DeliveryWatch
from bot.ops.exposition import Samples
from bot.ops.health import Health
from bot.ops.metrics import Metrics
from bot.ops.pulse import Pulse
from bot.ports import Clock
from bot.service import Service
from bot.settings import Settings
from bot.store.late import LateStore
from bot.store.opening import open_store
from bot.tasks import Tasks
from bot.telegram.commands import publish_profile
from bot.telegram.connection import Connection
from bot.telegram.films import Films
from bot.telegram.handlers import Handlers
from bot.telegram.intake.door import Door
from bot.telegram.intake.normal import NormalWay
from bot.telegram.intake.polling import Poller
from bot.telegram.limiter import Pacer
from bot.telegram.place import Placer
from bot.telegram.send import Sender


class App:
    """The whole bot, put together; ``run`` starts it and returns when it was asked to stop."""

    def __init__(self, settings: Settings, token: str, clock: Clock) -> None:
        """Read the content and connect the parts; opens no connection yet.

        Raises:
            ContentError: a content file cannot be used.
            SettingsError: the content lacks the default language.
        """
        use_packaged_zones()
        self._folder = settings.content_dir
        self._voice = voice = Voice(catalog.load(settings.content_dir), settings.operator)
        _check_language(settings.default_language, voice.content.languages)
        self._finder = Finder(voice.content, stemmers())
        self._screener = load_screener(settings.content_dir / "triage")
        self._prepared = False
        self._versions = {"bot": __version__, "zones": zones_version(), "content": ""}
        self._started = SystemClock().now()

        tasks, self._pulse = Tasks(), Pulse(clock, zones_year())
        waits, watch = told.LaneWaits(), DeliveryWatch()
        self._pacer = Pacer(settings.sends_per_second, waited=waits.note)
        self.telegram = Connection(token, settings.api_url, self._pacer)
        self.store = store = LateStore(partial(open_store, settings.database, settings.key))
        films = Films(voice.content.exercises.file_of, store, token.partition(":")[0])
        placer = Placer(self.telegram.bot, films, store.stop_chat)
        sender = Sender(self.telegram.bot, placer, store.stop_chat)
        refer = Refer(voice, store)

        reception = open_desk(voice, store, refer, self._finder, settings.default_language)
        handlers = Handlers(reception, sender, store, clock, tasks.spawn)
        handlers.register(self.telegram.application)
        way = NormalWay(self.telegram.application)
        self.door = Door(self._screener, refer, sender.refer, way, clock, tasks.spawn)
        self.poller = Poller(
            self.telegram.fetch, self.door.receive, self.telegram.note_answer, sender.drop_webhook
        )
        self._deliver = Deliver(
            store, sender, voice, refer, clock, tasks.spawn, settings.in_flight, watch
        )

        sources = (self._samples, waits.samples, watch.samples, self._pulse.samples)
        metrics = Metrics(store.figures, lambda: store.works, sources, clock)
        self._service = Service(
            tasks,
            Health(self.ready, metrics),
            settings.address,
            self._pulse,
            store,
            self.telegram,
            self.poller,
            Rounds(self._deliver, lambda: store.works),
            self._read_ahead,
            partial(publish_profile, self.telegram.bot, voice, settings.default_language),
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
            "zones": zones_work(),
        }

    def _samples(self) -> Samples:
        """Return what the parts know that tell of themselves in plain values."""
        counts = Counter(unnumbered=self.poller.skipped, passed=self.poller.passed)
        statuses = [entry.status for entry in self._voice.content.entries.values()]
        return {
            **told.of_readiness(self.ready()),
            **told.of_path(self._deliver.health),
            **told.of_traffic(self._pacer.traffic()),
            **told.of_updates(
                self.door.counts | counts,
                self.poller.open_for(),
                self.door.handled_ago(),
                self.telegram.silent_for(),
            ),
            **told.of_build(self._versions, statuses, self._started),
        }

    def _read_ahead(self) -> None:
        self._screener.prepare()
        self._finder.prepare()
        self._prepared = True
        self._versions |= {"content": fingerprint(self._folder)}


def _check_language(language: str, offered: tuple[str, ...]) -> None:
    if language not in offered:
        raise SettingsError(
            "BOT_DEFAULT_LANGUAGE: the content has no such language.",
            f"use one of {', '.join(offered)}.",
        )
