"""``python -m bot next``: the next moments at which a daily reminder rings."""

import argparse
import re
from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.catalog.zones import use_packaged_zones, zone
from bot.core.schedule import next_due
from bot.errors import SettingsError


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser("next", help="print the next moments of a daily reminder")
    parser.add_argument("--zone", required=True, help="IANA name, such as Europe/Berlin")
    parser.add_argument("--at", required=True, help="local time of day, HH:MM")
    parser.add_argument("--days", default="1,2,3,4,5,6,7", help="ISO weekdays, 1 = Monday")
    parser.add_argument("--after", required=True, help="ISO moment with its offset, or Z")
    parser.add_argument("--count", required=True, help="how many moments")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the moments, ISO UTC, a line each; return the exit status.

    Raises:
        BotError: An option's value cannot be used.
    """
    use_packaged_zones()
    moments = _moments(_moment(args.after), _time(args.at), zone(args.zone), _days(args.days))
    for _ in range(_count(args.count)):
        print(next(moments).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return 0


def _moments(
    after: datetime, at: time, where: ZoneInfo, weekdays: frozenset[int]
) -> Iterator[datetime]:
    while True:
        try:
            after = next_due(after, at, where, weekdays)
        except OverflowError as error:
            raise SettingsError(
                "the calendar ends there.", "use moments well within the years 1 to 9999."
            ) from error
        yield after


def _time(text: str) -> time:
    if not (found := re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text, re.ASCII)):
        raise SettingsError(f"--at '{text}' is not a time of day.", "write HH:MM, such as 08:00.")
    return time(int(found[1]), int(found[2]))


def _days(text: str) -> frozenset[int]:
    if not re.fullmatch(r"[1-7](,[1-7])*", text):
        raise SettingsError(f"--days '{text}' are not weekdays.", "write some of 1,2,3,4,5,6,7.")
    return frozenset(map(int, text.split(",")))


def _moment(text: str) -> datetime:
    try:
        moment: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SettingsError(
            f"--after '{text}' is not a moment with its offset.",
            "write for example 2026-11-23T08:00:00Z.",
        )
    return moment


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        raise SettingsError(f"--count '{text}' is not a number from 1 on.", "write how many lines.")
    return int(text)
