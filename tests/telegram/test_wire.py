"""What comes as JSON is read as far as it can be, and what is odd costs nothing beside it."""

import json
import math
import time

import pytest

from bot.telegram.wire import MOST_DEEP, read_json


def with_odd(part: bytes) -> bytes:
    return b'{"update_id": 1, "odd": ' + part + b', "text": "numb [{\\" \\\\"}'


@pytest.mark.parametrize(
    ("part", "read"),
    [
        (b"9" * 5000, math.inf),
        (b"-" + b"9" * 5000, -math.inf),
        (b"1" + b"0" * 300, 1e300),
        (b"[NaN, 1" + b"0" * 300 + b"]", [pytest.approx(math.nan, nan_ok=True), 1e300]),
        (b"NaN, " + b'"odd": true', True),
        (b'"\\ud83d"', "\ud83d"),
        (b'"\xff"', "\ufffd"),
        (b'"\n\x00"', "\n\x00"),
        (b"[NaN, 7]", [pytest.approx(math.nan, nan_ok=True), 7]),
    ],
)
def test_an_odd_part_costs_nothing_of_what_is_beside_it(part: bytes, read: object) -> None:
    assert read_json(with_odd(part)) == {"update_id": 1, "odd": read, "text": 'numb [{" \\'}


@pytest.mark.parametrize("deep", [1100, 3000, 200_000])
@pytest.mark.parametrize(("opens", "closes"), [(b"[", b"]"), (b'{"a": ', b"}")])
def test_what_lies_too_deep_is_cut_off_and_all_else_is_read(
    deep: int, opens: bytes, closes: bytes
) -> None:
    told = read_json(with_odd(opens * deep + b'"x"' + closes * deep))
    assert isinstance(told, dict)
    assert (told["update_id"], told["text"]) == (1, 'numb [{" \\')

    part, depth = told["odd"], 1  # the whole is one
    while part is not None:
        part, depth = next(iter(part.values() if isinstance(part, dict) else part)), depth + 1
    assert depth == MOST_DEEP


def test_each_of_many_deep_parts_is_cut_off_and_what_is_shallow_stays() -> None:
    deep = b"[" * 3000 + b"]" * 3000
    told = read_json(b"[" + b", ".join([deep, b"{}", deep, b'[[], "]"]']) + b"]")

    assert isinstance(told, list)
    assert told[1::2] == [{}, [[], "]"]]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"canary",
        b"{",
        b'{"a": 1',
        b'"',
        b"\xff\xfe{",
        b"[" * 100_000,
        b"]" * 5000 + b"[" * 9000,
    ],
)
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match="line 1 column"):
        read_json(text)


def test_a_megabyte_of_anything_is_read_or_refused_within_seconds() -> None:
    began = time.monotonic()
    for part in (b'"', b'\\"', b"[", b'"\\', b"[]", b"9"):
        text = b"[NaN, " + part * (1_000_000 // len(part))
        with pytest.raises(ValueError, match="line 1 column"):
            read_json(text)

    assert time.monotonic() - began < 20


def test_a_text_that_is_strict_is_read_as_the_standard_library_reads_it() -> None:
    told = {"result": [{"update_id": 7, "message": {"text": "ж🫁", "date": 1_790_000_000}}]}

    assert read_json(json.dumps(told).encode()) == told
