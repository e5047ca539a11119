"""Formatting, counted in UTF-16 units."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import check_entities, commands_in, units
from bot.simulator.refusals import ApiError

EMOJI = "\U0001f642"


def mark(offset: object, length: object, kind: str = "bold", **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def refused(text: str, *entities: object) -> str:
    with pytest.raises(ApiError) as caught:
        check_entities(text, entities)
    return caught.value.description.removeprefix("Bad Request: ")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_units_are_those_of_utf16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(st.text(alphabet=st.sampled_from(f"aж{EMOJI}")), st.data())
def test_exactly_the_ranges_of_whole_characters_are_taken(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(-1, units(text) + 1))
    length = data.draw(st.integers(1, units(text) + 2))
    encoded = text.encode("utf-16-le")
    cut = encoded[2 * offset : 2 * (offset + length)] if offset >= 0 else b""
    whole = len(cut) == 2 * length
    try:
        cut.decode("utf-16-le")
    except UnicodeDecodeError:
        whole = False

    if whole:
        assert check_entities(text, [mark(offset, length)]) == [mark(offset, length)]
    else:
        assert refused(text, mark(offset, length))


def test_entities_out_of_range_are_refused_in_telegrams_words() -> None:
    assert refused("abc", mark(1, 3)) == (
        "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3"
    )
    assert refused("abc", mark(-1, 2)) == "receive an entity with incorrect offset -1"
    assert "begins in a middle" in refused(EMOJI, mark(1, 1))
    assert "ends in a middle" in refused(EMOJI, mark(0, 1))


def test_a_moment_needs_its_unix_time() -> None:
    moment = mark(0, 5, "date_time", unix_time=1_795_000_000)
    assert check_entities("08:00", [moment]) == [moment]

    reason = "can't parse MessageEntity: can't find field \"unix_time\""
    assert refused("08:00", mark(0, 5, "date_time")) == reason
    assert refused("08:00", mark(0, 5, "date_time", unix_time="soon")) == reason


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ("bold", "expected an Object"),
        (mark("0", 1), "can't find field of type Number"),
        (mark(0, None), "can't find field of type Number"),
        (mark(0, 1, "blink"), 'unknown type "blink"'),
        (mark(0, 1, "text_link"), 'can\'t find field "url"'),
    ],
)
def test_malformed_entities_are_refused(entity: object, reason: str) -> None:
    assert refused("abc", entity) == f"can't parse MessageEntity: {reason}"


def test_entities_come_back_in_order_without_empty_ones() -> None:
    given_marks = [mark(2, 1), mark(0, 1, "italic"), mark(1, 0), mark(0, 3)]

    assert check_entities("abc", given_marks) == [mark(0, 3), mark(0, 1, "italic"), mark(2, 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [(0, 6)]),
        (f"{EMOJI} /help now", [(3, 5)]),
        ("/stop@unknot_simulator_bot", [(0, 26)]),
        ("and/or", []),
        ("8 /", []),
        ("/a /b", [(0, 2), (3, 2)]),
        ("https://example.org/start", []),
    ],
)
def test_commands_are_found_where_telegram_finds_them(
    text: str, found: list[tuple[int, int]]
) -> None:
    assert [(mark["offset"], mark["length"]) for mark in commands_in(text)] == found
