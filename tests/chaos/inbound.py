"""python -m tests.chaos.inbound: kills (signal 9) while a hundred messages wait, counted outside the bot.

Each round lets a hundred updates come, kills the bot at a random moment, starts another one and waits
until all are confirmed. Then it counts: replies and referrals on the simulated Telegram's side, effects
by triggers in the database, which see every write that was committed.
"""

import argparse
import asyncio
import random  # noqa: TID251 - which moment is hit is chance, and the seed is printed
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, Literal, get_args

from benchmarks.processes import free_port
from bot.core import actions as act
from bot.simulator.api import Api
from bot.simulator.server import Simulator
from bot.telegram.callbacks import encode
from tests.chaos.house import environment, python, telegram
from tests.journeys.conftest import HOOK_SECRET, HOOK_URL, until

Way = Literal["polling", "webhook"]
Phase = Literal["received", "committed", "replied", "later"]
PHASES: tuple[Phase, ...] = get_args(Phase)
ACUTE, REFERRAL = "my legs went numb and I cannot pee", "This may need urgent help."
SETTLERS, NEW, DONE, LATER, HURT, CURIOUS = 40, 10, 5, 5, 20, 20
PENDING = SETTLERS + NEW + DONE + LATER + HURT + CURIOUS
ACTORS = SETTLERS + DONE + LATER  # subscribers; their chats are 1, 2, 3, ...
SHOWN = ("sendMessage", "editMessageText")
DUE = "2035-01-01T08:00:00Z"
LONGEST_SECONDS = 60.0
EVENT = re.compile(r" event=(update\.\S+|database\.\S+|telegram\.lost|answer\.late)")
AUDIT = """
    CREATE TABLE audit (what TEXT, who INTEGER);
    CREATE TRIGGER audit_new AFTER INSERT ON subscriber
    BEGIN INSERT INTO audit VALUES ('new', new.id); END;
    CREATE TRIGGER audit_save AFTER UPDATE OF preferences ON subscriber
    BEGIN INSERT INTO audit VALUES ('save', new.id); END;
    CREATE TRIGGER audit_answer AFTER UPDATE OF answer ON occurrence
    BEGIN INSERT INTO audit VALUES ('answer', new.id); END;
    CREATE TRIGGER audit_again AFTER INSERT ON occurrence WHEN new.parent IS NOT NULL
    BEGIN INSERT INTO audit VALUES ('again', new.parent); END;
"""
RUNG = """
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, state, message_id, ended_at)
    SELECT id, '08:00', :date, :now, :now, 'sent', 1, :now FROM plan
     WHERE subscriber = :who AND kind = 'morning' RETURNING id
"""


@dataclass
class Figures:
    """What became of it."""

    kills: Counter[Phase] = field(default_factory=Counter)
    messages: int = 0
    unanswered: int = 0
    effects: int = 0
    missing: int = 0
    doubled: int = 0
    acute: int = 0
    unreferred: int = 0
    extra: int = 0
    said: Counter[str] = field(default_factory=Counter)

    @property
    def broken(self) -> int:
        """How often a promise was broken: a message lost, an effect lost or twice, no referral."""
        return self.unanswered + self.missing + self.doubled + self.unreferred

    def line(self, way: Way, seed: int) -> str:
        """Return the figures in one line."""
        phases = ", ".join(f"{phase} {n}" for phase, n in sorted(self.kills.items()))
        return (
            f"inbound, {way}, seed {seed}: {self.kills.total()} kills ({phases}), {PENDING} pending "
            f"each; {self.unanswered} of {self.messages} messages unanswered, {self.missing} of "
            f"{self.effects} effects missing, {self.doubled} applied twice, {self.unreferred} of "
            f"{self.acute} acute ones without a referral; {self.extra} replies more than once"
            + (f"; the bots said: {dict(self.said)}" if self.said else "")
        )


