"""The rate that all calls of a token share. Pure: monotonic seconds come in as ``now``."""

import math
from collections import deque

BURST = 5
CLIMB_SECONDS = 60.0
NEAR = 1e-9  # seconds; sums of floats miss by less


class Bucket:
    """Tokens for calls: at most ``BURST`` together, and no more than a second's rate in a second.

    The second rule is for a server that counts over a sliding second, where a burst on top of
    the steady rate would be too much.
    """

    def __init__(self, rate: float, now: float) -> None:
        self._full = rate
        self._low = rate
        self._burst = float(BURST)
        self._climb_from = -math.inf
        self._level = float(BURST)
        self._at = now
        self._spent: deque[float] = deque(maxlen=_a_second(rate))

    def rate(self, now: float) -> float:
        """Return the tokens a second: all, or less for a while after a halving."""
        climbed = min(max((now - self._climb_from) / CLIMB_SECONDS, 0.0), 1.0)
        return self._low + (self._full - self._low) * climbed

    def set_rate(self, rate: float, now: float, burst: float = BURST) -> None:
        """Give another full rate; a halving goes on in its share of it.

        Of what has gathered no more stays than ``burst``; one token can gather whatever it is.
        """
        self._fill(now)
        self._level = min(self._level, burst)
        self._burst = max(burst, 1.0)
        self._low *= rate / self._full
        self._full = rate
        self._spent = deque(self._spent, maxlen=_a_second(rate))

    def level(self, now: float) -> int:
        """Return how many tokens can be had at once."""
        return math.floor(self._level + NEAR) if self.ready_at(now) <= now + NEAR else 0

    def halve(self, now: float, climb_from: float) -> None:
        """Halve the rate now; from ``climb_from`` on it climbs back to full."""
        self._fill(now)
        self._low = self.rate(now) / 2
        self._climb_from = climb_from

    def ready_at(self, now: float) -> float:
        """Return when the next token can be had."""
        self._fill(now)
        missing = max(0.0, 1.0 - self._level)
        level_at = now + missing / self.rate(now) if missing > NEAR else now
        return max(level_at, self._held_until())

    def spend(self, now: float) -> None:
        """Take a token that is ready."""
        self._fill(now)
        self._level -= 1.0
        self._spent.append(now)

    def _fill(self, now: float) -> None:
        # while a second's worth is out, no burst may gather to follow at once behind it
        held = min(max(self._held_until(), self._at), now)
        if held > self._at:
            self._gain(held, most=max(self._level, 1.0))
        self._gain(now, most=self._burst)

    def _gain(self, until: float, most: float) -> None:
        # the rate at the start of the stretch: never more than what has accrued
        gained = (until - self._at) * self.rate(self._at)
        self._level = min(most, self._level + gained)
        self._at = until

    def _held_until(self) -> float:
        """Return when the oldest of a second's worth of calls is a second ago."""
        full = len(self._spent) == self._spent.maxlen
        return self._spent[0] + 1.0 if full else -math.inf


def _a_second(rate: float) -> int:
    return max(1, math.floor(rate))
