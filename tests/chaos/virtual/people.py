"""What persons do in a simulated day, by chance: answer reminders, wander, write, block, join."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random  # noqa: TID251  # comes from the seed

from bot.core import actions as act
from bot.simulator.chats import Message
from bot.simulator.refusals import NotPossibleError
from bot.simulator.shapes import BOT_ID
from bot.telegram.callbacks import decode
from tests.chaos.virtual.universe import Universe

ACUTE = (
    "Suddenly both my legs are numb and I can't hold my water",
    "I fell down the stairs and now I cannot feel my arm",
    "Онемело в паху и не могу помочиться",
)
WORDS = (
    "/pause", "/reminders", "/settings", "/delete", "/menu", "/stop", "/exercises", "/start",
    "/privacy", "my neck hurts after work", "how often should I take a break?", "7:30", "06:15",
    "22:45", "Kathmandu", "Lord Howe Island", "Chatham Islands", "New York", "pause till tomorrow",
    "9-17", "wake me at 7:10", "breaks every two hours", "болит спина", "ok",
)  # fmt: skip
CONSENTS = (
    act.Consent(agreed=True),
    act.SetZone("Europe/Berlin"),
    act.SetMorning(on=True),
    act.SetBreaks(on=True),
)
ANSWERS = act.Done | act.Later | act.Skip
DAY = 24 * 3600.0


@dataclass(slots=True)
class People:
    """Moves persons; each of their deeds is an event of the universe."""

    universe: Universe
    chance: Random
    answering: float = 0.7

    def live_through(self, chat: int, seconds: float, deeds: float) -> None:
        """Let a person have so many ideas of their own, on average, within the time."""
        for _ in range(int(deeds) + (self.chance.random() < deeds % 1)):
            self.universe.later(self.chance.uniform(0, seconds), self._deed(chat))

    def joins(self, chat: int, within: float) -> None:
        """Let somebody new come, agree and turn the reminders on."""
        at = self.chance.uniform(0, within)
        self.universe.later(at, lambda: self._say(chat, "/start"))
        self.universe.later(at + 20, lambda: self._say(chat, "/reminders"))
        for step in range(1, 8):
            self.universe.later(at + 20 + 15 * step, lambda: self._agrees(chat))

    def sees(self, chat: int, message: Message) -> None:
        """Let a person perhaps answer a reminder."""
        if self.chance.random() >= self.answering:
            return
        delay = min(self.chance.expovariate(1 / 300), 3000)
        self.universe.later(3 + delay, lambda: self._answers(chat, message.message_id))

    def _deed(self, chat: int) -> Callable[[], None]:
        roll = self.chance.random()
        if roll < 0.08:
            text = self.chance.choice(ACUTE)
            return lambda: self._wander(chat, text, 3)
        if roll < 0.11:
            return lambda: self._blocks(chat)
        text, steps = self.chance.choice(WORDS), self.chance.randrange(6)
        return lambda: self._wander(chat, text, steps)

    def _wander(self, chat: int, text: str, steps: int) -> None:
        self._say(chat, text)
        at = 0.0
        for _ in range(steps):
            at += self.chance.uniform(2, 25)
            self.universe.later(at, lambda: self._taps_anything(chat))

    def _blocks(self, chat: int) -> None:
        self.universe.api.block(chat)
        back = self.chance.uniform(60, DAY / 4)
        self.universe.later(back, lambda: self.universe.api.unblock(chat))
        self.universe.later(back + 5, lambda: self._say(chat, "/start"))

    def _say(self, chat: int, text: str) -> None:
        try:
            self.universe.api.say(chat, text)
        except NotPossibleError:
            return  # blocked

    def _agrees(self, chat: int) -> None:
        """Tap what leads on: consent, a zone, then each reminder on."""
        message = self._newest(chat)
        wanted = dict.fromkeys(map(type, CONSENTS))
        for data in _data(message):
            pressed = decode(data)
            if pressed and type(pressed[1]) in wanted and getattr(pressed[1], "agreed", True):
                self._tap(chat, message, data)
                return

    def _answers(self, chat: int, number: int) -> None:
        message = self.universe.api.world.chats[chat].messages.get(number)
        data = _data(message)
        usual = [one for one in data if (p := decode(one)) and isinstance(p[1], ANSWERS)]
        chosen = usual if usual and self.chance.random() < 0.85 else data
        if chosen:
            self._tap(chat, message, self.chance.choice(chosen))

    def _taps_anything(self, chat: int) -> None:
        message = self._newest(chat)
        data = _data(message)
        if data:
            self._tap(chat, message, self.chance.choice(data))

    def _newest(self, chat: int) -> Message | None:
        messages = reversed(self.universe.api.world.chats[chat].messages.values())
        return next((one for one in messages if one.sender == BOT_ID and one.keyboard), None)

    def _tap(self, chat: int, message: Message | None, data: str) -> None:
        if message is None:
            return
        try:
            self.universe.api.tap(chat, message.message_id, data)
        except NotPossibleError:
            return  # blocked


def _data(message: Message | None) -> list[str]:
    rows = message.keyboard if message and message.keyboard else []
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
