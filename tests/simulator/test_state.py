"""The state between runs."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.simulator.api import Api
from bot.simulator.statefile import load_state, save_state
from tests.simulator.conftest import PICTURE, Clock, buttons


def lived(api: Api) -> int:
    """Let some of everything happen; return the chat."""
    ann = api.add_person("Ann", "ru")
    api.say(ann, "/start")
    params = {"chat_id": ann, "text": "hi", "reply_markup": buttons("a")}
    message = api.call("sendMessage", params)["message_id"]
    api.call("editMessageText", {"chat_id": ann, "message_id": message, "text": "hello"})
    api.call("sendPhoto", {"chat_id": ann, "photo": PICTURE})
    api.call("setMyCommands", {"commands": [{"command": "help", "description": "Help"}]})
    api.tap(ann, message, "a", force=True)
    api.block(ann)
    return ann


def test_all_state_survives_a_save_and_a_load(api: Api, clock: Clock, tmp_path: Path) -> None:
    lived(api)
    path = tmp_path / "deep" / "simulator.json"
    save_state(path, api.to_json(), timedelta(hours=3))

    saved = load_state(path)
    assert saved is not None
    assert saved.clock_offset == timedelta(hours=3)
    assert Api(clock.now, saved.api).to_json() == api.to_json()


def test_life_goes_on_after_a_load_with_new_numbers(api: Api, clock: Clock) -> None:
    ann = lived(api)
    again = Api(clock.now, json.loads(json.dumps(api.to_json())))
    again.unblock(ann)

    old = set(again.world.chats[ann].messages)
    assert again.say(ann, "I am back") > max(old)
    waiting = again.call("getUpdates", {})
    assert len({update["update_id"] for update in waiting}) == len(waiting) == 5
    query = waiting[1]["callback_query"]["id"]
    assert again.call("answerCallbackQuery", {"callback_query_id": query}) is True


def test_a_first_run_has_no_state(tmp_path: Path) -> None:
    assert load_state(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "{}", '{"version": 1}', '{"version": 2}', '{"version": 1, "api": {}}',
     '{"version": 1, "api": {}, "clock_offset_seconds": 0}',
     '{"version": 1, "api": [], "clock_offset_seconds": 0}'],
)  # fmt: skip
def test_a_damaged_file_is_named_with_the_way_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / "simulator.json"
    path.write_text(text)

    with pytest.raises(SettingsError, match="FRESH=1 make demo"):
        load_state(path)


def test_an_unreadable_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be read .*FRESH=1 make demo"):
        load_state(tmp_path)


def test_a_save_that_fails_leaves_the_old_state(api: Api, tmp_path: Path) -> None:
    path = tmp_path / "simulator.json"
    save_state(path, api.to_json(), timedelta())
    with pytest.raises(TypeError):
        save_state(path, {"clock": object()}, timedelta())

    assert load_state(path) is not None
