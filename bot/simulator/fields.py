"""Reads the parameters of a Bot API call: names, types and which are required, as documented."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.simulator.refusals import ApiError, bad_request

# a value of JSON, as Telegram documents it for the place where it stands
Json = Any
Params = dict[str, Any]
INTEGER = re.compile(r"-?\d{1,18}")
NO_VALUE = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "animation": "there is no animation in the request",
    "video": "there is no video in the request",
}
ATTACHED = "attach://"
TRUE = {"true", "True", "1"}
FALSE = {"false", "False", "0", ""}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call; ``content_type`` as its sender named it."""

    content: bytes
    content_type: str = "application/octet-stream"


class Table:
    """The documented parameters by method, and the fields of a few objects."""

    def __init__(self, data: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
        self._methods = {name.lower(): (name, dict(f)) for name, f in data["methods"].items()}
        self._objects = data["objects"]

    def method(self, name: str) -> str:
        """Return the method's documented spelling (calls may use any case).

        Raises:
            ApiError: 404, there is no such method.
        """
        if name.lower() not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        return self._methods[name.lower()][0]

    def read(self, method: str, raw: Mapping[str, object]) -> Params:
        """Return the documented parameters with their types; others are left out.

        Raises:
            ApiError: 400, a value has the wrong type or a required one is missing.
        """
        fields = self._methods[method.lower()][1]
        given = {name: value for name, value in raw.items() if value is not None and name in fields}
        for name, kind in fields.items():
            if kind.endswith("!") and given.get(name, "") == "":
                raise bad_request(NO_VALUE.get(name, f'parameter "{name}" is required'))
        return {name: READERS[fields[name].rstrip("!")](name, v) for name, v in given.items()}

    def with_files(
        self, method: str, raw: Mapping[str, object], files: Mapping[str, Upload]
    ) -> dict[str, object]:
        """Return the parameters with the uploaded files in their places.

        A file comes under the parameter's own name, or is named as ``attach://<name>``.
        """
        fields = self._methods[method.lower()][1]
        direct = {name: file for name, file in files.items() if name in fields}
        named = {name: files.get(str(value).removeprefix(ATTACHED)) for name, value in raw.items()}
        return {**raw, **direct, **{name: file for name, file in named.items() if file}}

    def unknown(self, method: str, raw: Mapping[str, object]) -> list[str]:
        """Return the names that the method does not know; Telegram ignores them silently."""
        return sorted(raw.keys() - self._methods[method.lower()][1].keys())

    def strange(self, kind: str, thing: Mapping[str, object]) -> list[str]:
        """Return the fields of an object that its documented type does not know."""
        return sorted(thing.keys() - self._objects[kind].keys())


def load_table() -> Table:
    """Return the table that stands beside this file."""
    with Path(__file__).with_name("bot_api.toml").open("rb") as file:
        return Table(tomllib.load(file))


def _integer(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and INTEGER.fullmatch(value):
        return int(value)
    raise bad_request(f'can\'t parse "{name}" as Integer')


def _chat(name: str, value: object) -> int | str:
    return value if isinstance(value, str) and value.startswith("@") else _integer(name, value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise bad_request(f'field "{name}" must be of type String')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return value


def _yes_no(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value) in TRUE | FALSE:
        return str(value) in TRUE
    raise bad_request(f'field "{name}" must be of type Boolean')


def _parsed(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def _list(name: str, value: object) -> list[Any]:
    found = _parsed(name, value)
    if not isinstance(found, list):
        raise bad_request(f"expected an Array in {name}")
    return found


def _object(name: str, value: object) -> dict[str, Any]:
    found = _parsed(name, value)
    if not isinstance(found, dict):
        raise bad_request(f"object expected as {name.replace('_', ' ')}")
    return found


def _file(name: str, value: object) -> Upload | str:
    return value if isinstance(value, Upload) else _text(name, value)


READERS: dict[str, Callable[[str, object], Any]] = {
    "int": _integer,
    "chat": _chat,
    "str": _text,
    "bool": _yes_no,
    "list": _list,
    "object": _object,
    "file": _file,
}
