"""What speaks the content's words, put together: who answers people, and who reminds them.

Made in a thread beside the first poll, so that no start waits for it.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.catalog.fingerprint import fingerprint
from bot.catalog.folder import load
from bot.catalog.screening import load_screener
from bot.catalog.stems import stemmers
from bot.core.search.finder import Finder
from bot.core.triage.screener import Screener
from bot.flows.deliver import Deliver
from bot.flows.desk import open_desk
from bot.flows.paid import payer_of
from bot.flows.refer import Refer
from bot.flows.rounds import Rounds
from bot.flows.voice import Voice
from bot.ground import Ground
from bot.telegram.commands import publish_profile
from bot.telegram.films import Films
from bot.telegram.handlers import Handlers
from bot.telegram.intake.door import Door
from bot.telegram.intake.normal import NormalWay
from bot.telegram.place import Placer
from bot.telegram.send import Sender


@dataclass(frozen=True, slots=True)
class House:
    """What was made of a content folder.

    Attributes:
        publish: Tells Telegram what it shows of the bot.
    """

    folder: Path
    voice: Voice
    screener: Screener
    finder: Finder
    door: Door
    rounds: Rounds
    publish: Callable[[], Coroutine[Any, Any, None]]

    def prepare(self) -> str:
        """Make what the first messages would wait for; return which content it is."""
        self.screener.prepare()
        self.finder.prepare()
        return fingerprint(self.folder)

    def statuses(self) -> list[str]:
        """Return the review state of each answer."""
        return [entry.status for entry in self.voice.content.entries.values()]


def build_house(ground: Ground) -> House:
    """Read the content and connect what speaks its words.

    Raises:
        ContentError: a content file cannot be used.
        SettingsError: the content lacks the default language.
    """
    settings, store, clock = ground.settings, ground.store, ground.clock
    folder, spawn, telegram = settings.content_dir, ground.tasks.spawn, ground.telegram
    voice = Voice(load(folder), settings.operator)
    settings.check_language(voice.content.languages)
    screener, finder = load_screener(folder / "triage"), Finder(voice.content, stemmers())

    films = Films(voice.content.exercises.file_of, store, ground.number)
    sender = Sender(telegram.bot, Placer(telegram.bot, films, store.stop_chat), store.stop_chat)
    refer = Refer(voice, store)
    language, capacity = settings.default_language, settings.capacity
    reception = open_desk(voice, store, refer, finder, language, capacity=capacity)
    handlers = Handlers(reception, sender, store, clock, spawn)
    handlers.register(telegram.application)
    way = NormalWay(telegram.application, handlers)
    deliver = Deliver(
        store,
        sender,
        voice,
        refer.hold,
        clock,
        spawn,
        settings.in_flight,
        ground.watch,
        payer_of(capacity, ground.pacer.room),
        ground.steady,
        ground.path,
    )
    return House(
        folder,
        voice,
        screener,
        finder,
        Door(screener, refer, sender.refer, way, clock, spawn),
        Rounds(deliver, lambda: store.works, ground.before_reminders),
        partial(publish_profile, telegram.bot, voice, language),
    )
