"""Percentiles of the last hour, in few numbers: how many values there were, by minute and size."""

import math
import time
from collections import Counter, deque
from collections.abc import Callable
from itertools import accumulate

KEPT_SECONDS = 3600.0
SLOT_SECONDS = 60.0
STEP = 1.1
"""Each size is so much larger than the one before: what is told is within 5 % of the value."""
SMALLEST = 0.05
FEWEST = 5
"""Of fewer values nothing is told: one of them could be a person's."""


class Recent:
    """Values of the last hour, to the minute.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slots: deque[tuple[int, Counter[int]]] = deque()

    def note(self, value: float) -> None:
        """Note a value, 0 or more."""
        slot = self._forget()
        if not self._slots or self._slots[-1][0] != slot:
            self._slots.append((slot, Counter()))
        self._slots[-1][1][_size(value)] += 1

    def percentiles(self, shares: tuple[float, ...]) -> tuple[float, ...]:
        """Return the value that so large a share of all did not exceed, for each share.

        Empty where there were too few to tell.
        """
        self._forget()
        sizes = sum((counts for _, counts in self._slots), Counter[int]())
        if sizes.total() < FEWEST:
            return ()
        return tuple(_middle(_nth(sizes, math.ceil(share * sizes.total()))) for share in shares)

    def _forget(self) -> int:
        """Let go of what is too old; return the number of the running minute."""
        slot = math.floor(self._clock() / SLOT_SECONDS)
        while self._slots and self._slots[0][0] <= slot - KEPT_SECONDS / SLOT_SECONDS:
            self._slots.popleft()
        return slot


def _size(value: float) -> int:
    return max(0, math.ceil(math.log(value / SMALLEST, STEP))) if value > SMALLEST else 0


def _middle(size: int) -> float:
    return SMALLEST * STEP ** (size - 0.5) if size else 0.0


def _nth(sizes: Counter[int], n: int) -> int:
    """Return the size of the n-th smallest value, counted from 1."""
    ranks = accumulate(sizes[size] for size in sorted(sizes))
    return next(size for size, rank in zip(sorted(sizes), ranks, strict=True) if rank >= n)
