"""Keyboards: the limits of buttons."""

from typing import Any

import pytest

from bot.simulator.keyboards import read_markup
from bot.simulator.refusals import ApiError

UNREADABLE = "can't parse inline keyboard button: "


def button(**parts: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A"} | parts]]}


def refused(markup: dict[str, Any], *, inline_only: bool = False) -> str:
    with pytest.raises(ApiError) as caught:
        read_markup(markup, inline_only=inline_only)
    return caught.value.description.removeprefix("Bad Request: ")


@pytest.mark.parametrize("data", ["a", "a" * 64, "ж" * 32, "\U0001f642" * 16])
def test_callback_data_has_1_to_64_bytes(data: str) -> None:
    assert read_markup(button(callback_data=data)) == button(callback_data=data)["inline_keyboard"]


@pytest.mark.parametrize("data", ["", "a" * 65, "ж" * 32 + "a", "\U0001f642" * 17, 7])
def test_other_callback_data_is_refused(data: object) -> None:
    assert refused(button(callback_data=data)) == "BUTTON_DATA_INVALID"


@pytest.mark.parametrize("style", ["danger", "success", "primary"])
def test_a_button_has_one_of_three_styles(style: str) -> None:
    assert read_markup(button(callback_data="a", style=style))
    assert refused(button(callback_data="a", style="blue")) == (
        f"{UNREADABLE}invalid button style specified"
    )


def test_links_and_texts_to_copy_are_buttons_too() -> None:
    assert read_markup(button(url="https://example.org/help"))
    assert read_markup(button(url="tg://user?id=5"))
    assert read_markup(button(copy_text={"text": "+49 30 000"}))
    assert read_markup(button(switch_inline_query=""))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "https://", 7])
def test_only_web_and_telegram_links_are_taken(url: object) -> None:
    assert refused(button(url=url)) == "inline keyboard button URL is invalid: Wrong HTTP URL"


@pytest.mark.parametrize("copy", [{}, {"text": ""}, {"text": "a" * 257}, "text"])
def test_a_text_to_copy_has_1_to_256_characters(copy: object) -> None:
    assert refused(button(copy_text=copy)) == "BUTTON_COPY_TEXT_INVALID"


@pytest.mark.parametrize("deeds", [{}, {"url": "https://a.org", "callback_data": "a"}])
def test_a_button_does_exactly_one_thing(deeds: dict[str, str]) -> None:
    reason = f"{UNREADABLE}Text buttons are unallowed in the inline keyboard"
    assert refused(button(**deeds)) == reason


@pytest.mark.parametrize("text", ["", " ", None, 7])
def test_a_button_needs_a_label(text: object) -> None:
    reason = f'{UNREADABLE}Field "text" must be of type String and not empty'
    assert refused(button(text=text, callback_data="a")) == reason


def test_a_keyboard_has_at_most_100_buttons() -> None:
    row = button(callback_data="a")["inline_keyboard"][0]
    assert read_markup({"inline_keyboard": [row] * 100})
    assert refused({"inline_keyboard": [row] * 101}) == "reply markup is too long"


@pytest.mark.parametrize("rows", ["a", [{"text": "A"}], None])
def test_a_keyboard_is_rows_of_buttons(rows: object) -> None:
    expected = (
        "object expected as reply markup"
        if rows is None
        else ('field "inline_keyboard" must be an Array of Arrays')
    )
    assert refused({"inline_keyboard": rows}) == expected
    assert refused({"inline_keyboard": [["A"]]}) == (
        f"{UNREADABLE}InlineKeyboardButton must be an Object"
    )


def test_no_keyboard_and_empty_rows_mean_none() -> None:
    assert read_markup(None) is None
    assert read_markup({}) is None
    assert read_markup({"inline_keyboard": [[], []]}) is None


@pytest.mark.parametrize("kind", ["keyboard", "remove_keyboard", "force_reply"])
def test_other_keyboards_are_taken_with_a_new_message_only(kind: str) -> None:
    assert read_markup({kind: True}) is None
    assert refused({kind: True}, inline_only=True) == "object expected as reply markup"
