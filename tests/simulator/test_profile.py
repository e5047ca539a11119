"""What the bot says about itself."""

import pytest

from bot.simulator.api import Api
from bot.simulator.profile import commands_by_language
from tests.simulator.conftest import refusal

HELP = [{"command": "help", "description": "What I can do"}]
HELP_RU = [{"command": "help", "description": "Что я умею"}]
PRIVATE = {"type": "all_private_chats"}


def test_commands_are_kept_by_scope_and_language(api: Api) -> None:
    api.call("setMyCommands", {"commands": HELP, "scope": PRIVATE})
    api.call("setMyCommands", {"commands": HELP_RU, "scope": PRIVATE, "language_code": "ru"})

    assert api.call("getMyCommands", {"scope": PRIVATE, "language_code": "ru"}) == HELP_RU
    assert api.call("getMyCommands", {}) == []
    assert commands_by_language(api.world) == {"": HELP, "ru": HELP_RU}


def test_deleted_commands_are_gone_from_the_page(api: Api) -> None:
    scope = {"type": "chat", "chat_id": 5}
    api.call("setMyCommands", {"commands": HELP})
    api.call("setMyCommands", {"commands": HELP, "scope": scope})
    api.call("deleteMyCommands", {})
    api.call("deleteMyCommands", {})

    assert commands_by_language(api.world) == {}
    assert api.call("getMyCommands", {"scope": scope}) == HELP
    assert api.world.events.after(0)[-1]["commands"] == {}


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Help", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "h" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "help", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("help", "can't parse BotCommand: expected an Object"),
    ],
)
def test_a_wrong_command_is_refused(api: Api, command: object, reason: str) -> None:
    assert refusal(api, "setMyCommands", commands=[command]) == f"400 Bad Request: {reason}"


def test_at_most_100_commands_are_taken(api: Api) -> None:
    assert api.call("setMyCommands", {"commands": HELP * 100}) is True
    expected = "400 Bad Request: BOT_COMMANDS_TOO_MUCH"
    assert refusal(api, "setMyCommands", commands=HELP * 101) == expected


@pytest.mark.parametrize(
    ("method", "name", "longest"),
    [
        ("MyName", "name", 64),
        ("MyDescription", "description", 512),
        ("MyShortDescription", "short_description", 120),
    ],
)
def test_texts_are_kept_by_language_up_to_their_longest(
    api: Api, method: str, name: str, longest: int
) -> None:
    api.call(f"set{method}", {name: "x" * longest})
    api.call(f"set{method}", {name: "по-русски", "language_code": "ru"})

    assert api.call(f"get{method}", {"language_code": "ru"}) == {name: "по-русски"}
    assert api.call(f"get{method}", {"language_code": "de"}) == {name: "x" * longest}
    assert refusal(api, f"set{method}", **{name: "x" * (longest + 1)}).endswith("is too long")


def test_a_chat_is_described_and_any_menu_button_taken(api: Api, ann: int) -> None:
    assert api.call("getChat", {"chat_id": ann})["first_name"] == "Ann"
    assert api.call("setChatMenuButton", {"menu_button": {"type": "commands"}}) is True
