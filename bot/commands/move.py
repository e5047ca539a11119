"""``python -m bot move --to URL``: all data from an SQLite file to a PostgreSQL database."""

import argparse
import asyncio
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import SettingsError
from bot.settings import Settings, read_settings
from bot.store.moving.move import move
from bot.store.moving.wording import naming
from bot.store.urls import (
    POSTGRES_FORM,
    PostgresAddress,
    is_postgres,
    postgres_address,
    sqlite_path,
)

SQLITE_FORMS = (
    "use sqlite:///data/unknot.db (relative) or sqlite:////var/lib/unknot/unknot.db (absolute)."
)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser("move", help="move all data from SQLite to PostgreSQL")
    parser.add_argument(
        "--from", dest="source", metavar="URL", help="sqlite:///...; default: BOT_DATABASE_URL"
    )
    parser.add_argument(
        "--to", dest="target", metavar="URL", required=True, help="postgresql://..., an empty one"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Move the data; raises BotError where that cannot be done."""
    settings = read_settings()
    source, target = _source(args.source, settings), _target(args.target)
    asyncio.run(move(source, target, settings.key, SystemClock().now(), _tell))
    print(f"Moved: {target.name} holds all that {source} did; no bot starts on that file any more.")
    print("Set BOT_DATABASE_URL to the address that you gave as --to, and start the bot.")
    print(f"BOT_KEY_FILE stays {settings.key}; each bot on the new database needs that same file.")
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)


def _source(url: str | None, settings: Settings) -> Path:
    if url is None:
        if is_postgres(settings.database):
            raise SettingsError(
                "BOT_DATABASE_URL leads to PostgreSQL already.",
                "name the SQLite file with --from sqlite:///...",
            )
        return sqlite_path(settings.database)
    try:
        return sqlite_path(url)
    except SettingsError as error:
        raise SettingsError("--from names no SQLite file.", SQLITE_FORMS) from error


def _target(url: str) -> PostgresAddress:
    if not is_postgres(url):
        raise SettingsError("--to names no PostgreSQL database.", POSTGRES_FORM)
    with naming("--to"):
        return postgres_address(url)
