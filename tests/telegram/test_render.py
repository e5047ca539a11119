"""Screens as Telegram wants them: entities in UTF-16, cut where Telegram would refuse."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import actions as act
from bot.core.screens import Button, Screen
from bot.core.text import Span, SpanKind, Text
from bot.telegram.render import MAX_TEXT, clipped, packed, render, units


def screen_of(plain: str, *spans: Span) -> Screen:
    return Screen((Text(plain, spans),))


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def test_a_plain_screen_has_text_no_preview_and_no_parse_mode() -> None:
    assert render(screen_of("Warm it.")) == {
        "text": "Warm it.",
        "link_preview_options": {"is_disabled": True},
    }


def test_blocks_stand_apart_and_their_spans_move_along() -> None:
    drawn = render(Screen((Text("One"), Text("Two", (Span(0, 3, "bold"),)))))

    assert drawn["text"] == "One\n\nTwo"
    assert drawn["entities"] == [{"type": "bold", "offset": 5, "length": 3}]


def test_offsets_count_utf16_units_past_emoji_and_cyrillic() -> None:
    drawn = render(screen_of("😀 жар 😀!", Span(2, 3, "bold"), Span(6, 1, "italic")))

    assert drawn["entities"] == [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "italic", "offset": 7, "length": 2},
    ]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("bold", "", {"type": "bold"}),
        ("italic", "", {"type": "italic"}),
        ("quote", "", {"type": "blockquote"}),
        ("link", "https://a.example", {"type": "text_link", "url": "https://a.example"}),
        (
            "moment",
            "1795500000",
            {"type": "date_time", "unix_time": 1795500000, "date_time_format": "wDt"},
        ),
    ],
)
def test_each_kind_of_span_has_its_entity(
    kind: SpanKind, value: str, expected: dict[str, object]
) -> None:
    drawn = render(screen_of("word", Span(0, 4, kind, value)))

    assert drawn["entities"] == [{**expected, "offset": 0, "length": 4}]


def test_white_space_at_the_ends_of_a_span_is_left_out() -> None:
    drawn = render(screen_of("a  bold \n z", Span(1, 8, "bold")))

    assert drawn["entities"] == [{"type": "bold", "offset": 3, "length": 4}]


def test_a_span_of_nothing_but_white_space_is_left_out() -> None:
    assert "entities" not in render(screen_of("a   b", Span(1, 3, "bold")))


def test_a_text_of_exactly_the_limit_stays_whole() -> None:
    assert clipped("😀" * (MAX_TEXT // 2), MAX_TEXT) == "😀" * (MAX_TEXT // 2)


def test_a_text_over_the_limit_is_cut_between_characters() -> None:
    drawn = render(screen_of("a" + "😀" * MAX_TEXT))

    assert drawn["text"] == "a" + "😀" * (MAX_TEXT // 2 - 1)


def test_half_a_character_in_a_long_text_is_no_error() -> None:
    assert clipped("a\ud83d" * 9, 3).startswith("a")


def test_a_span_beyond_the_cut_ends_with_the_text() -> None:
    drawn = render(screen_of("a" * 5000, Span(4000, 500, "bold"), Span(4500, 9, "italic")))

    assert drawn["entities"] == [{"type": "bold", "offset": 4000, "length": 96}]


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 40))
def test_an_entity_covers_just_the_visible_part_of_its_span(
    plain: str, start: int, length: int
) -> None:
    for found in render(screen_of(plain, Span(start, length, "bold"))).get("entities", []):
        first, last = found["offset"] * 2, (found["offset"] + found["length"]) * 2
        covered = utf16(plain)[first:last].decode("utf-16-le")
        assert covered == plain[start : start + length].strip()


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_cut_text_keeps_to_its_limit_and_is_a_beginning(text: str, limit: int) -> None:
    cut = clipped(text, limit)

    assert units(cut) <= limit
    assert text.startswith(cut)


def test_buttons_carry_label_callback_and_style() -> None:
    rows = ((Button("Done", act.Done(7), "success"), Button("Menu", act.Home())),)
    drawn = render(Screen((Text("Well?"),), rows, language="ru"))

    assert drawn["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Done", "callback_data": "1:ru:done:7", "style": "success"},
            {"text": "Menu", "callback_data": "1:ru:home"},
        ]
    ]


def test_packed_is_the_same_with_nested_values_as_json() -> None:
    screen = Screen((Text("жар", (Span(0, 3, "bold"),)),), ((Button("Menu", act.Home()),),))
    wire = packed(screen)

    assert wire["text"] == "жар"
    assert {k: json.loads(v) for k, v in wire.items() if k != "text"} == {
        k: v for k, v in render(screen).items() if k != "text"
    }


def test_an_emergency_number_is_drawn_like_the_text_around_it() -> None:
    text = Text("Call {emergency_number}.").fill(emergency_number="112")

    drawn = render(Screen((text,)))
    assert drawn["text"] == "Call 112."
    assert "entities" not in drawn
