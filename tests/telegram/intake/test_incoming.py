"""Taps and texts are read from raw JSON; whatever else comes is left to the library."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.intake.incoming import Tap, Words, incoming
from bot.telegram.intake.raw import MalformedUpdateError
from bot.telegram.place import Tapped

CHAT = {"id": 5, "type": "private"}
ANN = {"id": 5, "is_bot": False, "first_name": "Ann", "language_code": "ru"}
TEXT = {"message_id": 7, "date": 60, "chat": CHAT, "from": ANN, "text": "hello"}
QUERY = {"id": "9", "from": ANN, "message": {**TEXT, "text": "shown"}, "data": "1:en:home"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def message(**changed: object) -> dict[str, Any]:
    return {"update_id": 1, "message": {**TEXT, **changed}}


def tap(**changed: object) -> dict[str, Any]:
    return {"update_id": 1, "callback_query": {**QUERY, **changed}}


def test_a_text_is_read_with_who_wrote_it_and_when() -> None:
    assert incoming(message()) == Words(1, 5, "ru", "hello", 60, is_command=False)


def test_a_text_of_somebody_without_a_language_has_no_hint() -> None:
    assert incoming(message(**{"from": 5})) == Words(1, 5, None, "hello", 60, is_command=False)


@pytest.mark.parametrize(
    ("entities", "is_command"),
    [
        ([{"type": "bot_command", "offset": 0, "length": 5}], True),
        ([{"type": "bot_command", "offset": 3, "length": 5}], False),
        ([{"type": "bold", "offset": 0, "length": 5}], False),
        ([], False),
        (["x"], False),
        ("x", False),
    ],
)
def test_a_command_is_what_telegram_marked_at_the_beginning(
    entities: object, is_command: bool
) -> None:
    said = incoming(message(entities=entities))

    assert isinstance(said, Words)
    assert said.is_command is is_command


@pytest.mark.parametrize(
    "raw",
    [
        message(text=None),
        message(text=5),
        message(date="x"),
        message(chat={"id": "five", "type": "private"}),
        message(chat={"id": -5, "type": "group"}),
        message(chat="x"),
        {"update_id": 1, "message": 5},
        {"update_id": 1, "edited_message": TEXT},
        {"update_id": 1, "my_chat_member": {}},
        {**message(), "update_id": "one"},
    ],
)
def test_what_is_no_text_in_a_private_chat_is_left_to_the_library(raw: dict[str, Any]) -> None:
    assert incoming(raw) is None


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({}, Tapped(7)),
        ({"message": {**TEXT, "animation": {"file_id": "f"}}}, Tapped(7, has_media=True)),
        ({"message": {**TEXT, "photo": [{"file_id": "f"}]}}, Tapped(7, has_media=True)),
        ({"message": {"message_id": 7, "date": 0, "chat": CHAT}}, Tapped(7)),
        ({"message": None}, None),
        ({"message": {"chat": CHAT}}, None),
    ],
)
def test_a_tap_is_read_with_the_message_that_it_was_made_on(
    changed: dict[str, object], shown: Tapped | None
) -> None:
    assert incoming(tap(**changed)) == Tap(1, 5, "ru", "9", "1:en:home", shown)


def test_a_tap_without_data_of_ours_is_still_a_tap() -> None:
    assert incoming(tap(data=5)) == Tap(1, 5, "ru", "9", None, Tapped(7))


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "callback_query": "x"},
        tap(id=9),
        tap(id=""),
        tap(id="\ud800"),  # could not be written back
        tap(message={"message_id": 7, "chat": {"id": "five"}}),
        tap(message=None, **{"from": {}}),
    ],
)
def test_a_tap_that_lacks_what_every_tap_has_is_malformed(raw: dict[str, Any]) -> None:
    with pytest.raises(MalformedUpdateError):
        incoming(raw)


@given(
    st.sampled_from([message, tap]),
    st.dictionaries(st.sampled_from([*TEXT, *QUERY, "entities", "photo"]), JSON),
)
def test_nothing_that_comes_is_more_than_malformed(
    make: Callable[..., dict[str, Any]], changed: dict[str, object]
) -> None:
    try:
        read = incoming(make(**changed))
    except MalformedUpdateError:
        return

    assert read is None or isinstance(read.chat, int)
