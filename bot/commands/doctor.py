"""``python -m bot doctor``: what is wrong with an installation, and how to mend it."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from bot.catalog.zones import use_packaged_zones
from bot.clock import SystemClock
from bot.commands.checkup.address import listen
from bot.commands.checkup.configured import operator, settings
from bot.commands.checkup.connection import telegram
from bot.commands.checkup.disk import folder, permissions, space
from bot.commands.checkup.findings import Case, Finding, Severity
from bot.commands.checkup.machine import rights, versions, zones
from bot.commands.checkup.pace import rate
from bot.commands.checkup.shown import content
from bot.commands.checkup.stored import database
from bot.ops.logs import without_token
from bot.settings import examined_settings

# each judges by itself, so that one run says all that is to be mended
CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    settings,
    telegram,
    folder,
    space,
    permissions,
    database,
    rate,
    content,
    operator,
    listen,
    zones,
    versions,
    rights,
)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser(
        "doctor", help="say what is wrong with an installation and how to mend it; changes nothing"
    )
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print a line a finding, the bot may run meanwhile; 1 if anything is a problem."""
    use_packaged_zones()
    found: Counter[Severity] = Counter()
    for finding in _findings():
        _print(finding)
        found[finding.severity] += 1
    print(f"{_counted(found, Severity.PROBLEM)}, {_counted(found, Severity.WARNING)}.")
    return int(found[Severity.PROBLEM] > 0)


def _findings() -> Iterator[Finding]:
    chosen, wrong = examined_settings()
    case = Case(chosen, wrong, SystemClock().now(), os.geteuid())
    for check in CHECKS:
        yield from check(case)


def _print(finding: Finding) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    # some of it was said by a server that may be anybody's: no line end, nothing a terminal obeys
    line = "".join(sign if sign.isprintable() else " " for sign in without_token(str(finding)))
    print(line.encode(encoding, "backslashreplace").decode(encoding), flush=True)


def _counted(found: Counter[Severity], severity: Severity) -> str:
    count, name = found[severity], severity.value.lower()
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
