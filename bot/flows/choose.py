"""Exercises now: what there is for a place, for so many minutes, for a part of the body."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import actions as act
from bot.core import choice
from bot.core.exercises import Exercises, Routine, quiet_routine
from bot.core.screens import Button, Screen
from bot.flows.train import Train
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice

ROUTINES_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Choose:
    """Leads to a routine in two or three taps; what does not suit the person is not offered."""

    voice: Voice
    train: Train

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return self.train.fitting(
            {
                act.ShowExercises: self.start,
                act.ShowPlace: self.place,
                act.ShowMinutes: self.minutes,
                act.ShowChoice: self.choice,
                act.ShowLength: self.mornings,
                act.ShowBreakRoutines: self.breaks,
                act.ShowAreas: self.areas,
                act.ShowArea: self.area,
            }
        )

    async def start(self, visit: Visit, _action: object = None) -> Screen:
        """Ask for a place, for minutes or for a part of the body."""
        language, button = visit.language, self.voice.button
        blocks = self.voice.tell(language, "exercises")
        if not self._all.routines:  # content about another subject
            return self.voice.screen(language, blocks, ())
        suiting = await self._suiting(visit)
        rows: list[tuple[Button, ...]] = [
            tuple(
                button(language, f"place.{place}", act.ShowPlace(place))
                for place in choice.PLACES
                if choice.at_place(suiting, place)
            ),
            (
                button(language, "exercises.minutes", act.ShowMinutes()),
                button(language, "exercises.areas", act.ShowAreas()),
            ),
        ]
        quiet = quiet_routine(self._all)
        if quiet is not None:
            rows.append((Button(quiet.titles[language], act.OpenRoutine(quiet.id)),))
        rows.append((button(language, "menu.suits", act.ShowSuits()),))
        return self.voice.screen(language, blocks, rows)

    async def place(self, visit: Visit, action: act.ShowPlace) -> Screen:
        """Ask how long, of what there is for a place."""
        there = choice.at_place(await self._suiting(visit), action.place)
        return self._lengths(visit, there, action.place, action)

    async def minutes(self, visit: Visit, action: act.ShowMinutes) -> Screen:
        """Ask how long."""
        return self._lengths(visit, await self._suiting(visit), choice.ANYWHERE, action)

    async def choice(self, visit: Visit, action: act.ShowChoice) -> Screen:
        """Show one page of the routines of a place and a length."""
        there = choice.at_place(await self._suiting(visit), action.place)
        found = choice.lasting(there, action.minutes)
        back: act.Action = act.ShowMinutes()
        if action.place in choice.PLACES:
            back = act.ShowPlace(action.place)
        pages = [act.ShowChoice(action.place, action.minutes, n) for n in range(_pages(found))]
        return self._page(visit, found, action.page, pages, back)

    async def mornings(self, visit: Visit, action: act.ShowLength) -> Screen:
        """Show the routines of a length, for buttons of an earlier version."""
        return await self.choice(visit, act.ShowChoice(choice.ANYWHERE, action.minutes))

    async def breaks(self, visit: Visit, action: act.ShowBreakRoutines) -> Screen:
        """Show one page of the breaks, for buttons of an earlier version."""
        found = [r for r in await self._suiting(visit) if r.kind == "break"]
        pages = [act.ShowBreakRoutines(n) for n in range(_pages(found))]
        return self._page(visit, found, action.page, pages, act.ShowExercises())

    async def areas(self, visit: Visit, action: act.ShowAreas) -> Screen:
        """Ask for a part of the body."""
        suiting = await self._suiting(visit)
        rows = [
            (Button(area.titles[visit.language], act.ShowArea(name)),)
            for name, area in self._all.areas.items()
            if choice.short_ones_for(suiting, self._all, name)
        ]
        return self._asking(visit, "exercises-areas", rows, action)

    async def area(self, visit: Visit, action: act.ShowArea) -> Screen:
        """Show the short routines for a part of the body."""
        found = choice.short_ones_for(await self._suiting(visit), self._all, action.area)
        return self._page(visit, found[:ROUTINES_A_PAGE], 0, (), act.ShowAreas())

    async def _suiting(self, visit: Visit) -> list[Routine]:
        return choice.suiting(self._all, await self.train.preferences(visit.chat))

    @property
    def _all(self) -> Exercises:
        return self.voice.content.exercises

    def _lengths(
        self, visit: Visit, routines: Sequence[Routine], place: str, here: act.Action
    ) -> Screen:
        lengths = [n for n in choice.LENGTHS if choice.lasting(routines, n)]
        rows = [
            (self.voice.button(visit.language, f"minutes.{n}", act.ShowChoice(place, n)),)
            for n in lengths
        ]
        return self._asking(visit, "exercises-minutes", rows, here)

    def _asking(
        self, visit: Visit, text: str, rows: Sequence[tuple[Button, ...]], here: act.Action
    ) -> Screen:
        blocks = self.voice.tell(visit.language, text)
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowExercises(), here=here)

    def _page(
        self,
        visit: Visit,
        routines: Sequence[Routine],
        page: int,
        pages: Sequence[act.Action],
        back: act.Action,
    ) -> Screen:
        """Return one page; one that is no more is the first, and the last leads to the first."""
        language = visit.language
        page = page if page < len(pages) else 0
        shown = routines[page * ROUTINES_A_PAGE : (page + 1) * ROUTINES_A_PAGE]
        rows = [(Button(r.titles[language], act.OpenRoutine(r.id)),) for r in shown]
        if len(pages) > 1:
            following = pages[(page + 1) % len(pages)]
            rows.append((self.voice.button(language, "exercises.more", following),))
        blocks = self.voice.tell(language, "routines")
        return self.voice.screen(language, blocks, rows, back=back)


def _pages(routines: Sequence[Routine]) -> int:
    return -(-len(routines) // ROUTINES_A_PAGE)
