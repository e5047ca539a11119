"""Stands beside Telegram: writes the log, counts copies, and looks into the database from outside."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core import actions as act
from bot.core.delivery import ON_TIME
from bot.core.schedule import in_quiet_hours, is_zone
from bot.simulator.calls import Call, CallLog
from bot.simulator.chats import Message
from bot.telegram.callbacks import decode

ROW = """
    SELECT o.state, o.due_at, p.kind, s.zone, o.slot
      FROM occurrence o JOIN plan p ON p.id = o.plan JOIN subscriber s ON s.id = p.subscriber
     WHERE o.id = ?
"""
CARRIES = act.Done | act.KeepBreaks


@dataclass(frozen=True, slots=True)
class Arrival:
    """One copy of a reminder in a chat.

    Attributes:
        at: Seconds that had passed.
        late: Seconds after its due moment, by the bot's own clock.
    """

    occurrence: int
    chat: int
    kind: str
    due: int
    at: float
    late: float


@dataclass
class Witness(CallLog):
    """What Telegram saw, and what is wrong with it.

    Attributes:
        now: The bot's wall clock.
        arrivals: All copies of reminders.
        wrong: Sentences about broken promises.
        delivered: Ids of all messages that reached a chat.
        told: Called with each reminder's copy and its message.
    """

    database: Path
    now: Callable[[], datetime]
    told: Callable[[Arrival, Message], None]
    message: Callable[[int, int], Message]
    arrivals: list[Arrival] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    delivered: set[int] = field(default_factory=set)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _db: sqlite3.Connection | None = None

    def __post_init__(self) -> None:
        super().__init__(kept=1000)

    @property
    def hash(self) -> str:
        """Digest of the log: virtual time, chat, method, what came of it, each call in order."""
        return self._digest.hexdigest()[:16]

    def add(self, call: Call) -> None:
        super().add(call)
        line = f"{call.at!r} {call.chat} {call.method} {call.code} {call.message}\n"
        self._digest.update(line.encode())
        if call.delivered:
            self.delivered.add(call.message)
            self._see(call, self.message(call.chat, call.message))

    def close(self) -> None:
        """Look no more."""
        if self._db is not None:
            self._db.close()

    def by_occurrence(self) -> Counter[tuple[int, int, str, int]]:
        """Return how many copies there were of each occurrence."""
        return Counter((one.occurrence, one.chat, one.kind, one.due) for one in self.arrivals)

    def _see(self, call: Call, message: Message) -> None:
        number = carried(message)
        row = self._row(number) if number else None
        if number is None or row is None or row[0] != "sending":
            return  # a screen that leads back to a reminder
        _, due, kind, zone, _ = row
        now = self.now()
        late = now.timestamp() - due
        arrival = Arrival(number, call.chat, kind, due, call.at, late)
        self.arrivals.append(arrival)
        self._check_hour(arrival, ZoneInfo(zone if zone and is_zone(zone) else "UTC"), now)
        self.told(arrival, message)

    def _check_hour(self, arrival: Arrival, zone: ZoneInfo, now: datetime) -> None:
        chosen = datetime.fromtimestamp(arrival.due, UTC).astimezone(zone).time()
        shown = now.astimezone(zone).time()
        night = in_quiet_hours(shown) and not in_quiet_hours(chosen)
        if night and arrival.late > ON_TIME.total_seconds() + 15:
            self.wrong.append(f"in the night: {arrival}")

    def _row(self, number: int) -> tuple[str, int, str, str | None, str] | None:
        if self._db is None:
            address = f"{self.database.absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(address, uri=True, isolation_level=None)
        row: tuple[str, int, str, str | None, str] | None
        row = self._db.execute(ROW, (number,)).fetchone()
        return row


def carried(message: Message) -> int | None:
    """Return the occurrence whose buttons a message has."""
    for row in message.keyboard or []:
        for button in row:
            pressed = decode(button.get("callback_data", ""))
            if pressed is not None and isinstance(pressed[1], CARRIES):
                return pressed[1].occurrence
    return None
