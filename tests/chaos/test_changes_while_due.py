"""A person changes time, zone and breaks while reminders are due: one at most a slot and date.

CHANGES=10000 makes as many changes in all; by default a few hundred.
"""

import asyncio
import os
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random  # noqa: TID251  # comes from the seed, which the failure names
from typing import Any

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.advance import advance
from bot.core.plans import Settled, State
from bot.flows.desk import open_desk
from bot.flows.reception import Caller
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from bot.store.late import LateStore
from tests.chaos.virtual.bench import Bench
from tests.chaos.virtual.day import ZONES

CHANGES = int(os.environ.get("CHANGES", "300"))
A_LIFE = 100  # changes of one person
MONDAY = datetime(2026, 10, 19, 5, tzinfo=UTC)  # summer time ends within the week
CHAT = 7
SET_UP: tuple[Action, ...] = (
    act.Consent(agreed=True),
    act.SetZone("Europe/Berlin"),
    act.SetMorning(on=True),
    act.SetBreaks(on=True),
)
NO_FINDER: Any = None  # a tap searches nothing
RANG = """
    SELECT p.kind, o.slot, o.local_date, count(*) FROM occurrence o JOIN plan p ON p.id = o.plan
     WHERE o.state = 'sent' AND (o.parent IS NULL) GROUP BY 1, 2, 3
"""


def change(chance: Random) -> Action:
    """Return one change of mind."""
    match chance.randrange(6):
        case 0 | 1:
            return act.SetZone(chance.choice(ZONES))
        case 2 | 3:
            return act.SetTime(time(chance.randrange(5, 21), chance.choice((0, 15, 30, 45))))
        case 4:
            return act.SetMorning(on=chance.random() < 0.7)
        case _:
            return act.SetInterval(chance.choice((60, 90, 120)))


@pytest.mark.parametrize("seed", range(max(1, CHANGES // A_LIFE)))
def test_however_a_person_changes_their_mind_each_date_has_one_morning_and_each_slot_one_break(
    voice: Voice, tmp_path: Path, seed: int
) -> None:
    chance = Random(f"changes/{seed}")  # noqa: S311  # a play, no secret
    bench = Bench(tmp_path / "life", voice, MONDAY)
    messages: Counter[tuple[str, str]] = Counter()

    async def lives(store: LateStore) -> None:
        desk = open_desk(voice, store, Refer(voice, store), NO_FINDER, "en")
        for number in range(len(SET_UP) + A_LIFE):
            wish = SET_UP[number] if number < len(SET_UP) else change(chance)
            await desk.tap(Caller(CHAT, "en", number, bench.now()), ("en", wish))
            # the next look of the delivery: soon, or when what was due has waited
            await asyncio.sleep(chance.choice((1, 60, 600, 5400)))
            await store.materialise(bench.now(), advance)
            if chance.random() < 0.3:
                continue  # it stays due while the next change comes
            lease = timedelta(seconds=60)
            taken = await store.turn([], bench.now(), 9, lease=lease, healthy=True)
            messages.update((one.kind.value, f"{one.local_date} {one.slot}") for one in taken)
            sent = [Settled(one.id, one.attempt, State.SENT, message_id=one.id) for one in taken]
            await store.turn(sent, bench.now(), 0, lease=lease, healthy=True)

    bench.process(lives)

    assert messages, "nothing rang at all"
    assert [one for one, n in messages.items() if n > 1] == []
    assert [row for row in bench.query(RANG) if row[3] > 1] == []
    mornings = Counter(name.split()[0] for kind, name in messages if kind == "morning")
    assert max(mornings.values(), default=1) == 1
