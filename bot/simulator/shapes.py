"""Telegram's shapes of what we remember: as the Bot API documents them for replies and updates."""

from typing import Any

from bot.simulator.chats import Chat, Message
from bot.simulator.fields import Json

Shape = dict[str, Any]
BOT_ID = 5000000000
PICTURE_SIDE = 640


def bot_user(name: str) -> Shape:
    """Return the bot as the sender of a message."""
    return {"id": BOT_ID, "is_bot": True, "first_name": name, "username": "unknot_simulator_bot"}


def person_user(person: Chat) -> Shape:
    """Return a person as the sender of a message."""
    user = {"id": person.id, "is_bot": False, "first_name": person.name}
    return user | ({"language_code": person.language_code} if person.language_code else {})


def chat_shape(chat: Chat) -> Shape:
    """Return a chat as it stands in each message."""
    name = "first_name" if chat.kind == "private" else "title"
    return {"id": chat.id, "type": chat.kind, name: chat.name}


def full_chat_shape(chat: Chat) -> Shape:
    """Return a chat as getChat shows it."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
             "gifts_from_channels")  # fmt: skip
    return chat_shape(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def message_shape(chat: Chat, message: Message, sender: Shape) -> Shape:
    """Return a message as replies and updates carry it."""
    shape = {
        "message_id": message.message_id,
        "from": sender,
        "chat": chat_shape(chat),
        "date": message.date,
    }
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    if message.text:
        shape[text] = message.text
    if message.entities:
        shape[entities] = list(message.entities)
    if message.media:
        shape |= {message.media["kind"]: message.media["shape"]}
        if message.media.get("above"):
            shape["show_caption_above_media"] = True
    if message.keyboard:
        shape["reply_markup"] = {"inline_keyboard": message.keyboard}
    if message.edited:
        shape["edit_date"] = message.edited
    return shape


def member_change(chat: Chat, person: Shape, bot: Shape, date: int, *, now_in: bool) -> Shape:
    """Return a my_chat_member update: the bot was blocked or unblocked, added or removed."""
    member: Shape = {"status": "member", "user": bot}
    gone: Shape = {"status": "kicked", "user": bot, "until_date": 0}
    old, new = (gone, member) if now_in else (member, gone)
    return {
        "chat": chat_shape(chat),
        "from": person,
        "date": date,
        "old_chat_member": old,
        "new_chat_member": new,
    }


def media_shape(kind: str, file_id: str) -> Json:
    """Return what a message carries for one picture, voice and so on.

    Raises:
        KeyError: we do not know this kind.
    """
    file = {"file_id": file_id, "file_unique_id": f"u{file_id}"}
    square = {"width": PICTURE_SIDE, "height": PICTURE_SIDE}
    return {
        "photo": [file | square],
        "animation": file | square | {"duration": 3},
        "video": file | square | {"duration": 3},
        "sticker": file | square | {"type": "regular", "is_animated": False, "is_video": False},
        "voice": file | {"duration": 3, "mime_type": "audio/ogg"},
        "video_note": file | {"length": 240, "duration": 3},
        "document": file | {"file_name": "file.pdf", "mime_type": "application/pdf"},
        "location": {"latitude": 52.52, "longitude": 13.4},
        "poll": _poll(file_id),
    }[kind]


def _poll(poll_id: str) -> Shape:
    options = [{"persistent_id": n, "text": n, "voter_count": 0} for n in ("1", "2")]
    no = ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
    return dict.fromkeys(no, False) | {
        "id": poll_id,
        "question": "1 / 2",
        "options": options,
        "total_voter_count": 0,
        "is_anonymous": True,
        "type": "regular",
    }
