"""Puts the use cases of a conversation together behind one reception."""

from bot.core import actions as act
from bot.core.load import Capacity
from bot.core.plans import Kind
from bot.core.search.finder import Finder
from bot.flows.answer import Answer
from bot.flows.breaks import Breaks
from bot.flows.browse import Browse
from bot.flows.cards import Cards
from bot.flows.choose import Choose
from bot.flows.entries import Entries
from bot.flows.go_on import GoOn
from bot.flows.hours import Hours
from bot.flows.lunch import Lunch
from bot.flows.morning import Morning
from bot.flows.onboard import Onboard
from bot.flows.overview import Overview
from bot.flows.pause import Rest
from bot.flows.peak import Peak
from bot.flows.planning import Planning
from bot.flows.practise import Practise
from bot.flows.privacy import Privacy
from bot.flows.reception import Reception
from bot.flows.refer import Refer
from bot.flows.resting import Resting
from bot.flows.sound import Sound
from bot.flows.suits import Suits
from bot.flows.train import Train
from bot.flows.voice import Voice
from bot.flows.week import Week
from bot.flows.wishes import Wishes
from bot.ports import Store

DEFAULT_CAPACITY = Capacity(29.0)


def open_desk(
    voice: Voice,
    store: Store,
    refer: Refer,
    finder: Finder,
    default_language: str,
    *,
    capacity: Capacity = DEFAULT_CAPACITY,
) -> Reception:
    """Return the reception; every action of bot.core.actions has one use case behind it."""
    browse = Browse(voice, store)
    entries = Entries(voice, browse)
    planning, overview = Planning(store), Overview(voice)
    resting = Resting(overview, store)
    onboard = Onboard(voice, store, browse, overview)
    morning = Morning(voice, planning, overview, Peak(store, capacity))
    breaks = Breaks(voice, planning, overview)
    hours = Hours(voice, planning, breaks)
    lunch = Lunch(voice, planning, breaks)
    rest = Rest(voice, planning, overview)
    week = Week(voice, planning)
    train = Train(voice, planning, week, Cards(voice), refer)
    practise = Practise(voice, store, browse, train, week)
    privacy = Privacy(voice, store, browse, refer.hold)
    routes = {
        **browse.routes(),
        **entries.routes(),
        **onboard.routes(),
        **resting.on(morning.routes(), [Kind.MORNING]),
        **resting.on({**breaks.routes(), **hours.routes(), **lunch.routes()}, [Kind.BREAK]),
        **resting.on({**rest.routes(), **week.routes(), **Suits(voice, planning).routes()}),
        **resting.on(Sound(planning, morning, breaks).routes()),
        **practise.routes(),
        **train.routes(),
        **Choose(voice, train).routes(),
        **privacy.routes(),
        **refer.routes(),
    }
    routes[act.Continue] = GoOn(voice, browse, refer.hold, {**routes}).show
    wishes = Wishes(voice, browse, morning, rest, routes)
    answer = Answer(
        voice, browse, entries, onboard, morning, hours, lunch, rest, resting, finder, wishes
    )
    return Reception(voice, store, browse, entries, onboard, answer, routes, default_language)
