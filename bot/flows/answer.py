"""Free text: the answer to an open question, or words we do not understand yet."""

from dataclasses import dataclass

from bot.core import actions as act
from bot.core.plans import Question, Subscriber
from bot.core.screens import Screen
from bot.core.spoken_time import parse_time
from bot.flows.browse import Browse
from bot.flows.onboard import Onboard
from bot.flows.remind import Remind
from bot.flows.visit import Visit
from bot.flows.voice import Voice

WITHOUT_WORDS = ("photo", "sticker", "voice")


@dataclass(frozen=True, slots=True)
class Answer:
    """Understands what was typed, as far as a question is open."""

    voice: Voice
    browse: Browse
    onboard: Onboard
    remind: Remind

    async def text(
        self, visit: Visit, text: str, subscriber: Subscriber | None, *, referred: bool
    ) -> Screen | None:
        """Answer one text; None where the referral it just got is answer enough."""
        question = _open_question(visit, subscriber)
        if question is Question.ZONE:
            return await self.onboard.typed_city(visit, text)
        if question is Question.MORNING_TIME:
            at = parse_time(text)
            if at is None:
                return self.remind.choose_time(visit.language, "time-unknown")
            return await self.remind.time(visit, act.SetTime(at))
        if referred:
            return None
        return self.browse.choose_topic(
            visit.language, self.voice.tell(visit.language, "not-understood")
        )

    def media(self, visit: Visit, kind: str) -> Screen:
        """Answer what has no words for us: kindly, with the menu."""
        name = kind if kind in WITHOUT_WORDS else "poll-or-other"
        return self.browse.menu(visit.language, self.voice.tell(visit.language, name))


def _open_question(visit: Visit, subscriber: Subscriber | None) -> Question | None:
    awaiting = subscriber.awaiting if subscriber else None
    if awaiting is None or awaiting.until < visit.now:
        return None
    return awaiting.question
