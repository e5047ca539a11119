"""Bot methods about messages: send, edit, delete, answer a tap."""

from dataclasses import replace
from typing import Any

from bot.simulator.chats import Chat, Message
from bot.simulator.entities import check_entities, units
from bot.simulator.fields import Json, Params, Upload
from bot.simulator.keyboards import Rows, read_markup
from bot.simulator.refusals import NOT_MODIFIED, OLD_QUERY, bad_request, forbidden
from bot.simulator.shapes import BOT_ID, media_shape
from bot.simulator.world import World

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_TOAST = 200
# seconds; Telegram names no figure, bots meet the error after some 15 s
QUERY_LIFE = 15
DELETE_LIFE = 48 * 3600
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
SENT_KINDS = {"photo", "animation", "video"}
Media = dict[str, Any]


def send_message(world: World, params: Params) -> object:
    """Send a text."""
    chat = _reachable(world, params)
    draft = _draft(world, chat, params)
    return world.post(chat, replace(draft, **_text(params)))


def send_photo(world: World, params: Params) -> object:
    """Send a picture, new or by its file_id."""
    return _send_file(world, params, "photo")


def send_animation(world: World, params: Params) -> object:
    """Send a moving picture, new or by its file_id."""
    return _send_file(world, params, "animation")


def send_video(world: World, params: Params) -> object:
    """Send a film with its controls, new or by its file_id."""
    return _send_file(world, params, "video")


def send_chat_action(world: World, params: Params) -> object:
    """Show that the bot is busy."""
    chat = _reachable(world, params)
    if params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell("typing", chat=chat.id)
    return True


def edit_message_text(world: World, params: Params) -> object:
    """Replace text and keyboard of a message of the bot's."""
    chat, message = _own(world, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, **_text(params), keyboard=_keyboard(params))


def edit_message_caption(world: World, params: Params) -> object:
    """Replace caption and keyboard of a message with a picture."""
    chat, message = _own(world, params)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, chat, message, **_caption(params), keyboard=_keyboard(params))


def edit_message_media(world: World, params: Params) -> object:
    """Replace the picture or film (or the text by one), its caption and the keyboard."""
    chat, message = _own(world, params)
    new = params["media"]
    kind = str(new.get("type"))
    if kind not in SENT_KINDS:
        raise bad_request(f'can\'t parse InputMedia: media type "{kind}" is not simulated')
    name = str(new.get("media", ""))
    file = params["attached"].get(name.removeprefix("attach://"), name)
    media = _media(world, kind, file, message.media, new)
    return _edit(world, chat, message, **_caption(new), media=media, keyboard=_keyboard(params))


def edit_message_reply_markup(world: World, params: Params) -> object:
    """Replace the keyboard alone."""
    chat, message = _own(world, params)
    return _edit(world, chat, message, keyboard=_keyboard(params))


def delete_message(world: World, params: Params) -> object:
    """Take a message away, the bot's or in a private chat the person's, within 48 hours."""
    chat = _reachable(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if world.stamp() - message.date > DELETE_LIFE:
        raise bad_request("message can't be deleted")
    world.remove(chat, message.message_id)
    return True


def answer_callback_query(world: World, params: Params) -> object:
    """End the spinner of a tapped button, with or without a line of text; once, and in time."""
    query = world.queries.get(params["callback_query_id"])
    if query is None or world.now().timestamp() - query.date > QUERY_LIFE:
        raise bad_request(OLD_QUERY)
    text = params.get("text", "")
    if units(text) > MOST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = params["callback_query_id"]
    del world.queries[query_id]
    if text:
        alert = params.get("show_alert", False)
        world.tell("toast", chat=query.chat, query_id=query_id, text=text, alert=alert)
    else:
        world.tell("answered", chat=query.chat, query_id=query_id)
    return True


def _send_file(world: World, params: Params, kind: str) -> object:
    chat = _reachable(world, params)
    draft = replace(_draft(world, chat, params), **_caption(params))
    return world.post(chat, replace(draft, media=_media(world, kind, params[kind], None, params)))


def _draft(world: World, chat: Chat, params: Params) -> Message:
    """Return an empty message of the bot's, with the keyboard that the call asks for."""
    keyboard = read_markup(params.get("reply_markup"))
    reply = params.get("reply_parameters", {})
    wanted = reply.get("message_id")
    known = isinstance(wanted, int) and wanted in chat.messages
    if reply and not known and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    silent = bool(params.get("disable_notification"))
    return Message(world.number(), BOT_ID, world.stamp(), keyboard=keyboard, silent=silent)


def _reachable(world: World, params: Params) -> Chat:
    """Return the chat, if the bot may write into it."""
    chat = world.chat(params.get("chat_id", ""))
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked and chat.kind == "group":
        raise forbidden("bot was kicked from the group chat")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def _own(world: World, params: Params) -> tuple[Chat, Message]:
    """Return a message that the bot may edit, and its chat."""
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = _reachable(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != BOT_ID:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, chat: Chat, message: Message, **parts: Json) -> object:
    new = replace(message, **parts)
    if new == message:
        raise bad_request(NOT_MODIFIED)
    return world.change(chat, new)


def _keyboard(params: Params) -> Rows | None:
    return read_markup(params.get("reply_markup"), inline_only=True)


def _text(params: Params) -> dict[str, Any]:
    text = params.get("text", "")
    if not text.strip():
        raise bad_request("message text is empty")
    if units(text) > MOST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": tuple(check_entities(text, params.get("entities", [])))}


def _caption(params: Params) -> dict[str, Any]:
    text = params.get("caption", "")
    if not isinstance(text, str):
        raise bad_request('field "caption" must be of type String')
    if units(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    marks = params.get("caption_entities", [])
    return {"text": text, "entities": tuple(check_entities(text, marks))}


def _media(world: World, kind: str, file: Upload | str, old: Media | None, wishes: Params) -> Media:
    """Return what the message carries; a file sent again by its file_id stays the same."""
    file_id = world.keep_file(kind, file) if isinstance(file, Upload) else file
    if file_id not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    media = {"kind": kind, "shape": media_shape(kind, file_id), "url": f"/sim/files/{file_id}"}
    if wishes.get("show_caption_above_media"):
        media["above"] = True
    return old if old == media else media
