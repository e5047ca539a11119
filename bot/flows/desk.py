"""Puts the use cases of a conversation together behind one reception."""

from bot.flows.answer import Answer
from bot.flows.browse import Browse
from bot.flows.onboard import Onboard
from bot.flows.practise import Practise
from bot.flows.privacy import Privacy
from bot.flows.reception import Reception
from bot.flows.refer import Refer
from bot.flows.remind import Remind
from bot.flows.voice import Voice
from bot.ports import Store


def open_desk(voice: Voice, store: Store, refer: Refer, default_language: str) -> Reception:
    """Return the reception; every action of bot.core.actions has one use case behind it."""
    browse = Browse(voice)
    remind = Remind(voice, store)
    onboard = Onboard(voice, store, browse, remind)
    practise = Practise(voice, store, browse)
    privacy = Privacy(voice, store, browse)
    routes = {
        **browse.routes(),
        **onboard.routes(),
        **remind.routes(),
        **practise.routes(),
        **privacy.routes(),
        **refer.routes(),
    }
    answer = Answer(voice, browse, onboard, remind)
    return Reception(voice, store, browse, onboard, privacy, answer, routes, default_language)
