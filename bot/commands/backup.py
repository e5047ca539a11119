"""``python -m bot backup FILE``: a verified copy of the database, while the bot may run."""

import argparse
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.store.backup import back_up
from bot.store.urls import is_postgres, sqlite_path


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser("backup", help="copy the database while the bot runs")
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not be there")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the copy; raises BotError where that cannot be done."""
    settings = read_settings()
    if is_postgres(settings.database):
        raise SettingsError(
            "BOT_DATABASE_URL leads to PostgreSQL, which has its own tool for copies.",
            "pg_dump --format=custom --file=FILE DATABASE; and keep a copy of the key "
            f"({settings.key}) in another place, without it that file is useless.",
        )
    subscribers = back_up(sqlite_path(settings.database), args.file)
    print(f"{args.file}: {subscribers} subscribers, verified. The key is not in it: keep a copy")
    print(f"of {settings.key} in another place; without it this file is useless.")
    return 0
