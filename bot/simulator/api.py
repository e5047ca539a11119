"""The simulated Telegram: a pure state machine with a side for persons and one for the bot."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from bot.simulator import messages, profile
from bot.simulator.arrivals import Arrivals
from bot.simulator.calls import Call, CallLog
from bot.simulator.courses import is_paced
from bot.simulator.faults import Faults
from bot.simulator.fields import Json, Params, Table, Upload, load_table
from bot.simulator.keyboards import read_markup
from bot.simulator.people import People
from bot.simulator.rates import RateLimits
from bot.simulator.refusals import ApiError, too_many
from bot.simulator.shapes import BOT_ID
from bot.simulator.windows import Windows
from bot.simulator.world import World

Method = Callable[[World, Params], object]
# not a secret: the simulator listens on this machine only
DEMO_ACCESS = f"{BOT_ID}:simulator-simulator-simulator-00000"

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": profile.get_updates,
    "setWebhook": profile.set_webhook,
    "deleteWebhook": profile.delete_webhook,
    "getWebhookInfo": profile.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendAnimation": messages.send_animation,
    "sendVideo": messages.send_video,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageMedia": messages.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": partial(profile.set_my_text, name="name"),
    "getMyName": partial(profile.get_my_text, name="name"),
    "setMyDescription": partial(profile.set_my_text, name="description"),
    "getMyDescription": partial(profile.get_my_text, name="description"),
    "setMyShortDescription": partial(profile.set_my_text, name="short_description"),
    "getMyShortDescription": partial(profile.get_my_text, name="short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "getChat": profile.get_chat,
    "leaveChat": profile.leave_chat,
}


class Api(People):
    """Persons' actions are methods here (see People); the bot's go through ``call``.

    Attributes:
        log: Every call that came.
        access: The one token that is let in.
        limits: Telegram's sending limits; None while there are none.
        faults: Faults on order; ``bot.simulator.exchange`` lets calls meet them.
        windows: What is closed after a 429, be it of the limits or on order.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        state: dict[str, Any] | None = None,
        *,
        access: str = DEMO_ACCESS,
        limits: RateLimits | None = None,
        tick: Callable[[], float] | None = None,
        steady: Callable[[], float] | None = None,
        seed: int = 0,
        arrivals: Arrivals | None = None,
    ) -> None:
        """Start empty, or from what ``to_json`` returned.

        Args:
            now: Wall clock; message dates and the life of taps go by it.
            state: An earlier state.
            access: The bot's token.
            limits: Telegram's sending limits; None for no limits.
            tick: Seconds for the log; without it, those of ``now``.
            steady: Seconds that nobody turns, for faults and what they close; else as ``tick``.
            seed: Decides which calls a fault hits that hits only a share of them.
            arrivals: Knows reminders by their buttons; None: counts none.
        """
        super().__init__(World(now, state, arrivals))
        self.access = access
        self.log = CallLog()
        self._tick = tick or (lambda: now().timestamp())
        self.steady = steady or self._tick
        self.limits = limits
        self.faults = Faults(self.steady, seed)
        self.windows = Windows(self.steady)
        self._table: Table = load_table()

    @property
    def warnings(self) -> list[str]:
        """What Telegram would let pass silently but a careful bot does not do."""
        return self.world.warnings

    def to_json(self) -> dict[str, Any]:
        """Return all state as plain data."""
        return self.world.to_json()

    def method(self, name: str) -> str:
        """Return the documented spelling of a method's name.

        Raises:
            ApiError: 404, there is no such method.
        """
        return self._table.method(name)

    def call(
        self,
        name: str,
        raw: Mapping[str, object],
        files: Mapping[str, Upload] | None = None,
        *,
        fault: str = "",
    ) -> Json:
        """Do one Bot API call and return its ``result``.

        Args:
            name: The method, in any case.
            raw: Parameters: plain values, JSON text, or files.
            files: Files that parameters name as ``attach://<name>``.
            fault: Kind of the fault that waits for the reply, for the log.

        Raises:
            ApiError: Telegram refuses the call.
        """
        method = self.method(name)
        chat = chat_of(raw)
        try:
            result = self._do(method, chat, raw, files or {})
        except ApiError as error:
            self.note(method, chat, error.code, fault=fault)
            raise
        message = result.get("message_id", 0) if isinstance(result, dict) else 0
        self.note(method, chat, 200, message, fault)
        return result

    def note(self, method: str, chat: int, code: int, message: int = 0, fault: str = "") -> None:
        """Write one call into the log."""
        self.log.add(Call(self._tick(), method, chat, message, code, fault))

    def knock(self, method: str, chat: int) -> None:
        """Let only those pass who need not wait after an earlier 429.

        Raises:
            ApiError: 429, the chat or all are closed; it counts as a violation.
        """
        left = self.windows.knock(chat) if is_paced(method) else 0
        if left:
            raise too_many(left)

    def waiting(self, raw: Mapping[str, object]) -> Json:
        """Return what a getUpdates call that waits would get now; it is not logged again.

        Raises:
            ApiError: as for the call itself.
        """
        return profile.get_updates(self.world, self._table.read("getUpdates", raw))

    def _do(
        self, method: str, chat: int, raw: Mapping[str, object], files: Mapping[str, Upload]
    ) -> Json:
        for name in self._table.unknown(method, raw):
            self.world.warn(f"{method} has no parameter {name}")
        params = self._table.read(method, self._table.with_files(method, raw, files))
        self._warn_of_objects(method, params)
        self.knock(method, chat)
        self._keep_pace(method, chat)
        return METHODS[method](self.world, params | {"attached": files})

    def _keep_pace(self, method: str, chat: int) -> None:
        found = self.limits.ask(chat) if self.limits and is_paced(method) else None
        if found:
            self.windows.close(found.seconds, None if found.everyone else chat)
            raise too_many(found.seconds)

    def _warn_of_objects(self, method: str, params: Params) -> None:
        """Note fields of entities and buttons that Telegram does not know, and unread markup."""
        if "parse_mode" in params:
            self.world.warn(f"{method}: parse_mode is not simulated; use entities")
        rows = read_markup(params.get("reply_markup")) or []
        things = [("InlineKeyboardButton", thing) for row in rows for thing in row]
        marks = params.get("entities") or params.get("caption_entities") or []
        things += [("MessageEntity", thing) for thing in marks]
        for kind, thing in things:
            for name in self._table.strange(kind, thing) if isinstance(thing, dict) else []:
                self.world.warn(f"{method}: {kind} has no field {name}")


def chat_of(raw: Mapping[str, object]) -> int:
    """Return the chat that a call names; 0 for none."""
    text = str(raw.get("chat_id", ""))
    return int(text) if text.removeprefix("-").isdecimal() else 0
