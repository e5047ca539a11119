"""Each statement in turn fails, lies, or is the last that the process does: nothing is lost or twice.

SQLite's own method: not by chance, but all of them, counted by a run in which nothing happens.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.core.breaks import Rhythm, Window
from bot.core.plans import EVERY_DAY, Fate, Kind, Outcome, Plan, Subscriber
from bot.core.rings import replanned
from bot.core.screens import Screen
from bot.flows.voice import Voice
from bot.ports import NotWantedError
from bot.store.late import LateStore
from tests.chaos.virtual.bench import Bench
from tests.chaos.virtual.disk import Disk, Harm

BEFORE = datetime(2026, 11, 24, 6, 59, 30, tzinfo=UTC)
CHATS = PLAIN, DOUBTED, LOST, BLOCKED, BREAK, BREAK_DOUBTED, BREAK_REFUSED = range(1, 8)
MORNINGS = {PLAIN, DOUBTED, LOST}
BREAKS = {BREAK, BREAK_DOUBTED, BREAK_REFUSED}
LONG_SECONDS = 180.0
AROUND_SEVEN = Rhythm(tuple((day, Window(time(6), time(8))) for day in sorted(EVERY_DAY)))
DRIFT = """
    SELECT (SELECT sum(iif(name = 'all', n, -n)) FROM daily_count WHERE name <> 'referral')
           - (SELECT count(*) FROM occurrence WHERE state IN ('due', 'sending'))
"""
ENDS = "SELECT p.subscriber, o.state, o.doubts FROM occurrence o JOIN plan p ON p.id = o.plan"


@dataclass
class HardCourier:
    """Keeps bot.ports.Courier; each chat has a fate of its own at its first try."""

    arrived: Counter[int] = field(default_factory=Counter)
    tried: Counter[int] = field(default_factory=Counter)

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
        await asyncio.sleep(0.05)
        if not wanted():
            raise NotWantedError
        self.tried[chat] += 1
        first = self.tried[chat] == 1
        if chat == BLOCKED:
            return Outcome(Fate.STOPPED)
        if first and chat == BREAK_REFUSED:
            return Outcome(Fate.NOT_SENT)
        self.arrived[chat] += not (first and chat == LOST)
        await asyncio.sleep(0.05)
        doubtful = first and chat in {DOUBTED, LOST, BREAK_DOUBTED}
        return Outcome(Fate.IN_DOUBT if doubtful else Fate.SENT, message_id=chat)

    async def strip(self, chat: int, message_id: int) -> None:
        """There is nothing to strip."""

    async def probe(self) -> bool:
        return True


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory, voice: Voice) -> Bench:
    """A database in which everybody's reminder is due at seven."""
    bench = Bench(tmp_path_factory.mktemp("seven") / "seven", voice, BEFORE)

    async def subscribe(store: LateStore) -> None:
        for chat in CHATS:
            kind = Kind.BREAK if chat in BREAKS else Kind.MORNING
            plan = Plan(kind, time(7), rhythm=AROUND_SEVEN if chat in BREAKS else None)
            someone = Subscriber(chat, "en", "UTC", BEFORE, plans={kind: plan})
            async with store.change(chat, None, BEFORE) as change:
                await change.save(replanned(someone, BEFORE))

    bench.process(subscribe)
    return bench


def delivered(seven: Bench, folder: Path, disk: Disk) -> tuple[Bench, HardCourier]:
    """Deliver at seven with a statement that comes to harm; start again after a kill.

    Also after a lie: a take that is committed although an error says that it is not belongs to
    this process, which does not know of it; the next start finds it.
    """
    bench = seven.copied(folder)
    bench.courier = courier = HardCourier()
    bench.process(bench.delivering(LONG_SECONDS), disk)
    if bench.killed or disk.harm is Harm.LIES:
        bench.process(bench.delivering(LONG_SECONDS))
    return bench, courier


def check(bench: Bench, courier: HardCourier) -> None:
    """Find each promise kept."""
    assert bench.query(DRIFT) == [(0,)]
    ends = {chat: (state, doubts) for chat, state, doubts in bench.query(ENDS)}
    assert set(ends) == set(CHATS), "an occurrence was never made"
    for chat, (state, doubts) in ends.items():
        assert state in {"sent", "unknown", "undeliverable"}, (chat, state)
        assert state != "sent" or courier.arrived[chat], f"{chat}: silent loss"
        assert courier.arrived[chat] <= (1 if chat in BREAKS else 2), f"{chat}: too many copies"
        assert state != "unknown" or doubts == (1 if chat in BREAKS else 2), (chat, doubts)
    assert courier.arrived[PLAIN] >= 1
    assert courier.arrived[DOUBTED] >= 1
    assert ends[BLOCKED][0] == "undeliverable" or courier.tried[BLOCKED] == 0


def test_without_harm_each_reminder_ends_as_its_fate_says(seven: Bench, tmp_path: Path) -> None:
    bench, courier = delivered(seven, tmp_path / "run", Disk())

    check(bench, courier)
    assert courier.arrived == {
        PLAIN: 1,
        DOUBTED: 2,
        LOST: 1,
        BREAK: 1,
        BREAK_DOUBTED: 1,
        BREAK_REFUSED: 1,
    }


@pytest.mark.parametrize("harm", Harm)
def test_whichever_statement_of_a_delivery_comes_to_harm_nothing_is_lost_or_twice(
    seven: Bench, tmp_path: Path, harm: Harm
) -> None:
    counting = Disk(notes=True)
    delivered(seven, tmp_path / "count", counting)
    assert counting.statements > 30
    for victim, what in enumerate(counting.seen, 1):
        disk = Disk(victim, harm)
        bench, courier = delivered(seven, tmp_path / f"run{victim}", disk)
        try:
            check(bench, courier)
        except AssertionError as error:
            raise AssertionError(
                f"statement {victim} {harm}: {' '.join(what.split())[:90]}"
            ) from error