@dataclass
class Siege:
    """One bot after another on one database and one simulated Telegram."""

    folder: Path
    api: Api
    env: dict[str, str]
    chance: random.Random
    figures: Figures = field(default_factory=Figures)
    round: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "data" / "unknot.db"

    def read(self, statement: str) -> list[tuple[Any, ...]]:
        """Return rows, read from beside the bot."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(statement).fetchall()

    @property
    def committed(self) -> int:
        return int(self.read("SELECT count(*) FROM seen_update")[0][0])

    @property
    def replied(self) -> int:
        return sum(call.method in SHOWN for call in self.api.log.calls)

    async def strike(self, bot: asyncio.subprocess.Process) -> asyncio.subprocess.Process:
        """Do one round; return the bot that runs after it."""
        self.round += 1
        phase = self.chance.choice(PHASES)
        self.figures.kills[phase] += 1
        self.api.log.calls.clear()
        before = self.committed
        rung = self._ring()
        people = self._speak(rung)
        await self._moment(phase, before)
        bot.kill()
        _, errors = await bot.communicate()
        self.hear(errors)
        bot = await python(self.env, "bot", "run")
        await until(lambda: not len(self.api.world.updates), "all confirmed", LONGEST_SECONDS)
        self._count(people, rung)
        return bot

    def hear(self, errors: bytes) -> None:
        """Note what a bot logged of updates that it gave up by itself, as on a starved machine."""
        self.figures.said.update(EVENT.findall(errors.decode()))

    def _ring(self) -> list[int]:
        """Let a reminder have come to those who will answer it; return the occurrences."""
        date = (
            f"20{10 + self.round // 300:02}-{1 + self.round // 28 % 12:02}-{1 + self.round % 28:02}"
        )
        rung = []
        with closing(sqlite3.connect(self.database, timeout=10)) as db, db:
            db.execute("DELETE FROM audit")
            for who in range(SETTLERS + 1, ACTORS + 1):
                values = {"date": date, "now": 1_800_000_000 + self.round, "who": who}
                rung.append(int(db.execute(RUNG, values).fetchone()[0]))
        return rung

    def _speak(self, rung: list[int]) -> range:
        """Let the hundred come, mixed; return the chats of those who are new in this round."""
        first = 1000 * self.round
        people = range(first, first + NEW + HURT + CURIOUS)
        for chat in people:
            self.api.add_person("P", chat=chat, started=True)
        at = time(6 + self.round // 60 % 6, self.round % 60)
        tasks: list[Callable[[], object]] = []
        tasks += [self._tap(chat, act.SetTime(at)) for chat in range(1, SETTLERS + 1)]
        tasks += [self._tap(SETTLERS + 1 + n, act.Done(rung[n])) for n in range(DONE)]
        later = range(DONE, DONE + LATER)
        tasks += [self._tap(SETTLERS + 1 + n, act.Later(rung[n], 600)) for n in later]
        tasks += [self._tap(chat, act.Consent(agreed=True)) for chat in people[:NEW]]
        tasks += [self._say(chat, ACUTE) for chat in people[NEW : NEW + HURT]]
        tasks += [self._say(chat, "/menu") for chat in people[NEW + HURT :]]
        self.chance.shuffle(tasks)
        for task in tasks:
            task()
        return people

    def _tap(self, chat: int, action: act.Action) -> Callable[[], object]:
        return lambda: self.api.tap(chat, 1, encode(action, "en"), force=True)

    def _say(self, chat: int, text: str) -> Callable[[], object]:
        return lambda: self.api.say(chat, text)

    async def _moment(self, phase: Phase, before: int) -> None:
        """Wait for the moment of the kill."""
        writes = SETTLERS + NEW + DONE + LATER
        if phase == "received":
            await asyncio.sleep(self.chance.uniform(0, 0.05))
        elif phase == "committed":
            wanted = before + self.chance.randint(1, writes)
            await until(lambda: self.committed >= wanted, "commits", LONGEST_SECONDS)
        else:
            shown = self.chance.randint(1, PENDING)
            await until(lambda: self.replied >= shown, "replies", LONGEST_SECONDS)
            if phase == "later":
                await asyncio.sleep(self.chance.uniform(0, 0.1))

    def _count(self, people: range, rung: list[int]) -> None:
        figures = self.figures
        found = Counter((str(what), int(who)) for what, who in self.read("SELECT * FROM audit"))
        fresh = [who for what, who in found if what == "new"]
        wanted = [("save", who) for who in range(1, SETTLERS + 1)]
        wanted += [("answer", one) for one in rung[:DONE]] + [("again", one) for one in rung[DONE:]]
        figures.effects += len(wanted) + NEW
        figures.missing += sum(not found[one] for one in wanted) + max(NEW - len(fresh), 0)
        figures.doubled += sum(max(found[one] - 1, 0) for one in wanted)
        figures.doubled += max(len(fresh) - NEW, 0)
        # the consent and the question for the zone are written in one transaction
        figures.doubled += sum(max(found["save", who] - 1, 0) for who in fresh)
        shown = Counter(c.chat for c in self.api.log.calls if c.method in SHOWN and c.code == 200)
        everybody = [*range(1, ACTORS + 1), *people]
        figures.messages += len(everybody)
        figures.unanswered += sum(not shown[chat] for chat in everybody)
        figures.extra += sum(max(shown[chat] - 1, 0) for chat in everybody)
        hurt = people[NEW : NEW + HURT]
        figures.acute += len(hurt)
        figures.unreferred += sum(not self._is_referred(chat) for chat in hurt)

    def _is_referred(self, chat: int) -> bool:
        said = self.api.world.chats[chat].messages.values()
        return any(message.text.startswith(REFERRAL) for message in said)


@asynccontextmanager
async def siege(folder: Path, way: Way, seed: int) -> AsyncIterator[Siege]:
    """Run a simulated Telegram, and fill a database whose writes are watched."""
    async with telegram(range(1, ACTORS + 1)) as (api, simulator):
        env = environment(
            folder, simulator.url, BOT_SENDS_PER_SECOND="1000", **_hook(way, simulator)
        )
        database = f"sqlite:///{folder / 'data' / 'unknot.db'}"
        wanted = ("--database", database, "--subscribers", str(ACTORS), "--due", DUE)
        seeding = await python(env, "benchmarks.seed", *wanted, "--kind", "morning")
        assert await seeding.wait() == 0
        with closing(sqlite3.connect(folder / "data" / "unknot.db")) as db:
            db.executescript(AUDIT)
        yield Siege(folder, api, env, random.Random(seed))  # noqa: S311 - chance for a test


def _hook(way: Way, simulator: Simulator) -> dict[str, str]:
    if way == "polling":
        return {}
    listen = f"127.0.0.1:{free_port()}"
    simulator.deliveries.root = f"http://{listen}"
    simulator.deliveries.outbox.first_pause = 0.1  # Telegram's is longer: here only time would pass
    return {"BOT_LISTEN": listen, "BOT_WEBHOOK_URL": HOOK_URL, "BOT_WEBHOOK_SECRET": HOOK_SECRET}


async def besieged(folder: Path, way: Way, seed: int, kills: int) -> Figures:
    """Kill so often; return the figures, and tell of a long siege now and then how it stands."""
    async with siege(folder, way, seed) as one:
        bot = await python(one.env, "bot", "run")
        for number in range(1, kills + 1):
            bot = await one.strike(bot)
            if number % 50 == 0 and number < kills:
                print(f"so far: {one.figures.line(way, seed)}", file=sys.stderr)  # noqa: T201
        bot.terminate()
        _, errors = await bot.communicate()
        assert bot.returncode == 0
        one.hear(errors)
        return one.figures


def main() -> int:
    """Kill as often as asked, in each way, and print the figures; return 0 if all promises held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--way", choices=get_args(Way), action="append")
    given = parser.parse_args()
    broken = 0
    for way in given.way or get_args(Way):
        with tempfile.TemporaryDirectory() as name:
            figures = asyncio.run(besieged(Path(name), way, given.seed, given.kills))
        print(figures.line(way, given.seed), flush=True)  # noqa: T201 - this is what it is for
        broken += figures.broken
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
