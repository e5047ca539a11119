"""``python -m bot restore FILE``: bring a copy back where no data are."""

import argparse
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.store.backup import restore
from bot.store.urls import is_postgres, sqlite_path


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser("restore", help="bring a copy back; never over data")
    parser.add_argument("file", type=Path, metavar="FILE", help="a copy that `backup` made")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Put the copy in its place; raises BotError where that cannot be done."""
    settings = read_settings()
    if is_postgres(settings.database):
        raise SettingsError(
            "BOT_DATABASE_URL leads to PostgreSQL, which has its own tool for copies.",
            f"put the key back ({settings.key}), then, into an empty database: "
            "pg_restore --no-owner --dbname=DATABASE FILE",
        )
    database = sqlite_path(settings.database)
    subscribers = restore(args.file, database, settings.key)
    print(f"{database}: {subscribers} subscribers are back. Start the bot.")
    return 0
