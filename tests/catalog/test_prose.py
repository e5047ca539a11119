"""Prose becomes blocks whose spans count code points."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.problems import Findings
from bot.catalog.prose import blocks
from bot.core.text import Span, Text

FILE = Path("en.md")


def read(prose: str) -> tuple[Text, ...]:
    findings = Findings()
    found = blocks(FILE, prose, 0, findings)
    assert findings.all == []
    return found


def lines_with_problems(prose: str) -> set[int]:
    findings = Findings()
    blocks(FILE, prose, 5, findings)
    return {problem.line for problem in findings.all}


def drawn(text: Text) -> list[tuple[str, str, str]]:
    return [(s.kind, text.plain[s.start : s.start + s.length], s.value) for s in text.spans]


def test_each_paragraph_is_one_block() -> None:
    assert read("One\nline.\n\nTwo.") == (Text("One line."), Text("Two."))


def test_a_backslash_at_the_end_of_a_line_keeps_the_break() -> None:
    assert read("One\\\ntwo") == (Text("One\ntwo"),)


def test_bold_and_italic_keep_their_place_after_emoji() -> None:
    (text,) = read("👩‍⚕️ 🦴 a **bold 🦵** and *slanted* word")
    assert drawn(text) == [("bold", "bold 🦵", ""), ("italic", "slanted", "")]


def test_bold_within_italic_gives_both_spans_the_outer_one_first() -> None:
    (text,) = read("*all **inner***")
    assert drawn(text) == [("italic", "all inner", ""), ("bold", "inner", "")]


def test_a_link_keeps_its_address_and_shows_its_words() -> None:
    (text,) = read("😀 see [the page](https://example.org/a)")
    assert text.plain == "😀 see the page"
    assert drawn(text) == [("link", "the page", "https://example.org/a")]


def test_a_bare_address_in_angle_brackets_is_a_link() -> None:
    (text,) = read("<https://example.org/a>")
    assert drawn(text) == [("link", "https://example.org/a", "https://example.org/a")]


def test_a_list_is_one_block_with_a_bullet_before_each_item() -> None:
    (text,) = read("- 😀 one\n- **two**\n  goes on\n")
    assert text.plain == "• 😀 one\n• two goes on"
    assert drawn(text) == [("bold", "two", "")]


def test_a_list_item_of_two_paragraphs_stays_one_item() -> None:
    (text,) = read("- one\n\n  more\n- two")
    assert text.plain == "• one\nmore\n• two"


def test_a_quote_is_one_block_that_is_a_quote_from_end_to_end() -> None:
    (text,) = read("> one **two**\n>\n> three")
    assert drawn(text) == [("quote", "one two\nthree", ""), ("bold", "two", "")]


def test_a_heading_becomes_a_bold_line() -> None:
    assert read("## Use it **well**") == (Text("Use it well", (Span(0, 11, "bold"),)),)


def test_names_in_braces_pass_through_as_they_are() -> None:
    assert read("Call **{emergency_number}** now.")[0].plain == "Call {emergency_number} now."


def test_no_prose_gives_no_block() -> None:
    assert read("\n\n") == ()


def test_bold_around_nothing_leaves_no_empty_span() -> None:
    (text,) = read("a [](https://example.org) b")
    assert text == Text("a  b")


@pytest.mark.parametrize(
    "prose",
    [
        "<div>x</div>",
        "a <b>bold</b> word",
        "![picture](https://example.org/a.png)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```\ncode\n```",
        "    code",
        "some `code`",
        "***\n",
        "1. one\n2. two",
        "[x](http://example.org)",
        "[x](javascript:alert(1))",
        "open **bold",
        "- a\n  - b",
        "> - a",
        "- a\n\n      code",
    ],
)
def test_what_a_chat_cannot_show_is_a_problem_with_its_line(prose: str) -> None:
    found = lines_with_problems(f"Fine.\n\n{prose}")
    assert found
    assert found <= {8, 9, 10}


def test_a_problem_inside_a_paragraph_names_its_own_line() -> None:
    assert lines_with_problems("one\ntwo\nthree `code`") == {8}


@given(st.text(max_size=200) | st.text("*_[]()<>!`#>-1. \n\\&;{}ab😀", max_size=60))
def test_any_prose_is_read_and_its_spans_lie_within_their_blocks(prose: str) -> None:
    for block in blocks(FILE, prose, 0, Findings()):
        for span in block.spans:
            assert 0 <= span.start < span.start + span.length <= len(block.plain)
