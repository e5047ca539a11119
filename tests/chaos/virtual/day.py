"""One simulated day: many people in many zones, faults, restarts, sleep, a clock that steps."""

import gc
import logging
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random  # noqa: TID251  # comes from the seed
from types import (
    AsyncGeneratorType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    ModuleType,
)

from bot.core.breaks import OFFICE, Rhythm
from bot.core.plans import EVERY_DAY, Kind, Plan, Subscriber
from bot.core.rings import replanned
from bot.simulator.chats import Message
from bot.simulator.courses import Kind as FaultKind
from bot.simulator.faults import Fault
from bot.store.prepare import prepare
from bot.store.rows import plan_values, subscriber_values
from bot.store.statements import SAVE_PLAN, SAVE_SUBSCRIBER
from tests.chaos.virtual.disk import Disk
from tests.chaos.virtual.loop import VirtualLoop
from tests.chaos.virtual.people import People
from tests.chaos.virtual.universe import Universe
from tests.chaos.virtual.wire import Net
from tests.chaos.virtual.witness import Arrival, Witness

START = datetime(2026, 10, 3, 6, tzinfo=UTC)  # Lord Howe and Sydney put their clocks forward
ZONES = (
    "Australia/Lord_Howe", "Australia/Sydney", "Asia/Kathmandu", "Pacific/Chatham",
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo",
    "America/St_Johns", "Asia/Kolkata", "Asia/Tokyo", "Africa/Cairo",
)  # fmt: skip
FAULTS: tuple[tuple[str, FaultKind, float, float], ...] = (
    # method, kind, share of the calls, seconds; together a tenth
    ("", "500", 0.014, 1),
    ("", "502", 0.010, 1),
    ("", "drop-before", 0.012, 1),
    ("", "drop-after", 0.012, 1),
    ("", "lost-reply", 0.006, 1),
    ("", "refused", 0.018, 1),
    ("", "broken-json", 0.006, 1),
    ("", "no-json", 0.004, 1),
    ("", "no-object", 0.004, 1),
    ("", "delay", 0.014, 3),
    ("", "delay-before", 0.005, 3),
    ("", "429", 0.001, 5),
    ("", "429-all", 0.0002, 4),
    ("send*", "400-entities", 0.002, 1),
    ("send*", "403", 0.001, 1),
    ("send*", "401", 0.0003, 1),
    ("edit*", "400-same", 0.004, 1),
    ("getUpdates", "409", 0.002, 1),
)
OUTSIDE = (
    type, ModuleType, FunctionType, FrameType, CoroutineType, GeneratorType, AsyncGeneratorType,
    Universe, VirtualLoop, Net, Disk,
)  # fmt: skip
"""What a bot holds only because its day is simulated, and what leads to all that there is."""
RESTARTS = 20
HOURS_ASLEEP = 8.0
Incident = Callable[[], None]
SETTLES = 3.35 * 3600  # after the day: longer than any grace, and off every hour


@dataclass(frozen=True, slots=True)
class Wishes:
    """How hard a day shall be."""

    users: int = 200
    seed: int = 1
    faults: bool = True
    restarts: int = RESTARTS
    asleep: float = HOURS_ASLEEP
    steps: bool = True
    deeds: float = 1.0
    hours: float = 24.0


