"""What the page is told."""

from bot.simulator.api import Api
from bot.simulator.events import Events
from tests.simulator.conftest import PICTURE, START, Clock


def kinds(api: Api) -> list[str]:
    return [event["type"] for event in api.world.events.after(0)]


def test_each_change_is_told_once_and_in_order(api: Api) -> None:
    ann = api.add_person("Ann")
    mine = api.say(ann, "hi")
    api.edit(ann, mine, "hello")
    api.call("deleteMessage", {"chat_id": ann, "message_id": mine})
    api.block(ann)

    assert kinds(api) == ["chat", "message", "edit", "delete", "chat"]
    assert [event["seq"] for event in api.world.events.after(2)] == [3, 4, 5]


def test_a_message_is_shown_with_its_buttons_and_marks(api: Api, ann: int) -> None:
    row = [
        {"text": "Go", "callback_data": "go", "style": "success"},
        {"text": "Call", "copy_text": {"text": "112"}},
        {"text": "Read", "url": "https://example.org"},
    ]
    marks = [{"type": "date_time", "offset": 0, "length": 5, "unix_time": 1}]
    params = {"chat_id": ann, "text": "08:00", "entities": marks}
    api.call("sendMessage", {**params, "reply_markup": {"inline_keyboard": [row]}})

    assert api.world.events.after(0)[-1]["message"] == {
        "message_id": 2,
        "from_bot": True,
        "date": int(START.timestamp()),
        "edited": False,
        "silent": False,
        "text": "08:00",
        "entities": marks,
        "media": None,
        "keyboard": [[row[0], {"text": "Call", "copy_text": "112"}, row[2]]],
    }


def test_a_picture_is_shown_with_its_caption_and_address(api: Api, ann: int, clock: Clock) -> None:
    clock.move(5)
    api.call("sendPhoto", {"chat_id": ann, "photo": PICTURE, "caption": "look"})
    view = api.world.events.after(0)[-1]["message"]

    assert (view["text"], view["caption"]) == ("", "look")
    assert view["media"] == {"kind": "photo", "url": f"/sim/files/{next(iter(api.world.files))}"}


def test_media_of_a_person_has_no_address(api: Api, ann: int) -> None:
    api.send_media(ann, "voice")

    assert api.world.events.after(0)[-1]["message"]["media"] == {"kind": "voice"}


def test_who_missed_too_much_or_comes_from_another_run_reloads() -> None:
    events = Events(kept=2)
    assert events.after(0) == []
    for _ in range(4):
        events.add("typing")

    assert [event["seq"] for event in events.after(2)] == [3, 4]
    assert events.after(1) == [{"seq": 4, "type": "reload"}]
    assert events.after(5) == [{"seq": 4, "type": "reload"}]
    assert events.after(4) == []
