"""The menu and the answers: everything that needs no database."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.core import actions as act
from bot.core import trail
from bot.core.actions import Action
from bot.core.content import REFERRAL, Entry, Source, help_text
from bot.core.screens import Button, Screen
from bot.core.search.finder import Findings
from bot.core.text import Span, Text, heading, joined
from bot.errors import StoreUnavailableError
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import paused
from bot.ports import Store

DANGER_ENTRY = "urgent-signs"
LOOK_LIMIT_SECONDS = 0.2  # the menu waits no longer for the word that reminders rest
FIXED_PLACES: Mapping[str, Action] = {
    "A": act.ShowAbout(),
    "B": act.ShowBreaks(),
    "F": act.ShowFinder(),
    "H": act.Home(),
    "M": act.ShowMorning(),
    "P": act.ShowPrivacy(),
    "R": act.ShowReminders(),
    "S": act.ShowSettings(),
    "T": act.ShowTopics(),
    "W": act.ShowWeek(),
    "X": act.ShowExercises(),
}
"""Screens that Back can lead to, by the letter that stands for them in a trail."""


@dataclass(frozen=True, slots=True)
class Browse:
    """Shows menus and answers; the same tap always shows the same screen."""

    voice: Voice
    store: Store

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.Home: self.home,
            act.ShowTopics: self.topics,
            act.ShowTopic: self.topic,
            act.ShowEntry: self.entry,
            act.ShowSources: self.sources,
            act.ShowFound: self.found,
            act.ShowDanger: self.danger,
            act.ShowDangerApart: self.danger_apart,
            act.ShowFinder: self.finder,
            act.ShowAbout: self.about,
            act.ShowPrivacy: self.privacy,
        }

    async def home(self, visit: Visit, _action: object = None) -> Screen:
        """Show the main menu, and in it whether reminders rest."""
        blocks = self.voice.tell(visit.language, "menu")
        return self.menu(visit.language, blocks, resting=await self._rests(visit.chat))

    def menu(
        self, language: str, blocks: tuple[Text, ...], toast: str = "", *, resting: bool = False
    ) -> Screen:
        """Return the main menu under ``blocks``."""
        button = self.voice.button
        reminders = "menu.reminders-rest" if resting else "menu.reminders"
        rows = (
            (button(language, "menu.questions", act.ShowTopics()),),
            (button(language, "menu.exercises", act.ShowExercises()),),
            (button(language, reminders, act.ShowReminders()),),
            (button(language, "menu.danger", act.ShowDanger(), "danger"),),
            (button(language, "menu.finder", act.ShowFinder()),),
            (button(language, "menu.settings", act.ShowSettings()),),
            (button(language, "menu.about", act.ShowAbout()),),
        )
        return Screen(blocks, rows, language, toast=toast)

    async def topics(self, visit: Visit, _action: object = None) -> Screen:
        """Show the topics."""
        blocks = self.voice.tell(visit.language, "topics")
        return self.choose_topic(visit.language, blocks)

    def choose_topic(self, language: str, blocks: tuple[Text, ...]) -> Screen:
        """Return the list of topics under ``blocks``."""
        rows = [
            (Button(topic.titles[language], act.ShowTopic(topic.id)),)
            for topic in self.voice.content.topics
        ]
        return self.voice.screen(language, blocks, rows, here="T")

    async def topic(self, visit: Visit, action: act.ShowTopic) -> Screen:
        """Show the entries of one topic; a topic that is gone shows all of them."""
        content = self.voice.content
        found = next((topic for topic in content.topics if topic.id == action.topic), None)
        if found is None:
            return self.choose_topic(visit.language, self.voice.tell(visit.language, "stale"))
        rows = [(self.link(entry, visit.language),) for entry in found.entries]
        title = heading(found.titles[visit.language])
        here = trail.code(found.id)
        return self.voice.screen(visit.language, (title,), rows, back=act.ShowTopics(), here=here)

    async def entry(self, visit: Visit, action: act.ShowEntry) -> Screen:
        """Show one answer with its help ending, sources and review state."""
        found = self.voice.content.entries.get(action.entry)
        if found is None:
            return self.choose_topic(visit.language, self.voice.tell(visit.language, "stale"))
        return self.answer(found, visit.language, action.trail)

    async def sources(self, visit: Visit, action: act.ShowSources) -> Screen:
        """Show where an answer comes from, with addresses, and who has read it."""
        entry, language = self.voice.content.entries.get(action.entry), visit.language
        if entry is None:
            return self.choose_topic(language, self.voice.tell(language, "stale"))
        title = self.voice.say(language, "sources.title", title=entry.wording[language].title)
        version = self.voice.say(language, "sources.version", version=str(entry.version))
        blocks = (
            heading(title),
            Text(f"{self._state(entry, language)} {version}"),
            joined(tuple(_linked(source) for source in entry.sources), gap="\n"),
            *self.voice.tell(language, "sources"),
        )
        back = act.ShowEntry(entry.id, action.trail)
        here = trail.fitted(action.trail + trail.code(entry.id))
        return self.voice.screen(language, blocks, back=back, here=here)

    async def found(self, visit: Visit, action: act.ShowFound) -> Screen:
        """Show entries that were found earlier."""
        codes = trail.found_codes(action.found)
        names = [name for code in codes for name in self._by_code(code)]
        if not names:
            return self.choose_topic(visit.language, self.voice.tell(visit.language, "stale"))
        return self.offer(visit.language, tuple(names))

    def search(self, language: str, found: Findings) -> Screen:
        """Return what was found: the answer itself if it is surely meant, else the best three."""
        if not found.entries:
            return self.choose_topic(language, self.voice.tell(language, "not-understood"))
        if not found.strong:
            return self.offer(language, found.entries)
        entry = self.voice.content.entries[found.entries[0]]
        return self.answer(entry, language, trail.found_place(found.entries))

    def offer(self, language: str, names: tuple[str, ...]) -> Screen:
        """Return found entries as buttons, the best first; Back from one leads here again."""
        here = trail.found_place(names)
        rows = [(self.link(name, language, here),) for name in names]
        rows.append((self.voice.button(language, "found.topics", act.ShowTopics()),))
        return self.voice.screen(language, self.voice.tell(language, "found"), rows, here=here)

    async def danger(self, visit: Visit, action: act.ShowDanger | None = None) -> Screen:
        """Show the danger signs, the standard referral message first."""
        came = action.trail if action else ""
        return self.answer(self.voice.content.entries[DANGER_ENTRY], visit.language, came or "H")

    async def danger_apart(self, visit: Visit, _action: object = None) -> Screen:
        """Show the danger signs in a message of their own."""
        entry = self.voice.content.entries[DANGER_ENTRY]
        shown = self.answer(entry, visit.language, "H")
        return Screen(shown.blocks, shown.buttons, visit.language, fresh=True)

    async def finder(self, visit: Visit, _action: object = None) -> Screen:
        """Say how an answer is found."""
        return self.choose_topic(visit.language, self.voice.tell(visit.language, "finder"))

    async def about(self, visit: Visit, _action: object = None) -> Screen:
        """Show who runs this and what it is not."""
        blocks = self.voice.tell(visit.language, "disclaimer")
        rows = [(self.voice.button(visit.language, "about.privacy", act.ShowPrivacy()),)]
        return self.voice.screen(visit.language, blocks, rows, here="A")

    async def privacy(self, visit: Visit, _action: object = None) -> Screen:
        """Show what is kept and what is not."""
        blocks = self.voice.tell(visit.language, "privacy")
        rows = [(self.voice.button(visit.language, "settings.delete", act.AskDelete()),)]
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowAbout(), here="P")

    def answer(self, entry: Entry, language: str, came: str = "") -> Screen:
        """Return an answer; ``came`` is the trail that led to it."""
        here = trail.fitted(came + trail.code(entry.id))
        rows = [(self.link(other, language, here),) for other in entry.related]
        sources = act.ShowSources(entry.id, trail.fitted(came, entry.id))
        rows.append((self.voice.button(language, "entry.show-sources", sources),))
        danger = entry.id == DANGER_ENTRY
        return self.voice.screen(
            language,
            self.blocks(entry, language),
            rows,
            back=self._back(entry, came),
            # danger signs that lead back to themselves would hold a person there
            here=came if danger else here,
        )

    def blocks(self, entry: Entry, language: str) -> tuple[Text, ...]:
        """Return the whole text of an answer."""
        wording = entry.wording[language]
        body = self.voice.filled(language, wording.body) or self.voice.tell(language, "planned")
        return (
            *self._urgent_first(entry, language),
            heading(wording.title),
            *body,
            *self._help(entry, language),
            self._folded(entry, language),
        )

    def link(self, entry: str, language: str, came: str = "") -> Button:
        """Return the button that opens an answer."""
        title = self.voice.content.entries[entry].wording[language].title
        return Button(title, act.ShowEntry(entry, trail.fitted(came, entry)))

    def _back(self, entry: Entry, came: str) -> Action:
        """Return what shows again the place from which the answer was opened."""
        place, before = trail.popped(came)
        if place in FIXED_PLACES:
            return FIXED_PLACES[place]
        if place.startswith("~"):
            return act.ShowFound(place)
        for topic in self.voice.content.topics:
            if trail.code(topic.id) == place:
                return act.ShowTopic(topic.id)
        for name in self._by_code(place):
            return act.ShowEntry(name, trail.fitted(before, name))
        return act.ShowTopic(entry.topic)

    def _by_code(self, code: str) -> list[str]:
        return [name for name in self.voice.content.entries if trail.code(name) == code]

    async def _rests(self, chat: int) -> bool:
        with suppress(TimeoutError, StoreUnavailableError):
            async with asyncio.timeout(LOOK_LIMIT_SECONDS):
                known = await self.store.look(chat)
                return known is not None and (known.hold or paused(known)) is not None
        return False

    def _urgent_first(self, entry: Entry, language: str) -> tuple[Text, ...]:
        # the help ending of the danger signs is the referral itself: it stands before their list
        if help_text(entry.help) != REFERRAL:
            return ()
        first = self.voice.tell(language, "referral-first-emergency")
        return (*first, *self.voice.tell(language, REFERRAL))

    def _help(self, entry: Entry, language: str) -> tuple[Text, ...]:
        name = help_text(entry.help)
        return () if name == REFERRAL else self.voice.tell(language, name)

    def _state(self, entry: Entry, language: str) -> str:
        if entry.status == "reviewed":
            return self.voice.say(language, "entry.reviewed", by=entry.reviewer, on=entry.reviewed)
        return self.voice.say(language, "entry.draft")

    def _folded(self, entry: Entry, language: str) -> Text:
        """Return one folded block: where the facts come from, and who has read the answer."""
        state = self._state(entry, language)
        titles = [f"{self.voice.say(language, 'entry.sources')} {state}"]
        titles += [f"• {source.title}" for source in entry.sources]
        plain = "\n".join(titles)
        return Text(plain, (Span(0, len(plain), "fold"),))


def _linked(source: Source) -> Text:
    plain = f"• {source.title}"
    spans = (Span(2, len(source.title), "link", source.url),) if source.url else ()
    return Text(plain, spans)
