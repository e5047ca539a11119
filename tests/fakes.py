"""Stand-ins at the ports: a store in memory, a clock that is turned, a courier that tells."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.core.actions import ANY_OCCURRENCE
from bot.core.plans import Fate, Kind, Outcome
from bot.core.screens import Button, Screen
from bot.ports import NotWantedError
from tests.memory_change import MemoryChange
from tests.memory_store import MemoryStore

__all__ = [
    "MORNING",
    "MemoryChange",
    "MemoryStore",
    "SeenTries",
    "ToldCourier",
    "TurnedClock",
    "about",
]

MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


def about(screen: Screen, occurrence: int) -> Screen:
    """Return a screen about any occurrence as the person of this one sees it."""

    number = {"occurrence": occurrence}

    def numbered(button: Button) -> Button:
        if getattr(button.action, "occurrence", None) != ANY_OCCURRENCE:
            return button
        return replace(button, action=replace(button.action, **number))

    rows = tuple(tuple(numbered(button) for button in row) for row in screen.buttons)
    return replace(screen, buttons=rows)


@dataclass
class TurnedClock:
    """Stands still until it is turned."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class SeenTries:
    """Keeps bot.ports.Onlooker; remembers the tries it was told of."""

    tries: list[tuple[Kind, Fate, timedelta]] = field(default_factory=list)

    def tried(self, kind: Kind, fate: Fate, late: timedelta) -> None:
        self.tries.append((kind, fate, late))


@dataclass
class ToldCourier:
    """Remembers what it was given; answers with the fates it was told, then with "sent".

    Attributes:
        silent: For each reminder, whether it came without a sound.
        paid: For each reminder, whether it was paid for.
        stripped: Chat and message of each reminder whose buttons were taken off.
        turn: Until it is set, everything waits for its turn; None: nothing has to.
        queued: Set when something waits so.
    """

    fates: list[Outcome] = field(default_factory=list)
    carried: list[tuple[int, Screen]] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)
    paid: list[bool] = field(default_factory=list)
    stripped: list[tuple[int, int]] = field(default_factory=list)
    works: bool = True
    probes: int = 0
    turn: asyncio.Event | None = None
    queued: asyncio.Event = field(default_factory=asyncio.Event)

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        if self.turn is not None:
            self.queued.set()
            await self.turn.wait()
        if not wanted() or (self.turn and stands and not await stands()):
            raise NotWantedError
        self.carried.append((chat, about(screen, occurrence)))
        self.silent.append(silent)
        self.paid.append(paid)
        if self.fates:
            return self.fates.pop(0)
        return Outcome(Fate.SENT, message_id=len(self.carried))

    async def strip(self, chat: int, message_id: int) -> None:
        self.stripped.append((chat, message_id))

    async def probe(self) -> bool:
        self.probes += 1
        return self.works
