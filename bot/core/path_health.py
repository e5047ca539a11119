"""Whether the path to Telegram is known to work: the breaker, and what may be risked after a doubt.

Telegram may answer a probe and yet take no message. So a good probe lets one send try ("half-open"),
and only one that arrived opens the path wide.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.plans import Fate

WINDOW = 20
MOST_DOUBTS = WINDOW // 5
FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(minutes=5)
PROBE_AGAIN = timedelta(seconds=5)
REPEAT_AFTER_ONE = timedelta(seconds=30)
NEVER = timedelta()


@dataclass(slots=True)
class PathHealth:
    """Remembers the last sends.

    Attributes:
        proven: The latest evidence, a send or a probe, is good: at least one send may try.
        wide: A message arrived since the latest doubt: all may go, second tries too.
    """

    proven: bool = False
    wide: bool = False
    _recent: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _in_a_row: int = 0  # doubts since a message arrived
    _rest: timedelta = FIRST_REST
    _rests: tuple[datetime, timedelta] | None = None
    _doubted: datetime | None = None
    _trying: int | None = None

    @property
    def broken(self) -> bool:
        """Whether more than 20 % of the last 20 sends ended in doubt, and none arrived since."""
        return sum(self._recent) > MOST_DOUBTS

    def room(self, most: int, under_way: int) -> int:
        """Return how many more may go now, where ``most`` may be under way at once.

        Those in doubt since a message arrived keep their places, so that an outage has no more of
        them than those places; then it is one at a time.
        """
        places = most if self.wide else most - self._in_a_row
        if self.wide or (places > 0 and not self.broken):
            return max(places - under_way, 0)
        return int(self.proven and not under_way)

    def note(self, fate: Fate, now: datetime) -> None:
        """Learn from the fate of one send."""
        self._trying = None
        match fate:
            case Fate.SENT if self.proven or not self.broken:
                self._open()
            case Fate.IN_DOUBT:
                self._doubt(now)
            case Fate.NOT_SENT:
                self._fails(now)
            case _:  # an answer about one chat, or one that was on its way when the path broke
                self._remember(doubtful=False)

    def probed(self, *, works: bool, now: datetime | None = None) -> None:
        """Learn from a probe; after a good one, one send may try, after another it waits."""
        self.proven, self._trying = works, None
        if not works:
            self.wide = False
            self._rests = (now, PROBE_AGAIN) if now else None

    def lapse(self) -> None:
        """Forget a good probe that nobody made use of: it grows old."""
        self.proven = self.wide

    def may_probe(self, now: datetime) -> bool:
        """Return whether the pause since the latest failure is over."""
        return self._rests is None or _left(*self._rests, now) == NEVER

    def may_risk(self, occurrence: int) -> bool:
        """Return whether what has no try to spare may go: all of it, or after a probe one."""
        if self.proven and not self.wide and self._trying is None:
            self._trying = occurrence
        return self.wide or (self.proven and self._trying == occurrence)

    def untried(self, occurrence: int) -> None:
        """Leave the try after a probe to another, where this one ended without making it."""
        if self._trying == occurrence:
            self._trying = None

    def repeats_in(self, now: datetime) -> timedelta:
        """Return how long a second try waits yet, where nothing but a probe speaks for the path.

        One doubt may be a chance, two and no message that arrived are an outage of some minutes.
        """
        if self.wide or self._doubted is None:
            return NEVER
        return _left(self._doubted, REPEAT_AFTER_ONE if self._in_a_row == 1 else LONGEST_REST, now)

    def _open(self) -> None:
        if self.broken:
            self._recent.clear()
        self._recent.append(False)
        self.proven = self.wide = True
        self._in_a_row, self._rest = 0, FIRST_REST

    def _doubt(self, now: datetime) -> None:
        if self._in_a_row and self.proven:  # the probe was good and the send after it was not
            self._rest = min(self._rest * 2, LONGEST_REST)
        self._in_a_row += 1
        self._doubted = now
        self._remember(doubtful=True)
        self._fails(now)

    def _fails(self, now: datetime) -> None:
        self.proven = self.wide = False
        self._rests = now, self._rest

    def _remember(self, *, doubtful: bool) -> None:
        if not self.broken:
            self._recent.append(doubtful)


def _left(since: datetime, pause: timedelta, now: datetime) -> timedelta:
    """Return what is left of a pause; nothing of it if the clock was turned by more."""
    passed = abs(now - since)
    return max(pause - passed, NEVER)
