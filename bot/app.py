"""The composition root: the only file that knows every part, owns the clock and the tasks."""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot import __version__, catalog
from bot.catalog.fingerprint import fingerprint
from bot.catalog.stems import stemmers
from bot.catalog.triage import load_lexicons
from bot.catalog.zones import use_packaged_zones, zones_version, zones_work, zones_year
from bot.core.advance import advance
from bot.core.search.finder import Finder
from bot.core.triage.screener import Screener
from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.flows.deliver import BATCH, Deliver
from bot.flows.desk import open_desk
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from bot.ops import told
from bot.ops.clock import SystemClock
from bot.ops.delivery_watch import DeliveryWatch
from bot.ops.exposition import Samples
from bot.ops.health import Health
from bot.ops.metrics import Metrics
from bot.ops.pulse import Pulse
from bot.ports import Clock, Store
from bot.settings import Settings
from bot.store.late import LateStore
from bot.store.opening import open_store
from bot.telegram.bot import build_bot
from bot.telegram.commands import publish_profile
from bot.telegram.handlers import Handlers
from bot.telegram.intake.door import Door
from bot.telegram.intake.fetch import Fetch
from bot.telegram.intake.normal import NormalWay
from bot.telegram.intake.polling import Poller
from bot.telegram.limiter import Pacer
from bot.telegram.send import Sender
from bot.telegram.transport import AiohttpRequest

__all__ = ["App", "SystemClock", "Tasks"]

log = logging.getLogger(__name__)
T = TypeVar("T")

LONGEST_NAP_SECONDS = 1.0  # a plan made meanwhile, or a turned clock, is noticed after this
STORE_RETRY_SECONDS = 2.0
SHUTDOWN_SECONDS = 5.0
DRAIN_SECONDS = 1.0
CONNECT_FIRST_SECONDS, CONNECT_LONGEST_SECONDS = 0.5, 30.0
CONTACT_SECONDS = 90.0  # three long polls without an answer: Telegram is out of reach


