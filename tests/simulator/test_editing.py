"""Edits, deletions and answers to taps."""

from typing import Any

import pytest

from bot.simulator.api import Api
from tests.simulator.conftest import PICTURE, Clock, buttons, refusal

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def sent(api: Api, chat: int, **params: object) -> dict[str, Any]:
    """Send a text with a button and return chat and message for an edit."""
    params = {"chat_id": chat, "text": "old", "reply_markup": buttons("a")} | params
    return {"chat_id": chat, "message_id": api.call("sendMessage", params)["message_id"]}


def pictured(api: Api, chat: int) -> dict[str, Any]:
    """Send a picture and return chat and message for an edit."""
    message = api.call("sendPhoto", {"chat_id": chat, "photo": PICTURE, "caption": "old"})
    return {"chat_id": chat, "message_id": message["message_id"]}


def test_an_edit_replaces_text_and_keyboard_in_place(api: Api, ann: int, clock: Clock) -> None:
    place = sent(api, ann)
    clock.move(60)
    edited = api.call("editMessageText", {**place, "text": "new"})

    assert edited["text"] == "new"
    assert "reply_markup" not in edited
    assert edited["edit_date"] == edited["date"] + 60
    assert list(api.world.chats[ann].messages) == [place["message_id"]]


def test_the_same_text_and_keyboard_are_not_modified(api: Api, ann: int) -> None:
    place = sent(api, ann)
    same = {**place, "text": "old", "reply_markup": buttons("a")}
    assert refusal(api, "editMessageText", **same) == NOT_MODIFIED

    api.call("editMessageText", {**place, "text": "old", "reply_markup": buttons("b")})
    assert refusal(api, "editMessageReplyMarkup", **place, reply_markup=buttons("b")) == (
        NOT_MODIFIED
    )


def test_an_edit_back_and_the_same_again_is_not_modified(api: Api, ann: int) -> None:
    place = sent(api, ann)
    api.call("editMessageText", {**place, "text": "new"})
    api.call("editMessageText", {**place, "text": "old"})

    assert refusal(api, "editMessageText", **place, text="old") == NOT_MODIFIED


def test_only_messages_of_the_bot_that_are_there_can_be_edited(api: Api, ann: int) -> None:
    hers = api.say(ann, "mine")
    params: dict[str, Any] = {"chat_id": ann, "text": "new"}

    expected = "400 Bad Request: message can't be edited"
    assert refusal(api, "editMessageText", **params, message_id=hers) == expected
    expected = "400 Bad Request: message to edit not found"
    assert refusal(api, "editMessageText", **params, message_id=999) == expected
    expected = "400 Bad Request: message identifier is not specified"
    assert refusal(api, "editMessageText", **params) == expected
    expected = "400 Bad Request: chat_id is empty"
    assert refusal(api, "editMessageText", message_id=1, text="new") == expected


@pytest.mark.parametrize("text", ["", "a" * 4097])
def test_an_edit_keeps_the_limits_of_a_text(api: Api, ann: int, text: str) -> None:
    reason = "message is too long" if text else "message text is empty"
    place = sent(api, ann)

    assert refusal(api, "editMessageText", **place, text=text) == f"400 Bad Request: {reason}"


def test_a_picture_has_a_caption_to_edit_and_no_text(api: Api, ann: int) -> None:
    place = pictured(api, ann)
    expected = "400 Bad Request: there is no text in the message to edit"
    assert refusal(api, "editMessageText", **place, text="new") == expected

    assert api.call("editMessageCaption", {**place, "caption": "new"})["caption"] == "new"


def test_a_text_has_no_caption_to_edit(api: Api, ann: int) -> None:
    expected = "400 Bad Request: there is no caption in the message to edit"
    assert refusal(api, "editMessageCaption", **sent(api, ann), caption="new") == expected


