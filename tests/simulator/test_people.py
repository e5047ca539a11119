"""What persons do, as the bot sees it."""

from typing import Any

import pytest

from bot.simulator.api import Api
from bot.simulator.refusals import NotPossibleError
from tests.simulator.conftest import START, buttons, refusal


def newest(api: Api) -> dict[str, Any]:
    """Return the newest update, without its id."""
    update: dict[str, Any] = api.call("getUpdates", {"offset": -1})[0]
    return {kind: content for kind, content in update.items() if kind != "update_id"}


def test_a_written_command_is_a_whole_message_update(api: Api) -> None:
    ann = api.add_person("Ann", "ru")
    number = api.say(ann, "/start")

    assert newest(api)["message"] == {
        "message_id": number,
        "from": {"id": ann, "is_bot": False, "first_name": "Ann", "language_code": "ru"},
        "chat": {"id": ann, "type": "private", "first_name": "Ann"},
        "date": int(START.timestamp()),
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


def test_a_person_without_a_language_tells_none(api: Api) -> None:
    api.say(api.add_person("Ann", ""), "hi")

    assert "language_code" not in newest(api)["message"]["from"]


def test_a_switched_language_shows_in_the_next_message(api: Api, ann: int) -> None:
    api.speak(ann, "ru")
    api.say(ann, "привет")

    assert newest(api)["message"]["from"]["language_code"] == "ru"


def test_an_edited_message_comes_again_with_its_edit_date(api: Api, ann: int) -> None:
    api.edit(ann, api.say(ann, "typo"), "fixed")

    message = newest(api)["edited_message"]
    assert message["text"] == "fixed"
    assert message["edit_date"] == message["date"]


def test_a_person_edits_only_messages_of_their_own(api: Api, ann: int) -> None:
    theirs = api.call("sendMessage", {"chat_id": ann, "text": "hi"})["message_id"]

    with pytest.raises(NotPossibleError, match="the bot's"):
        api.edit(ann, theirs, "no")
    with pytest.raises(NotPossibleError, match="no message 999"):
        api.edit(ann, 999, "no")
    with pytest.raises(NotPossibleError, match="empty"):
        api.edit(ann, api.say(ann, "mine"), " ")


def test_a_tap_carries_message_data_and_chat_instance(api: Api, ann: int) -> None:
    params = {"chat_id": ann, "text": "hi", "reply_markup": buttons("a", "b")}
    message = api.call("sendMessage", params)
    query_id = api.tap(ann, message["message_id"], "b")

    query = newest(api)["callback_query"]
    assert query["id"] == query_id
    assert query["message"] == message
    assert query["data"] == "b"
    assert query["chat_instance"]


def test_data_without_a_button_is_tapped_only_by_force(api: Api, ann: int) -> None:
    number = api.say(ann, "no buttons")
    with pytest.raises(NotPossibleError, match="no such button"):
        api.tap(ann, number, "forged")

    api.tap(ann, number, "forged", force=True)
    assert newest(api)["callback_query"]["data"] == "forged"


def test_a_forced_tap_on_a_lost_message_comes_with_an_inaccessible_one(api: Api, ann: int) -> None:
    api.tap(ann, 999, "old", force=True)

    message = newest(api)["callback_query"]["message"]
    assert (message["message_id"], message["date"]) == (999, 0)


@pytest.mark.parametrize(
    "kind", ["photo", "sticker", "voice", "poll", "location", "document", "video_note", "animation"]
)
def test_each_kind_of_media_comes_under_its_own_name(api: Api, ann: int, kind: str) -> None:
    api.send_media(ann, kind, caption="my legs went numb")

    message = newest(api)["message"]
    assert message[kind]
    assert message["caption"] == "my legs went numb"
    assert "text" not in message


def test_a_kind_that_is_not_simulated_cannot_be_sent(api: Api, ann: int) -> None:
    with pytest.raises(NotPossibleError, match="cannot send a dice"):
        api.send_media(ann, "dice")


def test_the_caption_of_a_picture_may_be_edited_away(api: Api, ann: int) -> None:
    api.edit(ann, api.send_media(ann, "photo", "words"), "")

    assert "caption" not in newest(api)["edited_message"]


@pytest.mark.parametrize(
    ("back", "old", "new"), [(False, "member", "kicked"), (True, "kicked", "member")]
)
def test_blocking_and_unblocking_tell_the_bot(
    api: Api, ann: int, *, back: bool, old: str, new: str
) -> None:
    api.block(ann)
    if back:
        api.unblock(ann)

    change = newest(api)["my_chat_member"]
    assert change["old_chat_member"]["status"] == old
    assert change["new_chat_member"]["status"] == new
    assert change["from"]["id"] == ann


def test_a_second_block_or_unblock_tells_the_bot_nothing(api: Api, ann: int) -> None:
    api.unblock(ann)
    api.block(ann)
    api.block(ann)

    assert len(api.world.updates) == 1


def test_who_blocked_the_bot_cannot_write_to_it(api: Api, ann: int) -> None:
    api.block(ann)

    with pytest.raises(NotPossibleError, match="blocked"):
        api.say(ann, "hello?")


def test_empty_words_and_unknown_chats_are_not_possible(api: Api, ann: int) -> None:
    with pytest.raises(NotPossibleError, match="empty"):
        api.say(ann, "  ")
    with pytest.raises(NotPossibleError, match="no chat 5"):
        api.say(5, "hi")


def test_a_chosen_chat_number_is_taken_once_and_above_0(api: Api) -> None:
    assert api.add_person("One", chat=1) == 1
    for taken in (1, 0, -5):
        with pytest.raises(NotPossibleError):
            api.add_person("Again", chat=taken)


def test_a_group_is_joined_spoken_in_and_left(api: Api, ann: int) -> None:
    group = api.add_group("Back school")
    assert newest(api)["my_chat_member"]["new_chat_member"]["status"] == "member"

    api.say_in_group(group, "hello bot", ann)
    message = newest(api)["message"]
    assert message["chat"] == {"id": group, "type": "group", "title": "Back school"}
    assert message["from"]["id"] == ann

    assert api.call("leaveChat", {"chat_id": group}) is True
    expected = "403 Forbidden: bot was kicked from the group chat"
    assert refusal(api, "sendMessage", chat_id=group, text="bye") == expected


def test_a_private_chat_cannot_be_left(api: Api, ann: int) -> None:
    expected = "400 Bad Request: chat member status can't be changed in private chats"
    assert refusal(api, "leaveChat", chat_id=ann) == expected
