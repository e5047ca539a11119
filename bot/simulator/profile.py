"""Bot methods about the bot itself and its chats: commands, texts, menu button, webhook."""

import re
from typing import Any

from bot.simulator.chats import Chat
from bot.simulator.entities import units
from bot.simulator.fields import Params
from bot.simulator.hookstate import HookState
from bot.simulator.refusals import WEBHOOK_SET, bad_request, conflict
from bot.simulator.shapes import full_chat_shape
from bot.simulator.views import chat_view
from bot.simulator.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
MOST_COMMAND_TEXT = 256
MENU_BUTTONS = {"default", "commands", "web_app"}
# longest value in characters, by the name of the parameter
LONGEST = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _params: Params) -> object:
    """Return the bot."""
    return world.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_updates(world: World, params: Params) -> object:
    """Return what waits for the bot now; the waiting itself is the server's."""
    if world.hook.url:
        raise conflict(WEBHOOK_SET)
    if "allowed_updates" in params:
        world.updates.want(params["allowed_updates"])
    return world.updates.take(params.get("offset", 0), params.get("limit", 100))


def set_webhook(world: World, params: Params) -> object:
    """Set or (with an empty address) delete the webhook."""
    hook = HookState.wanted(params)
    if params.get("drop_pending_updates"):
        world.updates.clear()
    if "allowed_updates" in params:
        world.updates.want(params["allowed_updates"])
    world.hook = hook
    world.changed()
    return True


def delete_webhook(world: World, params: Params) -> object:
    """Delete the webhook."""
    return set_webhook(world, params | {"url": ""})


def get_webhook_info(world: World, _params: Params) -> object:
    """Return the webhook's address, how many updates wait, and what last went wrong."""
    return world.hook.shape(len(world.updates))


def set_my_commands(world: World, params: Params) -> object:
    """Set the commands of one scope and language."""
    commands = [_command(command) for command in params["commands"]]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if not commands:
        return delete_my_commands(world, params)
    world.profile.setdefault("commands", {})[_slot(params)] = commands
    world.tell("commands", commands=all_commands(world))
    return True


def get_my_commands(world: World, params: Params) -> object:
    """Return the commands of exactly one scope and language."""
    return world.profile.get("commands", {}).get(_slot(params), [])


def delete_my_commands(world: World, params: Params) -> object:
    """Delete the commands of one scope and language."""
    world.profile.get("commands", {}).pop(_slot(params), None)
    world.tell("commands", commands=all_commands(world))
    return True


def all_commands(world: World) -> dict[str, Any]:
    """Return all lists of commands by scope and language, as "chat:7/ru" or "default/"."""
    return dict(world.profile.get("commands", {}))


def set_my_text(world: World, params: Params, name: str) -> object:
    """Set name, description or short description in one language."""
    text = params.get(name, "")
    if units(text) > LONGEST[name]:
        raise bad_request(f"{name} is too long")
    world.profile.setdefault(name, {})[params.get("language_code", "")] = text
    world.tell("profile", **profile_view(world))
    return True


def get_my_text(world: World, params: Params, name: str) -> object:
    """Return name, description or short description in one language."""
    texts = world.profile.get(name, {})
    return {name: texts.get(params.get("language_code", "")) or texts.get("", "")}


def profile_view(world: World) -> dict[str, Any]:
    """Return name and texts of the bot, as the page shows them."""
    texts = {
        kind: {code: text for code, text in world.profile.get(name, {}).items() if text}
        for kind, name in (("descriptions", "description"), ("abouts", "short_description"))
    }
    return {"name": world.bot()["first_name"]} | texts


def set_chat_menu_button(world: World, params: Params) -> object:
    """Set what the button beside the field does, in one private chat or in all others."""
    button = params.get("menu_button") or {"type": "default"}
    if button.get("type") not in MENU_BUTTONS:
        raise bad_request("MenuButton has unsupported type")
    if button["type"] == "web_app" and not (button.get("text") and button.get("web_app")):
        raise bad_request("BUTTON_INVALID")
    world.profile.setdefault("menu", {})[_menu_slot(world, params)] = button
    world.tell("menu", menu=world.profile["menu"])
    return True


def get_chat_menu_button(world: World, params: Params) -> object:
    """Return what the button beside the field does, in one private chat or in all others."""
    menu = world.profile.get("menu", {})
    return menu.get(_menu_slot(world, params)) or menu.get("") or {"type": "default"}


def get_chat(world: World, params: Params) -> object:
    """Return a chat."""
    return full_chat_shape(world.chat(params["chat_id"]))


def leave_chat(world: World, params: Params) -> object:
    """Leave a group."""
    chat: Chat = world.chat(params["chat_id"])
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.blocked = True
    world.tell("chat", chat=chat_view(chat))
    return True


def _menu_slot(world: World, params: Params) -> str:
    return str(world.chat(params["chat_id"]).id) if "chat_id" in params else ""


def _slot(params: Params) -> str:
    scope = params.get("scope", {})
    parts = (
        str(scope.get("type", "default")),
        *(str(scope[k]) for k in ("chat_id",) if k in scope),
    )
    return f"{':'.join(parts)}/{params.get('language_code', '')}"


def _command(command: object) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, text = command.get("command"), command.get("description")
    if not isinstance(name, str) or not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(text, str) or not 1 <= len(text) <= MOST_COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}
