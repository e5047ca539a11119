"""The front desk: a command, a text, a tap or a picture goes to the use case that answers it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.core.actions import Action, ShowEntry, ShowExercises, ShowPause, Stop
from bot.core.language import hinted_language, script_language
from bot.core.plans import Subscriber
from bot.core.screens import Screen
from bot.errors import StoreUnavailableError
from bot.flows.answer import Answer
from bot.flows.browse import Browse
from bot.flows.onboard import Onboard
from bot.flows.privacy import Privacy
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store

Reply = TypeVar("Reply", Screen, Screen | None)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent an update, as Telegram says it.

    Attributes:
        hint: Telegram's ``language_code``; None where there is none.
        late: The message waited while the bot was away, and its answer says so.
    """

    chat: int
    hint: str | None
    update_id: int
    now: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """Finds the language and the use case; a database out of reach becomes one kind screen."""

    voice: Voice
    store: Store
    browse: Browse
    onboard: Onboard
    privacy: Privacy
    answer: Answer
    routes: Routes
    default_language: str

    async def tap(self, caller: Caller, pressed: tuple[str, Action] | None) -> Screen:
        """Answer a tap; data that we never gave out gets a fresh menu."""
        languages = self.voice.content.languages
        if pressed is None or pressed[0] not in languages:
            visit = self._visit(caller, await self._known(caller.chat), "")
            return self.browse.menu(visit.language, self.voice.tell(visit.language, "stale"))
        language, action = pressed
        visit = Visit(caller.chat, language, caller.update_id, caller.now)
        return await self._guarded(visit, self.routes[type(action)](visit, action))

    async def text(self, caller: Caller, text: str, *, referred: bool) -> Screen | None:
        """Answer a text; None: the referral that it got is answer enough."""
        known = await self._known(caller.chat)
        visit = self._visit(caller, known, text)
        answer = self.answer.text(visit, text, known, referred=referred)
        screen = await self._guarded(visit, answer)
        return None if screen is None else self._excused(caller, screen)

    async def command(self, caller: Caller, name: str, payload: str = "") -> Screen:
        """Answer a command, without its slash; an unknown one is answered like /help.

        ``payload`` follows it: /start with the id of an answer opens that answer.
        """
        visit = self._visit(caller, await self._known(caller.chat), "")
        if name == "start" and payload in self.voice.content.entries:
            return await self.browse.entry(visit, ShowEntry(payload, "H"))
        screen = await self._guarded(visit, self._commands().get(name, self._help)(visit))
        return self._excused(caller, screen)

    async def media(self, caller: Caller, kind: str) -> Screen:
        """Answer a message without words for us."""
        visit = self._visit(caller, await self._known(caller.chat), "")
        return self.answer.media(visit, kind)

    async def returned(self, caller: Caller) -> None:
        """Note that a person let the bot back in; it waits for their word, and writes none."""
        await self.onboard.returned(self._visit(caller, None, ""))

    def group(self, caller: Caller) -> Screen:
        """Return what is said once in a group before leaving it."""
        visit = self._visit(caller, None, "")
        return Screen(self.voice.tell(visit.language, "group"), (), visit.language)

    def _commands(self) -> dict[str, Callable[[Visit], Awaitable[Screen]]]:
        return {
            "start": self._start,
            "menu": self.browse.home,
            "reminders": self.onboard.reminders,
            "danger": self.browse.danger,
            "exercises": lambda visit: self.routes[ShowExercises](visit, ShowExercises()),
            "pause": lambda visit: self.routes[ShowPause](visit, ShowPause()),
            "cancel": self.onboard.cancel,
            "settings": self.onboard.settings,
            "language": self._language,
            "privacy": self.browse.privacy,
            "stop": lambda visit: self.privacy.stop(visit, Stop()),
            "delete": self.privacy.ask_delete,
            "help": self._help,
        }

    def _excused(self, caller: Caller, screen: Screen) -> Screen:
        if not caller.late:
            return screen
        excuse = self.voice.tell(screen.language, "late-answer")
        return replace(screen, blocks=(*excuse, *screen.blocks))

    async def _start(self, visit: Visit) -> Screen:
        try:
            return await self.onboard.welcome(visit)
        except StoreUnavailableError:
            # the welcome needs nothing from the database; answers work without it
            return self.onboard.introduction(visit.language)

    async def _language(self, visit: Visit) -> Screen:
        return self.onboard.introduction(visit.language)

    async def _help(self, visit: Visit) -> Screen:
        return self.browse.menu(visit.language, self.voice.tell(visit.language, "help"))

    async def _known(self, chat: int) -> Subscriber | None:
        try:
            return await self.store.look(chat)
        except StoreUnavailableError:
            return None

    def _visit(self, caller: Caller, known: Subscriber | None, text: str) -> Visit:
        languages = self.voice.content.languages
        language = (
            (known.language if known else None)
            or script_language(text, languages)
            or hinted_language(caller.hint, languages)
            or self.default_language
        )
        return Visit(caller.chat, language, caller.update_id, caller.now)

    async def _guarded(self, visit: Visit, screen: Awaitable[Reply]) -> Reply | Screen:
        try:
            return await screen
        except StoreUnavailableError:
            return self.browse.menu(visit.language, self.voice.tell(visit.language, "cannot-save"))
