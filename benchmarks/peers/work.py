"""What a peer is told on its command line: where the Bot API is and what to answer."""

import json
import os
from dataclasses import dataclass
from typing import Any

WORK = "BENCH_WORK"


@dataclass(frozen=True, slots=True)
class Work:
    """What our bot answered to the same update, so that a peer answers with the same.

    Attributes:
        text: Words of the message.
        entities: Their marks, as the Bot API takes them.
        keyboard: Rows of (label, callback data).
    """

    text: str
    entities: list[dict[str, Any]]
    keyboard: list[list[tuple[str, str]]]


def read_work() -> dict[str, Work]:
    """Return the answers to a tap and to a message, by method; {} where none was given."""
    shown = json.loads(os.environ.get(WORK, "{}"))
    return {method: _work(params) for method, params in shown.items()}


def _work(params: dict[str, str]) -> Work:
    markup = json.loads(params.get("reply_markup", '{"inline_keyboard": []}'))
    rows = [
        [(button["text"], button["callback_data"]) for button in row if "callback_data" in button]
        for row in markup["inline_keyboard"]
    ]
    return Work(params["text"], json.loads(params.get("entities", "[]")), rows)
