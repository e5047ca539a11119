"""What persons do in the simulated Telegram; the bot sees it as updates."""

from dataclasses import replace
from typing import Any

from bot.simulator.chats import Chat, Message
from bot.simulator.entities import commands_in
from bot.simulator.refusals import NotPossibleError
from bot.simulator.shapes import BOT_ID, chat_shape, media_shape, member_change, person_user
from bot.simulator.views import chat_view
from bot.simulator.world import FIRST_PERSON, World


class People:
    """The persons' side. Each method may raise NotPossibleError, which says why."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add_person(
        self,
        first_name: str,
        language_code: str = "en",
        *,
        chat: int | None = None,
        started: bool = False,
    ) -> int:
        """Add a person and return the id of the chat; ``started`` saves the first message."""
        number = self._new_number() if chat is None else chat
        if number in self.world.chats or number <= 0:
            raise NotPossibleError(f"there is a chat {number} already, or it is not above 0")
        return self._join(Chat(number, first_name, language_code, started=started))

    def add_group(self, title: str) -> int:
        """Add a group, put the bot into it and return the id of the chat (below 0)."""
        group = Chat(-self._new_number(), title, kind="group", started=True)
        self._join(group)
        self._membership(group, Chat(self._new_number(), title), now_in=True)
        return group.id

    def say(self, chat: int, text: str) -> int:
        """Write to the bot; return the id of the message."""
        person = self._able(chat)
        return self._write(person, person, text, None)

    def say_in_group(self, group: int, text: str, person: int) -> int:
        """Let a person write into a group; return the id of the message."""
        return self._write(self._able(group), self._able(person), text, None)

    def send_media(self, chat: int, kind: str, caption: str = "") -> int:
        """Send a picture, voice message and the like; return the id of the message."""
        person = self._able(chat)
        try:
            shape = media_shape(kind, f"{kind}-{self.world.number()}")
        except KeyError:
            raise NotPossibleError(f"a person cannot send a {kind} here") from None
        return self._write(person, person, caption, {"kind": kind, "shape": shape})

    def edit(self, chat: int, message_id: int, text: str) -> None:
        """Change what was written (with media: its caption)."""
        person = self._able(chat)
        message = self._message(person, message_id)
        if message.sender == BOT_ID:
            raise NotPossibleError("this message is the bot's")
        if not (text.strip() or message.media):
            raise NotPossibleError("the text is empty")
        new = replace(message, text=text, entities=tuple(commands_in(text)))
        self.world.update("edited_message", self.world.change(person, new))

    def tap(self, chat: int, message_id: int, data: str, *, force: bool = False) -> str:
        """Tap a button; return the id of the callback query.

        Args:
            chat: The person's chat.
            message_id: The message with the button; with ``force`` it may be gone.
            data: The button's data.
            force: Send the data though no button has it, as a forged client can.
        """
        person = self._able(chat)
        message = person.messages.get(message_id)
        if not force and data not in _data_of(self._message(person, message_id)):
            raise NotPossibleError("this message has no such button")
        query_id = self.world.ask(chat)
        self.world.arrivals.tap(chat)
        gone = {"chat": chat_shape(person), "message_id": message_id, "date": 0}
        query = {
            "id": query_id,
            "from": person_user(person),
            "message": self.world.shape(person, message) if message else gone,
            "chat_instance": str(chat * 7919),
            "data": data,
        }
        self.world.update("callback_query", query)
        return query_id

    def block(self, chat: int) -> None:
        """Block the bot; a second time changes nothing."""
        if not (person := self._known(chat)).blocked:
            self._membership(person, person, now_in=False)

    def unblock(self, chat: int) -> None:
        """Let the bot write again; a second time changes nothing."""
        if (person := self._known(chat)).blocked:
            self._membership(person, person, now_in=True)

    def deactivate(self, chat: int) -> None:
        """End the person's account."""
        self._known(chat).deactivated = True

    def forget_chat(self, chat: int) -> None:
        """Let Telegram know nothing of the chat any more."""
        del self.world.chats[self._known(chat).id]

    def migrate(self, chat: int, to: int = 0) -> int:
        """Give a chat another id (0: a new one) with all that stands in it; return the id."""
        found = self._known(chat)
        number = to or self._new_number()
        if number in self.world.chats:
            raise NotPossibleError(f"there is a chat {number} already")
        del self.world.chats[chat]
        found.move(number)
        self.world.moved[chat] = number
        self.world.tell("moved", chat=chat, to=chat_view(self._keep(found)))
        return number

    def speak(self, chat: int, language_code: str) -> None:
        """Switch the language of the person's Telegram."""
        person = self._known(chat)
        person.language_code = language_code
        self.world.tell("chat", chat=chat_view(person))

    def inject(self, update: dict[str, Any]) -> int:
        """Queue an update as it is, malformed or not; return its id."""
        update_id = self.world.updates.push_raw(update)
        self.world.changed()
        return update_id

    def _new_number(self) -> int:
        return FIRST_PERSON + self.world.number()

    def _keep(self, chat: Chat) -> Chat:
        self.world.chats[chat.id] = chat
        return chat

    def _join(self, chat: Chat) -> int:
        self._keep(chat)
        self.world.tell("chat", chat=chat_view(chat))
        return chat.id

    def _known(self, chat: int) -> Chat:
        if chat not in self.world.chats:
            raise NotPossibleError(f"there is no chat {chat}")
        return self.world.chats[chat]

    def _able(self, chat: int) -> Chat:
        found = self._known(chat)
        if found.blocked or found.deactivated:
            raise NotPossibleError("the bot is blocked, or the account is gone")
        return found

    def _message(self, chat: Chat, message_id: int) -> Message:
        if message_id not in chat.messages:
            raise NotPossibleError(f"there is no message {message_id}")
        return chat.messages[message_id]

    def _write(self, chat: Chat, person: Chat, text: str, media: dict[str, Any] | None) -> int:
        if not (text.strip() or media):
            raise NotPossibleError("the text is empty")
        chat.started = True
        world = self.world
        marks = tuple(commands_in(text))
        message = Message(world.number(), person.id, world.stamp(), text, marks, media)
        world.update("message", world.post(chat, message))
        return message.message_id

    def _membership(self, chat: Chat, person: Chat, *, now_in: bool) -> None:
        chat.blocked = not now_in
        world = self.world
        change = member_change(chat, person_user(person), world.bot(), world.stamp(), now_in=now_in)
        world.update("my_chat_member", change)
        world.tell("chat", chat=chat_view(chat))


def _data_of(message: Message) -> set[str]:
    rows = message.keyboard or []
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}
