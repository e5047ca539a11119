"""Logs with fields, never with the token; library logs are held to the same rule."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

# a bot token as it may stand in an address (right behind "bot"), a traceback or a repr
TOKEN = re.compile(r"(?<![0-9])[0-9]{1,20}:[A-Za-z0-9_-]{6,}")
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# their DEBUG and INFO lines carry what people wrote, or whole addresses
TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "asyncio")


class Redacted(logging.Formatter):
    """Writes one line a record: time, level, event, fields; tokens are blacked out."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, a traceback following in text form."""
        fields = {key: value for key, value in vars(record).items() if key not in STANDARD}
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        line = self._json if self._as_json else self._text
        return TOKEN.sub("<token>", line(moment, record, fields))

    def _json(self, moment: str, record: logging.LogRecord, fields: dict[str, object]) -> str:
        head = {"at": moment, "level": record.levelname, "event": record.getMessage()}
        return json.dumps(head | {"from": record.name} | fields, default=str, ensure_ascii=False)

    def _text(self, moment: str, record: logging.LogRecord, fields: dict[str, object]) -> str:
        traceback = fields.pop("traceback", None)
        shown = "".join(f" {key}={value}" for key, value in fields.items())
        line = f"{moment} {record.levelname:7} {record.getMessage()}{shown}"
        return f"{line}\n{traceback}" if traceback else line


def set_up_logs(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send all logs, redacted, to ``stream`` (standard error unless given)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacted(as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
