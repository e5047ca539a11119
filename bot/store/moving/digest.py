"""Tells whether two tables hold the same rows: how many, and a checksum over all values in order."""

from collections.abc import Iterable, Sequence
from hashlib import sha256


class Digest:
    """Fed with rows in the order of their key; equal for equal rows and no others.

    Python's notation of a value (whole number, text, bytes, float, None) names its type and no
    other value has the same.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._sum = sha256()

    def add(self, rows: Sequence[Iterable[object]]) -> None:
        """Take up the next rows."""
        self.rows += len(rows)
        for row in rows:
            self._sum.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))

    @property
    def checksum(self) -> str:
        """The checksum of all rows so far, in hexadecimal."""
        return self._sum.hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Digest):
            return NotImplemented
        return (self.rows, self.checksum) == (other.rows, other.checksum)

    __hash__ = None  # type: ignore[assignment]  # it changes
