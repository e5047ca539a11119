"""Screens to raw Bot API parameters: text with entities, never a parse mode."""

from functools import lru_cache
from typing import Any

import orjson

from bot.core.actions import ANY_OCCURRENCE
from bot.core.screens import Button, Screen
from bot.core.text import Span, Text, joined
from bot.telegram.callbacks import encode

MAX_TEXT = 4096  # UTF-16 units; Telegram counts after entities are taken out
MOMENT_FORMAT = "wDt"  # weekday, long date, short time, in the reader's own zone and language
_ASTRAL = 0xFFFF  # code points above it take two units
_TYPES = {
    "bold": "bold",
    "italic": "italic",
    "link": "text_link",
    "quote": "blockquote",
    "fold": "expandable_blockquote",
    "moment": "date_time",
}

MAX_TOAST = 200
_ANY = str(ANY_OCCURRENCE)

Params = dict[str, Any]


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units, as Telegram counts."""
    return len(text) + sum(ord(character) > _ASTRAL for character in text)


def clipped(text: str, limit: int) -> str:
    """Return the longest beginning of ``text`` within ``limit`` UTF-16 units, no character cut."""
    if units(text) <= limit:
        return text
    wide = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return wide.decode("utf-16-le", "ignore").rstrip()


def entity(span: Span, plain: str) -> Params | None:
    """Return a span of ``plain`` as a MessageEntity; None when there is nothing to draw.

    White space at its ends is left out: Telegram drops or moves such entities.
    Source: core.telegram.org/bots/api#messageentity (date_time: unix_time, date_time_format).
    """
    covered = plain[span.start : span.start + span.length]
    start = span.start + len(covered) - len(covered.lstrip())
    visible = covered.strip()
    if not visible or span.kind not in _TYPES:
        return None
    params: Params = {
        "type": _TYPES[span.kind],
        "offset": units(plain[:start]),
        "length": units(visible),
    }
    if span.kind == "link":
        params["url"] = span.value
    if span.kind == "moment":
        params["unix_time"] = int(span.value)
        params["date_time_format"] = MOMENT_FORMAT
    return params


def text_params(text: Text) -> Params:
    """Return text, entities and switched-off link preview; cut where Telegram would refuse."""
    plain = clipped(text.plain, MAX_TEXT)
    entities = [drawn for span in text.spans if (drawn := entity(span, plain))]
    params: Params = {"text": plain, "link_preview_options": {"is_disabled": True}}
    return {**params, "entities": entities} if entities else params


def button_params(button: Button, language: str) -> Params:
    """Return an InlineKeyboardButton; an app's own style where none is wanted."""
    params = {"text": button.label, "callback_data": encode(button.action, language)}
    return {**params, "style": button.style} if button.style else params


def render(screen: Screen) -> Params:
    """Return what sendMessage and editMessageText have in common."""
    params = text_params(joined(screen.blocks))
    if screen.buttons:
        rows = [[button_params(b, screen.language) for b in row] for row in screen.buttons]
        params["reply_markup"] = {"inline_keyboard": rows}
    return params


@lru_cache(maxsize=512)
def packed(screen: Screen) -> dict[str, str]:
    """Return `render` as it goes over the wire, nested values as JSON; kept for the next time."""
    drawn = render(screen).items()
    return {k: v if isinstance(v, str) else orjson.dumps(v).decode() for k, v in drawn}


def packed_for(screen: Screen, occurrence: int) -> dict[str, str]:
    """Return `packed`, its buttons about this occurrence where they are about any."""
    params = dict(packed(screen))
    if "reply_markup" in params:
        params["reply_markup"] = params["reply_markup"].replace(_ANY, str(occurrence))
    return params
