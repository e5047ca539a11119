"""How well questions find their answers: ``python -m benchmarks.questions FILE...``.

A file has a question and the ids that would do a line, the best first, "-" for a question about
something else, tab between them. Printed are shares with Wilson's 95 % intervals.
"""

import argparse
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.folder import load
from bot.catalog.stems import stemmers
from bot.core.search.finder import Finder

CONTENT = Path(__file__).resolve().parent.parent / "content"
NONE = "-"
Z95 = 1.959964


@dataclass(frozen=True)
class Question:
    """A question and the ids that answer it; none: it is about something else."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """Counts of one set of questions."""

    first: int
    three: int
    ours: int
    refused: int
    foreign: int
    sure: int
    right: int

    def __str__(self) -> str:
        rows = (
            ("first", self.first, self.ours),
            ("among three", self.three, self.ours),
            ("refused", self.refused, self.foreign),
            ("sure", self.sure, self.ours),
            ("right where sure", self.right, self.sure),
        )
        return "; ".join(f"{name} {share(hits, of)}" for name, hits, of in rows)


def read(file: Path) -> list[Question]:
    """Return the questions of a file."""
    rows = (row.split("\t") for row in file.read_text("utf-8").splitlines() if row.strip())
    return [
        Question(text, () if ids.strip() == NONE else tuple(one.strip() for one in ids.split(",")))
        for text, ids in rows
    ]


def score(finder: Finder, questions: Sequence[Question]) -> Score:
    """Return how many found what they should."""
    found = [(question, finder.find(question.text).entries) for question in questions]
    ours = [(question.answers, entries) for question, entries in found if question.answers]
    foreign = [entries for question, entries in found if not question.answers]
    sure = [q for q in questions if q.answers and finder.find(q.text).strong]
    return Score(
        first=sum(bool(entries) and entries[0] in answers for answers, entries in ours),
        three=sum(bool(set(answers) & set(entries)) for answers, entries in ours),
        ours=len(ours),
        refused=sum(not entries for entries in foreign),
        foreign=len(foreign),
        sure=len(sure),
        right=sum(finder.find(q.text).entries[0] in q.answers for q in sure),
    )


def failures(finder: Finder, questions: Iterable[Question]) -> Iterator[str]:
    """Yield what went wrong, a line each."""
    for question in questions:
        entries = finder.find(question.text).entries
        if question.answers and not set(question.answers[:1]) & set(entries[:1]):
            mark = "second" if set(question.answers) & set(entries) else "missed"
            yield f"{mark}: {question.text} -> {list(entries)}, not {list(question.answers)}"
        if not question.answers and entries:
            yield f"not refused: {question.text} -> {list(entries)}"


def share(hits: int, of: int) -> str:
    """Return a share in per cent with its interval.

    Source: Wilson 1927, score interval without continuity correction.
    """
    if not of:
        return "none"
    rate, spread = hits / of, Z95 * Z95 / of
    middle = (rate + spread / 2) / (1 + spread)
    half = Z95 * math.sqrt(rate * (1 - rate) / of + spread / (4 * of)) / (1 + spread)
    return f"{rate:.1%} of {of} ({middle - half:.1%}-{middle + half:.1%})"


def main(arguments: list[str] | None = None) -> int:
    """Print the scores of each file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--failures", action="store_true", help="also print what went wrong")
    chosen = parser.parse_args(arguments)
    finder = Finder(load(CONTENT), stemmers())
    for file in chosen.files:
        questions = read(file)
        print(f"{file.name}: {score(finder, questions)}")
        if chosen.failures:
            print("\n".join(failures(finder, questions)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
