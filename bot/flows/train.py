"""Exercise in the chat: choose a routine, read the safety check once, go from card to card."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.core import actions as act
from bot.core.exercises import Exercises, Routine, quiet_routine, variants
from bot.core.places import place_of
from bot.core.plans import Subscriber
from bot.core.preferences import MORNING_MINUTES, Preferences
from bot.core.screens import Button, Screen
from bot.core.streaks import day_of
from bot.errors import StoreUnavailableError
from bot.flows.cards import Cards, Place
from bot.flows.planning import Planning
from bot.flows.refer import Refer
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.week import Week
from bot.flows.wording import zone_of

ROUTINES_A_PAGE = 6
WHEN_SORE = ("first-steps", "rest-or-move", "when-to-see-a-doctor")


@dataclass(frozen=True, slots=True)
class Train:
    """Leads through routines; only the safety check and what was done are ever written.

    There is no exercise while a person rests after a referral.
    """

    voice: Voice
    planning: Planning
    week: Week
    cards: Cards
    refer: Refer

    def routes(self) -> Routes:
        """Return the actions answered here."""
        exercise: Routes = {
            act.ShowExercises: self.choose,
            act.ShowLength: self.mornings,
            act.ShowBreakRoutines: self.breaks,
            act.OpenRoutine: self.open,
            act.ConfirmCheck: self.confirm,
            act.ShowCard: self.card,
        }
        return {
            **self.fitting(exercise),
            act.StopRoutine: self.stop,
            act.ItHurts: self.hurts,
            act.Finished: self.finished,
        }

    def fitting(self, routes: Routes) -> Routes:
        """Return routes to exercise as they fit a person.

        One screen stands in their place while the person rests, and films stand still for who
        wants them so.
        """
        return {wanted: self._fitting(route) for wanted, route in routes.items()}

    def _fitting(
        self, route: Callable[[Visit, Any], Awaitable[Screen]]
    ) -> Callable[[Visit, Any], Awaitable[Screen]]:
        async def answer(visit: Visit, action: act.Action) -> Screen:
            if await self.refer.holds(visit.chat):
                return self._resting(visit.language)
            screen = await route(visit, action)
            if screen.picture and _preferences(await self._known(visit.chat)).no_films:
                return replace(screen, picture=replace(screen.picture, moving=False))
            return screen

        return answer

    async def choose(self, visit: Visit, _action: object = None) -> Screen:
        """Show what exercise there is now."""
        language, button = visit.language, self.voice.button
        rows: list[tuple[Button, ...]] = [
            tuple(self._length(language, minutes) for minutes in MORNING_MINUTES),
            (button(language, "exercises.break", act.ShowBreakRoutines()),),
        ]
        quiet = quiet_routine(self._all)
        if quiet is not None:
            rows.append((Button(quiet.titles[language], act.OpenRoutine(quiet.id)),))
        rows.append((button(language, "menu.suits", act.ShowSuits()),))
        if not self._all.routines:
            rows = []  # content about another subject
        return self.voice.screen(language, self.voice.tell(language, "exercises"), rows)

    async def mornings(self, visit: Visit, action: act.ShowLength) -> Screen:
        """Show the morning routines of one length that suit."""
        chosen = _preferences(await self._known(visit.chat))
        suits = variants(
            self._all,
            action.minutes,
            no_floor=chosen.no_floor,
            no_standing=chosen.no_standing,
        )
        return self._list(visit.language, suits)

    async def breaks(self, visit: Visit, action: act.ShowBreakRoutines) -> Screen:
        """Show one page of the break routines that suit."""
        chosen = _preferences(await self._known(visit.chat))
        routines = [self._all.routines[name] for name in self._all.breaks]
        suits = [r for r in routines if r.place == "chair" or not chosen.no_standing]
        start = action.page * ROUTINES_A_PAGE
        page = suits[start : start + ROUTINES_A_PAGE]
        if not page and action.page:
            return await self.breaks(visit, act.ShowBreakRoutines())
        more = start + ROUTINES_A_PAGE < len(suits)
        following = act.ShowBreakRoutines(action.page + 1 if more else 0)
        return self._list(visit.language, page, following if more or action.page else None)

    async def open(self, visit: Visit, action: act.OpenRoutine) -> Screen:
        """Begin a routine."""
        routine = self._all.routines.get(action.routine)
        return self.opened(visit, await self._known(visit.chat), routine)

    def opened(
        self,
        visit: Visit,
        subscriber: Subscriber | None,
        routine: Routine | None,
        occurrence: int = 0,
        *,
        short: bool = False,
    ) -> Screen:
        """Return the first card, or the safety check before it; ``short``: half a minute."""
        if routine is None:
            return self._gone(visit.language)
        if not _preferences(subscriber).checked:
            return self._check(visit.language, routine, occurrence, short=short)
        return self._first(visit.language, routine, occurrence, short=short)

    async def confirm(self, visit: Visit, action: act.ConfirmCheck) -> Screen:
        """Keep that the check was read, where there is consent to keep anything, and begin."""
        routine = self._all.routines.get(action.routine)
        if routine is None:
            return self._gone(visit.language)
        with suppress(StoreUnavailableError):  # then it is asked again another day
            await self.planning.prefer(visit, lambda old: replace(old, checked=True))
        return self._first(visit.language, routine, action.occurrence, short=action.short)

    async def card(self, visit: Visit, action: act.ShowCard) -> Screen:
        """Show one exercise of a routine."""
        routine = self._all.routines.get(action.routine)
        if routine is None or action.step >= len(routine.steps):
            return self._gone(visit.language)
        place = Place(routine, action.step, action.occurrence)
        return self.cards.card(visit.language, place, easier=action.easier)

    async def stop(self, visit: Visit, action: act.StopRoutine) -> Screen:
        """Ask kindly why; stop signs and the number to call stand first."""
        language, button = visit.language, self.voice.button
        enough: act.Action = act.Done(action.occurrence) if action.occurrence else act.Finished()
        rows = (
            (button(language, "stop.enough", enough, "success"),),
            (button(language, "stop.hurts", act.ItHurts()),),
            (button(language, "stop.unwell", act.Unwell(), "danger"),),
            self.cards.navigation(
                language, act.ShowCard(action.routine, action.step, action.occurrence)
            ),
        )
        return Screen(self.voice.tell(language, "stopping"), rows, language)

    async def hurts(self, visit: Visit, _action: object = None) -> Screen:
        """Say what to do when an exercise hurts."""
        language = visit.language
        blocks = (
            *self.voice.tell(language, "it-hurts"),
            *self.voice.tell(language, "help-ex"),
        )
        return self.voice.screen(language, blocks, self._links(language, WHEN_SORE, act.ItHurts()))

    async def finished(self, visit: Visit, _action: object = None) -> Screen:
        """Praise a routine done without a reminder; it counts for subscribers."""
        edited = None
        known = await self._known(visit.chat)
        if known is not None:
            day = day_of(visit.now, zone_of(known))
            edited = await self.planning.prefer(visit, lambda old: old.practised(day))
        row = await self.week.in_a_row(visit, edited)
        blocks = (*self.voice.tell(visit.language, "reminder-done"), *row)
        rows = [(self.voice.button(visit.language, "menu.exercises", act.ShowExercises()),)]
        return self.voice.screen(visit.language, blocks, rows)

    @property
    def _all(self) -> Exercises:
        return self.voice.content.exercises

    async def _known(self, chat: int) -> Subscriber | None:
        """Return the subscriber; None also while the database is away: cards need none."""
        with suppress(StoreUnavailableError):
            return await self.planning.store.look(chat)
        return None

    def _first(self, language: str, routine: Routine, occurrence: int, *, short: bool) -> Screen:
        if short:
            return self.cards.short(language, routine, occurrence)
        return self.cards.card(language, Place(routine, 0, occurrence), easier=False)

    def _check(self, language: str, routine: Routine, occurrence: int, *, short: bool) -> Screen:
        agreed = act.ConfirmCheck(routine.id, occurrence, short)
        back = act.ShowRing(occurrence) if occurrence else act.ShowExercises()
        rows = (
            (self.voice.button(language, "check.read", agreed, "success"),),
            self.cards.navigation(language, back),
        )
        return Screen(self.voice.tell(language, "safety-check"), rows, language)

    def _list(
        self, language: str, routines: Sequence[Routine], more: act.Action | None = None
    ) -> Screen:
        rows = [(Button(r.titles[language], act.OpenRoutine(r.id)),) for r in routines]
        if more is not None:
            rows.append((self.voice.button(language, "exercises.more", more),))
        blocks = self.voice.tell(language, "routines")
        return self.voice.screen(language, blocks, rows, back=act.ShowExercises())

    def _resting(self, language: str) -> Screen:
        all_right = self.voice.button(language, "referral.all-right", act.AllRight(), "success")
        rows = self._links(language, WHEN_SORE[:1], act.ShowExercises())
        return self.voice.screen(
            language, self.voice.tell(language, "exercises-rest"), [*rows, (all_right,)]
        )

    def _gone(self, language: str) -> Screen:
        rows = [(self.voice.button(language, "menu.exercises", act.ShowExercises()),)]
        return self.voice.screen(language, self.voice.tell(language, "stale"), rows)

    def _length(self, language: str, minutes: int) -> Button:
        label = self.voice.say(language, "minutes.short", minutes=str(minutes))
        return Button(label, act.ShowLength(minutes))

    def _links(
        self, language: str, entries: Sequence[str], here: act.Action
    ) -> list[tuple[Button, ...]]:
        """Return the way to answers, as far as the content has them; Back leads ``here`` again."""
        known = [entry for entry in entries if entry in self.voice.content.entries]
        return [(self.voice.link(language, entry, place_of(here)),) for entry in known]


def _preferences(subscriber: Subscriber | None) -> Preferences:
    return subscriber.preferences if subscriber else Preferences()
