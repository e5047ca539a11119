"""Whether two bots showed the same: libraries write the same message in different ways."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar, cast

T = TypeVar("T")
Json = dict[str, Any]
Shown = tuple[str, list[tuple[str, int, int]], list[list[tuple[str, str]]]]


def shown(params: Mapping[str, Any]) -> Shown:
    """Return text, marks and buttons of a call; nested values may be JSON or plain.

    Marks keep their type, place and length; buttons their label and what they carry.
    """
    marks: list[Json] = _plain(params.get("entities", []))
    markup: Json = _plain(params.get("reply_markup", {}))
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    return (
        params["text"],
        sorted((mark["type"], mark["offset"], mark["length"]) for mark in marks),
        [[(button["text"], button.get("callback_data", "")) for button in row] for row in rows],
    )


def labels(params: Mapping[str, Any]) -> tuple[str, list[list[str]]]:
    """Return text and labels of a call: what its buttons carry is of one reminder alone."""
    text, _, rows = shown(params)
    return text, [[label for label, _ in row] for row in rows]


def _plain(value: T | str) -> T:
    return cast("T", json.loads(value)) if isinstance(value, str) else value
