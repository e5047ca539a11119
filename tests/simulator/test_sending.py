"""sendMessage and its kin: what arrives, and each refusal in Telegram's words."""

from typing import Any

import pytest

from bot.simulator.api import Api
from bot.simulator.chats import MOST_MESSAGES
from bot.simulator.fields import Upload
from tests.simulator.conftest import PICTURE, START, Clock, buttons, refusal

EMOJI = "\U0001f642"


def test_a_sent_message_has_the_documented_shape(api: Api, ann: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go", "style": "danger"}]]}
    sent = api.call("sendMessage", {"chat_id": ann, "text": "Hello", "reply_markup": keyboard})

    assert sent == {
        "message_id": sent["message_id"],
        "from": api.world.bot(),
        "chat": {"id": ann, "type": "private", "first_name": "Ann"},
        "date": int(START.timestamp()),
        "text": "Hello",
        "reply_markup": keyboard,
    }
    assert api.warnings == []


@pytest.mark.parametrize("text", ["a" * 4096, EMOJI * 2048])
def test_4096_utf16_units_are_a_message(api: Api, ann: int, text: str) -> None:
    assert api.call("sendMessage", {"chat_id": ann, "text": text})["text"] == text


@pytest.mark.parametrize("text", ["a" * 4097, EMOJI * 2048 + "a"])
def test_4097_utf16_units_are_too_long(api: Api, ann: int, text: str) -> None:
    expected = "400 Bad Request: message is too long"
    assert refusal(api, "sendMessage", chat_id=ann, text=text) == expected


@pytest.mark.parametrize("size", [1024, 1025])
def test_a_caption_has_at_most_1024_units(api: Api, ann: int, size: int) -> None:
    params = {"chat_id": ann, "photo": PICTURE, "caption": "a" * size}
    if size == 1024:
        assert len(api.call("sendPhoto", params)["caption"]) == 1024
    else:
        expected = "400 Bad Request: message caption is too long"
        assert refusal(api, "sendPhoto", **params) == expected


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({}, "chat_id is empty"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 5}, "message text is empty"),
        ({"chat_id": 5, "text": "hi"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "hi"}, "chat not found"),
        ({"chat_id": "five", "text": "hi"}, 'can\'t parse "chat_id" as Integer'),
        ({"chat_id": True, "text": "hi"}, 'can\'t parse "chat_id" as Integer'),
        ({"chat_id": 5, "text": 7}, 'field "text" must be of type String'),
        ({"chat_id": 5, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"chat_id": 5, "text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        ({"chat_id": 5, "text": "x", "entities": "{}"}, "expected an Array in entities"),
        ({"chat_id": 5, "text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        (
            {"chat_id": 5, "text": "x", "protect_content": "maybe"},
            'field "protect_content" must be of type Boolean',
        ),
    ],
)
def test_missing_and_wrong_parameters_are_refused(
    api: Api, params: dict[str, Any], sentence: str
) -> None:
    assert refusal(api, "sendMessage", **params) == f"400 Bad Request: {sentence}"


def test_a_text_of_blanks_alone_is_empty(api: Api, ann: int) -> None:
    expected = "400 Bad Request: message text is empty"
    assert refusal(api, "sendMessage", chat_id=ann, text=" \n\t") == expected


def test_a_person_who_never_pressed_start_cannot_be_written_to(api: Api) -> None:
    ben = api.add_person("Ben")
    expected = "403 Forbidden: bot can't initiate conversation with a user"
    assert refusal(api, "sendMessage", chat_id=ben, text="hi") == expected

    api.say(ben, "/start")
    assert api.call("sendMessage", {"chat_id": ben, "text": "hi"})["text"] == "hi"


def test_a_person_who_blocked_the_bot_gets_nothing_until_unblocked(api: Api, ann: int) -> None:
    api.block(ann)
    expected = "403 Forbidden: bot was blocked by the user"
    assert refusal(api, "sendMessage", chat_id=ann, text="hi") == expected
    assert refusal(api, "sendChatAction", chat_id=ann, action="typing") == expected

    api.unblock(ann)
    assert api.call("sendMessage", {"chat_id": ann, "text": "hi"})["chat"]["id"] == ann


def test_a_gone_account_and_a_gone_chat_say_so(api: Api, ann: int) -> None:
    api.deactivate(ann)
    expected = "403 Forbidden: user is deactivated"
    assert refusal(api, "sendMessage", chat_id=ann, text="hi") == expected

    api.forget_chat(ann)
    expected = "400 Bad Request: chat not found"
    assert refusal(api, "sendMessage", chat_id=ann, text="hi") == expected


def test_unknown_parameters_pass_with_a_warning(api: Api, ann: int) -> None:
    api.call("sendMessage", {"chat_id": ann, "text": "hi", "reply_to": 5, "parse_mode": "HTML"})

    assert api.warnings == [
        "sendMessage has no parameter reply_to",
        "sendMessage: parse_mode is not simulated; use entities",
    ]


def test_unknown_fields_of_buttons_and_entities_pass_with_a_warning(api: Api, ann: int) -> None:
    button = {"text": "A", "callback_data": "a", "colour": "red"}
    entity = {"type": "bold", "offset": 0, "length": 1, "weight": 700}
    markup = {"inline_keyboard": [[button]]}
    params = {"chat_id": ann, "text": "hi", "reply_markup": markup, "entities": [entity]}
    api.call("sendMessage", params)

    assert api.warnings == [
        "sendMessage: InlineKeyboardButton has no field colour",
        "sendMessage: MessageEntity has no field weight",
    ]


def test_warnings_do_not_grow_without_end(api: Api) -> None:
    for number in range(1100):
        api.world.warn(str(number))

    assert len(api.warnings) == 1000


def test_a_reply_needs_its_message_unless_the_call_says_otherwise(api: Api, ann: int) -> None:
    lost: dict[str, Any] = {"message_id": 999}
    expected = "400 Bad Request: message to be replied not found"
    assert refusal(api, "sendMessage", chat_id=ann, text="a", reply_parameters=lost) == expected

    lost["allow_sending_without_reply"] = True
    assert api.call("sendMessage", {"chat_id": ann, "text": "a", "reply_parameters": lost})


def test_a_picture_is_sent_again_by_its_file_id(api: Api, ann: int) -> None:
    first = api.call("sendPhoto", {"chat_id": ann, "caption": "c"}, {"photo": PICTURE})
    file_id = first["photo"][0]["file_id"]
    again = api.call("sendPhoto", {"chat_id": ann, "photo": file_id})

    assert again["photo"] == first["photo"]
    assert "caption" not in again


def test_a_film_is_sent_and_sent_again_by_its_file_id(api: Api, ann: int) -> None:
    film = Upload(b"film", "video/mp4")
    first = api.call("sendVideo", {"chat_id": ann, "supports_streaming": True}, {"video": film})
    again = api.call("sendVideo", {"chat_id": ann, "video": first["video"]["file_id"]})

    assert again["video"] == first["video"]
    assert api.warnings == []


def test_the_page_learns_which_messages_came_without_a_sound(api: Api, ann: int) -> None:
    for quiet in ({"disable_notification": "true"}, {}):
        api.call("sendMessage", {"chat_id": ann, "text": "hi", **quiet})

    told = [event["message"]["silent"] for event in api.world.events.after(0)[-2:]]
    assert told == [True, False]


def test_an_unknown_file_id_is_refused(api: Api, ann: int) -> None:
    expected = "400 Bad Request: wrong file identifier/HTTP URL specified"
    assert refusal(api, "sendAnimation", chat_id=ann, animation="film-1") == expected
    expected = "400 Bad Request: there is no photo in the request"
    assert refusal(api, "sendPhoto", chat_id=ann) == expected


def test_only_documented_chat_actions_are_shown(api: Api, ann: int) -> None:
    api.call("sendChatAction", {"chat_id": ann, "action": "typing"})
    assert api.world.events.after(0)[-1]["type"] == "typing"

    expected = "400 Bad Request: wrong parameter action in request"
    assert refusal(api, "sendChatAction", chat_id=ann, action="dancing") == expected


def test_a_chat_keeps_its_newest_500_messages(api: Api, ann: int) -> None:
    for _ in range(MOST_MESSAGES + 1):
        last = api.call("sendMessage", {"chat_id": ann, "text": "hi"})["message_id"]

    assert list(api.world.chats[ann].messages) == list(range(last - MOST_MESSAGES + 1, last + 1))


def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert refusal(api, "sendNothing") == "404 Not Found: method not found"


def test_method_names_may_be_written_in_any_case(api: Api) -> None:
    assert api.call("GETME", {})["is_bot"] is True


def test_the_log_counts_calls_and_names_what_was_sent(api: Api, ann: int, clock: Clock) -> None:
    sent = api.call("sendMessage", {"chat_id": str(ann), "text": "hi"})
    refusal(api, "sendMessage", chat_id=404, text="hi")
    api.call("getMe", {})
    entry = {"at": clock.now().timestamp(), "method": "sendMessage", "chat": ann}

    assert api.log.to_json() == {
        "methods": {"sendMessage": 2, "getMe": 1},
        "chats": {ann: {"sendMessage": 1}, 404: {"sendMessage": 1}},
        "codes": {200: 2, 400: 1},
        "faults": {},
        "copies": {ann: 1},
        "sent": [entry | {"message_id": sent["message_id"]}],
    }
    assert api.log.sent(ann)
    assert not api.log.sent(404)


def test_buttons_of_a_message_are_checked_before_anything_is_shown(api: Api, ann: int) -> None:
    markup = buttons("x" * 65)
    expected = "400 Bad Request: BUTTON_DATA_INVALID"
    assert refusal(api, "sendMessage", chat_id=ann, text="a", reply_markup=markup) == expected
    assert api.world.chats[ann].messages == {}
