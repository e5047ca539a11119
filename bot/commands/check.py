"""``python -m bot check``: every problem of a content folder, a line each."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bot.catalog.checking import check
from bot.catalog.problems import Findings, Problem
from bot.catalog.watching import EVERY_SECONDS, state_of
from bot.clock import SystemClock
from bot.core.content import Content
from bot.film.record import outdated, read_records

Look = Callable[[], list[Problem]]


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("check", help="say what is wrong in a content folder")
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: our content")
    parser.add_argument("--strict", action="store_true", help="a warning fails the check, too")
    parser.add_argument("--watch", action="store_true", help="check again at every change")
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="a text that no seven words may be taken from"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was found; 1 if anything is a problem, with ``--strict`` also for a warning."""
    folder = args.folder or args.content
    look = partial(look_at, folder, args.against)
    if args.watch:
        watch(folder, look, _ticks())
    problems, warnings = report(look())
    return int(problems > 0 or (args.strict and warnings > 0))


def watch(folder: Path, look: Look, ticks: Iterator[None]) -> None:
    """Report again after each change of the folder, for as long as there are ticks."""
    seen = state_of(folder)
    report(look())
    for _ in ticks:
        now = state_of(folder)
        if now != seen:
            seen = now
            report(look())


def report(found: list[Problem]) -> tuple[int, int]:
    """Print each finding and their count; return how many problems and warnings there are."""
    # a terminal that cannot show a letter gets an escape instead of a traceback
    encoding = sys.stdout.encoding or "utf-8"
    for finding in found:
        print(str(finding).encode(encoding, "backslashreplace").decode(encoding))
    problems = sum(finding.severity == "problem" for finding in found)
    warnings = len(found) - problems
    print(f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}.", flush=True)
    return problems, warnings


def _ticks() -> Iterator[None]:
    while True:
        time.sleep(EVERY_SECONDS)
        yield


def look_at(folder: Path, against: Path | None = None) -> list[Problem]:
    """Return all that is wrong in a folder; films only once it can be loaded."""
    today = SystemClock().now().date()
    return check(folder, today, against, partial(_films, folder))


def _films(folder: Path, content: Content, findings: Findings) -> None:
    records = read_records(folder)
    for name, exercise in content.exercises.exercises.items():
        if wrong := outdated(exercise, records.get(name)):
            file = folder / "exercises" / name / "exercise.toml"
            findings.problem(file, 1, wrong, f"run `python -m bot draw {name}`.")


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
