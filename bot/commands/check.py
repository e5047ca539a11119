"""``python -m bot check``: every problem of a content folder, a line each."""

import argparse
import sys
from pathlib import Path

from bot.catalog import Problem, examine, load
from bot.catalog.limits import LONGEST, too_long
from bot.catalog.stems import stemmers
from bot.catalog.triage import load_lexicons
from bot.core.triage.examples import FailingExample, failing_examples
from bot.core.triage.screener import Screener
from bot.film.record import outdated, read_records


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("check", help="say what is wrong in a content folder")
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: our content")
    parser.add_argument("--strict", action="store_true", help="a warning fails the check, too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was found; 1 if anything is a problem, with ``--strict`` also for a warning."""
    found = check(args.folder or args.content)
    for finding in found:
        # a terminal that cannot show a letter gets an escape instead of a traceback
        encoding = sys.stdout.encoding or "utf-8"
        print(str(finding).encode(encoding, "backslashreplace").decode(encoding))
    problems = sum(finding.severity == "problem" for finding in found)
    warnings = len(found) - problems
    print(f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}.")
    return int(problems > 0 or (args.strict and warnings > 0))


def check(folder: Path) -> list[Problem]:
    """Return all that is wrong; lengths and examples only once the folder can be loaded."""
    found = examine(folder)
    if any(finding.severity == "problem" for finding in found):
        return found
    return _long(folder) + _films(folder) + _failing(folder / "triage") + found


def _long(folder: Path) -> list[Problem]:
    return [
        Problem(
            str(folder / text.file),
            1,
            f"The message has {text.units} characters with all parts.",
            f"use at most {LONGEST}.",
        )
        for text in too_long(load(folder))
    ]


def _films(folder: Path) -> list[Problem]:
    records = read_records(folder)
    return [
        Problem(
            str(folder / "exercises" / name / "exercise.toml"),
            1,
            wrong,
            f"run `python -m bot draw {name}`.",
        )
        for name, exercise in load(folder).exercises.exercises.items()
        if (wrong := outdated(exercise, records.get(name)))
    ]


def _failing(folder: Path) -> list[Problem]:
    lexicons = load_lexicons(folder)
    failing = failing_examples(lexicons, Screener(lexicons, stemmers()))
    return [_example(folder / f"{example.language}.toml", example) for example in failing]


def _example(file: Path, example: FailingExample) -> Problem:
    rows = file.read_text("utf-8").split("\n")
    line = next((n for n, row in enumerate(rows, 1) if example.text in row), 1)
    wanted = "should fire it, but does not" if example.fires else "should stay silent, but does not"
    text = f"Rule {example.rule!r}: the example {example.text!r} {wanted}."
    return Problem(str(file), line, text, "correct the rule or the example.")


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