@dataclass(slots=True)
class Day:
    """Runs it; afterwards the fields tell."""

    folder: Path
    wishes: Wishes
    universe: Universe = field(init=False)
    people: People = field(init=False)
    witness: Witness = field(init=False)
    downs: list[tuple[float, float]] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        wishes = self.wishes
        self.universe = Universe(self.folder, START, wishes.seed)
        chance = Random(f"people/{wishes.seed}")  # noqa: S311  # a play, no secret
        self.people = People(self.universe, chance)
        self.witness = Witness(self.universe.database, self.universe.now, self._told, self._message)
        self.universe.api.log = self.witness

    def run(self) -> None:
        """Live through the whole day, and then until all is settled."""
        errors = self.universe.errors
        logging.getLogger().addHandler(errors)
        try:
            self.settle_in()
            for second, incident in self._incidents():
                self.universe.run_until(max(second, self.universe.seconds()))
                incident()
            self.universe.api.faults.clear()
            self.universe.run_until(self.wishes.hours * 3600 + SETTLES)
            self.universe.shut_down()
        finally:
            logging.getLogger().removeHandler(errors)
            self.witness.close()

    def settle_in(self) -> None:
        """Let everybody move in, and start the bot."""
        wishes, api = self.wishes, self.universe.api
        seed_people(self.universe, wishes.users, Random(f"seeds/{wishes.seed}"))  # noqa: S311
        span = wishes.hours * 3600
        for chat in range(1, wishes.users + 1):
            api.add_person("P", "en", chat=chat, started=True)
            self.people.live_through(chat, span, wishes.deeds)
        for new in range(1 + wishes.users // 100):
            self.people.joins(api.add_person("N", "en", chat=1_000_000 + new), span / 2)
        self.universe.boot()
        if wishes.faults:
            for method, kind, share, seconds in FAULTS:
                order = Fault(method, kind, times=None, share=share, seconds=seconds)
                api.faults.order(order)

    def _incidents(self) -> list[tuple[float, Incident]]:
        wishes = self.wishes
        chance = Random(f"incidents/{wishes.seed}")  # noqa: S311  # a play, no secret
        span = wishes.hours * 3600
        found: list[tuple[float, Incident]] = [(span / 24, self._weigh)]
        nap = (0.3 * span, 0.3 * span + wishes.asleep * 3600)
        while len(found) <= wishes.restarts:
            second = chance.uniform(0, span)
            burst = chance.random() < 0.5  # half of them at a full hour, where most is at stake
            at = second // 3600 * 3600 + chance.uniform(1, 60) if burst else second
            kill = _Kill(self, chance.randrange(40), chance.random(), chance.uniform(3, 900))
            if not nap[0] <= at <= nap[1]:
                found.append((at, kill))
        if wishes.asleep:
            found.append((nap[0], lambda: self._sleep(wishes.asleep * 3600)))
        if wishes.steps:
            for share, hours in ((0.75, 1.0), (0.78, -1.0), (0.84, -1.0), (0.9, 1.0)):
                found.append((share * span, partial(self._step, hours)))
        found.append((span, self._weigh))
        return sorted(found, key=lambda one: one[0])

    def _weigh(self) -> None:
        assert self.universe.life is not None
        while not self.universe.life.app.ready()["content"]:  # it started just now
            self.universe.run(60)
        self.sizes.append(reachable(self.universe.life.app))

    def _sleep(self, seconds: float) -> None:
        since = self.universe.seconds()
        self.universe.sleep(seconds)
        self.downs.append((since, self.universe.seconds()))

    def _step(self, hours: float) -> None:
        self.universe.error += timedelta(hours=hours)
        self.steps.append(self.universe.seconds())

    def _told(self, arrival: Arrival, message: Message) -> None:
        self.people.sees(arrival.chat, message)

    def _message(self, chat: int, number: int) -> Message:
        return self.universe.api.world.chats[chat].messages[number]


@dataclass(frozen=True, slots=True)
class _Kill:
    """One kill -9 and the next start."""

    day: Day
    rounds: int
    place: float
    down: float

    def __call__(self) -> None:
        universe = self.day.universe
        since = universe.seconds()
        universe.kill(self.rounds, self.place)
        universe.run(self.down)
        self.day.downs.append((since, universe.seconds()))
        universe.boot()


def seed_people(universe: Universe, users: int, chance: Random) -> None:
    """Write so many subscribers, chat ids from 1, each with a morning and hourly breaks."""
    seal = prepare(universe.database, universe.settings.key)
    now = universe.now()
    with closing(sqlite3.connect(universe.database, isolation_level=None)) as db:
        db.execute("BEGIN")
        for chat in range(1, users + 1):
            at = time(chance.randrange(6, 10), chance.choice((0, 0, 0, 15, 30, 45)))
            rhythm = Rhythm(tuple((day, OFFICE) for day in sorted(EVERY_DAY)))
            plans = {
                Kind.MORNING: Plan(Kind.MORNING, at),
                Kind.BREAK: Plan(Kind.BREAK, time(0), rhythm=rhythm),
            }
            zone = ZONES[chat % len(ZONES)]
            made = replanned(Subscriber(chat, "en", zone, now, plans=plans), now)
            ids = {"lookup": seal.lookup(chat), "sealed": seal.close(chat)}
            row = db.execute(SAVE_SUBSCRIBER, {**ids, **subscriber_values(made)}).fetchone()
            for plan in made.plans.values():
                db.execute(SAVE_PLAN, {"subscriber": row[0], **plan_values(plan, asleep=False)})
        db.execute("COMMIT")


def reachable(root: object) -> int:
    """Return the bytes of all that an object holds, classes, functions and modules aside."""
    seen: set[int] = set()
    waiting, size = [root], 0
    gc.collect()
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, OUTSIDE):
            continue
        seen.add(id(thing))
        size += sys.getsizeof(thing)
        waiting += gc.get_referents(thing)
    return size
