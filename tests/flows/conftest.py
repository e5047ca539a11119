"""A conversation without Telegram: what a person does goes straight to the reception."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest

from bot.catalog.stems import stemmers
from bot.core import actions as act
from bot.core.actions import Action
from bot.core.content import Content
from bot.core.plans import Kind, State, Taken
from bot.core.screens import Button, Screen
from bot.core.search.finder import Finder
from bot.core.text import joined
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Verdict
from bot.flows.desk import open_desk
from bot.flows.reception import Caller, Reception
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from tests.fakes import MemoryStore, TurnedClock

CHAT = 7


@dataclass
class Talk:
    """One person's chat; remembers the last screen."""

    voice: Voice
    store: MemoryStore
    clock: TurnedClock
    refer: Refer
    desk: Reception
    screener: Screener
    hint: str = "en"
    screen: Screen | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def caller(self) -> Caller:
        return Caller(CHAT, self.hint, next(self.numbers), self.clock.now())

    @property
    def shown(self) -> Screen:
        assert self.screen is not None
        return self.screen

    @property
    def said(self) -> str:
        return joined(self.shown.blocks).plain

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.shown.buttons for button in row]

    def button(self, label: str) -> Button:
        found = [b for row in self.shown.buttons for b in row if b.label.startswith(label)]
        assert len(found) == 1, f"{label!r} is not one of {self.labels}"
        return found[0]

    async def wants(self, action: Action, language: str | None = None) -> None:
        language = language or (self.screen.language if self.screen else "en")
        self.screen = await self.desk.tap(self.caller, (language, action))

    async def taps(self, label: str) -> None:
        await self.wants(self.button(label).action)

    async def writes(self, text: str) -> None:
        verdict = self.verdict(text)
        self.screen = await self.desk.text(self.caller, text, referred=verdict.referral)

    async def commands(self, name: str) -> None:
        self.screen = await self.desk.command(self.caller, name)

    def verdict(self, text: str) -> Verdict:
        return self.screener.screen(text)

    async def joins(self, city: str = "Berlin") -> None:
        """Agree, and live in ``city``; the morning reminder is still off."""
        await self.wants(act.Consent(agreed=True))
        await self.taps(city)

    def reminded(self, **ago: float) -> int:
        """Let a morning reminder have been sent; return its occurrence."""
        due = self.clock.now() - timedelta(**ago)
        taken = Taken(0, Kind.MORNING, CHAT, "en", date(2026, 11, 24), "morning", due, 1, 0)
        number = self.store.add(taken)
        self.store.rows[number].state = State.SENT
        return number


@pytest.fixture(scope="session")
def finder(content: Content) -> Finder:
    return Finder(content, stemmers())


@pytest.fixture
def talk(voice: Voice, screener: Screener, finder: Finder) -> Talk:
    store = MemoryStore()
    refer = Refer(voice, store)
    desk = open_desk(voice, store, refer, finder, "en")
    return Talk(voice, store, TurnedClock(), refer, desk, screener)
