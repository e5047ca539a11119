"""How often a value was at most so large: percentiles can be had from it afterwards."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from bot.ops.exposition import Sample


class Histogram:
    """Counts values for each value of one label, since the start of the process.

    Args:
        bounds: Upper bounds of the buckets, rising; a last one without a bound is added.
        label: The label's name.
        series: The label's values; each is shown from the start, so that a first event is a rise.
    """

    def __init__(self, bounds: Sequence[float], label: str, series: Iterable[str]) -> None:
        self._bounds = tuple(bounds)
        self._label = label
        self._counts = {one: [0] * (len(self._bounds) + 1) for one in series}
        self._sums = dict.fromkeys(self._counts, 0.0)

    def observe(self, series: str, value: float) -> None:
        """Count one value."""
        self._counts[series][bisect_left(self._bounds, value)] += 1
        self._sums[series] += value

    def samples(self) -> list[Sample]:
        """Return buckets (each holds those below it, too), sum and count of each series."""
        return [sample for series in self._counts for sample in self._of(series)]

    def _of(self, series: str) -> list[Sample]:
        label = {self._label: series}
        names = [*(f"{bound:g}" for bound in self._bounds), "+Inf"]
        upto = list(accumulate(self._counts[series]))
        return [
            *(
                Sample(n, {**label, "le": name}, "_bucket")
                for name, n in zip(names, upto, strict=True)
            ),
            Sample(self._sums[series], label, "_sum"),
            Sample(upto[-1], label, "_count"),
        ]
