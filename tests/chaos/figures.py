"""The figures of one series of runs: a table to read, a line for programs, and what did not hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What a series came to.

    Attributes:
        series: Its name on the command line.
        values: Each figure by its name.
        promises: Each promise, and whether it held in every run.
    """

    series: str
    seed: int
    values: Mapping[str, float]
    promises: Mapping[str, bool]

    @property
    def broken(self) -> list[str]:
        """The promises that did not hold."""
        return [promise for promise, held in self.promises.items() if not held]

    def table(self) -> str:
        """Return all of it to read."""
        lines = [f"{self.series}, seed {self.seed}"]
        lines += [f"  {name:<44}{value:>10,g}" for name, value in self.values.items()]
        lines += [
            f"  {'held' if held else 'BROKEN'}: {promise}"
            for promise, held in self.promises.items()
        ]
        return "\n".join(lines)

    def line(self) -> str:
        """Return all of it as JSON."""
        return json.dumps(
            {"series": self.series, "seed": self.seed, **self.values, "broken": self.broken}
        )
