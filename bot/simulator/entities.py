"""Formatting of a text, counted as Telegram counts: in UTF-16 code units."""

import re
from collections.abc import Sequence
from typing import Any

from bot.simulator.refusals import bad_request

PLAIN = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
}  # fmt: skip
NEEDS = {
    "text_link": ("url", str),
    "text_mention": ("user", dict),
    "custom_emoji": ("custom_emoji_id", str),
    "date_time": ("unix_time", int),
}
COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{5,32})?(?!\w)")


def units(text: str) -> int:
    """Return the length in UTF-16 code units: most emoji count as 2."""
    return len(text) + sum(char > "\uffff" for char in text)


def commands_in(text: str) -> list[dict[str, Any]]:
    """Return the ``bot_command`` entities that Telegram finds in what a person writes."""
    return [
        {
            "type": "bot_command",
            "offset": units(text[: found.start()]),
            "length": units(found.group()),
        }
        for found in COMMAND.finditer(text)
    ]


def check_entities(text: str, entities: Sequence[object]) -> list[dict[str, Any]]:
    """Return the entities in order; empty ones are dropped, as Telegram drops them.

    Raises:
        ApiError: 400, one is malformed, of an unknown type, out of range or splits a character.
    """
    borders = _borders(text)
    found = [entity for entity in map(_shaped, entities) if entity["length"] > 0]
    for entity in found:
        _check_range(entity["offset"], entity["length"], borders, units(text))
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def _borders(text: str) -> set[int]:
    """Return the offsets, in UTF-16 units, at which a character begins or the text ends."""
    at, borders = 0, {0}
    for char in text:
        at += units(char)
        borders.add(at)
    return borders


def _shaped(entity: object) -> dict[str, Any]:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = str(entity.get("type")), entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request("can't parse MessageEntity: can't find field of type Number")
    name, needed = NEEDS.get(kind, ("type", str))
    if kind not in PLAIN and kind not in NEEDS:
        raise bad_request(f'can\'t parse MessageEntity: unknown type "{kind}"')
    if not isinstance(entity.get(name), needed):
        raise bad_request(f"can't parse MessageEntity: can't find field \"{name}\"")
    return entity


def _check_range(offset: int, length: int, borders: set[int], size: int) -> None:
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if offset + length > size:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {size}"
        )
    if offset not in borders:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {offset}")
    if offset + length not in borders:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
        )
