"""TOML with line numbers: tables that are read key by key and note what is wrong with each."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from pathlib import Path
from typing import TypeVar

from bot.catalog.problems import Findings

Where = tuple[str | int, ...]
T = TypeVar("T")

HEADER = re.compile(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
ROW = re.compile(r"\s*\{")
KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=""")
ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Sheet:
    """A TOML text and where its keys stand.

    Attributes:
        offset: Lines of the file before the text begins (a head inside a Markdown file).
        places: Line in the file by key path; tables of an array are counted from 0, also where
            they stand in braces, one a line.
    """

    file: Path
    rows: tuple[str, ...]
    offset: int
    places: Mapping[Where, int]
    findings: Findings

    def line(self, where: Where, value: str = "") -> int:
        """Return the line of a key, or where a quoted value last stands in it; else its table's line."""
        known = next(n for n in range(len(where), -1, -1) if where[:n] in self.places)
        start = self.places[where[:known]]
        if not value:
            return start
        end = min((p for p in self.places.values() if p > start), default=None)
        stop = None if end is None else end - self.offset - 1
        rows = self.rows[start - self.offset - 1 : stop]
        hits = [start + n for n, row in enumerate(rows) if f'"{value}"' in row]
        return hits[-1] if hits else start


@dataclass(frozen=True)
class Table:
    """One table; each getter returns an empty value after noting a problem."""

    sheet: Sheet
    data: Mapping[str, object]
    where: Where = ()
    _asked: set[str] = field(default_factory=set)

    def problem(self, key: str, text: str, fix: str, value: str = "") -> None:
        """Note a problem at the line of ``key``, or of one value in its list."""
        line = self.sheet.line((*self.where, key), value)
        self.sheet.findings.problem(self.sheet.file, line, text, fix)

    def warning(self, key: str, text: str) -> None:
        """Note a warning at the line of ``key``."""
        line = self.sheet.line((*self.where, key))
        self.sheet.findings.warning(self.sheet.file, line, text)

    def has(self, key: str) -> bool:
        """Return whether the key stands there; one that may be left out is asked for here."""
        self._asked.add(key)
        return key in self.data

    def text(self, key: str) -> str:
        """Return one line of text that is not blank."""
        value = self._get(key, str, "a text")
        if value is None:
            return ""
        if not value.strip() or "\n" in value:
            self.problem(key, f"'{key}' is not one line of text.", "write one line.")
            return ""
        return value.strip()

    def sequence(self, key: str) -> tuple[str, ...]:
        """Return a list of lines of text, at least one; the same may come again."""
        values = self._get(key, list, "a list of texts")
        if values is None:
            return ()
        good = [v.strip() for v in values if isinstance(v, str) and v.strip() and "\n" not in v]
        if not values:
            self.problem(key, f"'{key}' is empty.", "name at least one.")
            return ()
        if len(good) != len(values):
            self.problem(key, f"'{key}' is not a list of texts.", 'write ["one", "two"].')
            return ()
        return tuple(good)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of different lines of text, at least one."""
        good = self.sequence(key)
        for value in sorted(v for v, times in Counter(good).items() if times > 1):
            self.problem(key, f"'{key}' has {value!r} twice.", "keep one.", value)
        return tuple(dict.fromkeys(good))

    def literals(self, key: str) -> tuple[str, ...]:
        """Return a list of texts as they stand, spaces at their ends included; none is empty."""
        values = self._get(key, list, "a list of texts")
        if values is None:
            return ()
        good = tuple(v for v in values if isinstance(v, str) and v)
        if len(good) != len(values):
            self.problem(key, f"'{key}' is not a list of texts.", 'write ["one", "two"].')
            return ()
        return good

    def number(self, key: str) -> int:
        """Return a whole number from 1 on."""
        value = self._get(key, int, "a number")
        if value is None:
            return 0
        if isinstance(value, bool) or value < 1:
            self.problem(key, f"'{key}' is not a number from 1 on.", "write 1.")
            return 0
        return value

    def amount(self, key: str) -> float:
        """Return a number from 0 on, whole or not."""
        value = self._get(key, object, "a number")
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
            self.problem(key, f"'{key}' is not a number from 0 on.", "write 0.")
            return 0
        return value

    def flag(self, key: str) -> bool:
        """Return true or false."""
        return bool(self._get(key, bool, "true or false"))

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of different whole numbers; it may be empty."""
        values = self._get(key, list, "a list of numbers")
        if values is None:
            return ()
        good = [v for v in values if isinstance(v, int) and not isinstance(v, bool)]
        if len(good) != len(values) or len(set(good)) != len(good):
            self.problem(key, f"'{key}' is not a list of different numbers.", "write [1, 2].")
            return ()
        return tuple(good)

    def pair(self, key: str) -> tuple[float, float]:
        """Return two numbers; one alone counts for both."""
        value = self._get(key, object, "a number or two")
        values = value if isinstance(value, list) else [value, value]
        good = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
        if len(values) != 2 or len(good) != 2 or not all(-inf < v < inf for v in good):  # noqa: PLR2004 - near and far
            if value is not None:
                self.problem(key, f"'{key}' is not a number or two.", "write 10 or [10, 20].")
            return 0.0, 0.0
        return good[0], good[1]

    def day(self, key: str) -> str:
        """Return a date as ISO text."""
        value = self._get(key, date, "a date")
        if value is None:
            return ""
        if isinstance(value, datetime):
            self.problem(key, f"'{key}' has a time of day.", "write only the date.")
            return ""
        return value.isoformat()

    def table(self, key: str) -> "Table | None":
        """Return the table under ``key``."""
        value = self._get(key, dict, "a table")
        return None if value is None else Table(self.sheet, value, (*self.where, key))

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of the array ``[[key]]``."""
        values = self._get(key, list, f"tables [[{key}]]")
        if values is None:
            return []
        if not all(isinstance(value, dict) for value in values):
            self.problem(key, f"'{key}' is not tables [[{key}]].", f"begin each with [[{key}]].")
            return []
        return [Table(self.sheet, v, (*self.where, key, n)) for n, v in enumerate(values)]

    def close(self) -> None:
        """Note each key that nobody asked for."""
        for key in self.data:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem(key, f"Unknown key {key!r}.", f"delete it; known here: {known}.")

    def _get(self, key: str, kind: type[T], name: str) -> T | None:
        self._asked.add(key)
        if key not in self.data:
            self.problem(key, f"The key '{key}' is missing.", f"add '{key}', {name}.")
            return None
        value = self.data[key]
        if not isinstance(value, kind):
            self.problem(key, f"'{key}' is not {name}.", f"make it {name}.")
            return None
        return value


def parse(file: Path, text: str, findings: Findings, offset: int = 0) -> Table | None:
    """Return the root table of a TOML text; None after noting where it breaks.

    Args:
        file: The file that the findings shall name.
        text: The TOML alone.
        findings: Where problems are noted.
        offset: Lines of the file before the text.
    """
    rows = tuple(text.split("\n"))
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line, reason = _break(error, rows)
        findings.problem(file, offset + line, f"This is not TOML: {reason}.", "correct the line.")
        return None
    return Table(Sheet(file, rows, offset, _places(rows, offset), findings), data)


def _break(error: Exception, rows: tuple[str, ...]) -> tuple[int, str]:
    """Return where and why parsing broke; tomllib tells the place only in its sentence."""
    if isinstance(error, RecursionError):
        return 1, "it is nested too deeply"
    message = str(error)
    if found := ERROR_LINE.search(message):
        return int(found[1]), message[: found.start()].strip().rstrip(".")
    reason = message.removesuffix("(at end of document)").strip().rstrip(".")
    return len(rows) - (len(rows) > 1 and not rows[-1]), reason


def _places(rows: tuple[str, ...], offset: int) -> dict[Where, int]:
    """Return the line of each header and key. Only error lines depend on it, so a scan will do."""
    places: dict[Where, int] = {(): offset + 1}
    counts: dict[str, int] = {}
    where: Where = ()
    last: Where = ()
    braces = 0
    for number, row in enumerate(rows, offset + 1):
        if header := HEADER.match(row):
            where = _header(header[2], array=bool(header[1]), counts=counts)
            places.setdefault(where, number)
        elif key := KEY.match(row):
            last, braces = (*where, key[1].strip("\"'")), 0
            places.setdefault(last, number)
        elif ROW.match(row):
            places.setdefault((*last, braces), number)
            braces += 1
    return places


def _header(name: str, *, array: bool, counts: dict[str, int]) -> Where:
    """Return the path that a header opens; the parts that are arrays get their index."""
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    if array:
        counts[".".join(parts)] = counts.get(".".join(parts), -1) + 1
    where: Where = ()
    for n, part in enumerate(parts, 1):
        whole = ".".join(parts[:n])
        where = (*where, part, counts[whole]) if whole in counts else (*where, part)
    return where
