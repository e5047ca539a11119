"""``python -m bot restore FILE``: bring a copy back where no data are."""

import argparse
from pathlib import Path

from bot.settings import read_settings
from bot.store.backup import restore
from bot.store.urls import sqlite_path


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser("restore", help="bring a copy back; never over data")
    parser.add_argument("file", type=Path, metavar="FILE", help="a copy that `backup` made")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Put the copy in its place; raises BotError where that cannot be done."""
    settings = read_settings()
    database = sqlite_path(settings.database)
    subscribers = restore(args.file, database, settings.key)
    print(f"{database}: {subscribers} subscribers are back. Start the bot.")
    return 0
