"""As much of an MP4 file as a promise needs: its boxes, its one track, its length."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

INSIDE = {"moov", "trak", "mdia", "minf", "stbl"}


@dataclass(frozen=True)
class Film:
    """What an MP4 file says of itself.

    Attributes:
        order: The outer boxes, as they come.
        tracks: The kind of each track ("vide", "soun").
        coding: The kind of its samples ("avc1").
        seconds: Length of all samples.
    """

    order: tuple[str, ...]
    tracks: tuple[str, ...]
    coding: str
    size: tuple[int, int]
    seconds: float


def read(file: Path) -> Film:
    """Return what a film says of itself."""
    data = file.read_bytes()
    boxes = list(_boxes(data, 0, len(data), 0))
    found = {name: (start, end) for name, start, end, _ in boxes}
    sample = found["stsd"][0] + 8  # after version and count comes the first sample's own box
    scale = _number(data, found["mdhd"][0] + 12)
    return Film(
        order=tuple(name for name, _, _, depth in boxes if depth == 0),
        tracks=tuple(_text(data, start + 8) for name, start, _, _ in boxes if name == "hdlr"),
        coding=_text(data, sample + 4),
        size=(_number(data, sample + 32, 2), _number(data, sample + 34, 2)),
        seconds=sum(_times(data, found["stts"][0])) / scale,
    )


def _boxes(data: bytes, at: int, end: int, depth: int) -> Iterator[tuple[str, int, int, int]]:
    while at < end:
        length, name = _number(data, at), _text(data, at + 4)
        yield name, at + 8, at + length, depth
        if name in INSIDE:
            yield from _boxes(data, at + 8, at + length, depth + 1)
        at += length


def _times(data: bytes, at: int) -> Iterator[int]:
    """Yield ticks: so many samples of so many ticks, pair after pair."""
    for n in range(_number(data, at + 4)):
        yield _number(data, at + 8 + 8 * n) * _number(data, at + 12 + 8 * n)


def _number(data: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(data[at : at + size], "big")


def _text(data: bytes, at: int) -> str:
    return data[at : at + 4].decode("latin-1")
