"""A fault script: what shall go wrong, when and how often, as plain data from TOML or JSON. Pure."""

import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.simulator.courses import KINDS, Kind
from bot.simulator.faults import Fault, Faults

ALL = "all"
TOP = {"seed", "limits", "fault"}
NUMBERS: Mapping[str, tuple[float, float]] = {
    "seconds": (0, 86_400),
    "at": (0, math.inf),
    "for": (0.001, math.inf),
    "share": (0.000_001, 1),
}
WHOLE: Mapping[str, tuple[float, float]] = {
    "times": (1, math.inf),
    "nth": (1, math.inf),
    "chat": (-math.inf, math.inf),
    "to": (-math.inf, math.inf),
}
TEXTS = {"kind", "method"}
KEYS = (*sorted(TEXTS), *NUMBERS, *WHOLE)


class ScriptError(ValueError):
    """A script that cannot be followed; the text says where, and what to write."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a script orders.

    Attributes:
        seed: Decides which calls a share hits.
        limits: Whether Telegram's limits are on; None: it does not say.
    """

    faults: tuple[Fault, ...]
    seed: int = 0
    limits: bool | None = None

    def order(self, faults: Faults) -> None:
        """Order all of it; its moments count from now.

        Raises:
            ValueError: too many faults stand.
        """
        faults.sow(self.seed)
        for fault in self.faults:
            faults.order(fault)


def script_of(text: str) -> Script:
    """Read a script written in JSON (it begins with a brace) or TOML.

    Raises:
        ScriptError: it cannot be read; the text says where and what to write.
    """
    try:
        is_json = text.lstrip().startswith("{")
        data = json.loads(text) if is_json else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScriptError(f"it is neither TOML nor JSON: {error}") from None
    return read_script(data)


def read_script(data: Mapping[str, Any]) -> Script:
    """Return the script that plain data describes.

    Raises:
        ScriptError: it is none; the text says where and what to write.
    """
    _check_names(data, sorted(TOP), "the script")
    seed, limits, orders = data.get("seed", 0), data.get("limits"), data.get("fault", [])
    if not _is_whole(seed):
        raise ScriptError("seed must be a whole number")
    if limits is not None and not isinstance(limits, bool):
        raise ScriptError("limits must be true or false")
    if not isinstance(orders, list):
        raise ScriptError("fault must be a list; in TOML each begins with [[fault]]")
    faults = tuple(read_fault(order, f"fault {at}") for at, order in enumerate(orders, 1))
    return Script(faults, seed, limits)


def read_fault(data: object, where: str = "the fault") -> Fault:
    """Return the fault that plain data describes.

    Raises:
        ScriptError: it is none; the text says why, after ``where``.
    """
    if not isinstance(data, Mapping):
        raise ScriptError(f"{where} must be a table of names and values")
    _check_names(data, KEYS, where)
    if data.get("kind") not in KINDS:
        raise ScriptError(f"{where}: kind must be one of {', '.join(KINDS)}")
    if not isinstance(data.get("method", ""), str):
        raise ScriptError(f"{where}: method must be a text")
    for name, (least, most) in {**NUMBERS, **WHOLE}.items():
        value = data.get(name)
        if value is not None and not (name == "chat" and value == ALL):
            _check_number(value, f"{where}: {name}", least, most, whole=name in WHOLE)
    return _fault(data)


def _fault(data: Mapping[str, Any]) -> Fault:
    chat = data.get("chat")
    # who names a time or a share means all calls of it
    is_open = "for" in data or "share" in data
    times = data.get("times") or (None if is_open else 1)
    return Fault(
        str(data.get("method", "")),
        cast("Kind", data["kind"]),
        times,
        None if chat == ALL else chat,
        seconds=float(_given(data, "seconds", 1)),
        after=float(_given(data, "at", 0)),
        lasts=float(_given(data, "for", math.inf)),
        skip=int(_given(data, "nth", 1)) - 1,
        share=float(_given(data, "share", 1)),
        to=int(_given(data, "to", 0)),
    )


def _given(data: Mapping[str, Any], name: str, default: float) -> float:
    """Return a number, or the default for none; ``null`` of JSON is none."""
    value = data.get(name)
    return default if value is None else float(value)


def _check_names(data: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for name in data:
        if name not in known:
            raise ScriptError(f"{where}: there is no {name!r}; use {', '.join(known)}")


def _check_number(value: object, where: str, least: float, most: float, *, whole: bool) -> None:
    is_number = _is_whole(value) or (isinstance(value, float) and not whole)
    if not is_number or not least <= cast("float", value) <= most:
        kind = "a whole number" if whole else "a number"
        low = f" from {least:g}" if least > -math.inf else ""
        high = f" to {most:g}" if most < math.inf else ""
        raise ScriptError(f"{where} must be {kind}{low}{high}")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
