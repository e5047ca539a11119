"""Logs with an event and fields, never with the token; library logs are held to the same rule.

Each record of ours names its event in ``extra``: ``log.warning("...", extra={"event": "key.made"})``.
The sentence may be reworded; the event stays, for alarms. docs/reference/events.md lists them.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

# a bot token as it may stand in an address (right behind "bot"), a traceback or a repr
TOKEN = re.compile(r"(?<![0-9])[0-9]{1,20}:[A-Za-z0-9_-]{6,}")
OURS = ("bot", "__main__")
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# their DEBUG and INFO lines carry what people wrote, or whole addresses
TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "asyncio", "markdown_it")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Redacted(logging.Formatter):
    """Writes one line a record: time, level, message, event, fields; tokens are blacked out."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        """Return where it happened and the kinds of error, not their texts: these quote people."""
        return "".join(_told(ei[1])) if ei[1] else ""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, a traceback following in text form."""
        fields = _fields(record)
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        if record.exc_info and record.exc_info[1]:
            fields["traceback"] = self.formatException(record.exc_info)
        line = self._json if self._as_json else self._text
        return without_token(line(moment, record, fields))

    def _json(self, moment: str, record: logging.LogRecord, fields: dict[str, object]) -> str:
        head = {"at": moment, "level": record.levelname, "message": _message(record)}
        return json.dumps(head | fields | {"from": record.name}, default=str, ensure_ascii=False)

    def _text(self, moment: str, record: logging.LogRecord, fields: dict[str, object]) -> str:
        where = fields.pop("traceback", None)
        shown = "".join(f" {key}={value}" for key, value in fields.items())
        line = f"{moment} {record.levelname:7} {_message(record)}{shown}"
        return f"{line}\n{where}" if where else line


def without_token(text: str) -> str:
    """Return ``text`` with whatever looks like a token blacked out."""
    return TOKEN.sub("<token>", text)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """Return the event first; a library's record has its logger's name as event and no fields."""
    event: dict[str, object] = {"event": record.name}
    if not _is_ours(record):
        return event
    return event | {key: value for key, value in vars(record).items() if key not in STANDARD}


def _message(record: logging.LogRecord) -> str:
    """Return our own messages whole, of a library's only the unfilled first line."""
    return record.getMessage() if _is_ours(record) else str(record.msg).partition("\n")[0]


def _told(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause)
        yield "which led to\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__qualname__}\n"


def set_up_logs(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send all logs, redacted, to ``stream`` (standard error unless given)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacted(as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
