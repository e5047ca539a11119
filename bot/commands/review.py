"""``python -m bot review``: records who has read an answer or an exercise, and when."""

import argparse
from datetime import date
from pathlib import Path

from bot.catalog.signing import sign
from bot.clock import SystemClock
from bot.errors import SettingsError

LONGEST_NAME = 80  # it stands in one line of the chat


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("review", help="record that somebody has read answers")
    parser.add_argument(
        "entries", nargs="+", metavar="ENTRY", help="ids of answers or exercises that were read"
    )
    parser.add_argument("--by", required=True, metavar="NAME", help="who has read them")
    parser.add_argument("--on", required=True, metavar="DATE", help="the day, such as 2026-11-30")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Record the review in each file, or in none.

    Raises:
        BotError: A name, the day or an entry cannot be used.
    """
    return review(args.content, args.entries, args.by, args.on, SystemClock().now().date())


def review(folder: Path, entries: list[str], by: str, on: str, today: date) -> int:
    """Record the review; ``today`` is the last day on which it can have been."""
    for file in sign(folder, entries, _name(by), _day(on, today)):
        print(f"{file}: reviewed by {by.strip()}, {on}.")
    return 0


def _name(text: str) -> str:
    name = text.strip()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise SettingsError(
            "--by is not a name.", f"write who has read it, at most {LONGEST_NAME} letters."
        )
    return name


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"--on {text!r} is not a day.", "write it as 2026-11-30.") from error
    if day > today:
        raise SettingsError(f"--on {text} is still to come.", f"write a day up to {today}.")
    return day
