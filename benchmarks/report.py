"""Figures to lines: medians side by side, each with its ratio and its goal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Cells = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One case, measured once a round.

    Attributes:
        beside: What its median is divided by for the ratio; empty for a mere reference.
        goal: The ratio may be at most this; None: there is none for this row.
        remark: Stands where the goal would, or behind it.
        least: The ratio is to be at least this; None: there is no such goal.
    """

    name: str
    values: Sequence[float]
    beside: Sequence[float] = ()
    goal: float | None = None
    remark: str = ""
    least: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the ratio of the medians; both come from the same run."""
        return median(self.values) / median(self.beside) if self.beside else None

    def cells(self) -> Cells:
        """Return the row as text."""
        spread = f"{min(self.values):.1f}-{max(self.values):.1f}"
        middle, ratio = f"{median(self.values):.1f}", self.ratio
        if ratio is None:
            return self.name, middle, spread, "", self.remark
        return self.name, middle, spread, f"{ratio:.2f}", self._verdict(ratio)

    def _verdict(self, ratio: float) -> str:
        said = [self.remark] if self.remark else []
        if self.goal is not None:
            missed = f"MISSED by {ratio - self.goal:.2f}"
            said.insert(0, f"at most {self.goal:g}: {'met' if ratio <= self.goal else missed}")
        if self.least is not None:
            missed = f"MISSED by {self.least - ratio:.2f}"
            said.insert(0, f"at least {self.least:g}: {'met' if ratio >= self.least else missed}")
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one question, all in one unit, with what a reader has to know."""

    title: str
    unit: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        """Return it in Markdown."""
        lines: list[Cells] = [("case", f"{self.unit}, median", "least-most", "ratio", "goal")]
        lines += [row.cells() for row in self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(5)]
        dashes = ["-" * width for width in widths]
        drawn = [
            "| " + " | ".join(map(str.ljust, line, widths)) + " |"
            for line in (lines[0], dashes, *lines[1:])
        ]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", *drawn, *([""] if notes else []), *notes, ""])


def beside_best(seen: Mapping[str, Sequence[float]], own: str, goal: float | None) -> list[Row]:
    """Return a row a case, each beside the peer with the least median; the goal is that of ``own``."""
    peers = {name: values for name, values in seen.items() if name != own}
    best = min(peers, key=lambda name: median(peers[name]))
    return beside(seen, best, own, goal, "the best peer")


def beside(
    seen: Mapping[str, Sequence[float]], base: str, own: str, goal: float | None, remark: str
) -> list[Row]:
    """Return a row a case, each beside ``base``; the goal is that of ``own``."""
    return [
        Row(
            name,
            values,
            seen[base],
            goal if name == own else None,
            remark if name == base else "",
        )
        for name, values in seen.items()
    ]
