"""Answers: each with its help ending, its sources, and a Back that leads where one came from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from bot.core import actions as act
from bot.core import trail
from bot.core.content import REFERRAL, Entry, Source, help_text
from bot.core.places import DANGER_ENTRY, action_at, entry_of, place_of
from bot.core.reviews import is_stale
from bot.core.screens import Button, Screen
from bot.core.search.finder import Findings
from bot.core.text import Span, Text, heading, joined
from bot.flows.browse import Browse
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice

MENU = place_of(act.Home())
SCREENS_KEPT = 512


@dataclass(frozen=True, slots=True)
class Entries:
    """Shows answers; needs no database, and the same tap always leads to the same answer."""

    voice: Voice
    browse: Browse
    _kept: Callable[[str, str, str, date], Screen] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep answers as they were made; a new day may make a review too old."""
        object.__setattr__(self, "_kept", lru_cache(maxsize=SCREENS_KEPT)(self._made))

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowEntry: self.entry,
            act.ShowSources: self.sources,
            act.ShowFound: self.found,
            act.ShowDanger: self.danger,
            act.ShowDangerApart: self.danger_apart,
        }

    async def entry(self, visit: Visit, action: act.ShowEntry) -> Screen:
        """Show one answer with its help ending, sources and review state."""
        entry = self.voice.content.entries.get(action.entry)
        if entry is None:
            return self.browse.gone(visit.language)
        return self._answer(visit, entry, action.trail)

    async def sources(self, visit: Visit, action: act.ShowSources) -> Screen:
        """Show where an answer comes from, with addresses, and who has read it."""
        entry, language = self.voice.content.entries.get(action.entry), visit.language
        if entry is None:
            return self.browse.gone(language)
        title = self.voice.say(language, "sources.title", title=entry.wording[language].title)
        version = self.voice.say(language, "sources.version", version=str(entry.version))
        articles = [source for source in entry.sources if source.is_article]
        others = [source for source in entry.sources if not source.is_article]
        blocks = (
            heading(title),
            Text(f"{self._state(language, entry, visit.now.date())} {version}"),
            *self._listed(language, "sources.articles", articles),
            *self._listed(language, "sources.guidelines", others),
            *self.voice.tell(language, "sources"),
        )
        back = act.ShowEntry(entry.id, action.trail)
        return self.voice.screen(language, blocks, back=back)

    async def found(self, visit: Visit, action: act.ShowFound) -> Screen:
        """Show entries that were found earlier."""
        codes = trail.found_codes(action.found)
        names = dict.fromkeys(entry_of(code, self.voice.content) for code in codes)
        return self._offer(visit.language, tuple(name for name in names if name))

    def search(self, visit: Visit, found: Findings) -> Screen:
        """Return what was found: the answer itself if it is surely meant, else the best three.

        One that nobody has written yet is only offered: beside others that may help meanwhile.
        """
        language = visit.language
        if not found.entries:
            blocks = self.voice.tell(language, "not-understood")
            return self.browse.choose_topic(language, blocks, act.ShowTopics())
        entry = self.voice.content.entries[found.entries[0]]
        if not found.strong or entry.status == "planned":
            return self._offer(language, found.entries)
        return self._answer(visit, entry, trail.found_place(found.entries))

    async def danger(self, visit: Visit, action: act.ShowDanger | None = None) -> Screen:
        """Show the danger signs, the standard referral message first."""
        came, language = (action.trail if action else "") or MENU, visit.language
        entry = self.voice.content.entries.get(DANGER_ENTRY)
        if entry is not None:
            return self._answer(visit, entry, came)
        # content about another subject need not have the entry; the referral it must have
        back = action_at(came, self.voice.content) or act.Home()
        return self.voice.screen(language, self._referral(language), back=back, here=back)

    async def danger_apart(self, visit: Visit, _action: object = None) -> Screen:
        """Show the danger signs in a message of their own."""
        shown = await self.danger(visit)
        return Screen(shown.blocks, shown.buttons, visit.language, fresh=True)

    def blocks(self, language: str, entry: Entry, today: date | None = None) -> tuple[Text, ...]:
        """Return the whole text of an answer; without a day nothing is said of a review's age."""
        wording = entry.wording[language]
        body = self.voice.filled(language, wording.body) or self.voice.tell(language, "planned")
        return (
            *self._urgent_first(language, entry),
            heading(wording.title),
            *body,
            *self._help(language, entry),
            self._folded(language, entry, today),
        )

    def _answer(self, visit: Visit, entry: Entry, came: str) -> Screen:
        """Return an answer; ``came`` is the trail that led to it, "" its topic."""
        return self._kept(visit.language, entry.id, came, visit.now.date())

    def _made(self, language: str, name: str, came: str, today: date) -> Screen:
        entry = self.voice.content.entries[name]
        back = action_at(came, self.voice.content) or act.ShowTopic(entry.topic)
        shown = act.ShowEntry(entry.id, came)
        here = place_of(shown)
        sources = act.ShowSources(entry.id, trail.fitted(came, entry.id))
        rows = (
            *((self.voice.link(language, other, here),) for other in entry.related),
            (self.voice.button(language, "entry.show-sources", sources),),
            *self._others(language, came),
        )
        # danger signs that lead back to themselves would hold a person there
        way = back if entry.id == DANGER_ENTRY else shown
        blocks = self.blocks(language, entry, today)
        return self.voice.screen(language, blocks, rows, back=back, here=way)

    def _others(self, language: str, came: str) -> tuple[tuple[Button, ...], ...]:
        """Return the way to what else was found, under an answer that was found by words."""
        place, _ = trail.popped(came)
        if not place.startswith(trail.FOUND):
            return ()
        several = len(trail.found_codes(place)) > 1
        others = act.ShowFound(place) if several else act.ShowFinder()
        return ((self.voice.button(language, "found.others", others),),)

    def _offer(self, language: str, names: tuple[str, ...]) -> Screen:
        """Return found entries as buttons, the best first; Back from one leads here again."""
        if not names:
            return self.browse.gone(language)
        place = trail.found_place(names)
        rows = [(self.voice.link(language, name, place),) for name in names]
        rows.append((self.voice.button(language, "found.topics", act.ShowTopics()),))
        blocks = self.voice.tell(language, "found")
        return self.voice.screen(language, blocks, rows, here=act.ShowFound(place))

    def _urgent_first(self, language: str, entry: Entry) -> tuple[Text, ...]:
        # the help ending of the danger signs is the referral itself: it stands before their list
        return self._referral(language) if help_text(entry.help) == REFERRAL else ()

    def _referral(self, language: str) -> tuple[Text, ...]:
        first = self.voice.tell(language, "referral-first-emergency")
        return (*first, *self.voice.tell(language, REFERRAL))

    def _help(self, language: str, entry: Entry) -> tuple[Text, ...]:
        name = help_text(entry.help)
        return () if name == REFERRAL else self.voice.tell(language, name)

    def _state(self, language: str, entry: Entry, today: date | None) -> str:
        """Return who has read an answer and when, and whether that was too long ago."""
        if entry.status != "reviewed":
            return self.voice.say(language, "entry.draft")
        stale = today is not None and is_stale(entry.reviewed, today)
        key = "entry.stale" if stale else "entry.reviewed"
        return self.voice.say(language, key, by=entry.reviewer, on=entry.reviewed)

    def _folded(self, language: str, entry: Entry, today: date | None) -> Text:
        """Return one folded block: where the facts come from, and who has read the answer."""
        state = self._state(language, entry, today)
        titles = [f"{self.voice.say(language, 'entry.sources')} {state}"]
        titles += [f"• {source.title}" for source in entry.sources]
        plain = "\n".join(titles)
        return Text(plain, (Span(0, len(plain), "fold"),))

    def _listed(self, language: str, key: str, sources: list[Source]) -> tuple[Text, ...]:
        if not sources:
            return ()
        lines = (heading(self.voice.say(language, key)), *map(_linked, sources))
        return (joined(lines, gap="\n"),)


def _linked(source: Source) -> Text:
    plain = f"• {source.title}"
    spans = (Span(2, len(source.title), "link", source.url),) if source.url else ()
    return Text(plain, spans)
