"""python -m bot COMMAND: reads the command line and hands over to bot/commands."""

import argparse
import os
import sys
from pathlib import Path

from bot.commands import check, demo, next, run, triage  # noqa: A004 - named as users type them
from bot.errors import BotError

CONFIG_ERROR = 78  # EX_CONFIG of sysexits.h
CONTENT = Path(__file__).resolve().parent.parent / "content"


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    main = argparse.ArgumentParser(prog="python -m bot", description="Unknot, a Telegram bot.")
    content = Path(os.environ.get("BOT_CONTENT_DIR") or CONTENT)
    main.set_defaults(content=content)
    subparsers = main.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (run, demo, check, triage, next):
        command.add(subparsers)
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; our own errors end in one line and 78."""
    args = parser().parse_args(arguments)
    try:
        status: int = args.run(args)
    except BotError as error:
        print(f"unknot: {error}", file=sys.stderr)
        return CONFIG_ERROR
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
