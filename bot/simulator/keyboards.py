"""Keyboards under messages: what Telegram takes, and what it refuses."""

import re
from typing import Any

from bot.simulator.refusals import bad_request

Rows = list[list[dict[str, Any]]]
STYLES = ("danger", "success", "primary")
MOST_BUTTONS = 100
MOST_DATA = 64
MOST_COPIED = 256
LINK = re.compile(r"(?:https?|tg)://[^/\s]", re.IGNORECASE)
OTHER_KINDS = ("keyboard", "remove_keyboard", "force_reply")
# what a button may do; a button does exactly one thing
DEEDS = ("callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query",
         "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay")  # fmt: skip


def read_markup(markup: dict[str, Any] | None, *, inline_only: bool = False) -> Rows | None:
    """Return the rows of an inline keyboard; None for no keyboard or one of another kind.

    Raises:
        ApiError: 400, the markup or a button of it is not as documented.
    """
    if markup is None or markup == {}:
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        if inline_only or not any(kind in markup for kind in OTHER_KINDS):
            raise bad_request("object expected as reply markup")
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return checked or None


def _button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _unreadable('Field "text" must be of type String and not empty')
    if button.get("style", "primary") not in STYLES:
        raise _unreadable("invalid button style specified")
    deeds = [deed for deed in DEEDS if deed in button]
    if len(deeds) != 1:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    _check_deed(deeds[0], button[deeds[0]])
    return button


def _check_deed(deed: str, value: object) -> None:
    if deed == "callback_data":
        _check_data(value)
    elif deed == "url":
        _check_url(value)
    elif deed == "copy_text":
        _check_copy(value)


def _check_data(value: object) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(value: object) -> None:
    if not isinstance(value, str) or not LINK.match(value):
        raise bad_request("inline keyboard button URL is invalid: Wrong HTTP URL")


def _check_copy(value: object) -> None:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= MOST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _unreadable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")
