"""Free text: the answer to an open question, or a question of one's own. It is kept nowhere."""

from dataclasses import dataclass

from bot.core.plans import REMINDERS, Kind, Question, Subscriber
from bot.core.screens import Screen
from bot.core.search.finder import Finder
from bot.core.spoken_date import parse_date, words_beside_days
from bot.core.spoken_time import parse_time
from bot.core.spoken_window import parse_window
from bot.flows.browse import Browse
from bot.flows.entries import Entries
from bot.flows.hours import Hours
from bot.flows.lunch import Lunch
from bot.flows.morning import Morning
from bot.flows.onboard import Onboard
from bot.flows.pause import Rest
from bot.flows.resting import Resting
from bot.flows.visit import Visit
from bot.flows.voice import Voice
from bot.flows.wishes import Wishes

WITHOUT_WORDS = ("photo", "sticker", "voice")
FEWEST_BESIDE = 3
"""So many words beside its numbers and days, and a text may be a question of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Understands what was typed, as far as a question is open."""

    voice: Voice
    browse: Browse
    entries: Entries
    onboard: Onboard
    morning: Morning
    hours: Hours
    lunch: Lunch
    rest: Rest
    resting: Resting
    finder: Finder
    wishes: Wishes

    async def text(
        self, visit: Visit, text: str, subscriber: Subscriber | None, *, referred: bool
    ) -> Screen | None:
        """Answer one text; None where the referral it just got is answer enough."""
        question = open_question(visit, subscriber)
        if referred:  # whatever was asked stays open: what was written now is no answer to it
            return None
        if question is not None and subscriber is not None:
            if not self._asks(visit, text, question):
                return await self._answered(visit, text, question, subscriber)
        elif wished := await self.wishes.screen(visit, text, subscriber):
            return wished
        return self.entries.search(visit, self.finder.find(text))

    def _asks(self, visit: Visit, text: str, question: Question) -> bool:
        """Return whether a text is surely a question of the person's own, not an answer to ours."""
        if self._answers(visit, text, question):
            return False
        numbered = any(sign.isdigit() for sign in text)
        beside = words_beside_days(text) if numbered or question is not Question.ZONE else None
        if beside is not None and beside < FEWEST_BESIDE:
            return False  # a slip in a time or a date, more likely than a question
        found = self.finder.find(text)
        return found.strong or (beside is not None and "?" in text and bool(found.entries))

    def _answers(self, visit: Visit, text: str, question: Question) -> bool:
        match question:
            case Question.ZONE:
                return bool(self.voice.content.find_zone(text))
            case Question.MORNING_TIME:
                return parse_time(text) is not None
            case Question.PAUSE_DATE:
                return parse_date(text, visit.now.date()) is not None
            case _:
                return parse_window(text) is not None

    async def _answered(
        self, visit: Visit, text: str, question: Question, subscriber: Subscriber
    ) -> Screen:
        match question:
            case Question.ZONE:
                return await self.onboard.typed_city(visit, text)
            case Question.MORNING_TIME:
                screen, about = await self.morning.typed(visit, text), [Kind.MORNING]
            case Question.PAUSE_DATE:
                screen, about = await self.rest.typed(visit, text, subscriber), list(REMINDERS)
            case Question.LUNCH:
                screen, about = await self.lunch.typed(visit, text), [Kind.BREAK]
            case _:
                screen, about = await self.hours.typed(visit, text, question), [Kind.BREAK]
        return await self.resting.told(visit, screen, about)

    def media(self, visit: Visit, kind: str) -> Screen:
        """Answer what has no words for us: kindly, with the menu."""
        name = kind if kind in WITHOUT_WORDS else "poll-or-other"
        return self.browse.menu(visit.language, self.voice.tell(visit.language, name))


def open_question(visit: Visit, subscriber: Subscriber | None) -> Question | None:
    """Return the question whose answer is still taken as one; None: there is none."""
    awaiting = subscriber.awaiting if subscriber else None
    if awaiting is None or awaiting.until < visit.now:
        return None
    return awaiting.question
