"""The newest calls of the bot as the page shows them: short, and without anything secret."""

import json
import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator.fields import Upload

KEPT = 300
LONGEST_VALUE = 60
SECRET_NAMES = {"secret_token"}
# what a bot's token looks like, should one stand in a parameter
SECRET = re.compile(r"\d{6,}:[\w-]{20,}", re.ASCII)
HIDDEN = "…"
KILOBYTE = 1024
Entry = dict[str, Any]


class Trail:
    """The newest calls, numbered, oldest first.

    Attributes:
        number: Number of the newest call; 0 before the first.
        added: Called after each call; wakes who tells the page.
    """

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.number = 0
        self.added: Callable[[], None] = lambda: None

    def add(
        self,
        method: str,
        params: Mapping[str, object],
        *,
        at: float,
        code: int,
        milliseconds: float,
        problem: str = "",
    ) -> None:
        """Note one call.

        Args:
            method: Its documented spelling.
            params: Its parameters and files as they came.
            at: When it came, on the turnable clock: seconds since 1970.
            code: 200, or the error code of the reply; 0 when no reply went out.
            milliseconds: From its coming to the end of our reply.
            problem: Telegram's sentence for a refusal.
        """
        self.number += 1
        self._entries.append({
            "number": self.number,
            "at": at,
            "method": method,
            "args": short_arguments(params),
            "code": code,
            "ms": round(milliseconds),
            "problem": problem,
        })  # fmt: skip
        self.added()

    def after(self, number: int) -> list[Entry]:
        """Return the calls later than this one, as far as they are kept."""
        return [entry for entry in self._entries if entry["number"] > number]

    def clear(self) -> None:
        """Forget all calls; the numbers go on."""
        self._entries.clear()


def short_arguments(params: Mapping[str, object]) -> list[list[str]]:
    """Return names and shortened values of a call's parameters: texts cut, lists counted."""
    return [[name, _short(name, value)] for name, value in params.items()]


def _short(name: str, value: object) -> str:
    if name in SECRET_NAMES:
        return HIDDEN
    if isinstance(value, Upload):
        return f"{value.content_type} {max(1, len(value.content) // KILOBYTE)} KB"
    found = _parsed(value)
    if name == "reply_markup" and isinstance(found, dict):
        rows = found.get("inline_keyboard")
        return str([len(row) for row in rows]) if isinstance(rows, list) else _cut(value)
    if isinstance(found, list):
        return f"[{len(found)}]"
    return _cut(value)


def _parsed(value: object) -> object:
    """Return what a JSON text stands for; anything else as it is."""
    if not isinstance(value, str) or not value.startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _cut(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = SECRET.sub(HIDDEN, " ".join(text.split()))
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + HIDDEN
