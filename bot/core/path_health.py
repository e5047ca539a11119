"""Whether the path to Telegram is known to work: proof after a doubt, and the breaker."""

from collections import deque
from dataclasses import dataclass, field

from bot.core.plans import Fate

WINDOW = 20
MOST_DOUBTS = WINDOW // 5


@dataclass(slots=True)
class PathHealth:
    """Remembers the last sends.

    ``proven`` says that the latest evidence is good: a second try may go. ``broken`` says that
    more than 20 % of the last 20 sends ended in doubt: nothing new goes until a probe succeeds.
    """

    proven: bool = False
    _recent: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))

    @property
    def broken(self) -> bool:
        """Whether to stop taking until a probe succeeds."""
        return sum(self._recent) > MOST_DOUBTS

    def note(self, fate: Fate) -> None:
        """Learn from the fate of one send."""
        doubtful = fate is Fate.IN_DOUBT
        self._recent.append(doubtful)
        if fate is Fate.SENT:
            self.proven = True
        elif doubtful or fate is Fate.NOT_SENT:
            self.proven = False

    def probed(self, *, works: bool) -> None:
        """Learn from a probe; a good one closes the breaker."""
        self.proven = works
        if works:
            self._recent.clear()