def test_a_text_can_become_a_film_that_was_uploaded(api: Api, ann: int) -> None:
    media = {"type": "animation", "media": "attach://film", "caption": "move"}
    params = {**sent(api, ann), "media": media}
    edited = api.call("editMessageMedia", params, {"film": PICTURE})

    assert edited["caption"] == "move"
    assert edited["animation"]["file_id"] in api.world.files


def test_the_same_film_again_is_not_modified(api: Api, ann: int) -> None:
    place = pictured(api, ann)
    [file_id] = api.world.files
    media = {"type": "photo", "media": file_id, "caption": "old"}

    assert refusal(api, "editMessageMedia", **place, media=media) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        (
            {"type": "audio", "media": "x"},
            'can\'t parse InputMedia: media type "audio" is not simulated',
        ),
        ({"type": "photo"}, "wrong file identifier/HTTP URL specified"),
        (
            {"type": "photo", "media": "attach://nothing"},
            "wrong file identifier/HTTP URL specified",
        ),
    ],
)
def test_media_that_cannot_be_shown_is_refused(
    api: Api, ann: int, media: dict[str, str], reason: str
) -> None:
    place = pictured(api, ann)

    assert refusal(api, "editMessageMedia", **place, media=media) == f"400 Bad Request: {reason}"


def test_a_caption_inside_media_must_be_text(api: Api, ann: int) -> None:
    place = pictured(api, ann)
    photo = api.world.keep_file("photo", PICTURE)
    expected = '400 Bad Request: field "caption" must be of type String'

    media = {"type": "photo", "media": photo, "caption": 7}
    assert refusal(api, "editMessageMedia", **place, media=media) == expected


def test_the_bot_deletes_messages_once_and_within_48_hours(
    api: Api, ann: int, clock: Clock
) -> None:
    place, old = sent(api, ann), sent(api, ann)
    assert api.call("deleteMessage", place) is True
    expected = "400 Bad Request: message to delete not found"
    assert refusal(api, "deleteMessage", **place) == expected

    clock.move(48 * 3600 + 1)
    assert refusal(api, "deleteMessage", **old) == "400 Bad Request: message can't be deleted"


def test_a_tap_is_answered_once(api: Api, ann: int) -> None:
    query = api.tap(ann, sent(api, ann)["message_id"], "a")
    assert api.call("answerCallbackQuery", {"callback_query_id": query}) is True
    assert api.world.events.after(0)[-1]["type"] == "answered"

    assert refusal(api, "answerCallbackQuery", callback_query_id=query) == TOO_OLD


def test_an_answer_with_text_is_a_toast_of_at_most_200_units(api: Api, ann: int) -> None:
    query = api.tap(ann, sent(api, ann)["message_id"], "a")
    answer = {"callback_query_id": query, "show_alert": True}
    expected = "400 Bad Request: MESSAGE_TOO_LONG"
    assert refusal(api, "answerCallbackQuery", **answer, text="a" * 201) == expected

    api.call("answerCallbackQuery", {**answer, "text": "Saved"})
    toast = api.world.events.after(0)[-1]
    assert (toast["type"], toast["text"], toast["alert"]) == ("toast", "Saved", True)


@pytest.mark.parametrize(("seconds", "late"), [(15, False), (16, True)])
def test_a_tap_is_too_old_after_15_seconds(
    api: Api, ann: int, clock: Clock, *, seconds: int, late: bool
) -> None:
    query = api.tap(ann, sent(api, ann)["message_id"], "a")
    clock.move(seconds)

    if late:
        assert refusal(api, "answerCallbackQuery", callback_query_id=query) == TOO_OLD
    else:
        assert api.call("answerCallbackQuery", {"callback_query_id": query}) is True


def test_an_invented_query_is_refused_and_unanswered_ones_do_not_pile_up(
    api: Api, ann: int
) -> None:
    assert refusal(api, "answerCallbackQuery", callback_query_id="1") == TOO_OLD
    for _ in range(10_001):
        api.world.ask(ann)

    assert len(api.world.queries) == 10_000
