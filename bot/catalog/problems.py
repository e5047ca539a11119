"""What is wrong in a content folder: one line each, naming file, line and what to do."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import ContentError

PLACE = re.compile(r"(?P<file>.*?):((?P<line>\d+):)? (?P<text>.*)", re.DOTALL)

Severity = Literal["problem", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. A problem forbids the folder; a warning does not.

    Attributes:
        file: As the folder was named, so that an editor can jump to it.
        line: Counted from 1.
    """

    file: str
    line: int
    text: str
    fix: str
    severity: Severity = "problem"

    def __str__(self) -> str:
        if self.severity == "warning":
            return f"{self.file}:{self.line}: warning: {self.text}"
        return f"{self.file}:{self.line}: {self.text} Fix: {self.fix}"

    def error(self) -> ContentError:
        """Return the same as an error that stops a start."""
        return ContentError(f"{self.file}:{self.line}: {self.text}", self.fix)


class Findings:
    """Collects problems and warnings while files are read, in the order they were met."""

    def __init__(self) -> None:
        self.all: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        """Only those that forbid the folder."""
        return [found for found in self.all if found.severity == "problem"]

    def in_order(self) -> list[Problem]:
        """Return problems before warnings, each by file and line."""
        return sorted(self.all, key=lambda found: (found.severity, found.file, found.line))

    def raise_first(self) -> None:
        """Raise the problem that was met first, if there is one.

        Raises:
            ContentError: with its file and line.
        """
        for problem in self.problems:
            raise problem.error()

    def problem(self, file: Path, line: int, text: str, fix: str) -> None:
        """Note what forbids the folder."""
        self.all.append(Problem(shown(file), line, text, fix))

    def warning(self, file: Path, line: int, text: str) -> None:
        """Note what an editor should know."""
        self.all.append(Problem(shown(file), line, text, "", "warning"))

    def error(self, file: Path, error: ContentError) -> None:
        """Note what a reader raised; its text names the place, else it is ``file``."""
        place = PLACE.fullmatch(error.problem)
        if place is None:
            self.problem(file, 1, error.problem, error.fix)
        else:
            line = int(place["line"] or 1)
            self.problem(Path(place["file"]), line, place["text"], error.fix)


def shown(file: Path) -> str:
    """Return the path so that it prints on one line, whatever bytes its name has."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(file))
