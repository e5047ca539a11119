"""The library builds objects from anything: what handlers read has to be what its types promise."""

import pytest
from telegram import Update

from bot.telegram.intake.sound import is_sound

PRIVATE = {"id": 7, "type": "private"}
USER = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "en"}
HEAD = {"message_id": 1, "date": 1, "chat": PRIVATE, "from": USER}
MEMBER = {"user": USER, "status": "member"}
CHANGE = {
    "chat": PRIVATE,
    "from": USER,
    "date": 1,
    "old_chat_member": MEMBER,
    "new_chat_member": MEMBER,
}


def update(**parts: object) -> Update:
    return Update.de_json({"update_id": 1, **parts}, None)


def tapped(**parts: object) -> Update:
    return update(callback_query={"id": "1", "from": USER, "chat_instance": "1", **parts})


@pytest.mark.parametrize(
    "one",
    [
        update(),
        update(message={**HEAD, "text": "hello"}),
        tapped(data="1:en:home", message={**HEAD, "date": 0}),
        tapped(data="1:en:home"),
        update(my_chat_member=CHANGE),
    ],
)
def test_what_telegram_sends_is_sound(one: Update) -> None:
    assert is_sound(one)


@pytest.mark.parametrize("value", [{}, [], 1, 1.5, True])
def test_a_text_a_language_or_a_buttons_data_of_another_type_is_not(value: object) -> None:
    assert not is_sound(update(message={**HEAD, "text": value}))
    assert not is_sound(update(message={**HEAD, "from": {**USER, "language_code": value}}))
    assert not is_sound(tapped(data=value))


@pytest.mark.parametrize("value", [None, "7", 7.0, True, 10**30])
def test_an_id_that_is_none_is_not(value: object) -> None:
    assert not is_sound(update(update_id=value, message={**HEAD, "text": "hello"}))
    assert not is_sound(update(message={**HEAD, "message_id": value}))
    assert not is_sound(update(message={**HEAD, "from": {**USER, "id": value}}))
    assert not is_sound(update(message={**HEAD, "chat": {**PRIVATE, "id": value}}))


@pytest.mark.parametrize("missing", ["chat", "new_chat_member"])
def test_a_membership_without_chat_or_state_is_not(missing: str) -> None:
    assert not is_sound(update(my_chat_member={**CHANGE, missing: None}))
