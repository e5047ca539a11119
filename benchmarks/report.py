"""Figures to lines: medians side by side, each with its ratio and its goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One case, measured once a round.

    Attributes:
        beside: What its median is divided by for the ratio; empty for a base or a mere reference.
        goal: The ratio may be at most this; None: there is no goal yet.
    """

    name: str
    values: Sequence[float]
    beside: Sequence[float] = ()
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the ratio of the medians; both come from the same run."""
        return median(self.values) / median(self.beside) if self.beside else None

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        spread = f"{min(self.values):.1f}-{max(self.values):.1f}"
        ratio = self.ratio
        if ratio is None:
            return self.name, f"{median(self.values):.1f}", spread, "", ""
        verdict = "no goal yet"
        if self.goal is not None:
            met = "met" if ratio <= self.goal else "MISSED"
            verdict = f"at most {self.goal:g}: {met}"
        return self.name, f"{median(self.values):.1f}", spread, f"{ratio:.2f}", verdict


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one question, all in one unit, with what a reader has to know."""

    title: str
    unit: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        """Return it in Markdown."""
        lines: list[tuple[str, ...]] = [
            ("case", f"{self.unit}, median", "least-most", "ratio", "goal")
        ]
        lines += [row.cells() for row in self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(5)]
        lines.insert(1, tuple("-" * width for width in widths))
        drawn = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", *drawn, *([""] if notes else []), *notes, ""])