class Tasks:
    """Owns the background tasks: keeps them, logs their errors, stops them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Start a task that lives until it ends or ``stop`` is called."""
        task = asyncio.create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        """Cancel what still runs and wait for it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, SettingsError | StoreBrokenError):  # these end the process, told
            log.error(
                "task failed",
                extra={
                    "event": "task.failed",
                    "task": task.get_name(),
                    "cause": type(error).__name__,
                },
            )


class App:
    """The whole bot, put together; ``run`` starts it and returns when it was asked to stop."""

    def __init__(self, settings: Settings, token: str, clock: Clock) -> None:
        """Read the content and connect the parts; opens no connection yet.

        Raises:
            ContentError: a content file cannot be used.
            SettingsError: the content lacks the default language.
        """
        use_packaged_zones()
        self._settings, self._clock = settings, clock
        self._started = SystemClock().now()
        self._tasks = Tasks()
        self._pulse = Pulse(clock, zones_year())
        self._versions = {"bot": __version__, "zones": zones_version(), "content": ""}
        self._reading: asyncio.Task[None] | None = None
        self._prepared = False
        self._contact: float | None = None
        self.store = LateStore(self._open_store)
        self._voice = Voice(catalog.load(settings.content_dir), settings.operator)
        _check_language(settings.default_language, self._voice.content.languages)
        refer = Refer(self._voice, self.store)
        self._sending, self._polling = AiohttpRequest(), AiohttpRequest()
        waits, watch = told.LaneWaits(), DeliveryWatch()
        pacer = Pacer(settings.sends_per_second, waited=waits.note)
        self._bot = build_bot(token, settings.api_url, pacer, self._sending)
        sender = Sender(self._bot, on_stopped=self.store.stop_chat)
        self._application = (
            Application.builder().bot(self._bot).updater(None).job_queue(None).build()
        )
        spawn = self._tasks.spawn
        self._finder = Finder(self._voice.content, stemmers())
        self._screener = Screener(load_lexicons(settings.content_dir / "triage"), stemmers())
        reception = open_desk(
            self._voice, self.store, refer, self._finder, settings.default_language
        )
        Handlers(reception, sender, self.store, clock, spawn).register(self._application)
        way = NormalWay(self._application)
        self.door = Door(self._screener, refer, sender.refer, way, clock, spawn)
        fetch = Fetch(self._polling, self._bot.base_url)
        self._poller = Poller(fetch, self.door.receive, self._note_contact, sender.drop_webhook)
        self._deliver = Deliver(
            self.store, sender, self._voice, refer, clock, spawn, settings.in_flight, watch
        )
        sources = (
            lambda: told.of_readiness(self.ready()),
            watch.samples,
            lambda: told.of_path(self._deliver.health),
            lambda: told.of_traffic(pacer.traffic()),
            waits.samples,
            self._of_updates,
            self._pulse.samples,
            self._of_build,
        )
        metrics = Metrics(self.store.figures, lambda: self.store.works, sources, clock)
        self._health = Health(self.ready, metrics)

    def ready(self) -> Mapping[str, bool]:
        """Return what must work, and whether it does now."""
        silent = _seconds_since(self._contact)
        return {
            "database": self.store.works,
            "content": self._prepared,
            "telegram": silent is not None and silent < CONTACT_SECONDS,
            "clock": self._pulse.steady,
            "zones": zones_work(),
        }

    def _of_updates(self) -> Samples:
        counts = {"unnumbered": self._poller.skipped, "passed": self._poller.passed}
        return told.of_updates(
            self.door.counts | Counter(counts),
            self._poller.open_for(),
            _seconds_since(self.door.handled_at),
            _seconds_since(self._contact),
        )

    def _of_build(self) -> Samples:
        statuses = [entry.status for entry in self._voice.content.entries.values()]
        return told.of_build(self._versions, statuses, self._started)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until ``stop`` is set.

        Raises:
            BotError: it cannot start or go on; the text says what to do.
        """
        await self._health.start(*self._settings.address)
        self._tasks.spawn(self._pulse.run(), "pulse")
        try:
            await self._serve(stop)
        finally:
            await self._health.stop()
            await self._tasks.stop()
            await self._application.shutdown()
            # a start that failed left the application uninitialised, but connections open
            await self._sending.shutdown()
            await self._polling.shutdown()
            await self.store.close()

    async def _serve(self, stop: asyncio.Event) -> None:
        stopping = self._tasks.spawn(stop.wait(), "stop")
        storing = self._tasks.spawn(self.store.open(asyncio.sleep), "open-store")
        # a second bot on this database must not take even one update from the first
        await asyncio.wait(
            {storing, stopping},
            timeout=STORE_RETRY_SECONDS,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if storing.done():
            storing.result()
        receiving = self._tasks.spawn(self._receive(), "receive")
        reminding = self._tasks.spawn(self._remind(storing, stop), "remind")
        ended, _ = await asyncio.wait(
            {receiving, reminding, stopping}, return_when=asyncio.FIRST_COMPLETED
        )
        for task in ended:
            task.result()
        storing.cancel()
        await self._leave(receiving, reminding)

    async def _receive(self) -> None:
        await self._connect()
        self._tasks.spawn(
            publish_profile(self._bot, self._voice, self._settings.default_language), "profile"
        )
        await self._poller.run()

    def _read_ahead(self) -> None:
        """Make what the first messages would wait for, beside the work; once."""
        if self._reading is None:
            self._reading = self._tasks.spawn(asyncio.to_thread(self._prepare), "read-ahead")

    def _prepare(self) -> None:
        self._screener.prepare()
        self._finder.prepare()
        self._prepared = True
        self._versions |= {"content": fingerprint(self._settings.content_dir)}

    async def _connect(self) -> None:
        """Greet Telegram; while it is out of reach, try again for as long as it takes."""
        pause = CONNECT_FIRST_SECONDS
        await self._polling.initialize()
        while True:
            try:
                await self._application.initialize()
            except InvalidToken:
                raise SettingsError(
                    "Telegram refuses BOT_TOKEN.",
                    "copy it again from @BotFather, or ask it for a new one with /token.",
                ) from None
            except TelegramError as error:
                log.warning(
                    "telegram out of reach",
                    extra={"event": "telegram.unreachable", "cause": type(error).__name__},
                )
                self._read_ahead()
                await asyncio.sleep(pause)
                pause = min(pause * 2, CONNECT_LONGEST_SECONDS)
            else:
                self._note_contact()
                self._read_ahead()
                self._deliver.health.probed(works=True)
                return

    async def _remind(self, storing: "asyncio.Task[None]", stop: asyncio.Event) -> None:
        await storing
        recovered = False
        while not stop.is_set():
            try:
                if not recovered:
                    await self._deliver.recover()
                    recovered = True
                if not self.store.works:
                    # writes nothing if nothing is due, and shows whether writing works again
                    await self.store.materialise(self._clock.now(), advance, BATCH)
                await self._nap(await self._deliver.work(), stop)
            except StoreUnavailableError as error:
                log.warning(
                    "database out of reach",
                    extra={"event": "database.unreachable", "cause": error.problem},
                )
                await asyncio.sleep(STORE_RETRY_SECONDS)

    async def _nap(self, until: datetime | None, stop: asyncio.Event) -> None:
        ahead = (until - self._clock.now()).total_seconds() if until else LONGEST_NAP_SECONDS
        # what is due and still here waits for the path or the database: look again in a while
        seconds = min(ahead, LONGEST_NAP_SECONDS) if ahead > 0 else LONGEST_NAP_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await stop.wait()

    async def _leave(
        self, receiving: "asyncio.Task[None]", reminding: "asyncio.Task[None]"
    ) -> None:
        """Take nothing new, finish what is under way, tell Telegram what was handled."""
        self._deliver.closing = True
        receiving.cancel()
        await asyncio.wait({receiving, reminding}, timeout=SHUTDOWN_SECONDS)
        await self._poller.drain(DRAIN_SECONDS)

    async def _open_store(self) -> Store:
        return await open_store(self._settings.database, self._settings.key)

    def _note_contact(self) -> None:
        self._contact = asyncio.get_running_loop().time()


def _seconds_since(moment: float | None) -> float | None:
    return None if moment is None else asyncio.get_running_loop().time() - moment


def _check_language(language: str, offered: tuple[str, ...]) -> None:
    if language not in offered:
        raise SettingsError(
            "BOT_DEFAULT_LANGUAGE: the content has no such language.",
            f"use one of {', '.join(offered)}.",
        )
