"""What the bot says about itself."""

import pytest

from bot.simulator.api import Api
from bot.simulator.profile import all_commands
from tests.simulator.conftest import refusal

HELP = [{"command": "help", "description": "What I can do"}]
HELP_RU = [{"command": "help", "description": "Что я умею"}]
PRIVATE = {"type": "all_private_chats"}


def test_commands_are_kept_by_scope_and_language(api: Api) -> None:
    api.call("setMyCommands", {"commands": HELP, "scope": PRIVATE})
    api.call("setMyCommands", {"commands": HELP_RU, "scope": PRIVATE, "language_code": "ru"})

    assert api.call("getMyCommands", {"scope": PRIVATE, "language_code": "ru"}) == HELP_RU
    assert api.call("getMyCommands", {}) == []
    private = "all_private_chats"
    assert all_commands(api.world) == {f"{private}/": HELP, f"{private}/ru": HELP_RU}


def test_deleted_commands_are_gone_from_the_page(api: Api) -> None:
    scope = {"type": "chat", "chat_id": 5}
    api.call("setMyCommands", {"commands": HELP})
    api.call("setMyCommands", {"commands": HELP, "scope": scope})
    api.call("deleteMyCommands", {})
    api.call("deleteMyCommands", {})

    assert all_commands(api.world) == {"chat:5/": HELP}
    assert api.call("getMyCommands", {"scope": scope}) == HELP
    assert api.world.events.after(0)[-1]["commands"] == {"chat:5/": HELP}


def test_an_empty_list_of_commands_deletes_the_list(api: Api) -> None:
    api.call("setMyCommands", {"commands": HELP})
    api.call("setMyCommands", {"commands": []})

    assert all_commands(api.world) == {}


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


def test_the_page_hears_of_a_new_description(api: Api) -> None:
    api.call("setMyDescription", {"description": "A quiet bot"})
    api.call("setMyDescription", {"description": "Тихий бот", "language_code": "ru"})
    api.call("setMyShortDescription", {"short_description": ""})

    told = api.world.events.after(0)[-1]
    assert told["descriptions"] == {"": "A quiet bot", "ru": "Тихий бот"}
    assert told["abouts"] == {}


def test_a_chat_is_described(api: Api, ann: int) -> None:
    assert api.call("getChat", {"chat_id": ann})["first_name"] == "Ann"


def test_a_menu_button_is_kept_for_one_chat_and_for_all_others(api: Api, ann: int) -> None:
    assert api.call("getChatMenuButton", {"chat_id": ann}) == {"type": "default"}
    api.call("setChatMenuButton", {"menu_button": {"type": "commands"}})
    assert api.call("getChatMenuButton", {"chat_id": ann}) == {"type": "commands"}
    api.call("setChatMenuButton", {"chat_id": ann})

    assert api.call("getChatMenuButton", {"chat_id": ann}) == {"type": "default"}
    assert api.call("getChatMenuButton", {}) == {"type": "commands"}
    assert api.world.events.after(0)[-1]["menu"] == api.world.profile["menu"]


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"type": "surprise"}, "MenuButton has unsupported type"),
        ({"type": "web_app", "text": "Open"}, "BUTTON_INVALID"),
    ],
)
def test_a_wrong_menu_button_is_refused(api: Api, button: object, reason: str) -> None:
    assert refusal(api, "setChatMenuButton", menu_button=button) == f"400 Bad Request: {reason}"


def test_a_menu_button_of_an_unknown_chat_is_refused(api: Api) -> None:
    assert refusal(api, "getChatMenuButton", chat_id=9) == "400 Bad Request: chat not found"
