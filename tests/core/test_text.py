from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import Span, Text, joined

WORD = Text("call {number} now", (Span(5, 8, "bold"), Span(14, 3, "italic")))


def drawn(text: Text, kind: str) -> list[str]:
    return [text.plain[s.start : s.start + s.length] for s in text.spans if s.kind == kind]


def test_a_filled_value_keeps_the_spans_around_and_behind_it_in_place() -> None:
    filled = WORD.fill(number="112")

    assert filled.plain == "call 112 now"
    assert drawn(filled, "bold") == ["112"]
    assert drawn(filled, "italic") == ["now"]


def test_a_span_before_the_value_stays_where_it_is() -> None:
    text = Text("now: {number}", (Span(0, 3, "bold"),)).fill(number="a long number")

    assert drawn(text, "bold") == ["now"]


def test_a_name_without_a_value_stays_as_it_is() -> None:
    assert WORD.fill(other="x") == WORD


def test_every_place_of_a_name_is_filled() -> None:
    assert Text("{a} and {a}").fill(a="b").plain == "b and b"


def test_a_value_that_names_itself_is_filled_once() -> None:
    assert Text("{a} {a}").fill(a="{a}!").plain == "{a}! {a}"


@given(st.text(max_size=20), st.text(max_size=20))
def test_joined_blocks_keep_their_spans_whatever_stands_before(first: str, second: str) -> None:
    whole = joined((Text(first), Text(second, (Span(0, len(second), "bold"),))))

    assert drawn(whole, "bold") == [second]


def test_an_emergency_number_can_be_told_anew_wherever_it_stands() -> None:
    text = Text("Call {emergency_number} now, {emergency_number}!", (Span(0, 23, "bold"),))
    filled = text.fill(emergency_number="112", operator="a clinic")
    local = filled.with_number("0-911")

    assert local.plain == "Call 0-911 now, 0-911!"
    assert [local.plain[s.start : s.start + s.length] for s in local.spans] == [
        "Call 0-911",
        "0-911",
        "0-911",
    ]
