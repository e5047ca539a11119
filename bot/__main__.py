"""python -m bot COMMAND: reads the command line and hands over to bot/commands."""

import os
import signal
import sys

if __name__ == "__main__" and sys.argv[1:2] == ["run"]:
    # all else takes a second to import, and nothing is there yet that would have to be finished;
    # an error raised here could get lost in what the import machinery calls back
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))

import argparse
import gc
import logging
from importlib import import_module
from pathlib import Path

from bot.errors import BotError, RivalError
from bot.ops.logs import set_up_logs
from bot.ops.write_behind import written_behind

log = logging.getLogger(__name__)

CONFIG_ERROR, TRY_LATER = 78, 75  # EX_CONFIG and EX_TEMPFAIL of sysexits.h
CRASHED, INTERRUPTED = 1, 130
COMMANDS = (
    "run",
    "demo",
    "check",
    "review",
    "new-content",
    "triage",
    "teach",
    "find",
    "next",
    "draw",
    "backup",
    "restore",
    "move",
    "doctor",
)
SERVERS = (["run"], ["demo"])
CONTENT = Path(__file__).resolve().parent.parent / "content"


def parser(commands: tuple[str, ...] = COMMANDS) -> argparse.ArgumentParser:
    """Return the grammar of a command line; only the named commands are imported."""
    main = argparse.ArgumentParser(prog="python -m bot", description="Unknot, a Telegram bot.")
    content = Path(os.environ.get("BOT_CONTENT_DIR") or CONTENT)
    main.set_defaults(content=content)
    subparsers = main.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        import_module(f"bot.commands.{command.replace('-', '_')}").add(subparsers)
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; our own errors end in one line."""
    gc.disable()  # what a start makes stays; searching it for garbage is a fifth of the start
    given = sys.argv[1:] if arguments is None else arguments
    set_up_logs("WARNING", as_json=False)
    try:
        named = tuple(command for command in COMMANDS if given[:1] == [command])
        args = parser(named or COMMANDS).parse_args(given)
        status: int = args.run(args)
    except BotError as error:
        print(f"unknot: {error}", file=sys.stderr)
        return TRY_LATER if isinstance(error, RivalError) else CONFIG_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # a fault of ours; the log's form keeps the token and people's words out
        log.exception("crashed", extra={"event": "bot.crashed"})
        return CRASHED
    finally:
        gc.enable()
    return status


if __name__ == "__main__":
    if sys.argv[1:2] in SERVERS and sys.stderr:
        sys.stderr = written_behind(sys.stderr)  # nobody waits for the log, nor for our last line
    sys.exit(main())
