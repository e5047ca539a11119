"""Walks every screen that buttons and commands lead to, each from the same few situations.

Every tap starts from the same moment and the same data, so a screen depends on its button alone.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.breaks import Rhythm
from bot.core.check_in import held
from bot.core.load import Capacity
from bot.core.plans import Kind, Pause, Plan, State, Subscriber, Taken
from bot.core.referral import Occasion
from bot.core.rings import replanned
from bot.core.screens import Screen
from bot.core.search.finder import Finder
from bot.core.text import joined
from bot.flows.check_in import check_in
from bot.flows.desk import open_desk
from bot.flows.reception import Caller, Reception
from bot.flows.refer import Refer
from bot.flows.reminder import reminder
from bot.flows.voice import Voice
from bot.telegram.callbacks import encode
from tests.fakes import MemoryStore, about

CHAT = 7
NOW = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
COMMANDS = ("start", "menu", "help", "reminders", "settings", "exercises", "pause", "delete")
TEXTS = ("stiff neck", "шея болит", "pizza recipe", "heat or ice", "back")
DEEP = (act.SetDays, act.ShowZones)
"""Actions whose screens lead to many of their own kind: only the first of each is walked."""


@dataclass
class Walk:
    """What was seen: screens by button string, and every string that a button carried."""

    screens: dict[str, Screen] = field(default_factory=dict)
    strings: set[str] = field(default_factory=set)


def situations(language: str) -> dict[str, MemoryStore]:
    """Return the data of a newcomer, of a subscriber, and of one whose reminders rest."""
    plans = {
        Kind.MORNING: Plan(Kind.MORNING, time(8)),
        Kind.BREAK: Plan(Kind.BREAK, time(0), rhythm=Rhythm()),
    }
    person = Subscriber(CHAT, language, "Europe/Berlin", NOW - timedelta(days=9), plans=plans)
    here = MemoryStore({CHAT: replanned(person, NOW)})
    for kind, slot in ((Kind.MORNING, "morning"), (Kind.BREAK, "10:00")):
        due = NOW - timedelta(minutes=20)
        number = here.add(Taken(0, kind, CHAT, language, date(2026, 11, 24), slot, due, 1, 0))
        here.rows[number].state = State.SENT
    away = deepcopy(here)
    resting = {
        kind: replace(plan, pause=Pause(NOW.date(), date(2026, 11, 30)), next_due=None)
        for kind, plan in plans.items()
    }
    away.subscribers[CHAT] = held(replace(person, plans=resting), NOW)
    return {"newcomer": MemoryStore(), "subscriber": here, "resting": away}


@dataclass
class Crawler:
    """One language, one situation."""

    voice: Voice
    finder: Finder
    language: str
    name: str
    store: MemoryStore
    walk: Walk
    seen: set[Action] = field(default_factory=set)

    async def run(self) -> None:
        waiting: deque[Action] = deque()
        for key, screen in await self._entrances():
            self._keep(key, screen)
            waiting.extend(self._new(screen))
        while waiting:
            action = waiting.popleft()
            screen = await self._tap(action)
            self._keep(encode(action, self.language), screen)
            waiting.extend(self._new(screen))

    async def _entrances(self) -> list[tuple[str, Screen]]:
        desk, caller = self._desk()
        found = [(f"/{name}", await desk.command(caller, name)) for name in COMMANDS]
        for text in TEXTS:
            screen = await desk.text(caller, text, referred=False)
            assert screen is not None
            found.append((f"“{text}”", screen))
        return [*found, *await self._crowded(), *self._referrals(), *self._reminders()]

    async def _crowded(self) -> list[tuple[str, Screen]]:
        """Choose a time that many chose, where a minute carries one reminder."""
        if not self.store.subscribers:
            return []
        store = deepcopy(self.store)
        due = datetime(2026, 11, 25, 7, tzinfo=UTC)
        sooner = [due - timedelta(minutes=n) for n in range(1, 6)]
        for chat, at in enumerate([due] * 5 + sooner, start=100):
            plans = {Kind.MORNING: Plan(Kind.MORNING, at.time(), next_due=at)}
            store.subscribers[chat] = Subscriber(chat, "en", "UTC", NOW, plans=plans)
        refer, one = Refer(self.voice, store), Capacity(1 / 60)
        desk = open_desk(self.voice, store, refer, self.finder, "en", capacity=one)
        caller = Caller(CHAT, self.language, 1, NOW)
        screen = await desk.tap(caller, (self.language, act.SetTime(time(8))))
        return [("a time that many chose", screen)]

    def _referrals(self) -> Iterator[tuple[str, Screen]]:
        refer = Refer(self.voice, self.store)
        for occasion in Occasion:
            for form, short in (("", False), (", short", True)):
                screen = refer.screen(occasion, self.language, "Europe/Berlin", short=short)
                yield f"referral {occasion}{form}", screen
        yield "check-in", check_in(self.voice, self.language, "Europe/Berlin")

    def _reminders(self) -> Iterator[tuple[str, Screen]]:
        for row in self.store.rows.values():
            taken = replace(row.taken, language=self.language)
            late = NOW if taken.kind is Kind.BREAK else taken.due
            yield f"{taken.kind} reminder", about(reminder(self.voice, taken, late), taken.id)
            if taken.kind is Kind.BREAK:
                asked = reminder(self.voice, replace(taken, asks=True), taken.due)
                yield "question", about(asked, taken.id)

    async def _tap(self, action: Action) -> Screen:
        desk, caller = self._desk()
        return await desk.tap(caller, (self.language, action))

    def _desk(self) -> tuple[Reception, Caller]:
        store = deepcopy(self.store)
        desk = open_desk(self.voice, store, Refer(self.voice, store), self.finder, "en")
        return desk, Caller(CHAT, self.language, 1, NOW)

    def _keep(self, key: str, screen: Screen) -> None:
        assert screen.blocks, key
        for button in (button for row in screen.buttons for button in row):
            self.walk.strings.add(encode(button.action, screen.language))
        self.walk.screens[f"{self.name} {key}"] = screen

    def _new(self, screen: Screen) -> Iterator[Action]:
        for row in screen.buttons:
            for button in row:
                action = _plain(button.action)
                is_deep = isinstance(action, DEEP) and any(
                    type(a) is type(action) for a in self.seen
                )
                if screen.language == self.language and action not in self.seen and not is_deep:
                    self.seen.add(action)
                    yield action


def _plain(action: Action) -> Action:
    """Return the action without the way that led to it; its screen differs only in Back."""
    if isinstance(action, act.ShowEntry | act.ShowSources | act.ShowDanger):
        return replace(action, trail="")
    if isinstance(action, act.ShowCard | act.StopRoutine) and action.step > 0:
        return replace(action, occurrence=0)
    return action


def crawl(voice: Voice, finder: Finder, language: str) -> Walk:
    """Return all that can be reached in one language."""
    walk = Walk()
    for name, store in situations(language).items():
        asyncio.run(Crawler(voice, finder, language, name, store, walk).run())
    return walk


def drawn(screen: Screen) -> str:
    """Return a screen as text: blocks, then a line a row of buttons."""
    rows = [" ".join(f"[{button.label}]" for button in row) for row in screen.buttons]
    return joined(screen.blocks).plain + "\n" + "\n".join(rows)
